//! Text that is typed or pasted, and where it goes.

use super::effect::Effect;
use super::focus::Focus;
use super::model::{Model, Overlay, Portal};
use crate::domain::pasted::{self, Pasted};
use crate::domain::visible;
use crate::tui::keys::{Chord, Place};
use crate::tui::ui::field;

const HOLDS_A_SECRET: &str = "That address holds a secret, so it was not put into the field and is kept nowhere. To ask \
                              that portal, open the profiles (p outside text fields, or Ctrl-P) and add one with Ctrl-A, \
                              where it can be pasted unseen.";

/// A key that is no action: text for the field that has the keys, if one has.
pub fn typed(model: &mut Model, chord: Chord) -> Vec<Effect> {
    match model.place() {
        Place::EntityId if field::press(&mut model.entity_id.input, chord) => model.entity_id.understood = None,
        // Typing on the closed list opens it and is its first letter.
        Place::EntityType if chord.typed().is_some() => {
            model.entity_type.open();
            return typed(model, chord);
        }
        Place::Types => {
            if let Some(chooser) = &mut model.entity_type.chooser
                && field::press(&mut chooser.typed, chord)
            {
                chooser.cursor = 0;
            }
        }
        Place::Filter => {
            let before = model.history.filter.value().to_owned();
            field::press(&mut model.history.filter, chord);
            if model.history.filter.value() != before {
                return recall(model);
            }
        }
        Place::Search => drop(field::press(&mut model.response.search, chord)),
        Place::Palette => {
            if let Some(Overlay::Palette(palette)) = &mut model.overlay
                && field::press(&mut palette.typed, chord)
            {
                palette.cursor = 0;
            }
        }
        Place::Profiles => {
            if let Some(Overlay::Profiles(list)) = &mut model.overlay
                && field::press(&mut list.typed, chord)
            {
                list.cursor = 0;
            }
        }
        Place::NewProfile => {
            if let Some(Overlay::NewProfile(adding)) = &mut model.overlay {
                adding.press(chord);
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Reads the first rows of the history anew, by the filter that there is now.
pub fn recall(model: &mut Model) -> Vec<Effect> {
    model.recall = model.next_number();
    model.history.anew = true;
    vec![Effect::Recall { number: model.recall, filter: model.history.filter.value().to_owned(), before: None }]
}

/// Text came in one piece. It never sends anything, whatever is in it.
pub fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    match model.place() {
        Place::NewProfile => {
            if let Some(Overlay::NewProfile(adding)) = &mut model.overlay {
                adding.paste(text);
            }
            Vec::new()
        }
        Place::Types | Place::Filter | Place::Search | Place::Palette | Place::Profiles => {
            // Taken as a type it would be sent, and kept in the history.
            let words = match pasted::understand(text) {
                Pasted::Credential { .. } => Some(HOLDS_A_SECRET.to_owned()),
                Pasted::Refused(why) => Some(visible::line(&why).into_owned()),
                _ => None,
            };
            if let Some(words) = words {
                model.say(words);
                return Vec::new();
            }
            let mut effects = Vec::new();
            for c in text.chars().filter(|c| !c.is_control()).take(200) {
                effects = typed(model, Chord::plain(crate::tui::keys::Key::Char(c)));
            }
            effects
        }
        Place::Help | Place::Doctor | Place::Report | Place::Moved => Vec::new(),
        _ => {
            model.focus = Focus::EntityId;
            understand(model, text);
            Vec::new()
        }
    }
}

/// A known form fills the form and says how it was understood; anything else goes into the id field.
fn understand(model: &mut Model, text: &str) {
    match pasted::understand(text) {
        Pasted::Pair { pair, how, host, mut warnings } => {
            model.entity_type.value = pair.entity_type().to_owned();
            model.type_touched = true;
            model.entity_id.set(pair.entity_id());
            model.entity_id.understood = Some(visible::line(&how).into_owned());
            warnings.extend(other_host(model, host.as_deref()));
            if !warnings.is_empty() {
                model.say(visible::line(&warnings.join("; ")));
            }
        }
        Pasted::Chat { id, .. } => model.say(format!(
            "That names chat {id} itself, so there is nothing to look up: its dialog is {}.",
            id.dialog_id()
        )),
        Pasted::Credential { pair, .. } => {
            if let Some(pair) = pair {
                model.entity_type.value = pair.entity_type().to_owned();
                model.type_touched = true;
                model.entity_id.set(pair.entity_id());
            }
            model.say(HOLDS_A_SECRET);
        }
        Pasted::Refused(why) => model.say(visible::line(&why)),
        Pasted::Plain => match model.entity_id.paste(text) {
            Ok(None) => {}
            Ok(Some(remark)) => model.mention(remark),
            Err(why) => model.mention(why),
        },
    }
}

fn other_host(model: &Model, host: Option<&str>) -> Option<String> {
    let Portal::Open(profile) = &model.portal else { return None };
    let (host, asked) = (host?, profile.root.host());
    (host != asked).then(|| format!("the page is on {host}, and this lookup would ask {asked}"))
}
