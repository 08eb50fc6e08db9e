//! Keys, pastes, the mouse and new sizes: a thread that reads the terminal and tells the machine. Useless
//! events end here.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::LOOK_AROUND;
use super::screen::{is_elsewhere, likely};
use crate::tui::app::{Message, Pointer};
use crate::tui::keys::{Chord, Key};

/// How long leaving waits for the reading to end.
const PATIENCE: Duration = Duration::from_millis(200);

/// The thread that reads.
pub struct Listener {
    done: Receiver<()>,
}

impl Listener {
    /// Reads until the terminal is gone or nobody listens.
    pub fn start(tell: Sender<Message>) -> Self {
        let (end, done) = mpsc::channel();
        thread::spawn(move || {
            let _end: Sender<()> = end;
            #[cfg(unix)]
            super::signals::fail_to_read_in_background();
            let mut has_failed = false;
            loop {
                let Ok(event) = event::read() else {
                    // What is typed while we are in the background is the shell's.
                    if is_elsewhere() {
                        thread::sleep(LOOK_AROUND);
                        continue;
                    }
                    // We may have come to the front since; a terminal that is gone fails again.
                    if !std::mem::replace(&mut has_failed, true) {
                        continue;
                    }
                    // The terminal went away: the same as being told to end.
                    let _ = tell.send(Message::Stopped);
                    return;
                };
                has_failed = false;
                if let Some(message) = message(event)
                    && tell.send(message).is_err()
                {
                    return;
                }
            }
        });
        Self { done }
    }

    /// Ends the reading, when nobody listens any more: what is typed from now on is for the shell.
    pub fn finish(self) {
        #[cfg(unix)]
        super::signals::feign_another_size();
        // In the middle of a paste it cannot hear us; leaving does not wait for the rest.
        let _ = self.done.recv_timeout(PATIENCE);
    }
}

fn message(event: Event) -> Option<Message> {
    match event {
        // Some systems report the release of a key as well, and it would act twice.
        Event::Key(key) if key.kind != KeyEventKind::Release => chord(key).map(Message::Pressed),
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Mouse(mouse) => pointer(mouse).map(Message::Pointed),
        Event::Resize(columns, rows) => {
            let (columns, rows) = likely((columns, rows));
            Some(Message::Resized(columns, rows))
        }
        _ => None,
    }
}

fn chord(event: KeyEvent) -> Option<Chord> {
    // An Enter that was pressed before the terminal was ours had been made a line feed by then.
    let was_enter = event.code == KeyCode::Char('j') && event.modifiers == KeyModifiers::CONTROL;
    if was_enter {
        return Some(Chord::plain(Key::Enter));
    }
    let key = match event.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab | KeyCode::BackTab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    };
    let held = |modifier| event.modifiers.contains(modifier);
    let is_char = matches!(key, Key::Char(_));
    Some(Chord {
        key,
        ctrl: held(KeyModifiers::CONTROL),
        alt: held(KeyModifiers::ALT),
        shift: !is_char && (held(KeyModifiers::SHIFT) || event.code == KeyCode::BackTab),
    })
}

fn pointer(event: MouseEvent) -> Option<Pointer> {
    let MouseEvent { kind, column, row, .. } = event;
    match kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Pointer::Clicked { column, row }),
        MouseEventKind::ScrollUp => Some(Pointer::WheeledUp { column, row }),
        MouseEventKind::ScrollDown => Some(Pointer::WheeledDown { column, row }),
        _ => None,
    }
}
