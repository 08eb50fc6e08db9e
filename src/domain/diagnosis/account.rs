//! The rungs from the credential to the clock, judged from one batch, and the last two: a lookup from
//! end to end, and how much the portal still lets us ask. The batch is refused as a whole where the
//! credential is wrong, and then its code tells which part of it (protocol.md, 3.2 and 7).

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde_json::Value;

use super::{Finding, Rung, Standing, Wrong, place, portal};
use crate::domain::batch::{self, Ran, Results};
use crate::domain::credential::Credential;
use crate::domain::failure::Failure;
use crate::domain::lookup::METHOD;
use crate::domain::profile::{Plan, Profile};
use crate::domain::reply::{ApiError, Outcome, Parts, Reply, Said, said};
use crate::domain::time_block::TimeBlock;

/// The scope that the method needs.
const SCOPE: &str = "im";
/// Clocks further apart than this are worth a word (protocol.md, 7).
const SKEW: f64 = 60.0;
/// Seconds of operating time in ten minutes, as the documentation has them (protocol.md, 4.2).
const OPERATING: f64 = 480.0;

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

/// How the lookup from end to end ended.
#[derive(Clone, Copy, Debug)]
pub enum End<'a> {
    Reply(&'a Reply),
    Failed(&'a Failure),
}

/// Judges the rungs from `credential` to `clock`.
pub fn judge_batch(profile: &Profile, answers: Answers<'_>) -> Vec<Finding> {
    let parts = match answers.end {
        Ok(parts) => parts,
        Err(failure) => {
            let fault = Finding::fail(Rung::Credential, &Wrong::NoReply(failure), failure.to_string());
            return none_but(fault, Finding::skipped(Rung::Clock, "the portal told no time"));
        }
    };
    match said(parts).0 {
        Said::Refused(error) => refused(profile, &error, parts, answers),
        Said::Unreadable(page) => {
            let found = portal::likeness(&page, parts.status);
            none_but(Finding::fail(Rung::Credential, &Wrong::Page(&page), found), by_header(parts, answers))
        }
        Said::Result(result) => match Results::read(&result) {
            Some(results) => carried_out(profile, &results, parts, answers),
            None => untold("the batch was answered with something else", by_header(parts, answers)),
        },
    }
}

/// The credential could not be asked about at all.
fn none_but(fault: Finding, clock: Finding) -> Vec<Finding> {
    let why = format!("not tried: {} comes first", fault.rung.name());
    let mut findings = vec![fault];
    let rest = [Rung::User, Rung::Scopes, Rung::Method, Rung::Plan];
    findings.extend(rest.map(|rung| Finding::skipped(rung, why.clone())));
    findings.push(clock);
    findings
}

/// Nothing is known of the credential, and asking on may tell.
fn untold(why: &str, clock: Finding) -> Vec<Finding> {
    let rest = [Rung::Credential, Rung::User, Rung::Scopes, Rung::Method, Rung::Plan];
    rest.map(|rung| Finding::unknown(rung, why)).into_iter().chain([clock]).collect()
}

fn refused(profile: &Profile, error: &ApiError, parts: &Parts, answers: Answers<'_>) -> Vec<Finding> {
    let told = portal::told(error, parts.status);
    let clock = by_header(parts, answers);
    let place = place::of(error, &profile.credential);
    let Some(broken) = place.rung else {
        return untold(&format!("cannot be judged: {told}"), clock);
    };
    let rungs = [Rung::Credential, Rung::User, Rung::Scopes, Rung::Method, Rung::Plan];
    let mut findings: Vec<Finding> = rungs
        .into_iter()
        .map(|rung| match rung {
            rung if rung == broken => Finding::fail(rung, &Wrong::Code(error), told.clone()),
            Rung::Credential if place.knows_secret => {
                Finding::pass(rung, format!("the portal knows it, as {} shows", error.code.trim()))
            }
            Rung::Plan if place.allows_rest => {
                Finding::pass(rung, format!("checked before {}, and right", error.code.trim()))
            }
            rung => Finding::unknown(rung, format!("cannot be judged: {}", error.code.trim())),
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
        Finding::pass(Rung::Credential, format!("{}: accepted", profile.credential.words())),
        who,
        scopes,
        method(&results.of("method"), lacks),
        plan(&results.of("app"), is_admin),
        match results.of("time") {
            Ran::Result(Value::String(time)) => match time.parse() {
                Ok(theirs) => clock(theirs, answers),
                Err(_) => by_header(parts, answers),
            },
            _ => by_header(parts, answers),
        },
    ]
}

fn no_result(rung: Rung, ran: &Ran) -> Finding {
    Finding::unknown(
        rung,
        match ran {
            Ran::Refused(error) => format!("cannot be judged: {}", portal::told(error, 200)),
            Ran::Result(_) => "cannot be judged: the portal answered in a shape that is not known".to_owned(),
            Ran::Not => "cannot be judged: the portal passed the question over".to_owned(),
        },
    )
}

fn who(profile: &Profile, ran: &Ran) -> Finding {
    let Ran::Result(value) = ran else { return no_result(Rung::User, ran) };
    let is_nobody = value.is_null() || value.as_array().is_some_and(Vec::is_empty) || value == &Value::Bool(false);
    if is_nobody {
        return Finding::fail(Rung::User, &Wrong::Own("inactive_user"), "the portal names no user");
    }
    let Some(id) = value.get("ID").and_then(text) else { return no_result(Rung::User, ran) };
    let names = ["NAME", "LAST_NAME"].map(|key| value.get(key).and_then(Value::as_str).unwrap_or_default().trim());
    let name = names.iter().filter(|name| !name.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let who = if name.is_empty() { format!("user {id}") } else { format!("{name} ({id})") };
    let rank = match value.get("ADMIN").and_then(Value::as_bool) {
        Some(true) => ", administrator",
        Some(false) => ", no administrator, and none is needed",
        None => "",
    };
    let other = match &profile.credential {
        Credential::Webhook { user, .. } if *user != id => format!("; the address says {user}"),
        _ => String::new(),
    };
    Finding::pass(Rung::User, format!("{who}{rank}{other}"))
}

fn scopes(ran: &Ran) -> Finding {
    let Ran::Result(Value::Array(values)) = ran else { return no_result(Rung::Scopes, ran) };
    let granted: Vec<&str> =
        values.iter().filter_map(Value::as_str).map(str::trim).filter(|it| !it.is_empty()).collect();
    if granted.iter().any(|scope| scope.eq_ignore_ascii_case(SCOPE)) {
        let more: Vec<&str> = granted.iter().copied().filter(|it| !it.eq_ignore_ascii_case(SCOPE)).collect();
        let found = match more.as_slice() {
            [] => format!("{SCOPE}, and nothing more than is needed"),
            more => format!("{SCOPE}; more than is needed: {}", more.join(", ")),
        };
        return Finding::pass(Rung::Scopes, found);
    }
    let found = match granted.as_slice() {
        [] => format!("no scopes at all: \"{SCOPE}\" is missing"),
        granted => format!("{}: \"{SCOPE}\" is missing", granted.join(", ")),
    };
    let missing = ApiError { code: "insufficient_scope".to_owned(), description: None };
    Finding::fail(Rung::Scopes, &Wrong::Code(&missing), found)
}

fn method(ran: &Ran, lacks_scope: bool) -> Finding {
    let Ran::Result(value) = ran else { return no_result(Rung::Method, ran) };
    let says = |key: &str| value.get(key).and_then(Value::as_bool);
    match (says("isExisting"), says("isAvailable")) {
        (Some(true), Some(true)) => Finding::pass(Rung::Method, format!("{METHOD} is there")),
        (Some(_), Some(_)) if lacks_scope => {
            Finding::unknown(Rung::Method, format!("cannot be judged without {SCOPE}"))
        }
        (Some(true), Some(false)) => Finding::fail(
            Rung::Method,
            &Wrong::Own("method_unavailable"),
            format!("{METHOD} is not for this credential"),
        ),
        (Some(false), _) => {
            let missing = ApiError { code: "ERROR_METHOD_NOT_FOUND".to_owned(), description: None };
            Finding::fail(Rung::Method, &Wrong::Code(&missing), format!("the portal has no {METHOD}"))
        }
        _ => no_result(Rung::Method, ran),
    }
}

fn plan(ran: &Ran, is_admin: bool) -> Finding {
    // Some servers answer this to apps alone (protocol.md, 11); REST itself is allowed, or nothing had come.
    let Ran::Result(value) = ran else {
        return Finding::pass(Rung::Plan, "not named, and REST is allowed");
    };
    let license = value.get("LICENSE").and_then(text);
    let name = match license.as_deref() {
        Some(license) if license.ends_with("_selfhosted") => format!("{license}, self-hosted"),
        Some(license) if !license.is_empty() => license.to_owned(),
        _ => "not named, and REST is allowed".to_owned(),
    };
    if value.get("PAYMENT_EXPIRED").and_then(text).is_some_and(|it| it.eq_ignore_ascii_case("y")) {
        return Finding::fail(
            Rung::Plan,
            &Wrong::Own("payment_expired"),
            format!("{name}; the app's payment has expired"),
        );
    }
    match value.get("INSTALLED").and_then(Value::as_bool) {
        Some(false) if is_admin => {
            Finding::pass(Rung::Plan, format!("{name}; the app is not finished: administrators only"))
        }
        Some(false) => {
            Finding::fail(Rung::Plan, &Wrong::Own("app_not_finished"), format!("{name}; the app is not finished"))
        }
        Some(true) => Finding::pass(Rung::Plan, format!("{name}; the app is installed")),
        None => Finding::pass(Rung::Plan, name),
    }
}

/// The time of the reply's head, where the portal told none itself.
fn by_header(parts: &Parts, answers: Answers<'_>) -> Finding {
    let date = parts.headers.iter().find(|(name, _)| name == "date").map(|(_, date)| date);
    match date.and_then(|date| rfc2822::DateTimeParser::new().parse_timestamp(date).ok()) {
        Some(theirs) => clock(theirs, answers),
        None => Finding::unknown(Rung::Clock, "the portal told no time"),
    }
}

/// The portal's time is in whole seconds and was told somewhere between sending and hearing.
fn clock(theirs: Timestamp, answers: Answers<'_>) -> Finding {
    let seconds = |from: Timestamp, to: Timestamp| to.duration_since(from).as_secs_f64();
    let ahead = seconds(answers.ended, theirs);
    let behind = seconds(theirs, answers.sent) - 1.0;
    let (apart, words) = if ahead > 0.0 {
        (ahead, "ahead of this machine's")
    } else if behind > 0.0 {
        (behind, "behind this machine's")
    } else {
        return Finding::pass(Rung::Clock, "less than a second apart");
    };
    let span = Duration::try_from_secs_f64(apart.min(1e12)).unwrap_or_default();
    let found = format!("the portal's is {} {words}", crate::domain::failure::seconds(span));
    if apart < SKEW {
        return Finding::pass(Rung::Clock, found);
    }
    Finding::fail(Rung::Clock, &Wrong::Own("clock_skew"), found)
}

/// Judges the lookup of a pair that nobody has.
pub fn end_to_end(end: End<'_>) -> Finding {
    let reply = match end {
        End::Reply(reply) => reply,
        End::Failed(failure) => return Finding::fail(Rung::EndToEnd, &Wrong::NoReply(failure), failure.to_string()),
    };
    match &reply.outcome {
        Outcome::NoChat => {
            Finding::pass(Rung::EndToEnd, format!("{METHOD} answers: no chat for a pair that nobody has"))
        }
        Outcome::Chat(_) => {
            Finding::pass(Rung::EndToEnd, format!("{METHOD} answers, and even the probe's pair has a chat"))
        }
        Outcome::Refused(error) if is_limit(error) => {
            Finding::unknown(Rung::EndToEnd, format!("cannot be judged: {}", portal::told(error, reply.status)))
        }
        Outcome::Refused(error) => {
            Finding::fail(Rung::EndToEnd, &Wrong::Code(error), portal::told(error, reply.status))
        }
        Outcome::Unreadable(page) => {
            Finding::fail(Rung::EndToEnd, &Wrong::Page(page), portal::likeness(page, reply.status))
        }
    }
}

/// Judges how much may still be asked: by a refusal of one of the doctor's own requests, else by the
/// time blocks. `requests` have been sent.
pub fn load(profile: &Profile, batch: &Parts, lookup: Option<&Reply>, requests: u32) -> Finding {
    let (said, _) = said(batch);
    let by_lookup = lookup.and_then(|reply| match &reply.outcome {
        Outcome::Refused(error) => Some((error.clone(), reply.status)),
        _ => None,
    });
    let by_batch = match &said {
        Said::Refused(error) => Some((error.clone(), batch.status)),
        _ => None,
    };
    for (error, status) in by_batch.into_iter().chain(by_lookup) {
        if is_limit(&error) {
            return Finding::fail(Rung::Load, &Wrong::Code(&error), portal::told(&error, status));
        }
    }
    let (room, refill) = match profile.plan {
        Plan::Standard => (50, 2),
        Plan::Enterprise => (250, 5),
    };
    let asked = format!("{requests} of {room} requests, {refill} more each second");
    let of_batch = match &said {
        Said::Result(result) => Results::read(result),
        _ => None,
    };
    let keys = commands().map(|(key, _)| key);
    let times =
        keys.into_iter().filter_map(|key| of_batch.as_ref()?.time(key)).chain(lookup.and_then(|it| it.time.clone()));
    let used = times.filter_map(|time| TimeBlock::operating(&time)).map(|seconds| seconds.value).reduce(f64::max);
    Finding::pass(
        Rung::Load,
        match used {
            Some(used) => {
                let close = if used >= OPERATING * 0.8 { ", which is close to the limit" } else { "" };
                format!("operating {used:.1} of {OPERATING} s{close}; {asked}")
            }
            None if of_batch.is_none() && lookup.is_none() => format!("operating time is not known; {asked}"),
            None => format!("the portal keeps no account of operating time; {asked}"),
        },
    )
}

/// Whether a refusal says that too much was asked.
pub fn is_limit(error: &ApiError) -> bool {
    let code = error.code.trim();
    ["QUERY_LIMIT_EXCEEDED", "OPERATION_TIME_LIMIT", "OVERLOAD_LIMIT"]
        .iter()
        .any(|limit| limit.eq_ignore_ascii_case(code))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
