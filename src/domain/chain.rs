//! An OAuth token chain: the access token that is sent, the refresh token that the next pair is asked
//! with, and everything that asking needs (protocol.md, 6). Each refresh gives a new pair, and the one
//! that is lost cannot be asked for again; so a chain is always stored whole.

use jiff::Timestamp;
use url::Url;

use super::address::RestRoot;
use super::credential::Secret;

/// A chain as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    pub access: Secret,
    /// `None` for a pasted access token that came alone: it works until it expires.
    pub refresh: Option<Secret>,
    pub client_id: String,
    pub client_secret: Option<Secret>,
    /// When the access token ends, by what the authorization server said.
    pub expires_at: Option<Timestamp>,
    /// The portal's lasting name (protocol.md, 6.4).
    pub member_id: Option<String>,
    /// The authorization server's token endpoint, where it is known from a reply or was given.
    pub token_endpoint: Option<Url>,
    /// The only right base for calls, where a reply named one; it changes when the portal is renamed.
    pub client_endpoint: Option<RestRoot>,
}

impl Chain {
    /// Whether the access token is known to have ended.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|ends| ends <= now)
    }

    /// Every secret of it, for masking.
    pub fn secrets(&self) -> impl Iterator<Item = &Secret> {
        [Some(&self.access), self.refresh.as_ref(), self.client_secret.as_ref()].into_iter().flatten()
    }
}
