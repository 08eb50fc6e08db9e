//! Copying in the machine: the menu, what is done with the text under its cursor, and what came of it.

use super::effect::Effect;
use super::model::{Model, Overlay};
use crate::domain::snippet::copies;
use crate::tui::panes::copy_menu::CopyMenu;

const SENT: &str = "Sent to the terminal, which may or may not take it. If it did not: y again, and there v shows the text for \
                    selection and s saves it.";

/// Opens the menu for the lookup that is shown.
pub fn open(model: &mut Model) -> Vec<Effect> {
    if let Some(shown) = &model.shown {
        let copies = copies(&shown.record);
        model.overlay = Some(Overlay::Copy(CopyMenu { copies, cursor: 0, page: None }));
    }
    Vec::new()
}

/// Copies what is under the cursor.
pub fn take(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Copy(menu)) = model.overlay.take() else { return Vec::new() };
    menu.chosen().map_or_else(Vec::new, |copy| vec![Effect::Copy(copy.text.clone())])
}

/// Shows it alone.
pub fn show_alone(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Copy(menu)) = &mut model.overlay {
        menu.page = Some(0);
    }
    Vec::new()
}

/// Saves it to a file; the menu stays.
pub fn save(model: &Model) -> Vec<Effect> {
    let Some(Overlay::Copy(menu)) = &model.overlay else { return Vec::new() };
    let Some(copy) = menu.chosen() else { return Vec::new() };
    let name = format!("{}.{}", copy.name.replace(' ', "-"), copy.extension);
    vec![Effect::SaveCopy { name, text: copy.text.clone() }]
}

/// How a copy ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The clipboard of this machine has it.
    Here,
    /// The terminal was asked to put it into its clipboard, and does not say whether it did.
    Sent,
    /// There is no clipboard that can be reached from here: the terminal is asked.
    NoClipboard(String),
    /// More than a terminal takes.
    TooLong,
}

pub fn copied(model: &mut Model, how: Copied) -> Vec<Effect> {
    match how {
        Copied::Here => model.mention("Copied to the clipboard of this machine."),
        Copied::Sent => model.mention(SENT),
        Copied::NoClipboard(text) => return vec![Effect::CopyByTerminal(text)],
        Copied::TooLong => {
            model.say("That is more than a terminal takes, so nothing was copied. y again: s saves it to a file.");
        }
    }
    Vec::new()
}
