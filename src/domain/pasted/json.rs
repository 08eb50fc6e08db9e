//! A JSON object with the pair in it, as copied from a script or from the tab that shows what was sent.
//! The keys may be in any case, as the portal takes them; an id may be a number.

use serde_json::{Map, Value};

use super::{Pasted, how};
use crate::domain::entity::EntityPair;
use crate::domain::language::Phrase;
use crate::domain::visible;

pub fn understand(text: &str) -> Pasted {
    let Some(object) = object(text) else { return Pasted::Plain };
    let pair = match pair(&object) {
        None => return Pasted::Plain,
        Some(Err(sentence)) => return Pasted::Refused(sentence),
        Some(Ok(pair)) => pair,
    };
    let mut warnings = Vec::new();
    if member(&object, "auth").is_some() {
        warnings.push(Phrase::new("the token in it was left out", "токен из него отброшен"));
    }
    let how = how(&Phrase::new("a JSON object", "объект JSON"), &visible::line(&pair.to_string()));
    Pasted::Pair { how, pair, host: None, warnings }
}

/// The text as a JSON object.
pub fn object(text: &str) -> Option<Map<String, Value>> {
    if !text.starts_with('{') {
        return None;
    }
    serde_json::from_str(text).ok()
}

/// The pair in an object: `None` when it names neither part, an error when it names one or a wrong one.
pub fn pair(object: &Map<String, Value>) -> Option<Result<EntityPair, Phrase>> {
    match (member(object, "ENTITY_TYPE"), member(object, "ENTITY_ID")) {
        (None, None) => None,
        (Some(_), None) => Some(Err(Phrase::new(
            "the object has an ENTITY_TYPE and no ENTITY_ID: add the id",
            "в объекте есть ENTITY_TYPE и нет ENTITY_ID: добавьте id",
        ))),
        (None, Some(_)) => Some(Err(Phrase::new(
            "the object has an ENTITY_ID and no ENTITY_TYPE: add the type",
            "в объекте есть ENTITY_ID и нет ENTITY_TYPE: добавьте тип",
        ))),
        (Some(entity_type), Some(entity_id)) => Some(of_values(entity_type, entity_id)),
    }
}

/// A member by its name in any case.
pub fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn of_values(entity_type: &Value, entity_id: &Value) -> Result<EntityPair, Phrase> {
    let Some(entity_type) = entity_type.as_str() else {
        return Err(Phrase::new(
            "ENTITY_TYPE in the object is not a text, like \"CRM\"",
            "ENTITY_TYPE в объекте — не текст вида \"CRM\"",
        ));
    };
    let entity_id = match entity_id {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => {
            return Err(Phrase::new(
                "ENTITY_ID in the object is neither a text nor a number, like \"DEAL|1663\"",
                "ENTITY_ID в объекте — не текст и не число; нужно, например, \"DEAL|1663\"",
            ));
        }
    };
    EntityPair::new(entity_type, entity_id).map_err(|invalid| invalid.words())
}
