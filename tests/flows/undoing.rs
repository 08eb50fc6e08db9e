//! Esc undoes one thing at a time: what is most in the way goes first.

use b24chat::tui::app::Message;

use crate::support::{EIGHT_FIELDS, Explorer, FOUND, NO_CHAT, record, reply};

#[test]
fn esc_cancels_a_request_before_it_closes_anything() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1663 <enter> <f1>");
    explorer.effects();
    explorer.keys("<esc>");
    assert_eq!(explorer.effects()[0], "abandon");
    explorer.screen().shows(&["Help · Entity id"]);
    explorer.keys("<esc>");
    explorer.screen().hides(&["Help · Entity id"]);
}

#[test]
fn esc_closes_the_help_before_the_list_of_types_below_it() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<shift-tab> <down> <f1> <esc>");
    let screen = explorer.screen();
    screen.hides(&["Help ·"]);
    screen.shows(&["Type to choose"]);
    explorer.keys("<esc>");
    explorer.screen().hides(&["Type to choose"]);
    assert_eq!(explorer.screen().focus(), ["Entity type"]);
    explorer.keys("<esc>");
    assert_eq!(explorer.screen().focus(), ["Entity id"]);
}

#[test]
fn esc_forgets_a_search_and_then_goes_back_to_the_form() {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("DEAL|1663", reply(200, format!(r#"{{"result":{{"ID":7}},"time":{EIGHT_FIELDS}}}"#)));
    explorer.keys("<tab> <tab> <left> f start <enter>");
    explorer.screen().shows(&["2 × start"]);
    explorer.keys("<esc>");
    let screen = explorer.screen();
    screen.hides(&["× start"]);
    assert_eq!(screen.focus(), ["Response"]);
    explorer.keys("<esc>");
    assert_eq!(explorer.screen().focus(), ["Entity id"]);
    assert_eq!(explorer.model.entity_id.value(), "DEAL|1663", "what was typed is never undone by Esc");
}

#[test]
fn esc_clears_the_filter_and_then_goes_back_to_the_form() {
    let old = vec![
        record("TASKS", "8293", "2026-02-24T09:00:00Z", reply(200, NO_CHAT)),
        record("CRM", "DEAL|1", "2026-02-24T10:00:00Z", reply(200, FOUND)),
    ];
    let mut explorer = Explorer::with_history(120, 36, old);
    explorer.keys("<tab> / deal");
    explorer.screen().shows(&["History (1)"]);
    explorer.keys("<esc>");
    let screen = explorer.screen();
    screen.shows(&["History (2)", "/ filter"]);
    assert_eq!(screen.focus().len(), 1);
    assert!(screen.focus()[0].starts_with("History"));
    explorer.keys("<esc>");
    assert_eq!(explorer.screen().focus(), ["Entity id"]);
}

#[test]
fn what_the_hints_say_of_esc_is_what_it_does() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<tab> / x <enter>");
    explorer.tell(Message::Told("The history was set aside.".to_owned()));
    explorer.screen().shows(&["Esc dismiss"]);
    explorer.keys("<esc>");
    let screen = explorer.screen();
    screen.hides(&["set aside"]);
    assert_eq!(explorer.model.history.filter.value(), "x", "one thing at a time");
    explorer.keys("<esc>");
    assert_eq!(explorer.model.history.filter.value(), "");
}

#[test]
fn a_notice_stays_until_it_is_put_away_and_a_remark_goes_with_the_next_key() {
    let mut explorer = Explorer::new(120, 36);
    explorer.tell(Message::Told("The history was set aside.".to_owned()));
    explorer.keys("abc <tab> <tab>");
    explorer.screen().shows(&["! The history was set aside."]);
    explorer.keys("<esc>");
    explorer.screen().hides(&["set aside"]);
    explorer.keys("<esc> <ctrl-u> <enter>");
    explorer.screen().shows(&["! Nothing was sent"]);
    explorer.keys("<left>");
    explorer.screen().hides(&["Nothing was sent"]);
}

#[test]
fn esc_with_nothing_to_undo_changes_nothing() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1");
    let before = explorer.screen().to_string();
    explorer.keys("<esc> <esc>");
    assert_eq!(explorer.screen().to_string(), before);
    assert_eq!(explorer.effects(), [""; 0]);
}
