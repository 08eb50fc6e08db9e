//! Signals: the polite ways to be told to end, to sleep and to wake.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use nix::sys::signal::SigSet;
use rustix::process::{Signal, getpgid, getpgrp, getpid, getppid, getsid, kill_current_process_group, kill_process};
use rustix::termios::tcgetpgrp;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::screen;
use crate::tui::app::Message;

/// Listens from before the terminal is taken, so that no signal finds it held and nobody listening.
pub fn listen(tell: Sender<Message>) {
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT]) else { return };
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

/// Wakes whoever waits for keys: a new size is the one thing besides a key that ends the waiting.
pub fn feign_another_size() {
    let _ = kill_process(getpid(), Signal::WINCH);
}

/// Whether somebody is there to continue a stopped group: a shell of the same session that is not stopped
/// with it. Without one, as when the program is all that a terminal window or a container runs, a stopped
/// program would hang for good; the system ignores a SIGTSTP then for the same reason.
pub fn can_be_woken() -> bool {
    let group = getpgrp();
    let (Ok(session), Some(parent)) = (getsid(None), getppid()) else { return false };
    // A parent in our group is something like `cargo run`; the shell is above it.
    group != session && (getpgid(Some(parent)) == Ok(group) || getsid(Some(parent)) == Ok(session))
}

/// Reading the terminal in the background stops the whole group, unless the signal for it is blocked in the
/// thread that reads: then the reading fails, and can be tried again later.
pub fn fail_to_read_in_background() {
    let mut background = SigSet::empty();
    background.add(nix::sys::signal::Signal::SIGTTIN);
    let _ = background.thread_block();
}

/// Whether the terminal is another group's now: drawing would spoil what that one shows.
pub fn is_in_background() -> bool {
    tcgetpgrp(io::stdin()).is_ok_and(|foreground| foreground != getpgrp())
}
