//! Short notations: `deal 1663`, `DEAL|1663`, `CRM DEAL|1663`, `D_1663`, `T80_6`, `task 8293`,
//! `chat1437` (protocol.md, 10.3). The whole text has to be one of them. Words are taken in any case,
//! since nobody's own id is likely to be "Deal 1663"; binding codes only as the portal writes them,
//! because short ones such as `c_25` could be anybody's. A number alone is never one: its type is not known.

use super::page_url::chat;
use super::{Pasted, how, refused};
use crate::domain::entity::EntityPair;
use crate::domain::entity_types::{Level, all, crm, hint};
use crate::domain::language::Phrase;

/// What a word stands for, and the word in Russian.
const WORDS: [(&str, &str, &str, &str); 10] = [
    ("task", "TASKS_TASK", "", "задача"),
    ("group", "SONET_GROUP", "", "группа"),
    ("event", "CALENDAR", "", "событие"),
    ("lead", "CRM", "LEAD|", "лид"),
    ("deal", "CRM", "DEAL|", "сделка"),
    ("contact", "CRM", "CONTACT|", "контакт"),
    ("company", "CRM", "COMPANY|", "компания"),
    ("quote", "CRM", "QUOTE|", "предложение"),
    ("order", "CRM", "ORDER|", "заказ"),
    ("invoice", "CRM", "INVOICE|", "счёт"),
];

pub fn understand(text: &str) -> Pasted {
    if let Some(number) = after_word(text, "chat") {
        return chat(number, None);
    }
    by_word(text)
        .or_else(|| by_binding_code(text))
        .or_else(|| by_bar(text))
        .or_else(|| by_type(text))
        .unwrap_or(Pasted::Plain)
}

/// `deal 1663`, `deal:1663`: a word, one sign or some spaces, a number.
fn by_word(text: &str) -> Option<Pasted> {
    let (word, entity_type, before, ru) = WORDS.into_iter().find(|(word, ..)| starts_with(text, word))?;
    let rest = &text[word.len()..];
    let number = rest.strip_prefix(':').unwrap_or(rest).trim_start();
    let is_apart = number.len() < rest.len();
    if !is_apart || !is_digits(number) {
        return None;
    }
    let what = Phrase::new(format!("{word} {number}"), format!("{ru} {number}"));
    Some(pair(&what, entity_type, &format!("{before}{number}")))
}

/// `D_1663`, and `T80_6` for a smart process by its number in lower case hexadecimal digits.
fn by_binding_code(text: &str) -> Option<Pasted> {
    let (code, number) = text.split_once('_')?;
    if !is_digits(number) {
        return None;
    }
    let object = match (crm::name_of_code(code), code.strip_prefix('T')) {
        (Some(name), _) => name.to_owned(),
        (None, Some(hex)) if is_lower_hex(hex) => crm::object_of_number(u64::from_str_radix(hex, 16).ok()?),
        _ => return None,
    };
    let what = Phrase::new(format!("the CRM binding code {text}"), format!("код привязки CRM {text}"));
    Some(pair(&what, "CRM", &format!("{object}|{number}")))
}

/// `DEAL|1663`, in any case, with or without `CRM` in front.
fn by_bar(text: &str) -> Option<Pasted> {
    let object = match text.get(..4) {
        Some(front) if front.eq_ignore_ascii_case("crm ") || front.eq_ignore_ascii_case("crm/") => {
            text[4..].trim_start()
        }
        _ => text,
    };
    let id = object.to_ascii_uppercase();
    let (name, number) = id.split_once('|')?;
    let words =
        crm::in_words(&id).or_else(|| (number == "0" && crm::NAMES.contains(&name)).then(|| Phrase::same("")))?;
    Some(pair(&words, "CRM", &id))
}

/// `TASKS 8293`, as pairs are written everywhere on the screen: a known type's name, one space, an id that
/// looks right for it.
fn by_type(text: &str) -> Option<Pasted> {
    let (name, id) = text.split_once(' ')?;
    let kind = all().iter().find(|kind| kind.name == name && !kind.example.is_empty())?;
    let hint = hint(&kind.name, id);
    (hint.level == Level::Fine).then(|| pair(&hint.words, &kind.name, id))
}

fn pair(what: &Phrase, entity_type: &str, id: &str) -> Pasted {
    // The portal has no object of number 0, and takes some texts of it for a missing id.
    if id == "0" || id.ends_with("|0") {
        return Pasted::Refused(Phrase::new(
            "no object has the number 0: type the id of a saved one, 1 or more",
            "объекта с номером 0 не бывает: введите id сохранённого, от 1",
        ));
    }
    match EntityPair::new(entity_type, id) {
        Ok(pair) => Pasted::Pair { how: how(what, &pair.to_string()), pair, host: None, warnings: Vec::new() },
        Err(invalid) => refused(invalid),
    }
}

fn after_word(text: &str, word: &str) -> Option<u64> {
    let number = starts_with(text, word).then(|| text[word.len()..].trim_start())?;
    if is_digits(number) || number == "0" { number.parse().ok() } else { None }
}

fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Digits without a zero in front, or 0 itself, which is refused with a reason later.
fn is_digits(text: &str) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits && (text == "0" || !text.starts_with('0'))
}

fn is_lower_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
