//! `get PASTED`: one argument that names both type and id.

use serde_json::{Value, json};

use super::support::{User, portal};

#[test]
fn each_form_asks_for_the_pair_it_names() {
    let portal = portal();
    let json_form = r#"{"ENTITY_TYPE":"SONET_GROUP","ENTITY_ID":"103"}"#;
    for (pasted, entity_type, id) in [
        ("deal 1663", "CRM", "DEAL|1663"),
        ("deal:1663", "CRM", "DEAL|1663"),
        ("DEAL|1663", "CRM", "DEAL|1663"),
        ("CRM DEAL|1663", "CRM", "DEAL|1663"),
        ("CRM/DEAL|1663", "CRM", "DEAL|1663"),
        ("D_1663", "CRM", "DEAL|1663"),
        ("T80_6", "CRM", "DYNAMIC_128|6"),
        ("task 8293", "TASKS_TASK", "8293"),
        ("group 103", "SONET_GROUP", "103"),
        ("event 55", "CALENDAR", "55"),
        (json_form, "SONET_GROUP", "103"),
        ("https://acme.bitrix24.com/company/personal/user/1/tasks/task/view/8293/", "TASKS_TASK", "8293"),
        ("https://acme.bitrix24.com/crm/deal/details/1663/?IFRAME=Y", "CRM", "DEAL|1663"),
        ("acme.bitrix24.com/crm/type/31/details/5/", "CRM", "SMART_INVOICE|5"),
        ("<https://acme.bitrix24.com/workgroups/group/103/>", "SONET_GROUP", "103"),
        ("https://acme.bitrix24.com/online/?IM_DIALOG=sg103", "SONET_GROUP", "103"),
    ] {
        let ran = User::of(portal.webhook()).run(&["get", pasted, "--json"]);
        assert_eq!(ran.json()["pair"], json!({ "type": entity_type, "id": id }), "{pasted}");
    }
    assert_eq!(portal.requests(), 16, "one request each");
}

#[test]
fn what_was_made_of_a_pasted_text_is_said_before_anything_is_sent_and_a_typed_pair_needs_no_words() {
    let portal = portal();
    let user = User::of(portal.webhook());
    let ran = user.run(&["get", "deal 1663"]).expect(0);
    assert_eq!((ran.out().as_str(), ran.words().as_str()), ("1437\n", "Deal 1663: CRM DEAL|1663.\n"));
    user.run(&["get", "CRM", "DEAL|1663"]).expect(0).silent();
    // Nobody was reached, and the words are there all the same.
    let ran = User::of("http://127.0.0.1:9/rest/1/found/").run(&["get", "T80_6", "--json"]).expect(4);
    assert!(ran.words().starts_with("The CRM binding code T80_6: CRM DYNAMIC_128|6.\n"), "{}", ran.words());
    let ran = user.run(&["get", "deal 9"]).expect(1).without_data();
    let words = ran.words();
    let lines: Vec<&str> = words.lines().collect();
    assert!(lines[0].contains("CRM DEAL|9"), "{words}");
    assert_eq!(lines[1], "No chat for CRM DEAL|9.");
}

#[test]
fn a_page_of_another_portal_is_asked_for_here_with_a_word_about_it() {
    let portal = portal();
    let ran = User::of(portal.webhook()).run(&["get", "https://acme.bitrix24.com/crm/deal/details/1663/"]).expect(0);
    assert_eq!(ran.out(), "1437\n");
    let asks = format!("The page is on acme.bitrix24.com; this lookup asks {}.", portal.address());
    assert_eq!(ran.words(), format!("A deal's page: CRM DEAL|1663.\n{asks}\n"));
    let here = format!("http://{}/crm/deal/details/1663/", portal.address());
    let ran = User::of(portal.webhook()).run(&["get", &here]).expect(0);
    assert_eq!((ran.out().as_str(), ran.words().as_str()), ("1437\n", "A deal's page: CRM DEAL|1663.\n"));
}

#[test]
fn a_chat_itself_is_answered_without_asking_anyone() {
    let user = User::new();
    assert_eq!(user.run(&["get", "chat4821"]).expect(0).silent().out(), "4821\n");
    assert_eq!(user.run(&["get", "https://acme.bitrix24.com/online/?IM_DIALOG=chat77"]).expect(0).out(), "77\n");
    let json = user.run(&["get", "https://acme.bitrix24.com/online/?IM_DIALOG=chat77", "--json"]).expect(0).json();
    assert_eq!(
        (&json["outcome"], &json["chat_id"], &json["dialog_id"]),
        (&"chat".into(), &77.into(), &"chat77".into())
    );
    assert_eq!(json["link"], "https://acme.bitrix24.com/online/?IM_DIALOG=chat77");
    assert_eq!(json["status"], Value::Null);
    assert_eq!(json.as_object().unwrap().len(), 11);
    user.run(&["get", "chat4821", "--raw"]).expect(2).without_data();
    assert!(user.every_file().is_empty(), "nothing was looked up, so nothing is kept");
}
