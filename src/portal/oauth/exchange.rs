//! One request to a token endpoint, from the decision to send until its answer is read. The secrets
//! travel in the body; in the address only for the server that reads nothing else.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION, USER_AGENT};
use url::Url;
use url::form_urlencoded::Serializer;
use zeroize::Zeroizing;

use super::{Grant, TokenRequest, Why, now};
use crate::domain::address::RestRoot;
use crate::domain::failure::Failure;
use crate::domain::phases::{Phase, Phases};
use crate::domain::reply::{Parts, Unreadable};
use crate::domain::request;
use crate::domain::token_reply::{self, TokenRefusal, TokenReply};
use crate::portal::client::Client;
use crate::portal::clock::{self, Clock};
use crate::portal::failing::{self, Attempt};
use crate::portal::hop;
use crate::portal::masking::Masking;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Post,
    Get,
}

/// How one request ended.
pub enum Sent {
    Answered {
        status: u16,
        reply: TokenReply,
    },
    /// Nothing was sent, or the answer was that nothing was done.
    Not(Why),
    /// It was sent, and what came of it is not known.
    Lost(Failure),
}

/// A server as it is named in words.
pub fn host(server: &Url) -> String {
    RestRoot::from_url(server.clone()).map(|root| root.host()).unwrap_or_default()
}

impl Client {
    pub(super) async fn exchange(
        &self,
        server: &Url,
        request: &TokenRequest,
        method: Method,
        timeout: Duration,
        masking: &Masking,
    ) -> Sent {
        let not = |detail: String| Sent::Not(Why::NotAsked { detail: sentence(&detail) });
        let root = match RestRoot::from_url(server.clone()) {
            Ok(root) => root,
            Err(refused) => return not(refused.to_string()),
        };
        // No profile can allow this one: it would show the app's secret.
        if let Err(refused) = root.check_scheme(false) {
            return not(refused.to_string());
        }
        let transport = match self.transports.to(root.url(), &request.connection).await {
            Ok(transport) => transport,
            Err(detail) => return not(detail),
        };
        let form = form(request);
        let asking = match method {
            Method::Post => transport
                .post(server.clone())
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form.as_bytes().to_vec()),
            Method::Get => {
                let mut address = server.clone();
                address.set_query(Some(&form));
                transport.get(address)
            }
        };
        let asking = asking.header(ACCEPT, "application/json").header(USER_AGENT, request::USER_AGENT);
        let clock = Clock::start();
        let run = run(asking, &clock, masking);
        let response = match tokio::time::timeout(timeout, clock::drive(&clock, &|_| (), run)).await {
            // Whatever the clock believes, it is safer to believe that the request was sent.
            Err(_) => return Sent::Lost(Failure::TimedOut { after: timeout, during: clock.phase() }),
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                let during = clock.phase();
                let failure = failing::name(Attempt {
                    address: root.host(),
                    host: root.url().host_str().unwrap_or_default().to_owned(),
                    secure: root.url().scheme() == "https",
                    during,
                    elapsed: clock.elapsed(),
                    connect_timeout: self.options.connect_timeout,
                    error: &error.without_url(),
                    mask: &|words| masking.text(words),
                });
                return match during {
                    Phase::Dns | Phase::Connect => Sent::Not(Why::Failed(failure)),
                    Phase::Wait | Phase::Download => Sent::Lost(failure),
                };
            }
        };
        let Raw { parts, location } = response;
        let status = parts.status;
        if let Some(to) = location.and_then(|location| server.join(&location).ok()) {
            let to = masking.origin(&to.origin().ascii_serialization());
            return Sent::Not(Why::Redirected { server: root.host(), to });
        }
        // Masked only now: a server may give the same refresh token again, and that one has to be kept.
        let reply = match token_reply::read(parts, now()) {
            TokenReply::Tokens(tokens) => TokenReply::Tokens(tokens),
            TokenReply::Refused(refusal) => TokenReply::Refused(TokenRefusal {
                code: masking.text(refusal.code),
                description: refusal.description.map(|text| masking.text(text)),
            }),
            // The detail may quote the reply, and that may hold tokens that nobody knows yet.
            TokenReply::Unreadable(unreadable) => {
                TokenReply::Unreadable(Unreadable { looks_like: unreadable.looks_like, detail: None })
            }
        };
        Sent::Answered { status, reply }
    }
}

struct Raw {
    parts: Parts,
    /// Where a redirect leads.
    location: Option<String>,
}

async fn run(asking: reqwest::RequestBuilder, clock: &Arc<Clock>, masking: &Masking) -> Result<Raw, reqwest::Error> {
    let mut response = hop::send(asking, clock).await?;
    let status = response.status().as_u16();
    let location = response.headers().get(LOCATION).filter(|_| (300..400).contains(&status));
    let location = location.and_then(|location| location.to_str().ok()).map(str::to_owned);
    let (body, cut) = hop::body(&mut response, &|words| masking.text(words)).await;
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let headers = content_type.map(|value| ("content-type".to_owned(), value.to_owned())).into_iter().collect();
    let parts = Parts { status, version: String::new(), headers, body, cut, phases: Phases::default() };
    Ok(Raw { parts, location })
}

fn form(request: &TokenRequest) -> Zeroizing<String> {
    let (grant, name, value) = match &request.grant {
        Grant::Refresh(token) => ("refresh_token", "refresh_token", token),
        Grant::Code(code) => ("authorization_code", "code", code),
    };
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", grant)
        .append_pair("client_id", &request.client_id)
        .append_pair("client_secret", request.client_secret.expose())
        .append_pair(name, value.expose());
    Zeroizing::new(form.finish())
}

/// `the address is none` as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
