//! Why there is no chat. The portal gives one answer for three reasons, so the words say what can be
//! known without asking again: whether the pair looks right, and what is normal for its type.

use super::{Explanation, Waiting, of_outcome};
use crate::domain::entity::EntityPair;
use crate::domain::entity_types::{self, Level};
use crate::domain::visible;

/// What `null` means for this pair (protocol.md, 1.3 and 1.4).
pub fn of_no_chat(pair: &EntityPair) -> Explanation {
    let mut words = of_outcome("no_chat").clone();
    let kind = entity_types::find(pair.entity_type());
    let hint = entity_types::hint(pair.entity_type(), pair.entity_id());
    let looks_right = hint.level == Level::Fine;
    let normal = kind.map_or(CUSTOM, |kind| kind.no_chat.as_str());
    words.meaning = match (kind, looks_right) {
        (Some(_), true) => format!("{} This pair looks right ({}). {normal}", words.meaning, hint.words),
        (None, true) => format!("{} {normal}", words.meaning),
        (_, false) => format!("{} This pair looks unusual: {}. {normal}", words.meaning, hint.words),
    };
    if let Some(other) = kind.and_then(|kind| kind.instead(pair)) {
        words.advice.insert(0, format!("Ask for {} as well.", visible::line(&other.to_string())));
    }
    words.advice.extend(kind.into_iter().flat_map(|kind| kind.when_none.iter().cloned()));
    if !looks_right {
        words.waiting = Waiting::No;
    }
    words
}

/// Nobody but its maker knows a custom type.
const CUSTOM: &str = "The type is a custom one: its chat exists if a program made it with exactly this pair. \
                      A pair that an extranet user gave was dropped by the portal.";
