//! The two hooks in the transport that let the clock see how a connection comes about: a resolver that
//! looks names up, and a layer around the connector.

use std::fmt;
use std::future::Future;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tower_layer::Layer;
use tower_service::Service;

use super::clock::{self, Clock};

/// The operating system's resolver, except that `localhost` is always this machine: plain http is
/// allowed there, so no hosts file and no name server may send it elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Resolver;

/// A name that could not be looked up.
#[derive(Debug)]
pub struct LookupFailed {
    pub name: String,
    pub cause: std::io::Error,
}

impl fmt::Display for LookupFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name {} could not be looked up", self.name)
    }
}

impl std::error::Error for LookupFailed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        clock::tell(Clock::dns_began);
        Box::pin(async move {
            let addresses = look_up(&name).await;
            clock::tell(|clock| clock.dns_ended(addresses.as_ref().map_or(0, Vec::len)));
            match addresses {
                Ok(addresses) => {
                    clock::tell(Clock::connect_began);
                    Ok(Box::new(addresses.into_iter()) as Addrs)
                }
                Err(cause) => Err(LookupFailed { name, cause }.into()),
            }
        })
    }
}

async fn look_up(name: &str) -> std::io::Result<Vec<SocketAddr>> {
    let plain = name.strip_suffix('.').unwrap_or(name);
    if plain == "localhost" || plain.ends_with(".localhost") {
        return Ok(vec![(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]);
    }
    // The port is a placeholder: the transport puts the address's own in its place.
    Ok(tokio::net::lookup_host((name, 0)).await?.collect())
}

/// Times the connector it is laid around.
#[derive(Clone, Copy, Debug)]
pub struct TimingLayer;

impl<S> Layer<S> for TimingLayer {
    type Service = Timing<S>;

    fn layer(&self, inner: S) -> Timing<S> {
        Timing(inner)
    }
}

/// A connector with the clock looking on.
#[derive(Clone, Debug)]
pub struct Timing<S>(S);

impl<S, R> Service<R> for Timing<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let mut opening = Box::pin(self.0.call(request));
        let mut first = true;
        Box::pin(std::future::poll_fn(move |cx| {
            let poll = opening.as_mut().poll(cx);
            // The first poll starts the name's lookup, where there is a name. Without one, this is
            // already the connection.
            if std::mem::take(&mut first) {
                clock::tell(Clock::connect_began_unless_a_name_came_first);
            }
            if let Poll::Ready(Ok(_)) = &poll {
                clock::tell(Clock::connected);
            }
            poll
        }))
    }
}
