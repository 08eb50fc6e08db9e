//! The rungs from the credential to the clock, judged from one batch. It is refused as a whole where the
//! credential is wrong, and then its code tells which part of it (protocol.md, 3.2 and 7).

use jiff::Timestamp;
use serde_json::Value;

use super::{Finding, Rung, Standing, Wrong, place, portal, skew};
use crate::domain::batch::{self, Ran, Results};
use crate::domain::credential::Credential;
use crate::domain::failure::Failure;
use crate::domain::language::{Language, Phrase};
use crate::domain::lookup::METHOD;
use crate::domain::profile::Profile;
use crate::domain::reply::{ApiError, Parts, Said, said};

/// The scope that the method needs.
const SCOPE: &str = "im";

/// The commands of the doctor's batch. None needs a scope.
pub fn commands() -> [(&'static str, String); 5] {
    [
        ("profile", batch::command("profile", &[])),
        ("scope", batch::command("scope", &[])),
        // The key and its value are in lower case, or both answers are no.
        ("method", batch::command("method.get", &[("name", METHOD)])),
        ("app", batch::command("app.info", &[])),
        ("time", batch::command("server.time", &[])),
    ]
}

/// How a request of the doctor's ended, and when it was under way by this machine's clock.
#[derive(Clone, Copy, Debug)]
pub struct Answers<'a> {
    pub end: Result<&'a Parts, &'a Failure>,
    pub sent: Timestamp,
    pub ended: Timestamp,
}

/// Judges the rungs from `credential` to `clock`.
pub fn judge_batch(profile: &Profile, answers: Answers<'_>) -> Vec<Finding> {
    let parts = match answers.end {
        Ok(parts) => parts,
        Err(failure) => {
            let fault = Finding::fail(Rung::Credential, &Wrong::NoReply(failure), failure.words());
            return none_but(fault, Finding::skipped(Rung::Clock, skew::NO_TIME));
        }
    };
    match said(parts).0 {
        Said::Refused(error) => refused(profile, &error, parts, answers),
        Said::Unreadable(page) => {
            let found = portal::likeness(&page, parts.status);
            none_but(Finding::fail(Rung::Credential, &Wrong::Page(&page), found), skew::by_header(parts, answers))
        }
        Said::Result(result) => match Results::read(&result) {
            Some(results) => carried_out(profile, &results, parts, answers),
            None => untold(
                ("the batch was answered with something else", "на пакет пришёл другой ответ").into(),
                skew::by_header(parts, answers),
            ),
        },
    }
}

/// Why a rung was not tried: another one broke.
pub fn not_tried(broken: Rung) -> Phrase {
    let name = broken.name();
    Phrase::new(format!("not tried: {name} comes first"), format!("не проверялось: сначала {name}"))
}

/// The credential could not be asked about at all.
fn none_but(fault: Finding, clock: Finding) -> Vec<Finding> {
    let why = not_tried(fault.rung);
    let mut findings = vec![fault];
    let rest = [Rung::User, Rung::Scopes, Rung::Method, Rung::Plan];
    findings.extend(rest.map(|rung| Finding::skipped(rung, why.clone())));
    findings.push(clock);
    findings
}

/// Nothing is known of the credential, and asking on may tell.
fn untold(why: Phrase, clock: Finding) -> Vec<Finding> {
    let rest = [Rung::Credential, Rung::User, Rung::Scopes, Rung::Method, Rung::Plan];
    rest.map(|rung| Finding::unknown(rung, why.clone())).into_iter().chain([clock]).collect()
}

