//! The HTTP library, set up the way this program needs it. A transport is built once for each way of
//! reaching portals, when the first request needs it: the roots of the system's trust store take longer
//! to load than the demo portal takes to answer, so a plain-http request must not wait for them.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::ClientBuilder;
use reqwest::redirect::Policy;
use tokio::sync::OnceCell;
use url::Url;

use super::connector::{Resolver, TimingLayer};
use super::route::{self, Via};
use super::trust;
use crate::domain::diagnosis::Route;
use crate::domain::profile::Connection;

/// How long an idle connection is kept. Shorter than the time after which servers (75 s is usual) and
/// routers forget it, so that a request is not sent into a connection that nobody listens to any more.
const IDLE: Duration = Duration::from_secs(30);

/// The transports, none of them built yet.
pub struct Transports {
    connect_timeout: Duration,
    built: Mutex<Vec<(Kind, Cell)>>,
}

type Cell = Arc<OnceCell<reqwest::Client>>;

/// What two addresses must have in common to be asked by the same transport.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kind {
    secure: bool,
    via: Via,
    insecure_tls: bool,
    ca_file: Option<PathBuf>,
}

impl Transports {
    pub fn new(connect_timeout: Duration) -> Self {
        Self { connect_timeout, built: Mutex::default() }
    }

    /// The transport for an address: a portal's, or the authorization server's, which is reached in the
    /// same way. Cheap once it is built; clones share their connections.
    ///
    /// # Errors
    /// A sentence for a person, when the trust store, the profile's certificates or its proxy cannot be used.
    pub async fn to(&self, url: &Url, connection: &Connection) -> Result<reqwest::Client, String> {
        let secure = url.scheme() != "http";
        let kind = Kind {
            secure,
            via: route::via(url, connection),
            insecure_tls: secure && connection.insecure_tls,
            ca_file: connection.ca_file.clone().filter(|_| secure),
        };
        let cell = self.cell(kind.clone());
        let base = base(self.connect_timeout);
        let built = cell.get_or_try_init(|| async {
            let builder = through(base, &kind.via)?;
            if secure {
                let connection = connection.clone();
                aside(move || build(builder.tls_backend_preconfigured(trust::config(&connection).map_err(unready)?)))
                    .await
            } else {
                build(builder.http1_only().tls_certs_only([]))
            }
        });
        built.await.cloned()
    }

    /// How an address is reached, for a person.
    pub fn route(url: &Url, connection: &Connection) -> Route {
        route::of(url, connection)
    }

    /// The place of a kind's transport.
    fn cell(&self, kind: Kind) -> Cell {
        // There is only ever something added, so the list is whole even if a thread died holding it.
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, cell)) = built.iter().find(|(known, _)| *known == kind) {
            return Arc::clone(cell);
        }
        let cell = Cell::default();
        built.push((kind, Arc::clone(&cell)));
        cell
    }
}

/// What all transports share. There is no cookie store, and redirects are this floor's own business.
/// Compressed bodies are unpacked here too: the library would hide the headers that say so.
fn base(connect_timeout: Duration) -> ClientBuilder {
    // The library takes the process-wide provider of cryptography and panics without one. Whoever was
    // first has set it; all providers do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    ClientBuilder::new()
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(IDLE)
        .dns_resolver(Resolver)
        .connector_layer(TimingLayer)
}

fn through(builder: ClientBuilder, via: &Via) -> Result<ClientBuilder, String> {
    Ok(match via {
        Via::Direct => builder.no_proxy(),
        Via::Named(proxy) => builder.no_proxy().proxy(route::proxy(proxy)?),
        // The proxy of the environment or the system is the library's default.
        Via::System => builder,
    })
}

/// Builds on a thread that may wait: reading the trust store is work for the disk.
async fn aside(
    work: impl FnOnce() -> Result<reqwest::Client, String> + Send + 'static,
) -> Result<reqwest::Client, String> {
    match tokio::task::spawn_blocking(work).await {
        Ok(built) => built,
        Err(_) => Err("the secure transport could not be set up".to_owned()),
    }
}

fn build(builder: ClientBuilder) -> Result<reqwest::Client, String> {
    builder.build().map_err(|error| unready(super::failing::deepest(&error.without_url(), &|words| words)))
}

fn unready(why: String) -> String {
    format!("the secure transport could not be set up: {why}")
}
