//! A portal of one's own, from the paste to the next day: added unseen, asked, examined, reported. Its
//! secret comes out in the store of secrets and nowhere else.

use super::support::*;

/// The code of the demo portal's healthy webhook stands for the secret.
const CODE: &str = "anndemo7webhook1";
const CTRL_A: &str = "\x01";

fn without_keyring(home: &Home) -> portable_pty::CommandBuilder {
    let mut command = home.command(PROGRAM, &[]);
    command.env("B24CHAT_KEYRING", "off");
    command
}

#[test]
fn a_webhook_that_was_pasted_unseen_is_used_examined_and_reported_and_its_secret_is_only_in_the_store() {
    let (home, portal) = (Home::new(), Portal::start());
    let mut tty = Tty::spawn(without_keyring(&home), 120, 36);
    tty.see(&["no portal to ask"]);
    // Out of the text field, to the profiles, and to a new one.
    tty.press(TAB);
    tty.press("p");
    tty.see(&["There are no profiles yet"]);
    tty.press(CTRL_A);
    tty.paste(&format!("{}1/{CODE}/profile.json\n", portal.root()));
    tty.see(&["characters"]);
    tty.press(ENTER);
    tty.see(&["webhook of user 1", "name"]);
    tty.press(CTRL_U);
    tty.press("mine");
    tty.press(ENTER);
    tty.see(&["The profile mine was added", "secrets.json"]);

    tty.press("d");
    tty.see(&["Doctor", "3 requests", "Ann Admin (1), administrator"]);
    tty.press("s");
    tty.see(&["this is all that is saved", "profile mine"]);
    tty.press(ENTER);
    tty.see(&["The report is in"]);
    tty.press(ESC);
    tty.wait("the doctor to close", |look| !look.has("Doctor"));
    tty.press("\x1b[Z");
    tty.press("DEAL|1663");
    tty.press(ENTER);
    tty.see(&["chat 1437"]);
    tty.press(CTRL_C);
    assert_eq!(tty.wait_end(), Ended::Code(0));
    assert!(!holds(&tty.bytes(), CODE), "the secret was written to the terminal");

    // The next day it is the active profile.
    let mut tty = Tty::spawn(without_keyring(&home), 80, 24);
    tty.see(&["mine", "webhook of user 1"]);
    tty.press(F5);
    tty.wait("the lookup of before, repeated", |look| look.count(&["DEAL|1663", "chat 1437"]) == 2);
    tty.press(CTRL_C);
    assert_eq!(tty.wait_end(), Ended::Code(0));
    assert!(!holds(&tty.bytes(), CODE), "the secret was written to the terminal");

    let holders: Vec<_> =
        home.files().into_iter().filter(|(_, bytes)| holds(bytes, CODE)).map(|(path, _)| path).collect();
    assert_eq!(holders, [home.data_dir().join("secrets.json")]);
    let reports = home.files().into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "txt"));
    let reports: Vec<String> = reports.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
    assert_eq!(reports.len(), 1);
    assert!(reports[0].contains("healthy") && reports[0].contains("✓ end to end"), "{}", reports[0]);
}
