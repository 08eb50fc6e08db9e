//! What a stored secret looks like: a small JSON document. A webhook's holds its code, an OAuth
//! profile's the whole chain. Places of the user's own may hold the bare code or token instead.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use url::Url;

use crate::domain::address::RestRoot;
use crate::domain::chain::Chain;
use crate::domain::credential::{Credential, Secret};
use crate::domain::pasted;
use crate::store::profiles::{Entry, Kind};

/// A secret with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, and it is taken apart at once")]
pub enum Stored {
    /// The code of a webhook's address.
    Webhook(Secret),
    OAuth(Chain),
}

impl Stored {
    /// Every secret of it, for masking.
    pub fn secrets(&self) -> impl Iterator<Item = &Secret> {
        let (webhook, chain) = match self {
            Self::Webhook(secret) => (Some(secret), None),
            Self::OAuth(chain) => (None, Some(chain)),
        };
        webhook.into_iter().chain(chain.into_iter().flat_map(Chain::secrets))
    }
}

/// The document of a secret.
pub fn to_json(stored: &Stored) -> Value {
    match stored {
        Stored::Webhook(secret) => json!({ "webhook_secret": secret.expose() }),
        Stored::OAuth(chain) => {
            let mut members = Map::new();
            let mut put = |key: &str, text: Option<String>| {
                if let Some(text) = text {
                    members.insert(key.to_owned(), text.into());
                }
            };
            put("access_token", Some(chain.access.expose().to_owned()));
            put("refresh_token", chain.refresh.as_ref().map(|secret| secret.expose().to_owned()));
            put("client_id", Some(chain.client_id.clone()));
            put("client_secret", chain.client_secret.as_ref().map(|secret| secret.expose().to_owned()));
            put("expires_at", chain.expires_at.map(|ends| ends.to_string()));
            put("member_id", chain.member_id.clone());
            put("token_endpoint", chain.token_endpoint.as_ref().map(Url::to_string));
            put("client_endpoint", chain.client_endpoint.as_ref().map(RestRoot::to_string));
            Value::Object(members)
        }
    }
}

/// A webhook's code as its whole address, so that it is only ever read for the portal and user it is of:
/// whoever changes the address in a shared file of profiles does not get the secret sent there. A code
/// that would not be read back from an address (a REST root of another name, an odd code) stays as it is.
pub fn bound(stored: &Stored, entry: &Entry) -> Stored {
    let (Stored::Webhook(code), Kind::Webhook { user }) = (stored, &entry.kind) else { return stored.clone() };
    let address = Secret::new(format!("{}{user}/{}/", entry.root, code.expose()));
    match from_address(address.expose(), entry) {
        Ok(Stored::Webhook(again)) if again == *code => Stored::Webhook(address),
        _ => stored.clone(),
    }
}

/// Reads a secret for an entry from text: the document, or what a person would put there. What the
/// document leaves out is taken from the entry.
///
/// # Errors
/// Words that name the part that is wrong and never hold the text.
pub fn from_text(text: &str, entry: &Entry) -> Result<Stored, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    if text.starts_with('{') {
        let value = serde_json::from_str(text)
            .map_err(|error| format!("it is no valid JSON at line {}, column {}", error.line(), error.column()))?;
        return from_json(&value, entry);
    }
    match &entry.kind {
        Kind::Webhook { .. } if text.contains('/') => from_address(text, entry),
        Kind::Webhook { .. } => Ok(Stored::Webhook(bare(text, "a webhook's code or address")?)),
        Kind::OAuth { .. } => chain(&Map::new(), bare(text, "an access token")?, entry).map(Stored::OAuth),
    }
}

