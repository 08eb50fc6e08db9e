//! Examining profiles, with everything that must hold of every diagnosis.

use std::sync::Mutex;
use std::time::Duration;

use b24chat::demo::{self, Bucket, DemoPortal};
use b24chat::domain::address::RestRoot;
use b24chat::domain::credential::{Credential, Secret};
use b24chat::domain::diagnosis::{Diagnosis, Finding, Rung, Standing};
use b24chat::domain::profile::Profile;
use b24chat::portal::doctor;

use crate::support::client;

/// A portal whose bucket is never full.
pub async fn portal() -> DemoPortal {
    demo::start(demo::Options { bucket: Bucket::UNLIMITED, ..demo::Options::default() }).await.unwrap()
}

pub fn profile(root: &str, credential: Credential) -> Profile {
    Profile::new("test", RestRoot::from_url(root.parse().unwrap()).unwrap(), credential)
}

/// The demo portal's administrator, with a webhook of this code.
pub fn webhook(code: &str) -> Credential {
    Credential::Webhook { user: "1".into(), secret: Secret::new(code) }
}

pub fn token(text: &str) -> Credential {
    Credential::OAuth { access: Secret::new(text) }
}

pub async fn examine(profile: &Profile) -> Diagnosis {
    examine_within(profile, Duration::from_secs(20)).await
}

/// Examines, and sees to it that every rung is told once, in order, as it is in the diagnosis, with no
/// more requests than are allowed and no secret in any of it.
pub async fn examine_within(profile: &Profile, timeout: Duration) -> Diagnosis {
    let told = Mutex::new(Vec::new());
    let tells = |finding: &Finding| told.lock().unwrap().push(finding.clone());
    let diagnosis = doctor::examine(&client(), profile, doctor::Options { timeout }, &tells).await;
    assert_eq!(told.into_inner().unwrap(), diagnosis.findings);
    assert_eq!(diagnosis.findings.iter().map(|it| it.rung).collect::<Vec<_>>(), Rung::ALL);
    assert!(diagnosis.requests <= 4, "{} requests", diagnosis.requests);
    let secret = profile.credential.secret().expose();
    // The demo's codes are words and may be in a text of ours; a real one may be nowhere.
    if secret.len() >= 16 {
        assert!(!format!("{diagnosis:?}").contains(secret), "{diagnosis:#?}");
    }
    for finding in &diagnosis.findings {
        let is_broken = finding.standing == Standing::Fail;
        assert!(!finding.found.en().is_empty(), "{finding:?}");
        assert_eq!(finding.code.is_some(), is_broken, "{finding:?}");
        assert_eq!(finding.kind().is_some(), is_broken, "{finding:?}");
        if is_broken {
            assert!(
                finding.cause.is_some() && !finding.advice.is_empty() && finding.otherwise.is_some(),
                "{finding:?}"
            );
        }
    }
    diagnosis
}

pub fn finding(diagnosis: &Diagnosis, rung: Rung) -> &Finding {
    diagnosis.findings.iter().find(|finding| finding.rung == rung).unwrap()
}

/// The broken rung and its code.
pub fn broken(diagnosis: &Diagnosis) -> Option<(Rung, &str)> {
    diagnosis.broken().map(|finding| (finding.rung, finding.code.as_deref().unwrap()))
}

/// The standings, one mark for each rung.
pub fn marks(diagnosis: &Diagnosis) -> String {
    diagnosis.findings.iter().map(|finding| finding.standing.mark()).collect()
}
