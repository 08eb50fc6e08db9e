//! What next: the card of the chat that was found, and the picker of my own chats.

use std::sync::Arc;

use b24chat::domain::card::Card;
use b24chat::domain::failure::Failure;
use b24chat::domain::language::Language;
use b24chat::domain::mine::{PAGES, Page};
use b24chat::domain::not_read::NotRead;
use b24chat::domain::profile::Profile;
use b24chat::tui::app::Message;
use b24chat::tui::app::model::Overlay;
use serde_json::{Value, json};

use crate::support::{Explorer, FOUND, NO_CHAT, profile, record, reply};

fn found(columns: u16, rows: u16) -> Explorer {
    let mut explorer = Explorer::new(columns, rows);
    explorer.look_up("DEAL|1663", reply(200, FOUND));
    explorer.keys("<tab>");
    explorer.effects();
    explorer
}

fn number(explorer: &Explorer) -> u64 {
    match &explorer.model.overlay {
        Some(Overlay::Card(card)) => card.number,
        Some(Overlay::MyChats(list)) => list.number,
        _ => panic!("neither card nor picker is open"),
    }
}

fn card(entity_id: &str) -> Box<Card> {
    let chat = json!({
        "id": 1437, "name": "Deal: new boiler\u{1b}[2J", "owner": 27, "type": "crm", "message_type": "C", "user_counter": 60,
        "entity_type": "CRM", "entity_id": entity_id, "entity_link": { "url": "/crm/deal/details/1663/" },
    });
    let people = json!([{ "id": 27, "name": "Boris Petrov" }, { "id": 31, "name": "Ann Lee" }]);
    let batch =
        json!({ "result": { "chat": chat, "people": people }, "result_error": [], "result_total": { "people": 60 } });
    Box::new(Card::read(&batch).unwrap())
}

fn tell_card(explorer: &mut Explorer, end: Result<Box<Card>, NotRead>) {
    let number = number(explorer);
    explorer.tell(Message::CardRead { number, end });
}

#[test]
fn the_card_names_what_it_would_send_and_sends_it_on_request_in_one_batch() {
    let mut explorer = found(120, 36);
    explorer.keys("o");
    assert_eq!(explorer.effects(), [""; 0], "opening the card sends nothing");
    explorer.screen().shows(&[
        "chat id    1437",
        "dialog id  chat1437",
        "https://acme.bitrix24.com/online/?IM_DIALOG=chat1437",
        "Nothing was sent",
        "im.dialog.get",
        "im.dialog.users.list",
        "only read",
        "scope im",
    ]);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), ["read card 1437"]);
    explorer.screen().shows(&["asking …"]);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), [""; 0], "one request, however often the key is pressed");
    tell_card(&mut explorer, Ok(card("DEAL|1663")));
    let screen = explorer.screen();
    screen.shows(&[
        "✓ The chat carries the pair that was asked.",
        "Deal: new boiler␛[2J",
        "a group chat (C, crm)",
        "Boris Petrov (27)",
        "https://acme.bitrix24.com/crm/deal/details/1663/",
        "2 of 60",
        "and 58 more",
        "1 request",
    ]);
    screen.is_safe();
    explorer.keys("<esc>");
    explorer.screen().hides(&["Boris Petrov"]);
}

#[test]
fn another_pair_in_the_chat_is_said_loudly() {
    let mut explorer = found(120, 36);
    explorer.keys("o <enter>");
    tell_card(&mut explorer, Ok(card("DEAL|9999")));
    explorer
        .screen()
        .shows(&["! NOT THE PAIR THAT WAS ASKED: the chat carries CRM DEAL|9999, and CRM DEAL|1663 was asked."]);
}

#[test]
fn closing_the_card_gives_up_what_it_waits_for_and_a_late_answer_changes_nothing() {
    let mut explorer = found(120, 36);
    explorer.keys("o <enter>");
    let late = number(&explorer);
    explorer.effects();
    explorer.keys("<esc>");
    assert_eq!(explorer.effects(), ["abandon read"]);
    explorer.keys("o");
    explorer.tell(Message::CardRead { number: late, end: Ok(card("DEAL|1663")) });
    explorer.screen().shows(&["Nothing was sent"]);
    // A lookup takes the card's place, and its request with it.
    explorer.keys("<enter>");
    explorer.effects();
    explorer.keys("<f5>");
    assert_eq!(explorer.effects(), ["abandon read", "ask CRM DEAL|1663"]);
}

#[test]
fn the_card_fails_in_words_and_can_be_asked_again() {
    let mut explorer = found(80, 24);
    explorer.keys("o <enter>");
    tell_card(&mut explorer, Err(NotRead::NoReply(Failure::RedirectLoop { hops: 2 })));
    explorer.screen().shows(&["No reply: the portal kept redirecting to itself"]);
    explorer.effects();
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), ["read card 1437"]);
}

