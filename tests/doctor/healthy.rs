//! A portal on which nothing is wrong.

use std::time::Duration;

use b24chat::domain::diagnosis::{Rung, Standing};

use super::examining::*;

#[tokio::test]
async fn a_healthy_portal_takes_three_requests_and_every_rung_holds() {
    let portal = portal().await;
    let diagnosis = examine(&profile(&portal.rest_root(), webhook(portal.webhook_code()))).await;
    assert!(diagnosis.is_healthy(), "{diagnosis:#?}");
    assert_eq!((portal.requests(), diagnosis.requests), (3, 3));
    // A numeric address needs no name server, and plain http to this machine no TLS.
    assert_eq!(marks(&diagnosis), "✓–✓–✓✓✓✓✓✓✓✓✓");
    let found = |rung| finding(&diagnosis, rung).found.en();
    assert_eq!(found(Rung::User), "Ann Admin (1), administrator");
    assert_eq!(found(Rung::Scopes), "im; more than is needed: user_brief, crm, task");
    assert_eq!(found(Rung::Plan), "de_pro100");
    assert_eq!(found(Rung::Load), "operating 0.0 of 480 s; 3 of 50 requests, 2 more each second");
}

#[tokio::test]
async fn a_healthy_app_is_told_to_be_installed() {
    let portal = portal().await;
    let diagnosis = examine(&profile(&portal.rest_root(), token(&portal.access_token()))).await;
    assert!(diagnosis.is_healthy(), "{diagnosis:#?}");
    assert_eq!(finding(&diagnosis, Rung::Plan).found.en(), "de_pro100; the app is installed");
    assert_eq!(portal.requests(), 3);
}

#[tokio::test]
async fn what_is_unusual_and_right_is_no_failure() {
    let portal = portal().await;
    for code in ["employee", "timeint", "timeselfhosted", "notime", "timetext", "stringid", "unknownkeys", "nochat"]
        .into_iter()
        .chain(["healthy", "htmltype", "notype", "headers", "bom", "cookies", "redirectsame"])
    {
        let diagnosis = examine(&profile(&portal.rest_root(), webhook(code))).await;
        assert!(diagnosis.is_healthy(), "{code}: {diagnosis:#?}");
        assert_eq!(finding(&diagnosis, Rung::EndToEnd).standing, Standing::Pass, "{code}");
    }
    let employee = examine(&profile(&portal.rest_root(), webhook("employee"))).await;
    let found = finding(&employee, Rung::User).found.en();
    assert!(found.contains("(27), no administrator, and none is needed; the address says 1"), "{found}");
    let own = examine(&profile(&portal.rest_root(), webhook("timeselfhosted"))).await;
    assert_eq!(finding(&own, Rung::Plan).found.en(), "de_selfhosted, self-hosted");
    assert!(finding(&own, Rung::Load).found.en().starts_with("the portal keeps no account of operating time"));
}

#[tokio::test]
async fn it_takes_little_longer_than_its_requests() {
    let portal = portal().await;
    let profile = profile(&portal.rest_root(), webhook(portal.webhook_code()));
    let mut least = Duration::MAX;
    // The machine may be busy with something else; what the doctor itself needs is the least of a few.
    for _ in 0..5 {
        let diagnosis = examine(&profile).await;
        let requests: Duration = diagnosis.findings.iter().filter_map(|finding| finding.took).sum();
        least = least.min(diagnosis.total.saturating_sub(requests));
    }
    assert!(least < Duration::from_millis(50), "{least:?}");
}

#[tokio::test]
async fn a_name_is_looked_up_and_its_addresses_are_counted() {
    let portal = portal().await;
    let root = format!("http://localhost:{}/rest/", portal.address().port());
    let diagnosis = examine(&profile(&root, webhook(portal.webhook_code()))).await;
    assert!(diagnosis.is_healthy());
    assert_eq!(finding(&diagnosis, Rung::Dns).found.en(), "2 addresses");
    assert!(finding(&diagnosis, Rung::Dns).took.is_some());
}
