//! A profile: a named portal, the credential to ask it with, and how to reach it.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::address::RestRoot;
use super::credential::{Credential, MASK};

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
    /// The portal's own lasting name, which stays when its address changes (protocol.md, 6.4).
    pub member_id: Option<String>,
    pub connection: Connection,
    /// What its name is shown in.
    pub colour: Option<Colour>,
    pub plan: Plan,
    /// This is the embedded demo portal, and every screen says so.
    pub demo: bool,
}

/// How a portal is reached.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Connection {
    /// Plain http to a host that is not loopback is refused unless this is set (protocol.md, 8.3).
    pub allow_http: bool,
    /// The server's certificate is not checked: anyone on the way can read the secret. Stays visible
    /// wherever the profile is shown.
    pub insecure_tls: bool,
    /// Certificates, in PEM, that are trusted beside those of the operating system.
    pub ca_file: Option<PathBuf>,
    /// The address of a proxy; without it the environment's or the system's is used.
    pub proxy: Option<String>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("allow_http", &self.allow_http)
            .field("insecure_tls", &self.insecure_tls)
            .field("ca_file", &self.ca_file)
            .field("proxy", &self.proxy.as_deref().map(without_password))
            .finish()
    }
}

/// A proxy's address as it may be seen: its user and password are masked.
pub fn without_password(proxy: &str) -> String {
    let (scheme, rest) = proxy.split_once("://").map_or(("", proxy), |(scheme, rest)| (scheme, rest));
    let shown = match rest.rsplit_once('@') {
        Some((_, host)) => format!("{MASK}@{host}"),
        None => rest.to_owned(),
    };
    if scheme.is_empty() { shown } else { format!("{scheme}://{shown}") }
}

/// A colour that every terminal lets its user choose. Its meaning is the user's own: red for production,
/// green for a sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
}

/// How many requests the portal lets one machine ask: the leaky bucket of its tariff (protocol.md, 4.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// 50 requests at once, 2 a second after that.
    #[default]
    Standard,
    /// 250 requests at once, 5 a second after that.
    Enterprise,
}

/// What a list of profiles shows of one: nothing that needs its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    pub name: String,
    /// The portal's host.
    pub host: String,
    /// `webhook of user 27`, `app local.5f…`: whose credential it is, as far as the file says.
    pub whose: String,
    pub colour: Option<Colour>,
    pub insecure_tls: bool,
    /// It is asked when no other is named.
    pub active: bool,
}

impl Profile {
    /// A profile with nothing out of the ordinary.
    pub fn new(name: impl Into<String>, root: RestRoot, credential: Credential) -> Self {
        Self {
            name: name.into(),
            root,
            credential,
            user_name: None,
            member_id: None,
            connection: Connection::default(),
            colour: None,
            plan: Plan::default(),
            demo: false,
        }
    }

    /// Whose credential it is, in words: `webhook of Ann Admin (1)`, `webhook of user 27`.
    pub fn whose(&self) -> String {
        match (&self.credential, &self.user_name) {
            (Credential::Webhook { user, .. }, Some(name)) => format!("webhook of {name} ({user})"),
            (Credential::OAuth { .. }, Some(name)) => format!("access token of {name}"),
            (credential, None) => credential.words(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxys_password_is_never_shown() {
        assert_eq!(without_password("http://ann:pw@proxy.example:3128"), "http://****@proxy.example:3128");
        assert_eq!(without_password("http://ann:p@w@proxy.example"), "http://****@proxy.example");
        assert_eq!(without_password("ann:pw@proxy.example"), "****@proxy.example");
        assert_eq!(without_password("socks5h://proxy.example:1080"), "socks5h://proxy.example:1080");
        let connection = Connection { proxy: Some("http://ann:canary@p.example".into()), ..Connection::default() };
        assert!(!format!("{connection:?}").contains("canary"));
    }
}
