//! `im.chat.get` itself (protocol.md, section 1).

use serde_json::{Value, json};

use crate::http::{get, post, post_raw};
use crate::portal::{deal, pair, portal, under};

#[test]
fn the_deal_of_the_documentation_has_chat_1437() {
    let portal = portal();
    let reply = portal.call("im.chat.get", &deal());
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["result"], json!({ "ID": 1437 }));
    assert_eq!(portal.requests(), 1);
}

#[test]
fn every_documented_type_that_carries_an_id_has_a_chat() {
    let portal = portal();
    for (entity_type, entity_id, chat) in [
        ("CRM", "LEAD|13", 1410),
        ("CRM", "CONTACT|25", 1411),
        ("CRM", "COMPANY|7", 1412),
        ("CRM", "DYNAMIC_1042|5", 1413),
        ("TASKS_TASK", "8293", 1431),
        ("TASKS", "8120", 1432),
        ("SONET_GROUP", "104", 1441),
        ("CALENDAR", "55", 1445),
        ("LINES", "telegrambot|2|209607941|744", 1450),
        ("LIVECHAT", "2|744", 1451),
        ("MAIL", "9917", 1455),
        ("CALL", "79001234567", 1460),
        ("ANNOUNCEMENT", "1", 12),
        ("WAREHOUSE_BIN", "A-17", 1402),
        ("ORDER_ROOM", "Заказ №5", 1403),
    ] {
        assert_eq!(portal.chat(entity_type, entity_id), chat, "{entity_type} {entity_id}");
    }
}

#[test]
fn conferences_and_assistants_have_chats_that_no_pair_finds() {
    let portal = portal();
    for entity_type in ["VIDEOCONF", "AI_ASSISTANT_PRIVATE"] {
        for entity_id in ["", "1", "1470", "1471"] {
            assert_eq!(portal.chat(entity_type, entity_id), Value::Null, "{entity_type} {entity_id}");
        }
    }
}

