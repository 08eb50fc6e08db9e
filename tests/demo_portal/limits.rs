//! The bucket of requests and the operating time, with the portal's clock moved by hand (protocol.md, section 4).

use std::time::Duration;

use b24chat::demo::{Bucket, Options, Rotation};
use serde_json::{Value, json};

use crate::http::post;
use crate::portal::{deal, portal, portal_with};

/// Three requests, and one more each half second.
const SMALL: Options = Options {
    port: 0,
    bucket: Bucket { capacity: 3.0, drain: 2.0 },
    operating_limit: 480.0,
    rotation: Rotation::AtOnce,
};

#[test]
fn a_full_bucket_refuses_with_503_and_says_nothing_of_when_to_come_back() {
    let portal = portal_with(SMALL);
    for _ in 0..3 {
        assert_eq!(portal.call("im.chat.get", &deal()).status, 200);
    }
    let reply = portal.call("im.chat.get", &deal());
    assert_eq!((reply.status, reply.error()), (503, "QUERY_LIMIT_EXCEEDED".into()));
    assert_eq!(reply.header("retry-after"), None);
    assert_eq!(reply.json().as_object().unwrap().len(), 2);
}

#[test]
fn a_bucket_drains_with_time() {
    let portal = portal_with(SMALL);
    while portal.call("profile", &json!({})).status == 200 {}
    portal.pass(Duration::from_secs(2));
    assert_eq!(portal.call("profile", &json!({})).status, 200);
}

#[test]
fn all_credentials_and_methods_of_one_address_share_a_bucket() {
    let portal = portal_with(SMALL);
    portal.call("profile", &json!({}));
    portal.play("badcode", "profile", &json!({}));
    let mut body = deal();
    body["auth"] = json!(portal.access_token());
    assert_eq!(portal.send(&post("/rest/im.chat.get", &body)).status, 200);
    assert_eq!(portal.call("server.time", &json!({})).status, 503);
}

#[test]
fn a_batch_is_one_request() {
    let portal = portal_with(SMALL);
    let commands: Vec<Value> = (0..50).map(|_| json!("profile")).collect();
    for _ in 0..3 {
        assert_eq!(portal.call("batch", &json!({ "cmd": commands })).status, 200);
    }
    assert_eq!(portal.call("batch", &json!({ "cmd": commands })).status, 503);
}

#[test]
fn the_usual_bucket_holds_fifty() {
    let portal = portal_with(Options::default());
    let refused = (0..60).filter(|_| portal.call("profile", &json!({})).status == 503).count();
    // Two more for every second that the sixty took.
    assert!((1..=10).contains(&refused), "{refused}");
}

fn busy(portal: &crate::portal::Portal, method: &str) -> (u16, Value) {
    let reply = portal.play("busy", method, &deal());
    let time = reply.json()["time"].clone();
    (reply.status, time["operating"].clone())
}

#[test]
fn operating_time_adds_up_until_the_method_is_blocked() {
    let portal = portal();
    let used: Vec<f64> = (0..9).map(|_| busy(&portal, "im.chat.get").1.as_f64().unwrap()).collect();
    // The limit is tested before a call: 480 is not above it, so the ninth call still runs.
    for (at, used) in used.iter().enumerate() {
        assert!((used - 60.0 * (at + 1) as f64).abs() < 1.0, "{used}");
    }
    let reply = portal.play("busy", "im.chat.get", &deal());
    assert_eq!((reply.status, reply.error()), (429, "OPERATION_TIME_LIMIT".into()));
}

#[test]
fn a_blocked_method_blocks_neither_other_methods_nor_other_credentials() {
    let portal = portal();
    while busy(&portal, "im.chat.get").0 == 200 {}
    assert_eq!(busy(&portal, "im.recent.list").0, 200);
    assert_eq!(portal.call("im.chat.get", &deal()).status, 200);
    let batch = portal.play("busy", "batch", &json!({ "cmd": { "a": "im.chat.get", "b": "profile" } }));
    assert_eq!(batch.json()["result"]["result_error"]["a"]["error"], "OPERATION_TIME_LIMIT");
    assert_eq!(batch.json()["result"]["result"]["b"]["ID"], "1");
}

#[test]
fn a_blocked_method_is_free_again_when_its_minutes_have_dropped_out() {
    let portal = portal();
    while busy(&portal, "im.chat.get").0 == 200 {}
    portal.pass(Duration::from_secs(600));
    let (status, used) = busy(&portal, "im.chat.get");
    assert_eq!(status, 200);
    assert!((used.as_f64().unwrap() - 60.0).abs() < 1.0);
}

#[test]
fn the_reset_is_when_the_oldest_minute_drops_out() {
    let portal = portal();
    let time = portal.play("busy", "im.chat.get", &deal()).json()["time"].clone();
    let (finish, reset) = (time["finish"].as_f64().unwrap(), time["operating_reset_at"].as_i64().unwrap());
    assert_eq!(reset % 60, 0);
    assert!((540.0..=600.0).contains(&(reset as f64 - finish)));
}
