//! While a request is on its way: the screen answers, the time counts, Esc ends it, another replaces it.

use std::time::{Duration, Instant};

use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::End;
use b24chat::domain::record::Record;

use super::support::*;

/// From the key to the closed socket, at most.
const AT_ONCE: Duration = Duration::from_millis(100);

fn is_cancelled(record: &Record) -> bool {
    matches!(record.end, End::Failed { failure: Failure::Cancelled { .. }, .. })
}

#[test]
fn esc_closes_the_socket_of_a_hanging_request_at_once_and_the_record_says_cancelled() {
    let portal = Portal::start();
    let home = Home::new();
    let mut tty = home.explore(&portal, "hang");
    tty.press("DEAL|1663");
    let mut took = Vec::new();
    for _ in 0..5 {
        tty.press(ENTER);
        portal.wait_for_open(1);
        let pressed = Instant::now();
        tty.press(ESC);
        portal.wait_for_open(0);
        took.push(pressed.elapsed());
        tty.see(&["cancelled"]);
    }
    // The middle one of five: a machine busy with other things may delay one or two.
    took.sort_unstable();
    assert!(took[2] < AT_ONCE, "{took:?}");
    let records = home.wait_for_records(5);
    assert!(records.iter().all(is_cancelled));
    tty.wait("the records in the list", |look| look.count(&["DEAL|1663", "cancelled"]) == 5);
}

#[test]
fn while_a_request_hangs_typing_appears_and_the_elapsed_time_counts() {
    let portal = Portal::start();
    let home = Home::new();
    let mut tty = home.explore(&portal, "hang");
    tty.press("DEAL|1663");
    tty.press(ENTER);
    portal.wait_for_open(1);
    let first = tty.wait("a counting time", |look| look.seconds().is_some()).seconds().unwrap();
    tty.press("77");
    tty.see(&["DEAL|166377"]);
    tty.wait("the time to have gone on", |look| look.seconds().is_some_and(|now| now > first + 0.2));
    portal.wait_for_open(1);
}

#[test]
fn a_second_enter_replaces_the_request_in_flight() {
    let portal = Portal::start();
    let home = Home::new();
    let mut tty = home.explore(&portal, "hang");
    tty.press("DEAL|1663");
    tty.press(ENTER);
    portal.wait_for_open(1);
    tty.press(CTRL_U);
    tty.press("LEAD|13");
    tty.press(ENTER);
    until("the second request", || (portal.requests() == 2).then_some(()));
    portal.wait_for_open(1);
    let look = tty.wait("the first to be in the list", |look| look.row_with(&["DEAL|1663", "cancelled"]).is_some());
    assert!(look.row_with(&["LEAD|13", "cancelled"]).is_none(), "the second was cancelled too:\n{look}");
    let records = home.wait_for_records(1);
    assert!(is_cancelled(&records[0]) && records[0].pair.entity_id() == "DEAL|1663");
}

#[test]
fn leaving_while_a_request_hangs_closes_it_and_keeps_its_record() {
    let portal = Portal::start();
    let home = Home::new();
    let mut tty = home.explore(&portal, "hang");
    tty.press("DEAL|1663");
    tty.press(ENTER);
    portal.wait_for_open(1);
    tty.press(CTRL_C);
    portal.wait_for_open(0);
    assert_eq!(tty.wait_end(), Ended::Code(0));
    assert!(is_cancelled(&home.wait_for_records(1)[0]));
}

#[test]
fn an_answer_that_is_slow_to_come_is_shown_when_it_comes() {
    let portal = Portal::start();
    let home = Home::new();
    let mut tty = home.explore(&portal, "slow");
    tty.press("DEAL|1663");
    tty.press(ENTER);
    tty.see(&["chat 1437", "operating_reset_at"]);
}
