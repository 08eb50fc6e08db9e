//! A JSON object with the pair in it, as copied from a script or from the tab that shows what was sent.
//! The keys may be in any case, as the portal takes them; an id may be a number.

use serde_json::{Map, Value};

use super::Pasted;
use crate::domain::entity::EntityPair;
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
        warnings.push("the token in it was left out".to_owned());
    }
    Pasted::Pair { how: format!("a JSON object: {}", visible::line(&pair.to_string())), pair, host: None, warnings }
}

/// The text as a JSON object.
pub fn object(text: &str) -> Option<Map<String, Value>> {
    if !text.starts_with('{') {
        return None;
    }
    serde_json::from_str(text).ok()
}

/// The pair in an object: `None` when it names neither part, an error when it names one or a wrong one.
pub fn pair(object: &Map<String, Value>) -> Option<Result<EntityPair, String>> {
    match (member(object, "ENTITY_TYPE"), member(object, "ENTITY_ID")) {
        (None, None) => None,
        (Some(_), None) => Some(Err("the object has an ENTITY_TYPE and no ENTITY_ID: add the id".to_owned())),
        (None, Some(_)) => Some(Err("the object has an ENTITY_ID and no ENTITY_TYPE: add the type".to_owned())),
        (Some(entity_type), Some(entity_id)) => Some(of_values(entity_type, entity_id)),
    }
}

/// A member by its name in any case.
pub fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn of_values(entity_type: &Value, entity_id: &Value) -> Result<EntityPair, String> {
    let entity_type = entity_type.as_str().ok_or("ENTITY_TYPE in the object is not a text, like \"CRM\"")?;
    let entity_id = match entity_id {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return Err("ENTITY_ID in the object is neither a text nor a number, like \"DEAL|1663\"".to_owned()),
    };
    EntityPair::new(entity_type, entity_id).map_err(|invalid| invalid.to_string())
}
