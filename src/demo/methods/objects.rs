//! The objects that chats belong to: enough of their methods to tell whether one is there, and the chats
//! of open lines that a CRM object knows.

use serde_json::{Value, json};

use super::super::php;
use super::super::refusal::{self, Refusal};
use super::super::seed;
use super::{Call, Outcome};

/// One CRM object by the number of its type and its own.
pub(super) fn crm_item_get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let (of, id) = (call.int("ENTITYTYPEID"), call.int("ID"));
    if !seed::CRM_TYPES.contains(&of) {
        return Err(refusal::NO_SUCH_CRM_TYPE);
    }
    let (_, _, title) =
        seed::CRM_ITEMS.iter().find(|(known, item, _)| (*known, *item) == (of, id)).ok_or(refusal::NO_SUCH_ITEM)?;
    let item = json!({
        "id": id, "entityTypeId": of, "title": title, "createdBy": seed::ADMIN, "assignedById": seed::EMPLOYEE,
        "opened": "Y", "observers": [],
    });
    Ok(json!({ "item": item }).into())
}

/// A task with the fields that were selected. One that is not there, or not for the caller, is an empty list.
pub(super) fn task_get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let id = call.text("TASKID").ok_or(refusal::NO_TASK_ID)?;
    let Some((_, title)) = seed::TASKS.iter().find(|(known, _)| *known == id) else { return Ok(json!([]).into()) };
    let mut task = json!({ "id": id, "title": title, "favorite": "N", "group": [], "action": { "edit": true } });
    let selected = call.param("SELECT").and_then(php::entries).unwrap_or_default();
    if selected.iter().any(|(_, field)| field.as_str() == Some("CHAT_ID")) {
        let chats = call.portal.chats();
        let chat = chats.iter().find(|chat| chat.entity_type == "TASKS_TASK" && chat.entity_id == id);
        task["chatId"] = chat.map_or(Value::Null, |chat| json!(chat.id));
    }
    Ok(json!({ "task": task }).into())
}

/// The groups that pass the filter; here the filter knows the number alone.
pub(super) fn group_get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let wanted = call.param("FILTER").and_then(|filter| php::entry(filter, "ID")).and_then(php::text);
    let groups = seed::GROUPS.iter().filter(|(id, _)| wanted.as_ref().is_none_or(|wanted| wanted == id));
    let rows: Vec<Value> = groups
        .map(|(id, name)| json!({ "ID": id, "SITE_ID": "s1", "NAME": name, "ACTIVE": "Y", "CLOSED": "N" }))
        .collect();
    let total = i64::try_from(rows.len()).unwrap_or_default();
    Ok(Outcome { result: Value::Array(rows), next: None, total: Some(total) })
}

/// An event, or nothing. Copies name the original.
pub(super) fn event_get_by_id(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let id = call.text("ID").ok_or(refusal::NO_EVENT_ID)?;
    let event = seed::EVENTS.iter().find(|(known, ..)| *known == id);
    Ok(event
        .map_or(Value::Null, |(id, parent, owner, name)| {
            json!({
                "ID": id, "PARENT_ID": parent, "DELETED": "N", "CAL_TYPE": "user", "OWNER_ID": owner, "NAME": name,
                "IS_MEETING": true, "MEETING_HOST": "1",
            })
        })
        .into())
}

/// The chats of open lines that belong to a CRM object.
pub(super) fn open_line_chats(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let (Some(of), id) = (call.text("CRM_ENTITY_TYPE"), call.int("CRM_ENTITY")) else {
        return Err(refusal::ARGUMENT);
    };
    let of = of.to_lowercase();
    if !matches!(of.as_str(), "lead" | "deal" | "company" | "contact") || id <= 0 {
        return Err(refusal::ARGUMENT);
    }
    let chats: Vec<Value> = seed::OPEN_LINE_CHATS
        .iter()
        .filter(|(kind, number, _)| *kind == of && *number == id)
        .map(|(_, _, chat)| {
            json!({ "CHAT_ID": chat.to_string(), "CONNECTOR_ID": "telegrambot", "CONNECTOR_TITLE": "Telegram" })
        })
        .collect();
    Ok(json!(chats).into())
}
