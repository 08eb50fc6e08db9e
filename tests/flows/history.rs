//! The history: opening, repeating, editing and filtering what was asked before.

use b24chat::domain::record::Record;
use b24chat::tui::app::Message;

use crate::support::{Explorer, FOUND, NO_CHAT, REFUSED, record, reply};

/// Three lookups of the day before, the newest a refusal.
fn three() -> Vec<Record> {
    vec![
        record("CRM", "DEAL|1663", "2026-02-24T09:00:00Z", reply(200, FOUND)),
        record("TASKS_TASK", "8293", "2026-02-24T09:05:00Z", reply(200, NO_CHAT)),
        record("CRM", "LEAD|13", "2026-02-24T09:10:00Z", reply(401, REFUSED)),
    ]
}

fn with_three() -> Explorer {
    Explorer::with_history(120, 36, three())
}

#[test]
fn the_newest_is_on_top_and_marks_tell_the_ends_apart() {
    let screen = with_three().screen();
    let (_, first) = screen.find("▲ 02-24 09:10");
    assert_eq!(screen.find("○ 02-24 09:05").1, first + 1);
    assert_eq!(screen.find("● 02-24 09:00").1, first + 2);
    screen.shows(&["History (3)", "insufficient_scope 401", "no chat", "chat 1437", "212 ms"]);
    screen.is_framed(with_three().model.layout().unwrap().history);
}

#[test]
fn the_cursor_opens_records_and_asks_for_nothing() {
    let mut explorer = with_three();
    explorer.keys("<down>");
    assert_eq!(explorer.effects(), ["open 3"]);
    let screen = explorer.screen();
    screen.shows(&["Result of 2026-02-24 09:10:00", "▲ insufficient_scope"]);
    assert_eq!(screen.reversed()[1..], [screen.row("▲ 02-24").trim_matches(['┃', ' ']).to_owned()]);
    explorer.keys("<down>");
    explorer.screen().shows(&["Result of 2026-02-24 09:05:00", "no chat for TASKS_TASK 8293"]);
    explorer.keys("<end> <home>");
    assert_eq!(explorer.effects(), ["open 2", "open 1", "open 3"]);
}

#[test]
fn a_record_is_opened_with_its_whole_reply_as_it_was() {
    let mut explorer = with_three();
    explorer.keys("<down> G");
    explorer.screen().shows(&["● chat 1437", "200 OK · HTTP/2", "950 ms"]);
    explorer.keys("<shift-tab> <left>");
    explorer.screen().shows(&["\"ID\": 1437"]);
}

#[test]
fn two_keys_repeat_the_lookup_of_yesterday() {
    let mut explorer = with_three();
    explorer.keys("<down> <enter>");
    assert_eq!(explorer.effects(), ["open 3", "ask CRM LEAD|13"]);
}

#[test]
fn r_repeats_what_is_under_the_cursor() {
    let mut explorer = with_three();
    explorer.keys("<down> <down> r");
    assert_eq!(explorer.effects().last().unwrap(), "ask TASKS_TASK 8293");
    assert_eq!(explorer.model.entity_id.value(), "", "the form is not touched");
}

#[test]
fn e_loads_the_pair_into_the_form_to_change_it() {
    let mut explorer = with_three();
    explorer.keys("<down> <down> e");
    explorer.effects();
    let screen = explorer.screen();
    assert_eq!(screen.focus(), ["Entity id"]);
    screen.shows(&["TASKS_TASK", "✓ task 8293"]);
    explorer.keys("4 <enter>");
    assert_eq!(explorer.effects(), ["ask TASKS_TASK 82934"]);
}

#[test]
fn e_beside_the_result_loads_what_is_shown() {
    let mut explorer = with_three();
    explorer.keys("<down> G <shift-tab> <shift-tab> e");
    assert_eq!(explorer.model.entity_id.value(), "DEAL|1663");
    assert_eq!(explorer.model.entity_type.value, "CRM");
}

