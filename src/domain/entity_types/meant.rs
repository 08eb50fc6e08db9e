//! What was meant by a pair that looks wrong: the pairs it may have been, with the slip that leads to
//! each. The hint beside the id field says the same in words; here it becomes something that can be asked.

use super::hint::{is_digits, is_number, only_number_in};
use super::{Check, EntityKind, all, crm, find, slips};
use crate::domain::entity::EntityPair;
use crate::domain::visible;

/// How a pair came to be another than the one that was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Spaces at an end or around the bar.
    Spaces,
    /// Characters that nobody can see.
    Hidden,
    /// Signs that only look like the right ones: a full-width bar, a Cyrillic letter.
    LookAlike,
    /// Small letters.
    Case,
    /// Another sign than the bar between object and id, or none.
    Separator,
    /// The two parts have changed places.
    Turned,
    /// A CRM binding code such as `D_1663`.
    Code,
    /// An object's number where its name is wanted: `DYNAMIC_31`, `2|1663`.
    Numbered,
    /// The object is not named at all: `1663`.
    ObjectMissing,
    /// An object's name where the type belongs.
    ObjectAsType,
    /// A word for a type that exists under another name.
    TypeWord,
    /// The id belongs to another type.
    OtherType,
    /// The other card of a task.
    OtherCard,
    /// The other kind of invoice.
    OtherInvoice,
    /// The other form of a live chat's id.
    OtherForm,
    /// The other side of an open line.
    OtherSide,
    /// More than the number: `task 8293`.
    NumberAlone,
    /// Zeros in front.
    Zeros,
    /// `imol|` in front.
    Prefix,
    /// The same phone number written otherwise.
    Phone,
}

/// A pair that may have been meant, and all that has to be taken back to come to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    pub pair: EntityPair,
    pub slips: Vec<Slip>,
}

/// The pairs that may have been meant, most likely first; never the pair itself, none of them twice.
pub fn meant(pair: &EntityPair) -> Vec<Meant> {
    let mut found: Vec<Meant> = Vec::new();
    let mut keep = |entity_type: &str, id: &str, slips: Vec<Slip>| {
        let Ok(other) = EntityPair::new(entity_type, id) else { return };
        if other != *pair && !found.iter().any(|known| known.pair == other) && !slips.is_empty() {
            found.push(Meant { pair: other, slips });
        }
    };
    let mut slips = Vec::new();
    let entity_type = tidy(pair.entity_type(), true, &mut slips);
    for (name, ids) in types(&entity_type, pair.entity_id(), &mut slips) {
        let kind = find(&name);
        for (id, more) in ids {
            let mut slips = slips.clone();
            slips.extend(more);
            let id = tidy(&id, kind.is_some_and(|kind| kind.check != Check::Any), &mut slips);
            let Some(kind) = kind else {
                keep(&name, &id, slips);
                continue;
            };
            for (of, right, more) in ids_of(kind, &id) {
                let mut slips = slips.clone();
                slips.extend(more);
                slips.dedup();
                keep(of.unwrap_or(&kind.name), &right, slips);
            }
        }
    }
    found
}

type Ids = Vec<(String, Vec<Slip>)>;

/// The types that a name may stand for, each with the ids it would have.
fn types(name: &str, id: &str, slips: &mut Vec<Slip>) -> Vec<(String, Ids)> {
    let as_it_is = || vec![(id.to_owned(), Vec::new())];
    if let Some(kind) = find(name) {
        if kind.name != name {
            slips.push(Slip::Case);
        }
        return vec![(kind.name.clone(), as_it_is())];
    }
    let upper = name.to_uppercase();
    let object = upper.strip_prefix("CRM_").or(upper.strip_prefix("CRM|")).unwrap_or(&upper);
    if let Some(object) = crm::object_meant(object) {
        let ids = vec![(format!("{object}|{}", only_number_in(id).unwrap_or(id)), vec![Slip::ObjectAsType])];
        return vec![("CRM".to_owned(), ids)];
    }
    let word = name.to_lowercase().replace(['_', '-'], " ");
    let named = |kind: &&EntityKind| kind.also.contains(&word);
    let named: Vec<_> = all().iter().filter(named).map(|kind| (kind.name.clone(), as_it_is())).collect();
    if named.is_empty() {
        return vec![(name.to_owned(), as_it_is())];
    }
    slips.push(Slip::TypeWord);
    named
}

/// The text without what nobody could see and without spaces at its ends; with `plain`, in the signs it
/// was meant in, where that leaves nothing but ASCII.
fn tidy(text: &str, plain: bool, slips: &mut Vec<Slip>) -> String {
    let seen: String = text.chars().filter(|c| !visible::is_hidden(*c)).collect();
    if seen != text {
        slips.push(Slip::Hidden);
    }
    let trimmed = seen.trim();
    if trimmed != seen {
        slips.push(Slip::Spaces);
    }
    match slips::plain_text(trimmed).filter(|text| plain && text.is_ascii()) {
        Some(text) => {
            slips.push(Slip::LookAlike);
            text
        }
        None => trimmed.to_owned(),
    }
}

