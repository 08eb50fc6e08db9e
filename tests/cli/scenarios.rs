//! Every scenario of the demo portal has its outcome and its exit code.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

use serde_json::Value;

use super::support::{User, portal};

/// Scenario, exit code, outcome, error code. A chat and a missing chat have no error code.
const TABLE: &[(&str, i32, &str, Option<&str>)] = &[
    ("slow", 0, "chat", None),
    ("hang", 4, "failed", Some("timed_out")),
    ("cutoff", 4, "failed", Some("timed_out")),
    ("drip", 0, "chat", None),
    ("reset", 4, "failed", Some("closed")),
    ("close", 4, "failed", Some("closed")),
    ("closed", 5, "unreadable", Some("truncated")),
    ("truncated", 5, "unreadable", Some("truncated")),
    ("half", 5, "unreadable", Some("truncated")),
    ("empty", 5, "unreadable", Some("empty")),
    ("garbage", 5, "unreadable", Some("not_json")),
    ("huge", 5, "unreadable", Some("too_large")),
    ("endless", 5, "unreadable", Some("too_large")),
    ("bomb", 5, "unreadable", Some("too_large")),
    // The header lies and the body is right: as behind a proxy that unpacks and forgets the header.
    ("badgzip", 0, "chat", None),
    ("deep", 5, "unreadable", Some("too_deep")),
    ("bom", 0, "chat", None),
    ("badutf8", 3, "refused", Some("ERROR_CORE")),
    ("htmltype", 0, "chat", None),
    ("notype", 0, "chat", None),
    ("headers", 0, "chat", None),
    // Keeps no cookies, so it brings none.
    ("cookies", 0, "chat", None),
    ("moved", 4, "failed", Some("moved")),
    ("moved301", 4, "failed", Some("moved")),
    ("moved307", 4, "failed", Some("moved")),
    ("moved308", 4, "failed", Some("moved")),
    ("movedplain", 4, "failed", Some("moved")),
    ("movedsite", 4, "failed", Some("moved")),
    // The same host is asked again where it points, and what is there knows no such question.
    ("movedlogin", 5, "unreadable", Some("no_such_page")),
    ("movednowhere", 5, "unreadable", Some("redirect")),
    ("redirectsame", 0, "chat", None),
    ("redirect302", 0, "chat", None),
    ("redirecttwice", 0, "chat", None),
    ("redirectthrice", 4, "failed", Some("redirect_loop")),
    ("redirectloop", 4, "failed", Some("redirect_loop")),
    ("maintenance", 5, "unreadable", Some("maintenance")),
    ("gateway", 5, "unreadable", Some("gateway")),
    ("gatewaytimeout", 5, "unreadable", Some("gateway")),
    ("notfound", 5, "unreadable", Some("no_such_page")),
    ("forbidden", 5, "unreadable", Some("barred")),
    ("basicauth", 5, "unreadable", Some("barred")),
    ("login", 5, "unreadable", Some("login_page")),
    ("captive", 5, "unreadable", Some("web_page")),
    ("fatal", 5, "unreadable", Some("server_fault")),
    ("fatalempty", 5, "unreadable", Some("server_fault")),
    ("controlpage", 5, "unreadable", Some("server_fault")),
    ("echo", 5, "unreadable", Some("no_such_page")),
    ("echojson", 3, "refused", Some("ERROR_CORE")),
    ("ratelimited", 3, "refused", Some("QUERY_LIMIT_EXCEEDED")),
    // Nothing is asked again behind the user's back.
    ("ratelimitedonce", 3, "refused", Some("QUERY_LIMIT_EXCEEDED")),
    ("ratelimited200", 3, "refused", Some("QUERY_LIMIT_EXCEEDED")),
    ("operating", 3, "refused", Some("OPERATION_TIME_LIMIT")),
    ("busy", 0, "chat", None),
    ("badcode", 3, "refused", Some("INVALID_CREDENTIALS")),
    ("noauth", 3, "refused", Some("NO_AUTH_FOUND")),
    ("https", 3, "refused", Some("INVALID_REQUEST")),
    ("noscope", 3, "refused", Some("insufficient_scope")),
    ("imonly", 0, "chat", None),
    ("allscopes", 0, "chat", None),
    ("noscopes", 3, "refused", Some("insufficient_scope")),
    ("hold", 3, "refused", Some("OVERLOAD_LIMIT")),
    ("plan", 3, "refused", Some("ACCESS_DENIED")),
    ("planapp", 3, "refused", Some("ACCESS_DENIED")),
    ("dismissed", 3, "refused", Some("authorization_error")),
    ("neversignedin", 3, "refused", Some("ACCESS_DENIED")),
    ("holdandplan", 3, "refused", Some("OVERLOAD_LIMIT")),
    ("expired", 3, "refused", Some("expired_token")),
    ("invalidtoken", 3, "refused", Some("invalid_token")),
    ("authserver", 3, "refused", Some("CONNECTION_ERROR")),
    ("oautherror", 3, "refused", Some("ERROR_OAUTH")),
    ("diskquota", 3, "refused", Some("ERROR_OAUTH")),
    ("appdeleted", 3, "refused", Some("APPLICATION_NOT_FOUND")),
    ("appaccess", 3, "refused", Some("user_access_error")),
    ("notinstalled", 3, "refused", Some("NOT_INSTALLED")),
    ("payment", 3, "refused", Some("PAYMENT_REQUIRED")),
    ("licensecheck", 3, "refused", Some("verification_needed")),
    ("licensescanner", 3, "refused", Some("PORTAL_BLOCKED_BY_LICENSE_SCANNER")),
    ("session", 3, "refused", Some("access_denied")),
    // The lookup tells chats of strangers too.
    ("employee", 0, "chat", None),
    ("deleted", 3, "refused", Some("PORTAL_DELETED")),
    ("nomodule", 3, "refused", Some("ERROR_METHOD_NOT_FOUND")),
    ("nochat", 1, "no_chat", None),
    ("confirm", 3, "refused", Some("METHOD_CONFIRM_WAITING")),
    ("confirmdenied", 3, "refused", Some("METHOD_CONFIRM_DENIED")),
    ("guest", 3, "refused", Some("AUTHORIZE_ERROR")),
    ("extranet", 3, "refused", Some("allowed_only_intranet_user")),
    ("wrongauthtype", 3, "refused", Some("WRONG_AUTH_TYPE")),
    ("wronglicense", 3, "refused", Some("WRONG_LICENSE")),
    ("context", 3, "refused", Some("ACCESS_DENIED")),
    ("manifest", 3, "refused", Some("ERROR_MANIFEST_IS_NOT_AVAILABLE")),
    ("chataccess", 3, "refused", Some("ACCESS_ERROR")),
    ("errornotfound", 3, "refused", Some("ERROR_NOT_FOUND")),
    ("argument", 3, "refused", Some("ERROR_ARGUMENT")),
    ("internal", 3, "refused", Some("INTERNAL_SERVER_ERROR")),
    ("unexpected", 3, "refused", Some("ERROR_UNEXPECTED_ANSWER")),
    ("transport", 3, "refused", Some("INTERNAL_WRONG_TRANSPORT")),
    ("handlerclass", 3, "refused", Some("INTERNAL_WRONG_HANDLER_CLASS")),
    ("core", 3, "refused", Some("ERROR_CORE")),
    ("coresql", 3, "refused", Some("ERROR_CORE")),
    ("numericerror", 3, "refused", Some("100")),
    ("emptyerror", 3, "refused", Some("")),
    ("objecterror", 3, "refused", Some("BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION")),
    ("error200", 3, "refused", Some("ERROR_SOFT")),
    ("encoding", 3, "refused", Some("WRONG_ENCODING")),
    ("control", 3, "refused", Some("ERROR_CORE")),
    ("timeint", 0, "chat", None),
    ("timeselfhosted", 0, "chat", None),
    ("notime", 0, "chat", None),
    ("timetext", 0, "chat", None),
    ("stringid", 0, "chat", None),
    ("unknownkeys", 0, "chat", None),
    ("skewed", 0, "chat", None),
    ("healthy", 0, "chat", None),
];

