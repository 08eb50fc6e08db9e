//! What is pasted is text, whatever is in it: it sends nothing, and no terminal obeys it.

use super::support::*;

fn on_demo_portal() -> (Portal, Home, Tty) {
    let portal = Portal::start();
    let home = Home::new();
    let tty = home.explore(&portal, "healthy");
    (portal, home, tty)
}

#[test]
fn pasted_line_breaks_never_submit() {
    let (portal, _home, mut tty) = on_demo_portal();
    for pasted in ["DEAL|1663\n", "DEAL|1663\r", "DEAL|1663\r\n", "\n\nDEAL|1663\n\n", "DEAL|1663\nCONTACT|25\n"] {
        tty.paste(pasted);
        // Typed after it: when this is seen, the paste has been taken in.
        tty.press("9");
        tty.see(&["DEAL|1663", "9"]);
        tty.press(CTRL_U);
        tty.wait("an empty field", |look| !look.rows()[2].contains("DEAL"));
    }
    tty.settle();
    assert_eq!(portal.requests(), 0);
    // And one that is then sent by hand is the pasted one.
    tty.paste("DEAL|1663\n");
    tty.press(ENTER);
    tty.see(&["chat 1437"]);
    assert_eq!(portal.requests(), 1);
}

#[test]
fn a_pasted_novel_is_refused_in_words_and_changes_nothing() {
    let (portal, _home, mut tty) = on_demo_portal();
    tty.press("DEAL|16");
    tty.see(&["DEAL|16"]);
    tty.settle();
    let before = tty.look();
    tty.paste(&"It was a dark and stormy night.\r\n".repeat(6_200));
    tty.wait("words about it", |look| look.words() != before.words());
    tty.settle();
    let look = tty.look();
    assert!(!look.has("stormy"), "{look}");
    assert_eq!(look.rows()[2], before.rows()[2], "the field has changed:\n{look}");
    assert_eq!(look.cursor, before.cursor);
    tty.press("63");
    tty.see(&["DEAL|1663"]);
    assert_eq!(portal.requests(), 0);
}

#[test]
fn pasted_escape_sequences_are_shown_and_not_obeyed() {
    let (portal, _home, mut tty) = on_demo_portal();
    tty.paste("A\x1b[2J\x1b]0;owned\x07B\u{9b}31mC\u{202e}D");
    let look = tty.see(&["␛[2J␛]0;owned␇"]);
    assert!(look.has("History"), "the screen was cleared:\n{look}");
    tty.settle();
    let bytes = tty.bytes();
    assert_eq!(foreign_to_a_terminal(&bytes), Vec::<String>::new());
    assert!(!holds(&bytes, "\x1b]0;owned"));
    assert_eq!(portal.requests(), 0);
    assert!(!tty.has_ended());
}

#[test]
fn the_terminals_own_cursor_stands_after_cyrillic_wide_and_composed_text() {
    let (_portal, _home, mut tty) = on_demo_portal();
    tty.settle();
    let (row, column) = tty.look().cursor;
    for (text, columns) in [("Заказ №5", 8), ("会議室", 6), ("e\u{301}e\u{301}x", 3), ("👍🏽", 2), ("a\u{200b}b", 10)]
    {
        tty.press(text);
        tty.wait(&format!("the cursor {columns} columns on, after {text}"), |look| {
            look.cursor == (row, column + columns) && !look.modes.hidden_cursor
        });
        tty.press(CTRL_U);
        tty.wait("an empty field", |look| look.cursor == (row, column));
    }
}

#[test]
fn a_pasted_page_fills_the_form_and_a_pasted_webhook_stays_out_of_it() {
    let (portal, _home, mut tty) = on_demo_portal();
    tty.paste("https://acme.bitrix24.com/crm/deal/details/1663/?IFRAME=Y\n");
    tty.wait("the pair in the form", |look| look.rows()[2].contains("DEAL|1663") && look.rows()[2].contains("CRM"));
    tty.paste("https://acme.bitrix24.com/rest/27/canary0paste0f16/profile.json");
    tty.see(&["Add a profile", "webhook of user 27", "secret store"]);
    tty.press(ESC);
    tty.wait("the dialog to close", |look| !look.has("Add a profile"));
    tty.settle();
    assert!(!holds(&tty.bytes(), "canary0paste"), "{}", tty.look());
    assert_eq!(portal.requests(), 0);
}
