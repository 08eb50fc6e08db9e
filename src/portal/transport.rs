//! The HTTP library, set up the way this program needs it. Each kind of transport is built once, when
//! the first request needs it: the roots of the system's trust store take longer to load than the demo
//! portal takes to answer, so a plain-http request must not wait for them.

use std::time::Duration;

use reqwest::ClientBuilder;
use reqwest::redirect::Policy;
use tokio::sync::OnceCell;

use super::connector::{Resolver, TimingLayer};
use crate::domain::address::RestRoot;

/// How long an idle connection is kept. Shorter than the time after which servers (75 s is usual) and
/// routers forget it, so that a request is not sent into a connection that nobody listens to any more.
const IDLE: Duration = Duration::from_secs(30);

/// The transports, none of them built yet.
pub struct Transports {
    connect_timeout: Duration,
    plain: OnceCell<reqwest::Client>,
    secure: OnceCell<reqwest::Client>,
    secure_loopback: OnceCell<reqwest::Client>,
}

impl Transports {
    pub fn new(connect_timeout: Duration) -> Self {
        Self { connect_timeout, plain: OnceCell::new(), secure: OnceCell::new(), secure_loopback: OnceCell::new() }
    }

    /// The transport for an address.
    ///
    /// # Errors
    /// A sentence for a person, when the system's trust store cannot be used.
    pub async fn to(&self, root: &RestRoot) -> Result<&reqwest::Client, String> {
        let base = base(self.connect_timeout);
        if root.url().scheme() == "http" {
            // A proxy is for https only: on plain http it would see the secret.
            let builder = base.no_proxy().http1_only().tls_certs_only([]);
            return self.plain.get_or_try_init(|| async { build(builder) }).await;
        }
        if root.is_loopback() {
            return self.secure_loopback.get_or_try_init(|| build_aside(base.no_proxy())).await;
        }
        // The proxy of the environment or the system is the library's default.
        self.secure.get_or_try_init(|| build_aside(base)).await
    }
}

/// What all transports share. There is no cookie store, and redirects are this floor's own business.
/// Compressed bodies are unpacked here too: the library would hide the headers that say so.
fn base(connect_timeout: Duration) -> ClientBuilder {
    ClientBuilder::new()
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(IDLE)
        .dns_resolver(Resolver)
        .connector_layer(TimingLayer)
}

/// Builds on a thread that may wait: reading the trust store is work for the disk.
async fn build_aside(builder: ClientBuilder) -> Result<reqwest::Client, String> {
    match tokio::task::spawn_blocking(move || build(builder)).await {
        Ok(built) => built,
        Err(_) => Err("the secure transport could not be set up".to_owned()),
    }
}

fn build(builder: ClientBuilder) -> Result<reqwest::Client, String> {
    // The library takes the process-wide provider of cryptography and panics without one. Whoever was
    // first has set it; all providers do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    builder.build().map_err(|error| {
        let words = super::failing::deepest(&error.without_url(), &|words| words);
        format!("the secure transport could not be set up: {words}")
    })
}
