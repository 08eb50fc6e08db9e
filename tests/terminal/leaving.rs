//! Whichever way the explorer ends, the terminal is as it was: what was on it, its modes, and every
//! attribute of its line.

use portable_pty::CommandBuilder;
use rustix::process::Signal;

use super::support::*;

/// A terminal in which a shell has shown something and then becomes the explorer.
struct Stage {
    home: Home,
    tty: Tty,
    attributes: String,
}

impl Stage {
    fn set(home: Home, dress: impl FnOnce(&mut CommandBuilder)) -> Self {
        let script = r#"echo was here before; read -r go; exec "$@""#;
        let mut command = home.command("/bin/sh", &["-c", script, "sh", PROGRAM, "--demo"]);
        dress(&mut command);
        let mut tty = Tty::spawn(command, 120, 36);
        tty.see(&["was here before"]);
        let attributes = tty.attributes();
        tty.press("\n");
        Self { home, tty, attributes }
    }

    fn explorer() -> Self {
        let stage = Self::set(Home::new(), |_| {});
        let look = stage.tty.see(&["Ann Admin"]);
        // Otherwise there would be nothing to give back.
        assert!(look.modes.alternate_screen && look.modes.bracketed_paste && look.modes.mouse);
        assert_ne!(stage.tty.attributes(), stage.attributes);
        stage
    }

    fn assert_left_with(&self, code: u32) -> Look {
        assert_eq!(self.tty.wait_end(), Ended::Code(code), "the screen:\n{}", self.tty.look());
        let look = self.tty.look();
        assert_eq!(look.modes, Modes::PLAIN);
        assert_eq!(self.tty.attributes(), self.attributes);
        assert!(look.has("was here before"), "what was on the screen is gone:\n{look}");
        assert!(!look.has("Entity id"), "the explorer is still on the screen:\n{look}");
        look
    }
}

#[test]
fn after_q() {
    let mut stage = Stage::explorer();
    stage.tty.press(TAB);
    stage.tty.press("q");
    stage.assert_left_with(0);
}

#[test]
fn after_ctrl_c() {
    let mut stage = Stage::explorer();
    stage.tty.press(CTRL_C);
    stage.assert_left_with(0);
}

#[test]
fn after_each_signal_that_asks_a_program_to_end() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT] {
        let stage = Stage::explorer();
        stage.tty.signal(signal);
        stage.assert_left_with(130);
    }
}

#[test]
fn after_a_signal_while_a_request_hangs() {
    let portal = Portal::start();
    let mut stage = Stage::set(Home::new(), |command| {
        command.env("B24CHAT_PORTAL", portal.root());
        command.env("B24CHAT_TOKEN", "hang");
        // The last argument was `--demo`.
        command.get_argv_mut().pop();
    });
    stage.tty.see(&["access token", "no lookups yet"]);
    stage.tty.press("DEAL|1663");
    stage.tty.press(ENTER);
    portal.wait_for_open(1);
    stage.tty.signal(Signal::TERM);
    portal.wait_for_open(0);
    stage.assert_left_with(130);
    assert_eq!(stage.home.wait_for_records(1)[0].pair.entity_id(), "DEAL|1663");
}

/// Only builds for development can be broken on purpose.
#[cfg(debug_assertions)]
mod after_a_panic {
    use super::*;

    fn broken_in(place: &str) -> Stage {
        Stage::set(Home::new(), |command| command.env("B24CHAT_PANIC", place))
    }

    #[test]
    fn while_drawing() {
        let look = broken_in("draw").assert_left_with(101);
        assert!(look.words().contains("asked to break: draw"), "no report:\n{look}");
    }

    #[test]
    fn in_the_thread_of_the_history() {
        let look = broken_in("history").assert_left_with(101);
        assert!(look.words().contains("asked to break: history"), "no report:\n{look}");
    }

    #[test]
    fn in_a_task_of_the_network() {
        let mut stage = broken_in("task");
        stage.tty.see(&["Ann Admin"]);
        stage.tty.press("DEAL|1663");
        stage.tty.press(ENTER);
        let look = stage.assert_left_with(101);
        assert!(look.words().contains("asked to break: task"), "no report:\n{look}");
    }
}
