//! Text that is typed or pasted, and where it goes.

use super::effect::Effect;
use super::focus::Focus;
use super::model::{Model, Overlay, Portal};
use crate::domain::address::RestRoot;
use crate::domain::credential::Credential;
use crate::domain::entity::EntityPair;
use crate::domain::language::{Language, Phrase};
use crate::domain::pasted::{self, Pasted};
use crate::domain::visible;
use crate::tui::keys::{Chord, Place};
use crate::tui::panes::new_profile::NewProfile;
use crate::tui::ui::field;

fn holds_a_secret() -> Phrase {
    Phrase::new(
        "That address holds a secret, so it was not put into the field and is kept nowhere. To ask that portal, open the \
         profiles (p outside text fields, or Ctrl-P) and add one with Ctrl-A, where it can be pasted unseen.",
        "В этом адресе есть секрет, поэтому он не попал в поле и нигде не сохранён. Чтобы спросить этот портал, откройте \
         профили (p вне текстовых полей или Ctrl-P) и добавьте профиль по Ctrl-A: там вставленное не показывается.",
    )
}

fn holds_a_token() -> Phrase {
    Phrase::new(
        "That address holds an access token, so it was not put into the field and is kept nowhere. A token alone ends \
         within the hour: b24chat profile add stores one together with what replaces it.",
        "В этом адресе есть токен доступа, поэтому он не попал в поле и нигде не сохранён. Один токен живёт не больше \
         часа: b24chat profile add хранит его вместе с тем, чем он обновляется.",
    )
}

fn not_a_name() -> Phrase {
    Phrase::new(
        "That address holds a secret, and a name is shown: it was not taken. Type a name for the profile.",
        "В этом адресе есть секрет, а имя видно на экране: он не принят. Введите имя профиля.",
    )
}

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
        Place::MyChats => {
            if let Some(Overlay::MyChats(list)) = &mut model.overlay
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
            let Some(Overlay::NewProfile(adding)) = &mut model.overlay else { return Vec::new() };
            // A name is shown while it is typed.
            if matches!(adding, NewProfile::Name { .. })
                && matches!(pasted::understand(text), Pasted::Credential { .. })
            {
                model.say(not_a_name().get(model.language));
            } else {
                adding.paste(text);
            }
            Vec::new()
        }
        Place::Types | Place::Filter | Place::Search | Place::Palette | Place::Profiles | Place::MyChats => {
            // Taken as a type it would be sent, and kept in the history.
            let words = match pasted::understand(text) {
                Pasted::Credential { .. } => Some(holds_a_secret()),
                Pasted::Refused(why) => Some(why),
                _ => None,
            };
            if let Some(words) = words {
                model.say(visible::line(words.get(model.language)));
                return Vec::new();
            }
            let mut effects = Vec::new();
            for c in text.chars().filter(|c| !c.is_control()).take(200) {
                effects = typed(model, Chord::plain(crate::tui::keys::Key::Char(c)));
            }
            effects
        }
        Place::Help
        | Place::Doctor
        | Place::Report
        | Place::Moved
        | Place::Card
        | Place::CopyMenu
        | Place::PlainPage => Vec::new(),
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
            model.fill(&pair, how.map(|how| visible::line(&how).into_owned()));
            warnings.extend(other_host(model, host.as_deref()));
            if !warnings.is_empty() {
                model.say(visible::line(&joined(&warnings, model.language)));
            }
        }
        Pasted::Chat { id, .. } => {
            let dialog = id.dialog_id();
            let words = Phrase::new(
                format!("That names chat {id} itself, so there is nothing to look up: its dialog is {dialog}."),
                format!("Это уже сам чат {id}, искать нечего: его диалог — {dialog}."),
            );
            model.say(words.get(model.language));
        }
        Pasted::Credential { root, credential, pair, notes } => of_portal(model, root, credential, pair, notes),
        Pasted::Refused(why) => model.say(visible::line(why.get(model.language))),
        Pasted::Plain => match model.entity_id.paste(text) {
            Ok(None) => {}
            Ok(Some(remark)) | Err(remark) => model.mention(remark.get(model.language)),
        },
    }
}

/// An address of the REST interface: its pair goes into the form, and a webhook's secret on its way to the
/// secret store, by the dialog that asks for a name. Nothing of the secret is shown.
fn of_portal(
    model: &mut Model,
    root: RestRoot,
    credential: Option<Credential>,
    pair: Option<EntityPair>,
    notes: Vec<Phrase>,
) {
    if let Some(pair) = &pair {
        let how = Phrase::new(format!("the pair in a REST address: {pair}"), format!("пара из адреса REST: {pair}"));
        model.fill(pair, how.map(|how| visible::line(&how).into_owned()));
    }
    let is_open = match &model.portal {
        Portal::Open(profile) => profile.root == root && credential.as_ref() == Some(&profile.credential),
        Portal::Opening(_) | Portal::Missing(_) => false,
    };
    let (host, came_along) = (root.host(), pair.is_some());
    match credential {
        Some(_) if is_open => {
            let words = Phrase::new(
                "That is the address of the profile that is open; its secret was put nowhere.",
                "Это адрес открытого профиля; секрет никуда не записан.",
            );
            model.say(words.get(model.language));
        }
        Some(credential @ Credential::Webhook { .. }) => {
            model.overlay = Some(Overlay::NewProfile(NewProfile::named(root, credential, notes, pair)));
        }
        Some(Credential::OAuth { .. }) => model.say(holds_a_token().get(model.language)),
        None => {
            let mut words = vec![Phrase::new(
                format!("That is an address of the portal {host} and holds no secret"),
                format!("Это адрес портала {host}, секрета в нём нет"),
            )];
            words.push(if came_along {
                Phrase::new("its pair is in the form", "его пара уже в форме")
            } else {
                Phrase::new("it names no pair", "пары в нём нет")
            });
            words.extend(other_host(model, came_along.then_some(host.as_str())));
            model.say(visible::line(&joined(&words, model.language)));
        }
    }
}

fn other_host(model: &Model, host: Option<&str>) -> Option<Phrase> {
    let Portal::Open(profile) = &model.portal else { return None };
    let (host, asked) = (host?, profile.root.host());
    (host != asked).then(|| {
        Phrase::new(
            format!("the page is on {host}, and this lookup would ask {asked}"),
            format!("страница на {host}, а запрос пойдёт к {asked}"),
        )
    })
}

fn joined(phrases: &[Phrase], language: Language) -> String {
    phrases.iter().map(|phrase| phrase.get(language)).collect::<Vec<_>>().join("; ")
}
