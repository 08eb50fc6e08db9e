//! Slips of the hand that are the same for every type: spaces at an end, signs that only look right, a
//! word for a type that is written otherwise. The portal compares texts as they are, so each of them
//! finds no chat without a word about why.

use super::hint::{by_check, short};
use super::{Check, EntityKind, Level, all, crm, find};
use crate::domain::visible;

/// What slipped in an id, in words. Types without a known format are left alone, except for what nobody
/// could see.
pub(super) fn in_text(kind: &EntityKind, id: &str) -> Option<String> {
    if let Some(words) = unseen(id) {
        return Some(words);
    }
    if kind.check == Check::Any {
        return None;
    }
    let plain = plain(id)?;
    // Only when the plain text is right is the sign the trouble; else the format's own words say more.
    let fits = by_check(kind, &plain.text).level == Level::Fine;
    fits.then(|| format!("{}: {}", plain.why, short(&plain.text)))
}

/// What slipped in a type that is in no list, in words.
pub(super) fn in_type(entity_type: &str) -> Option<String> {
    if let Some(words) = unseen(entity_type) {
        return Some(words);
    }
    let plain = plain(entity_type);
    let text = plain.as_ref().map_or(entity_type, |plain| plain.text.as_str());
    if let (Some(kind), Some(plain)) = (find(text), &plain) {
        return Some(format!("{}: {}", plain.why, kind.name));
    }
    let lower = text.to_lowercase().replace(['_', '-'], " ");
    if crm::NAMES.contains(&text.to_ascii_uppercase().as_str()) {
        let name = text.to_ascii_uppercase();
        return Some(format!("a custom type; a {} is CRM with {name}|id", crm::words(&name)));
    }
    let meant = all().iter().find(|kind| kind.also.contains(&lower))?;
    Some(format!("a custom type; the portal's own is {}", meant.name))
}

/// Spaces at an end, and characters that nobody can see.
fn unseen(text: &str) -> Option<String> {
    if text.starts_with(char::is_whitespace) {
        return Some("the space in front is sent too: delete it".to_owned());
    }
    if text.ends_with(char::is_whitespace) {
        return Some("the space at the end is sent too: delete it".to_owned());
    }
    let hidden = text.chars().find(|c| visible::is_hidden(*c))?;
    Some(format!("{} is in it, which nobody sees: delete it", visible::line(hidden.encode_utf8(&mut [0; 4]))))
}

struct Plain {
    text: String,
    why: String,
}

/// The text in the signs it was meant in, where it holds signs that only look like them.
fn plain(text: &str) -> Option<Plain> {
    if text.is_ascii() {
        return None;
    }
    let mut why = None;
    let text = text
        .chars()
        .map(|c| {
            let Some((plain, what)) = look_alike(c) else { return c };
            why.get_or_insert_with(|| format!("{c} is {what}"));
            plain
        })
        .collect();
    Some(Plain { text, why: why? })
}

/// The ASCII character that a sign is easily taken for, and what the sign is.
fn look_alike(c: char) -> Option<(char, &'static str)> {
    const CYRILLIC: &str = "АВЕКМНОРСТУХасеорхуІіЅѕЈј";
    const AS_LATIN: &str = "ABEKMHOPCTYXaceopxyIiSsJj";
    const GREEK: &str = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    const GREEK_AS_LATIN: &str = "ABEZHIKMNOPTYX";
    let twin = |from: &str, to: &str| Some(char::from(to.as_bytes()[from.chars().position(|known| known == c)?]));
    match c {
        '\u{ff5c}' => Some(('|', "a full-width bar")),
        '\u{00a6}' | '\u{01c0}' | '\u{2223}' | '\u{2502}' | '\u{2758}' => Some(('|', "not the bar")),
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = char::from_u32(u32::from(c) - 0xfee0)?;
            Some((plain, if plain.is_ascii_digit() { "a full-width digit" } else { "a full-width sign" }))
        }
        '\u{0660}'..='\u{0669}' => Some((digit(c, 0x660)?, "not an ASCII digit")),
        '\u{06f0}'..='\u{06f9}' => Some((digit(c, 0x6f0)?, "not an ASCII digit")),
        _ => twin(CYRILLIC, AS_LATIN)
            .map(|plain| (plain, "a Cyrillic letter"))
            .or_else(|| twin(GREEK, GREEK_AS_LATIN).map(|plain| (plain, "a Greek letter"))),
    }
}

fn digit(c: char, zero: u32) -> Option<char> {
    char::from_digit(u32::from(c).checked_sub(zero)?, 10)
}
