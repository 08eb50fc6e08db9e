//! The words beside the id field: whether what is typed so far looks right for its type. They teach and
//! never block, because a custom pair may use any text; only the portal's hard limits refuse
//! (protocol.md, 1.2 and 1.3).

use super::{Check, EntityKind, crm, find, slips};
use crate::domain::entity::EntityPair;
use crate::domain::language::{Language, Phrase};
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
    pub words: Phrase,
}

impl Hint {
    pub(super) fn fine(words: Phrase) -> Self {
        Self { level: Level::Fine, words }
    }

    pub(super) fn unusual(words: Phrase) -> Self {
        Self { level: Level::Unusual, words }
    }
}

/// What to say about a pair as it stands in the form. Asked on every key, so it only looks at the texts.
/// Whatever is echoed of them is safe to look at.
pub fn hint(entity_type: &str, entity_id: &str) -> Hint {
    let kind = find(entity_type);
    if let Err(invalid) = EntityPair::new(entity_type, if entity_id.is_empty() { "1" } else { entity_id }) {
        return Hint { level: Level::Refused, words: invalid.words() };
    }
    if entity_id.is_empty() {
        return Hint { level: Level::Empty, words: kind.map_or_else(|| unknown(entity_type).words, empty) };
    }
    let Some(kind) = kind else { return unknown(entity_type) };
    if kind.check == Check::NoId {
        return Hint::unusual(no_id());
    }
    if let Some(words) = slips::in_text(kind, entity_id) {
        return Hint::unusual(words);
    }
    let hint = by_check(kind, entity_id);
    if hint.level == Level::Fine && kind.name != entity_type {
        return Hint::unusual(Phrase::new(
            format!("{}; the type is usually written {}", hint.words.en(), kind.name),
            format!("{}; тип обычно пишут {}", hint.words.get(Language::Ru), kind.name),
        ));
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
        Check::NoId | Check::Any => Hint::fine(no_format()),
    }
}

fn no_id() -> Phrase {
    Phrase::new("such chats carry no id: expect no chat", "у таких чатов id нет: чат вряд ли найдётся")
}

fn no_format() -> Phrase {
    Phrase::new("no format is written down: any id is possible", "вид id нигде не записан: возможен любой")
}

fn empty(kind: &EntityKind) -> Phrase {
    match kind.check {
        Check::NoId => no_id(),
        Check::Any => no_format(),
        _ => Phrase::new(
            format!("like {}: {}", kind.example, kind.format.en()),
            format!("например {}: {}", kind.example, kind.format.get(Language::Ru)),
        ),
    }
}

/// A type that is in no list. Most such types are custom ones; some are a word for a type that exists.
fn unknown(entity_type: &str) -> Hint {
    match slips::in_type(entity_type) {
        Some(words) => Hint::unusual(words),
        None => Hint::fine(Phrase::new("a custom type: any id is possible", "собственный тип: возможен любой id")),
    }
}

fn number(kind: &EntityKind, id: &str) -> Hint {
    let thing = |language| kind.thing.as_ref().map_or("", |thing| thing.get(language));
    let (en, ru) = (thing(Language::En), thing(Language::Ru));
    if is_number(id) {
        return Hint::fine(match kind.name.as_str() {
            "CALENDAR" => Phrase::new(
                format!("event {id}; attendees' copies have other ids"),
                format!("событие {id}; у копий участников другие id"),
            ),
            _ => Phrase::new(format!("{en} {id}"), format!("{ru} {id}")),
        });
    }
    if let Some(words) = leading_zero(id) {
        return Hint::unusual(words);
    }
    if crm::is_right(id) {
        return Hint::unusual(Phrase::new(
            format!("{id} belongs to the type CRM"),
            format!("{id} относится к типу CRM"),
        ));
    }
    if id.strip_prefix("chat").is_some_and(is_number) {
        return Hint::unusual(Phrase::new(format!("{id} is a chat, not a {en}"), format!("{id}: это чат, а не {ru}")));
    }
    match only_number_in(id) {
        Some(digits) => Hint::unusual(Phrase::new(
            format!("the number alone is the id: {digits}"),
            format!("id — только номер: {digits}"),
        )),
        None => Hint::unusual(Phrase::new(
            format!("the id is the {en}'s number, like {}", kind.example),
            format!("нужен {}, например {}", kind.format.get(Language::Ru), kind.example),
        )),
    }
}