fn refused(profile: &Profile, error: &ApiError, parts: &Parts, answers: Answers<'_>) -> Vec<Finding> {
    let told = portal::told(error, parts.status);
    let clock = skew::by_header(parts, answers);
    let place = place::of(error, &profile.credential);
    let Some(broken) = place.rung else {
        return untold(portal::unjudged(&told), clock);
    };
    let rungs = [Rung::Credential, Rung::User, Rung::Scopes, Rung::Method, Rung::Plan];
    let mut findings: Vec<Finding> = rungs
        .into_iter()
        .map(|rung| match rung {
            rung if rung == broken => Finding::fail(rung, &Wrong::Code(error), told.clone()),
            Rung::Credential if place.knows_secret => {
                let code = error.code.trim();
                Finding::pass(
                    rung,
                    (format!("the portal knows it, as {code} shows"), format!("портал его знает, это видно по {code}")),
                )
            }
            Rung::Plan if place.allows_rest => {
                let code = error.code.trim();
                Finding::pass(
                    rung,
                    (format!("checked before {code}, and right"), format!("проверено до {code}, в порядке")),
                )
            }
            rung => Finding::unknown(rung, portal::unjudged(error.code.trim())),
        })
        .collect();
    findings.push(clock);
    findings
}

fn carried_out(profile: &Profile, results: &Results<'_>, parts: &Parts, answers: Answers<'_>) -> Vec<Finding> {
    let who = who(profile, &results.of("profile"));
    let scopes = scopes(&results.of("scope"));
    let lacks = scopes.standing == Standing::Fail;
    let is_admin =
        matches!(results.of("profile"), Ran::Result(value) if value.get("ADMIN") == Some(&Value::Bool(true)));
    vec![
        Finding::pass(Rung::Credential, {
            let whose = profile.credential.words();
            (format!("{whose}: accepted"), format!("{whose}: принят"))
        }),
        who,
        scopes,
        method(&results.of("method"), lacks),
        plan(&results.of("app"), is_admin),
        match results.of("time") {
            Ran::Result(Value::String(time)) => match time.parse() {
                Ok(theirs) => skew::clock(theirs, answers),
                Err(_) => skew::by_header(parts, answers),
            },
            _ => skew::by_header(parts, answers),
        },
    ]
}

fn no_result(rung: Rung, ran: &Ran) -> Finding {
    Finding::unknown(
        rung,
        match ran {
            Ran::Refused(error) => portal::unjudged(&portal::told(error, 200)),
            Ran::Result(_) => Phrase::new(
                "cannot be judged: the portal answered in a shape that is not known",
                "судить нельзя: ответ портала неизвестного вида",
            ),
            Ran::Not => Phrase::new(
                "cannot be judged: the portal passed the question over",
                "судить нельзя: портал пропустил вопрос",
            ),
        },
    )
}

