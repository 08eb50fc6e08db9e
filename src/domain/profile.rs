//! A profile: a named portal and the credential to ask it with.

use super::address::RestRoot;
use super::credential::Credential;

/// A portal as this program may use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name a person gave it; `demo` for the demo portal, `env` for one from the environment.
    pub name: String,
    /// Where its REST methods live.
    pub root: RestRoot,
    pub credential: Credential,
    /// The user's name, where it is known without asking the portal.
    pub user_name: Option<String>,
    /// Plain http to a host that is not loopback is refused unless this is set (protocol.md, 8.3).
    pub allow_http: bool,
    /// This is the embedded demo portal, and every screen says so.
    pub demo: bool,
}

impl Profile {
    /// Whose credential it is, in words: `webhook of Ann Admin (1)`, `webhook of user 27`.
    pub fn whose(&self) -> String {
        match (&self.credential, &self.user_name) {
            (Credential::Webhook { user, .. }, Some(name)) => format!("webhook of {name} ({user})"),
            (Credential::OAuth { .. }, Some(name)) => format!("access token of {name}"),
            (credential, None) => credential.words(),
        }
    }
}
