//! The first frame, and the form before anything was asked.

use b24chat::tui::app::Message;

use crate::support::{Explorer, NO_CHAT, record, reply};

fn a_task_of_yesterday() -> Vec<b24chat::domain::record::Record> {
    vec![record("TASKS_TASK", "8293", "2026-02-24T09:00:00Z", reply(200, NO_CHAT))]
}

#[test]
fn the_first_frame_says_what_to_do_before_anything_is_known() {
    let screen = Explorer::begin(120, 36, Vec::new()).screen();
    screen.shows(&[
        "b24chat",
        "opening the portal …",
        "Type or paste an id above and press Enter.",
        "DEAL|1663",
        "reading the history",
        "Enter send",
        "F1 help",
    ]);
    assert_eq!(screen.focus(), ["Entity id"]);
}

#[test]
fn the_smallest_screen_says_it_as_well() {
    let screen = Explorer::begin(60, 16, Vec::new()).screen();
    screen.shows(&["Type or paste an id above and press Enter.", "Enter send"]);
    assert_eq!(screen.focus(), ["Entity id"]);
}

#[test]
fn typing_works_at_once_and_the_cursor_follows_it() {
    let mut explorer = Explorer::begin(120, 36, Vec::new());
    explorer.keys("DEAL|1663");
    let screen = explorer.screen();
    screen.shows(&["✓ deal 1663"]);
    let (x, y) = screen.find("DEAL|1663 ");
    assert_eq!(screen.cursor(), Some((x + 9, y)));
}

#[test]
fn the_type_used_last_is_chosen_from_the_start() {
    let explorer = Explorer::with_history(120, 36, a_task_of_yesterday());
    explorer.screen().shows(&["TASKS_TASK: chat of a task, new card", "the task's number"]);
    assert_eq!(explorer.model.entity_type.value, "TASKS_TASK");
}

#[test]
fn the_type_used_last_does_not_take_the_place_of_one_that_was_chosen() {
    let mut explorer = Explorer::begin(120, 36, a_task_of_yesterday());
    explorer.keys("<shift-tab> sonet_g <enter>");
    explorer.read_history();
    assert_eq!(explorer.model.entity_type.value, "SONET_GROUP");
}

#[test]
fn the_type_used_last_does_not_change_under_an_id_that_is_being_typed() {
    let mut explorer = Explorer::begin(120, 36, a_task_of_yesterday());
    explorer.keys("DEAL|");
    explorer.read_history();
    assert_eq!(explorer.model.entity_type.value, "CRM");
}

#[test]
fn the_type_stays_when_the_history_is_read_again_later() {
    let mut explorer = Explorer::begin(120, 36, a_task_of_yesterday());
    explorer.keys("D");
    explorer.read_history();
    explorer.keys("<backspace> <tab> / 8");
    assert_eq!(explorer.model.entity_type.value, "CRM", "a filter that is typed is no reason to change the form");
}

#[test]
fn an_empty_id_sends_nothing_and_says_what_to_type() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), [""; 0]);
    let screen = explorer.screen();
    screen.shows(&["Nothing was sent: the entity id is empty: type one, for example DEAL|1663"]);
    assert_eq!(screen.focus(), ["Entity id"]);
}

#[test]
fn an_unusable_id_is_kept_as_it_was_and_gets_the_keys() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("0 <shift-tab> <enter>");
    assert_eq!(explorer.effects(), [""; 0]);
    let screen = explorer.screen();
    screen.shows(&["Nothing was sent: the portal takes the id 0 for a missing one"]);
    assert_eq!(screen.focus(), ["Entity id"]);
    assert_eq!(explorer.model.entity_id.value(), "0");
    explorer.keys("7");
    explorer.screen().hides(&["Nothing was sent"]);
    assert_eq!(explorer.model.entity_id.value(), "07", "the next key goes into the field, and the words go away");
}

#[test]
fn an_unusable_type_gets_the_keys_and_the_id_is_kept() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys(&format!("DEAL|1663 <shift-tab> {} <end> <pagedown> <pagedown> <enter>", "x".repeat(51)));
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), [""; 0]);
    let screen = explorer.screen();
    screen.shows(&["Nothing was sent: the entity type has 51 characters and the portal keeps 50"]);
    assert_eq!(screen.focus(), ["Entity type"]);
    assert_eq!(explorer.model.entity_id.value(), "DEAL|1663");
}

#[test]
fn the_header_says_which_portal_is_asked_as_whom() {
    Explorer::new(120, 36).screen().shows(&["b24chat   acme · acme.bitrix24.com · webhook of Ann Admin (27)"]);
}

#[test]
fn the_demo_portal_is_named_on_every_screen() {
    for (columns, rows) in [(120, 36), (80, 24), (60, 16)] {
        let mut explorer = Explorer::begin(columns, rows, Vec::new());
        let profile = b24chat::domain::profile::Profile { demo: true, ..crate::support::profile() };
        explorer.tell(Message::PortalOpened(profile.into()));
        explorer.screen().shows(&["demo portal"]);
        explorer.keys("DEAL|1663 <enter>");
        explorer.pass(123_456);
        let screen = explorer.screen();
        screen.shows(&["demo portal", "asking 123.5 s"]);
        explorer.keys("<f1>");
        explorer.screen().shows(&["demo portal"]);
    }
}
