//! The authorization server: a refresh token or a code goes in, a new pair comes out (protocol.md, 6).
//!
//! A refresh is no lookup: the server may carry it out and its answer may be lost, and then the token we
//! still have may be of no use. So every way to come back without tokens says whether that can have
//! happened ([`NoTokens::in_doubt`]), and nothing is asked twice where it cannot be known:
//! - before anything was sent, the other server may be tried, where it is not known which is the right one;
//! - an answer of 5xx says that the request was not served, and is asked again up to three times. It may
//!   be wrong, but a server that has used up the token will only refuse it again, so nothing more is lost;
//! - a lost answer (time ran out, connection closed, half a reply) ends the asking. Whoever asks again later does
//!   so with the token that is stored, knowing that it is in doubt.

mod exchange;
mod listener;
mod servers;

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::client::Client;
use super::masking::Masking;
use crate::domain::address::RestRoot;
use crate::domain::credential::Secret;
use crate::domain::error_code;
use crate::domain::failure::Failure;
use crate::domain::profile::Connection;
use crate::domain::reply::Unreadable;
use crate::domain::token_reply::{TokenRefusal, TokenReply, Tokens};
use crate::domain::visible;

pub use listener::Listener;

use exchange::{Method, Sent};

/// What the new pair is asked with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    Refresh(Secret),
    /// The one-time code of an authorization.
    Code(Secret),
}

/// A request for tokens.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    pub grant: Grant,
    pub client_id: String,
    pub client_secret: Secret,
    /// The token endpoint, where it was given or is known from an earlier answer.
    pub endpoint: Option<Url>,
    /// The portal: without an endpoint the server is chosen by its zone.
    pub root: RestRoot,
    /// How the portal is reached: the authorization server gets the same proxy and the same trust.
    pub connection: Connection,
    /// Secrets that are not sent and that a server may know all the same: they are masked in its words.
    pub known: Vec<Secret>,
}

/// How patiently it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For each request.
    pub timeout: Duration,
    /// Before the first repetition; each further one waits twice as long.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), pause: Duration::from_millis(500) }
    }
}

/// How often an answer of 5xx is asked again (protocol.md, 6.5).
const REPETITIONS: u32 = 3;

/// There is no new pair.
#[derive(Clone, Debug, PartialEq)]
pub struct NoTokens {
    pub why: Why,
    /// It cannot be ruled out that the server has replaced the pair and its answer was lost.
    pub in_doubt: bool,
}

/// Why there is no new pair. Holds no secret; foreign texts are not yet safe to look at.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The endpoint cannot be used; nothing was sent.
    NotAsked {
        detail: String,
    },
    Failed(Failure),
    Refused(TokenRefusal),
    Unreadable {
        server: String,
        status: u16,
        unreadable: Unreadable,
    },
    /// Nothing was sent there.
    Redirected {
        server: String,
        to: String,
    },
}

impl Why {
    /// In whole sentences that are safe to look at: what happened, and what it means.
    pub fn words(&self) -> String {
        match self {
            Self::NotAsked { detail } => detail.clone(),
            Self::Failed(failure) => format!("The authorization server did not answer: {failure}."),
            Self::Refused(refusal) => {
                let said = refusal.description.as_deref().map(visible::line);
                let said = said.map(|said| format!(" ({said})")).unwrap_or_default();
                let code = visible::line(&refusal.code);
                let explanation = error_code::of_error(&refusal.code);
                let meaning = explanation.meaning.en();
                format!("The authorization server refused: {code}{said}. {meaning}")
            }
            Self::Unreadable { server, status, unreadable } => {
                let looks_like = unreadable.looks_like.code().replace('_', " ");
                format!(
                    "The authorization server {server} answered {status} and no token; it looks like: {looks_like}."
                )
            }
            Self::Redirected { server, to } => {
                format!("The authorization server {server} sent us on to {to}; nothing was sent there.")
            }
        }
    }
}

