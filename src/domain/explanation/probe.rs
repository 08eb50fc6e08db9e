//! What an explanation may send: a fixed list of methods, all of which only read. `DIALOG_ID` is never a
//! parameter, because an `sg` id would make a chat (protocol.md, 1.6).

use crate::domain::batch;
use crate::domain::entity::EntityPair;
use crate::domain::lookup;

/// Every method that an explanation may ask, with the scope it needs.
pub const METHODS: [(&str, Option<&str>); 7] = [
    (lookup::METHOD, Some("im")),
    ("method.get", None),
    ("crm.item.get", Some("crm")),
    ("tasks.task.get", Some("task")),
    ("sonet_group.get", Some("sonet_group")),
    ("calendar.event.getbyid", Some("calendar")),
    ("imopenlines.crm.chat.get", Some("imopenlines")),
];

/// One command of the batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    pub method: &'static str,
    params: Vec<(&'static str, String)>,
}

impl Probe {
    pub(super) fn pair(pair: &EntityPair) -> Self {
        let params =
            [("ENTITY_TYPE", pair.entity_type()), ("ENTITY_ID", pair.entity_id())].map(|(name, it)| (name, it.into()));
        Self { method: lookup::METHOD, params: params.into() }
    }

    /// Answers yes only if its parameter arrives: the name of a method that every portal has.
    pub(super) fn echo() -> Self {
        Self { method: "method.get", params: vec![("name", "profile".to_owned())] }
    }

    pub(super) fn crm(object_type: u64, id: &str) -> Self {
        Self { method: "crm.item.get", params: vec![("entityTypeId", object_type.to_string()), ("id", id.to_owned())] }
    }

    pub(super) fn task(id: &str) -> Self {
        let params = [("taskId", id), ("select[0]", "ID"), ("select[1]", "CHAT_ID")];
        Self { method: "tasks.task.get", params: params.map(|(name, it)| (name, it.to_owned())).into() }
    }

    pub(super) fn group(id: &str) -> Self {
        Self { method: "sonet_group.get", params: vec![("FILTER[ID]", id.to_owned())] }
    }

    pub(super) fn event(id: &str) -> Self {
        Self { method: "calendar.event.getbyid", params: vec![("id", id.to_owned())] }
    }

    /// The chat of the event that the probe of this key tells to be the original. The portal itself puts
    /// the number in its place; where there is none, it takes the parameter for missing.
    pub(super) fn original(event: &str) -> Self {
        let params = [("ENTITY_TYPE", "CALENDAR".to_owned()), ("ENTITY_ID", format!("$result[{event}][PARENT_ID]"))];
        Self { method: lookup::METHOD, params: params.into() }
    }

    pub(super) fn open_lines(object: &str, id: &str) -> Self {
        let params = [("CRM_ENTITY_TYPE", object), ("CRM_ENTITY", id), ("ACTIVE_ONLY", "N")];
        Self { method: "imopenlines.crm.chat.get", params: params.map(|(name, it)| (name, it.to_owned())).into() }
    }

    #[cfg(test)]
    pub(super) fn params(&self) -> &[(&'static str, String)] {
        &self.params
    }

    pub(super) fn scope(&self) -> Option<&'static str> {
        scope_of(self.method)
    }

    pub(super) fn command(&self) -> String {
        let params: Vec<_> = self.params.iter().map(|(name, value)| (*name, value.as_str())).collect();
        batch::command(self.method, &params)
    }
}

pub(super) fn scope_of(method: &str) -> Option<&'static str> {
    METHODS.iter().find(|(name, _)| *name == method).and_then(|(_, scope)| *scope)
}

/// Whether a portal would put something else in the place of this text when it travels in a batch
/// (protocol.md, 5).
pub(super) fn is_reference(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["$result", "$next", "$total", "$time", "$error"].iter().any(|name| lower.contains(name))
}
