//! Everything a key can ask for.

use serde::Deserialize;

/// An intent, in the imperative. What it means where is the machine's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Send,
    ChooseType,
    /// Take what the small field or list is about: a type, a filter, a place found, a command.
    Take,
    Repeat,
    RepeatShown,
    Edit,
    ToHistory,
    NextTab,
    PreviousTab,
    Fold,
    FoldAll,
    Search,
    NextMatch,
    PreviousMatch,
    Up,
    Down,
    PageUp,
    PageDown,
    Top,
    Bottom,
    NextPane,
    PreviousPane,
    Undo,
    Filter,
    Palette,
    Profiles,
    NewProfile,
    /// Run the doctor on the profile that is open.
    Examine,
    /// Choose a second profile for the doctor.
    Against,
    FollowMove,
    /// Explain why the lookup that is shown found no chat.
    WhyNull,
    /// Show the doctor's report.
    Report,
    /// The card of the chat that was found.
    FollowUp,
    /// The picker of my own chats.
    MyChats,
    /// Open the copy menu.
    Copy,
    /// Show what would be copied alone on the screen.
    ShowAlone,
    SaveCopy,
    Help,
    Suspend,
    Leave,
}
