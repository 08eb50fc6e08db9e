//! What can be copied of a lookup: its chat, what was sent and said, and the same call as code. All of it is
//! made from the record, where the secret is masked, so none of it can hold one.

use super::{Caller, Idiom, code};
use crate::domain::lookup::End;
use crate::domain::record::Record;
use crate::domain::reply::Outcome;
use crate::domain::request::Sent;

/// A text with the name it is chosen by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    pub name: &'static str,
    /// What it is, in a few words.
    pub what: &'static str,
    /// How a file of it ends.
    pub extension: &'static str,
    pub text: String,
}

/// All of them, what is wanted most first.
pub fn copies(record: &Record) -> Vec<Copy> {
    let mut copies = Vec::new();
    let mut add = |name, what, extension, text| copies.push(Copy { name, what, extension, text });
    if let End::Answered(reply) = &record.end
        && let Outcome::Chat(id) = &reply.outcome
    {
        add("chat id", "the number alone", "txt", id.to_string());
        add("dialog id", "for methods that take DIALOG_ID", "txt", id.dialog_id());
        add("link", "opens the chat in a browser", "txt", id.link(&record.site));
    }
    add("pair", "type and id as they were asked", "txt", record.pair.to_string());
    if let End::Answered(reply) = &record.end {
        add("reply", "the body as it came", "json", String::from_utf8_lossy(&reply.body).into_owned());
    }
    add("request", "as it was sent, secret masked", "txt", request(&record.sent));
    let caller = Caller::of_sent(&record.sent);
    for idiom in Idiom::ALL {
        add(idiom.code(), idiom.what(), idiom.extension(), code(idiom, &caller, &record.pair));
    }
    copies
}

fn request(sent: &Sent) -> String {
    let headers: String = sent.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("{} {}\n{headers}\n{}\n", sent.method, sent.url, sent.body)
}
