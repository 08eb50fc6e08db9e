//! Exit codes: a promise that scripts rely on.

use std::process::ExitCode;

use crate::domain::failure::Failure;
use crate::domain::lookup::End;
use crate::domain::reply::Outcome;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// A chat was found; or what was asked for was done.
    Found = 0,
    /// The portal answered `null`.
    NoChat = 1,
    /// Usage or invalid input; nothing was sent.
    Usage = 2,
    /// The portal refused, with an error code.
    Refused = 3,
    /// Not reached: DNS, connection, TLS, timeout, moved, cancelled.
    NotReached = 4,
    /// The reply is no answer.
    Unreadable = 5,
    /// Our own store, configuration or output failed.
    OurFault = 6,
    /// By a signal.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<&End> for Exit {
    fn from(end: &End) -> Self {
        match end {
            End::Answered(reply) => match &reply.outcome {
                Outcome::Chat(_) => Self::Found,
                Outcome::NoChat => Self::NoChat,
                Outcome::Refused(_) => Self::Refused,
                Outcome::Unreadable(_) => Self::Unreadable,
            },
            End::Failed { failure: Failure::Cancelled { .. }, .. } => Self::Interrupted,
            End::Failed { failure: Failure::NotRefreshed { code: Some(_), .. }, .. } => Self::Refused,
            End::Failed { .. } => Self::NotReached,
        }
    }
}
