//! The main job, from the first key to the next day: ask, read everything, leave, come back, ask again.

use std::time::Duration;

use super::support::*;

/// Every field that a time block has (protocol.md, 2.2).
const TIME_FIELDS: [&str; 8] =
    ["start", "finish", "duration", "processing", "date_start", "date_finish", "operating", "operating_reset_at"];

#[test]
fn a_lookup_shows_the_chat_and_every_field_of_the_time_block_and_is_in_the_history() {
    let home = Home::new();
    let mut tty = home.explore_demo();
    assert!(tty.look().has("demo"), "the screen does not say that this is the demo");
    tty.press("DEAL|1663");
    tty.press(ENTER);
    tty.see(&["chat 1437", "operating_reset_at"]);
    // To the end of the frame: the history is drawn last.
    tty.settle();
    let look = tty.look();
    assert!(look.has("demo"), "the screen no longer says that this is the demo:\n{look}");
    for field in TIME_FIELDS {
        let value = look.value_of(field).unwrap_or_else(|| panic!("{field} is not on the screen:\n{look}"));
        assert!(value.chars().any(|c| c.is_ascii_digit()), "{field} has no value: {value:?}\n{look}");
    }
    // The dates as the portal wrote them, and the clock of `start` in the portal's own zone.
    let record = home.wait_for_records(1).remove(0);
    let b24chat::domain::lookup::End::Answered(reply) = &record.end else { panic!("no reply") };
    let time = reply.time.as_ref().unwrap();
    let date = time.date_start().unwrap();
    assert_eq!(look.value_of("date_start").as_deref(), Some(date));
    assert_eq!(look.value_of("date_finish").as_deref(), time.date_finish());
    let clock = &date[11..19];
    assert!(look.value_of("start").unwrap().contains(clock), "start is not at {clock}:\n{look}");
    // Found again in the list below.
    assert!(look.row_with(&["CRM", "DEAL|1663", "chat 1437"]).is_some(), "not in the history:\n{look}");
}

#[test]
fn a_lookup_is_still_there_after_leaving_and_repeats_with_two_keys_or_with_one() {
    let home = Home::new();
    let mut tty = home.explore_demo();
    tty.press("DEAL|1663");
    tty.press(ENTER);
    tty.see(&["chat 1437"]);
    tty.press(CTRL_C);
    assert_eq!(tty.wait_end(), Ended::Code(0));

    let mut tty = home.explore_demo();
    let row = ["DEAL|1663", "chat 1437"];
    tty.wait("the lookup of before", |look| look.count(&row) == 1);
    tty.press(DOWN);
    tty.press(ENTER);
    tty.wait("the repeated lookup", |look| look.count(&row) == 2);
    tty.press(F5);
    tty.wait("the lookup, repeated again", |look| look.count(&row) == 3);
    let records = home.wait_for_records(3);
    assert!(records.iter().all(|record| record.pair.entity_id() == "DEAL|1663"));
}

#[test]
fn keys_that_come_before_the_first_frame_are_not_lost() {
    let home = Home::new();
    // Typed while something else still has the terminal, as impatient people do.
    let script = r#"echo starting; until test -e go; do sleep 0.01; done; exec "$@""#;
    let mut tty = Tty::spawn(home.command("/bin/sh", &["-c", script, "sh", PROGRAM, "--demo"]), 120, 36);
    tty.see(&["starting"]);
    tty.press("LEAD|13\r");
    tty.see(&["LEAD|13"]);
    std::fs::write(home.folder().join("go"), "").unwrap();
    tty.wait("the typed lookup", |look| look.row_with(&["LEAD|13", "chat 1410"]).is_some());
}

#[test]
fn a_click_on_a_row_of_the_history_opens_its_record() {
    let home = Home::new();
    let mut tty = home.explore_demo();
    for (id, chat) in [("DEAL|1663", "chat 1437"), ("LEAD|13", "chat 1410")] {
        tty.press(CTRL_U);
        tty.press(id);
        tty.press(ENTER);
        tty.wait("the lookup", |look| look.row_with(&[id, chat]).is_some());
    }
    // A frame comes in pieces: the older row is looked for until it is there.
    let look = tty.wait("the newest result above the older one", |look| {
        look.has("dialog") && look.has("chat1410") && look.row_with(&["DEAL|1663", "chat 1437"]).is_some()
    });
    let (row, column) = look.find("DEAL|1663").unwrap();
    tty.press(&format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", column + 1, row + 1, column + 1, row + 1));
    tty.wait("the older record", |look| look.has("chat1437"));
    tty.settle();
    // Opening a record asks nothing.
    assert_eq!(home.records().len(), 2);
}

#[test]
fn the_first_frame_waits_for_nothing() {
    // Neither for a portal that does not answer, nor for a history: the frame is there before anything else
    // could be, so all that can be measured from outside is that it comes at all and at once.
    let home = Home::new();
    let start = std::time::Instant::now();
    let tty = Tty::spawn(home.with_webhook("https://192.0.2.1/rest/27/nobodyisthere000/"), 120, 36);
    tty.see(&["Entity id", "Result", "Response", "History"]);
    assert!(start.elapsed() < Duration::from_secs(5));
}
