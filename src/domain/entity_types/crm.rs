//! Ids of the type CRM: an object's name, a bar, a number (protocol.md, 1.3). Portal pages and short
//! notations name the same objects by number and by letter (protocol.md, 10.2 and 10.3).

use super::hint::{Hint, is_digits, is_number, leading_zero, only_number_in, short};
use super::meant::Slip;
use crate::domain::language::Phrase;

/// The objects that have a name of their own. Every other one is `DYNAMIC_` and its number.
pub const NAMES: [&str; 10] = [
    "LEAD",
    "DEAL",
    "CONTACT",
    "COMPANY",
    "QUOTE",
    "ORDER",
    "INVOICE",
    "SMART_INVOICE",
    "SMART_DOCUMENT",
    "SMART_B2E_DOC",
];

const PREFIX: &str = "DYNAMIC_";

/// The name of the object type with this number, where it has one: 31 is written `SMART_INVOICE`, never
/// `DYNAMIC_31`.
pub fn name_of_number(number: u64) -> Option<&'static str> {
    Some(match number {
        1 => "LEAD",
        2 => "DEAL",
        3 => "CONTACT",
        4 => "COMPANY",
        7 => "QUOTE",
        31 => "SMART_INVOICE",
        36 => "SMART_DOCUMENT",
        39 => "SMART_B2E_DOC",
        _ => return None,
    })
}

/// The number of an object's type, where the portal's general method for CRM objects takes it.
pub fn number_of_object(object: &str) -> Option<u64> {
    let named = (1..=39).find(|number| name_of_number(*number) == Some(object));
    named.or_else(|| smart_process(object).filter(|number| is_smart_process(*number)))
}

/// The object part of an id for any object type's number: its name, else `DYNAMIC_1042`.
pub fn object_of_number(number: u64) -> String {
    name_of_number(number).map_or_else(|| format!("{PREFIX}{number}"), str::to_owned)
}

/// The object of a CRM binding code such as `D_1663`: `D` is a deal (protocol.md, 10.3).
pub fn name_of_code(code: &str) -> Option<&'static str> {
    Some(match code {
        "L" => "LEAD",
        "D" => "DEAL",
        "C" => "CONTACT",
        "CO" => "COMPANY",
        "Q" => "QUOTE",
        "I" => "INVOICE",
        "O" => "ORDER",
        "SI" => "SMART_INVOICE",
        "DO" => "SMART_DOCUMENT",
        "SBD" => "SMART_B2E_DOC",
        _ => return None,
    })
}

/// An id in words: `deal 1663`, `item 5 of smart process 1042`. `None` when it is not of the right form.
pub fn in_words(id: &str) -> Option<Phrase> {
    let (object, number) = id.split_once('|')?;
    if !is_number(number) {
        return None;
    }
    match smart_process(object) {
        Some(process) if is_smart_process(process) => Some(Phrase::new(
            format!("item {number} of smart process {process}"),
            format!("элемент {number} смарт-процесса {process}"),
        )),
        Some(_) => None,
        None if NAMES.contains(&object) => Some(words(object).map(|words| format!("{words} {number}"))),
        None => None,
    }
}

/// Whether the id is of the right form.
pub fn is_right(id: &str) -> bool {
    in_words(id).is_some()
}

/// `SMART_INVOICE` as a person says it.
pub fn words(object: &str) -> Phrase {
    let en = match object {
        "SMART_B2E_DOC" => "document for signing".to_owned(),
        _ => object.to_lowercase().replace('_', " "),
    };
    let ru = match object {
        "LEAD" => "лид",
        "DEAL" => "сделка",
        "CONTACT" => "контакт",
        "COMPANY" => "компания",
        "QUOTE" => "предложение",
        "ORDER" => "заказ",
        "INVOICE" => "счёт",
        "SMART_INVOICE" => "смарт-счёт",
        "SMART_DOCUMENT" => "документ",
        "SMART_B2E_DOC" => "документ на подпись",
        other => other,
    };
    Phrase::new(en, ru)
}

fn smart_process(object: &str) -> Option<u64> {
    object.strip_prefix(PREFIX).filter(|number| is_number(number))?.parse().ok()
}

/// The numbers that smart processes get; the others belong to the portal's own types.
fn is_smart_process(number: u64) -> bool {
    matches!(number, 128..=192 | 1030..)
}

