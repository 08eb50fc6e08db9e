//! Pages, notes and addresses that people paste in place of an id.

use b24chat::domain::pasted::{Pasted, understand};
use proptest::prelude::*;

use crate::support::Explorer;

fn pasted(text: &str) -> Explorer {
    let mut explorer = Explorer::new(120, 36);
    explorer.paste(text);
    assert_eq!(explorer.effects(), [""; 0], "a paste never sends: {text}");
    explorer
}

fn pair(explorer: &Explorer) -> (&str, &str) {
    (&explorer.model.entity_type.value, explorer.model.entity_id.value())
}

#[test]
fn a_page_of_the_portal_fills_the_form_and_says_how_it_was_understood() {
    let mut explorer = pasted("https://acme.bitrix24.com/crm/deal/details/1663/\n");
    assert_eq!(pair(&explorer), ("CRM", "DEAL|1663"));
    explorer.screen().shows(&["a deal's page: CRM DEAL|1663"]);
    explorer.screen().hides(&["!"]);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), ["ask CRM DEAL|1663"]);
}

#[test]
fn the_words_of_how_it_was_understood_go_when_the_id_is_edited() {
    let mut explorer = pasted("https://acme.bitrix24.com/crm/deal/details/1663/");
    explorer.keys("4");
    explorer.screen().hides(&["a deal's page"]);
    explorer.screen().shows(&["✓ deal 16634"]);
}

#[test]
fn a_page_of_another_portal_is_understood_with_a_warning() {
    let explorer = pasted("https://other.bitrix24.de/crm/deal/details/1663/");
    assert_eq!(pair(&explorer), ("CRM", "DEAL|1663"));
    explorer.screen().shows(&["the page is on other.bitrix24.de, and this lookup would ask acme.bitrix24.com"]);
}

#[test]
fn a_short_note_is_understood() {
    assert_eq!(pair(&pasted("deal 1663")), ("CRM", "DEAL|1663"));
}

#[test]
fn a_webhook_goes_to_the_dialog_that_stores_it_and_never_into_the_field() {
    for text in [
        "https://other.bitrix24.de/rest/27/canaryabcdefghij/profile.json",
        "curl https://other.bitrix24.de/rest/27/canaryabcdefghij/profile",
        "WEBHOOK=https://other.bitrix24.de/rest/27/canaryabcdefghij/",
    ] {
        let mut explorer = pasted(text);
        let screen = explorer.screen();
        screen.hides(&["canary"]);
        screen.shows(&[
            "Add a profile",
            "https://other.bitrix24.de/rest/ · webhook of user 27",
            "secret store",
            "name",
        ]);
        assert_eq!(explorer.model.entity_id.value(), "");
        // The name that is proposed can be edited, and no address gets into it.
        explorer.paste("https://other.bitrix24.de/rest/27/canaryabcdefghij/");
        explorer.screen().hides(&["canary"]);
        explorer.keys("2 <enter>");
        assert_eq!(explorer.effects(), ["add other2 https://other.bitrix24.de/rest/ webhook of user 27"]);
    }
}

#[test]
fn the_pair_that_comes_along_with_a_webhook_waits_in_the_form() {
    let body = r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":"DEAL|1663"}"#;
    for text in [
        "https://other.bitrix24.de/rest/27/canaryabcdefghij/im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=DEAL%7C1663"
            .to_owned(),
        format!("curl -d '{body}' https://other.bitrix24.de/rest/27/canaryabcdefghij/im.chat.get"),
    ] {
        let mut explorer = pasted(&text);
        explorer.screen().hides(&["canary"]);
        explorer.screen().shows(&["The pair that came with it waits in the form: CRM DEAL|1663"]);
        assert_eq!(pair(&explorer), ("CRM", "DEAL|1663"));
        // Given up, the pair stays, and it is said where it would be asked now.
        explorer.keys("<esc>");
        assert_eq!(explorer.effects(), [""; 0]);
        explorer.screen().shows(&["came from other.bitrix24.de, and this lookup would ask acme.bitrix24.com"]);
        explorer.screen().shows(&["the pair in a REST address: CRM DEAL|1663"]);
    }
}

