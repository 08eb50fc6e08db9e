//! The ladder as plain text, to be pasted into a ticket. It holds no secret, and it is looked through
//! for every known one before it is handed out: a report is read by strangers.

use std::time::Duration;

use jiff::Timestamp;

use super::{Diagnosis, Finding};
use crate::domain::credential::{MASK, Secret};
use crate::domain::language::Language;
use crate::domain::profile::Profile;
use crate::domain::redact::mask_text;
use crate::domain::visible;

/// What a report is about and how much of it may be seen.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    pub profile: &'a Profile,
    pub diagnosis: &'a Diagnosis,
    /// When it was made.
    pub at: Timestamp,
    /// The operating system, in a word.
    pub system: &'a str,
    /// Of meanings and advice: whoever writes the ticket has to stand by its words.
    pub language: Language,
    /// Leave out the portal's host and the names of people.
    pub hides_names: bool,
}

/// A known secret was in a report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret was in the report; it is masked in this text")]
pub struct Leak {
    /// The report without it.
    pub masked: String,
}

/// Writes the report. [`check_report`] is to look through it before anybody sees it.
pub fn report(report: &Report<'_>) -> String {
    let Report { profile, diagnosis, at, system, language, hides_names } = report;
    let mut lines = vec![
        format!("b24chat {} doctor, {}", env!("CARGO_PKG_VERSION"), at.strftime("%Y-%m-%d %H:%M:%S UTC")),
        format!("profile {}: {}, {}", profile.name, profile.root.host(), profile.credential.words()),
        verdict(diagnosis),
        String::new(),
    ];
    diagnosis.findings.iter().for_each(|finding| push(&mut lines, finding, *language));
    lines.push(String::new());
    let total = milliseconds(diagnosis.total);
    lines.push(format!("{} requests, {total} in all, on {system}", diagnosis.requests));
    let text = lines.iter().map(|line| visible::line(line).into_owned() + "\n").collect::<String>();
    if *hides_names { without_names(text, report) } else { text }
}

fn verdict(diagnosis: &Diagnosis) -> String {
    match diagnosis.broken() {
        Some(Finding { rung, code: Some(code), .. }) => format!("broken: {} ({code})", rung.name()),
        Some(finding) => format!("broken: {}", finding.rung.name()),
        None => "healthy".to_owned(),
    }
}

fn push(lines: &mut Vec<String>, finding: &Finding, language: Language) {
    let took = finding.took.map_or(String::new(), |took| format!("   [{}]", milliseconds(took)));
    lines.push(format!("{} {:11} {}{took}", finding.standing.mark(), finding.rung.name(), finding.found.get(language)));
    let more = [finding.cause.as_ref(), finding.proves.as_ref().filter(|_| finding.cause.is_some())];
    lines.extend(more.into_iter().flatten().map(|words| format!("              {}", words.get(language))));
    lines.extend(finding.advice.iter().map(|step| format!("              → {}", step.get(language))));
    lines.extend(
        finding
            .otherwise
            .iter()
            .map(|words| format!("              {}: {}", if_not_administrator(language), words.get(language))),
    );
}

/// What stands before the advice for everybody else.
pub fn if_not_administrator(language: Language) -> &'static str {
    match language {
        Language::En => "If you are not the administrator",
        Language::Ru => "Если вы не администратор",
    }
}

fn milliseconds(span: Duration) -> String {
    format!("{:.0} ms", span.as_secs_f64() * 1000.0)
}

/// The host, the profile's own name and the user's: what a ticket does not need.
fn without_names(text: String, report: &Report<'_>) -> String {
    let profile = report.profile;
    let host = profile.root.url().host_str().unwrap_or_default();
    let found = report.diagnosis.findings.iter().find(|it| it.rung == super::Rung::User).map(|it| it.found.en());
    // `Ann Admin (1), administrator`
    let seen = found.and_then(|found| found.split_once(" (")).map(|(name, _)| name);
    let hidden = [
        (Some(host), "HOST"),
        (profile.user_name.as_deref(), "USER"),
        (seen, "USER"),
        (Some(profile.name.as_str()), "PROFILE"),
    ];
    let mut text = text;
    for (name, stand_in) in hidden {
        if let Some(name) = name.filter(|name| name.chars().count() > 2) {
            text = text.replace(visible::line(name).as_ref(), stand_in);
        }
    }
    text
}