fn lines(id: &str) -> Hint {
    if let Some(rest) = id.strip_prefix("imol|") {
        return Hint::unusual(Phrase::new(
            format!("without imol| in front: {}", short(rest)),
            format!("без imol| в начале: {}", short(rest)),
        ));
    }
    let parts: Vec<&str> = id.split('|').collect();
    let [connector, line, chat, user] = parts.as_slice() else {
        let en = match parts.len() {
            1 => "here is one".to_owned(),
            count => format!("here are {count}"),
        };
        return Hint::unusual(Phrase::new(
            format!("connector|line|chat|user, four parts: {en}"),
            format!("коннектор|линия|чат|пользователь, четыре части: здесь {}", parts.len()),
        ));
    };
    if let Some(empty) = parts.iter().position(|part| part.is_empty()) {
        let en = ["connector", "line", "connector's chat", "connector's user"][empty];
        let ru = ["коннектора", "линии", "чата коннектора", "пользователя коннектора"][empty];
        return Hint::unusual(Phrase::new(format!("the part for the {en} is empty"), format!("часть для {ru} пуста")));
    }
    if !is_digits(line) {
        return Hint::unusual(Phrase::new(
            "the second part is the open line's number, like 2",
            "вторая часть: номер открытой линии, например 2",
        ));
    }
    let (connector, chat, user) = (short(connector), short(chat), short(user));
    Hint::fine(Phrase::new(
        format!("{connector}, line {line}, chat {chat}, user {user}"),
        format!("{connector}, линия {line}, чат {chat}, пользователь {user}"),
    ))
}

fn livechat(id: &str) -> Hint {
    let parts: Vec<&str> = id.split('|').collect();
    match parts.as_slice() {
        [line, guest] if is_number(line) && is_number(guest) => {
            Hint::fine(Phrase::new(format!("line {line}, guest {guest}"), format!("линия {line}, гость {guest}")))
        }
        [connector, line] if !connector.is_empty() && is_digits(line) => Hint::unusual(Phrase::new(
            "as documented, but portals keep line|guest: try both",
            "как в документации, но портал хранит линия|гость: попробуйте оба",
        )),
        [_, _] => Hint::unusual(Phrase::new(
            "line|guest, both numbers, like 2|744",
            "линия|гость, обе части — числа, например 2|744",
        )),
        _ => Hint::unusual(Phrase::new(
            "two parts joined by a bar: line|guest, like 2|744",
            "две части через черту: линия|гость, например 2|744",
        )),
    }
}

fn call(id: &str) -> Hint {
    if id == "UNIFY_CALL_CHAT" {
        return Hint::fine(Phrase::new(
            "each user has one: it is open whose is found",
            "он есть у каждого: чей найдётся, неизвестно",
        ));
    }
    let digits = id.strip_prefix('+').unwrap_or(id);
    if is_digits(digits) {
        return match digits.len() {
            3..=20 => Hint::fine(Phrase::new(
                format!("calls with {id}, if it is stored so"),
                format!("звонки с {id}, если он так сохранён"),
            )),
            _ => Hint::unusual(Phrase::new("a phone number has 3 to 20 digits", "в номере телефона от 3 до 20 цифр")),
        };
    }
    let bare: String = id.chars().filter(char::is_ascii_digit).collect();
    let is_written_out = id.chars().all(|c| c.is_ascii_digit() || "+-(). ".contains(c));
    if is_written_out && (3..=20).contains(&bare.len()) {
        return Hint::unusual(Phrase::new(
            format!("digits alone are stored: {bare}"),
            format!("хранятся только цифры: {bare}"),
        ));
    }
    Hint::unusual(Phrase::new(
        "a phone number, like 79001234567, or UNIFY_CALL_CHAT",
        "номер телефона, например 79001234567, или UNIFY_CALL_CHAT",
    ))
}

/// Digits without a zero in front: what the portal gives to its objects.
pub(super) fn is_number(text: &str) -> bool {
    is_digits(text) && !text.starts_with('0')
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Ids are compared as text, so `01663` is not `1663`.
pub(super) fn leading_zero(text: &str) -> Option<Phrase> {
    if !is_digits(text) || !text.starts_with('0') {
        return None;
    }
    Some(match text.trim_start_matches('0') {
        "" => Phrase::new("no object has the number 0", "объекта с номером 0 не бывает"),
        bare => Phrase::new(
            format!("a zero in front makes another id: {bare}"),
            format!("с нулём впереди это другой id: {bare}"),
        ),
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
