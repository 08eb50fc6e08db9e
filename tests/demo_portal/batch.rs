//! `batch` and its oddities (protocol.md, section 5).

use serde_json::{Map, Value, json};

use crate::http::{get, post_raw};
use crate::portal::{portal, under};

const DEAL: &str = "im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=DEAL%7C1663";
const NONE: &str = "im.chat.get?ENTITY_TYPE=TASKS_TASK&ENTITY_ID=999999";

fn batch(body: &Value) -> Value {
    let reply = portal().call("batch", body);
    assert_eq!(reply.status, 200, "{reply:?}");
    let body = reply.json();
    assert!(body["time"].is_object());
    body["result"].clone()
}

#[test]
fn the_sample_of_the_reference_is_answered_as_there() {
    let result = batch(&json!({ "halt": 0, "cmd": {
        "deal": DEAL,
        "none": NONE,
        "open": "im.dialog.get?DIALOG_ID=chat$result[deal][ID]",
        "typo": "im.chat.gett",
    } }));
    assert_eq!(result["result"]["deal"], json!({ "ID": 1437 }));
    assert_eq!(result["result"].get("none"), Some(&Value::Null));
    assert_eq!(result["result"]["open"]["dialog_id"], "chat1437");
    let error = json!({ "typo": { "error": "ERROR_METHOD_NOT_FOUND", "error_description": "Method not found!" } });
    assert_eq!(result["result_error"], error);
    assert_eq!(result["result_total"], json!([]));
    assert_eq!(result["result_next"], json!([]));
    let times: Vec<_> = result["result_time"].as_object().unwrap().keys().collect();
    assert_eq!(times, ["deal", "none", "open"]);
    assert_eq!(result["result_time"]["none"]["operating"], 0);
}

#[test]
fn all_members_are_there_and_the_empty_ones_are_lists() {
    let empty = json!({ "result": [], "result_error": [], "result_total": [], "result_next": [], "result_time": [] });
    assert_eq!(batch(&json!({})), empty);
    assert_eq!(batch(&json!({ "cmd": [] })), empty);
    assert_eq!(batch(&json!({ "cmd": "profile" })), empty);
}

#[test]
fn counted_keys_make_lists_until_a_failure_tears_them() {
    let all = batch(&json!({ "cmd": [DEAL, NONE] }));
    assert_eq!(all["result"], json!([{ "ID": 1437 }, null]));
    let second = batch(&json!({ "cmd": [DEAL, "typo", NONE] }));
    assert_eq!(second["result"], json!({ "0": { "ID": 1437 }, "2": null }));
    assert_eq!(second["result_error"].as_object().unwrap().keys().collect::<Vec<_>>(), ["1"]);
    let first = batch(&json!({ "cmd": { "0": "typo", "1": "typo", "2": NONE } }));
    assert_eq!(first["result_error"].as_array().unwrap().len(), 2);
    assert_eq!(first["result"], json!({ "2": null }));
}

#[test]
fn objects_are_passed_over_but_use_a_slot() {
    let result = batch(&json!({ "cmd": { "a": { "method": "profile", "params": {} }, "b": DEAL } }));
    assert_eq!(result["result"], json!({ "b": { "ID": 1437 } }));
    assert_eq!(result["result_error"], json!([]));
    let mut commands = Map::new();
    commands.insert("first".into(), json!({ "method": "profile" }));
    for at in 0..50 {
        commands.insert(format!("c{at}"), json!("server.time"));
    }
    let result = batch(&json!({ "cmd": commands }));
    assert_eq!(result["result"].as_object().unwrap().len(), 49);
    assert_eq!(result["result_error"]["c49"]["error"], "ERROR_BATCH_LENGTH_EXCEEDED");
}

#[test]
fn the_fifty_first_command_and_those_after_it_fail_each_by_itself() {
    let commands: Map<_, _> = (0..53).map(|at| (format!("c{at}"), json!("server.time"))).collect();
    let result = batch(&json!({ "cmd": commands }));
    assert_eq!(result["result"].as_object().unwrap().len(), 50);
    assert_eq!(result["result_error"].as_object().unwrap().keys().collect::<Vec<_>>(), ["c50", "c51", "c52"]);
}

#[test]
fn a_batch_in_a_batch_is_refused_and_so_are_files() {
    let result = batch(&json!({ "cmd": { "b": "batch?cmd[x]=profile", "u": "upload", "d": "Download" } }));
    for key in ["b", "u", "d"] {
        assert_eq!(result["result_error"][key]["error"], "ERROR_BATCH_METHOD_NOT_ALLOWED", "{key}");
    }
}

#[test]
fn halt_stops_after_the_first_error_and_is_true_the_way_php_says() {
    let ran = |halt: Value| {
        let result = batch(&json!({ "halt": halt, "cmd": { "a": DEAL, "b": "typo", "c": DEAL, "d": "typo" } }));
        (result["result"].as_object().unwrap().len(), result["result_error"].as_object().unwrap().len())
    };
    for on in [json!(1), json!(true), json!("1"), json!("false"), json!("no")] {
        assert_eq!(ran(on.clone()), (1, 1), "{on}");
    }
    for off in [json!(0), json!(false), json!("0"), json!(""), json!(null), json!([])] {
        assert_eq!(ran(off.clone()), (2, 2), "{off}");
    }
}

