//! The reply around the result: time, JSON dialect, XML, headers, compression (protocol.md, section 2).

use std::io::Read;

use flate2::read::GzDecoder;
use serde_json::{Value, json};

use crate::http::post;
use crate::portal::{deal, pair, portal};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_success_has_a_result_and_a_time_block() {
    let portal = portal();
    let body = portal.call("im.chat.get", &deal()).json();
    assert_eq!(keys(&body), ["result", "time"]);
    let time = &body["time"];
    assert_eq!(
        keys(time),
        ["start", "finish", "duration", "processing", "date_start", "date_finish", "operating_reset_at", "operating"]
    );
    let (start, finish) = (time["start"].as_f64().unwrap(), time["finish"].as_f64().unwrap());
    assert!((time["duration"].as_f64().unwrap() - (finish - start)).abs() < 1e-9);
    assert!(time["date_start"].as_str().unwrap().ends_with("+01:00"));
    assert_eq!(time["operating"], 0);
    assert!((590.0..=601.0).contains(&(time["operating_reset_at"].as_f64().unwrap() - finish)));
}

#[test]
fn an_error_has_no_time() {
    let portal = portal();
    for (code, method) in [("badcode", "im.chat.get"), ("noscope", "im.chat.get"), ("healthy", "nothing.such")] {
        assert_eq!(keys(&portal.play(code, method, &json!({})).json()), ["error", "error_description"], "{code}");
    }
    assert_eq!(
        keys(&portal.play("argument", "im.chat.get", &deal()).json()),
        ["error", "error_description", "argument"]
    );
}

#[test]
fn the_time_block_comes_in_the_flavours_of_servers() {
    let portal = portal();
    let time = |code: &str| portal.play(code, "im.chat.get", &deal()).json()["time"].clone();
    let whole = time("timeint");
    assert!(whole["start"].is_i64() && whole["finish"].is_f64());
    assert_eq!(whole["processing"], json!(0));
    let inflated = whole["finish"].as_f64().unwrap() - whole["start"].as_f64().unwrap();
    assert!((whole["duration"].as_f64().unwrap() - inflated).abs() < 1e-6);
    assert_eq!(
        keys(&time("timeselfhosted")),
        ["start", "finish", "duration", "processing", "date_start", "date_finish"]
    );
    assert_eq!(time("notime"), Value::Null);
    assert!(time("timetext")["finish"].is_string());
}

