//! Going to sleep under a shell and waking up again; and not going to sleep where nobody could wake us.

use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::support::*;

const PROMPT: &str = "ready>";

/// The explorer as a job of a shell that does job control.
struct Job {
    tty: Tty,
    explorer: Process,
    _home: Home,
}

impl Job {
    fn start() -> Self {
        Self::under("bash", &["--norc", "--noprofile", "-i"])
    }

    fn under(shell: &str, arguments: &[&str]) -> Self {
        let home = Home::new();
        let mut command = home.command(shell, arguments);
        command.env("PS1", PROMPT);
        let mut tty = Tty::spawn(command, 120, 36);
        tty.see(&[PROMPT]);
        tty.press(&format!("{PROGRAM} --demo\n"));
        tty.wait("the explorer", |look| look.has("Ann Admin") && look.has("no lookups yet"));
        let explorer = Process(tty.pid()).wait_for_child();
        Self { tty, explorer, _home: home }
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_raw(self.explorer.0.cast_signed()).unwrap(), signal).unwrap();
    }

    /// Waits until the explorer has ended and the shell knows. When it does not, what its threads are doing is told.
    fn wait_until_gone(&self) {
        let deadline = Instant::now() + PATIENCE;
        while !self.explorer.is_gone() {
            let is_late = Instant::now() > deadline;
            assert!(!is_late, "the explorer does not end:\n{}\n{}", self.explorer.threads(), self.tty.look());
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// The prompt is there on a sane terminal, and a typed command does what it says.
    fn assert_the_shell_works(&mut self) {
        let look = self.tty.wait("the prompt", |look| look.has(PROMPT) && !look.modes.alternate_screen);
        assert!(!look.modes.mouse && !look.modes.hidden_cursor, "{look}");
        // Echo and line editing as a command of the shell finds them.
        self.tty.press("stty -a | tr ' ;' '\\n\\n' | grep -x -e icanon -e echo -e isig -e opost | sort | xargs\n");
        self.tty.wait("the line's attributes", |look| {
            look.rows().iter().any(|row| row.ends_with("echo icanon isig opost"))
        });
    }

    fn wake(&mut self) {
        self.tty.press("fg\n");
    }

    /// The whole picture is there again, and keys arrive one by one.
    fn assert_awake(&mut self, before: &Look) {
        self.tty.wait("the picture as it was", |look| look == before);
        self.tty.press("77");
        self.tty.see(&["DEAL|166377"]);
        self.tty.press("\x7f\x7f");
        self.tty.wait("the picture as it was", |look| look == before);
    }

    fn dressed(&mut self) -> Look {
        self.tty.press("DEAL|1663");
        self.tty.press(ENTER);
        self.tty.wait("the answer", |look| look.row_with(&["DEAL|1663", "chat 1437"]).is_some());
        self.tty.settle();
        self.tty.look()
    }
}

#[test]
fn ctrl_z_gives_the_prompt_back_and_fg_repaints_everything() {
    let mut job = Job::start();
    let before = job.dressed();
    for _ in 0..2 {
        job.tty.press(CTRL_Z);
        job.explorer.wait_until_stopped();
        job.assert_the_shell_works();
        job.wake();
        job.assert_awake(&before);
    }
    job.tty.press(CTRL_C);
    job.tty.wait("the prompt", |look| !look.modes.alternate_screen);
    job.tty.press("echo ended with $?\n");
    job.tty.see(&["ended with 0"]);
}

#[test]
fn a_sigtstp_from_outside_does_the_same() {
    let mut job = Job::start();
    let before = job.dressed();
    job.signal(Signal::TSTP);
    job.explorer.wait_until_stopped();
    job.assert_the_shell_works();
    job.wake();
    job.assert_awake(&before);
}

#[test]
fn a_sigstop_cannot_be_met_but_fg_takes_the_terminal_again_and_repaints() {
    // Some shells give a job back the modes that the line had when it stopped, and some do not.
    stopped_from_outside(Job::start());
    stopped_from_outside(Job::under("sh", &["-i"]));
}

fn stopped_from_outside(mut job: Job) {
    let before = job.dressed();
    job.signal(Signal::STOP);
    job.explorer.wait_until_stopped();
    // The shell types over our picture, with its own modes of the line.
    job.tty.press("stty sane; echo; echo over the picture\n");
    job.tty.see(&["over the picture"]);
    job.wake();
    job.assert_awake(&before);
    job.tty.press(CTRL_C);
    job.assert_the_shell_works();
}

#[test]
fn one_that_sleeps_can_be_ended_by_the_shell_and_does_not_touch_the_terminal_again() {
    let mut job = Job::start();
    job.dressed();
    job.tty.press(CTRL_Z);
    job.explorer.wait_until_stopped();
    job.assert_the_shell_works();
    job.tty.press("kill %1\n");
    job.wait_until_gone();
    job.tty.press("wait %1; echo ended with $?\n");
    let look = job.tty.see(&["ended with 130"]);
    assert!(!look.modes.alternate_screen, "{look}");
    job.assert_the_shell_works();
}

#[test]
fn one_that_is_continued_from_outside_leaves_the_terminal_to_the_shell_and_can_be_ended() {
    let mut job = Job::start();
    job.dressed();
    job.tty.press(CTRL_Z);
    job.explorer.wait_until_stopped();
    job.assert_the_shell_works();
    job.tty.settle();
    let before = job.tty.written();
    job.signal(Signal::CONT);
    until("the explorer to run", || (!job.explorer.is_stopped()).then_some(()));
    // Time enough to look around for the terminal more than once.
    thread::sleep(Duration::from_secs(1));
    assert!(!job.explorer.is_stopped());
    assert_eq!(job.tty.written(), before, "it wrote over the shell:\n{}", job.tty.look());
    // Keys that are the shell's do not stop it either.
    job.assert_the_shell_works();
    assert!(!job.explorer.is_stopped());
    job.signal(Signal::TERM);
    job.wait_until_gone();
    job.assert_the_shell_works();
}

#[test]
fn one_that_was_sent_to_the_background_is_brought_back_by_fg() {
    let mut job = Job::start();
    let before = job.dressed();
    job.tty.press(CTRL_Z);
    job.explorer.wait_until_stopped();
    job.assert_the_shell_works();
    job.tty.press("bg\n");
    until("the explorer to run", || (!job.explorer.is_stopped()).then_some(()));
    // Keys for the shell neither stop it nor get lost. The shell continues a job only once, so it has to notice
    // `fg` by itself.
    job.assert_the_shell_works();
    job.tty.press("fg\n");
    job.assert_awake(&before);
}

#[test]
fn another_size_while_asleep_is_known_when_awake() {
    let mut job = Job::start();
    job.dressed();
    job.tty.press(CTRL_Z);
    job.explorer.wait_until_stopped();
    job.assert_the_shell_works();
    job.tty.resize(80, 24);
    job.wake();
    job.tty.wait("the picture for 80 by 24", |look| look.has("chat 1437") && look.rows()[23].contains("Enter"));
}

#[test]
fn ctrl_z_without_a_shell_to_wake_it_up_does_not_hang_the_explorer() {
    let home = Home::new();
    let commands = [home.demo(), home.command("/bin/sh", &["-c", "\"$@\"; exit $?", "sh", PROGRAM, "--demo"])];
    for command in commands {
        let mut tty = ready(Tty::spawn(command, 120, 36));
        tty.press(CTRL_Z);
        tty.wait("words about it", |look| look.words().contains("Not now"));
        tty.press("DEAL|1663");
        tty.see(&["DEAL|1663"]);
        assert!(!Process(tty.pid()).is_stopped());
        tty.press(CTRL_C);
        assert_eq!(tty.wait_end(), Ended::Code(0));
        assert_eq!(tty.look().modes, Modes::PLAIN);
    }
}
