//! The table of keys, read once from `assets/keymap.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Action, Chord};

/// Where a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    EntityType,
    EntityId,
    Result,
    Response,
    History,
    /// The list of types while it is open.
    Types,
    /// The history's filter while it is typed.
    Filter,
    /// The text to find in the reply while it is typed.
    Search,
    Help,
    Palette,
    /// The list of profiles.
    Profiles,
    /// A profile being added.
    NewProfile,
    Doctor,
    /// The doctor's report, shown before it is saved.
    Report,
    /// Why a lookup found no chat.
    WhyNull,
    /// The question whether to follow a portal that moved.
    Moved,
    /// The card of the chat that was found.
    Card,
    /// The picker of my own chats.
    MyChats,
    /// What of the shown lookup can be copied.
    CopyMenu,
    /// A text alone on the screen.
    PlainPage,
    /// Everywhere but in text fields.
    Outside,
    Anywhere,
}

impl Place {
    /// Whether characters typed here are text.
    pub fn takes_text(self) -> bool {
        matches!(
            self,
            Self::EntityType
                | Self::EntityId
                | Self::Types
                | Self::Filter
                | Self::Search
                | Self::Palette
                | Self::Profiles
                | Self::NewProfile
                | Self::MyChats
        )
    }

    /// Whether it lies over the panes, so that pane keys do not work in it.
    fn covers(self) -> bool {
        matches!(
            self,
            Self::Help
                | Self::Palette
                | Self::Profiles
                | Self::NewProfile
                | Self::Doctor
                | Self::Report
                | Self::Moved
                | Self::WhyNull
                | Self::Card
                | Self::MyChats
                | Self::CopyMenu
                | Self::PlainPage
        )
    }
}

/// One row of the table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    pub action: Action,
    #[serde(deserialize_with = "chords")]
    pub chords: Vec<Chord>,
    #[serde(rename = "in")]
    pub places: Vec<Place>,
    /// One or two words for the line at the bottom.
    pub hint: Option<String>,
    /// A sentence for the help, beginning with a verb.
    pub help: String,
}

#[derive(Deserialize)]
struct Table {
    key: Vec<Binding>,
}

static TABLE: LazyLock<Vec<Binding>> = LazyLock::new(|| {
    // A broken table cannot be shipped: a test reads it. Without any key the program could not be left.
    read(include_str!("../../../assets/keymap.toml")).unwrap_or_default()
});

fn read(text: &str) -> Result<Vec<Binding>, toml::de::Error> {
    toml::from_str::<Table>(text).map(|table| table.key)
}

fn chords<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Chord>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    texts.iter().map(|text| text.parse().map_err(serde::de::Error::custom)).collect()
}

/// What a key does in a place, if anything.
pub fn lookup(place: Place, chord: Chord) -> Option<Action> {
    bindings(place).find(|binding| binding.chords.contains(&chord)).map(|binding| binding.action)
}

/// The keys that work in a place, its own first. A character is text in a text field, whatever the
/// table says of it elsewhere.
pub fn bindings(place: Place) -> impl Iterator<Item = &'static Binding> {
    let tiers = [place, Place::Outside, Place::Anywhere];
    let tiers = tiers.into_iter().filter(move |tier| match tier {
        Place::Outside => !place.takes_text() && !place.covers(),
        _ => true,
    });
    tiers.flat_map(|tier| TABLE.iter().filter(move |binding| binding.places.contains(&tier)))
}

/// The key that does this in this place, for texts that name it.
pub fn chord_of(place: Place, action: Action) -> Option<Chord> {
    bindings(place).find(|binding| binding.action == action)?.chords.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(place: Place, chord: &str) -> Option<Action> {
        lookup(place, chord.parse().unwrap())
    }

    #[test]
    fn the_shipped_table_is_whole() {
        let table = read(include_str!("../../../assets/keymap.toml")).unwrap();
        assert!(table.len() > 20);
        for binding in &table {
            assert!(!binding.chords.is_empty() && !binding.places.is_empty(), "{:?}", binding.action);
        }
    }

    #[test]
    fn the_keys_that_were_promised_do_what_was_promised() {
        for place in [Place::Result, Place::Response, Place::History] {
            assert_eq!(press(place, "q"), Some(Action::Leave));
            assert_eq!(press(place, "?"), Some(Action::Help));
            assert_eq!(press(place, "/"), Some(Action::Filter));
            assert_eq!(press(place, "e"), Some(Action::Edit));
            assert!(matches!(press(place, "r"), Some(Action::Repeat | Action::RepeatShown)));
        }
        for place in [Place::EntityId, Place::EntityType, Place::Types, Place::Filter, Place::History, Place::Help] {
            assert_eq!(press(place, "ctrl-c"), Some(Action::Leave));
            assert_eq!(press(place, "f5"), Some(Action::RepeatShown));
            assert_eq!(press(place, "esc"), Some(Action::Undo));
        }
        assert_eq!(press(Place::EntityId, "enter"), Some(Action::Send));
        assert_eq!(press(Place::History, "enter"), Some(Action::Repeat));
        assert_eq!(press(Place::EntityId, "tab"), Some(Action::NextPane));
        assert_eq!(press(Place::EntityId, "shift-tab"), Some(Action::PreviousPane));
    }

    #[test]
    fn characters_are_text_in_text_fields() {
        for place in [Place::EntityId, Place::Filter, Place::Search, Place::Types, Place::Palette] {
            for c in ["q", "?", "/", "e", "r", "f", "g"] {
                assert_eq!(press(place, c), None, "{c} in {place:?}");
            }
        }
    }
}