type Right = (Option<&'static str>, String, Vec<Slip>);

/// The ids of a type that a text may stand for; with a type's name where it belongs to another.
fn ids_of(kind: &EntityKind, id: &str) -> Vec<Right> {
    let here = |id: &str, slips: Vec<Slip>| (None, id.to_owned(), slips);
    let mut ids = match kind.check {
        Check::Crm => crm::ids_meant(id).into_iter().map(|(id, slips)| (None, id, slips)).collect(),
        Check::Number => numbers(id),
        Check::Lines => lines(id),
        Check::Livechat => livechat(id),
        Check::Call => call(id),
        Check::NoId | Check::Any => Vec::new(),
    };
    if ids.is_empty() {
        ids.push(here(id, Vec::new()));
    }
    let other = all().iter().find(|other| Some(&other.name) == kind.other.as_ref());
    if let (Some(other), Some((None, number, slips))) = (other, ids.first().cloned())
        && is_number(&number)
    {
        ids.push((Some(&other.name), number, [slips, vec![Slip::OtherCard]].concat()));
    }
    ids
}

fn numbers(id: &str) -> Vec<Right> {
    let crm_ids = crm::ids_meant(id);
    if crm::is_right(id) {
        return vec![(Some("CRM"), id.to_owned(), vec![Slip::OtherType])];
    }
    if is_digits(id) {
        let bare = id.trim_start_matches('0');
        return if bare == id { Vec::new() } else { vec![(None, bare.to_owned(), vec![Slip::Zeros])] };
    }
    if let [(right, slips)] = crm_ids.as_slice()
        && !slips.contains(&Slip::ObjectMissing)
    {
        return vec![(Some("CRM"), right.clone(), [vec![Slip::OtherType], slips.clone()].concat())];
    }
    // `chat1437` is a chat's own number, and no object's.
    let is_chat = id.to_ascii_lowercase().strip_prefix("chat").is_some_and(is_digits);
    let number = only_number_in(id).filter(|_| !is_chat);
    number.map(|number| vec![(None, number.to_owned(), vec![Slip::NumberAlone])]).unwrap_or_default()
}

fn lines(id: &str) -> Vec<Right> {
    let lower = id.to_ascii_lowercase();
    let (bare, mut slips) =
        if lower.starts_with("imol|") { (&id["imol|".len()..], vec![Slip::Prefix]) } else { (id, Vec::new()) };
    let parts: Vec<&str> = bare.split('|').map(str::trim).collect();
    let joined = parts.join("|");
    if joined != bare {
        slips.push(Slip::Spaces);
    }
    match parts.as_slice() {
        [_, line, _, user] if is_number(line) && is_number(user) => vec![
            (None, joined.clone(), slips.clone()),
            (Some("LIVECHAT"), format!("{line}|{user}"), [slips, vec![Slip::OtherSide]].concat()),
        ],
        [line, guest] if is_number(line) && is_number(guest) => {
            vec![(Some("LIVECHAT"), joined.clone(), [slips, vec![Slip::OtherType]].concat())]
        }
        _ => vec![(None, joined, slips)],
    }
}

fn livechat(id: &str) -> Vec<Right> {
    let parts: Vec<&str> = id.split('|').map(str::trim).collect();
    let joined = parts.join("|");
    let spaces = if joined == id { Vec::new() } else { vec![Slip::Spaces] };
    match parts.as_slice() {
        [line, guest] if is_number(line) && is_number(guest) => vec![
            (None, joined.clone(), spaces.clone()),
            (None, format!("livechat|{line}"), [spaces.clone(), vec![Slip::OtherForm]].concat()),
            (None, format!("{guest}|{line}"), [spaces, vec![Slip::Turned]].concat()),
        ],
        [_, line, _, user] if is_number(line) && is_number(user) => vec![
            (None, format!("{line}|{user}"), vec![Slip::OtherForm]),
            (Some("LINES"), joined, [spaces, vec![Slip::OtherSide]].concat()),
        ],
        _ => vec![(None, joined, spaces)],
    }
}

fn call(id: &str) -> Vec<Right> {
    let is_written_out = id.chars().all(|c| c.is_ascii_digit() || "+-(). ".contains(c));
    let digits: String = id.chars().filter(char::is_ascii_digit).collect();
    if !is_written_out || !(3..=20).contains(&digits.len()) {
        let unify = id.replace([' ', '-'], "_").to_ascii_uppercase();
        return if unify == "UNIFY_CALL_CHAT" && id != unify {
            vec![(None, unify, vec![Slip::Case])]
        } else {
            Vec::new()
        };
    }
    let mut forms = vec![digits.clone(), format!("+{digits}")];
    // Eleven digits that begin with 8 or 7 are one Russian number, and ten of them lack its beginning.
    match (digits.len(), digits.split_at(1)) {
        (11, ("8", rest)) => forms.extend([format!("7{rest}"), format!("+7{rest}")]),
        (11, ("7", rest)) => forms.push(format!("8{rest}")),
        (10, ("9", _)) => forms.extend([format!("7{digits}"), format!("+7{digits}"), format!("8{digits}")]),
        _ => {}
    }
    forms.into_iter().map(|form| (None, form, vec![Slip::Phone])).collect()
}

#[cfg(test)]
mod tests;
