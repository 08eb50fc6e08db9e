//! Every refusal that a credential can cause, and which part of it is wrong.

use b24chat::domain::diagnosis::Rung::{self, Credential, EndToEnd, Load, Method, Plan, Scopes, User};
use b24chat::domain::diagnosis::{Kind, Standing};

use super::examining::*;

/// The scenario of the demo portal, the rung, the code, the rungs from `credential` to `load`.
const REFUSALS: &[(&str, Rung, &str, &str)] = &[
    // Whose credential it is.
    ("badcode", Credential, "INVALID_CREDENTIALS", "✗????✓––"),
    ("nosuchcode", Credential, "INVALID_CREDENTIALS", "✗????✓––"),
    ("noauth", Credential, "NO_AUTH_FOUND", "✗????✓––"),
    ("https", Credential, "INVALID_REQUEST", "✗????✓––"),
    ("expired", Credential, "expired_token", "✗???✓✓––"),
    ("invalidtoken", Credential, "invalid_token", "✗????✓––"),
    ("authserver", Credential, "CONNECTION_ERROR", "✗????✓––"),
    ("session", Credential, "access_denied", "✗????✓––"),
    ("dismissed", User, "authorization_error", "✓✗??✓✓–✓"),
    ("neversignedin", User, "ACCESS_DENIED", "✓✗??✓✓–✓"),
    ("appaccess", User, "user_access_error", "✓✗??✓✓–✓"),
    // What it may.
    ("noscope", Scopes, "insufficient_scope", "✓✓✗?✓✓–✓"),
    ("noscopes", Scopes, "insufficient_scope", "✓✓✗?✓✓–✓"),
    ("nomodule", Method, "ERROR_METHOD_NOT_FOUND", "✓✓✓✗✓✓–✓"),
    // Whether the portal lets anybody.
    ("plan", Plan, "ACCESS_DENIED", "✓???✗✓–✓"),
    ("planapp", Plan, "ACCESS_DENIED", "✓???✗✓–✓"),
    ("appdeleted", Plan, "APPLICATION_NOT_FOUND", "✓???✗✓–✓"),
    ("oautherror", Plan, "ERROR_OAUTH", "????✗✓–✓"),
    ("diskquota", Plan, "ERROR_OAUTH", "????✗✓–✓"),
    ("notinstalled", Plan, "NOT_INSTALLED", "????✗✓–✓"),
    ("payment", Plan, "PAYMENT_REQUIRED", "????✗✓–✓"),
    ("licensecheck", Plan, "verification_needed", "????✗✓–✓"),
    ("licensescanner", Plan, "PORTAL_BLOCKED_BY_LICENSE_SCANNER", "????✗✓–✓"),
    // Whether too much was asked.
    ("hold", Load, "OVERLOAD_LIMIT", "✓????✓–✗"),
    ("holdandplan", Load, "OVERLOAD_LIMIT", "✓????✓–✗"),
    ("ratelimited", Load, "QUERY_LIMIT_EXCEEDED", "?????✓–✗"),
    ("ratelimited200", Load, "QUERY_LIMIT_EXCEEDED", "?????✓–✗"),
    ("operating", Load, "OPERATION_TIME_LIMIT", "✓✓✓✓✓✓?✗"),
    // What only the method itself says.
    ("confirm", EndToEnd, "METHOD_CONFIRM_WAITING", "✓✓✓✓✓✓✗✓"),
    ("confirmdenied", EndToEnd, "METHOD_CONFIRM_DENIED", "✓✓✓✓✓✓✗✓"),
    ("guest", EndToEnd, "AUTHORIZE_ERROR", "✓✓✓✓✓✓✗✓"),
    ("extranet", EndToEnd, "allowed_only_intranet_user", "✓✓✓✓✓✓✗✓"),
    ("wrongauthtype", EndToEnd, "WRONG_AUTH_TYPE", "✓✓✓✓✓✓✗✓"),
    ("wronglicense", EndToEnd, "WRONG_LICENSE", "✓✓✓✓✓✓✗✓"),
    ("context", EndToEnd, "ACCESS_DENIED", "✓✓✓✓✓✓✗✓"),
    ("internal", EndToEnd, "INTERNAL_SERVER_ERROR", "✓✓✓✓✓✓✗✓"),
    ("emptyerror", EndToEnd, "no_code", "✓✓✓✓✓✓✗✓"),
    ("numericerror", EndToEnd, "100", "✓✓✓✓✓✓✗✓"),
];

