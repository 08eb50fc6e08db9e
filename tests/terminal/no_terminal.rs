//! Without a terminal that can show it, the explorer says so, in words, and touches nothing.

use std::process::{Command, Stdio};

use super::support::*;

#[test]
fn a_dumb_terminal_is_refused_in_words() {
    let home = Home::new();
    let mut command = home.demo();
    command.env("TERM", "dumb");
    let tty = Tty::spawn(command, 80, 24);
    assert_eq!(tty.wait_end(), Ended::Code(2));
    let look = tty.look();
    assert!(look.words().contains("TERM=dumb"), "{look}");
    assert!(look.words().contains("b24chat get"), "it does not say what works instead: {look}");
    assert!(!tty.bytes().contains(&0x1b), "escape sequences on a dumb terminal");
    assert_eq!(look.modes, Modes::PLAIN);
}

#[test]
fn pipes_are_refused_in_words_on_standard_error() {
    let home = Home::new();
    let output = Command::new(PROGRAM)
        .arg("--demo")
        .env_clear()
        .env("TERM", "xterm-256color")
        .env("B24CHAT_DATA_DIR", home.data_dir())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("terminal") && words.contains("b24chat get"), "{words}");
    assert!(!words.contains('\x1b'), "{words:?}");
    assert!(!home.data_dir().exists(), "the history was opened for nothing");
}

#[test]
fn a_terminal_whose_keys_come_from_a_file_is_refused_and_stays_as_it_was() {
    let home = Home::new();
    let script = r#""$@" </dev/null"#;
    let tty = Tty::spawn(home.command("/bin/sh", &["-c", script, "sh", PROGRAM, "--demo"]), 80, 24);
    let attributes = tty.attributes();
    assert_eq!(tty.wait_end(), Ended::Code(2));
    assert_eq!(tty.attributes(), attributes);
    assert!(!tty.bytes().contains(&0x1b));
    assert!(tty.look().words().contains("needs a terminal"));
}
