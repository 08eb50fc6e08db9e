//! Everything the machine can ask of the outside, as data. The driver carries it out.

use std::time::Duration;

use jiff::Timestamp;

use super::flight::FlightId;
use crate::domain::address::RestRoot;
use crate::domain::credential::Credential;
use crate::domain::explanation::Explanation;
use crate::domain::lookup::Lookup;
use crate::domain::record::{Record, RecordId};
use crate::domain::reply::ChatId;

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
    /// Read which profiles there are.
    ListProfiles,
    /// Open a profile and ask it from now on.
    UseProfile(String),
    /// Write a profile, its secret into the secret store, and open it.
    AddProfile {
        name: String,
        root: RestRoot,
        credential: Credential,
    },
    /// Write a portal's new address into its profile, and open it there. Nothing is sent.
    ChangeRoot {
        profile: String,
        root: RestRoot,
    },
    /// Run the doctor: on a profile by name, or on the one that is open.
    Examine {
        number: u64,
        side: usize,
        profile: Option<String>,
    },
    /// Write a report to the disk, unless a secret is found in it.
    SaveReport(String),
    /// Put a text into the clipboard, wherever the person sits.
    Copy(String),
    /// The same by the terminal alone.
    CopyByTerminal(String),
    /// Write a text to a file of that name in the folder of exports.
    SaveCopy {
        name: String,
        text: String,
    },
    /// Nobody waits for that examination any more.
    AbandonExamination(u64),
    /// Send the batch of an explanation; then say [`super::Message::Explained`].
    Explain {
        number: u64,
        explanation: Box<Explanation>,
    },
    /// Nobody waits for that explanation any more.
    AbandonExplanation(u64),
    /// Read what the portal tells about a chat, in one batch that only reads.
    ReadCard {
        number: u64,
        chat: ChatId,
        timeout: Duration,
    },
    /// Read my own chats, page by page.
    ReadMine {
        number: u64,
        timeout: Duration,
    },
    /// Nobody waits for that reading any more.
    AbandonRead(u64),
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
