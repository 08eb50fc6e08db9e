//! One lookup over the network, from the decision to send until the last byte.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::{RequestBuilder, Response, Version};
use url::Url;

use super::clock::{self, Clock};
use super::failing::{self, Attempt};
use super::hop;
use super::masking::Masking;
use super::redirect::{self, FOLLOWED, Redirect};
use super::transport::Transports;
use crate::domain::address::InvalidAddress;
use crate::domain::credential::Credential;
use crate::domain::diagnosis::Way;
use crate::domain::failure::Failure;
use crate::domain::lookup::{End, Lookup};
use crate::domain::phases::{Phase, Phases};
use crate::domain::profile::Profile;
use crate::domain::reply::{Parts, Reply};
use crate::domain::request::{Request, USER_AGENT};

/// What a client may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// For looking up the name, connecting and TLS together. 10 s by default.
    pub connect_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { connect_timeout: Duration::from_secs(10) }
    }
}

/// Asks portals. Cheap to make and to clone: no trust store is read and no name looked up before the
/// first request needs it. Clones share their connections.
#[derive(Clone)]
pub struct Client {
    pub(super) options: Options,
    pub(super) transports: Arc<Transports>,
}

/// What the doctor asks, besides lookups.
#[derive(Clone, Copy)]
pub(super) enum Inquiry<'a> {
    /// The portal's time, by nobody: a portal refuses that. Redirects come back as they are.
    WithoutCredential,
    Of(&'a Request),
}

/// What came of it.
pub(super) struct Inquired {
    pub(super) end: Result<Parts, Failure>,
    pub(super) phases: Phases,
    clock: Arc<Clock>,
}

/// Whether a lookup may be sent at all. Callers ask this first, so that what must not be sent is an
/// invalid input and no failure of the network.
///
/// # Errors
/// Plain http to a host that is neither this machine nor allowed by the profile (protocol.md, 8.3).
pub fn check(lookup: &Lookup) -> Result<(), InvalidAddress> {
    check_profile(&lookup.profile)
}

fn check_profile(profile: &Profile) -> Result<(), InvalidAddress> {
    profile.root.check_scheme(profile.connection.allow_http)
}

impl Client {
    pub fn new(options: Options) -> Self {
        Self { options, transports: Arc::new(Transports::new(options.connect_timeout)) }
    }

    /// Asks once and never panics. `on_phase` hears of each phase as it begins. The secret is in no
    /// field of what comes back.
    ///
    /// Dropping the future cancels the request: an HTTP/1.1 connection is closed, on HTTP/2 the stream
    /// is reset and the connection stays for other requests.
    pub async fn ask(&self, lookup: &Lookup, on_phase: &(dyn Fn(Phase) + Send + Sync)) -> End {
        let request = lookup.request();
        let hears = |phase, _: &Clock| on_phase(phase);
        let Inquired { end, phases, .. } =
            self.send(Inquiry::Of(&request), &lookup.profile, lookup.timeout, &hears).await;
        match end {
            Ok(parts) => End::Answered(Reply::new(parts)),
            Err(failure) => End::Failed { failure, phases },
        }
    }

    /// Asks a method that is no lookup, once. Callers see to it that the method only reads.
    pub async fn read(&self, request: &Request, profile: &Profile, timeout: Duration) -> Result<Parts, Failure> {
        check_profile(profile).map_err(|refused| Failure::Other { detail: refused.to_string() })?;
        self.inquire(Inquiry::Of(request), profile, timeout, &|_, _| ()).await.end
    }

    /// The same for what is no lookup, and with all that was seen on the way.
    pub(super) async fn inquire(
        &self,
        inquiry: Inquiry<'_>,
        profile: &Profile,
        timeout: Duration,
        on_phase: &(dyn Fn(Phase, &Way) + Send + Sync),
    ) -> Inquired {
        let hears = |phase, clock: &Clock| on_phase(phase, &clock.way());
        self.send(inquiry, profile, timeout, &hears).await
    }

    /// A client of the same kind that has no connections yet.
    pub(super) fn afresh(&self) -> Self {
        Self::new(self.options)
    }

    async fn send(
        &self,
        inquiry: Inquiry<'_>,
        profile: &Profile,
        timeout: Duration,
        on_phase: &(dyn Fn(Phase, &Clock) + Send + Sync),
    ) -> Inquired {
        let clock = Clock::start();
        let exchange = Exchange {
            client: self,
            profile,
            inquiry,
            masking: Masking::new(&profile.credential),
            clock: Arc::clone(&clock),
        };
        let hears = |phase| on_phase(phase, &clock);
        let in_time = tokio::time::timeout(timeout, clock::drive(&clock, &hears, exchange.run())).await;
        let ended = in_time.unwrap_or_else(|_| Err(Failure::TimedOut { after: timeout, during: clock.phase() }));
        let phases = clock.phases();
        match &ended {
            Ok(parts) => tracing::debug!(target: "b24chat", status = parts.status, ?phases, "answered"),
            Err(failure) => tracing::debug!(target: "b24chat", code = failure.code(), ?phases, "failed"),
        }
        Inquired { end: ended.map(|parts| Parts { phases, ..parts }), phases, clock }
    }
}

