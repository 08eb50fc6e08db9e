//! The life of a request: on the ground, or in the air with everything that exists only there. Sending,
//! settling and cancelling are here, and nowhere else.

use std::sync::Arc;
use std::time::Duration;

use super::effect::Effect;
use super::focus::Focus;
use super::follow_up;
use super::message::Moment;
use super::model::{Model, Portal, Shown};
use super::typing;
use crate::domain::entity::EntityPair;
use crate::domain::failure::Failure;
use crate::domain::lookup::{End, Lookup};
use crate::domain::phases::{Phase, Phases};
use crate::domain::record::{Record, RecordId};
use crate::domain::summary::Summary;
use crate::domain::visible;

/// Which request, in this run of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlightId(pub u64);

/// Whether a request is on its way.
#[derive(Clone, Debug)]
pub enum Flight {
    Grounded,
    Aloft {
        id: FlightId,
        lookup: Lookup,
        since: Moment,
        /// The phases it came to so far, and when.
        reached: Vec<(Phase, Moment)>,
    },
}

impl Flight {
    pub fn is(&self, flight: FlightId) -> bool {
        matches!(self, Self::Aloft { id, .. } if *id == flight)
    }

    pub fn is_aloft(&self) -> bool {
        matches!(self, Self::Aloft { .. })
    }

    /// Where it is, as far as is known.
    pub fn phase(&self) -> Option<Phase> {
        match self {
            Self::Grounded => None,
            Self::Aloft { reached, .. } => reached.last().map(|(phase, _)| *phase),
        }
    }

    /// How long it has been on its way.
    pub fn elapsed(&self, now: Moment) -> Duration {
        match self {
            Self::Grounded => Duration::ZERO,
            Self::Aloft { since, .. } => now.clock.saturating_sub(since.clock),
        }
    }
}

/// Asks for a pair through the profile that is open. A request that is still in flight is replaced.
pub fn send(model: &mut Model, pair: EntityPair, now: Moment) -> Vec<Effect> {
    let profile = match &model.portal {
        Portal::Open(profile) => Arc::clone(profile),
        Portal::Opening(_) => {
            model.say(format!("{} is sent as soon as the portal is open.", visible::line(&pair.to_string())));
            model.queued = Some(pair);
            return Vec::new();
        }
        Portal::Missing(why) => {
            model.say(why.clone());
            return Vec::new();
        }
    };
    if let Err(refusal) = profile.root.check_scheme(profile.connection.allow_http) {
        model.say(refusal.to_string());
        return Vec::new();
    }
    let mut effects = abandon(model, now);
    let id = FlightId(model.next_number());
    let lookup = Lookup { pair, profile, timeout: model.timeout };
    model.flight = Flight::Aloft { id, lookup: lookup.clone(), since: now, reached: Vec::new() };
    // What lay over the answer, or took keys for the one before, is out of the way.
    model.shown = None;
    model.notice = None;
    effects.extend(model.overlay.take().iter().flat_map(follow_up::give_up));
    model.response.searching = false;
    model.result_scroll = 0;
    effects.push(Effect::Ask { flight: id, lookup, at: now.wall });
    effects
}

/// Ends the request in flight, if there is one: the socket closes and the record says cancelled.
pub fn cancel(model: &mut Model, now: Moment) -> Vec<Effect> {
    let effects = abandon(model, now);
    for effect in &effects {
        if let Effect::Keep(record) = effect
            && model.shown.is_none()
        {
            model.show(Shown { id: None, record: record.clone(), opened: false });
        }
    }
    effects
}

fn abandon(model: &mut Model, now: Moment) -> Vec<Effect> {
    let elapsed = model.flight.elapsed(now);
    let Flight::Aloft { id, lookup, since, reached } = std::mem::replace(&mut model.flight, Flight::Grounded) else {
        return Vec::new();
    };
    let end =
        End::Failed { failure: Failure::Cancelled { after: elapsed }, phases: phases_until(now, &reached, elapsed) };
    vec![Effect::Abandon(id), Effect::Keep(Box::new(Record::new(&lookup, since.wall, end)))]
}

/// How long the phases of a request took that was cancelled: the last one ended when it was.
fn phases_until(now: Moment, reached: &[(Phase, Moment)], total: Duration) -> Phases {
    let mut phases = Phases { total, ..Phases::default() };
    let ends = reached.iter().skip(1).map(|(_, at)| *at).chain([now]);
    for ((phase, from), until) in reached.iter().zip(ends) {
        let took = until.clock.saturating_sub(from.clock);
        let sum = match phase {
            Phase::Dns => &mut phases.dns,
            Phase::Connect => &mut phases.connect,
            Phase::Wait => &mut phases.wait,
            Phase::Download => &mut phases.download,
        };
        *sum = Some(sum.unwrap_or_default() + took);
    }
    phases
}

/// A request got on.
pub fn reached(model: &mut Model, flight: FlightId, phase: Phase, now: Moment) {
    if let Flight::Aloft { id, reached, .. } = &mut model.flight
        && *id == flight
    {
        reached.push((phase, now));
    }
}

/// A lookup ended. The end of a request that nobody waits for any more changes nothing.
pub fn settled(model: &mut Model, flight: FlightId, record: Box<Record>, kept: Option<RecordId>) -> Vec<Effect> {
    if !model.flight.is(flight) {
        return Vec::new();
    }
    model.flight = Flight::Grounded;
    let effects = kept.map_or_else(Vec::new, |id| listed(model, Summary::of(id, &record)));
    if model.shown.is_none() {
        model.show(Shown { id: kept, record, opened: false });
    }
    effects
}

/// A record was written: it goes on top of the list, or the list is read anew where it is filtered. In
/// the history the cursor goes along with the pair that was repeated, and otherwise stays on its row.
pub fn listed(model: &mut Model, row: Summary) -> Vec<Effect> {
    if !model.history.loaded {
        return Vec::new();
    }
    if !model.history.filter.value().is_empty() {
        return typing::recall(model);
    }
    let repeated = model.history.under_cursor().is_some_and(|under| under.pair == row.pair);
    let follow = model.focus != Focus::History || repeated;
    model.history.push(row, follow);
    Vec::new()
}