fn who(profile: &Profile, ran: &Ran) -> Finding {
    let Ran::Result(value) = ran else { return no_result(Rung::User, ran) };
    let is_nobody = value.is_null() || value.as_array().is_some_and(Vec::is_empty) || value == &Value::Bool(false);
    if is_nobody {
        return Finding::fail(
            Rung::User,
            &Wrong::Own("inactive_user"),
            ("the portal names no user", "портал не называет пользователя"),
        );
    }
    let Some(id) = value.get("ID").and_then(text) else { return no_result(Rung::User, ran) };
    let names = ["NAME", "LAST_NAME"].map(|key| value.get(key).and_then(Value::as_str).unwrap_or_default().trim());
    let name = names.iter().filter(|name| !name.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let who = match name.as_str() {
        "" => (format!("user {id}"), format!("пользователь {id}")),
        name => (format!("{name} ({id})"), format!("{name} ({id})")),
    };
    let rank = match value.get("ADMIN").and_then(Value::as_bool) {
        Some(true) => (", administrator", ", администратор"),
        Some(false) => (", no administrator, and none is needed", ", не администратор, и это не нужно"),
        None => ("", ""),
    };
    let other = match &profile.credential {
        Credential::Webhook { user, .. } if *user != id => {
            (format!("; the address says {user}"), format!("; в адресе {user}"))
        }
        _ => (String::new(), String::new()),
    };
    Finding::pass(Rung::User, (format!("{}{}{}", who.0, rank.0, other.0), format!("{}{}{}", who.1, rank.1, other.1)))
}

fn scopes(ran: &Ran) -> Finding {
    let Ran::Result(Value::Array(values)) = ran else { return no_result(Rung::Scopes, ran) };
    let granted: Vec<&str> =
        values.iter().filter_map(Value::as_str).map(str::trim).filter(|it| !it.is_empty()).collect();
    if granted.iter().any(|scope| scope.eq_ignore_ascii_case(SCOPE)) {
        let more: Vec<&str> = granted.iter().copied().filter(|it| !it.eq_ignore_ascii_case(SCOPE)).collect();
        let found = match more.as_slice() {
            [] => (format!("{SCOPE}, and nothing more than is needed"), format!("{SCOPE}, и ничего лишнего")),
            more => {
                let more = more.join(", ");
                (format!("{SCOPE}; more than is needed: {more}"), format!("{SCOPE}; лишние: {more}"))
            }
        };
        return Finding::pass(Rung::Scopes, found);
    }
    let found = match granted.as_slice() {
        [] => (format!("no scopes at all: \"{SCOPE}\" is missing"), format!("прав нет совсем: не хватает «{SCOPE}»")),
        granted => {
            let granted = granted.join(", ");
            (format!("{granted}: \"{SCOPE}\" is missing"), format!("{granted}: не хватает «{SCOPE}»"))
        }
    };
    let missing = ApiError { code: "insufficient_scope".to_owned(), description: None };
    Finding::fail(Rung::Scopes, &Wrong::Code(&missing), found)
}

fn method(ran: &Ran, lacks_scope: bool) -> Finding {
    let Ran::Result(value) = ran else { return no_result(Rung::Method, ran) };
    let says = |key: &str| value.get(key).and_then(Value::as_bool);
    match (says("isExisting"), says("isAvailable")) {
        (Some(true), Some(true)) => {
            Finding::pass(Rung::Method, (format!("{METHOD} is there"), format!("{METHOD} есть")))
        }
        (Some(_), Some(_)) if lacks_scope => Finding::unknown(
            Rung::Method,
            (format!("cannot be judged without {SCOPE}"), format!("без {SCOPE} судить нельзя")),
        ),
        (Some(true), Some(false)) => Finding::fail(
            Rung::Method,
            &Wrong::Own("method_unavailable"),
            (format!("{METHOD} is not for this credential"), format!("{METHOD} этому вебхуку или токену недоступен")),
        ),
        (Some(false), _) => {
            let missing = ApiError { code: "ERROR_METHOD_NOT_FOUND".to_owned(), description: None };
            Finding::fail(
                Rung::Method,
                &Wrong::Code(&missing),
                (format!("the portal has no {METHOD}"), format!("на портале нет {METHOD}")),
            )
        }
        _ => no_result(Rung::Method, ran),
    }
}

const UNNAMED: (&str, &str) = ("not named, and REST is allowed", "не назван, и REST разрешён");

fn plan(ran: &Ran, is_admin: bool) -> Finding {
    // Some servers answer this to apps alone (protocol.md, 11); REST itself is allowed, or nothing had come.
    let Ran::Result(value) = ran else {
        return Finding::pass(Rung::Plan, UNNAMED);
    };
    let license = value.get("LICENSE").and_then(text);
    let name = match license.as_deref() {
        Some(license) if license.ends_with("_selfhosted") => {
            Phrase::new(format!("{license}, self-hosted"), format!("{license}, коробка"))
        }
        Some(license) if !license.is_empty() => Phrase::same(license),
        _ => UNNAMED.into(),
    };
    let and = |en: &str, ru: &str| (format!("{}; {en}", name.en()), format!("{}; {ru}", name.get(Language::Ru)));
    if value.get("PAYMENT_EXPIRED").and_then(text).is_some_and(|it| it.eq_ignore_ascii_case("y")) {
        return Finding::fail(
            Rung::Plan,
            &Wrong::Own("payment_expired"),
            and("the app's payment has expired", "оплата приложения закончилась"),
        );
    }
    match value.get("INSTALLED").and_then(Value::as_bool) {
        Some(false) if is_admin => Finding::pass(
            Rung::Plan,
            and(
                "the app is not finished: administrators only",
                "установка приложения не завершена: только администраторам",
            ),
        ),
        Some(false) => Finding::fail(
            Rung::Plan,
            &Wrong::Own("app_not_finished"),
            and("the app is not finished", "установка приложения не завершена"),
        ),
        Some(true) => Finding::pass(Rung::Plan, and("the app is installed", "приложение установлено")),
        None => Finding::pass(Rung::Plan, name),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