/// Looks a report through for known secrets. A report that is clean may be handed out.
///
/// # Errors
/// [`Leak`] with the masked text, where a secret was in it.
pub fn check_report<'a>(text: &str, secrets: impl IntoIterator<Item = &'a Secret>) -> Result<(), Leak> {
    let masked = secrets.into_iter().fold(text.to_owned(), |text, secret| mask_text(&text, secret));
    debug_assert!(masked == text || masked.contains(MASK));
    if masked == text { Ok(()) } else { Err(Leak { masked }) }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::super::{Rung, Wrong};
    use super::*;
    use crate::domain::address::RestRoot;
    use crate::domain::credential::Credential;

    const CANARY: &str = "canary7f3a0123bc";

    fn profile() -> Profile {
        let root = RestRoot::from_url(Url::parse("https://acme.bitrix24.com/rest/").unwrap()).unwrap();
        Profile::new("production", root, Credential::Webhook { user: "27".into(), secret: Secret::new(CANARY) })
    }

    fn diagnosis() -> Diagnosis {
        let findings = vec![
            Finding::pass(Rung::Address, "webhook of user 27, https, acme.bitrix24.com".to_owned()),
            Finding::pass(Rung::User, "Ann Admin (27), administrator".to_owned()),
            Finding::fail(Rung::Scopes, &Wrong::Own("method_unavailable"), "crm\u{1b}[2J".to_owned()),
        ];
        Diagnosis { findings, requests: 2, total: Duration::from_millis(123) }
    }

    fn text(hides_names: bool) -> String {
        in_language(Language::En, hides_names)
    }

    fn in_language(language: Language, hides_names: bool) -> String {
        let at = Timestamp::UNIX_EPOCH;
        report(&Report { profile: &profile(), diagnosis: &diagnosis(), at, system: "linux", language, hides_names })
    }

    #[test]
    fn a_report_tells_the_ladder_and_nothing_that_a_terminal_would_obey() {
        let text = text(false);
        assert!(text.starts_with(&format!("b24chat {} doctor, 1970-01-01 00:00:00 UTC\n", env!("CARGO_PKG_VERSION"))));
        assert!(text.contains("broken: scopes (method_unavailable)"), "{text}");
        assert!(text.contains("✓ user        Ann Admin (27), administrator"), "{text}");
        assert!(text.contains("crm␛[2J") && !text.contains('\u{1b}'), "{text}");
        assert!(text.contains("2 requests, 123 ms in all"), "{text}");
    }

    #[test]
    fn a_report_speaks_the_language_of_whoever_sends_it_and_keeps_the_names_of_rungs_and_codes() {
        let text = in_language(Language::Ru, false);
        assert!(text.contains("broken: scopes (method_unavailable)"), "{text}");
        assert!(text.contains("→ Приложение: переустановите его"), "{text}");
        assert!(text.contains("Если вы не администратор: "), "{text}");
    }

    #[test]
    fn names_can_be_left_out() {
        let text = text(true);
        for name in ["acme", "Ann", "production"] {
            assert!(!text.contains(name), "{name}: {text}");
        }
        assert!(text.contains("HOST") && text.contains("USER (27)"), "{text}");
    }

    #[test]
    fn a_report_with_a_secret_in_it_is_held_back_and_masked() {
        let secret = Secret::new(CANARY);
        let clean = text(false);
        assert_eq!(check_report(&clean, [&secret]), Ok(()));
        let leak = check_report(&format!("{clean}{CANARY}"), [&secret]).unwrap_err();
        assert_eq!(leak.masked, format!("{clean}****"));
    }
}
