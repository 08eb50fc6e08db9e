//! The tabs Headers and Sent.

use std::sync::Arc;

use b24chat::domain::credential::{Credential, Secret};
use b24chat::domain::failure::Failure;
use b24chat::domain::profile::Profile;
use b24chat::tui::app::Message;

use crate::support::{Explorer, FOUND, failed, profile, reply, reply_of};

#[test]
fn headers_are_shown_as_they_came() {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("DEAL|1663", reply(200, FOUND));
    explorer.keys("<tab> <tab> <right>");
    let screen = explorer.screen();
    screen.shows(&["server: nginx", "content-type: application/json; charset=utf-8", "x-bitrix-ri: 4f1d2c"]);
    assert!(screen.reversed().contains(&"Headers".to_owned()), "the chosen tab stands out: {:?}", screen.reversed());
}

#[test]
fn a_long_header_is_wrapped_inside_its_pane() {
    let mut explorer = Explorer::new(80, 24);
    explorer.look_up("DEAL|1663", reply_of(&format!("x/{}end", "y".repeat(120)), 200, FOUND));
    explorer.keys("<tab> <tab> <right>");
    let screen = explorer.screen();
    screen.is_framed(explorer.model.layout().unwrap().response);
    screen.shows(&["yend"]);
}

#[test]
fn sent_is_the_exact_request_with_the_secret_masked() {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("DEAL|1663", reply(200, FOUND));
    explorer.keys("<tab> <tab> l l");
    let screen = explorer.screen();
    screen.shows(&[
        "POST https://acme.bitrix24.com/rest/27/****/im.chat.get",
        "host: acme.bitrix24.com",
        "content-length: 45",
        "content-type: application/json",
        concat!("user-agent: b24chat/", env!("CARGO_PKG_VERSION")),
        r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":"DEAL|1663"}"#,
        "**** stands for the secret",
    ]);
}

#[test]
fn no_secret_is_on_any_screen_whichever_way_it_travels() {
    let token = Profile { credential: Credential::OAuth { access: Secret::new("canary9876543210") }, ..profile() };
    for profile in [profile(), token] {
        let mut explorer = Explorer::begin(120, 36, Vec::new());
        explorer.tell(Message::PortalOpened(Arc::new(profile)));
        explorer.look_up("DEAL|1663", reply(200, FOUND));
        explorer.keys("<tab> <tab>");
        for _ in 0..4 {
            explorer.screen().hides(&["canary"]);
            explorer.keys("<right>");
        }
    }
}

#[test]
fn what_was_sent_is_shown_even_when_nothing_came_back() {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("DEAL|1663", failed(Failure::RedirectLoop { hops: 2 }));
    explorer.keys("<tab> <tab> <right>");
    explorer.screen().shows(&["no reply came"]);
    explorer.keys("<right>");
    explorer.screen().shows(&["POST https://acme.bitrix24.com/rest/27/****/im.chat.get"]);
    explorer.keys("<right>");
    explorer.screen().shows(&["no reply came"]);
}

#[test]
fn the_tabs_go_round_both_ways_and_stay_for_the_next_reply() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<tab> <tab> <right>");
    explorer.screen().shows(&["Not now: there is no reply yet."]);
    explorer.look_up_from_anywhere("DEAL|1663", reply(200, FOUND));
    explorer.keys("<left>");
    explorer.screen().shows(&["\"result\": {"]);
    explorer.keys("<right>");
    explorer.screen().shows(&["measured here"]);
    explorer.keys("<right> <right> <f5>");
    explorer.settle(reply(200, FOUND));
    explorer.screen().shows(&["POST https://acme.bitrix24.com"]);
}
