//! `im.chat.get` itself (protocol.md, section 1).

use serde_json::json;

use crate::http::{get, post};
use crate::portal::{deal, portal};

#[test]
fn the_deal_of_the_documentation_has_chat_1437() {
    let portal = portal();
    let reply = portal.call("im.chat.get", &deal());
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["result"], json!({ "ID": 1437 }));
    assert_eq!(portal.requests(), 1);
}

#[test]
fn both_kinds_of_credential_find_the_same_chat() {
    let portal = portal();
    let token = portal.access_token();
    for path in ["/rest/im.chat.get", "/rest/im.chat.get/", "/rest/IM.Chat.Get.json"] {
        let mut body = deal();
        body["auth"] = json!(token);
        assert_eq!(portal.send(&post(path, &body)).json()["result"]["ID"], 1437, "{path}");
        let by_header = post(path, &deal()).header("Authorization", &format!("Bearer {token}"));
        assert_eq!(portal.send(&by_header).json()["result"]["ID"], 1437, "{path}");
    }
    let query = format!("/rest/im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=DEAL%7C1663&access_token={token}");
    assert_eq!(portal.send(&get(query)).json()["result"]["ID"], 1437);
}
