//! The entity pair: what a lookup asks about. Only the portal's hard limits are enforced here; what
//! is merely unusual for a type is a hint, because a custom pair may use any text (protocol.md, 1.3 and 1.6).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::language::Phrase;

/// The portal's column for ENTITY_TYPE holds this many characters (protocol.md, 1.2).
pub const TYPE_LIMIT: usize = 50;
/// The portal's column for ENTITY_ID holds this many characters (protocol.md, 1.2).
pub const ID_LIMIT: usize = 255;

/// ENTITY_TYPE and ENTITY_ID, exactly as they will be sent: never trimmed, never changed in case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EntityPair {
    #[serde(rename = "type")]
    entity_type: String,
    #[serde(rename = "id")]
    entity_id: String,
}

/// Why a pair cannot be asked about. The text says what to type instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPair {
    #[error("the entity type is empty: choose one from the list, for example CRM")]
    EmptyType,
    #[error(
        "the entity type has {0} characters and the portal keeps {TYPE_LIMIT}: type a shorter one, for example CRM"
    )]
    LongType(usize),
    #[error("the entity id is empty: type one, for example DEAL|1663 for CRM or 8293 for a task")]
    EmptyId,
    #[error(
        "the entity id has {0} characters and the portal keeps {ID_LIMIT}: type the id alone, for example DEAL|1663"
    )]
    LongId(usize),
    #[error(
        "the portal takes the id 0 for a missing one, so it can never be found: type the id of a saved object, 1 or more"
    )]
    ZeroId,
    #[error("the portal takes the type 0 for a missing one, so it can never be found: choose a type, for example CRM")]
    ZeroType,
}

impl InvalidPair {
    /// The same in every language.
    pub fn words(&self) -> Phrase {
        let ru = match self {
            Self::EmptyType => "тип пуст: выберите его из списка, например CRM".to_owned(),
            Self::LongType(count) => {
                format!("в типе {count} символов, портал хранит {TYPE_LIMIT}: укажите короче, например CRM")
            }
            Self::EmptyId => "id пуст: введите его, например DEAL|1663 для CRM или 8293 для задачи".to_owned(),
            Self::LongId(count) => {
                format!("в id {count} символов, портал хранит {ID_LIMIT}: введите только id, например DEAL|1663")
            }
            Self::ZeroId => {
                "id 0 портал считает пустым и ничего не найдёт: введите id сохранённого объекта, от 1".to_owned()
            }
            Self::ZeroType => "тип 0 портал считает пустым и ничего не найдёт: выберите тип, например CRM".to_owned(),
        };
        Phrase::new(self.to_string(), ru)
    }
}

impl EntityPair {
    /// A pair within the portal's hard limits.
    ///
    /// # Errors
    /// When a part is empty, too long (counted in characters), or the text `0`, which PHP calls empty.
    pub fn new(entity_type: impl Into<String>, entity_id: impl Into<String>) -> Result<Self, InvalidPair> {
        let (entity_type, entity_id) = (entity_type.into(), entity_id.into());
        match (entity_type.as_str(), entity_type.chars().count()) {
            (_, 0) => return Err(InvalidPair::EmptyType),
            ("0", _) => return Err(InvalidPair::ZeroType),
            (_, count) if count > TYPE_LIMIT => return Err(InvalidPair::LongType(count)),
            _ => {}
        }
        match (entity_id.as_str(), entity_id.chars().count()) {
            (_, 0) => Err(InvalidPair::EmptyId),
            ("0", _) => Err(InvalidPair::ZeroId),
            (_, count) if count > ID_LIMIT => Err(InvalidPair::LongId(count)),
            _ => Ok(Self { entity_type, entity_id }),
        }
    }

    pub fn entity_type(&self) -> &str {
        &self.entity_type
    }

    pub fn entity_id(&self) -> &str {
        &self.entity_id
    }
}

impl fmt::Display for EntityPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.entity_type, self.entity_id)
    }
}
