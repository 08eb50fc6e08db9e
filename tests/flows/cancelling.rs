//! Requests that nobody waits for any more.

use std::time::Duration;

use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::End;
use b24chat::domain::phases::{Phase, Phases};
use b24chat::domain::record::Record;
use b24chat::domain::record::RecordId;
use b24chat::tui::app::Message;

use crate::support::{Explorer, FOUND, NO_CHAT, record, reply};

/// What a request that was replaced or cancelled has to say, too late.
fn late(explorer: &Explorer) -> [Message; 2] {
    let (flight, lookup, at) = explorer.asked.clone().unwrap();
    let record = Box::new(Record::new(&lookup, at, reply(200, FOUND)));
    [Message::Reached { flight, phase: Phase::Download }, Message::Settled { flight, record, kept: Some(RecordId(77)) }]
}

#[test]
fn a_late_reply_of_a_cancelled_request_changes_nothing() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1663 <enter>");
    let late = late(&explorer);
    explorer.keys("<esc>");
    explorer.effects();
    let before = explorer.screen().to_string();
    for message in late {
        explorer.tell(message);
    }
    assert_eq!(explorer.screen().to_string(), before);
    assert_eq!(explorer.effects(), [""; 0]);
}

#[test]
fn a_late_reply_of_a_replaced_request_changes_nothing() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1663 <enter>");
    let late = late(&explorer);
    explorer.keys("4 <enter>");
    explorer.effects();
    let before = explorer.screen().to_string();
    for message in late {
        explorer.tell(message);
    }
    assert_eq!(explorer.screen().to_string(), before);
    explorer.settle(reply(200, NO_CHAT));
    explorer.screen().shows(&["no chat for CRM DEAL|16634"]);
    explorer.screen().hides(&["chat 1437"]);
}

#[test]
fn esc_closes_the_socket_and_the_screen_says_cancelled_at_once() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1663 <enter>");
    explorer.effects();
    explorer.pass(1_200);
    explorer.slow_history = true;
    explorer.keys("<esc>");
    assert_eq!(explorer.effects(), ["abandon", "keep CRM DEAL|1663: cancelled after 1.2 s"]);
    explorer.screen().shows(&["– cancelled after 1.2 s", "no reply · 1.20 s"]);
    explorer.deliver();
    explorer.screen().shows(&["History (1)", "– 16:03:37"]);
    assert_eq!(explorer.screen().focus(), ["Entity id"]);
}

#[test]
fn a_cancelled_record_has_the_phases_that_were_reached() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1663 <enter>");
    explorer.reach(Phase::Dns);
    explorer.pass(5);
    explorer.reach(Phase::Connect);
    explorer.pass(40);
    explorer.reach(Phase::Wait);
    explorer.pass(155);
    explorer.effects();
    explorer.keys("<esc>");
    let kept = explorer.kept();
    let ms = |span| Some(Duration::from_millis(span));
    let phases = Phases {
        dns: ms(5),
        connect: ms(40),
        wait: ms(155),
        download: None,
        total: Duration::from_millis(200),
        reused: false,
    };
    let failure = Failure::Cancelled { after: Duration::from_millis(200) };
    assert_eq!(kept[0].end, End::Failed { failure, phases });
    explorer.screen().shows(&["wait               155 ms", "download           not reached"]);
}

#[test]
fn a_cancelled_lookup_that_is_shown_is_the_one_in_the_list() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1663 <enter> <esc>");
    explorer.effects();
    explorer.keys("<down>");
    assert_eq!(explorer.effects(), [""; 0], "its record is on the screen already");
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), ["ask CRM DEAL|1663"]);
}

#[test]
fn an_answer_that_could_not_be_kept_is_shown_all_the_same() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1663 <enter>");
    let (flight, lookup, at) = explorer.asked.clone().unwrap();
    explorer.tell(Message::HistoryFailed("the disk that holds the history is full.".to_owned()));
    let record = Box::new(Record::new(&lookup, at, reply(200, FOUND)));
    explorer.tell(Message::Settled { flight, record, kept: None });
    explorer.screen().shows(&["● chat 1437", "! the disk that holds the history is full."]);
}

#[test]
fn a_record_that_is_read_too_late_does_not_push_a_new_answer_aside() {
    let old = vec![record("CRM", "DEAL|1", "2026-02-24T09:00:00Z", reply(200, NO_CHAT))];
    let mut explorer = Explorer::with_history(120, 36, old);
    explorer.slow_history = true;
    explorer.keys("DEAL|1663 <down>");
    assert_eq!(explorer.effects(), ["open 1"]);
    explorer.keys("<shift-tab> <shift-tab> <shift-tab> <enter>");
    explorer.deliver();
    explorer.screen().shows(&["asking for CRM DEAL|1663"]);
}
