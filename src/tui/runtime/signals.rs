//! Signals: the polite ways to be told to end, to sleep and to wake.

use std::sync::mpsc::Sender;
use std::thread;

use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::screen;
use crate::tui::app::Message;

/// Listens from before the terminal is taken, so that no signal finds it held and nobody listening.
pub fn listen(tell: Sender<Message>) {
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT]) else { return };
    thread::spawn(move || {
        for signal in signals.forever() {
            let message = match signal {
                SIGTSTP => Message::SuspendAsked,
                SIGCONT => {
                    screen::mark_stale();
                    Message::Beat
                }
                _ => Message::Stopped,
            };
            if tell.send(message).is_err() {
                return;
            }
        }
    });
}

/// Stops this process and those started with it, `cargo run` among them. SIGSTOP works under every
/// shell; a SIGTSTP that one sends oneself works only under one that does job control.
pub fn stop_group() {
    let _ = kill_current_process_group(Signal::STOP);
}
