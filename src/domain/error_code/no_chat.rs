//! Why there is no chat. The portal gives one answer for three reasons, so the words say what can be
//! known without asking again: whether the pair looks right, and what is normal for its type.

use super::{Explanation, Waiting, of_outcome};
use crate::domain::entity::EntityPair;
use crate::domain::entity_types::{self, Level};
use crate::domain::language::{Language, Phrase};
use crate::domain::visible;

/// What `null` means for this pair (protocol.md, 1.3 and 1.4).
pub fn of_no_chat(pair: &EntityPair) -> Explanation {
    let mut words = of_outcome("no_chat").clone();
    let kind = entity_types::find(pair.entity_type());
    let hint = entity_types::hint(pair.entity_type(), pair.entity_id());
    let looks_right = hint.level == Level::Fine;
    words.meaning = Phrase::each(|language| {
        let hint = hint.words.get(language);
        let meaning = words.meaning.get(language);
        let normal = kind.map_or_else(|| custom(language), |kind| kind.no_chat.get(language));
        let looks = match (kind, looks_right, language) {
            (None, true, _) => return format!("{meaning} {normal}"),
            (Some(_), true, Language::En) => format!("This pair looks right ({hint})."),
            (Some(_), true, Language::Ru) => format!("Пара выглядит верной ({hint})."),
            (_, false, Language::En) => format!("This pair looks unusual: {hint}."),
            (_, false, Language::Ru) => format!("Пара выглядит необычно: {hint}."),
        };
        format!("{meaning} {looks} {normal}")
    });
    if let Some(other) = kind.and_then(|kind| kind.instead(pair)) {
        let other = other.to_string();
        let other = visible::line(&other);
        words.advice.insert(0, Phrase::new(format!("Ask for {other} as well."), format!("Спросите ещё {other}.")));
    }
    words.advice.extend(kind.into_iter().flat_map(|kind| kind.when_none.iter().cloned()));
    if !looks_right {
        words.waiting = Waiting::No;
    }
    words
}

/// Nobody but its maker knows a custom type.
fn custom(language: Language) -> &'static str {
    match language {
        Language::En => {
            "The type is a custom one: its chat exists if a program made it with exactly this pair. \
             A pair that an extranet user gave was dropped by the portal."
        }
        Language::Ru => {
            "Это собственный тип: чат есть, если программа создала его именно с такой парой. \
             Пару, которую указал пользователь экстранета, портал отбрасывает."
        }
    }
}
