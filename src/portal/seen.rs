//! What a connection shows of itself while it comes about: where the name led, when bytes could be sent,
//! which certificate was shown.

use std::time::{Duration, Instant};

use super::certificate;
use crate::domain::diagnosis::{Trouble, Way};

/// What the latest connection showed of itself.
#[derive(Default)]
pub struct Seen {
    pub dns: Option<Span>,
    pub addresses: Option<usize>,
    pub connect: Option<Span>,
    pub handshake: Option<Instant>,
    /// As it came over the wire; it is read when somebody wants to know.
    pub certificate: Option<Vec<u8>>,
    pub trouble: Option<Trouble>,
    pub unready: bool,
}

impl Seen {
    /// It as facts, with what is still going on ending now.
    pub fn way(&self) -> Way {
        let now = Instant::now();
        let connected = self.connect.and_then(|span| span.ended);
        let reached = self.handshake.or(connected);
        let tcp_until = reached.unwrap_or(now);
        Way {
            addresses: self.addresses,
            dns: self.dns.map(|span| span.length(now)),
            tcp: self.connect.map(|span| tcp_until.saturating_duration_since(span.began)),
            reached: reached.is_some(),
            tls: self.handshake.map(|began| connected.unwrap_or(now).saturating_duration_since(began)),
            secured: self.handshake.is_some() && connected.is_some(),
            certificate: self.certificate.as_deref().and_then(certificate::read),
            trouble: self.trouble,
            is_unready: self.unready,
        }
    }
}

/// A length of time that has begun and perhaps ended.
#[derive(Clone, Copy)]
pub struct Span {
    pub began: Instant,
    pub ended: Option<Instant>,
}

impl Span {
    pub fn begin() -> Self {
        Self { began: Instant::now(), ended: None }
    }

    pub fn end(&mut self) {
        self.ended = Some(Instant::now());
    }

    /// Its length; up to now while it is still running.
    pub fn length(self, now: Instant) -> Duration {
        self.ended.unwrap_or(now).duration_since(self.began)
    }
}