#[tokio::test]
async fn each_refusal_is_told_on_its_rung_and_proves_no_more_than_it_does() {
    let portal = portal().await;
    for (code, rung, name, standings) in REFUSALS {
        let diagnosis = examine(&profile(&portal.rest_root(), webhook(code))).await;
        assert_eq!(broken(&diagnosis), Some((*rung, *name)), "{code}: {diagnosis:#?}");
        assert_eq!(marks(&diagnosis), format!("✓–✓–✓{standings}"), "{code}: {diagnosis:#?}");
        assert_eq!(diagnosis.broken().unwrap().kind(), Some(Kind::Refused), "{code}");
    }
}

#[tokio::test]
async fn a_token_is_refused_on_the_same_rungs() {
    let portal = portal().await;
    // Https is asked of webhooks only, and a token that nobody knows has a code of its own.
    for (code, rung, name, _) in REFUSALS.iter().filter(|(code, ..)| !matches!(*code, "https" | "nosuchcode")) {
        let diagnosis = examine(&profile(&portal.rest_root(), token(code))).await;
        assert_eq!(broken(&diagnosis), Some((*rung, *name)), "{code}: {diagnosis:#?}");
    }
}

#[tokio::test]
async fn no_scenario_of_the_demo_portal_leads_the_doctor_astray() {
    let portal = portal().await;
    for scenario in b24chat::demo::scenarios() {
        let timeout = std::time::Duration::from_millis(700);
        // That every rung is told once and every failure explained is looked at in there.
        let by_code = examine_within(&profile(&portal.rest_root(), webhook(scenario.code)), timeout).await;
        assert_eq!(finding(&by_code, Rung::Bitrix24).standing, Standing::Pass, "{}", scenario.code);
        examine_within(&profile(&portal.wholly(scenario.code), webhook(crate::support::CANARY)), timeout).await;
    }
}

#[tokio::test]
async fn a_missing_scope_proves_that_the_secret_is_right() {
    let portal = portal().await;
    let diagnosis = examine(&profile(&portal.rest_root(), webhook("noscope"))).await;
    let scopes = finding(&diagnosis, Scopes);
    assert_eq!(scopes.found.en(), "crm, task: \"im\" is missing");
    assert!(scopes.proves.as_ref().unwrap().en().contains("secret is right"));
    assert!(scopes.advice.iter().any(|step| step.en().contains("Developer resources")));
    assert!(scopes.otherwise.as_ref().unwrap().en().contains("Ask whoever made the webhook"));
    // The lookup would only say the same again.
    assert_eq!(portal.requests(), 2);
    let none = examine(&profile(&portal.rest_root(), webhook("noscopes"))).await;
    assert_eq!(finding(&none, Scopes).found.en(), "no scopes at all: \"im\" is missing");
}

#[tokio::test]
async fn a_token_that_has_ended_is_told_as_such_and_nothing_is_refreshed() {
    let portal = portal().await;
    let diagnosis = examine(&profile(&portal.rest_root(), token(&portal.expired_access_token()))).await;
    assert_eq!(broken(&diagnosis), Some((Credential, "expired_token")));
    assert!(diagnosis.broken().unwrap().advice.iter().any(|step| step.en().contains("refresh token")));
    assert_eq!(portal.requests(), 2);
    let diagnosis = examine(&profile(&portal.rest_root(), token("nonsense-nonsense"))).await;
    assert_eq!(broken(&diagnosis), Some((Credential, "invalid_token")));
}

#[tokio::test]
async fn a_refusal_full_of_escape_sequences_is_quoted_and_not_obeyed_where_it_is_shown() {
    let portal = portal().await;
    let diagnosis = examine(&profile(&portal.rest_root(), webhook("control"))).await;
    assert_eq!(broken(&diagnosis), Some((EndToEnd, "ERROR_CORE")));
}

#[tokio::test]
async fn a_clock_that_is_minutes_off_is_told_and_the_lookup_is_tried_all_the_same() {
    let portal = portal().await;
    let diagnosis = examine(&profile(&portal.rest_root(), webhook("skewed"))).await;
    assert_eq!(broken(&diagnosis), Some((Rung::Clock, "clock_skew")));
    assert!(diagnosis.broken().unwrap().found.en().ends_with("ahead of this machine's"));
    assert_eq!(finding(&diagnosis, EndToEnd).standing, Standing::Pass);
    assert_eq!(diagnosis.broken().unwrap().kind(), Some(Kind::Machine));
}
