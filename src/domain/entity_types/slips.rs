//! Slips of the hand that are the same for every type: spaces at an end, signs that only look right, a
//! word for a type that is written otherwise. The portal compares texts as they are, so each of them
//! finds no chat without a word about why.

use super::hint::{by_check, short};
use super::{Check, EntityKind, Level, all, crm, find};
use crate::domain::language::{Language, Phrase};
use crate::domain::visible;

/// What slipped in an id, in words. Types without a known format are left alone, except for what nobody
/// could see.
pub(super) fn in_text(kind: &EntityKind, id: &str) -> Option<Phrase> {
    if let Some(words) = unseen(id) {
        return Some(words);
    }
    if kind.check == Check::Any {
        return None;
    }
    let plain = plain(id)?;
    // Only when the plain text is right is the sign the trouble; else the format's own words say more.
    let fits = by_check(kind, &plain.text).level == Level::Fine;
    fits.then(|| plain.why.map(|why| format!("{why}: {}", short(&plain.text))))
}

/// What slipped in a type that is in no list, in words.
pub(super) fn in_type(entity_type: &str) -> Option<Phrase> {
    if let Some(words) = unseen(entity_type) {
        return Some(words);
    }
    let plain = plain(entity_type);
    let text = plain.as_ref().map_or(entity_type, |plain| plain.text.as_str());
    if let (Some(kind), Some(plain)) = (find(text), &plain) {
        return Some(plain.why.clone().map(|why| format!("{why}: {}", kind.name)));
    }
    let lower = text.to_lowercase().replace(['_', '-'], " ");
    if crm::NAMES.contains(&text.to_ascii_uppercase().as_str()) {
        let name = text.to_ascii_uppercase();
        return Some(Phrase::new(
            format!("a custom type; a {} is CRM with {name}|id", crm::words(&name).en()),
            format!("собственный тип; {} — это CRM и {name}|id", crm::words(&name).get(Language::Ru)),
        ));
    }
    let meant = all().iter().find(|kind| kind.also.contains(&lower))?;
    Some(Phrase::new(
        format!("a custom type; the portal's own is {}", meant.name),
        format!("собственный тип; на портале это {}", meant.name),
    ))
}

/// Spaces at an end, and characters that nobody can see.
fn unseen(text: &str) -> Option<Phrase> {
    if text.starts_with(char::is_whitespace) {
        return Some(Phrase::new(
            "the space in front is sent too: delete it",
            "пробел в начале тоже отправится: удалите его",
        ));
    }
    if text.ends_with(char::is_whitespace) {
        return Some(Phrase::new(
            "the space at the end is sent too: delete it",
            "пробел в конце тоже отправится: удалите его",
        ));
    }
    let hidden = text.chars().find(|c| visible::is_hidden(*c))?;
    let hidden = visible::line(hidden.encode_utf8(&mut [0; 4])).into_owned();
    Some(Phrase::new(
        format!("{hidden} is in it, which nobody sees: delete it"),
        format!("внутри невидимый знак {hidden}: удалите его"),
    ))
}

/// The text in the signs it was meant in; `None` where none of them only looks like another.
pub(super) fn plain_text(text: &str) -> Option<String> {
    plain(text).map(|plain| plain.text)
}

struct Plain {
    text: String,
    why: Phrase,
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
            why.get_or_insert_with(|| {
                let (en, ru) = what.words();
                Phrase::new(format!("{c} is {en}"), format!("{c}: {ru}"))
            });
            plain
        })
        .collect();
    Some(Plain { text, why: why? })
}

/// What a sign is that only looks right.
#[derive(Clone, Copy)]
enum Sign {
    WideBar,
    OtherBar,
    WideDigit,
    WideLetter,
    OtherDigit,
    Cyrillic,
    Greek,
}

impl Sign {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::WideBar => ("a full-width bar", "полноширинная черта"),
            Self::OtherBar => ("not the bar", "не та черта"),
            Self::WideDigit => ("a full-width digit", "полноширинная цифра"),
            Self::WideLetter => ("a full-width sign", "полноширинный знак"),
            Self::OtherDigit => ("not an ASCII digit", "не цифра ASCII"),
            Self::Cyrillic => ("a Cyrillic letter", "русская буква"),
            Self::Greek => ("a Greek letter", "греческая буква"),
        }
    }
}

/// The ASCII character that a sign is easily taken for, and what the sign is.
fn look_alike(c: char) -> Option<(char, Sign)> {
    const CYRILLIC: &str = "АВЕКМНОРСТУХасеорхуІіЅѕЈј";
    const AS_LATIN: &str = "ABEKMHOPCTYXaceopxyIiSsJj";
    const GREEK: &str = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    const GREEK_AS_LATIN: &str = "ABEZHIKMNOPTYX";
    let twin = |from: &str, to: &str| Some(char::from(to.as_bytes()[from.chars().position(|known| known == c)?]));
    match c {
        '\u{ff5c}' => Some(('|', Sign::WideBar)),
        '\u{00a6}' | '\u{01c0}' | '\u{2223}' | '\u{2502}' | '\u{2758}' => Some(('|', Sign::OtherBar)),
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = char::from_u32(u32::from(c) - 0xfee0)?;
            Some((plain, if plain.is_ascii_digit() { Sign::WideDigit } else { Sign::WideLetter }))
        }
        '\u{0660}'..='\u{0669}' => Some((digit(c, 0x660)?, Sign::OtherDigit)),
        '\u{06f0}'..='\u{06f9}' => Some((digit(c, 0x6f0)?, Sign::OtherDigit)),
        _ => twin(CYRILLIC, AS_LATIN)
            .map(|plain| (plain, Sign::Cyrillic))
            .or_else(|| twin(GREEK, GREEK_AS_LATIN).map(|plain| (plain, Sign::Greek))),
    }
}

fn digit(c: char, zero: u32) -> Option<char> {
    char::from_digit(u32::from(c).checked_sub(zero)?, 10)
}
