//! The rungs from the address to TLS: whether the portal is reached, and whether in private. Each is
//! judged from what has been seen so far, so that it can be told while the request is still on its way.

use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::{Certificate, Finding, Route, Rung, Trouble, Way, Wrong};
use crate::domain::failure::{Failure, seconds};
use crate::domain::language::{Language, Phrase};
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
        (Some(end @ Failure::Dns { host, detail }), _) => {
            Finding::fail(Rung::Dns, &Wrong::NoReply(end), format!("{host}: {detail}"))
        }
        (Some(end @ Failure::TimedOut { after, during: Phase::Dns }), _) => {
            Finding::fail(Rung::Dns, &Wrong::NoReply(end), {
                let after = seconds(*after);
                (
                    format!("no name server answered in {after}"),
                    format!("DNS-сервер не ответил за {}", after.replace(" s", " с")),
                )
            })
        }
        _ if way.is_unready => Finding::skipped(Rung::Dns, NOTHING_SENT),
        (_, Some(count)) if !route.proxy_resolves => Finding::pass(
            Rung::Dns,
            (
                if count == 1 { "1 address".to_owned() } else { format!("{count} addresses") },
                format!("адресов: {count}"),
            ),
        ),
        _ => match &route.proxy {
            Some(proxy) if route.proxy_resolves => Finding::skipped(
                Rung::Dns,
                (format!("the proxy looks the name up: {proxy}"), format!("имя ищет прокси: {proxy}")),
            ),
            _ => Finding::skipped(Rung::Dns, ("the address is a number already", "в адресе уже число")),
        },
    };
    Finding { took: way.dns, ..finding }
}