impl Client {
    /// Asks for a new pair. No secret is in what comes back instead of one.
    ///
    /// Do not drop the future of a refresh: its answer would be lost.
    ///
    /// # Errors
    /// [`NoTokens`].
    pub async fn tokens(&self, request: &TokenRequest, patience: Patience) -> Result<Tokens, NoTokens> {
        let mut ended = Err(NoTokens {
            why: Why::NotAsked { detail: "No authorization server is known.".to_owned() },
            in_doubt: false,
        });
        for server in servers::of(request) {
            let next = self.tokens_from(&server, request, patience).await;
            // "I do not know this app" tells more than "nobody is there".
            let is_unreached = matches!(&next, Err(NoTokens { why: Why::Failed(_), in_doubt: false }));
            if !(is_unreached && is_of_no_client(&ended)) {
                ended = next;
            }
            if !is_elsewhere_perhaps(&ended) {
                break;
            }
        }
        ended
    }

    /// Asks one server.
    async fn tokens_from(&self, server: &Url, request: &TokenRequest, patience: Patience) -> Result<Tokens, NoTokens> {
        let masking = Masking::of([request.grant.secret(), &request.client_secret].into_iter().chain(&request.known));
        let mut in_doubt = false;
        let mut method = Method::Post;
        let mut repetitions = 0;
        loop {
            let sent = self.exchange(server, request, method, patience.timeout, &masking).await;
            let (status, reply) = match sent {
                Sent::Answered { status, reply } => (status, reply),
                Sent::Not(why) => return Err(NoTokens { why, in_doubt }),
                Sent::Lost(failure) => return Err(NoTokens { why: Why::Failed(failure), in_doubt: true }),
            };
            let is_fault = (500..600).contains(&status);
            let why = match reply {
                TokenReply::Tokens(mut tokens) => {
                    tokens.token_endpoint.get_or_insert_with(|| server.clone());
                    return Ok(*tokens);
                }
                // The oldest known server reads the form from the address alone (protocol.md, 6.1).
                TokenReply::Refused(refusal) if method == Method::Post && refusal.is("invalid_request") => {
                    method = Method::Get;
                    continue;
                }
                TokenReply::Refused(refusal) => Why::Refused(refusal),
                TokenReply::Unreadable(unreadable) => {
                    // A page with a status of success may hide anything; half a reply held tokens, perhaps.
                    in_doubt |= status < 300;
                    Why::Unreadable { server: exchange::host(server), status, unreadable }
                }
            };
            in_doubt |= is_fault;
            if !is_fault || repetitions == REPETITIONS {
                return Err(NoTokens { why, in_doubt });
            }
            tokio::time::sleep(patience.pause * 2_u32.pow(repetitions)).await;
            repetitions += 1;
        }
    }
}

impl Grant {
    fn secret(&self) -> &Secret {
        match self {
            Self::Refresh(secret) | Self::Code(secret) => secret,
        }
    }
}

/// Whether the other server may know better: this one was not reached, or does not know the app.
fn is_elsewhere_perhaps(ended: &Result<Tokens, NoTokens>) -> bool {
    match ended {
        Err(NoTokens { why: Why::Failed(_) | Why::NotAsked { .. }, in_doubt: false }) => true,
        ended => is_of_no_client(ended),
    }
}

fn is_of_no_client(ended: &Result<Tokens, NoTokens>) -> bool {
    matches!(ended, Err(NoTokens { why: Why::Refused(refusal), in_doubt: false }) if refusal.is("wrong_client"))
}

/// A fresh value that nobody can guess, for the parameter `state`: 256 bits in hex.
///
/// # Errors
/// When the system has no random numbers to give.
pub fn fresh_state() -> Result<String, &'static str> {
    let mut bytes = [0; 32];
    let random = rustls::crypto::ring::default_provider().secure_random;
    random.fill(&mut bytes).map_err(|_| "the system gives this program no random numbers")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The clock by which a token's end is told.
fn now() -> Timestamp {
    Timestamp::now()
}
