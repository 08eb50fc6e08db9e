//! Reading a chat that was found (protocol.md, section 9 and 1.6).

use serde_json::{Value, json};

use crate::portal::portal;

fn dialog(id: &str) -> Value {
    json!({ "DIALOG_ID": id })
}

#[test]
fn a_dialog_tells_what_its_chat_is() {
    let portal = portal();
    let dialog = portal.result("im.dialog.get", &dialog("CHAT1437"));
    assert_eq!(dialog["id"], 1437);
    assert_eq!(dialog["name"], "Deal: new boiler");
    assert_eq!((&dialog["entity_type"], &dialog["entity_id"]), (&json!("CRM"), &json!("DEAL|1663")));
    assert_eq!(dialog["entity_link"], json!({ "type": "DEAL", "url": "/crm/deal/details/1663/", "id": "DEAL|1663" }));
    assert_eq!(
        (&dialog["type"], &dialog["message_type"], &dialog["role"]),
        (&json!("crm"), &json!("C"), &json!("member"))
    );
    assert_eq!(dialog["user_counter"], 5);
    assert_eq!(dialog["dialog_id"], "chat1437");
}

#[test]
fn links_of_other_entities_lead_to_their_pages() {
    let portal = portal();
    let link = |id: &str| portal.result("im.dialog.get", &dialog(id))["entity_link"].clone();
    assert_eq!(link("chat1431")["url"], "/company/personal/user/1/tasks/task/view/8293/");
    assert_eq!(link("chat1432")["type"], "TASKS");
    assert_eq!(link("chat1413")["url"], "/crm/type/1042/details/5/");
    assert_eq!(link("chat1415")["url"], "/crm/type/31/details/31/");
    assert_eq!(link("chat1413")["type"], "DYNAMIC");
    assert_eq!(link("chat1441")["url"], "/workgroups/group/104/");
    assert_eq!(link("chat1455")["url"], "");
}

#[test]
fn an_absent_and_a_forbidden_chat_are_the_same_refusal() {
    let portal = portal();
    let absent = portal.call("im.dialog.get", &dialog("chat999999"));
    let forbidden = portal.call("im.dialog.get", &dialog("chat1490"));
    assert_eq!(absent.status, 403);
    assert_eq!(absent.json(), forbidden.json());
    assert_eq!(absent.error(), "ACCESS_ERROR");
}

#[test]
fn ids_that_name_no_dialog_are_refused_as_empty() {
    let portal = portal();
    for id in ["", "0", "chat", "chatx1", "chat1x", "room1437", "chat 1437", "chat-1", "chat1437 "] {
        let reply = portal.call("im.dialog.get", &dialog(id));
        assert_eq!((reply.status, reply.error()), (400, "DIALOG_ID_EMPTY".into()), "{id:?}");
    }
    let endless = format!("chat{}", "9".repeat(200));
    assert_eq!(portal.call("im.dialog.get", &dialog(&endless)).error(), "ACCESS_ERROR");
}

#[test]
fn open_chats_are_for_every_employee_and_lines_for_their_operators() {
    let portal = portal();
    let status = |code: &str, id: &str| portal.play(code, "im.dialog.get", &dialog(id)).status;
    assert_eq!(status("employee", "chat12"), 200);
    assert_eq!(status("healthy", "chat1450"), 200);
    assert_eq!(status("employee", "chat1450"), 403);
    assert_eq!(status("employee", "chat1431"), 403);
}

#[test]
fn a_dialog_with_a_person_goes_by_their_number() {
    let portal = portal();
    let dialog = portal.result("im.dialog.get", &json!({ "DIALOG_ID": 27 }));
    assert_eq!((&dialog["name"], &dialog["message_type"]), (&json!("Boris Petrov"), &json!("P")));
}

#[test]
fn asking_for_the_dialog_of_a_group_is_not_a_read() {
    let portal = portal();
    let before = portal.chat_count();
    assert_eq!(portal.chat("SONET_GROUP", "777"), Value::Null);
    assert_eq!(portal.chat_count(), before);
    // Refused, and the chat is there all the same.
    assert_eq!(portal.call("im.dialog.get", &dialog("sg777")).error(), "ACCESS_ERROR");
    assert_eq!(portal.chat_count(), before + 1);
    assert_ne!(portal.chat("SONET_GROUP", "777"), Value::Null);
}

#[test]
fn an_ambiguous_group_has_two_answers() {
    let portal = portal();
    assert_eq!(portal.chat("SONET_GROUP", "103"), 1440);
    assert_eq!(portal.result("im.dialog.get", &dialog("sg103"))["id"], 1588);
}

