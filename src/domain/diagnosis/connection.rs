//! The rungs from the address to TLS: whether the portal is reached, and whether in private. Each is
//! judged from what has been seen so far, so that it can be told while the request is still on its way.

use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::{Certificate, Finding, Route, Rung, Trouble, Way, Wrong};
use crate::domain::failure::{Failure, seconds};
use crate::domain::phases::Phase;
use crate::domain::profile::Profile;

/// A certificate that ends within so many days is worth a word.
const SOON: i64 = 30;

/// What is known when a rung is judged.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    pub profile: &'a Profile,
    pub route: &'a Route,
    pub way: &'a Way,
    /// Why no reply came; `None` while it may still come, and when it came.
    pub failure: Option<&'a Failure>,
    pub now: Timestamp,
}

/// The profile itself.
pub fn address(profile: &Profile) -> Finding {
    let scheme = profile.root.url().scheme();
    let found = format!("{}, {scheme}, {}", profile.whose(), profile.root.host());
    match profile.root.check_scheme(profile.connection.allow_http) {
        Ok(()) => Finding::pass(Rung::Address, found),
        Err(_) => Finding::fail(Rung::Address, &Wrong::Own("plain_http"), found),
    }
}

/// Whether the name leads anywhere.
pub fn dns(sight: Sight<'_>) -> Finding {
    let Sight { way, route, failure, .. } = sight;
    let finding = match (failure, way.addresses) {
        (Some(Failure::Dns { host, detail }), _) => {
            let found = format!("{host}: {detail}");
            failure.map_or_else(
                || Finding::unknown(Rung::Dns, ""),
                |end| Finding::fail(Rung::Dns, &Wrong::NoReply(end), found),
            )
        }
        (Some(end @ Failure::TimedOut { after, during: Phase::Dns }), _) => {
            Finding::fail(Rung::Dns, &Wrong::NoReply(end), format!("no name server answered in {}", seconds(*after)))
        }
        _ if way.is_unready => Finding::skipped(Rung::Dns, "nothing was sent"),
        (_, Some(count)) if !route.proxy_resolves => {
            Finding::pass(Rung::Dns, if count == 1 { "1 address".to_owned() } else { format!("{count} addresses") })
        }
        _ => match &route.proxy {
            Some(proxy) if route.proxy_resolves => {
                Finding::skipped(Rung::Dns, format!("the proxy looks the name up: {proxy}"))
            }
            _ => Finding::skipped(Rung::Dns, "the address is a number already"),
        },
    };
    Finding { took: way.dns, ..finding }
}

/// Whether bytes get through.
pub fn tcp(sight: Sight<'_>) -> Finding {
    let Sight { way, route, failure, .. } = sight;
    let found = |words: String| match &route.proxy {
        Some(proxy) => format!("{words}, through the proxy {proxy}"),
        None => words,
    };
    let finding = match failure {
        _ if way.reached => Finding::pass(Rung::Tcp, found("connected".to_owned())),
        _ if way.is_unready => Finding::skipped(Rung::Tcp, "nothing was sent"),
        None => Finding::unknown(Rung::Tcp, found("not connected yet".to_owned())),
        Some(end) => {
            let words = match end {
                Failure::Connect { detail, .. } | Failure::Tls { detail, .. } => detail.clone(),
                Failure::TimedOut { after, .. } => format!("no connection in {}", seconds(*after)),
                other => other.to_string(),
            };
            let wrong = match end {
                Failure::TimedOut { .. } => Wrong::NoReply(end),
                _ if route.proxy.is_some() => Wrong::Own("proxy"),
                Failure::Connect { .. } | Failure::Tls { .. } => Wrong::Own("connect"),
                other => Wrong::NoReply(other),
            };
            Finding::fail(Rung::Tcp, &wrong, found(words))
        }
    };
    Finding { took: way.tcp, ..finding }
}

/// Whether nobody reads along.
pub fn tls(sight: Sight<'_>) -> Finding {
    let Sight { profile, way, failure, .. } = sight;
    if profile.root.url().scheme() == "http" {
        return Finding::skipped(Rung::Tls, plain(profile));
    }
    let finding = if way.secured {
        secured(sight)
    } else {
        match (way.trouble, failure) {
            (_, Some(end)) if way.is_unready => Finding::fail(Rung::Tls, &Wrong::Own("tls_setup"), end.to_string()),
            (Some(trouble), _) => refused(sight, trouble),
            (None, Some(end @ Failure::TimedOut { after, .. })) => Finding::fail(
                Rung::Tls,
                &Wrong::NoReply(end),
                format!("no end of the handshake in {}", seconds(*after)),
            ),
            (None, Some(end)) => Finding::fail(Rung::Tls, &Wrong::Own("tls"), end.to_string()),
            (None, None) => Finding::unknown(Rung::Tls, "not secured yet"),
        }
    };
    Finding { took: way.tls, ..finding }
}

/// Why there is no TLS.
fn plain(profile: &Profile) -> &'static str {
    if profile.root.is_loopback() {
        "plain http, which does not leave this machine"
    } else {
        "plain http, as the profile allows: anyone on the way can read the secret"
    }
}

fn secured(sight: Sight<'_>) -> Finding {
    let certificate = sight.way.certificate.as_ref();
    let shown = certificate.map_or_else(
        || "its certificate cannot be read".to_owned(),
        |it| format!("valid until {}{}, issued by {}", day(it.until), soon(it, sight.now), it.issuer),
    );
    if sight.profile.connection.insecure_tls {
        let found =
            format!("not checked, as the profile says (insecure_tls): anyone on the way can read the secret; {shown}");
        return Finding::unknown(Rung::Tls, found);
    }
    Finding::pass(Rung::Tls, format!("{shown}, trusted by {}", sight.route.trust))
}

fn refused(sight: Sight<'_>, trouble: Trouble) -> Finding {
    let certificate = sight.way.certificate.as_ref();
    // A certificate that vouches for itself is one whose issuer nobody trusts, and more is known of it.
    let trouble = match trouble {
        Trouble::UnknownIssuer if certificate.is_some_and(|it| it.is_self_signed) => Trouble::SelfSigned,
        other => other,
    };
    let words = sight.failure.map_or_else(String::new, |end| match end {
        Failure::Tls { detail, .. } => detail.clone(),
        other => other.to_string(),
    });
    let found = match (trouble, certificate) {
        (Trouble::Expired, Some(it)) => format!("expired on {}, issued by {}", day(it.until), it.issuer),
        (Trouble::NotYetValid, Some(it)) => format!("not valid before {}, issued by {}", day(it.from), it.issuer),
        (Trouble::WrongName, Some(it)) => {
            format!("for {}, not for {}", it.names.join(", "), sight.profile.root.url().host_str().unwrap_or_default())
        }
        (Trouble::SelfSigned, Some(it)) => format!("signed by itself, for {}", it.names.join(", ")),
        (Trouble::UnknownIssuer, Some(it)) => {
            format!("issued by {}, which is not among {}", it.issuer, sight.route.trust)
        }
        _ => words,
    };
    Finding::fail(Rung::Tls, &Wrong::Own(trouble.code()), found)
}

fn soon(certificate: &Certificate, now: Timestamp) -> String {
    let days = now.until((jiff::Unit::Hour, certificate.until)).map_or(i64::MAX, |left| left.get_hours().into()) / 24;
    let ends = now.checked_add((SOON * 24).hours()).is_ok_and(|limit| certificate.until < limit);
    if ends { format!(" (in {days} days)") } else { String::new() }
}

fn day(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).date().to_string()
}