#[test]
fn the_webhook_that_is_open_already_is_not_added_again() {
    let explorer =
        pasted("https://acme.bitrix24.com/rest/27/canary0123456789/im.chat.get?ENTITY_TYPE=TASKS&ENTITY_ID=5");
    explorer.screen().hides(&["canary", "Add a profile"]);
    explorer.screen().shows(&["the address of the profile that is open"]);
    assert_eq!(pair(&explorer), ("TASKS", "5"));
}

#[test]
fn an_access_token_is_put_nowhere_and_an_address_without_a_secret_says_so() {
    let explorer =
        pasted("https://acme.bitrix24.com/rest/im.chat.get?auth=canaryabcdefghij&ENTITY_TYPE=TASKS&ENTITY_ID=5");
    explorer.screen().hides(&["canary"]);
    explorer.screen().shows(&["That address holds an access token"]);
    assert_eq!(pair(&explorer), ("TASKS", "5"));
    let explorer = pasted("https://other.bitrix24.de/rest/im.chat.get?ENTITY_TYPE=TASKS&ENTITY_ID=5");
    explorer.screen().shows(&["holds no secret; its pair is in the form", "would ask acme.bitrix24.com"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_text_that_is_no_known_form_comes_out_byte_for_byte(text in "\\PC{1,80}") {
        prop_assume!(understand(&text) == Pasted::Plain);
        let explorer = pasted(&text);
        prop_assert_eq!(explorer.model.entity_id.value(), text);
        prop_assert_eq!(&explorer.model.entity_id.understood, &None);
    }

    #[test]
    fn a_text_that_is_understood_as_a_pair_says_so_on_the_screen(
        text in prop::sample::select(&["deal ", "D_", "CRM/DEAL|", "task ", "/crm/deal/details/", "/workgroups/group/"][..]),
        number in 1..100_000_u32,
    ) {
        let explorer = pasted(&format!("{text}{number}"));
        let (kind, id) = pair(&explorer);
        let said = explorer.model.entity_id.understood.clone().unwrap();
        let said = said.en();
        prop_assert!(said.ends_with(&format!(": {kind} {id}")), "{said}");
        explorer.screen().shows(&[said]);
    }
}

#[test]
fn a_secret_is_not_put_into_a_small_field_either() {
    for place in ["<shift-tab> <down>", "<tab> /", "<ctrl-p>"] {
        let mut explorer = Explorer::new(120, 36);
        explorer.keys(place);
        explorer.effects();
        explorer.paste("https://acme.bitrix24.com/rest/27/canaryabcdefghij/");
        let screen = explorer.screen();
        screen.hides(&["canary"]);
        screen.shows(&["That address holds a secret"]);
        assert_eq!(explorer.effects(), [""; 0]);
        explorer.keys("<enter>");
        assert!(!explorer.model.entity_type.value.contains("canary"), "it could be sent, and kept, as a type");
    }
}

#[test]
fn a_chats_own_address_needs_no_lookup() {
    let explorer = pasted("https://acme.bitrix24.com/online/?IM_DIALOG=chat1437");
    explorer.screen().shows(&["That names chat 1437 itself, so there is nothing to look up: its dialog is chat1437."]);
    assert_eq!(explorer.model.entity_id.value(), "");
}

#[test]
fn json_fills_the_form() {
    assert_eq!(pair(&pasted(r#"{"ENTITY_TYPE":"SONET_GROUP","ENTITY_ID":"103"}"#)), ("SONET_GROUP", "103"));
}

#[test]
fn a_form_that_is_pasted_replaces_what_was_typed() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("LEAD|13");
    explorer.paste("https://acme.bitrix24.com/crm/deal/details/1663/");
    assert_eq!(pair(&explorer), ("CRM", "DEAL|1663"));
}