#[test]
fn every_scenario_ends_as_documented() {
    let expected: BTreeMap<&str, _> =
        TABLE.iter().map(|(code, exit, outcome, error)| (*code, (*exit, *outcome, *error))).collect();
    let codes: Vec<&str> = b24chat::demo::scenarios().iter().map(|scenario| scenario.code).collect();
    for code in &codes {
        assert!(expected.contains_key(code), "the scenario {code} is not in the table");
    }
    assert_eq!(codes.len(), TABLE.len(), "the table has scenarios that are no more");

    let portal = portal();
    let (next, faults) = (Mutex::new(codes.iter()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                loop {
                    let Some(code) = next.lock().unwrap().next() else { return };
                    if let Some(fault) = fault(&portal.scenario(code), expected[code]) {
                        faults.lock().unwrap().push(format!("{code}: {fault}"));
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What is otherwise than expected, on standard output or in the history.
fn fault(webhook: &str, expected: (i32, &str, Option<&str>)) -> Option<String> {
    let user = User::of(webhook);
    // Only those that never end are meant to reach it.
    let patience = if expected.2 == Some("timed_out") { "1" } else { "60" };
    let ran = user.run(&["get", "CRM", "DEAL|1663", "--json", "--timeout", patience]);
    let said = ran.json();
    let kept = user.record();
    let end = |json: &Value| (json["outcome"].clone(), json["error"]["code"].clone(), json["chat_id"].clone());
    let chat = if expected.1 == "chat" { Value::from(1437) } else { Value::Null };
    let wanted = (expected.1.into(), expected.2.map_or(Value::Null, Value::from), chat);
    if ran.code != Some(expected.0) || end(&said) != wanted || end(&kept) != wanted {
        return Some(format!("exit {:?}, said {:?}, kept {:?}, {}", ran.code, end(&said), end(&kept), ran.words()));
    }
    (!ran.stderr.is_empty()).then(|| format!("--json said on standard error: {}", ran.words()))
}
