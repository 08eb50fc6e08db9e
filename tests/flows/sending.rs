//! From Enter to the answer.

use std::sync::Arc;
use std::time::Duration;

use b24chat::domain::address::RestRoot;
use b24chat::domain::phases::Phase;
use b24chat::domain::profile::Profile;
use b24chat::tui::app::{Message, beat};

use crate::support::{Explorer, FOUND, NO_CHAT, profile, reply};

#[test]
fn enter_asks_for_the_pair_and_for_nothing_else() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1663 <enter>");
    assert_eq!(explorer.effects(), ["ask CRM DEAL|1663"]);
    let (_, lookup, at) = explorer.asked.clone().unwrap();
    assert_eq!(lookup.timeout, Duration::from_secs(65));
    assert_eq!(lookup.profile.name, "acme");
    assert_eq!(at, explorer.now.wall);
}

#[test]
fn a_request_on_its_way_is_named_and_counted_and_says_where_it_is() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1663 <enter>");
    explorer.screen().shows(&["asking for CRM DEAL|1663", "about to send", "Esc cancel"]);
    explorer.reach(Phase::Connect);
    explorer.pass(2_449);
    explorer.screen().shows(&["asking 2.4 s", "elapsed  2.4 s", "connecting"]);
    explorer.reach(Phase::Wait);
    explorer.screen().shows(&["waiting for the first byte"]);
}

#[test]
fn the_answer_takes_the_place_of_the_count_and_is_in_the_list() {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("DEAL|1663", reply(200, FOUND));
    let screen = explorer.screen();
    screen.shows(&["● chat 1437", "https://acme.bitrix24.com/online/?IM_", "DIALOG=chat1437", "History (1)"]);
    screen.hides(&["asking"]);
    assert_eq!(screen.focus(), ["Entity id"], "the form keeps the keys");
    assert_eq!(explorer.effects(), ["ask CRM DEAL|1663"], "the record that is shown is not read again");
}

#[test]
fn a_second_send_closes_the_first_and_keeps_its_record() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1663 <enter>");
    explorer.effects();
    explorer.pass(1_500);
    explorer.keys("4 <enter>");
    assert_eq!(
        explorer.effects(),
        ["abandon", "keep CRM DEAL|1663: cancelled after 1.5 s", "ask CRM DEAL|16634"],
        "the old socket closes before the new question goes out"
    );
    explorer.settle(reply(200, NO_CHAT));
    let screen = explorer.screen();
    screen.shows(&["no chat for CRM DEAL|16634", "– 16:03:37", "cancelled after 1.5 s"]);
    assert_eq!(explorer.model.history.rows.len(), 2);
}

#[test]
fn enter_before_the_portal_is_open_is_remembered_and_said() {
    let mut explorer = Explorer::begin(120, 36, Vec::new());
    explorer.keys("DEAL|1663 <enter>");
    assert_eq!(explorer.effects(), [""; 0]);
    explorer.screen().shows(&["CRM DEAL|1663 is sent as soon as the portal is open"]);
    explorer.tell(Message::PortalOpened(Arc::new(profile())));
    assert_eq!(explorer.effects(), ["ask CRM DEAL|1663"]);
    explorer.screen().hides(&["as soon as"]);
    explorer.settle(reply(200, FOUND));
    explorer.tell(Message::PortalOpened(Arc::new(profile())));
    assert_eq!(explorer.effects(), [""; 0], "it is sent once");
}

#[test]
fn esc_takes_back_what_waits_for_the_portal() {
    let mut explorer = Explorer::begin(120, 36, Vec::new());
    explorer.keys("DEAL|1663 <enter> <esc>");
    explorer.screen().hides(&["as soon as"]);
    explorer.tell(Message::PortalOpened(Arc::new(profile())));
    assert_eq!(explorer.effects(), [""; 0]);
    assert_eq!(explorer.model.entity_id.value(), "DEAL|1663");
}

#[test]
fn without_a_portal_the_screen_says_why_and_nothing_is_sent() {
    let why = "No portal is named. Start b24chat with --demo to try it.";
    for sent_before in [true, false] {
        let mut explorer = Explorer::begin(80, 24, Vec::new());
        if sent_before {
            explorer.keys("DEAL|1663 <enter>");
        }
        explorer.tell(Message::PortalMissing(why.to_owned()));
        if !sent_before {
            explorer.screen().shows(&["no portal to ask", "No portal is named."]);
            explorer.keys("DEAL|1663 <enter>");
        }
        assert_eq!(explorer.effects(), [""; 0]);
        explorer.screen().shows(&["no portal", &format!("! {why}")]);
        explorer.keys("4");
        explorer.screen().shows(&[&format!("! {why}")]);
    }
}

#[test]
fn plain_http_to_another_host_is_refused_before_anything_leaves() {
    let at = |address: &str| RestRoot::from_url(address.parse().unwrap()).unwrap();
    let outside = Profile { root: at("http://acme.bitrix24.com/rest/"), ..profile() };
    let mut allowed = outside.clone();
    allowed.connection.allow_http = true;
    let loopback = Profile { root: at("http://127.0.0.1:8024/rest/"), ..profile() };
    for (profile, effects) in [(outside, vec![]), (allowed, vec!["ask CRM X|1"]), (loopback, vec!["ask CRM X|1"])] {
        let mut explorer = Explorer::begin(120, 36, Vec::new());
        explorer.tell(Message::PortalOpened(Arc::new(profile)));
        explorer.keys("X|1 <enter>");
        assert_eq!(explorer.effects(), effects);
        if effects.is_empty() {
            explorer.screen().shows(&["plain http would show the secret to everyone on the way to acme.bitrix24.com"]);
        }
    }
}

#[test]
fn a_timer_is_wanted_only_while_a_request_is_on_its_way() {
    let mut explorer = Explorer::begin(120, 36, Vec::new());
    assert_eq!(beat(&explorer.model), None);
    explorer.keys("DEAL|1663 <enter>");
    assert_eq!(beat(&explorer.model), None, "waiting for the portal to open counts nothing");
    explorer.tell(Message::PortalOpened(Arc::new(profile())));
    assert!(beat(&explorer.model).is_some_and(|beat| beat <= Duration::from_millis(100)));
    explorer.settle(reply(200, FOUND));
    assert_eq!(beat(&explorer.model), None);
    explorer.keys("<enter> <esc>");
    assert_eq!(beat(&explorer.model), None, "nor after it was cancelled");
    explorer.keys("<f1> <esc> <ctrl-p>");
    assert_eq!(beat(&explorer.model), None);
}

#[test]
fn a_signal_ends_it_and_what_was_in_flight_is_kept_as_cancelled() {
    let mut explorer = Explorer::new(120, 36);
    explorer.tell(Message::Stopped);
    assert_eq!(explorer.effects(), ["leave Interrupted"]);
    explorer.keys("DEAL|1663 <enter>");
    explorer.effects();
    explorer.pass(300);
    explorer.keys("<ctrl-c>");
    assert_eq!(explorer.effects(), ["abandon", "keep CRM DEAL|1663: cancelled after 0.3 s", "leave Asked"]);
}

#[test]
fn ctrl_z_puts_it_to_sleep_from_a_text_field_too() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("D <ctrl-z>");
    assert_eq!(explorer.effects(), ["suspend"]);
    assert_eq!(explorer.model.entity_id.value(), "D");
}
