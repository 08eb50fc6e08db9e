//! The tab Time: the portal's clock and ours.

use std::time::Duration;

use b24chat::domain::failure::Failure;

use crate::support::{EIGHT_FIELDS, Explorer, REFUSED, failed, reply};

fn with_time(columns: u16, rows: u16, time: &str) -> Explorer {
    let mut explorer = Explorer::new(columns, rows);
    explorer.look_up("DEAL|1663", reply(200, format!(r#"{{"result":{{"ID":7}},"time":{time}}}"#)));
    explorer
}

#[test]
fn all_eight_fields_are_on_a_large_screen_with_their_units_in_both_clocks() {
    let explorer = with_time(120, 36, EIGHT_FIELDS);
    let screen = explorer.screen();
    screen.is_framed(explorer.model.layout().unwrap().response);
    screen.shows(&[
        "200 OK · HTTP/2",
        "start              2026-02-25 17:03:37.250 +01:00 · 16:03:37",
        "finish             2026-02-25 17:03:37.950 +01:00 · 16:03:37",
        "duration           700 ms",
        "processing         150 ms",
        "date_start         2026-02-25T17:03:37+01:00",
        "date_finish        2026-02-25T17:03:37+01:00",
        "12.41 of about 480 s",
        "operating_reset_at 2026-02-25 17:13:37 +01:00 · 16:13:37",
        "measured here",
        "dns                3.0 ms",
        "connect            41 ms",
        "wait               160 ms",
        "download           8.0 ms",
    ]);
}

#[test]
fn all_eight_fields_are_on_the_usual_screen_without_scrolling() {
    let explorer = with_time(80, 24, EIGHT_FIELDS);
    let screen = explorer.screen();
    screen.is_framed(explorer.model.layout().unwrap().response);
    screen.shows(&[
        "start       17:03:37.250",
        "finish      17:03:37.950",
        "duration    700 ms",
        "processing  150 ms",
        "date_start  2026-02-25T17:03:37+01:00",
        "date_finish 2026-02-25T17:03:37+01:00",
        "12.41 of about 480 s",
        "reset_at    17:13:37",
        "dns 3.0 ms · connect 41 ms",
    ]);
}

#[test]
fn the_smallest_screen_shows_the_time_where_its_pane_has_the_keys() {
    let mut explorer = with_time(60, 16, EIGHT_FIELDS);
    explorer.screen().hides(&["17:03:37.250"]);
    explorer.keys("<tab> <tab>");
    let screen = explorer.screen();
    screen.is_framed(explorer.model.layout().unwrap().response);
    screen.shows(&["start       17:03:37.250", "duration    700 ms"]);
    explorer.keys("G");
    explorer.screen().shows(&["here", "wait 160 ms"]);
}

#[test]
fn a_whole_start_warns_that_the_duration_is_too_long() {
    let time = r#"{"start":1772035417,"finish":1772035417.95,"duration":0.95}"#;
    with_time(120, 36, time).screen().shows(&["duration           950 ms", "up to 1 s too long"]);
    let small = with_time(80, 24, time);
    let area = small.model.layout().unwrap().response;
    let words = small.screen().words_in(ratatui::layout::Rect { x: area.x + 1, width: area.width - 2, ..area });
    assert!(words.contains("up to 1 s"), "{}", small.screen());
    with_time(120, 36, EIGHT_FIELDS).screen().hides(&["too long"]);
}

#[test]
fn a_field_that_did_not_come_is_said_not_to_have_come() {
    let screen = with_time(120, 36, r#"{"start":1772035417.5}"#).screen();
    screen.shows(&["finish             not sent", "operating          not sent", "operating_reset_at not sent"]);
}

#[test]
fn fields_that_nobody_knows_are_shown_as_they_came() {
    let screen = with_time(120, 36, r#"{"start":"soon","queue":[1,2]}"#).screen();
    screen.shows(&["start              \"soon\"", "queue              [1,2]"]);
}

#[test]
fn a_reply_without_a_time_block_says_so() {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("DEAL|1663", reply(401, REFUSED));
    explorer.screen().shows(&["the reply has no time block", "401 Unauthorized", "wait               160 ms"]);
}

#[test]
fn without_a_reply_our_own_clock_says_how_far_it_got() {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("DEAL|1663", failed(Failure::RedirectLoop { hops: 2 }));
    explorer.screen().shows(&["no reply · 212 ms", "connect            41 ms"]);
    explorer.keys("<enter>");
    explorer.pass(30);
    explorer.keys("<esc>");
    let screen = explorer.screen();
    screen.shows(&["no reply · 30 ms", "wait               not reached"]);
    assert!(explorer.now.clock > Duration::ZERO);
}
