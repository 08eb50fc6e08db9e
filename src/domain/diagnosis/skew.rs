//! The rung `clock`: how far this machine's clock and the portal's are apart.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::{Answers, Finding, Rung, Wrong};
use crate::domain::failure;
use crate::domain::reply::Parts;

pub const NO_TIME: (&str, &str) = ("the portal told no time", "портал не назвал время");

/// Clocks further apart than this are worth a word (protocol.md, 7).
const SKEW: f64 = 60.0;

/// The time of the reply's head, where the portal told none itself.
pub fn by_header(parts: &Parts, answers: Answers<'_>) -> Finding {
    let date = parts.headers.iter().find(|(name, _)| name == "date").map(|(_, date)| date);
    match date.and_then(|date| rfc2822::DateTimeParser::new().parse_timestamp(date).ok()) {
        Some(theirs) => clock(theirs, answers),
        None => Finding::unknown(Rung::Clock, NO_TIME),
    }
}

/// The portal's time is in whole seconds and was told somewhere between sending and hearing.
pub fn clock(theirs: Timestamp, answers: Answers<'_>) -> Finding {
    let seconds = |from: Timestamp, to: Timestamp| to.duration_since(from).as_secs_f64();
    let ahead = seconds(answers.ended, theirs);
    let behind = seconds(theirs, answers.sent) - 1.0;
    let (apart, words) = if ahead > 0.0 {
        (ahead, ("ahead of this machine's", "спешат"))
    } else if behind > 0.0 {
        (behind, ("behind this machine's", "отстают"))
    } else {
        return Finding::pass(Rung::Clock, ("less than a second apart", "расходятся меньше чем на секунду"));
    };
    let span = Duration::try_from_secs_f64(apart.min(1e12)).unwrap_or_default();
    let span = failure::seconds(span);
    let found = (
        format!("the portal's is {span} {}", words.0),
        format!("часы портала {} на {}", words.1, span.replace(" s", " с")),
    );
    if apart < SKEW {
        return Finding::pass(Rung::Clock, found);
    }
    Finding::fail(Rung::Clock, &Wrong::Own("clock_skew"), found)
}
