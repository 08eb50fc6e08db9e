//! The last two rungs: whether a lookup works from end to end, and how much the portal still lets us ask.

use super::{Finding, Rung, Wrong, commands, portal};
use crate::domain::batch::Results;
use crate::domain::failure::Failure;
use crate::domain::lookup::METHOD;
use crate::domain::profile::{Plan, Profile};
use crate::domain::reply::{ApiError, Outcome, Parts, Reply, Said, said};
use crate::domain::time_block::TimeBlock;

/// Seconds of operating time in ten minutes, as the documentation has them (protocol.md, 4.2).
const OPERATING: f64 = 480.0;

/// How the lookup from end to end ended.
#[derive(Clone, Copy, Debug)]
pub enum Probe<'a> {
    Reply(&'a Reply),
    Failed(&'a Failure),
}

/// Judges the lookup of a pair that nobody has.
pub fn end_to_end(end: Probe<'_>) -> Finding {
    let reply = match end {
        Probe::Reply(reply) => reply,
        Probe::Failed(failure) => return Finding::fail(Rung::EndToEnd, &Wrong::NoReply(failure), failure.words()),
    };
    match &reply.outcome {
        Outcome::NoChat => Finding::pass(
            Rung::EndToEnd,
            (
                format!("{METHOD} answers: no chat for a pair that nobody has"),
                format!("{METHOD} отвечает: для пары, которой ни у кого нет, чата нет"),
            ),
        ),
        Outcome::Chat(_) => Finding::pass(
            Rung::EndToEnd,
            (
                format!("{METHOD} answers, and even the probe's pair has a chat"),
                format!("{METHOD} отвечает, и чат есть даже у проверочной пары"),
            ),
        ),
        Outcome::Refused(error) if is_limit(error) => {
            Finding::unknown(Rung::EndToEnd, portal::unjudged(&portal::told(error, reply.status)))
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
    let en = format!("{requests} of {room} requests, {refill} more each second");
    let ru = format!("запросов {requests} из {room}, каждую секунду ещё {refill}");
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
                let is_close = used >= OPERATING * 0.8;
                let (close, near) = if is_close {
                    (", which is close to the limit", ", близко к лимиту")
                } else {
                    ("", "")
                };
                (
                    format!("operating {used:.1} of {OPERATING} s{close}; {en}"),
                    format!("время работы {used:.1} из {OPERATING} с{near}; {ru}"),
                )
            }
            None if of_batch.is_none() && lookup.is_none() => {
                (format!("operating time is not known; {en}"), format!("время работы неизвестно; {ru}"))
            }
            None => (
                format!("the portal keeps no account of operating time; {en}"),
                format!("портал не ведёт учёт времени работы; {ru}"),
            ),
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
