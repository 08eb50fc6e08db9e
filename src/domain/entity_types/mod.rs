//! What is known about each entity type: what chat it means, how its id is made, and what people trip
//! over. The knowledge itself is in `assets/entity_types.toml`; the live words beside the id field are
//! in [`hint`](hint()).

pub mod crm;
mod hint;
mod meant;
mod slips;

use std::sync::LazyLock;

use serde::Deserialize;

pub use hint::{Hint, Level, hint};
pub use meant::{Meant, Slip, meant};

use super::entity::EntityPair;
use super::language::{Language, Phrase, phrases};

/// One entity type as the catalogue describes it (protocol.md, 1.3).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityKind {
    /// ENTITY_TYPE as the portal writes it: `CRM`.
    pub name: String,
    /// What kind of chat, in at most 34 characters: "discussion of a CRM object".
    pub meaning: Phrase,
    /// One to three sentences: what chat this is, when no chat is normal, what people trip over.
    pub about: Phrase,
    /// What is normal when the portal answers that there is no chat.
    pub no_chat: Phrase,
    /// What to do then, one step each.
    #[serde(default, deserialize_with = "phrases")]
    pub when_none: Vec<Phrase>,
    /// The type that may hold the same object's chat instead.
    pub other: Option<String>,
    /// What the id is made of, in words.
    pub format: Phrase,
    /// A right id; empty where the type's chats carry none, or where the format is not written down.
    pub example: String,
    /// What the id's number is called where the id is one number: `task`.
    thing: Option<Phrase>,
    /// How an id is looked at for the hint.
    check: Check,
    /// Whether the portal's documentation names the type.
    pub documented: bool,
    /// Other words people type when they look for it.
    #[serde(default)]
    also: Vec<String>,
}

impl EntityKind {
    /// The portal makes such chats without an id, so no pair finds one.
    pub fn carries_no_id(&self) -> bool {
        self.check == Check::NoId
    }

    /// The id is one number.
    pub fn is_number(&self) -> bool {
        self.check == Check::Number
    }

    /// The same object asked for under the type that may hold its chat instead: TASKS for TASKS_TASK.
    pub fn instead(&self, pair: &EntityPair) -> Option<EntityPair> {
        EntityPair::new(self.other.as_deref()?, pair.entity_id()).ok()
    }
}

/// The checks of protocol.md, 1.3: for hints only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Check {
    /// An object's name, a bar, a number.
    Crm,
    /// One number.
    Number,
    /// Four parts joined by bars.
    Lines,
    /// Two parts joined by a bar, about which the sources disagree.
    Livechat,
    /// A phone number or one fixed word.
    Call,
    /// The type's chats carry no id.
    NoId,
    /// Nobody wrote the format down.
    Any,
}

#[derive(Deserialize)]
struct Catalogue {
    #[serde(rename = "type")]
    types: Vec<EntityKind>,
}

/// Read once. A catalogue that cannot be read is an empty one, and a test keeps that from happening:
/// types can be typed freely, so a lookup needs none of this.
static CATALOGUE: LazyLock<Vec<EntityKind>> =
    LazyLock::new(|| read().map(|catalogue| catalogue.types).unwrap_or_default());

fn read() -> Result<Catalogue, toml::de::Error> {
    toml::from_str(include_str!("../../../assets/entity_types.toml"))
}

/// Every known type, most used first.
pub fn all() -> &'static [EntityKind] {
    &CATALOGUE
}

/// The type of this name: exactly, else ignoring the case of ASCII letters.
pub fn find(name: &str) -> Option<&'static EntityKind> {
    all().iter().find(|kind| kind.name == name).or_else(|| all().iter().find(|k| k.name.eq_ignore_ascii_case(name)))
}

/// The types that a filter leaves, best first: those whose name begins with it, then those whose name
/// contains it, then those that other words or the meaning or the description lead to. Ignores case and the spaces around it;
/// nothing typed leaves every type.
pub fn search(filter: &str) -> Vec<&'static EntityKind> {
    let filter = filter.trim().to_lowercase();
    let mut found: Vec<_> = all().iter().filter_map(|kind| Some((rank(kind, &filter)?, kind))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, kind)| kind).collect()
}

fn rank(kind: &EntityKind, filter: &str) -> Option<u8> {
    let name = kind.name.to_lowercase();
    if name.starts_with(filter) {
        return Some(0);
    }
    if name.contains(filter) {
        return Some(1);
    }
    // In every language: whoever reads English may still say "сделка".
    let says = |words: &Phrase| Language::ALL.iter().any(|&it| words.get(it).to_lowercase().contains(filter));
    if kind.also.iter().any(|word| word.starts_with(filter)) || says(&kind.meaning) {
        return Some(2);
    }
    says(&kind.about).then_some(3)
}

#[cfg(test)]
mod tests;
