//! The doctor's ladder: each rung is a check, and what it found says what it proves. A rung that cannot
//! be judged says so and is no failure (protocol.md, 7).

mod account;
mod asking;
mod compare;
mod connection;
mod place;
mod portal;
mod report;
mod skew;
mod way;
mod words;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::error_code;
use super::language::Phrase;

pub use account::{Answers, commands, judge_batch, not_tried};
pub use asking::{Probe, end_to_end, is_limit, load};
pub use compare::{Row, compare};
pub use connection::{Sight, address, dns, tcp, tls};
pub use portal::{Contact, bitrix24, sends_to_https};
pub use report::{Leak, Report, check_report, if_not_administrator, report};
pub use way::{Certificate, Route, Trouble, Way};
pub use words::Wrong;

/// A check, in the order they are climbed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The profile itself: address, kind of credential, where its secret is.
    Address,
    Dns,
    Tcp,
    Tls,
    /// REST answers without credentials as a portal should.
    Bitrix24,
    Credential,
    /// Whose credential it is, and whether an administrator's. `im.chat.get` needs none.
    User,
    Scopes,
    Method,
    /// The tariff, and for an app whether it is installed and paid.
    Plan,
    Clock,
    EndToEnd,
    Load,
}

impl Rung {
    pub const ALL: [Self; 13] = [
        Self::Address,
        Self::Dns,
        Self::Tcp,
        Self::Tls,
        Self::Bitrix24,
        Self::Credential,
        Self::User,
        Self::Scopes,
        Self::Method,
        Self::Plan,
        Self::Clock,
        Self::EndToEnd,
        Self::Load,
    ];

    /// Its name for machines: the one it is serialized under.
    pub fn key(self) -> &'static str {
        match self {
            Self::EndToEnd => "end_to_end",
            other => other.name(),
        }
    }

    /// Its short name on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Dns => "dns",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Bitrix24 => "bitrix24",
            Self::Credential => "credential",
            Self::User => "user",
            Self::Scopes => "scopes",
            Self::Method => "method",
            Self::Plan => "plan",
            Self::Clock => "clock",
            Self::EndToEnd => "end to end",
            Self::Load => "load",
        }
    }
}

/// What became of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Pass,
    Fail,
    /// It was tried and cannot be judged.
    Unknown,
    /// It was not tried: it would fail for a reason that is told already, or does not apply.
    Skipped,
}

impl Standing {
    /// `✓`, `✗`, `?`, `–`: meaning does not rest on colour.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Pass => "✓",
            Self::Fail => "✗",
            Self::Unknown => "?",
            Self::Skipped => "–",
        }
    }
}

/// What a check found. Texts hold no secret, and foreign text in them is not yet safe to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub rung: Rung,
    pub standing: Standing,
    /// One line: `webhook of user 27, https`, `3 addresses`, `"im" is missing`.
    pub found: Phrase,
    /// What that proves, where it proves something.
    pub proves: Option<Phrase>,
    /// On a failure: its cause in plain words.
    pub cause: Option<Phrase>,
    /// On a failure: what to do, with the menu path in the portal.
    pub advice: Vec<Phrase>,
    /// On a failure: what to do for somebody who is not the portal's administrator.
    pub otherwise: Option<Phrase>,
    /// A stable short name of the failure for machines: `insufficient_scope`, `tls_expired`.
    pub code: Option<String>,
    /// How long it took, where it took something.
    pub took: Option<Duration>,
}

/// What kind of failure broke a rung, for those who have to act on it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The profile cannot be used as it is; nothing was sent.
    Input,
    /// The portal said no.
    Refused,
    /// No reply came, or not from there.
    NotReached,
    /// A reply came and is no answer.
    NotAnAnswer,
    /// This machine's own: its clock.
    Machine,
}

impl Finding {
    /// What kind of failure it is; `None` where it is none.
    pub fn kind(&self) -> Option<Kind> {
        let code = self.code.as_deref().filter(|_| self.standing == Standing::Fail)?;
        Some(match (self.rung, code) {
            (Rung::Address, _) => Kind::Input,
            (Rung::Clock, _) => Kind::Machine,
            (Rung::Dns | Rung::Tcp | Rung::Tls, _) | (_, "moved_elsewhere" | "moved_to_http" | "no_such_portal") => {
                Kind::NotReached
            }
            (_, "not_bitrix24" | "sent_to_a_page") => Kind::NotAnAnswer,
            (_, code) if error_code::is_failure(code) => Kind::NotReached,
            (_, code) if error_code::is_page(code) => Kind::NotAnAnswer,
            _ => Kind::Refused,
        })
    }
}

/// The whole ladder, or as far as it was climbed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    pub findings: Vec<Finding>,
    /// HTTP requests that were sent for it.
    pub requests: u32,
    pub total: Duration,
}

impl Diagnosis {
    /// No check failed.
    pub fn is_healthy(&self) -> bool {
        self.findings.iter().all(|finding| finding.standing != Standing::Fail)
    }

    /// The first check that failed: the part that is wrong.
    pub fn broken(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.standing == Standing::Fail)
    }
}

#[cfg(test)]
mod tests;
