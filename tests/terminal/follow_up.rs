//! What next, in a real terminal against the demo portal, with its requests counted.

use super::support::*;

#[test]
fn the_card_of_a_found_chat_costs_nothing_and_its_details_cost_one_request() {
    let (portal, home) = (Portal::start(), Home::new());
    let mut tty = home.explore(&portal, "healthy");
    tty.press("DEAL|1663\r");
    tty.see(&["chat 1437"]);
    tty.press(TAB);
    tty.press("o");
    tty.see(&["chat1437", "im.dialog.get", "Enter ask for details"]);
    tty.settle();
    assert_eq!(portal.requests(), 1, "the card itself is free");
    tty.press(ENTER);
    let look = tty.see(&[
        "The chat carries the pair that was asked.",
        "Deal: new boiler",
        "Boris Petrov (27)",
        "a group chat (C, crm)",
    ]);
    assert!(look.has("/crm/deal/details/1663/"), "{look}");
    assert_eq!(portal.requests(), 2, "chat and members in one request");
    tty.press(ESC);
    tty.wait("the card to close", |look| !look.has("Boris Petrov"));
}

#[test]
fn a_chat_of_others_says_that_the_portal_does_not_tell() {
    let (portal, home) = (Portal::start(), Home::new());
    let mut tty = home.explore(&portal, "healthy");
    tty.press("DEAL|2001\r");
    tty.see(&["chat 1490"]);
    tty.press(TAB);
    tty.press("o");
    tty.see(&["Enter ask for details"]);
    tty.press(ENTER);
    tty.wait("the words about it", |look| {
        let words = look.words();
        words.contains("exists but is not yours") && words.contains("cannot be told apart")
    });
    assert_eq!(portal.requests(), 2);
}

#[test]
fn a_picked_chat_fills_the_form_and_only_asking_and_sending_cost_requests() {
    let (portal, home) = (Portal::start(), Home::new());
    let mut tty = home.explore(&portal, "healthy");
    tty.press(TAB);
    tty.press("c");
    tty.see(&["My chats", "im.recent.list"]);
    tty.settle();
    assert_eq!(portal.requests(), 0);
    tty.press(ENTER);
    tty.see(&["conversations carry a pair", "Deal: new boiler"]);
    tty.press("spare");
    tty.wait("one row", |look| look.has("8293") && !look.has("Deal: new boiler"));
    tty.press(ENTER);
    tty.wait("the form", |look| look.rows()[2].contains("TASKS_TASK") && look.rows()[2].contains("8293"));
    tty.settle();
    assert_eq!(portal.requests(), 1);
    tty.press(ENTER);
    tty.see(&["200 OK", "Result"]);
    assert_eq!(portal.requests(), 2);
}
