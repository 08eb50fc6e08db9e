//! Everything the machine can ask of the outside, as data. The driver carries it out.

use jiff::Timestamp;

use super::flight::FlightId;
use crate::domain::lookup::Lookup;
use crate::domain::record::{Record, RecordId};

/// A request to the outside.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Ask the portal; write the record; then say [`super::Message::Settled`].
    Ask {
        flight: FlightId,
        lookup: Lookup,
        at: Timestamp,
    },
    /// Close the socket; nobody waits for the answer any more.
    Abandon(FlightId),
    /// Write the record of a lookup that will not be answered.
    Keep(Box<Record>),
    /// Read rows of the history, newest first, older than `before`.
    Recall {
        number: u64,
        filter: String,
        before: Option<RecordId>,
    },
    /// Read one record in full.
    Open(RecordId),
    /// Give the terminal back and go to sleep until woken.
    Suspend,
    Leave(Ending),
}

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Because its user said so.
    Asked,
    /// By a signal.
    Interrupted,
}
