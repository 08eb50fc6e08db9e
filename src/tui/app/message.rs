//! Everything that can happen to the machine: facts, in the past.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::copying::Copied;
use super::flight::FlightId;
use crate::domain::card::Card;
use crate::domain::diagnosis::{Diagnosis, Finding};
use crate::domain::explanation::Explained;
use crate::domain::language::{Language, Phrase};
use crate::domain::mine::Page;
use crate::domain::not_read::NotRead;
use crate::domain::phases::Phase;
use crate::domain::profile::{Profile, Sketch};
use crate::domain::record::{Record, RecordId};
use crate::domain::summary::Summary;
use crate::tui::keys::Chord;

/// A point in time, twice: by a clock that cannot run backwards and by the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Since the program began.
    pub clock: Duration,
    pub wall: Timestamp,
}

/// A mouse event that matters, at a cell of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    Clicked { column: u16, row: u16 },
    WheeledUp { column: u16, row: u16 },
    WheeledDown { column: u16, row: u16 },
}

/// A fact.
#[derive(Clone, Debug)]
pub enum Message {
    Pressed(Chord),
    /// Text came in one piece, between the terminal's brackets.
    Pasted(String),
    Pointed(Pointer),
    /// Columns and rows.
    Resized(u16, u16),
    /// Time passed while something on screen is counting.
    Beat,
    /// The portal can be asked now.
    PortalOpened(Arc<Profile>),
    /// There will be no portal, and why: a sentence or two for a person.
    PortalMissing(String),
    /// A request in flight got on.
    Reached {
        flight: FlightId,
        phase: Phase,
    },
    /// A lookup ended; its record was written before this was said. `kept` is its place in the history,
    /// or `None` when it could not be written (which was said in a [`Message::Told`]).
    Settled {
        flight: FlightId,
        record: Box<Record>,
        kept: Option<RecordId>,
    },
    /// A record of a lookup that was cancelled has been written.
    Kept(Summary),
    /// Rows of the history came: the answer to the recall of that number.
    Recalled {
        number: u64,
        rows: Vec<Summary>,
        total: u64,
    },
    /// A record was read in full; `None` when it is gone.
    Opened {
        id: RecordId,
        record: Option<Box<Record>>,
    },
    /// The history cannot be read or written, and what that means.
    HistoryFailed(String),
    /// The profiles were read, or cannot be: why, and what to do.
    ProfilesListed(Result<Vec<Sketch>, String>),
    /// The person's settings were read: the language they name, and what in them was passed over.
    SettingsRead {
        language: Option<Language>,
        troubles: Vec<Phrase>,
    },
    /// A rung of an examination is done.
    Found {
        number: u64,
        side: usize,
        finding: Box<Finding>,
    },
    /// An examination is over, or could not begin.
    Examined {
        number: u64,
        side: usize,
        end: Result<Box<Diagnosis>, String>,
    },
    /// The batch of an explanation ended.
    Explained {
        number: u64,
        explained: Box<Explained>,
    },
    /// The details of a chat's card came, or why they did not.
    CardRead {
        number: u64,
        end: Result<Box<Card>, NotRead>,
    },
    /// A page of my chats came, or why none did.
    MineRead {
        number: u64,
        page: Result<Page, NotRead>,
    },
    /// A copy ended.
    Copied(Copied),
    /// Something a person should know, until they put it away.
    Told(String),
    /// The program was asked to end by a signal.
    Stopped,
    /// The program was asked by a signal to go to sleep.
    SuspendAsked,
}
