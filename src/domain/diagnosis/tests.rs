//! Judging without a network: facts in, findings out.

use std::time::Duration;

use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::domain::address::RestRoot;
use crate::domain::credential::{Credential, Secret};
use crate::domain::failure::Failure;
use crate::domain::phases::{Phase, Phases};
use crate::domain::profile::Profile;
use crate::domain::reply::Parts;

fn profile(root: &str) -> Profile {
    let root = RestRoot::from_url(Url::parse(root).unwrap()).unwrap();
    Profile::new("acme", root, Credential::Webhook { user: "27".into(), secret: Secret::new("canary0123456789") })
}

fn acme() -> Profile {
    profile("https://acme.bitrix24.com/rest/")
}

fn parts(status: u16, headers: &[(&str, &str)], body: &str) -> Parts {
    Parts {
        status,
        version: "HTTP/1.1".into(),
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: body.into(),
        cut: None,
        phases: Phases::default(),
    }
}

fn time(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// A batch's findings, asked and answered around noon.
fn judged(results: Value, headers: &[(&str, &str)]) -> Vec<Finding> {
    let body = json!({ "result": { "result": results, "result_error": [], "result_time": [] } });
    let parts = parts(200, headers, &body.to_string());
    let answers = Answers { end: Ok(&parts), sent: time("2026-09-10T12:00:00Z"), ended: time("2026-09-10T12:00:02Z") };
    judge_batch(&acme(), answers)
}

fn healthy() -> Value {
    json!({
        "profile": { "ID": "27", "ADMIN": false, "NAME": "Ann", "LAST_NAME": "Lee" },
        "scope": ["im"],
        "method": { "isExisting": true, "isAvailable": true },
        "app": { "SCOPE": ["im"], "LICENSE": "de_pro100" },
        "time": "2026-09-10T14:00:01+02:00",
    })
}

/// The finding of a rung when one answer of a healthy batch is another one.
fn with(key: &str, answer: Value, rung: Rung) -> Finding {
    let mut results = healthy();
    results[key] = answer;
    judged(results, &[]).into_iter().find(|finding| finding.rung == rung).unwrap()
}

#[test]
fn a_healthy_batch_passes_from_the_credential_to_the_clock() {
    let findings = judged(healthy(), &[]);
    assert!(findings.iter().all(|finding| finding.standing == Standing::Pass), "{findings:#?}");
    let rungs: Vec<Rung> = findings.iter().map(|finding| finding.rung).collect();
    assert_eq!(rungs, [Rung::Credential, Rung::User, Rung::Scopes, Rung::Method, Rung::Plan, Rung::Clock]);
    assert_eq!(findings[2].found.en(), "im, and nothing more than is needed");
}

#[test]
fn whose_credential_it_is_may_be_nobody_or_somebody_else() {
    for nobody in [json!([]), json!(null), json!(false)] {
        assert_eq!(with("profile", nobody, Rung::User).code.as_deref(), Some("inactive_user"));
    }
    let other = with("profile", json!({ "ID": 1, "ADMIN": true, "NAME": "", "LAST_NAME": "" }), Rung::User);
    assert_eq!((other.standing, other.found.en()), (Standing::Pass, "user 1, administrator; the address says 27"));
    assert_eq!(with("profile", json!("odd"), Rung::User).standing, Standing::Unknown);
}

#[test]
fn the_state_of_an_app_is_judged_by_whom_it_keeps_out() {
    let app = |installed: bool, expired: &str| json!({ "LICENSE": "de_pro100", "INSTALLED": installed, "PAYMENT_EXPIRED": expired });
    assert_eq!(with("app", app(true, "N"), Rung::Plan).standing, Standing::Pass);
    assert_eq!(with("app", app(false, "N"), Rung::Plan).code.as_deref(), Some("app_not_finished"));
    assert_eq!(with("app", app(true, "Y"), Rung::Plan).code.as_deref(), Some("payment_expired"));
    let mut results = healthy();
    results["app"] = app(false, "N");
    results["profile"]["ADMIN"] = json!(true);
    assert_eq!(judged(results, &[])[4].standing, Standing::Pass);
}

#[test]
fn what_the_portal_does_not_answer_is_unknown_and_no_failure() {
    for (key, rung) in [("profile", Rung::User), ("scope", Rung::Scopes), ("method", Rung::Method)] {
        let mut results = healthy();
        results.as_object_mut().unwrap().remove(key);
        let finding = judged(results, &[]).into_iter().find(|finding| finding.rung == rung).unwrap();
        assert_eq!(finding.standing, Standing::Unknown, "{key}");
    }
    // Some servers answer app.info to apps only; nobody is at fault then.
    assert_eq!(with("app", json!(null), Rung::Plan).standing, Standing::Pass);
}

#[test]
fn clocks_are_compared_with_the_whole_time_that_the_request_took() {
    for (told, found) in [
        ("2026-09-10T12:00:00Z", "less than a second apart"),
        ("2026-09-10T12:00:02Z", "less than a second apart"),
        ("2026-09-10T11:59:59Z", "less than a second apart"),
        ("2026-09-10T12:00:32Z", "the portal's is 30 s ahead of this machine's"),
        ("2026-09-10T11:59:09Z", "the portal's is 50 s behind this machine's"),
    ] {
        let finding = with("time", json!(told), Rung::Clock);
        assert_eq!((finding.standing, finding.found.en()), (Standing::Pass, found), "{told}");
    }
    for far in ["2026-09-10T12:01:02Z", "2026-09-10T11:58:59Z"] {
        assert_eq!(with("time", json!(far), Rung::Clock).code.as_deref(), Some("clock_skew"), "{far}");
    }
    let mut results = healthy();
    results["time"] = json!("odd");
    let by_header = judged(results.clone(), &[("date", "Thu, 10 Sep 2026 12:05:02 GMT")]);
    assert_eq!(by_header[5].found.en(), "the portal's is 300 s ahead of this machine's");
    assert_eq!(judged(results, &[])[5].standing, Standing::Unknown);
}

#[test]
fn a_renamed_cloud_portal_is_expected_and_any_other_move_is_a_warning() {
    let moved = |root: &str, to: &str| {
        let parts = parts(302, &[("location", to)], "");
        let finding = bitrix24(&profile(root), Contact::Reply(&parts));
        (finding.code.unwrap(), finding.found.en().to_owned())
    };
    let acme = "https://acme.bitrix24.com/rest/";
    assert_eq!(
        moved(acme, "https://acme-gmbh.bitrix24.de/rest/server.time.json"),
        ("moved".into(), "acme.bitrix24.com is acme-gmbh.bitrix24.de now".into())
    );
    for elsewhere in ["https://crm.acme.example/rest/", "http://acme-gmbh.bitrix24.de/", "https://b24.evil.example/"] {
        assert_eq!(moved(acme, elsewhere).0, "moved_elsewhere", "{elsewhere}");
    }
    assert_eq!(moved("https://crm.acme.example/rest/", "https://acme.bitrix24.com/").0, "moved_elsewhere");
    for site in ["https://www.bitrix24.com/", "https://www.bitrix24.de/auth/", "https://bitrix24.net/oauth/"] {
        assert_eq!(moved(acme, site).0, "no_such_portal", "{site}");
    }
    assert_eq!(moved(acme, "/auth/?backurl=%2F").0, "sent_to_a_page");
    assert_eq!(moved(acme, "http://acme.bitrix24.com/rest/").0, "moved_to_http");
}

#[test]
fn what_answers_is_a_portal_by_its_codes_or_by_its_mark() {
    let judged = |status: u16, headers: &[(&str, &str)], body: &str| {
        let parts = parts(status, headers, body);
        let finding = bitrix24(&acme(), Contact::Reply(&parts));
        (finding.standing, finding.code)
    };
    let mark = [("x-powered-cms", "Bitrix Site Manager (0c1e)")];
    let refusal = |code: &str| json!({ "error": code, "error_description": "x" }).to_string();
    assert_eq!(judged(401, &[], &refusal("NO_AUTH_FOUND")), (Standing::Pass, None));
    assert_eq!(judged(503, &[], &refusal("QUERY_LIMIT_EXCEEDED")), (Standing::Pass, None));
    assert_eq!(judged(401, &mark, &refusal("SOMETHING_NEW")), (Standing::Pass, None));
    assert_eq!(judged(401, &[], &refusal("SOMETHING_ELSE")), (Standing::Fail, Some("not_bitrix24".into())));
    assert_eq!(judged(401, &[], &refusal("")), (Standing::Fail, Some("not_bitrix24".into())));
    assert_eq!(judged(200, &mark, r#"{"result":"2026-09-10T12:00:00Z"}"#), (Standing::Unknown, None));
    assert_eq!(judged(200, &[], r#"{"result":1}"#), (Standing::Fail, Some("not_bitrix24".into())));
}

#[test]
fn a_certificate_that_ends_soon_is_told_with_its_days() {
    let now = time("2026-09-10T12:00:00Z");
    let found = |until: &str| {
        let certificate = Certificate {
            names: vec!["acme.bitrix24.com".into()],
            issuer: "An Authority".into(),
            is_self_signed: false,
            from: time("2026-01-01T00:00:00Z"),
            until: time(until),
        };
        let way = Way { reached: true, secured: true, certificate: Some(certificate), ..Way::default() };
        let route = Route { trust: "this system's authorities".into(), ..Route::default() };
        tls(Sight { profile: &acme(), route: &route, way: &way, failure: None, now }).found.en().to_owned()
    };
    assert_eq!(
        found("2027-02-11T00:00:00Z"),
        "valid until 2027-02-11, issued by An Authority, trusted by this system's authorities"
    );
    assert!(found("2026-09-20T00:00:00Z").starts_with("valid until 2026-09-20 (in 9 days), "));
}

#[test]
fn a_silence_is_told_on_the_rung_on_which_it_fell() {
    let acme = acme();
    let route = Route::default();
    let now = time("2026-09-10T12:00:00Z");
    let silence = |during| Failure::TimedOut { after: Duration::from_secs(10), during };
    let judged = |way: &Way, failure: &Failure| {
        let sight = Sight { profile: &acme, route: &route, way, failure: Some(failure), now };
        [dns(sight), tcp(sight), tls(sight)].into_iter().find(|it| it.standing == Standing::Fail).unwrap()
    };
    let nothing = Way::default();
    let named = Way { addresses: Some(2), ..Way::default() };
    let reached = Way { reached: true, ..named.clone() };
    for (way, phase, rung) in
        [(&nothing, Phase::Dns, Rung::Dns), (&named, Phase::Connect, Rung::Tcp), (&reached, Phase::Connect, Rung::Tls)]
    {
        let finding = judged(way, &silence(phase));
        assert_eq!((finding.rung, finding.code.as_deref()), (rung, Some("timed_out")));
    }
}
