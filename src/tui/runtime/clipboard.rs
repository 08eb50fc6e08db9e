//! Where copies go. From afar there is only the terminal's own clipboard, reached by a sequence (OSC 52) that
//! it may or may not obey; on this machine it is the clipboard itself, whose one handle lives as long as the
//! program, because on some systems the text goes away with it.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use arboard::Clipboard as Native;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::runtime::Handle;

use crate::tui::app::Message;
use crate::tui::app::copying::Copied;

/// Terminals differ in how much they take; the more generous ones end at about a hundred thousand
/// characters of base64.
const MOST: usize = 74_000;

/// Opened by the first copy, not before: looking for a display can take long.
#[derive(Clone, Default)]
pub struct Clipboard(Arc<Mutex<Option<Native>>>);

impl Clipboard {
    /// Copies to the clipboard of this machine, or says that there is none to be reached.
    pub fn copy(&self, handle: &Handle, text: String, tell: Sender<Message>) {
        let this = self.clone();
        drop(handle.spawn_blocking(move || {
            let how = if !is_afar() && this.put(&text) { Copied::Here } else { Copied::NoClipboard(text) };
            let _ = tell.send(Message::Copied(how));
        }));
    }

    fn put(&self, text: &str) -> bool {
        let mut native = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if native.is_none() {
            *native = Native::new().ok();
        }
        native.as_mut().is_some_and(|native| native.set_text(text).is_ok())
    }
}

/// Somebody sits elsewhere, at a terminal over SSH: the clipboard of this machine is not theirs.
fn is_afar() -> bool {
    ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// What asks the terminal to take the text; `None` when it is too long for that. tmux takes the sequence for
/// itself or passes on what is wrapped for it, by two options of its own, so there it gets both.
pub fn sequence(text: &str, in_tmux: bool) -> Option<String> {
    if text.len() > MOST {
        return None;
    }
    let plain = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    if !in_tmux {
        return Some(plain);
    }
    let wrapped = plain.replace('\x1b', "\x1b\x1b");
    Some(format!("{plain}\x1bPtmux;{wrapped}\x1b\\"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_asked_in_base64_and_tmux_in_both_of_its_ways() {
        assert_eq!(sequence("chat1437", false).as_deref(), Some("\x1b]52;c;Y2hhdDE0Mzc=\x07"));
        let both = "\x1b]52;c;Y2hhdDE0Mzc=\x07\x1bPtmux;\x1b\x1b]52;c;Y2hhdDE0Mzc=\x07\x1b\\";
        assert_eq!(sequence("chat1437", true).as_deref(), Some(both));
    }

    #[test]
    fn more_than_a_terminal_takes_is_not_sent() {
        assert!(sequence(&"x".repeat(MOST), false).is_some());
        assert_eq!(sequence(&"x".repeat(MOST + 1), false), None);
    }
}
