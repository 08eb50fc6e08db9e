//! The table of scenarios: every one is documented, alive and different from the healthy webhook.

use std::collections::BTreeMap;

use b24chat::demo::scenarios;
use serde_json::Value;

use crate::portal::{deal, portal};

/// What a lookup under a code must bring.
enum Expected {
    /// The chat of the deal.
    Chat,
    Null,
    /// Status and the text of `error`.
    Error(u16, &'static str),
    /// Status of a reply that is no JSON object.
    NoJson(u16),
    /// No reply at all.
    Broken,
    /// A test of its own, because it takes long or never ends.
    Elsewhere,
}

use Expected::{Broken, Chat, Elsewhere, Error, NoJson, Null};

#[rustfmt::skip]
const EXPECTED: &[(&str, Expected)] = &[
    ("slow", Elsewhere), ("hang", Elsewhere), ("cutoff", Elsewhere), ("drip", Elsewhere), ("endless", Elsewhere),
    ("reset", Broken), ("close", Broken),
    ("closed", NoJson(200)), ("truncated", NoJson(200)), ("half", NoJson(200)), ("empty", NoJson(200)),
    ("garbage", NoJson(200)), ("bomb", NoJson(200)), ("deep", NoJson(200)), ("bom", NoJson(200)),
    ("badutf8", NoJson(200)),
    ("badgzip", Chat), ("huge", Chat), ("htmltype", Chat), ("notype", Chat), ("headers", Chat), ("cookies", Chat),
    ("moved", NoJson(302)), ("moved301", NoJson(301)), ("moved307", NoJson(307)), ("moved308", NoJson(308)),
    ("movedplain", NoJson(302)), ("movedsite", NoJson(302)), ("movedlogin", NoJson(302)),
    ("movednowhere", NoJson(302)), ("redirectsame", NoJson(307)), ("redirect302", NoJson(302)),
    ("redirecttwice", NoJson(308)), ("redirectthrice", NoJson(302)), ("redirectloop", NoJson(302)),
    ("maintenance", NoJson(503)), ("gateway", NoJson(502)), ("gatewaytimeout", NoJson(504)),
    ("notfound", NoJson(404)), ("forbidden", NoJson(403)), ("basicauth", NoJson(401)), ("login", NoJson(200)),
    ("captive", NoJson(200)), ("fatal", NoJson(500)), ("fatalempty", NoJson(500)), ("controlpage", NoJson(500)),
    ("echo", NoJson(404)), ("echojson", Error(400, "ERROR_CORE")),
    ("ratelimited", Error(503, "QUERY_LIMIT_EXCEEDED")), ("ratelimitedonce", Error(503, "QUERY_LIMIT_EXCEEDED")),
    ("ratelimited200", Error(200, "QUERY_LIMIT_EXCEEDED")), ("operating", Error(429, "OPERATION_TIME_LIMIT")),
    ("busy", Chat),
    ("badcode", Error(401, "INVALID_CREDENTIALS")), ("noauth", Error(401, "NO_AUTH_FOUND")),
    ("https", Error(401, "INVALID_REQUEST")), ("noscope", Error(401, "insufficient_scope")),
    ("imonly", Chat), ("allscopes", Chat), ("noscopes", Error(401, "insufficient_scope")), ("hold", Error(401, "OVERLOAD_LIMIT")),
    ("plan", Error(401, "ACCESS_DENIED")), ("planapp", Error(401, "ACCESS_DENIED")),
    ("dismissed", Error(401, "authorization_error")), ("neversignedin", Error(401, "ACCESS_DENIED")),
    ("holdandplan", Error(401, "OVERLOAD_LIMIT")), ("expired", Error(401, "expired_token")),
    ("invalidtoken", Error(401, "invalid_token")), ("authserver", Error(401, "CONNECTION_ERROR")),
    ("oautherror", Error(401, "ERROR_OAUTH")), ("diskquota", Error(401, "ERROR_OAUTH")),
    ("appdeleted", Error(401, "APPLICATION_NOT_FOUND")), ("appaccess", Error(401, "user_access_error")),
    ("notinstalled", Error(401, "NOT_INSTALLED")), ("payment", Error(401, "PAYMENT_REQUIRED")),
    ("licensecheck", Error(401, "verification_needed")),
    ("licensescanner", Error(401, "PORTAL_BLOCKED_BY_LICENSE_SCANNER")), ("session", Error(401, "access_denied")),
    ("employee", Chat), ("deleted", Error(403, "PORTAL_DELETED")),
    ("nomodule", Error(404, "ERROR_METHOD_NOT_FOUND")), ("nochat", Null),
    ("confirm", Error(401, "METHOD_CONFIRM_WAITING")), ("confirmdenied", Error(403, "METHOD_CONFIRM_DENIED")),
    ("guest", Error(403, "AUTHORIZE_ERROR")), ("extranet", Error(403, "allowed_only_intranet_user")),
    ("wrongauthtype", Error(403, "WRONG_AUTH_TYPE")), ("wronglicense", Error(403, "WRONG_LICENSE")),
    ("context", Error(403, "ACCESS_DENIED")), ("manifest", Error(404, "ERROR_MANIFEST_IS_NOT_AVAILABLE")),
    ("chataccess", Error(400, "ACCESS_ERROR")), ("errornotfound", Error(400, "ERROR_NOT_FOUND")),
    ("argument", Error(400, "ERROR_ARGUMENT")), ("internal", Error(500, "INTERNAL_SERVER_ERROR")),
    ("unexpected", Error(500, "ERROR_UNEXPECTED_ANSWER")), ("transport", Error(500, "INTERNAL_WRONG_TRANSPORT")),
    ("handlerclass", Error(500, "INTERNAL_WRONG_HANDLER_CLASS")), ("core", Error(400, "ERROR_CORE")),
    ("coresql", Error(500, "ERROR_CORE")), ("numericerror", Error(400, "100")), ("emptyerror", Error(400, "")),
    ("objecterror", Error(401, "BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION")),
    ("error200", Error(200, "ERROR_SOFT")), ("encoding", Error(200, "WRONG_ENCODING")),
    ("control", Error(400, "ERROR_CORE")),
    ("timeint", Chat), ("timeselfhosted", Chat), ("notime", Chat), ("timetext", Chat), ("stringid", Chat),
    ("unknownkeys", Chat), ("skewed", Chat), ("healthy", Chat),
];

#[test]
fn every_scenario_does_what_it_says_and_none_is_left_out() {
    let portal = portal();
    let mut expected: BTreeMap<&str, &Expected> = EXPECTED.iter().map(|(code, expected)| (*code, expected)).collect();
    for scenario in scenarios() {
        let code = scenario.code;
        let expected = expected.remove(code).unwrap_or_else(|| panic!("{code} has no expectation here"));
        if matches!(expected, Elsewhere) {
            continue;
        }
        let reply = crate::http::post(crate::portal::under(code, "im.chat.get"), &deal()).send(portal.to());
        let Ok(reply) = reply else {
            assert!(matches!(expected, Broken), "{code}: {reply:?}");
            continue;
        };
        let json = serde_json::from_slice::<Value>(&reply.body);
        match expected {
            Chat => assert!(matches!(&json.unwrap()["result"]["ID"], id if *id == 1437 || *id == "1437"), "{code}"),
            Null => assert_eq!(json.unwrap().get("result"), Some(&Value::Null), "{code}"),
            Error(status, error) => {
                let body = json.unwrap();
                let found = match &body["error"] {
                    Value::String(text) => text.clone(),
                    Value::Object(object) => object["code"].as_str().unwrap().to_owned(),
                    other => other.to_string(),
                };
                assert_eq!((reply.status, found.as_str()), (*status, *error), "{code}");
                assert!(body.get("time").is_none(), "{code}");
            }
            NoJson(status) => {
                assert_eq!(reply.status, *status, "{code}");
                assert!(json.is_err(), "{code}");
            }
            Broken | Elsewhere => panic!("{code} has been answered: {reply:?}"),
        }
    }
    assert!(expected.is_empty(), "these are no scenarios: {:?}", expected.keys());
}

#[test]
fn every_scenario_is_documented_in_one_line() {
    for scenario in scenarios() {
        assert!(
            scenario.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()),
            "{}",
            scenario.code
        );
        assert!((5..=90).contains(&scenario.what.chars().count()), "{}: {}", scenario.code, scenario.what);
        assert!(!scenario.what.contains('\n'));
        assert_eq!(scenarios().iter().filter(|other| other.code == scenario.code).count(), 1, "{}", scenario.code);
    }
}

#[test]
fn the_healthy_code_looks_like_a_generated_one_and_is_no_scenario() {
    let portal = portal();
    let code = portal.webhook_code();
    assert!(code.len() == 16 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
    assert!(scenarios().iter().all(|scenario| scenario.code != code));
    assert_eq!(portal.webhook(), format!("{}1/{code}/", portal.rest_root()));
    assert!(portal.rest_root().starts_with("http://127.0.0.1:"));
}