impl Inquired {
    /// What was seen of the connection.
    pub(super) fn way(&self) -> Way {
        self.clock.way()
    }
}

impl fmt::Debug for Client {
    /// Without the transports: they know the proxy, and its address may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("options", &self.options).finish_non_exhaustive()
    }
}

/// One request with its redirects.
struct Exchange<'a> {
    client: &'a Client,
    profile: &'a Profile,
    inquiry: Inquiry<'a>,
    masking: Masking,
    clock: Arc<Clock>,
}

impl Exchange<'_> {
    async fn run(&self) -> Result<Parts, Failure> {
        check_profile(self.profile).map_err(|refused| Failure::Other { detail: refused.to_string() })?;
        let transport = self.client.transports.to(self.profile.root.url(), &self.profile.connection).await;
        let transport = transport.map_err(|detail| {
            self.clock.is_unready();
            Failure::Other { detail }
        })?;
        let request = match self.inquiry {
            Inquiry::WithoutCredential => return self.knock(&transport).await,
            Inquiry::Of(request) => request,
        };
        let no_address = |_| Failure::Other { detail: "the request's address is no address".to_owned() };
        let mut address = Url::parse(request.address()).map_err(no_address)?;
        let mut redirects = 0;
        loop {
            let body = request.body().to_owned();
            let asked = transport.post(address.clone()).headers(headers(request.headers())).body(body);
            let response = self.hop(asked).await?;
            match self.redirect(&response, &address) {
                None => return Ok(self.keep(response).await),
                Some(Redirect::Away { to }) => return Err(Failure::Moved { to: self.masking.origin(&to) }),
                Some(Redirect::Repeat(next)) => {
                    redirects += 1;
                    if redirects > FOLLOWED {
                        return Err(Failure::RedirectLoop { hops: redirects });
                    }
                    address = next;
                }
            }
        }
    }

    /// Asks without a credential, once.
    async fn knock(&self, transport: &reqwest::Client) -> Result<Parts, Failure> {
        let address = self.profile.root.url().join("server.time.json");
        let address =
            address.map_err(|_| Failure::Other { detail: "the portal's address is no address".to_owned() })?;
        let asked = transport.get(address).headers(headers(&KNOCK));
        Ok(self.keep(self.hop(asked).await?).await)
    }

    /// Sends the request once, until its head is here.
    async fn hop(&self, request: RequestBuilder) -> Result<Response, Failure> {
        hop::send(request, &self.clock).await.map_err(|error| self.name(error))
    }

    fn redirect(&self, response: &Response, asked: &Url) -> Option<Redirect> {
        let location = response.headers().get(LOCATION).map(HeaderValue::as_bytes);
        let token_in_body = matches!(self.profile.credential, Credential::OAuth { .. });
        redirect::read(response.status().as_u16(), location, asked, &self.profile.root, token_in_body)
    }

    /// Reads the body to its end or its limit, and takes the secret out of everything.
    async fn keep(&self, mut response: Response) -> Parts {
        let (body, cut) = hop::body(&mut response, &|words| self.masking.text(words)).await;
        let headers = response.headers().iter();
        Parts {
            status: response.status().as_u16(),
            version: version(response.version()),
            headers: headers.map(|(name, value)| self.masking.header(name.as_str(), value.as_bytes())).collect(),
            body: self.masking.body(body, cut.is_some()),
            cut,
            phases: Phases::default(),
        }
    }

    fn name(&self, error: reqwest::Error) -> Failure {
        let root = &self.profile.root;
        let error = error.without_url();
        let failure = failing::name(Attempt {
            address: root.host(),
            host: root.url().host_str().unwrap_or_default().to_owned(),
            secure: root.url().scheme() == "https",
            during: self.clock.phase(),
            elapsed: self.clock.elapsed(),
            connect_timeout: self.client.options.connect_timeout,
            error: &error,
            mask: &|words| self.masking.text(words),
        });
        let is_secure = self.profile.root.url().scheme() == "https";
        if let Some(trouble) = failing::trouble(&error, is_secure).filter(|_| matches!(failure, Failure::Tls { .. })) {
            self.clock.handshake_failed(trouble);
        }
        failure
    }
}

/// A request without a body says of itself only this.
const KNOCK: [(&str, &str); 3] =
    [("accept", "application/json"), ("accept-encoding", "gzip"), ("user-agent", USER_AGENT)];

fn headers(headers: &[(&'static str, &'static str)]) -> HeaderMap {
    let headers = headers.iter();
    headers.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
}

fn version(version: Version) -> String {
    match version {
        Version::HTTP_09 => "HTTP/0.9",
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_11 => "HTTP/1.1",
        Version::HTTP_2 => "HTTP/2",
        Version::HTTP_3 => "HTTP/3",
        _ => "HTTP",
    }
    .to_owned()
}
