//! What came back. A reply keeps the bytes as they were and the outcome that was read from them; the
//! reading itself is in `reading`, and what a reply that is no answer looks like in `page`.

mod page;
mod reading;

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use page::LooksLike;
pub use reading::{Said, refusal, said};

use super::phases::Phases;
use super::time_block::TimeBlock;

/// At most this much of a body is kept, after decompression. The longest honest reply of `im.chat.get`
/// is under 1 KiB.
pub const BODY_LIMIT: usize = 8 * 1024 * 1024;

/// The head, the bytes and how long they took: what the transport hands over.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    pub status: u16,
    /// `HTTP/1.1`, `HTTP/2`.
    pub version: String,
    /// In the order they came; names in lower case.
    pub headers: Vec<(String, String)>,
    /// Decompressed, at most [`BODY_LIMIT`].
    pub body: Vec<u8>,
    /// The body is not whole, and why.
    pub cut: Option<Cut>,
    pub phases: Phases,
}

/// Why a body is not whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cut {
    /// It went past [`BODY_LIMIT`].
    TooLarge,
    /// The connection closed, or the compressed stream broke, before the end.
    Closed { detail: String },
}

/// A reply and what was read from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    pub status: u16,
    pub version: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub cut: Option<Cut>,
    pub phases: Phases,
    /// What it says.
    pub outcome: Outcome,
    /// The portal's own clock, where it sent one.
    pub time: Option<TimeBlock>,
    /// Keys that have no place in the outcome, as they came, with their path: `next`, `result.EXTRA`.
    pub extra: Vec<(String, Value)>,
}

/// What a reply says.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The chat of the pair. Proves neither membership nor that it is the pair's only chat.
    Chat(ChatId),
    /// `null`: no such chat, a pair built wrongly, or a request that got lost. The portal does not tell.
    NoChat,
    /// The key `error` was there, whatever its value and whatever the status.
    Refused(ApiError),
    /// Not an answer of the REST interface.
    Unreadable(Unreadable),
}

/// A chat's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatId(pub i64);

impl fmt::Display for ChatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ChatId {
    /// `chat1437`, as methods that take a DIALOG_ID want it.
    pub fn dialog_id(self) -> String {
        format!("chat{self}")
    }

    /// Where a browser opens the chat (protocol.md, 9.4).
    pub fn link(self, site: &str) -> String {
        format!("{site}/online/?IM_DIALOG={}", self.dialog_id())
    }
}

/// The portal's own refusal (protocol.md, 2.1).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApiError {
    /// May be empty; a number is written as text.
    pub code: String,
    /// In the portal's own words and language; sometimes absent.
    pub description: Option<String>,
}

/// A reply that is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub looks_like: LooksLike,
    /// What exactly was found, for a person: where the JSON broke, a page's title.
    pub detail: Option<String>,
}

impl Reply {
    /// Reads the parts. Never fails: what cannot be read is an outcome too.
    pub fn new(parts: Parts) -> Self {
        let reading = reading::read(&parts);
        let Parts { status, version, headers, body, cut, phases } = parts;
        let reading::Reading { outcome, time, extra } = reading;
        Self { status, version, headers, body, cut, phases, outcome, time, extra }
    }

    /// A header's value, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
