//! The methods, one file per kind: chats, people, the conversations of the caller, the objects
//! that chats belong to, and the portal itself.

mod about;
mod chats;
mod objects;
mod people;
mod recent;

use std::borrow::Cow;

use serde_json::Value;

use super::Portal;
use super::access::Caller;
use super::php::{self, Params};
use super::refusal::Refusal;

/// What a method works with. The names of `params` are as they came.
pub(super) struct Call<'a> {
    pub(super) portal: &'a Portal,
    pub(super) caller: &'a Caller,
    pub(super) params: &'a Params,
}

impl<'a> Call<'a> {
    /// A parameter of an `im` method: the name is upper case here and may come in any case.
    fn param(&self, name: &str) -> Option<&'a Value> {
        // Of two spellings of one name the later wins.
        self.params.iter().rev().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The same, unless PHP calls it empty or it is no text.
    fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.param(name).filter(|value| !php::is_empty(Some(value))).and_then(php::text)
    }

    fn int(&self, name: &str) -> i64 {
        php::int(self.param(name))
    }
}

/// What a method answers.
pub(super) struct Outcome {
    pub(super) result: Value,
    pub(super) next: Option<u64>,
    pub(super) total: Option<i64>,
}

impl From<Value> for Outcome {
    fn from(result: Value) -> Self {
        Self { result, next: None, total: None }
    }
}

/// A method by its lower-case name.
pub(super) struct Method {
    pub(super) name: &'static str,
    /// The scope it needs; without one it is everyone's.
    pub(super) scope: Option<&'static str>,
    pub(super) run: fn(&Call<'_>) -> Result<Outcome, Refusal>,
}

pub(super) const BATCH: &str = "batch";

const fn im(name: &'static str, run: fn(&Call<'_>) -> Result<Outcome, Refusal>) -> Method {
    Method { name, scope: Some("im"), run }
}

const fn global(name: &'static str, run: fn(&Call<'_>) -> Result<Outcome, Refusal>) -> Method {
    Method { name, scope: None, run }
}

const fn of(scope: &'static str, name: &'static str, run: fn(&Call<'_>) -> Result<Outcome, Refusal>) -> Method {
    Method { name, scope: Some(scope), run }
}

const METHODS: &[Method] = &[
    im("im.chat.get", chats::chat_get),
    im("im.dialog.get", chats::dialog_get),
    im("im.chat.user.list", people::chat_user_list),
    im("im.dialog.users.list", people::dialog_users_list),
    im("im.recent.list", recent::recent_list),
    of("crm", "crm.item.get", objects::crm_item_get),
    of("task", "tasks.task.get", objects::task_get),
    of("sonet_group", "sonet_group.get", objects::group_get),
    of("calendar", "calendar.event.getbyid", objects::event_get_by_id),
    of("imopenlines", "imopenlines.crm.chat.get", objects::open_line_chats),
    global("profile", about::profile),
    global("user.admin", about::user_admin),
    global("scope", about::scope),
    global("method.get", about::method_get),
    global("app.info", about::app_info),
    global("server.time", about::server_time),
    global("feature.get", about::feature_get),
    global("access.name", about::access_name),
    // Their own rooms answer them; here they only exist.
    global(BATCH, about::nothing),
    global("upload", about::nothing),
    global("download", about::nothing),
];

/// The method of a name: in lower case first, then as typed, which here makes no difference.
pub(super) fn find(name: &str) -> Option<&'static Method> {
    let lower = name.to_lowercase();
    METHODS.iter().find(|method| method.name == lower)
}