/// Reads the document of a secret for an entry.
///
/// # Errors
/// Words that name the part that is wrong and never hold the text.
pub fn from_json(value: &Value, entry: &Entry) -> Result<Stored, String> {
    let members = value.as_object().ok_or("it is JSON, but no object")?;
    match &entry.kind {
        Kind::Webhook { .. } => match text(members, "webhook_secret")?.or(text(members, "webhook")?) {
            Some(code) if code.contains('/') => from_address(code, entry),
            Some(code) => Ok(Stored::Webhook(bare(code, "a webhook's code")?)),
            None => Err("it has no member webhook_secret, and the profile is a webhook's".to_owned()),
        },
        Kind::OAuth { .. } => match text(members, "access_token")? {
            Some(access) => chain(members, bare(access, "an access token")?, entry).map(Stored::OAuth),
            None => Err("it has no member access_token, and the profile's kind is oauth".to_owned()),
        },
    }
}

/// A whole webhook address: it has to be that of the profile, so that no portal is sent another's secret.
fn from_address(text: &str, entry: &Entry) -> Result<Stored, String> {
    let (root, credential, _) = pasted::webhook(text).map_err(|why| why.en().to_owned())?;
    let (Credential::Webhook { user, secret }, Kind::Webhook { user: expected }) = (credential, &entry.kind) else {
        return Err("it is no webhook's address".to_owned());
    };
    if root != entry.root {
        let (host, expected) = (root.host(), entry.root.host());
        return Err(format!("it is the address of a webhook at {host}, and the profile's portal is {expected}"));
    }
    if user != *expected {
        return Err(format!("it is the address of another user's webhook, and the profile's user is {expected}"));
    }
    Ok(Stored::Webhook(secret))
}

fn chain(members: &Map<String, Value>, access: Secret, entry: &Entry) -> Result<Chain, String> {
    let (client_id, auth_server) = match &entry.kind {
        Kind::OAuth { client_id, auth_server } => (client_id.as_str(), auth_server.as_ref()),
        Kind::Webhook { .. } => ("", None),
    };
    let address = |key: &str| match text(members, key)? {
        Some(found) => Url::parse(found).map(Some).map_err(|_| format!("its member {key} is no address")),
        None => Ok(None),
    };
    let client_endpoint = match address("client_endpoint")? {
        Some(url) => Some(RestRoot::from_url(url).map_err(|_| "its member client_endpoint is no address")?),
        None => None,
    };
    Ok(Chain {
        access,
        refresh: text(members, "refresh_token")?.map(Secret::new),
        client_id: text(members, "client_id")?.filter(|id| !id.is_empty()).unwrap_or(client_id).to_owned(),
        client_secret: text(members, "client_secret")?.map(Secret::new),
        expires_at: ends(members)?,
        member_id: text(members, "member_id")?.map(str::to_owned),
        token_endpoint: address("token_endpoint")?.or(auth_server.cloned()),
        client_endpoint,
    })
}

/// Our own documents say when as text for people; a portal's reply, which somebody may have kept, as
/// seconds, sometimes in quotes (protocol.md, 6.4).
fn ends(members: &Map<String, Value>) -> Result<Option<Timestamp>, String> {
    let Some(value) = members.get("expires_at").or_else(|| members.get("expires")).filter(|value| !value.is_null())
    else {
        return Ok(None);
    };
    let seconds = value.as_i64().or_else(|| value.as_str()?.parse().ok());
    let moment = match seconds {
        Some(seconds) => Timestamp::from_second(seconds).ok(),
        None => value.as_str().and_then(|text| text.parse().ok()),
    };
    moment.map(Some).ok_or_else(|| "its member expires_at is neither a time nor a number of seconds".to_owned())
}

fn text<'a>(members: &'a Map<String, Value>, key: &str) -> Result<Option<&'a str>, String> {
    match members.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("its member {key} is no text")),
    }
}

/// A code or token: one word of signs that can stand in an address.
fn bare(text: &str, wanted: &str) -> Result<Secret, String> {
    let text = text.trim();
    let is_word =
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\{}/?#%".contains(&byte));
    if is_word { Ok(Secret::new(text)) } else { Err(format!("it is not {wanted}: one word of letters and digits")) }
}