#[test]
fn without_a_chat_there_is_no_card_and_the_key_says_why() {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("DEAL|9", reply(200, NO_CHAT));
    explorer.keys("<tab> o");
    explorer.screen().shows(&["Not now: the lookup that is shown found no chat."]);
    assert!(explorer.model.overlay.is_none());
}

#[test]
fn a_record_of_another_portal_has_a_card_and_is_not_asked_about() {
    let records = vec![record("CRM", "DEAL|1663", "2026-02-25T15:00:00Z", reply(200, FOUND))];
    let mut explorer = Explorer::with_history(120, 36, records);
    let root =
        b24chat::domain::address::RestRoot::from_url("https://other.bitrix24.de/rest/".parse().unwrap()).unwrap();
    explorer.tell(Message::PortalOpened(Arc::new(Profile { root, ..profile() })));
    explorer.keys("<down>");
    explorer.effects();
    explorer.keys("o");
    explorer.screen().shows(&["chat1437", "asked of acme.bitrix24.com", "asks other.bitrix24.de", "another chat"]);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), [""; 0]);
    // Through its own profile it is.
    explorer.keys("<esc>");
    explorer.tell(Message::PortalOpened(Arc::new(profile())));
    explorer.keys("o <enter>");
    assert_eq!(explorer.effects(), ["read card 1437"]);
}

#[test]
fn the_pair_of_a_group_is_said_to_be_ambiguous_in_either_language() {
    let records = vec![record("SONET_GROUP", "103", "2026-02-25T15:00:00Z", reply(200, FOUND))];
    let mut explorer = Explorer::with_history(120, 36, records);
    explorer.keys("<down> o");
    explorer.screen().shows(&["A group can have a second chat"]);
    explorer.model.language = Language::Ru;
    explorer.screen().shows(&["У группы может быть второй чат", "Для этой карточки ещё ничего не отправлено"]);
}

fn item(id: i64, entity_type: &str, entity_id: &str, title: &str) -> Value {
    json!({ "chat_id": id, "title": title, "chat": { "entity_type": entity_type, "entity_id": entity_id } })
}

fn page(items: &[Value], has_more: bool) -> Page {
    Page::read(&json!({ "items": items, "hasMore": has_more })).unwrap()
}

fn tell_mine(explorer: &mut Explorer, page: Page) {
    let number = number(explorer);
    explorer.tell(Message::MineRead { number, page: Ok(page) });
}

#[test]
fn the_picker_names_what_it_would_send_and_taking_a_chat_sends_nothing() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<tab> c");
    assert_eq!(explorer.effects(), [""; 0], "opening the picker sends nothing");
    explorer.screen().shows(&[
        "My chats",
        "Nothing was sent yet",
        "im.recent.list",
        "only reads",
        "at most 10 requests",
    ]);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), ["read my chats"]);
    let deal = item(1437, "CRM", "DEAL|1663", "Deal: new boiler");
    tell_mine(&mut explorer, page(&[deal.clone(), item(1, "GENERAL", "", "General")], true));
    explorer.screen().shows(&["DEAL|1663", "reading, 2 so far"]);
    tell_mine(&mut explorer, page(&[deal, item(1431, "TASKS_TASK", "8293", "Task: spare parts")], false));
    explorer.screen().shows(&["2 of 4 conversations carry a pair"]);
    explorer.keys("spare");
    explorer.screen().hides(&["Deal: new boiler"]);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), [""; 0], "taking one sends nothing");
    assert_eq!((explorer.model.entity_type.value.as_str(), explorer.model.entity_id.value()), ("TASKS_TASK", "8293"));
    explorer.screen().shows(&["my chat 1431, Task: spare parts: TASKS_TASK 8293"]);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), ["ask TASKS_TASK 8293"]);
}

#[test]
fn the_picker_stops_after_so_many_pages_and_says_that_there_is_more() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<tab> c <enter>");
    for at in 0..PAGES {
        tell_mine(&mut explorer, page(&[item(at as i64 + 1, "CRM", "DEAL|1", "x")], true));
    }
    explorer.screen().shows(&["You have more conversations than these 10"]);
}

#[test]
fn the_picker_fails_in_words_is_given_up_by_esc_and_says_when_there_is_nothing() {
    let mut explorer = Explorer::new(80, 24);
    explorer.keys("<tab> c <enter>");
    explorer.effects();
    explorer.keys("<esc>");
    assert_eq!(explorer.effects(), ["abandon read"]);
    explorer.keys("c <enter>");
    tell_mine(&mut explorer, page(&[item(1, "", "", "x")], false));
    explorer.screen().shows(&["None of your conversations carries a pair."]);
    explorer.keys("<enter>");
    assert!(explorer.model.overlay.is_some(), "there is nothing to take");
    explorer.keys("<esc> c <enter>");
    let number = number(&explorer);
    explorer.tell(Message::MineRead { number, page: Err(NotRead::OtherShape) });
    explorer.screen().shows(&["The reply does not have the form"]);
}
