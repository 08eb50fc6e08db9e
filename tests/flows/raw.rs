//! The tab Raw: the reply as it was.

use b24chat::domain::lookup::End;
use b24chat::tui::keys::Place;

use crate::support::{EIGHT_FIELDS, Explorer, reply, reply_of};

/// With Raw on the screen and the keys in it.
fn raw(columns: u16, rows: u16, end: End) -> Explorer {
    let mut explorer = Explorer::new(columns, rows);
    explorer.look_up("DEAL|1663", end);
    explorer.keys("<tab> <tab> <left>");
    explorer
}

fn found() -> End {
    reply(200, format!(r#"{{"result":{{"ID":1437}},"time":{EIGHT_FIELDS}}}"#))
}

fn cursor_row(explorer: &Explorer) -> String {
    let reversed = explorer.screen().reversed();
    reversed.into_iter().find(|text| text != "Raw").unwrap_or_default()
}

#[test]
fn every_member_has_its_row_with_numbers_as_they_were_written() {
    let screen = raw(120, 36, found()).screen();
    screen.shows(&["\"result\": {", "\"ID\": 1437", "\"start\": 1772035417.2504,", "\"operating\": 12.41"]);
}

#[test]
fn space_folds_the_object_under_the_cursor_and_says_how_much_it_hides() {
    let mut explorer = raw(120, 36, found());
    assert_eq!(cursor_row(&explorer), "{");
    explorer.keys("<down> <down> <space>");
    assert_eq!(cursor_row(&explorer), "\"result\": {… } 1 row");
    explorer.screen().hides(&["\"ID\": 1437"]);
    explorer.keys("<enter>");
    explorer.screen().shows(&["\"ID\": 1437"]);
    explorer.keys("z");
    explorer.screen().hides(&["\"ID\": 1437", "\"start\""]);
    explorer.screen().shows(&["\"time\": {… } 8 rows"]);
    explorer.keys("z");
    explorer.screen().shows(&["\"ID\": 1437", "\"start\""]);
}

#[test]
fn a_text_is_found_counted_and_walked_through_both_ways() {
    let mut explorer = raw(120, 36, found());
    explorer.keys("f DATE_");
    let screen = explorer.screen();
    screen.shows(&["find DATE_"]);
    let (x, y) = screen.find("find DATE_");
    assert_eq!(screen.cursor(), Some((x + 10, y)));
    explorer.keys("<enter>");
    assert!(cursor_row(&explorer).starts_with("\"date_start\""));
    explorer.screen().shows(&["2 × DATE_"]);
    explorer.keys("n");
    assert!(cursor_row(&explorer).starts_with("\"date_finish\""));
    explorer.keys("n");
    assert!(cursor_row(&explorer).starts_with("\"date_start\""), "it goes round");
    explorer.keys("N");
    assert!(cursor_row(&explorer).starts_with("\"date_finish\""));
}

#[test]
fn what_is_found_is_unfolded() {
    let mut explorer = raw(120, 36, found());
    explorer.keys("z f operating_reset <enter>");
    assert!(cursor_row(&explorer).starts_with("\"operating_reset_at\": 1772036017"));
}

#[test]
fn what_is_not_found_is_said_not_to_be() {
    let mut explorer = raw(120, 36, found());
    explorer.keys("f absent <enter>");
    explorer.screen().shows(&["! Not found in this reply."]);
    assert_eq!(cursor_row(&explorer), "{");
    explorer.keys("<esc> n");
    explorer.screen().shows(&["Not now: nothing was searched for."]);
}

#[test]
fn keys_of_raw_say_in_other_tabs_where_they_work() {
    let mut explorer = raw(120, 36, found());
    explorer.keys("<right> f");
    explorer.screen().shows(&["Not now: only in the tab Raw."]);
    explorer.keys("<space>");
    explorer.screen().shows(&["Not now: only in the tab Raw."]);
}

#[test]
fn the_cursor_pulls_the_page_along_and_stops_at_both_ends() {
    let rows: Vec<String> = (0..300).map(|n| format!("\"row {n}\"")).collect();
    let mut explorer = raw(80, 24, reply(200, format!("{{\"result\":[{}]}}", rows.join(","))));
    explorer.keys("<pagedown> <pagedown> <pagedown>");
    assert_eq!(cursor_row(&explorer), "\"row 28\",");
    explorer.keys("G");
    assert_eq!(cursor_row(&explorer), "}");
    explorer.screen().shows(&["\"row 299\""]);
    explorer.keys("<down> <up> <up>");
    assert_eq!(cursor_row(&explorer), "\"row 299\"");
    explorer.keys("g <up>");
    assert_eq!(cursor_row(&explorer), "{");
}

#[test]
fn a_long_value_is_wrapped_and_nothing_of_it_is_lost() {
    let long: Vec<String> = (0..40).map(|n| format!("word{n:02}")).collect();
    let explorer = raw(80, 24, reply(200, format!("{{\"result\":\"{}\"}}", long.join(" "))));
    let screen = explorer.screen();
    let area = explorer.model.layout().unwrap().response;
    screen.is_framed(area);
    screen.shows(&["word00", "word39\""]);
}

#[test]
fn a_reply_that_is_not_json_is_shown_line_by_line() {
    let mut explorer = raw(120, 36, reply_of("text/html", 502, "<html>\r\n<h1>Bad gateway</h1>\n\n</html>\n"));
    explorer.screen().shows(&["<html>", "<h1>Bad gateway</h1>", "</html>"]);
    explorer.keys("<down>");
    assert_eq!(cursor_row(&explorer), "<h1>Bad gateway</h1>");
    explorer.keys("<space>");
    assert_eq!(cursor_row(&explorer), "<h1>Bad gateway</h1>", "a line folds nothing");
}

#[test]
fn an_empty_reply_says_that_it_is_empty() {
    let mut explorer = raw(120, 36, reply(200, ""));
    explorer.screen().shows(&["the reply has no body"]);
    explorer.keys("f");
    explorer.screen().shows(&["Not now: there is no reply to look into."]);
}

#[test]
fn bytes_that_are_no_text_do_no_harm() {
    let explorer = raw(80, 24, reply_of("image/png", 200, [0x89, b'P', b'N', b'G', 0xff, 0x1b, b'[', b'2', b'J']));
    let screen = explorer.screen();
    screen.is_safe();
    screen.shows(&["PNG", "␛[2J"]);
}

#[test]
fn sending_while_a_text_to_find_is_typed_gives_the_keys_back_to_the_pane() {
    let mut explorer = raw(120, 36, found());
    explorer.keys("f x");
    assert_eq!(explorer.model.place(), Place::Search);
    explorer.keys("<f5>");
    assert_eq!(explorer.model.place(), Place::Response);
}
