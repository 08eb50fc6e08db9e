//! Who is asking: a webhook's user and secret, or an OAuth access token. The secret is a type of its
//! own that prints blank, so that no log line, report or error text can hold it by accident.

use std::fmt;

use zeroize::Zeroizing;

/// What stands in the place of a secret wherever one would be seen.
pub const MASK: &str = "****";

/// A webhook code or a token. Prints as [`MASK`]; its memory is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text in; the caller should not keep a copy of it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself: only for building a request, and for finding it in order to mask it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// How a request proves who it is from (protocol.md, section 1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// `/rest/{user}/{secret}/{method}`. The user is normally a number; the portal also takes a login
    /// name, and `027` is not `27`, so it is kept as text.
    Webhook { user: String, secret: Secret },
    /// An OAuth access token, carried as the member `auth` of the JSON body.
    OAuth { access: Secret },
}

impl Credential {
    /// In words, without the secret: `webhook of user 27`, `access token`.
    pub fn words(&self) -> String {
        match self {
            Self::Webhook { user, .. } => format!("webhook of user {user}"),
            Self::OAuth { .. } => "access token".to_owned(),
        }
    }

    /// The secret that must be seen nowhere.
    pub fn secret(&self) -> &Secret {
        match self {
            Self::Webhook { secret, .. } => secret,
            Self::OAuth { access } => access,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_blank_in_every_format() {
        let secret = Secret::new("canary7f3a");
        let credential = Credential::Webhook { user: "27".into(), secret: secret.clone() };
        for text in [
            format!("{secret}"),
            format!("{secret:?}"),
            format!("{credential:?}"),
            format!("{credential:#?}"),
            credential.words(),
        ] {
            assert!(!text.contains("canary"), "{text}");
        }
        assert_eq!(secret.expose(), "canary7f3a");
    }
}