#[test]
fn a_list_of_ids_is_empty_for_strangers() {
    let portal = portal();
    let ids = |params: Value| portal.result("im.chat.user.list", &params);
    assert_eq!(ids(json!({ "CHAT_ID": 1437 })), json!([27, 1, 31, 33, 38]));
    assert_eq!(ids(json!({ "chat_id": "1431" })), json!([38, 1]));
    assert_eq!(ids(json!({ "DIALOG_ID": "chat1431" })), json!([38, 1]));
    assert_eq!(ids(json!({ "CHAT_ID": 1490 })), json!([]));
    assert_eq!(ids(json!({ "CHAT_ID": 999_999 })), json!([]));
    let reply = portal.call("im.chat.user.list", &json!({}));
    assert_eq!((reply.status, reply.error()), (400, "CHAT_ID_EMPTY".into()));
    let reply = portal.call("im.chat.user.list", &json!({ "CHAT_ID": 1 }));
    assert_eq!((reply.status, reply.error()), (403, "ACCESS_ERROR".into()));
}

#[test]
fn people_come_in_pages_with_a_total() {
    let portal = portal();
    let mut seen = Vec::new();
    let mut offset = 0;
    loop {
        let body = portal.call("im.dialog.users.list", &json!({ "DIALOG_ID": "chat12", "OFFSET": offset })).json();
        assert_eq!(body["total"], 135);
        let page = body["result"].as_array().unwrap();
        seen.extend(page.iter().map(|user| user["id"].as_u64().unwrap()));
        let Some(next) = body.get("next") else { break };
        offset = next.as_u64().unwrap();
        assert_eq!(offset as usize, seen.len());
    }
    assert_eq!(seen.len(), 135);
    let before = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), before);
}

#[test]
fn people_after_an_id_come_without_a_total() {
    let portal = portal();
    let body =
        portal.call("im.dialog.users.list", &json!({ "DIALOG_ID": "chat12", "LAST_ID": 300, "LIMIT": 999 })).json();
    assert_eq!(body["result"].as_array().unwrap().len(), 30);
    assert_eq!(body["result"][0]["id"], 301);
    assert!(body.get("total").is_none() && body.get("next").is_none());
}

#[test]
fn people_are_refused_where_ids_are_empty() {
    let portal = portal();
    let reply = portal.call("im.dialog.users.list", &dialog("chat1490"));
    assert_eq!((reply.status, reply.error()), (403, "ACCESS_ERROR".into()));
    assert_eq!(portal.call("im.dialog.users.list", &json!({})).error(), "DIALOG_ID_EMPTY");
}

#[test]
fn people_from_outside_can_be_left_out() {
    let portal = portal();
    let ids = |params: Value| -> Vec<u64> {
        let people = portal.result("im.dialog.users.list", &params);
        people.as_array().unwrap().iter().map(|user| user["id"].as_u64().unwrap()).collect()
    };
    assert_eq!(ids(json!({ "DIALOG_ID": "chat1450" })), [31, 744]);
    assert_eq!(ids(json!({ "DIALOG_ID": "chat1450", "SKIP_EXTERNAL": "Y" })), [31]);
    let except = json!({ "DIALOG_ID": "chat1450", "SKIP_EXTERNAL": "Y", "SKIP_EXTERNAL_EXCEPT_TYPES": ["connector"] });
    assert_eq!(ids(except), [31, 744]);
    let guest = portal.result("im.dialog.users.list", &dialog("chat1450"))[1].clone();
    assert_eq!((&guest["phones"], &guest["connector"]), (&json!(false), &json!(true)));
}

#[test]
fn recent_conversations_are_the_callers_own_and_their_total_is_unknown() {
    let portal = portal();
    let body = portal.call("im.recent.list", &json!({ "SKIP_DIALOG": "Y", "LIMIT": 200 })).json();
    assert_eq!(body["total"], -1);
    assert!(body.get("next").is_none());
    assert_eq!(body["result"]["hasMore"], false);
    let items = body["result"]["items"].as_array().unwrap();
    let has = |id: &str| items.iter().any(|item| item["id"] == id);
    assert!(has("chat1437") && !has("chat1490"));
    let deal = items.iter().find(|item| item["chat_id"] == 1437).unwrap();
    assert_eq!(deal["chat"]["entity_id"], "DEAL|1663");
    assert_eq!(deal["chat"]["role"], "MEMBER");
}

#[test]
fn recent_conversations_come_in_pages() {
    let portal = portal();
    let page = |offset: u64| portal.call("im.recent.list", &json!({ "LIMIT": 10, "OFFSET": offset })).json();
    let first = page(0);
    assert_eq!((&first["next"], &first["total"]), (&json!(10), &json!(-1)));
    assert_eq!((&first["result"]["hasMore"], &first["result"]["hasMorePages"]), (&json!(true), &json!(true)));
    assert_eq!(first["result"]["items"].as_array().unwrap().len(), 10);
    // A person's id is a number, a chat's is text.
    assert_eq!(first["result"]["items"][0]["id"], 27);
    let beyond = page(1000);
    assert_eq!(beyond["result"]["items"], json!([]));
    assert!(beyond.get("next").is_none());
}
