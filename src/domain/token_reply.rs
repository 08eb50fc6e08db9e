//! What a token endpoint answers: a new pair, a refusal, or something that is neither (protocol.md, 6.4
//! and 6.5). The key `error` decides and not the status: an unknown app is refused with 200.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use url::Url;

use super::address::RestRoot;
use super::chain::Chain;
use super::credential::Secret;
use super::reply::{LooksLike, Outcome, Parts, Reply, Unreadable};

/// An answer of a token endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenReply {
    Tokens(Box<Tokens>),
    Refused(TokenRefusal),
    /// A page, half an answer, or JSON without a token.
    Unreadable(Unreadable),
}

/// A new pair and what came with it. Everything but the access token may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    pub access: Secret,
    /// Instead of the old one. `None` where none came: then the old one stays.
    pub refresh: Option<Secret>,
    /// By this machine's clock, where it can be told.
    pub expires_at: Option<Timestamp>,
    pub member_id: Option<String>,
    /// The only right base for calls.
    pub client_endpoint: Option<RestRoot>,
    /// The token endpoint to use from now on: `server_endpoint` with `/oauth/token/` for `/rest/`.
    pub token_endpoint: Option<Url>,
    pub scope: Vec<String>,
    pub user_id: Option<u64>,
    /// `L` local, `F` free, `D` demo, `T` trial, `P` paid.
    pub status: Option<String>,
}

/// The authorization server's own refusal. The texts are foreign and not yet safe to look at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct TokenRefusal {
    pub code: String,
    /// Often absent.
    pub description: Option<String>,
}

impl TokenRefusal {
    /// Compared without regard to case, as all codes are.
    pub fn is(&self, code: &str) -> bool {
        self.code.trim().eq_ignore_ascii_case(code)
    }

    /// Whether the refresh token or code itself was refused, so that it is of no use any more.
    pub fn is_of_grant(&self) -> bool {
        self.is("invalid_grant") || self.is("expired_token")
    }
}

/// Reads a reply that came at `now`. Never fails: what cannot be read is an answer too.
pub fn read(parts: Parts, now: Timestamp) -> TokenReply {
    let reply = Reply::new(parts);
    match reply.outcome {
        Outcome::Refused(error) => {
            TokenReply::Refused(TokenRefusal { code: error.code, description: error.description })
        }
        Outcome::Unreadable(unreadable) if unreadable.looks_like != LooksLike::WrongShape => {
            TokenReply::Unreadable(unreadable)
        }
        // To the reader of replies an object without a result has the wrong shape; here it is the right one.
        _ => match reply.extra.into_iter().collect::<Map<_, _>>() {
            fields if reply.cut.is_none() => match tokens(&fields, now) {
                Some(tokens) => TokenReply::Tokens(Box::new(tokens)),
                None => TokenReply::Unreadable(Unreadable {
                    looks_like: LooksLike::WrongShape,
                    detail: Some("the reply has neither a token nor an error".to_owned()),
                }),
            },
            _ => TokenReply::Unreadable(LooksLike::Truncated.into()),
        },
    }
}

fn tokens(fields: &Map<String, Value>, now: Timestamp) -> Option<Tokens> {
    let text = |name: &str| text(fields.get(name)?);
    Some(Tokens {
        access: Secret::new(text("access_token")?),
        refresh: text("refresh_token").map(Secret::new),
        expires_at: expiry(fields, now),
        member_id: text("member_id"),
        client_endpoint: text("client_endpoint").and_then(|address| RestRoot::from_url(address.parse().ok()?).ok()),
        token_endpoint: text("server_endpoint").and_then(|address| token_endpoint(&address)),
        scope: text("scope").map(|list| split(&list)).unwrap_or_default(),
        user_id: fields.get("user_id").and_then(number).and_then(|id| u64::try_from(id).ok()),
        status: text("status"),
    })
}

/// When the token ends by this machine's clock. What is left of its life is believed before its end: a
/// clock that runs ahead would find every new token ended and ask for another before every call, for
/// which an app can be blocked (protocol.md, 6.3). For the same reason an end that has passed already
/// counts as unknown.
fn expiry(fields: &Map<String, Value>, now: Timestamp) -> Option<Timestamp> {
    let life = fields.get("expires_in").and_then(number).filter(|seconds| *seconds > 0);
    if let Some(ends) = life.and_then(|seconds| now.checked_add(SignedDuration::from_secs(seconds)).ok()) {
        return Some(ends);
    }
    let ends = fields.get("expires").and_then(number).and_then(|unix| Timestamp::from_second(unix).ok());
    ends.filter(|ends| *ends > now)
}

/// The token endpoint beside an authorization server's REST root (protocol.md, 6.1).
pub fn token_endpoint(server_endpoint: &str) -> Option<Url> {
    let mut url: Url = RestRoot::from_url(server_endpoint.parse().ok()?).ok()?.url().clone();
    let path = format!("{}/oauth/token/", url.path().strip_suffix("/rest/")?);
    url.set_path(&path);
    Some(url)
}

/// A comma list, as it comes or still encoded for an address.
pub(super) fn split(list: &str) -> Vec<String> {
    list.replace("%2C", ",").split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A number, or a text that is one.
fn number(value: &Value) -> Option<i64> {
    match value {
        // Saturates, and a float without a fraction is a whole number here.
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|float| float as i64)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

impl Tokens {
    /// The first chain of an app, from the answer to a code.
    pub fn begin(self, client_id: impl Into<String>, client_secret: Secret) -> Chain {
        Chain {
            access: self.access,
            refresh: self.refresh,
            client_id: client_id.into(),
            client_secret: Some(client_secret),
            expires_at: self.expires_at,
            member_id: self.member_id,
            token_endpoint: self.token_endpoint,
            client_endpoint: self.client_endpoint,
        }
    }

    /// The chain after `chain`. What did not come stays as it was. A token endpoint that is known stays
    /// too, because it may have been given by hand.
    pub fn renew(self, chain: &Chain) -> Chain {
        Chain {
            access: self.access,
            refresh: self.refresh.or_else(|| chain.refresh.clone()),
            client_id: chain.client_id.clone(),
            client_secret: chain.client_secret.clone(),
            expires_at: self.expires_at,
            member_id: self.member_id.or_else(|| chain.member_id.clone()),
            token_endpoint: chain.token_endpoint.clone().or(self.token_endpoint),
            client_endpoint: self.client_endpoint.or_else(|| chain.client_endpoint.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