#[test]
fn f5_repeats_from_anywhere_what_is_shown_or_the_newest() {
    for keys in ["", "<shift-tab>", "<shift-tab> <down>", "<tab>", "<tab> <tab>", "<f1>", "<tab> /"] {
        let mut explorer = with_three();
        explorer.keys(keys);
        explorer.effects();
        explorer.keys("<f5>");
        assert_eq!(explorer.effects(), ["ask CRM LEAD|13"], "after {keys:?}");
    }
    let mut explorer = with_three();
    explorer.keys("<down> <down> <shift-tab> <f5>");
    assert_eq!(explorer.effects().last().unwrap(), "ask TASKS_TASK 8293");
}

#[test]
fn with_nothing_to_repeat_f5_says_so() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<f5>");
    explorer.screen().shows(&["Not now: there is no lookup to repeat."]);
    explorer.keys("<down> <enter>");
    explorer.screen().shows(&["Not now: the history has no rows."]);
    assert_eq!(explorer.effects(), [""; 0]);
}

#[test]
fn a_slash_filters_the_list_as_it_is_typed() {
    let mut explorer = with_three();
    explorer.keys("<tab> /");
    explorer.effects();
    explorer.keys("crm");
    assert_eq!(explorer.effects()[0], "recall \"c\"");
    let screen = explorer.screen();
    screen.shows(&["History (2)", "/ crm", "DEAL|1663", "LEAD|13"]);
    screen.hides(&["8293"]);
    let (x, y) = screen.find("/ crm");
    assert_eq!(screen.cursor(), Some((x + 5, y)));
    explorer.keys("q<backspace> <enter> <down> <enter>");
    assert_eq!(explorer.effects().last().unwrap(), "ask CRM DEAL|1663", "after Enter the list has the keys");
}

#[test]
fn a_filter_that_nothing_fits_says_so() {
    let mut explorer = with_three();
    explorer.keys("<tab> / nothing");
    explorer.screen().shows(&["nothing fits the filter; Esc clears it", "History (0)"]);
    explorer.keys("<esc>");
    explorer.screen().shows(&["History (3)"]);
}

#[test]
fn a_filter_typed_faster_than_the_history_answers_ends_at_its_last_letter() {
    let mut explorer = with_three();
    explorer.keys("<tab> /");
    explorer.slow_history = true;
    explorer.keys("8293");
    explorer.screen().shows(&["LEAD|13"]);
    explorer.deliver();
    let screen = explorer.screen();
    screen.shows(&["History (1)", "8293"]);
    screen.hides(&["LEAD|13"]);
}

#[test]
fn rows_of_an_older_filter_that_come_late_change_nothing() {
    let mut explorer = with_three();
    let older = explorer.model.recall;
    explorer.keys("<tab> / 8293");
    let (rows, total) = explorer.memory.recall("", None);
    explorer.tell(Message::Recalled { number: older, rows, total });
    let screen = explorer.screen();
    screen.shows(&["History (1)"]);
    screen.hides(&["LEAD|13"]);
}

#[test]
fn a_history_that_is_out_of_reach_is_said_and_stops_nothing() {
    let why = "the disk that holds the history is full.";
    let mut explorer = Explorer::new(80, 24);
    explorer.tell(Message::HistoryFailed(why.to_owned()));
    explorer.screen().shows(&[&format!("! {why}")]);
    explorer.keys("<tab> /");
    explorer.screen().shows(&["Not now: there is no history."]);
    explorer.look_up_from_anywhere("DEAL|1663", reply(200, FOUND));
    explorer.screen().shows(&["● chat 1437"]);
}

#[test]
fn up_from_the_top_row_goes_back_to_the_form_and_g_stays() {
    let mut explorer = with_three();
    explorer.keys("<down> g g <home> <pageup>");
    assert!(explorer.screen().focus()[0].starts_with("History"));
    assert_eq!(explorer.model.entity_id.value(), "");
    explorer.keys("<up>");
    assert_eq!(explorer.screen().focus(), ["Entity id"]);
}

#[test]
fn the_row_of_what_is_shown_stands_out_while_another_pane_has_the_keys() {
    let mut explorer = with_three();
    explorer.keys("<down> <down> <shift-tab>");
    let screen = explorer.screen();
    let bold = ratatui::style::Modifier::BOLD;
    assert!(screen.style_of("TASKS_TASK    8293").contains(bold));
    assert!(!screen.style_of("CRM           LEAD|13").contains(bold));
}
