//! The words beside the id field: whether what is typed so far looks right for its type. They teach and
//! never block, because a custom pair may use any text; only the portal's hard limits refuse
//! (protocol.md, 1.2 and 1.3).

use super::{Check, EntityKind, crm, find, slips};
use crate::domain::entity::EntityPair;
use crate::domain::visible;

/// How an id looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing is typed yet.
    Empty,
    /// Looks right, or nothing is known that could be wrong.
    Fine,
    /// Looks odd for its type. It may be sent all the same.
    Unusual,
    /// Past the portal's hard limits: it cannot be sent.
    Refused,
}

/// A level and the words for it, short enough for the space beside a field where the id allows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub level: Level,
    pub words: String,
}

impl Hint {
    pub(super) fn fine(words: impl Into<String>) -> Self {
        Self { level: Level::Fine, words: words.into() }
    }

    pub(super) fn unusual(words: impl Into<String>) -> Self {
        Self { level: Level::Unusual, words: words.into() }
    }
}

/// What to say about a pair as it stands in the form. Asked on every key, so it only looks at the texts.
/// Whatever is echoed of them is safe to look at.
pub fn hint(entity_type: &str, entity_id: &str) -> Hint {
    let kind = find(entity_type);
    if let Err(invalid) = EntityPair::new(entity_type, if entity_id.is_empty() { "1" } else { entity_id }) {
        return Hint { level: Level::Refused, words: invalid.to_string() };
    }
    if entity_id.is_empty() {
        return Hint { level: Level::Empty, words: kind.map_or_else(|| unknown(entity_type).words, empty) };
    }
    let Some(kind) = kind else { return unknown(entity_type) };
    if kind.check == Check::NoId {
        return Hint::unusual("such chats carry no id: expect no chat");
    }
    if let Some(words) = slips::in_text(kind, entity_id) {
        return Hint::unusual(words);
    }
    let hint = by_check(kind, entity_id);
    if hint.level == Level::Fine && kind.name != entity_type {
        return Hint::unusual(format!("{}; the type is usually written {}", hint.words, kind.name));
    }
    hint
}

/// The words for what is checked, without the slips that are the same for every type.
pub(super) fn by_check(kind: &EntityKind, id: &str) -> Hint {
    match kind.check {
        Check::Crm => crm::hint(id),
        Check::Number => number(kind, id),
        Check::Lines => lines(id),
        Check::Livechat => livechat(id),
        Check::Call => call(id),
        Check::NoId | Check::Any => Hint::fine("no format is written down: any id is possible"),
    }
}

fn empty(kind: &EntityKind) -> String {
    match kind.check {
        Check::NoId => "such chats carry no id: expect no chat".to_owned(),
        Check::Any => "no format is written down: any id is possible".to_owned(),
        _ => format!("like {}: {}", kind.example, kind.format),
    }
}

/// A type that is in no list. Most such types are custom ones; some are a word for a type that exists.
fn unknown(entity_type: &str) -> Hint {
    match slips::in_type(entity_type) {
        Some(words) => Hint::unusual(words),
        None => Hint::fine("a custom type: any id is possible"),
    }
}

fn number(kind: &EntityKind, id: &str) -> Hint {
    let thing = &kind.thing;
    if is_number(id) {
        return match kind.name.as_str() {
            "CALENDAR" => Hint::fine(format!("event {id}; attendees' copies have other ids")),
            _ => Hint::fine(format!("{thing} {id}")),
        };
    }
    if let Some(words) = leading_zero(id) {
        return Hint::unusual(words);
    }
    if crm::is_right(id) {
        return Hint::unusual(format!("{id} belongs to the type CRM"));
    }
    if id.strip_prefix("chat").is_some_and(is_number) {
        return Hint::unusual(format!("{id} is a chat, not a {thing}"));
    }
    match only_number_in(id) {
        Some(digits) => Hint::unusual(format!("the number alone is the id: {digits}")),
        None => Hint::unusual(format!("the id is the {thing}'s number, like {}", kind.example)),
    }
}

fn lines(id: &str) -> Hint {
    if let Some(rest) = id.strip_prefix("imol|") {
        return Hint::unusual(format!("without imol| in front: {}", short(rest)));
    }
    let parts: Vec<&str> = id.split('|').collect();
    let [connector, line, chat, user] = parts.as_slice() else {
        let count = match parts.len() {
            1 => "here is one".to_owned(),
            count => format!("here are {count}"),
        };
        return Hint::unusual(format!("connector|line|chat|user, four parts: {count}"));
    };
    if let Some(empty) = parts.iter().position(|part| part.is_empty()) {
        let name = ["connector", "line", "connector's chat", "connector's user"][empty];
        return Hint::unusual(format!("the part for the {name} is empty"));
    }
    if !is_digits(line) {
        return Hint::unusual("the second part is the open line's number, like 2");
    }
    Hint::fine(format!("{}, line {line}, chat {}, user {}", short(connector), short(chat), short(user)))
}

fn livechat(id: &str) -> Hint {
    let parts: Vec<&str> = id.split('|').collect();
    match parts.as_slice() {
        [line, guest] if is_number(line) && is_number(guest) => Hint::fine(format!("line {line}, guest {guest}")),
        [connector, line] if !connector.is_empty() && is_digits(line) => {
            Hint::unusual("as documented, but portals keep line|guest: try both")
        }
        [_, _] => Hint::unusual("line|guest, both numbers, like 2|744"),
        _ => Hint::unusual("two parts joined by a bar: line|guest, like 2|744"),
    }
}

fn call(id: &str) -> Hint {
    if id == "UNIFY_CALL_CHAT" {
        return Hint::fine("each user has one: it is open whose is found");
    }
    let digits = id.strip_prefix('+').unwrap_or(id);
    if is_digits(digits) {
        return match digits.len() {
            3..=20 => Hint::fine(format!("calls with {id}, if it is stored so")),
            _ => Hint::unusual("a phone number has 3 to 20 digits"),
        };
    }
    let bare: String = id.chars().filter(char::is_ascii_digit).collect();
    let is_written_out = id.chars().all(|c| c.is_ascii_digit() || "+-(). ".contains(c));
    if is_written_out && (3..=20).contains(&bare.len()) {
        return Hint::unusual(format!("digits alone are stored: {bare}"));
    }
    Hint::unusual("a phone number, like 79001234567, or UNIFY_CALL_CHAT")
}

/// Digits without a zero in front: what the portal gives to its objects.
pub(super) fn is_number(text: &str) -> bool {
    is_digits(text) && !text.starts_with('0')
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Ids are compared as text, so `01663` is not `1663`.
pub(super) fn leading_zero(text: &str) -> Option<String> {
    if !is_digits(text) || !text.starts_with('0') {
        return None;
    }
    Some(match text.trim_start_matches('0') {
        "" => "no object has the number 0".to_owned(),
        bare => format!("a zero in front makes another id: {bare}"),
    })
}

/// The number in a text that holds exactly one: `#8293`, `task 8293`.
pub(super) fn only_number_in(text: &str) -> Option<&str> {
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let only = runs.next().filter(|run| is_number(run))?;
    runs.next().is_none().then_some(only)
}

/// A piece of what was typed, as much as fits beside a field.
pub(super) fn short(text: &str) -> String {
    const LIMIT: usize = 24;
    let text = visible::line(text);
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests;
