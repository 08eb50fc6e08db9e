//! Which pane has the keys.

use crate::tui::keys::Place;

/// A pane, in the order of `Tab`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    EntityType,
    /// The first focus: typing or pasting works at once.
    #[default]
    EntityId,
    Result,
    Response,
    History,
}

impl Focus {
    const ALL: [Self; 5] = [Self::EntityType, Self::EntityId, Self::Result, Self::Response, Self::History];

    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    pub fn previous(self) -> Self {
        Self::ALL[(self as usize + Self::ALL.len() - 1) % Self::ALL.len()]
    }

    pub fn place(self) -> Place {
        match self {
            Self::EntityType => Place::EntityType,
            Self::EntityId => Place::EntityId,
            Self::Result => Place::Result,
            Self::Response => Place::Response,
            Self::History => Place::History,
        }
    }

    /// One of the two panes of the form.
    pub fn is_form(self) -> bool {
        matches!(self, Self::EntityType | Self::EntityId)
    }
}
