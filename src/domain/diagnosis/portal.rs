//! The rung `bitrix24`: whether what answers is a portal's REST interface. It is asked for the time
//! without a credential; a portal says `NO_AUTH_FOUND`, and everything else says something too
//! (protocol.md, 7 and 8).

use url::Url;

use super::{Finding, Rung, Wrong};
use crate::domain::error_code;
use crate::domain::failure::Failure;
use crate::domain::language::Phrase;
use crate::domain::pasted::cloud;
use crate::domain::profile::Profile;
use crate::domain::reply::{ApiError, Parts, Said, Unreadable, said};

/// The header that every page of Bitrix's own program bears (protocol.md, 2.4).
const FINGERPRINT: &str = "x-powered-cms";

/// What became of the request without a credential.
#[derive(Clone, Copy, Debug)]
pub enum Contact<'a> {
    /// Redirects are not followed: they are told.
    Reply(&'a Parts),
    None(&'a Failure),
}

/// Whether it is a portal.
pub fn bitrix24(profile: &Profile, contact: Contact<'_>) -> Finding {
    let parts = match contact {
        Contact::Reply(parts) => parts,
        Contact::None(failure) => return Finding::fail(Rung::Bitrix24, &Wrong::NoReply(failure), failure.words()),
    };
    if let Some(to) = redirect(profile, parts) {
        return redirected(profile, &to);
    }
    match said(parts).0 {
        Said::Refused(error) => refused(&error, parts),
        Said::Result(_) if is_marked(parts) => Finding::unknown(
            Rung::Bitrix24,
            (
                "a portal answers, and asks for no credential, which none should",
                "портал отвечает и не требует ни вебхука, ни токена, а так быть не должно",
            ),
        ),
        Said::Result(_) => not_bitrix24("JSON that no portal sends", "JSON, какого порталы не присылают"),
        Said::Unreadable(page) => no_answer(&page, parts),
    }
}

/// A portal on plain http that sends everybody to https: then the scheme of the address is what is wrong.
pub fn sends_to_https(profile: &Profile, parts: &Parts) -> Option<Finding> {
    let root = profile.root.url();
    let to = redirect(profile, parts)?;
    let is_same = to.host_str() == root.host_str() && root.scheme() == "http" && to.scheme() == "https";
    is_same.then(|| {
        let host = profile.root.host();
        let found = (format!("{host} sends to https"), format!("{host} перенаправляет на https"));
        Finding::fail(Rung::Tls, &Wrong::Own("https_only"), found)
    })
}

fn refused(error: &ApiError, parts: &Parts) -> Finding {
    let code = error.code.trim();
    match code.to_ascii_uppercase().as_str() {
        "NO_AUTH_FOUND" => Finding::pass(
            Rung::Bitrix24,
            ("REST answers without credentials as a portal should", "без вебхука REST отвечает так, как должен портал"),
        ),
        "PORTAL_DELETED" => Finding::fail(Rung::Bitrix24, &Wrong::Code(error), told(error, parts.status)),
        "QUERY_LIMIT_EXCEEDED" => Finding::pass(
            Rung::Bitrix24,
            ("REST answers; its limit of requests is reached", "REST отвечает; лимит запросов исчерпан"),
        ),
        // Nobody but a portal sends its codes; what they mean is found out with the credential.
        _ if is_marked(parts) || error_code::is_known(code) && !code.is_empty() => {
            let told = told(error, parts.status);
            Finding::pass(Rung::Bitrix24, (format!("REST answers: {told}"), format!("REST отвечает: {told}")))
        }
        _ => {
            let told = told(error, parts.status);
            not_bitrix24(
                &format!("an error that no portal sends: {told}"),
                &format!("ошибка, какой порталы не присылают: {told}"),
            )
        }
    }
}

fn no_answer(page: &Unreadable, parts: &Parts) -> Finding {
    let whose = if is_marked(parts) {
        (", written by Bitrix itself", ", её написал сам Битрикс")
    } else {
        ("", "")
    };
    let likeness = likeness(page, parts.status);
    let found = (format!("{likeness}{}", whose.0), format!("{likeness}{}", whose.1));
    Finding::fail(Rung::Bitrix24, &Wrong::Page(page), found)
}

fn not_bitrix24(en: &str, ru: &str) -> Finding {
    Finding::fail(Rung::Bitrix24, &Wrong::Own("not_bitrix24"), (en, ru))
}

fn redirected(profile: &Profile, to: &Url) -> Finding {
    let root = profile.root.url();
    let (old, new) = (root.host_str().unwrap_or_default(), to.host_str().unwrap_or_default());
    let sent = |to: &str| (format!("sent to {to}"), format!("перенаправляет на {to}"));
    let (code, found) = if root.origin() == to.origin() {
        ("sent_to_a_page", sent(to.path()))
    } else if old == new && to.scheme() == "http" {
        ("moved_to_http", sent(&to.origin().ascii_serialization()))
    } else if is_vendors_page(to) {
        ("no_such_portal", sent(new))
    } else if cloud::is_portal(old) && cloud::is_portal(new) && to.scheme() == "https" {
        ("moved", (format!("{old} is {new} now"), format!("{old} теперь {new}")))
    } else {
        let to = to.origin().ascii_serialization();
        ("moved_elsewhere", (format!("{old} sends to {to}"), format!("{old} перенаправляет на {to}")))
    };
    Finding::fail(Rung::Bitrix24, &Wrong::Own(code), found)
}

/// The vendor's site, or its login page: where names lead that no portal has (protocol.md, 8.1).
fn is_vendors_page(to: &Url) -> bool {
    let host = to.host_str().unwrap_or_default();
    cloud::is_other_service(host) || host.starts_with("www.bitrix24.")
}

/// Where the reply sends the request; `None` where it is no redirect or names no address.
fn redirect(profile: &Profile, parts: &Parts) -> Option<Url> {
    if !matches!(parts.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let (_, location) = parts.headers.iter().find(|(name, _)| name == "location")?;
    let to = profile.root.url().join(location).ok()?;
    matches!(to.scheme(), "http" | "https").then_some(to)
}

fn is_marked(parts: &Parts) -> bool {
    parts.headers.iter().any(|(name, _)| name == FINGERPRINT)
}

/// A refusal in one line: `INVALID_CREDENTIALS (401): "Invalid request credentials"`.
pub(super) fn unjudged(why: &str) -> Phrase {
    Phrase::new(format!("cannot be judged: {why}"), format!("судить нельзя: {why}"))
}

pub(super) fn told(error: &ApiError, status: u16) -> String {
    let code = match error.code.trim() {
        "" => "an error without a code".to_owned(),
        code => code.chars().take(80).collect(),
    };
    match error.description.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) => format!("{code} ({status}): \"{}\"", words.chars().take(200).collect::<String>()),
        None => format!("{code} ({status})"),
    }
}

/// A reply that is no answer, in one line: `login page (200): Authorization`.
pub(super) fn likeness(page: &Unreadable, status: u16) -> String {
    let name = page.looks_like.code().replace('_', " ");
    let detail = page.detail.as_deref().map_or(String::new(), |detail| format!(": {detail}"));
    format!("{name} ({status}){detail}")
}
