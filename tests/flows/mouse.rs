//! The mouse: a click means what is under it, the wheel scrolls what it points at.

use b24chat::domain::record::Record;

use crate::support::{EIGHT_FIELDS, Explorer, FOUND, NO_CHAT, REFUSED, record, reply};

fn old() -> Vec<Record> {
    let one = |n: u32| record("CRM", &format!("DEAL|{n}"), "2026-02-24T09:00:00Z", reply(200, NO_CHAT));
    (1..=40).map(one).collect()
}

fn shown(columns: u16, rows: u16) -> Explorer {
    let mut explorer = Explorer::with_history(columns, rows, old());
    explorer.look_up("DEAL|1663", reply(200, format!(r#"{{"result":{{"ID":7}},"time":{EIGHT_FIELDS}}}"#)));
    explorer.effects();
    explorer
}

#[test]
fn a_click_gives_a_pane_the_keys() {
    let mut explorer = shown(120, 36);
    for (title, focus) in [("Result", "Result"), ("Response", "Response"), ("Entity id", "Entity id")] {
        let (x, y) = explorer.screen().find(title);
        explorer.click((x, y + 1));
        assert_eq!(explorer.screen().focus(), [focus]);
    }
}

#[test]
fn a_click_on_the_type_opens_the_list_and_one_outside_closes_it() {
    let mut explorer = shown(120, 36);
    let at = explorer.screen().find("Entity type");
    explorer.click((at.0, at.1 + 1));
    explorer.screen().shows(&["Type to choose"]);
    explorer.click((100, 30));
    explorer.screen().hides(&["Type to choose"]);
    assert_eq!(explorer.model.entity_type.value, "CRM");
}

#[test]
fn a_click_on_a_type_takes_it() {
    for (columns, rows) in [(120, 36), (60, 16)] {
        let mut explorer = shown(columns, rows);
        explorer.keys("<shift-tab> <down>");
        explorer.click(explorer.screen().find("SONET_GROUP"));
        assert_eq!(explorer.model.entity_type.value, "SONET_GROUP");
        assert_eq!(explorer.screen().focus(), ["Entity id"]);
    }
}

#[test]
fn a_click_on_a_tab_shows_it() {
    for (columns, rows) in [(120, 36), (80, 24), (60, 16)] {
        let mut explorer = shown(columns, rows);
        explorer.keys("<tab> <tab>");
        for (tab, words) in
            [("Headers", "server: nginx"), ("Sent", "POST"), ("Raw", "\"result\": {"), ("Time", "start")]
        {
            let (x, y) = explorer.screen().find(&format!(" {tab} "));
            for offset in [1, tab.len()] {
                explorer.click((x + u16::try_from(offset).unwrap(), y));
                explorer.screen().shows(&[words]);
            }
        }
    }
}

#[test]
fn a_click_on_a_row_of_the_history_opens_it_and_asks_nothing() {
    let mut explorer = shown(120, 36);
    explorer.click(explorer.screen().find("DEAL|38 "));
    assert_eq!(explorer.effects(), ["open 38"]);
    let screen = explorer.screen();
    screen.shows(&["Result of 2026-02-24", "no chat for CRM DEAL|38"]);
    assert!(screen.focus()[0].starts_with("History"));
    assert!(screen.reversed().iter().any(|row| row.contains("DEAL|38")));
}

#[test]
fn a_second_click_on_a_row_of_raw_folds_it() {
    let mut explorer = shown(120, 36);
    explorer.keys("<tab> <tab> <left>");
    explorer.click(explorer.screen().find("\"time\": {"));
    explorer.screen().shows(&["\"start\""]);
    explorer.click(explorer.screen().find("\"time\": {"));
    explorer.screen().hides(&["\"start\""]);
}

#[test]
fn the_wheel_scrolls_what_it_points_at_and_leaves_the_keys_where_they_are() {
    let mut explorer = Explorer::with_history(80, 24, old());
    explorer.look_up("DEAL|1663", reply(401, REFUSED));
    let result = explorer.screen().find("▲ insufficient");
    explorer.wheel_down(result);
    let screen = explorer.screen();
    screen.hides(&["▲ insufficient_scope  401 "]);
    assert_eq!(screen.focus(), ["Entity id"]);
    explorer.wheel_up(result);
    explorer.screen().shows(&["▲ insufficient_scope  401"]);
}

#[test]
fn the_wheel_over_the_history_walks_through_it() {
    let mut explorer = shown(80, 24);
    let list = explorer.screen().find("DEAL|40 ");
    explorer.wheel_down(list);
    assert_eq!(explorer.model.history.cursor, 3);
    explorer.wheel_up(list);
    explorer.wheel_up(list);
    assert_eq!(explorer.model.history.cursor, 0);
    assert_eq!(explorer.screen().focus(), ["Entity id"], "the wheel never moves the keys");
}

#[test]
fn the_wheel_over_an_open_list_moves_its_cursor() {
    let mut explorer = shown(120, 36);
    explorer.keys("<shift-tab> <down>");
    explorer.wheel_down((50, 20));
    assert_eq!(explorer.model.entity_type.chooser.as_ref().unwrap().cursor, 1);
    explorer.keys("<esc> <esc> <f1>");
    explorer.model.screen.height = 16;
    explorer.wheel_down((50, 10));
    let scrolled = explorer.screen().to_string();
    explorer.wheel_up((50, 10));
    assert_ne!(explorer.screen().to_string(), scrolled);
}

#[test]
fn clicks_beside_everything_do_nothing() {
    let mut explorer = shown(120, 36);
    let before = explorer.screen().to_string();
    explorer.click((5, 0));
    explorer.click((5, 35));
    explorer.click((500, 500));
    assert_eq!(explorer.screen().to_string(), before);
    let mut explorer = shown(20, 5);
    explorer.click((3, 3));
    explorer.wheel_down((3, 3));
    assert_eq!(explorer.effects(), [""; 0]);
}

#[test]
fn in_the_narrow_arrangement_a_click_means_the_pane_that_is_seen() {
    let mut explorer = shown(60, 16);
    explorer.click((10, 8));
    assert_eq!(explorer.screen().focus(), ["Result"]);
    explorer.keys("<tab> <tab>");
    explorer.click(explorer.screen().find("DEAL|38 "));
    explorer.screen().shows(&["DEAL|38"]);
    assert!(explorer.screen().focus()[0].starts_with("History"));
    assert_eq!(explorer.model.history.under_cursor().unwrap().pair.entity_id(), "DEAL|38");
    let _ = FOUND;
}