#[test]
fn names_of_the_batch_come_in_any_case() {
    let result = batch(&json!({ "CMD": { "a": "typo", "b": DEAL }, "Halt": 1 }));
    assert_eq!(result["result"], json!([]));
    assert_eq!(result["result_error"].as_object().unwrap().len(), 1);
}

#[test]
fn a_missing_scope_has_no_text_inside_a_batch() {
    let reply = portal().play("noscope", "batch", &json!({ "cmd": { "a": DEAL, "b": "profile" } }));
    assert_eq!(reply.status, 200);
    let result = &reply.json()["result"];
    assert_eq!(result["result_error"]["a"], json!({ "error": "insufficient_scope", "error_description": "" }));
    assert_eq!(result["result"]["b"]["ID"], "1");
}

#[test]
fn the_credential_of_the_batch_is_that_of_its_commands() {
    let result = batch(&json!({ "cmd": { "a": format!("{DEAL}&auth=nonsense&ap=wrong&aplogin=9") } }));
    assert_eq!(result["result"]["a"]["ID"], 1437);
}

#[test]
fn a_refused_credential_refuses_the_batch_as_a_whole() {
    let reply = portal().play("badcode", "batch", &json!({ "cmd": { "a": DEAL } }));
    assert_eq!((reply.status, reply.error()), (401, "INVALID_CREDENTIALS".into()));
}

#[test]
fn values_are_decoded_once_and_a_hash_cuts_the_rest() {
    let result = batch(&json!({ "cmd": {
        "raw": "im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=DEAL|1663",
        "twice": "im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=DEAL%257C1663",
        "hash": "im.chat.get?ENTITY_TYPE=CRM#&ENTITY_ID=DEAL%7C1663",
        "plus": "im.chat.get?ENTITY_TYPE=ORDER_ROOM&ENTITY_ID=%D0%97%D0%B0%D0%BA%D0%B0%D0%B7+%E2%84%965",
    } }));
    assert_eq!(result["result"], json!({ "raw": { "ID": 1437 }, "twice": null, "hash": null, "plus": { "ID": 1403 } }));
}

#[test]
fn in_a_query_or_a_form_the_commands_are_encoded_again() {
    let portal = portal();
    let query = "cmd%5Bdeal%5D=im.chat.get%3FENTITY_TYPE%3DCRM%26ENTITY_ID%3DDEAL%257C1663&halt=0";
    let by_get = portal.send(&get(portal.path(&format!("batch?{query}"))));
    assert_eq!(by_get.json()["result"]["result"]["deal"]["ID"], 1437);
    let form = post_raw(portal.path("batch"), query).header("Content-Type", "application/x-www-form-urlencoded");
    assert_eq!(portal.send(&form).json()["result"]["result"]["deal"]["ID"], 1437);
    let halted = portal.send(&get(under("healthy", "batch?cmd[a]=typo&cmd[b]=profile&halt=false")));
    assert_eq!(halted.json()["result"]["result"], json!([]));
}

#[test]
fn a_reference_to_nothing_stays_in_the_text_and_fails_there() {
    let result = batch(&json!({ "cmd": {
        "deal": NONE,
        "open": "im.dialog.get?DIALOG_ID=chat$result[deal][ID]",
        "escaped": "im.dialog.get?DIALOG_ID=chat%24result%5Bdeal%5D%5BID%5D",
    } }));
    assert_eq!(result["result_error"]["open"]["error"], "DIALOG_ID_EMPTY");
    assert_eq!(result["result_error"]["escaped"]["error"], "DIALOG_ID_EMPTY");
}

#[test]
fn references_reach_results_totals_and_nexts_in_any_case() {
    let result = batch(&json!({ "cmd": {
        "people": "im.dialog.users.list?DIALOG_ID=chat12&LIMIT=50",
        "more": "im.dialog.users.list?DIALOG_ID=chat12&LIMIT=50&OFFSET=$Next[people]",
        "deal": DEAL,
        "ids": "im.chat.user.list?CHAT_ID=$RESULT[deal][ID]",
    } }));
    assert_eq!(result["result_next"], json!({ "people": 50, "more": 100 }));
    assert_eq!(result["result_total"], json!({ "people": 135, "more": 135 }));
    assert_ne!(result["result"]["people"][0]["id"], result["result"]["more"][0]["id"]);
    assert_eq!(result["result"]["ids"], json!([27, 1, 31, 33, 38]));
}

#[test]
fn a_time_is_kept_for_successes_only_and_in_the_flavour_of_the_portal() {
    let reply = portal().play("timeint", "batch", &json!({ "cmd": { "a": DEAL, "b": "typo" } }));
    let times = reply.json()["result"]["result_time"].clone();
    assert_eq!(times.as_object().unwrap().len(), 1);
    assert!(times["a"]["start"].is_i64());
}
