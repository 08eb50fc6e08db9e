//! A lookup: one question, a pair asked through a profile, and the two ways it can end.

use std::sync::Arc;
use std::time::Duration;

use super::entity::EntityPair;
use super::failure::Failure;
use super::phases::Phases;
use super::profile::Profile;
use super::reply::Reply;
use super::request::Request;

/// The method this program exists for.
pub const METHOD: &str = "im.chat.get";

/// How long a whole request may take unless the user says otherwise: a cloud portal cuts a request
/// off at 60 s (protocol.md, 4.2), so its own answer still has time to arrive.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(65);

/// One question.
#[derive(Clone, Debug)]
pub struct Lookup {
    pub pair: EntityPair,
    pub profile: Arc<Profile>,
    /// For the whole request, redirects included.
    pub timeout: Duration,
}

impl Lookup {
    /// The request that asks it, secret included.
    pub fn request(&self) -> Request {
        Request::im_chat_get(&self.profile, &self.pair)
    }
}

/// How a lookup ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// The portal, or something in its place, said something.
    Answered(Reply),
    /// Nothing came back. The phases tell how far it got.
    Failed { failure: Failure, phases: Phases },
}

impl End {
    pub fn phases(&self) -> &Phases {
        match self {
            Self::Answered(reply) => &reply.phases,
            Self::Failed { phases, .. } => phases,
        }
    }
}
