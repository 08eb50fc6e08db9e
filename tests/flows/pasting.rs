//! Text that comes in one piece.

use crate::support::{Explorer, FOUND, record, reply};

#[test]
fn line_breaks_in_a_paste_never_send() {
    for pasted in ["OUR/27\n", "\r\nOUR/27\r\n\r\n", "OUR/27\r"] {
        let mut explorer = Explorer::new(120, 36);
        explorer.paste(pasted);
        assert_eq!(explorer.effects(), [""; 0], "{pasted:?}");
        assert_eq!(explorer.model.entity_id.value(), "OUR/27", "{pasted:?}");
    }
    let mut explorer = Explorer::new(120, 36);
    explorer.paste("one\ntwo\r\nthree");
    assert_eq!(explorer.effects(), [""; 0]);
    assert_eq!(explorer.model.entity_id.value(), "one two three");
    explorer.screen().shows(&["the line breaks in the pasted text became spaces; nothing was sent"]);
}

#[test]
fn a_paste_goes_in_at_the_cursor() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|3 <left>");
    explorer.paste("166");
    assert_eq!(explorer.model.entity_id.value(), "DEAL|1663");
    explorer.keys("<backspace>");
    assert_eq!(explorer.model.entity_id.value(), "DEAL|163");
}

#[test]
fn what_is_too_long_for_an_id_changes_nothing_and_says_so() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|");
    explorer.paste(&"9".repeat(251));
    assert_eq!(explorer.model.entity_id.value(), "DEAL|");
    explorer.screen().shows(&["that would make 256 characters and an id has at most 255; nothing was pasted"]);
    explorer.paste(&"9".repeat(250));
    assert_eq!(explorer.model.entity_id.value().len(), 255);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects().len(), 1);
}

#[test]
fn a_paste_outside_the_form_goes_to_the_id() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<tab> <tab> <tab>");
    explorer.paste("DEAL|1663");
    assert_eq!(explorer.model.entity_id.value(), "DEAL|1663");
    assert_eq!(explorer.screen().focus(), ["Entity id"]);
}

#[test]
fn a_paste_into_a_small_field_stays_there() {
    let old = vec![record("CRM", "DEAL|1663", "2026-02-24T09:00:00Z", reply(200, FOUND))];
    let mut explorer = Explorer::with_history(120, 36, old);
    explorer.keys("<tab> /");
    explorer.effects();
    explorer.paste("deal\n");
    assert_eq!(explorer.model.history.filter.value(), "deal");
    explorer.keys("<esc> <shift-tab> <esc> <shift-tab>");
    explorer.keys("<down>");
    explorer.paste("SONET_GROUP\r\n");
    assert_eq!(explorer.model.entity_type.value, "CRM", "nothing is taken before a key says so");
    explorer.keys("<enter>");
    assert_eq!(explorer.model.entity_type.value, "SONET_GROUP");
    explorer.keys("<ctrl-p>");
    explorer.paste("fold\n");
    explorer.screen().shows(&["What to do"]);
    assert_eq!(explorer.model.entity_id.value(), "");
}

#[test]
fn a_paste_while_the_help_is_open_is_ignored() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<f1>");
    explorer.paste("DEAL|1663");
    assert_eq!(explorer.model.entity_id.value(), "");
}

#[test]
fn the_text_field_edits_by_grapheme_and_word() {
    let mut explorer = Explorer::new(120, 36);
    explorer.paste("DEAL|e\u{301}会");
    explorer.keys("<backspace>");
    assert_eq!(explorer.model.entity_id.value(), "DEAL|e\u{301}");
    explorer.keys("<backspace>");
    assert_eq!(explorer.model.entity_id.value(), "DEAL|");
    explorer.keys("1663 <home> <delete> <end> <ctrl-u>");
    assert_eq!(explorer.model.entity_id.value(), "");
}
