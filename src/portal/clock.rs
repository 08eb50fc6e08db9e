//! The clock on one request. The transport tells it what begins and ends; from that come the phases
//! that a person sees while the request runs, and their lengths afterwards. It uses [`Instant`], which
//! cannot run backwards.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::seen::{Seen, Span};
use crate::domain::diagnosis::{Trouble, Way};
use crate::domain::phases::{Phase, Phases};

tokio::task_local! {
    /// The clock of the request that is being driven right now. The transport's hooks have no way to
    /// see which request they work for, but they run inside its future, and so inside its scope. A
    /// connection that is finished for nobody in particular runs outside of every scope and is not timed.
    static CURRENT: Arc<Clock>;
}

/// Tells the clock of the current request, if there is one.
pub fn tell(news: impl FnOnce(&Clock)) {
    // Outside of a request there is nobody to tell.
    let _ = CURRENT.try_with(|clock| news(clock));
}

/// Drives `request` with `clock` as its clock, and reports each phase as it begins.
pub async fn drive<F: Future>(clock: &Arc<Clock>, on_phase: &(dyn Fn(Phase) + Send + Sync), request: F) -> F::Output {
    let mut request = pin!(CURRENT.scope(Arc::clone(clock), request));
    std::future::poll_fn(|cx| {
        let poll = request.as_mut().poll(cx);
        for phase in clock.unreported() {
            on_phase(phase);
        }
        poll
    })
    .await
}

/// See the module.
pub struct Clock {
    began: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What the finished hops took; one hop is one request, more than one only after redirects.
    past: Phases,
    hop: Option<Hop>,
    /// A connection was opened for this request, in whichever hop.
    opened: bool,
    /// Hops that got a head.
    answered: usize,
    phase: Option<Phase>,
    unreported: Vec<Phase>,
    seen: Seen,
}

struct Hop {
    began: Instant,
    dns: Option<Span>,
    connect: Option<Span>,
    /// When the head came.
    head: Option<Instant>,
}

impl Clock {
    /// Starts it: this is the decision to send.
    pub fn start() -> Arc<Self> {
        Arc::new(Self { began: Instant::now(), state: Mutex::default() })
    }

    /// The next request of the same lookup is about to be sent.
    pub fn hop_began(&self) {
        let mut state = self.state();
        state.finish_hop();
        state.hop = Some(Hop { began: Instant::now(), dns: None, connect: None, head: None });
    }

    pub fn dns_began(&self) {
        let mut state = self.state();
        state.enter(Phase::Dns);
        let span = Span::begin();
        state.seen = Seen { dns: Some(span), ..Seen::default() };
        if let Some(hop) = &mut state.hop {
            hop.dns = Some(span);
        }
    }

    /// The name led to so many addresses.
    pub fn dns_ended(&self, addresses: usize) {
        let mut state = self.state();
        state.seen.addresses = Some(addresses);
        if let Some(span) = &mut state.seen.dns {
            span.end();
        }
        if let Some(span) = state.hop.as_mut().and_then(|hop| hop.dns.as_mut()) {
            span.end();
        }
    }

    /// The host is an address already, or its name has been looked up.
    pub fn connect_began(&self) {
        let mut state = self.state();
        state.enter(Phase::Connect);
        let span = Span::begin();
        state.seen.connect = Some(span);
        if let Some(hop) = &mut state.hop {
            hop.connect = Some(span);
        }
    }

    /// The connector was started; if that did not begin with a name, it is connecting.
    pub fn connect_began_unless_a_name_came_first(&self) {
        if self.state().hop.as_ref().is_some_and(|hop| hop.dns.is_none()) {
            self.connect_began();
        }
    }

    /// Bytes can be sent, and TLS begins.
    pub fn handshake_began(&self) {
        self.state().seen.handshake = Some(Instant::now());
    }

    /// The other side has shown its certificate.
    pub fn certificate_shown(&self, der: &[u8]) {
        self.state().seen.certificate = Some(der.to_vec());
    }

    /// What TLS did not like.
    pub fn handshake_failed(&self, trouble: Trouble) {
        self.state().seen.trouble = Some(trouble);
    }

    /// Nothing can be sent, for want of a trust store or a proxy that can be used.
    pub fn is_unready(&self) {
        self.state().seen.unready = true;
    }

    /// What has been seen of the latest connection so far.
    pub fn way(&self) -> Way {
        self.state().seen.way()
    }

    /// The connection stands, TLS included.
    pub fn connected(&self) {
        let mut state = self.state();
        state.opened = true;
        if let Some(span) = &mut state.seen.connect {
            span.end();
        }
        state.enter(Phase::Wait);
        if let Some(span) = state.hop.as_mut().and_then(|hop| hop.connect.as_mut()) {
            span.end();
        }
    }