/// The object that a word stands for: `deals`, `D`, `DYNAMIC_31`, `T80`, always in the portal's own name.
pub(super) fn object_meant(word: &str) -> Option<String> {
    let upper = word.trim().to_ascii_uppercase();
    let known = |name: &str| NAMES.into_iter().find(|known| *known == name);
    let singular = upper.strip_suffix("IES").map(|stem| format!("{stem}Y"));
    let singular = singular.as_deref().or(upper.strip_suffix('S')).and_then(known);
    if let Some(name) = known(&upper).or(singular).or_else(|| name_of_code(&upper)) {
        return Some(name.to_owned());
    }
    // Smart processes have `T` and their number in hexadecimal as a code (protocol.md, 10.3).
    let number = match upper.strip_prefix("DYNAMIC") {
        Some(rest) => only_number_in(rest)?.parse().ok()?,
        None => u64::from_str_radix(upper.strip_prefix('T')?, 16).ok()?,
    };
    (number > 0).then(|| object_of_number(number))
}

/// The ids that a text may stand for, with what has to be taken back to come to each; none where it is
/// right as it is or cannot be understood.
pub(super) fn ids_meant(text: &str) -> Vec<(String, Vec<Slip>)> {
    let bare: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, number) = bare.split_at(bare.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    let mut slips = Vec::new();
    if bare != text {
        slips.push(Slip::Spaces);
    }
    let number = match number.trim_start_matches('0') {
        "" => return turned(&bare, slips),
        stripped if stripped.len() < number.len() => {
            slips.push(Slip::Zeros);
            stripped
        }
        number => number,
    };
    let object = before.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let between = before.rsplit_once(object).map_or("", |(_, between)| between);
    if object.is_empty() {
        slips.push(Slip::ObjectMissing);
        return ["DEAL", "LEAD", "CONTACT", "COMPANY"].map(|name| (format!("{name}|{number}"), slips.clone())).into();
    }
    let named = match object.parse::<u64>() {
        Ok(process) => name_of_number(process).map(str::to_owned),
        Err(_) => object_meant(object),
    };
    let Some(name) = named else { return Vec::new() };
    match between {
        "|" => {}
        between if between.trim() == "|" => slips.push(Slip::Spaces),
        _ => slips.push(Slip::Separator),
    }
    let upper = object.to_ascii_uppercase();
    if upper == name {
        if upper != object {
            slips.push(Slip::Case);
        }
    } else {
        let is_code = name_of_code(&upper).is_some() || (upper.starts_with('T') && name.starts_with(PREFIX));
        let is_numbered = is_digits(object) || upper.starts_with("DYNAMIC");
        slips.push(if is_code {
            Slip::Code
        } else if is_numbered {
            Slip::Numbered
        } else {
            Slip::TypeWord
        });
        if is_code {
            slips.retain(|slip| *slip != Slip::Separator);
        }
    }
    let mut ids = vec![(format!("{name}|{number}"), slips.clone())];
    let other = match name.as_str() {
        "INVOICE" => Some("SMART_INVOICE"),
        "SMART_INVOICE" => Some("INVOICE"),
        _ => None,
    };
    ids.extend(other.map(|other| (format!("{other}|{number}"), [slips, vec![Slip::OtherInvoice]].concat())));
    ids
}

/// `1663|DEAL`: the number first.
fn turned(text: &str, mut slips: Vec<Slip>) -> Vec<(String, Vec<Slip>)> {
    let Some((number, object)) = text.split_once(|c: char| !c.is_ascii_alphanumeric()) else { return Vec::new() };
    let object = NAMES.into_iter().find(|name| name.eq_ignore_ascii_case(object.trim()));
    match object {
        Some(name) if is_number(number) => {
            slips.push(Slip::Turned);
            vec![(format!("{name}|{number}"), slips)]
        }
        _ => Vec::new(),
    }
}

pub(super) fn hint(id: &str) -> Hint {
    if let Some(words) = in_words(id) {
        return Hint::fine(words);
    }
    let Some((object, number)) = id.split_once('|') else { return Hint::unusual(without_bar(id)) };
    Hint::unusual(with_bar(object, number))
}

/// There is a bar and something about its two sides is odd.
fn with_bar(object: &str, number: &str) -> Phrase {
    let (bare, upper) = (object.trim(), object.trim().to_ascii_uppercase());
    if number.contains('|') {
        return Phrase::new("one bar only, between the object and its id", "черта нужна одна, между объектом и его id");
    }
    if bare.is_empty() {
        return Phrase::new("the object belongs before the bar: DEAL|1663", "перед чертой нужен объект: DEAL|1663");
    }
    let known = NAMES.contains(&upper.as_str()) || smart_process(&upper).is_some();
    if known && (bare != object || number.trim() != number) {
        let number = short(number.trim());
        return Phrase::new(
            format!("spaces are sent too: {upper}|{number}"),
            format!("пробелы тоже отправятся: {upper}|{number}"),
        );
    }
    if let Some(process) = smart_process(&upper) {
        return with_process(process, object, number);
    }
    if !known {
        return unknown_object(object, &upper, number);
    }
    if upper != object {
        return in_capitals(&upper, number);
    }
    odd_number(object, number)
}

