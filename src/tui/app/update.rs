//! The one way the state changes: a message and the moment it came, and what is to be done about it.

use std::time::Duration;

use ratatui::layout::Rect;

use super::effect::{Effect, Ending};
use super::focus::Focus;
use super::message::{Message, Moment};
use super::model::{Model, Portal, Shown};
use super::{act, copying, flight, follow_up, pointer, profiles, typing, why};
use crate::domain::record::RecordId;
use crate::domain::summary::Summary;
use crate::tui::keys::{self, Chord};

/// While a request is in flight its time is counted on the screen, in tenths.
const COUNTING: Duration = Duration::from_millis(100);

/// Takes a message in. No IO, no clock.
pub fn update(model: &mut Model, message: Message, now: Moment) -> Vec<Effect> {
    let effects = match message {
        Message::Pressed(chord) => pressed(model, chord, now),
        Message::Pasted(text) => typing::pasted(model, &text),
        Message::Pointed(pointer) => pointer::pointed(model, pointer, now),
        Message::Resized(columns, rows) => {
            model.screen = Rect::new(0, 0, columns, rows);
            Vec::new()
        }
        Message::Beat => Vec::new(),
        Message::PortalOpened(profile) => {
            model.portal = Portal::Open(profile);
            model.queued.take().map_or_else(Vec::new, |pair| flight::send(model, pair, now))
        }
        Message::PortalMissing(why) => {
            model.portal = Portal::Missing(why.clone());
            if model.queued.take().is_some() {
                model.say(why);
            }
            Vec::new()
        }
        Message::Reached { flight, phase } => {
            flight::reached(model, flight, phase, now);
            Vec::new()
        }
        Message::Settled { flight, record, kept } => flight::settled(model, flight, record, kept),
        Message::Kept(row) => {
            note_kept(model, &row);
            flight::listed(model, row)
        }
        Message::Recalled { number, rows, total } => recalled(model, number, rows, total),
        Message::Opened { id, record } => {
            opened(model, id, record.map(|record| Shown { id: Some(id), record, opened: true }));
            Vec::new()
        }
        Message::HistoryFailed(why) => {
            model.history.loaded = true;
            model.history.trouble = Some(why.clone());
            model.say(why);
            Vec::new()
        }
        Message::ProfilesListed(sketches) => {
            profiles::listed(model, sketches);
            Vec::new()
        }
        Message::SettingsRead { language, troubles } => {
            model.language = language.unwrap_or(model.language);
            let told: Vec<&str> = troubles.iter().map(|trouble| trouble.get(model.language)).collect();
            if !told.is_empty() {
                model.say(told.join(" "));
            }
            Vec::new()
        }
        Message::Found { number, side, finding } => {
            profiles::found(model, number, side, *finding);
            Vec::new()
        }
        Message::Examined { number, side, end } => {
            profiles::examined(model, number, side, end);
            Vec::new()
        }
        Message::Explained { number, explained } => {
            why::explained(model, number, explained);
            Vec::new()
        }
        Message::CardRead { number, end } => {
            follow_up::card_read(model, number, end);
            Vec::new()
        }
        Message::MineRead { number, page } => {
            follow_up::mine_read(model, number, page);
            Vec::new()
        }
        Message::Copied(how) => copying::copied(model, how),
        Message::Told(words) => {
            model.say(words);
            Vec::new()
        }
        Message::Stopped => act::leave(model, Ending::Interrupted, now),
        Message::SuspendAsked => vec![Effect::Suspend],
    };
    model.settle(now);
    effects
}

/// When the next [`Message::Beat`] is wanted: the only source of timers.
pub fn beat(model: &Model) -> Option<Duration> {
    model.flight.is_aloft().then_some(COUNTING)
}

fn pressed(model: &mut Model, chord: Chord, now: Moment) -> Vec<Effect> {
    if model.notice.as_ref().is_some_and(|notice| notice.passing) {
        model.notice = None;
    }
    match keys::lookup(model.place(), chord) {
        Some(action) => act::act(model, action, now),
        None => typing::typed(model, chord),
    }
}

/// The record that is shown got its place in the history.
fn note_kept(model: &mut Model, row: &Summary) {
    if let Some(shown) = &mut model.shown
        && shown.id.is_none()
        // A row keeps milliseconds and a moment has more, so it is the row of the record that is compared.
        && Summary::of(row.id, &shown.record) == *row
    {
        shown.id = Some(row.id);
    }
}

fn recalled(model: &mut Model, number: u64, rows: Vec<Summary>, total: u64) -> Vec<Effect> {
    if number != model.recall {
        return Vec::new();
    }
    let is_first = !model.history.loaded;
    model.history.loaded = true;
    model.history.trouble = None;
    model.history.total = total;
    if std::mem::take(&mut model.history.anew) || is_first {
        model.history.rows = rows;
        model.history.cursor = 0;
    } else {
        // More of the same list; what was asked for twice comes twice and is taken once.
        let last = model.history.rows.last().map(|row| row.id);
        model.history.rows.extend(rows.into_iter().filter(|row| last.is_none_or(|last| row.id < last)));
    }
    if let Some(newest) = model.history.rows.first()
        && is_first
        && !model.type_touched
        && model.entity_id.value().is_empty()
        && model.entity_type.chooser.is_none()
    {
        model.entity_type.value = newest.pair.entity_type().to_owned();
        model.type_touched = true;
    }
    if model.focus == Focus::History { act::open_under_cursor(model) } else { Vec::new() }
}

/// A record was read; it is shown if its row is still the one under the cursor.
fn opened(model: &mut Model, id: RecordId, shown: Option<Shown>) {
    if model.history.under_cursor().is_none_or(|row| row.id != id) || model.flight.is_aloft() {
        return;
    }
    match shown {
        Some(shown) => model.show(shown),
        None => model.mention("That record is no longer in the history."),
    }
}
