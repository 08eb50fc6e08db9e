//! Copying in a real terminal: over SSH the terminal is asked by its own sequence, the plain page is written
//! as it is, and a saved text is a file that only its owner can read.

use std::os::unix::fs::PermissionsExt;

use super::support::*;

/// The code of the demo portal's healthy webhook stands for the secret.
const CODE: &str = "anndemo7webhook1";

fn over_ssh(home: &Home, columns: u16, rows: u16) -> Tty {
    let mut command = home.demo();
    command.env("SSH_CONNECTION", "192.0.2.1 50022 192.0.2.2 22");
    let mut tty = ready(Tty::spawn(command, columns, rows));
    tty.press("DEAL|1663");
    tty.press(ENTER);
    tty.see(&["chat 1437", "200"]);
    tty.press(TAB);
    tty.press("y");
    tty.see(&["Enter copy", "dialog id"]);
    tty
}

#[test]
fn over_ssh_the_terminal_is_asked_to_take_the_text_and_the_words_say_no_more_than_that() {
    let home = Home::new();
    let mut tty = over_ssh(&home, 120, 36);
    tty.press(DOWN);
    tty.press(ENTER);
    tty.see(&["Sent to the terminal, which may or may not take it"]);
    // chat1437
    assert!(holds(&tty.bytes(), "\x1b]52;c;Y2hhdDE0Mzc=\x07"));
    tty.press("y");
    for _ in 0..14 {
        tty.press(DOWN);
    }
    tty.see(&["PowerShell"]);
    tty.press(ENTER);
    tty.see(&["Sent to the terminal"]);
    tty.press(CTRL_C);
    assert_eq!(tty.wait_end(), Ended::Code(0));
    assert!(!holds(&tty.bytes(), CODE), "the secret was written to the terminal");
}

#[test]
fn the_plain_page_has_the_text_and_nothing_beside_it_and_the_mouse_is_the_terminals() {
    let home = Home::new();
    let mut tty = over_ssh(&home, 80, 24);
    for _ in 0..6 {
        tty.press(DOWN);
    }
    tty.see(&["a shell and curl"]);
    tty.press("v");
    let look = tty.wait("the plain page", |look| look.has("Esc back") && !look.has("Result"));
    assert!(look.rows()[0].starts_with("# B24_WEBHOOK_URL holds"), "{look}");
    assert!(!look.rows().iter().any(|row| row.contains('│')), "{look}");
    assert!(!look.modes.mouse);
    tty.press(ESC);
    let look = tty.see(&["Enter copy", "dialog id"]);
    assert!(look.modes.mouse);
    tty.press(CTRL_C);
    assert_eq!(tty.wait_end(), Ended::Code(0));
    assert_eq!(tty.look().modes, Modes::PLAIN);
}

#[test]
fn a_saved_text_is_told_where_it_is_and_only_its_owner_can_read_it() {
    let home = Home::new();
    let mut tty = over_ssh(&home, 120, 36);
    tty.press("s");
    tty.see(&["It is in"]);
    tty.press(CTRL_C);
    assert_eq!(tty.wait_end(), Ended::Code(0));
    let exports = home.data_dir().join("exports");
    let files: Vec<_> = std::fs::read_dir(&exports).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(std::fs::read_to_string(&files[0]).unwrap(), "1437");
    assert_eq!(std::fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::metadata(&exports).unwrap().permissions().mode() & 0o777, 0o700);
}
