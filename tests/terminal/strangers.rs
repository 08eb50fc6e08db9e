//! What a portal sends is shown and never obeyed: no escape sequence, no title, no turned-round text
//! comes out of the explorer but its own.

use super::support::*;

/// Goes through all tabs of the response, and once around in the raw one.
pub fn look_everywhere(tty: &mut Tty) {
    tty.press(TAB);
    tty.press(TAB);
    for _ in 0..4 {
        tty.press(RIGHT);
        tty.settle();
    }
    tty.press("\x1b[D");
    for key in ["z", " ", "j", "G", "g"] {
        tty.press(key);
        tty.settle();
    }
    tty.press(TAB);
    tty.settle();
}

/// Every byte is of the explorer's own making, and the screen was cleared once, at the start.
fn assert_harmless(tty: &Tty) {
    // Not in the middle of a frame.
    tty.settle();
    let bytes = tty.bytes();
    assert_eq!(foreign_to_a_terminal(&bytes), Vec::<String>::new());
    let clears = bytes.windows(4).filter(|window| window == b"\x1b[2J").count();
    assert_eq!(clears, 1, "somebody else cleared the screen");
    assert!(!holds(&bytes, "\x1b]"), "a window title was set");
}

#[test]
fn escape_sequences_in_a_reply_are_shown_as_signs() {
    let portal = Portal::start();
    for (code, seen) in [
        ("control", "␛]0;owned␇"),
        ("controlpage", "500"),
        ("badutf8", "ERROR_CORE"),
        ("headers", "chat 1437"),
        ("garbage", "200"),
        ("diskquota", "ERROR_OAUTH"),
        ("unknownkeys", "nobody has documented"),
        ("deep", "200"),
    ] {
        let home = Home::new();
        let mut tty = home.explore(&portal, code);
        tty.press("DEAL|1663");
        tty.press(ENTER);
        home.wait_for_records(1);
        tty.wait(&format!("the answer of {code}"), |look| {
            look.words().replace(' ', "").contains(&seen.replace(' ', ""))
        });
        look_everywhere(&mut tty);
        assert_harmless(&tty);
        assert!(!tty.has_ended(), "{code}");
        tty.press(CTRL_C);
        assert_eq!(tty.wait_end(), Ended::Code(0), "{code}");
    }
}

#[test]
fn a_reply_that_is_hostile_in_every_part_is_harmless() {
    let nasty = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[31mred\u{9b}0m\u{202e}eod\u{202c}\u{200b}\r\n\u{8}\u{7f}";
    let escaped = serde_json::to_string(nasty).unwrap();
    let key = serde_json::to_string(&format!("{nasty}key")).unwrap();
    let body = format!(
        r#"{{"error":{escaped},"error_description":{escaped},{key}:{escaped},"time":{{{key}:{escaped},"date_start":{escaped}}}}}"#
    );
    let root = raw_portal(move |_| {
        // Header values may hold high bytes and tabs; a client must take those.
        let head = "HTTP/1.1 401 \u{9b}31mNo\r\nX-Title: \u{9b}0;owned\u{202e}\t!\r\nConnection: close\r\n";
        format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    });
    let home = Home::new();
    let mut tty = ready(Tty::spawn(home.with_webhook(&format!("{root}27/abcdefgh01234567/")), 120, 36));
    tty.press("DEAL|1663");
    tty.press(ENTER);
    home.wait_for_records(1);
    tty.wait("the refusal", |look| look.has("owned"));
    look_everywhere(&mut tty);
    assert_harmless(&tty);
    tty.press(CTRL_C);
    assert_eq!(tty.wait_end(), Ended::Code(0));
    // The same from the history, read again by another run.
    let mut tty = ready(Tty::spawn(home.with_webhook(&format!("{root}27/abcdefgh01234567/")), 120, 36));
    tty.press(DOWN);
    tty.see(&["owned"]);
    tty.press(TAB);
    look_everywhere(&mut tty);
    assert_harmless(&tty);
}

#[test]
fn the_surviving_chats_of_the_demo_are_found() {
    let home = Home::new();
    let mut tty = home.explore_demo();
    // The type is typed into its pane; the list that opens takes it.
    tty.press("\x1b[Z");
    tty.press("SURVIVAL");
    tty.press(ENTER);
    for (id, chat) in [("escape", "chat 1500"), ("bidi", "chat 1501"), ("wide", "chat 1503")] {
        tty.press(CTRL_U);
        tty.press(id);
        tty.press(ENTER);
        tty.wait(&format!("the chat of {id}"), |look| look.row_with(&["SURVIVAL", id, chat]).is_some());
    }
    assert_harmless(&tty);
}