#[test]
fn json_is_written_in_the_dialect_of_php() {
    let portal = portal();
    let reply = portal.call("im.dialog.get", &json!({ "DIALOG_ID": "chat1504" }));
    assert!(
        reply.text().contains(
            r#""name":"\u003Cb\u003EBold \u0026amp; \u0022quoted\u0022\u003C\/b\u003E \u0027it\u0027 \/ \\""#
        )
    );
    assert_eq!(reply.json()["result"]["name"], "<b>Bold &amp; \"quoted\"</b> 'it' / \\");
    let cyrillic = portal.call("im.dialog.get", &json!({ "DIALOG_ID": "chat1412" }));
    assert!(cyrillic.text().contains("\"name\":\"Компания: ООО «Тёплый дом»\""));
    let deal = portal.call("im.dialog.get", &json!({ "DIALOG_ID": "chat1437" }));
    assert!(deal.text().contains(r#""url":"\/crm\/deal\/details\/1663\/""#));
}

#[test]
fn the_xml_form_cannot_tell_null_from_nothing() {
    let portal = portal();
    let found = portal.call("im.chat.get.xml", &deal());
    assert_eq!(found.header("content-type"), Some("text/xml; charset=utf-8"));
    assert!(found.text().starts_with("<response><result><ID>1437</ID></result><time><start>"), "{}", found.text());
    let absent = portal.call("im.chat.get.xml", &pair("CRM", "DEAL|0"));
    assert!(absent.text().starts_with("<response><result></result><time>"));
    let error = portal.play("badcode", "im.chat.get.xml", &deal());
    assert_eq!(error.status, 401);
    assert!(error.text().starts_with("<response><error>INVALID_CREDENTIALS</error>"));
}

#[test]
fn a_cloud_reply_carries_the_headers_of_the_cloud() {
    let portal = portal();
    let reply = portal.call("im.chat.get", &deal());
    assert_eq!(reply.header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert_eq!(reply.header("access-control-allow-headers"), Some("origin, content-type, accept"));
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    assert!(reply.header("x-powered-cms").unwrap().starts_with("Bitrix Site Manager ("));
    assert_eq!(reply.header("x-bitrix24-user"), Some("1"));
    for name in ["x-bitrix-ri", "x-bitrix-lb", "server-timing", "x-bitrix24-date", "date"] {
        assert!(reply.header(name).is_some(), "{name}");
    }
    let spent = reply.header("x-bitrix-rest-time").unwrap();
    assert_eq!(spent.split_once('.').unwrap().1.len(), 10, "{spent}");
    let cookies: Vec<_> =
        reply.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value).collect();
    assert!(cookies.iter().any(|cookie| cookie.starts_with("PHPSESSID=")));
    assert!(cookies.iter().any(|cookie| cookie.starts_with("qmb=")));
    assert_eq!(reply.header("x-bitrix-rest-application"), None);
    assert_eq!(reply.header("retry-after"), None);
}

#[test]
fn the_application_is_named_to_apps_only() {
    let portal = portal();
    let mut body = deal();
    body["auth"] = json!(portal.access_token());
    let reply = portal.send(&post("/rest/im.chat.get", &body));
    assert_eq!(reply.header("x-bitrix-rest-application"), Some(portal.client_id()));
}

#[test]
fn a_self_hosted_reply_has_none_of_the_clouds_headers() {
    let portal = portal();
    let reply = portal.play("timeselfhosted", "im.chat.get", &deal());
    assert!(reply.headers.iter().all(|(name, value)| !name.starts_with("x-bitrix") && !value.starts_with("qmb")));
    assert!(reply.header("x-powered-cms").is_some());
    let license = portal.play("timeselfhosted", "app.info", &json!({})).json()["result"]["LICENSE"].clone();
    assert_eq!(license, "de_selfhosted");
}

#[test]
fn only_gzip_is_spoken_and_only_when_offered() {
    let portal = portal();
    let path = portal.path("im.chat.get");
    let packed = portal.send(&post(&path, &deal()).header("Accept-Encoding", "br, gzip"));
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    let mut text = String::new();
    GzDecoder::new(packed.body.as_slice()).read_to_string(&mut text).unwrap();
    assert!(text.starts_with(r#"{"result":{"ID":1437},"time":{"#));
    let plain = portal.send(&post(&path, &deal()).header("Accept-Encoding", "br, zstd"));
    assert_eq!(plain.header("content-encoding"), None);
    assert_eq!(plain.json()["result"]["ID"], 1437);
}

#[test]
fn the_key_error_comes_in_every_type() {
    let portal = portal();
    let body = |code: &str| {
        let reply = portal.play(code, "im.chat.get", &deal());
        (reply.status, reply.json())
    };
    let (status, numeric) = body("numericerror");
    assert_eq!((status, &numeric["error"]), (400, &json!(100)));
    let (status, empty) = body("emptyerror");
    assert_eq!((status, empty), (400, json!({ "error": "", "error_description": "Not found" })));
    let (status, object) = body("objecterror");
    assert_eq!((status, &object["error"]["message"]), (401, &json!("Access denied")));
    assert_eq!(object["error"]["code"], "BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION");
    let (status, soft) = body("error200");
    assert_eq!((status, keys(&soft)), (200, vec!["error", "error_description"]));
}

#[test]
fn shapes_that_a_reader_must_expect() {
    let portal = portal();
    assert_eq!(portal.play("stringid", "im.chat.get", &deal()).json()["result"], json!({ "ID": "1437" }));
    let more = portal.play("unknownkeys", "im.chat.get", &deal()).json();
    assert!(more["error_information"].is_string() && more["time"]["queue"].is_object());
    assert_eq!(more["result"]["ID"], 1437);
}

#[test]
fn a_skewed_clock_shows_in_everything_that_tells_the_time() {
    let portal = portal();
    let start = |code: &str| {
        let reply = portal.play(code, "server.time", &json!({}));
        (reply.json()["time"]["start"].as_f64().unwrap(), reply.header("date").unwrap().to_owned())
    };
    let (right, right_date) = start("healthy");
    let (skewed, skewed_date) = start("skewed");
    assert!((299.0..330.0).contains(&(skewed - right)));
    assert_ne!(right_date, skewed_date);
}
