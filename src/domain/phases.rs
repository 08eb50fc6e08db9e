//! Our own clock on one request, measured on this machine and never on the portal's.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Where a request in flight is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Looking up the host's addresses.
    Dns,
    /// TCP and, for https, TLS: the transport reports them as one.
    Connect,
    /// Sent; the first byte has not come yet.
    Wait,
    /// The head is here, the body is coming.
    Download,
}

impl Phase {
    /// What is going on, in words for the screen.
    pub fn words(self) -> &'static str {
        match self {
            Self::Dns => "looking up the address",
            Self::Connect => "connecting",
            Self::Wait => "waiting for the first byte",
            Self::Download => "receiving the reply",
        }
    }
}

/// How long each phase took. `None` where the phase did not happen or was not reached; on a reused
/// connection there is neither `dns` nor `connect`. For a request that was repeated after a redirect
/// each phase is the sum over its requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phases {
    pub dns: Option<Duration>,
    pub connect: Option<Duration>,
    pub wait: Option<Duration>,
    pub download: Option<Duration>,
    /// From the decision to send until the last byte, or until it failed.
    pub total: Duration,
    /// The request travelled on a connection that was already open.
    pub reused: bool,
}