#[test]
fn absent_and_malformed_pairs_are_null_with_the_key_present() {
    let portal = portal();
    for (entity_type, entity_id) in
        [("CRM", "DEAL|999999"), ("CRM", "DEAL-1663"), ("TASKS", "8293"), ("CRM", " DEAL|1663"), ("CRM", "1663")]
    {
        let reply = portal.call("im.chat.get", &pair(entity_type, entity_id));
        assert_eq!(reply.status, 200);
        assert!(reply.text().starts_with(r#"{"result":null,"time":{"#), "{}", reply.text());
    }
}

#[test]
fn of_several_chats_of_a_pair_the_lowest_id_is_given() {
    let portal = portal();
    assert_eq!(portal.chat("SHIFT", "2026-09"), 1481);
    assert_eq!(portal.chat("SONET_GROUP", "103"), 1440);
    assert_eq!(portal.chat("CALL", "UNIFY_CALL_CHAT"), 1461);
}

#[test]
fn chats_of_others_are_found_too() {
    let portal = portal();
    assert_eq!(portal.chat("CRM", "DEAL|2001"), 1490);
    assert_eq!(portal.call("im.dialog.get", &json!({ "DIALOG_ID": "chat1490" })).error(), "ACCESS_ERROR");
}

#[test]
fn what_php_calls_empty_is_a_missing_parameter() {
    let portal = portal();
    for empty in [json!("0"), json!(0), json!(""), json!(null), json!(false), json!([]), json!({})] {
        assert_eq!(portal.chat("TASKS", empty.clone()), Value::Null, "{empty}");
        assert_eq!(portal.chat(empty.clone(), "8120"), Value::Null, "{empty}");
    }
    assert_eq!(portal.result("im.chat.get", &json!({})), Value::Null);
    assert_eq!(portal.result("im.chat.get", &json!({ "ENTITY_TYPE": "CRM" })), Value::Null);
}

#[test]
fn names_come_in_any_case_and_ids_may_be_numbers() {
    let portal = portal();
    for body in [
        json!({ "entity_type": "TASKS", "Entity_Id": "8120" }),
        json!({ "ENTITY_TYPE": "TASKS", "ENTITY_ID": 8120 }),
        json!({ "ENTITY_TYPE": "tasks", "ENTITY_ID": "8120" }),
    ] {
        assert_eq!(portal.result("im.chat.get", &body), json!({ "ID": 1432 }), "{body}");
    }
}

#[test]
fn a_dialog_id_turns_the_call_into_im_dialog_get() {
    let portal = portal();
    let mut body = deal();
    body["dialog_id"] = json!("chat1431");
    assert_eq!(portal.result("im.chat.get", &body)["dialog_id"], "chat1431");
    body["dialog_id"] = json!("chat1490");
    let reply = portal.call("im.chat.get", &body);
    assert_eq!((reply.status, reply.error()), (403, "ACCESS_ERROR".into()));
    body["dialog_id"] = json!("");
    let reply = portal.call("im.chat.get", &body);
    assert_eq!((reply.status, reply.error()), (400, "DIALOG_ID_EMPTY".into()));
}

#[test]
fn every_form_of_the_address_leads_to_the_method() {
    let portal = portal();
    for method in
        ["im.chat.get", "im.chat.get/", "im.chat.get.json", "im.chat.get.json/", "IM.Chat.Get", "IM.CHAT.GET.json"]
    {
        assert_eq!(portal.call(method, &deal()).json()["result"]["ID"], 1437, "{method}");
    }
    let by_login = format!("/rest/ann.admin/{}/im.chat.get", portal.webhook_code());
    assert_eq!(portal.send(&post(by_login, &deal())).json()["result"]["ID"], 1437);
}

#[test]
fn other_suffixes_are_part_of_the_name() {
    let portal = portal();
    for method in ["im.chat.get.yaml", "im.chat.get.JSON", "im.chat.get.xml.php", "im.chat.gett", "im.chat.get "] {
        let reply = portal.call(&method.replace(' ', "%20"), &deal());
        assert_eq!((reply.status, reply.error()), (404, "ERROR_METHOD_NOT_FOUND".into()), "{method}");
    }
}

#[test]
fn a_get_carries_its_parameters_in_the_query() {
    let portal = portal();
    let path = portal.path("im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=DEAL%7C1663");
    assert_eq!(portal.send(&get(path)).json()["result"]["ID"], 1437);
}

#[test]
fn forms_carry_them_too() {
    let portal = portal();
    let form = post_raw(portal.path("im.chat.get"), "ENTITY_TYPE=CRM&ENTITY_ID=DEAL%7C1663")
        .header("Content-Type", "application/x-www-form-urlencoded");
    assert_eq!(portal.send(&form).json()["result"]["ID"], 1437);
    let body = "--b\r\nContent-Disposition: form-data; name=\"ENTITY_TYPE\"\r\n\r\nCRM\r\n\
                --b\r\nContent-Disposition: form-data; name=\"ENTITY_ID\"\r\n\r\nDEAL|1663\r\n--b--\r\n";
    let multipart =
        post_raw(portal.path("im.chat.get"), body).header("Content-Type", "multipart/form-data; boundary=b");
    assert_eq!(portal.send(&multipart).json()["result"]["ID"], 1437);
}

#[test]
fn the_body_wins_over_the_query() {
    let portal = portal();
    let path = portal.path("im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=LEAD%7C13");
    assert_eq!(portal.send(&post(path, &json!({ "ENTITY_ID": "DEAL|1663" }))).json()["result"]["ID"], 1437);
}

#[test]
fn the_path_wins_over_both() {
    let portal = portal();
    let mut body = deal();
    body["ap"] = json!("wrong");
    body["aplogin"] = json!("2");
    assert_eq!(portal.call("im.chat.get", &body).json()["result"]["ID"], 1437);
}

#[test]
fn a_lost_body_is_answered_as_if_nothing_had_been_asked() {
    let portal = portal();
    let path = portal.path("im.chat.get");
    let json = deal().to_string();
    let lost = [
        post_raw(&path, json.as_str()),
        post_raw(&path, json.as_str()).header("Content-Type", "text/plain"),
        post_raw(&path, json.as_str()).header("Content-Type", "application/x-www-form-urlencoded"),
        post_raw(&path, &json[..json.len() - 1]).header("Content-Type", "application/json"),
        post_raw(&path, "\"CRM\"").header("Content-Type", "application/json"),
        get(&path).header("Content-Type", "application/json").with_body(&json),
    ];
    for ask in lost {
        let reply = portal.send(&ask);
        assert_eq!(reply.status, 200);
        assert_eq!(reply.json()["result"], Value::Null);
        assert!(reply.json()["time"].is_object());
    }
    let kept = post_raw(&path, json.as_str()).header("Content-Type", "application/vnd.demo+json; charset=utf-8");
    assert_eq!(portal.send(&kept).json()["result"]["ID"], 1437);
}

#[test]
fn paths_that_are_no_rest_get_a_page() {
    let portal = portal();
    assert_eq!(portal.send(&get("/nowhere/")).status, 404);
    let home = portal.send(&get("/online/?IM_DIALOG=chat1437"));
    assert_eq!(home.status, 200);
    assert!(home.text().contains("demo portal"));
    let reply = portal.send(&get("/rest/"));
    assert_eq!((reply.status, reply.error()), (404, "ERROR_METHOD_NOT_FOUND".into()));
    let reply = portal.send(&get(under(portal.webhook_code(), "")));
    assert_eq!((reply.status, reply.error()), (404, "ERROR_METHOD_NOT_FOUND".into()));
}
