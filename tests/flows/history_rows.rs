//! The history's rows: more of them than are here, and new ones while somebody reads.

use b24chat::domain::record::Record;

use crate::support::{Explorer, FOUND, NO_CHAT, record, reply};

/// So many deals, the newest with the highest number.
fn deals(count: usize) -> Vec<Record> {
    let one = |n| record("CRM", &format!("DEAL|{n}"), "2026-02-24T09:00:00Z", reply(200, NO_CHAT));
    (1..=count).map(one).collect()
}

fn under_cursor(explorer: &Explorer) -> &str {
    explorer.model.history.under_cursor().unwrap().pair.entity_id()
}

#[test]
fn more_rows_are_asked_for_near_the_end_of_those_that_are_here() {
    let mut explorer = Explorer::with_history(120, 36, deals(500));
    explorer.screen().shows(&["History (500)"]);
    assert_eq!(explorer.model.history.rows.len(), 200);
    explorer.keys("<down>");
    assert_eq!(explorer.effects(), ["open 500"], "far from the end nothing more is read");
    // The list shows eight rows here, and a page is one less.
    for _ in 0..22 {
        explorer.keys("<pagedown>");
    }
    let recalls: Vec<String> = explorer.effects().into_iter().filter(|effect| effect.starts_with("recall")).collect();
    assert_eq!(recalls, ["recall \"\" before 301"]);
    assert_eq!(explorer.model.history.rows.len(), 400);
    assert_eq!(under_cursor(&explorer), "DEAL|346");
    explorer.keys("<end> <end> <end>");
    assert_eq!(under_cursor(&explorer), "DEAL|1");
    explorer.screen().shows(&["History (500)", "DEAL|1 "]);
}

#[test]
fn rows_that_were_asked_for_twice_come_once_and_the_cursor_stays() {
    let mut explorer = Explorer::with_history(120, 36, deals(500));
    explorer.keys("<down>");
    explorer.slow_history = true;
    for _ in 0..25 {
        explorer.keys("<pagedown>");
    }
    assert_eq!(under_cursor(&explorer), "DEAL|325");
    explorer.deliver();
    assert_eq!(under_cursor(&explorer), "DEAL|325");
    let ids: Vec<i64> = explorer.model.history.rows.iter().map(|row| row.id.0).collect();
    assert_eq!(ids, (101..=500).rev().collect::<Vec<i64>>());
}

#[test]
fn a_filter_that_only_older_rows_fit_shows_those_rows_alone() {
    let mut records = deals(400);
    records[6] = record("TASKS", "8293", "2026-02-24T09:00:00Z", reply(200, NO_CHAT));
    let mut explorer = Explorer::with_history(120, 36, records);
    explorer.keys("<tab> / 8293");
    assert_eq!(explorer.model.history.rows.len(), 1);
    let screen = explorer.screen();
    screen.shows(&["History (1)", "TASKS         8293"]);
    screen.hides(&["DEAL|4", "DEAL|3"]);
}

#[test]
fn the_cursor_stays_on_its_row_when_a_new_record_arrives_while_browsing() {
    let mut explorer = Explorer::with_history(120, 36, deals(3));
    explorer.keys("DEAL|9 <enter> <down> <down>");
    assert_eq!(under_cursor(&explorer), "DEAL|2");
    explorer.settle(reply(200, FOUND));
    assert_eq!(under_cursor(&explorer), "DEAL|2");
    explorer.screen().shows(&["● chat 1437", "History (4)"]);
}

#[test]
fn outside_the_list_the_cursor_follows_the_newest() {
    let mut explorer = Explorer::with_history(120, 36, deals(3));
    explorer.keys("<down> <down> <down> <esc>");
    explorer.look_up("DEAL|9", reply(200, FOUND));
    assert_eq!(under_cursor(&explorer), "DEAL|9");
}

#[test]
fn a_record_that_is_read_and_told_of_as_well_is_listed_once() {
    let mut explorer = Explorer::with_history(120, 36, deals(3));
    explorer.keys("<tab> / x <esc>");
    explorer.slow_history = true;
    explorer.keys("<shift-tab> <esc> DEAL|9 <enter>");
    let (flight, lookup, at) = explorer.asked.clone().unwrap();
    let record = Box::new(Record::new(&lookup, at, reply(200, FOUND)));
    let kept = Some(explorer.memory.keep(&record).id);
    // The list was read after the record was written and before its writer was heard.
    explorer.slow_history = false;
    explorer.keys("<tab> / 9 <backspace>");
    explorer.tell(b24chat::tui::app::Message::Settled { flight, record, kept });
    let ids: Vec<i64> = explorer.model.history.rows.iter().map(|row| row.id.0).collect();
    assert_eq!(ids, [4, 3, 2, 1]);
    explorer.screen().shows(&["History (4)"]);
}

#[test]
fn a_cancelled_lookup_that_is_written_late_takes_its_place_below_a_newer_one() {
    let mut explorer = Explorer::with_history(120, 36, deals(3));
    explorer.keys("DEAL|9 <enter>");
    explorer.slow_history = true;
    explorer.keys("8 <enter>");
    explorer.settle(reply(200, FOUND));
    explorer.deliver();
    let ids: Vec<i64> = explorer.model.history.rows.iter().map(|row| row.id.0).collect();
    assert_eq!(ids, [5, 4, 3, 2, 1]);
    let screen = explorer.screen();
    assert!(screen.find("– 16:03:37").1 > screen.find("● 16:03:37").1);
}

#[test]
fn a_long_id_is_cut_with_a_sign_and_the_columns_stay() {
    let long = record("CRM", &"x".repeat(255), "2026-02-24T09:00:00Z", reply(200, NO_CHAT));
    for (columns, rows) in [(120, 36), (80, 24), (60, 16)] {
        let mut explorer = Explorer::with_history(columns, rows, vec![long.clone()]);
        explorer.keys("<down>");
        let screen = explorer.screen();
        screen.is_framed(explorer.model.layout().unwrap().history);
        let row = screen.row("○ 02-24");
        assert!(row.contains("x… no chat"), "{row}");
        assert!(row.contains("212 ms"), "{row}");
    }
}