fn in_capitals(object: &str, number: &str) -> Phrase {
    let number = short(number);
    Phrase::new(format!("in capitals: {object}|{number}"), format!("заглавными: {object}|{number}"))
}

fn with_process(process: u64, object: &str, number: &str) -> Phrase {
    if let Some(name) = name_of_number(process) {
        let (object, number) = (short(object), short(number));
        return Phrase::new(
            format!("{object} is written {name}: {name}|{number}"),
            format!("{object} пишется {name}: {name}|{number}"),
        );
    }
    if !is_smart_process(process) {
        return Phrase::new(
            "smart processes have numbers 128-192 or from 1030",
            "номера смарт-процессов: 128–192 или от 1030",
        );
    }
    let right = format!("{PREFIX}{process}");
    if object != right {
        return in_capitals(&right, number);
    }
    odd_number(object, number)
}

fn unknown_object(object: &str, upper: &str, number: &str) -> Phrase {
    if let Some(name) = name_of_code(upper) {
        return written_out(name, number);
    }
    if is_digits(object) && is_number(number) {
        let number = short(number);
        return Phrase::new(
            format!("the object's name belongs before the bar: DEAL|{number}"),
            format!("перед чертой нужно имя объекта: DEAL|{number}"),
        );
    }
    if upper.starts_with("DYNAMIC") {
        return match only_number_in(object) {
            Some(process) => Phrase::same(format!("{PREFIX}{}|{}", short(process), short(number))),
            None => Phrase::new("which smart process? DYNAMIC_1042|5", "какой смарт-процесс? DYNAMIC_1042|5"),
        };
    }
    let object = short(object);
    Phrase::new(
        format!("{object} is no CRM object known here, DEAL is"),
        format!("объекта CRM {object} здесь не знают, а DEAL знают"),
    )
}

fn written_out(name: &str, number: &str) -> Phrase {
    let number = short(number);
    Phrase::new(format!("written out: {name}|{number}"), format!("полностью: {name}|{number}"))
}

fn odd_number(object: &str, number: &str) -> Phrase {
    if number.is_empty() {
        let object = short(object);
        return Phrase::new(
            format!("the id is missing after the bar: {object}|1663"),
            format!("после черты нет id: {object}|1663"),
        );
    }
    if let Some(words) = leading_zero(number) {
        return words;
    }
    match only_number_in(number) {
        Some(digits) => {
            let (object, digits) = (short(object), short(digits));
            Phrase::new(
                format!("a number alone after the bar: {object}|{digits}"),
                format!("после черты только число: {object}|{digits}"),
            )
        }
        None => Phrase::new("a number belongs after the bar, like 1663", "после черты нужно число, например 1663"),
    }
}

/// There is no bar: another sign in its place, or a part is missing.
fn without_bar(id: &str) -> Phrase {
    if is_digits(id) {
        let id = short(id);
        return Phrase::new(
            format!("the object is missing: DEAL|{id} for a deal"),
            format!("не указан объект: DEAL|{id} для сделки"),
        );
    }
    let upper = id.to_ascii_uppercase();
    let letters = upper.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &upper[letters.len()..];
    let object = letters.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    if NAMES.contains(&object) || smart_process(object).is_some() {
        return match number {
            "" => Phrase::new(
                format!("a bar and the id are missing: {object}|1663"),
                format!("нет черты и id: {object}|1663"),
            ),
            _ => {
                let number = short(number);
                Phrase::new(
                    format!("a bar | belongs between {object} and {number}"),
                    format!("между {object} и {number} нужна черта |"),
                )
            }
        };
    }
    if let (Some(name), true) = (letters.strip_suffix('_').and_then(name_of_code), is_number(number)) {
        return written_out(name, number);
    }
    if letters.starts_with("DYNAMIC") {
        return Phrase::new(
            "DYNAMIC_, its number, a bar, the id: DYNAMIC_1042|5",
            "DYNAMIC_, номер, черта, id: DYNAMIC_1042|5",
        );
    }
    Phrase::new("an object, a bar, its id: DEAL|1663", "объект, черта, id: DEAL|1663")
}
