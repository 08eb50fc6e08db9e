//! One line of the history list: which lookup, when, and how it ended. What a verdict means rests on its
//! mark and its words, never on a colour.

use std::time::Duration;

use jiff::Timestamp;

use super::entity::EntityPair;
use super::failure::{Failure, seconds};
use super::lookup::End;
use super::record::{Record, RecordId};
use super::reply::{ChatId, Outcome, Reply};

/// A portal's error code is a short word; of one that is not, this many characters fit into a list.
pub const CODE_LIMIT: usize = 80;

/// What the list needs of a record, without its reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub id: RecordId,
    /// By this machine's clock, to the millisecond.
    pub asked_at: Timestamp,
    pub profile: String,
    pub portal: String,
    pub site: String,
    pub pair: EntityPair,
    pub verdict: Verdict,
    /// From the decision to send until the end, whatever the end was.
    pub total: Duration,
}

/// How a lookup ended, as short as it can be said truly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Chat(ChatId),
    NoChat,
    Refused {
        /// The portal's own code, at most [`CODE_LIMIT`] characters of it; may be empty.
        code: String,
        status: u16,
    },
    Unreadable {
        /// The code of [`LooksLike`](super::reply::LooksLike).
        looks_like: String,
        status: u16,
    },
    Failed {
        failure: Failure,
    },
}

impl Summary {
    /// The line of a record.
    pub fn of(id: RecordId, record: &Record) -> Self {
        Self {
            id,
            asked_at: to_the_millisecond(record.asked_at),
            profile: record.profile.clone(),
            portal: record.portal.clone(),
            site: record.site.clone(),
            pair: record.pair.clone(),
            verdict: Verdict::of(&record.end),
            total: record.end.phases().total,
        }
    }
}

impl Verdict {
    /// The verdict on an end.
    pub fn of(end: &End) -> Self {
        match end {
            End::Answered(reply) => Self::of_reply(reply),
            End::Failed { failure, .. } => Self::Failed { failure: failure.clone() },
        }
    }

    fn of_reply(reply: &Reply) -> Self {
        let status = reply.status;
        match &reply.outcome {
            Outcome::Chat(id) => Self::Chat(*id),
            Outcome::NoChat => Self::NoChat,
            Outcome::Refused(error) => Self::Refused { code: error.code.chars().take(CODE_LIMIT).collect(), status },
            Outcome::Unreadable(unreadable) => {
                Self::Unreadable { looks_like: unreadable.looks_like.code().to_owned(), status }
            }
        }
    }

    /// One character, another one for each kind of end.
    pub fn mark(&self) -> &'static str {
        match self {
            Self::Chat(_) => "●",
            Self::NoChat => "○",
            Self::Refused { .. } => "▲",
            Self::Unreadable { .. } => "◆",
            Self::Failed { failure: Failure::Cancelled { .. } } => "–",
            Self::Failed { .. } => "✕",
        }
    }

    /// `chat 1437`, `no chat`, `insufficient_scope 401`, `login page 200`, `timed out after 30 s`. Holds
    /// foreign text as it came: make it safe to look at before it is shown.
    pub fn words(&self) -> String {
        match self {
            Self::Chat(id) => format!("chat {id}"),
            Self::NoChat => "no chat".to_owned(),
            Self::Refused { code, status } if code.trim().is_empty() => format!("error without a code {status}"),
            Self::Refused { code, status } => format!("{code} {status}"),
            Self::Unreadable { looks_like, status } => format!("{} {status}", looks_like.replace('_', " ")),
            Self::Failed { failure } => failure_in_brief(failure),
        }
    }
}

/// The full sentence is the failure's own; a list has room for its beginning.
fn failure_in_brief(failure: &Failure) -> String {
    match failure {
        Failure::Dns { host, .. } => format!("no address for {host}"),
        Failure::Connect { .. } => "no connection".to_owned(),
        Failure::Tls { .. } => "no secure connection".to_owned(),
        Failure::TimedOut { after, .. } => format!("timed out after {}", seconds(*after)),
        Failure::Moved { to } => format!("moved to {to}"),
        Failure::RedirectLoop { .. } => "redirected in circles".to_owned(),
        Failure::Closed { .. } => "closed before a reply".to_owned(),
        Failure::Cancelled { after } => format!("cancelled after {}", seconds(*after)),
        Failure::NotRefreshed { code: Some(code), .. } => {
            format!("not refreshed: {}", code.chars().take(CODE_LIMIT).collect::<String>())
        }
        Failure::NotRefreshed { code: None, .. } => "not refreshed".to_owned(),
        Failure::Other { .. } => "request failed".to_owned(),
    }
}

/// History keeps milliseconds, so a line says no more than that before and after it was kept.
fn to_the_millisecond(instant: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(instant.as_millisecond()).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::phases::{Phase, Phases};
    use crate::domain::reply::Parts;

    fn verdict(status: u16, body: &str) -> Verdict {
        let parts = Parts {
            status,
            version: "HTTP/1.1".into(),
            headers: Vec::new(),
            body: body.into(),
            cut: None,
            phases: Phases::default(),
        };
        Verdict::of(&End::Answered(Reply::new(parts)))
    }

    fn failed(failure: Failure) -> Verdict {
        Verdict::of(&End::Failed { failure, phases: Phases::default() })
    }

    #[test]
    fn each_end_has_its_words() {
        let thirty = Duration::from_secs(30);
        for (verdict, mark, words) in [
            (verdict(200, r#"{"result":{"ID":1437}}"#), "●", "chat 1437"),
            (verdict(200, r#"{"result":null}"#), "○", "no chat"),
            (verdict(401, r#"{"error":"insufficient_scope"}"#), "▲", "insufficient_scope 401"),
            (verdict(400, r#"{"error":""}"#), "▲", "error without a code 400"),
            (verdict(200, r#"<form><input type="password">"#), "◆", "login page 200"),
            (failed(Failure::TimedOut { after: thirty, during: Phase::Wait }), "✕", "timed out after 30 s"),
            (failed(Failure::Cancelled { after: Duration::from_millis(1_200) }), "–", "cancelled after 1.2 s"),
            (failed(Failure::Moved { to: "https://new.example".into() }), "✕", "moved to https://new.example"),
        ] {
            assert_eq!((verdict.mark(), verdict.words().as_str()), (mark, words));
        }
    }

    #[test]
    fn a_code_longer_than_a_line_is_cut_to_what_fits() {
        let body = format!(r#"{{"error":"{}"}}"#, "я".repeat(5_000));
        let Verdict::Refused { code, .. } = verdict(200, &body) else { panic!("was not refused") };
        assert_eq!(code.chars().count(), CODE_LIMIT);
    }
}
