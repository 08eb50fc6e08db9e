//! The copy menu: what of a lookup can be copied, shown before it is, and never a secret.

use b24chat::tui::app::Message;
use b24chat::tui::app::copying::Copied;

use crate::support::{EIGHT_FIELDS, Explorer, FOUND, NO_CHAT, reply};

fn found() -> Explorer {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("DEAL|1663", reply(200, FOUND));
    explorer.keys("<tab>");
    explorer.effects();
    explorer
}

#[test]
fn y_lists_what_can_be_copied_and_enter_copies_what_is_previewed() {
    let mut explorer = found();
    explorer.keys("y");
    explorer.screen().shows(&[
        "Copy",
        "chat id",
        "dialog id",
        "link",
        "pair",
        "reply",
        "request",
        "curl",
        "powershell",
    ]);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), ["copy 1437"]);
    explorer.keys("y <down>");
    explorer.screen().shows(&["for methods that take DIALOG_ID"]);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), ["copy chat1437"]);
    explorer.keys("y <down> <down> <enter>");
    assert_eq!(explorer.effects(), ["copy https://acme.bitrix24.com/online/?IM_DIALOG=chat1437"]);
    explorer.keys("y <down> <down> <down> <enter>");
    assert_eq!(explorer.effects(), ["copy CRM DEAL|1663"]);
}

#[test]
fn the_call_as_code_is_previewed_and_copied_for_the_portal_that_was_asked() {
    let mut explorer = found();
    explorer.keys("y <down> <down> <down> <down> <down> <down>");
    explorer.screen().shows(&[
        "a shell and curl",
        "https://acme.bitrix24.com/rest/27/CODE/",
        "\"ENTITY_ID\":\"DEAL|1663\"",
    ]);
    explorer.keys("<enter>");
    let effects = explorer.effects();
    assert!(effects[0].starts_with("copy # B24_WEBHOOK_URL"), "{effects:?}");
}

#[test]
fn nothing_that_can_be_copied_holds_the_secret() {
    for body in [FOUND, NO_CHAT, EIGHT_FIELDS] {
        let mut explorer = Explorer::new(120, 36);
        explorer.look_up("DEAL|1663", reply(200, body));
        explorer.keys("<tab>");
        for row in 0..20 {
            explorer.keys("y");
            explorer.keys(&"<down>".repeat(row));
            explorer.screen().hides(&["canary"]);
            explorer.keys("<enter>");
        }
        let effects = explorer.effects();
        assert!(effects.iter().filter(|effect| effect.starts_with("copy ")).count() >= 20);
        assert!(!effects.iter().any(|effect| effect.contains("canary")), "{effects:?}");
    }
}

#[test]
fn without_a_chat_there_is_no_id_to_copy_and_without_a_lookup_nothing() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<tab> y");
    explorer.screen().shows(&["Not now: no lookup is shown"]);
    explorer.look_up_from_anywhere("DEAL|1663", reply(200, NO_CHAT));
    explorer.keys("y");
    let screen = explorer.screen();
    screen.shows(&["pair", "reply", "request"]);
    screen.hides(&["dialog id"]);
}

#[test]
fn the_words_after_a_copy_are_honest() {
    let mut explorer = found();
    explorer.tell(Message::Copied(Copied::Here));
    explorer.screen().shows(&["Copied to the clipboard of this machine."]);
    explorer.tell(Message::Copied(Copied::NoClipboard("1437".to_owned())));
    assert_eq!(explorer.effects(), ["copy by terminal 1437"]);
    explorer.tell(Message::Copied(Copied::Sent));
    explorer.screen().shows(&["Sent to the terminal, which may or may not take it."]);
    explorer.tell(Message::Copied(Copied::TooLong));
    explorer.screen().shows(&["more than a terminal takes, so nothing was copied"]);
}

#[test]
fn the_text_stands_alone_for_selection_and_esc_goes_back_one_step_at_a_time() {
    let mut explorer = found();
    explorer.keys("y <down> v");
    let screen = explorer.screen();
    screen.shows(&["chat1437", "Esc back"]);
    screen.hides(&["Result", "History", "│", "dialog id"]);
    explorer.keys("<esc>");
    explorer.screen().shows(&["dialog id", "Enter copy"]);
    explorer.keys("<esc>");
    explorer.screen().hides(&["Enter copy"]);
    assert_eq!(explorer.effects(), [""; 0]);
}

#[test]
fn a_text_is_saved_under_a_name_that_says_what_it_is() {
    let mut explorer = found();
    explorer.keys("y <down> s");
    assert_eq!(explorer.effects(), ["save copy dialog-id.txt"]);
    explorer.keys("<down> <down> <down> <down> <down> v s");
    assert_eq!(explorer.effects(), ["save copy curl.sh"]);
}

#[test]
fn the_menu_fits_the_smallest_screen() {
    for (columns, rows) in [(80, 24), (60, 16)] {
        let mut explorer = Explorer::new(columns, rows);
        explorer.look_up("DEAL|1663", reply(200, FOUND));
        explorer.keys("<tab> y");
        explorer.keys(&"<down>".repeat(14));
        explorer.screen().shows(&["powershell", "Enter copy"]);
    }
}
