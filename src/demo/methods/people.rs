//! Who takes part in a chat, as bare ids and as people (protocol.md, 9.2).

use serde_json::{Value, json};

use super::super::clock::iso;
use super::super::php;
use super::super::refusal::{self, Refusal};
use super::super::seed::{Kind, User, person};
use super::chats::{Dialog, chat_id, dialog, readable};
use super::{Call, Outcome};

const PAGE: usize = 50;
const PAGE_LIMIT: usize = 200;

/// Ids only. Somebody else's chat and no chat at all are both an empty list.
pub(super) fn chat_user_list(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let id = chat_id(call);
    if id == 0 {
        return Err(refusal::CHAT_ID_EMPTY);
    }
    let chats = call.portal.chats();
    let Some(chat) = chats.iter().find(|chat| chat.id == id) else { return Ok(json!([]).into()) };
    if chat.is_general() {
        return Err(refusal::GENERAL_CHAT);
    }
    let members = if chat.has_member(call.caller.user) { chat.members() } else { Vec::new() };
    Ok(json!(members).into())
}

/// People, page by page: by OFFSET with a total and a next, or after LAST_ID with neither.
pub(super) fn dialog_users_list(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let mut ids = match dialog(call)? {
        Dialog::User(id) => vec![call.caller.user, person(id).ok_or(refusal::DIALOG_ACCESS)?.id],
        Dialog::Chat(id) => readable(call, id)?.members(),
    };
    ids.sort_unstable();
    ids.dedup();
    let mut people: Vec<User> = ids.into_iter().filter_map(person).collect();
    if call.text("SKIP_EXTERNAL").as_deref() == Some("Y") {
        let kept: Vec<String> = call
            .param("SKIP_EXTERNAL_EXCEPT_TYPES")
            .and_then(php::entries)
            .map(|types| {
                types.into_iter().filter_map(|(_, name)| php::text(name)).map(|name| name.into_owned()).collect()
            })
            .unwrap_or_default();
        people.retain(|user| user.kind == Kind::Employee || kept.iter().any(|name| name == kind(user)));
    }
    let limit = page_size(call, PAGE, PAGE_LIMIT);
    let total = people.len();
    if call.param("LAST_ID").is_some() {
        let last = call.int("LAST_ID");
        let page: Vec<Value> =
            people.iter().filter(|user| i64::from(user.id) > last).take(limit).map(describe).collect();
        return Ok(Value::Array(page).into());
    }
    let offset = usize::try_from(call.int("OFFSET")).unwrap_or(0);
    let page: Vec<Value> = people.iter().skip(offset).take(limit).map(describe).collect();
    let end = offset + page.len();
    let next = (end < total && !page.is_empty()).then_some(end as u64);
    Ok(Outcome { result: Value::Array(page), next, total: Some(total as i64) })
}

/// LIMIT, from one to the most a page may have.
pub(super) fn page_size(call: &Call<'_>, usual: usize, most: usize) -> usize {
    match usize::try_from(call.int("LIMIT")) {
        Ok(0) | Err(_) => usual,
        Ok(limit) => limit.min(most),
    }
}

fn kind(user: &User) -> &'static str {
    match user.kind {
        Kind::Employee => "user",
        Kind::Extranet => "extranet",
        Kind::Bot => "bot",
        Kind::Guest => "connector",
    }
}

/// One person. Many fields are text or `false`, whichever there is.
pub(super) fn describe(user: &User) -> Value {
    let is_staff = user.kind == Kind::Employee;
    json!({
        "id": user.id,
        "active": true,
        "name": user.name(),
        "first_name": user.first,
        "last_name": user.last,
        "work_position": user.position,
        "color": "#df532d",
        "avatar": "",
        "gender": "",
        "birthday": "",
        "extranet": user.kind == Kind::Extranet,
        "network": false,
        "bot": user.kind == Kind::Bot,
        "connector": user.kind == Kind::Guest,
        "external_auth_id": if user.kind == Kind::Guest { "imconnector" } else { "default" },
        "status": "online",
        "idle": false,
        "last_activity_date": if is_staff { json!(iso(1_772_035_858.0 + f64::from(user.id))) } else { json!(false) },
        "mobile_last_date": false,
        "absent": false,
        "departments": if is_staff { json!([1]) } else { json!([]) },
        "phones": if is_staff { json!({ "work_phone": "+49 30 5550 0100" }) } else { json!(false) },
        "email": if is_staff { format!("user{}@demo-portal.example", user.id) } else { String::new() },
        "type": kind(user),
    })
}