    /// The request is on its way on a connection that was already there, if nothing else has begun.
    pub fn sent_if_nothing_else_began(&self) {
        let mut state = self.state();
        if state.hop.as_ref().is_some_and(|hop| hop.dns.is_none() && hop.connect.is_none()) {
            state.enter(Phase::Wait);
        }
    }

    /// The head is here.
    pub fn head_came(&self) {
        let mut state = self.state();
        state.answered += 1;
        state.enter(Phase::Download);
        if let Some(hop) = &mut state.hop {
            hop.head = Some(Instant::now());
            // A head without a connection of our own: another request's connection became free first,
            // and what we had begun to open was not used.
            if hop.connect.is_none_or(|span| span.ended.is_none()) {
                hop.dns = None;
                hop.connect = None;
            }
        }
    }

    /// Where the request is. Before anything has begun it is about to connect.
    pub fn phase(&self) -> Phase {
        self.state().phase.unwrap_or(Phase::Connect)
    }

    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// The lengths, with the last phase ending now.
    pub fn phases(&self) -> Phases {
        let mut state = self.state();
        state.finish_hop();
        let reused = state.answered > 0 && !state.opened;
        Phases { total: self.began.elapsed(), reused, ..state.past }
    }

    fn unreported(&self) -> Vec<Phase> {
        std::mem::take(&mut self.state().unreported)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The state is plain data and whole after every step, even if a thread died holding it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn enter(&mut self, phase: Phase) {
        if self.phase != Some(phase) {
            self.phase = Some(phase);
            self.unreported.push(phase);
        }
    }

    fn finish_hop(&mut self) {
        let Some(hop) = self.hop.take() else { return };
        let now = Instant::now();
        add(&mut self.past.dns, hop.dns.map(|span| span.length(now)));
        add(&mut self.past.connect, hop.connect.map(|span| span.length(now)));
        let opening = hop.dns.is_some() || hop.connect.is_some();
        let sent = match hop.connect {
            Some(span) => span.ended,
            None => (!opening).then_some(hop.began),
        };
        add(&mut self.past.wait, sent.map(|sent| hop.head.unwrap_or(now).duration_since(sent)));
        add(&mut self.past.download, hop.head.map(|head| now.duration_since(head)));
    }
}

fn add(sum: &mut Option<Duration>, length: Option<Duration>) {
    if let Some(length) = length {
        *sum = Some(sum.unwrap_or_default() + length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_another_request_opened_counts_as_reused_and_what_we_began_to_open_does_not_count() {
        let clock = Clock::start();
        clock.hop_began();
        clock.dns_began();
        clock.dns_ended(1);
        clock.connect_began();
        // The head comes before our own connection stands: the request went over another one.
        clock.head_came();
        let phases = clock.phases();
        assert!(phases.reused);
        assert_eq!((phases.dns, phases.connect), (None, None));
        assert!(phases.wait.is_some() && phases.download.is_some(), "{phases:?}");
        assert!(phases.wait.unwrap() + phases.download.unwrap() <= phases.total);
    }

    #[test]
    fn what_was_not_reached_has_no_length() {
        let clock = Clock::start();
        clock.hop_began();
        clock.dns_began();
        let phases = clock.phases();
        assert!(phases.dns.is_some() && phases.total >= phases.dns.unwrap());
        assert_eq!((phases.connect, phases.wait, phases.download, phases.reused), (None, None, None, false));
    }

    #[tokio::test]
    async fn what_happens_outside_of_a_request_is_told_to_nobody() {
        let clock = Clock::start();
        tell(Clock::connected);
        drive(&clock, &|_| (), async {
            clock.hop_began();
            tell(Clock::connect_began);
            // A task of its own has left the request, as a connection finished for the pool has.
            tokio::spawn(async { tell(Clock::connected) }).await.unwrap();
        })
        .await;
        assert_eq!(clock.phase(), Phase::Connect);
        assert!(!clock.state().opened);
    }

    #[tokio::test]
    async fn each_phase_is_reported_once_and_in_order() {
        let clock = Clock::start();
        let heard = Mutex::new(Vec::new());
        drive(&clock, &|phase| heard.lock().unwrap().push(phase), async {
            clock.hop_began();
            tell(Clock::connect_began_unless_a_name_came_first);
            tell(Clock::connected);
            clock.sent_if_nothing_else_began();
            tokio::task::yield_now().await;
            clock.head_came();
        })
        .await;
        assert_eq!(heard.into_inner().unwrap(), [Phase::Connect, Phase::Wait, Phase::Download]);
    }
}
