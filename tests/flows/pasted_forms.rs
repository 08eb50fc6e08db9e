//! Pages, notes and addresses that people paste in place of an id.

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
fn an_address_with_a_secret_is_put_nowhere() {
    let mut explorer = pasted("https://acme.bitrix24.com/rest/27/canaryabcdefghij/im.chat.get");
    let screen = explorer.screen();
    screen.hides(&["canary"]);
    screen.shows(&["That address holds a secret, so it was not put into the field"]);
    assert_eq!(explorer.model.entity_id.value(), "");
    explorer.keys("<esc>");
    explorer.screen().hides(&["holds a secret"]);
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
