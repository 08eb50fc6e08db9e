//! The request that asks a lookup, built in one place so that what is shown as sent is what was sent.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use url::Url;
use zeroize::Zeroizing;

use super::credential::{Credential, MASK};
use super::entity::EntityPair;
use super::lookup::METHOD;
use super::profile::Profile;

/// Sent as `User-Agent`: the portal's documentation asks for a name and a version.
pub const USER_AGENT: &str = concat!("b24chat/", env!("CARGO_PKG_VERSION"));

/// One POST with a JSON body. Holds the secret, in the address or in the body, so it has no `Debug`.
pub struct Request {
    address: Zeroizing<String>,
    body: Zeroizing<String>,
    sent: Sent,
}

/// The same request with the secret masked: for the screen, the history and exports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Always `POST`.
    pub method: String,
    pub url: String,
    /// Those of [`Request::headers`], and the two that the transport adds; over HTTP/2 `host` travels as `:authority`.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    /// `im.chat.get` for a pair. The content type is never left out: without it the portal loses the
    /// body without a word and answers `null` (protocol.md, 1.1).
    pub fn im_chat_get(profile: &Profile, pair: &EntityPair) -> Self {
        let params = [("ENTITY_TYPE", pair.entity_type()), ("ENTITY_ID", pair.entity_id())];
        let params = params.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        Self::new(profile, METHOD, params)
    }

    /// Any method with its parameters, by the profile's credential.
    pub fn new(profile: &Profile, method: &str, mut params: Map<String, Value>) -> Self {
        let secret = profile.credential.secret();
        let (address, masked_address, masked_body, body);
        match &profile.credential {
            Credential::Webhook { user, .. } => {
                address = address_of(profile, &[user, secret.expose(), method]);
                masked_address = format!("{}{user}/{MASK}/{method}", profile.root);
                body = Value::Object(params).to_string();
                masked_body = body.clone();
            }
            Credential::OAuth { .. } => {
                address = address_of(profile, &[method]);
                masked_address = address.clone();
                params.insert("auth".to_owned(), json!(MASK));
                masked_body = Value::Object(params.clone()).to_string();
                params.insert("auth".to_owned(), json!(secret.expose()));
                body = Value::Object(params).to_string();
            }
        }
        let length = body.len().to_string();
        let host = profile.root.host();
        let headers = [("host", host.as_str()), ("content-length", &length)].into_iter().chain(HEADERS);
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let sent = Sent { method: "POST".to_owned(), url: masked_address, headers, body: masked_body };
        Self { address: Zeroizing::new(address), body: Zeroizing::new(body), sent }
    }

    /// The full address: for a webhook it holds the secret.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The full body: for OAuth it holds the token.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The headers this program sets; the transport adds `Host` and `Content-Length`.
    pub fn headers(&self) -> &'static [(&'static str, &'static str)] {
        &HEADERS
    }

    /// What may be seen of it.
    pub fn masked(self) -> Sent {
        self.sent
    }
}

/// gzip is the only encoding a cloud portal offered (protocol.md, 1.1). There is never a cookie: one of
/// user A beside the credential of user B is an `authorization_error`.
const HEADERS: [(&str, &str); 4] = [
    ("accept", "application/json"),
    ("accept-encoding", "gzip"),
    ("content-type", "application/json"),
    ("user-agent", USER_AGENT),
];

fn address_of(profile: &Profile, segments: &[&str]) -> String {
    let mut url: Url = profile.root.url().clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::address::RestRoot;
    use crate::domain::credential::Secret;

    fn profile(credential: Credential) -> Profile {
        Profile::new(
            "acme",
            RestRoot::from_url(Url::parse("https://acme.bitrix24.com/rest/").unwrap()).unwrap(),
            credential,
        )
    }

    fn pair() -> EntityPair {
        EntityPair::new("CRM", "DEAL|1663").unwrap()
    }

    #[test]
    fn a_webhook_travels_in_the_address_and_is_masked_there() {
        let profile = profile(Credential::Webhook { user: "27".into(), secret: Secret::new("canary0123456789") });
        let request = Request::im_chat_get(&profile, &pair());
        assert_eq!(request.address(), "https://acme.bitrix24.com/rest/27/canary0123456789/im.chat.get");
        assert_eq!(request.body(), r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":"DEAL|1663"}"#);
        let sent = request.masked();
        assert_eq!(sent.url, "https://acme.bitrix24.com/rest/27/****/im.chat.get");
        assert!(!format!("{sent:?}").contains("canary"));
        assert!(sent.headers.contains(&("content-type".into(), "application/json".into())));
    }

    #[test]
    fn a_token_travels_in_the_body_and_is_masked_there() {
        let profile = profile(Credential::OAuth { access: Secret::new("canary0123456789") });
        let request = Request::im_chat_get(&profile, &pair());
        assert_eq!(request.address(), "https://acme.bitrix24.com/rest/im.chat.get");
        assert!(request.body().ends_with(r#","auth":"canary0123456789"}"#));
        let sent = request.masked();
        assert_eq!(sent.body, r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":"DEAL|1663","auth":"****"}"#);
    }

    #[test]
    fn a_user_that_is_a_login_name_cannot_bend_the_path() {
        let profile = profile(Credential::Webhook { user: "a/b?c".into(), secret: Secret::new("canary0123456789") });
        let request = Request::im_chat_get(&profile, &pair());
        assert_eq!(request.address(), "https://acme.bitrix24.com/rest/a%2Fb%3Fc/canary0123456789/im.chat.get");
    }
}
