//! What the portal tells about itself and the caller: the doctor's questions (protocol.md, section 7).

use serde_json::{Value, json};

use crate::portal::portal;

#[test]
fn a_profile_needs_no_scope_and_its_id_is_text() {
    let portal = portal();
    let profile = portal.result("profile", &json!({}));
    assert_eq!((&profile["ID"], &profile["ADMIN"]), (&json!("1"), &json!(true)));
    let name = format!("{} {}", profile["NAME"].as_str().unwrap(), profile["LAST_NAME"].as_str().unwrap());
    assert_eq!(name, portal.user_name());
    assert_eq!(portal.result("user.admin", &json!({})), true);
}

#[test]
fn a_webhook_may_belong_to_another_user_than_its_address_says() {
    let portal = portal();
    let profile = portal.play("employee", "profile", &json!({})).json()["result"].clone();
    assert_eq!((&profile["ID"], &profile["ADMIN"]), (&json!("27"), &json!(false)));
    assert_eq!(portal.play("employee", "user.admin", &json!({})).json()["result"], false);
    let theirs = portal.play("employee", "im.dialog.get", &json!({ "DIALOG_ID": "chat1490" }));
    assert_eq!(theirs.json()["result"]["role"], "owner");
}

#[test]
fn scopes_are_a_list_with_im_in_it() {
    let scopes = portal().result("scope", &json!({}));
    assert!(scopes.as_array().unwrap().contains(&json!("im")));
}

#[test]
fn method_get_is_strict_about_letters() {
    let portal = portal();
    let asked = |params: Value| portal.result("method.get", &params);
    let yes = json!({ "isExisting": true, "isAvailable": true });
    let no = json!({ "isExisting": false, "isAvailable": false });
    assert_eq!(asked(json!({ "name": "im.chat.get" })), yes);
    assert_eq!(asked(json!({ "name": "profile" })), yes);
    assert_eq!(asked(json!({ "NAME": "im.chat.get" })), no);
    assert_eq!(asked(json!({ "name": "IM.chat.get" })), no);
    assert_eq!(asked(json!({ "name": "im.chat.gett" })), no);
    assert_eq!(asked(json!({})), no);
    let absent = portal.play("nomodule", "method.get", &json!({ "name": "im.chat.get" }));
    assert_eq!(absent.json()["result"], no);
}

#[test]
fn app_info_tells_a_webhook_its_scopes_and_the_plan() {
    let info = portal().result("app.info", &json!({}));
    assert_eq!(info.as_object().unwrap().keys().collect::<Vec<_>>(), ["SCOPE", "LICENSE"]);
    assert_eq!(info["LICENSE"], "de_pro100");
}

#[test]
fn the_time_of_the_server_has_an_offset() {
    let time = portal().result("server.time", &json!({}));
    let time = time.as_str().unwrap();
    assert!(time.len() == 25 && time.ends_with("+01:00"), "{time}");
}

#[test]
fn the_smaller_questions_are_answered_too() {
    let portal = portal();
    assert_eq!(portal.call("feature.get", &json!({})).error(), "CODE_EMPTY");
    assert_eq!(portal.result("feature.get", &json!({ "CODE": "rest_auth_connector" })), json!({ "value": "Y" }));
    assert_eq!(portal.result("access.name", &json!({})), false);
    let names = portal.result("access.name", &json!({ "ACCESS": ["U27", "AU", "U999"] }));
    assert_eq!(names["U27"]["name"], "Boris Petrov");
    assert_eq!(names.as_object().unwrap().len(), 2);
}

#[test]
fn the_probe_of_the_doctor_proves_that_nothing_is_found() {
    assert_eq!(portal().chat("DOCTOR_PROBE", "1"), Value::Null);
}

#[test]
fn one_batch_asks_all_of_it() {
    let portal = portal();
    let reply = portal.call(
        "batch",
        &json!({ "cmd": {
            "profile": "profile", "admin": "user.admin", "scope": "scope", "method": "method.get?name=im.chat.get",
            "app": "app.info", "time": "server.time",
            "probe": "im.chat.get?ENTITY_TYPE=DOCTOR_PROBE&ENTITY_ID=1",
        } }),
    );
    let result = &reply.json()["result"];
    assert_eq!(result["result_error"], json!([]));
    assert_eq!(result["result"].as_object().unwrap().len(), 7);
    assert_eq!(result["result"]["method"]["isAvailable"], true);
}
