//! The objects that chats belong to, and the scopes that reading them needs.

use serde_json::{Value, json};

use crate::portal::portal;

#[test]
fn an_object_that_is_there_is_told_and_another_is_refused_or_empty() {
    let portal = portal();
    let asked = |method: &str, params: Value| portal.play("allscopes", method, &params).json();
    let deal = asked("crm.item.get", json!({ "entityTypeId": 2, "id": 1663 }));
    assert_eq!(deal["result"]["item"]["id"], 1663);
    assert_eq!(asked("crm.item.get", json!({ "entityTypeId": 2, "id": 7 }))["error"], "NOT_FOUND");
    assert_eq!(asked("tasks.task.get", json!({ "taskId": 8293 }))["result"]["task"]["id"], "8293");
    let with_chat = asked("tasks.task.get", json!({ "taskId": 8293, "select": ["ID", "CHAT_ID"] }));
    assert_eq!(with_chat["result"]["task"]["chatId"], 1431);
    assert_eq!(asked("tasks.task.get", json!({ "taskId": 1 }))["result"], json!([]));
    assert_eq!(asked("sonet_group.get", json!({ "FILTER": { "ID": 103 } }))["result"][0]["ID"], "103");
    assert_eq!(asked("sonet_group.get", json!({ "FILTER": { "ID": 9 } }))["result"], json!([]));
    assert_eq!(asked("calendar.event.getbyid", json!({ "id": 56 }))["result"]["PARENT_ID"], "55");
    assert_eq!(asked("calendar.event.getbyid", json!({ "id": 9 }))["result"], Value::Null);
}

#[test]
fn the_chats_of_open_lines_are_told_by_object() {
    let portal = portal();
    let asked = |kind: &str, id: u64| {
        let params = json!({ "CRM_ENTITY_TYPE": kind, "CRM_ENTITY": id, "ACTIVE_ONLY": "N" });
        portal.play("allscopes", "imopenlines.crm.chat.get", &params).json()
    };
    assert_eq!(asked("deal", 2051)["result"][0]["CHAT_ID"], "1452");
    assert_eq!(asked("deal", 2050)["result"], json!([]));
    assert_eq!(asked("smart_invoice", 31)["error"], "ERROR_ARGUMENT");
}

#[test]
fn each_of_them_needs_its_scope() {
    let portal = portal();
    for method in
        ["crm.item.get", "tasks.task.get", "sonet_group.get", "calendar.event.getbyid", "imopenlines.crm.chat.get"]
    {
        assert_eq!(portal.play("imonly", method, &json!({})).error(), "insufficient_scope", "{method}");
    }
}