/// Whether bytes get through.
pub fn tcp(sight: Sight<'_>) -> Finding {
    let Sight { way, route, failure, .. } = sight;
    let found = |words: Phrase| match &route.proxy {
        Some(proxy) => Phrase::new(
            format!("{}, through the proxy {proxy}", words.en()),
            format!("{}, через прокси {proxy}", words.get(Language::Ru)),
        ),
        None => words,
    };
    let finding = match failure {
        _ if way.reached => Finding::pass(Rung::Tcp, found(("connected", "есть соединение").into())),
        _ if way.is_unready => Finding::skipped(Rung::Tcp, NOTHING_SENT),
        None => Finding::unknown(Rung::Tcp, found(("not connected yet", "соединения ещё нет").into())),
        Some(end) => {
            let words = match end {
                Failure::Connect { detail, .. } | Failure::Tls { detail, .. } => Phrase::same(detail),
                Failure::TimedOut { after, .. } => {
                    let after = seconds(*after);
                    let ru = format!("соединения нет за {}", after.replace(" s", " с"));
                    Phrase::new(format!("no connection in {after}"), ru)
                }
                other => other.words(),
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
            (_, Some(end)) if way.is_unready => Finding::fail(Rung::Tls, &Wrong::Own("tls_setup"), end.words()),
            (Some(trouble), _) => refused(sight, trouble),
            (None, Some(end @ Failure::TimedOut { after, .. })) => Finding::fail(Rung::Tls, &Wrong::NoReply(end), {
                let after = seconds(*after);
                let ru = format!("рукопожатие TLS не закончилось за {}", after.replace(" s", " с"));
                (format!("no end of the handshake in {after}"), ru)
            }),
            (None, Some(end)) => Finding::fail(Rung::Tls, &Wrong::Own("tls"), end.words()),
            (None, None) => Finding::unknown(Rung::Tls, ("not secured yet", "ещё не защищено")),
        }
    };
    Finding { took: way.tls, ..finding }
}

/// Why there is no TLS.
const NOTHING_SENT: (&str, &str) = ("nothing was sent", "ничего не отправлено");

fn plain(profile: &Profile) -> (&'static str, &'static str) {
    if profile.root.is_loopback() {
        ("plain http, which does not leave this machine", "обычный http, но в пределах этого компьютера")
    } else {
        (
            "plain http, as the profile allows: anyone on the way can read the secret",
            "обычный http, как разрешено в профиле: секрет прочитает любой по дороге",
        )
    }
}

fn secured(sight: Sight<'_>) -> Finding {
    let certificate = sight.way.certificate.as_ref();
    let shown = certificate.map_or_else(
        || Phrase::new("its certificate cannot be read", "сертификат прочитать не удалось"),
        |it| {
            let (until, issuer, left) = (day(it.until), &it.issuer, soon(it, sight.now));
            let (en, ru) =
                left.map_or_else(Default::default, |days| (format!(" (in {days} days)"), format!(" (дней: {days})")));
            Phrase::new(
                format!("valid until {until}{en}, issued by {issuer}"),
                format!("действует до {until}{ru}, выдан {issuer}"),
            )
        },
    );
    if sight.profile.connection.insecure_tls {
        let found = (
            format!(
                "not checked, as the profile says (insecure_tls): anyone on the way can read the secret; {}",
                shown.en()
            ),
            format!(
                "не проверен, как указано в профиле (insecure_tls): секрет прочитает любой по дороге; {}",
                shown.get(Language::Ru)
            ),
        );
        return Finding::unknown(Rung::Tls, found);
    }
    let (en, ru) = (shown.en(), shown.get(Language::Ru));
    let found = (format!("{en}, trusted by {}", sight.route.trust), format!("{ru}, доверенный"));
    Finding::pass(Rung::Tls, found)
}

fn refused(sight: Sight<'_>, trouble: Trouble) -> Finding {
    let certificate = sight.way.certificate.as_ref();
    // A certificate that vouches for itself is one whose issuer nobody trusts, and more is known of it.
    let trouble = match trouble {
        Trouble::UnknownIssuer if certificate.is_some_and(|it| it.is_self_signed) => Trouble::SelfSigned,
        other => other,
    };
    let words = sight.failure.map_or_else(
        || Phrase::same(""),
        |end| match end {
            Failure::Tls { detail, .. } => Phrase::same(detail),
            other => other.words(),
        },
    );
    let found = match (trouble, certificate) {
        (Trouble::Expired, Some(it)) => {
            let (day, issuer) = (day(it.until), &it.issuer);
            Phrase::new(format!("expired on {day}, issued by {issuer}"), format!("истёк {day}, выдан {issuer}"))
        }
        (Trouble::NotYetValid, Some(it)) => {
            let (day, issuer) = (day(it.from), &it.issuer);
            let ru = format!("начнёт действовать {day}, выдан {issuer}");
            Phrase::new(format!("not valid before {day}, issued by {issuer}"), ru)
        }
        (Trouble::WrongName, Some(it)) => {
            let (names, host) = (it.names.join(", "), sight.profile.root.url().host_str().unwrap_or_default());
            Phrase::new(format!("for {names}, not for {host}"), format!("выдан {names}, а не {host}"))
        }
        (Trouble::SelfSigned, Some(it)) => {
            let names = it.names.join(", ");
            Phrase::new(format!("signed by itself, for {names}"), format!("подписан сам собой, выдан {names}"))
        }
        (Trouble::UnknownIssuer, Some(it)) => Phrase::new(
            format!("issued by {}, which is not among {}", it.issuer, sight.route.trust),
            format!("выдан {}, которому здесь не доверяют", it.issuer),
        ),
        _ => words,
    };
    Finding::fail(Rung::Tls, &Wrong::Own(trouble.code()), found)
}

fn soon(certificate: &Certificate, now: Timestamp) -> Option<i64> {
    let days = now.until((jiff::Unit::Hour, certificate.until)).map_or(i64::MAX, |left| left.get_hours().into()) / 24;
    let ends = now.checked_add((SOON * 24).hours()).is_ok_and(|limit| certificate.until < limit);
    ends.then_some(days)
}

fn day(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).date().to_string()
}
