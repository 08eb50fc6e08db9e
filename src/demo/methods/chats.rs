//! `im.chat.get`, which the whole portal is for, and `im.dialog.get`, which reads the chat it finds
//! (protocol.md, section 1 and 9.1).

use std::borrow::Cow;

use serde_json::{Value, json};

use super::super::php;
use super::super::refusal::{self, Refusal};
use super::super::scenario::Play;
use super::super::seed::{Chat, Members, person};
use super::{Call, Outcome};

/// Two equalities and nothing else: no membership, no kind of chat. The lowest id of several.
pub(super) fn chat_get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    // Undocumented: a present DIALOG_ID wins.
    if call.param("DIALOG_ID").is_some() {
        return dialog_get(call);
    }
    let none = Ok(Value::Null.into());
    let (Some(entity_type), Some(entity_id)) = (call.text("ENTITY_TYPE"), call.text("ENTITY_ID")) else { return none };
    if matches!(call.caller.play, Play::NoChat) {
        return none;
    }
    let chats = call.portal.chats();
    let found = chats.iter().filter(|chat| same(&chat.entity_type, &entity_type) && same(&chat.entity_id, &entity_id));
    let lowest = found.map(|chat| chat.id).min();
    Ok(lowest.map_or(Value::Null, |id| json!({ "ID": id })).into())
}

/// The collation of the chat table takes no notice of case.
fn same(stored: &str, asked: &str) -> bool {
    stored.to_lowercase() == asked.to_lowercase()
}

/// What a dialog id names.
pub(super) enum Dialog {
    User(u32),
    Chat(u64),
}

/// Reads `chat12`, `sg103`, `crm7` or a user's number. An `sg` id makes the group's chat when there is
/// none, whoever asks (protocol.md, 1.6).
pub(super) fn dialog(call: &Call<'_>) -> Result<Dialog, Refusal> {
    let text = call.text("DIALOG_ID").ok_or(refusal::DIALOG_ID_EMPTY)?;
    let digits_at = text.find(|c: char| c.is_ascii_digit()).ok_or(refusal::DIALOG_ID_EMPTY)?;
    let (kind, digits) = text.split_at(digits_at);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refusal::DIALOG_ID_EMPTY);
    }
    // More digits than a number holds name nothing that exists.
    let number = digits.parse().unwrap_or(u64::MAX);
    match kind.to_ascii_lowercase().as_str() {
        "" => Ok(Dialog::User(u32::try_from(number).unwrap_or(u32::MAX))),
        "chat" => Ok(Dialog::Chat(number)),
        "sg" => Ok(Dialog::Chat(group_chat(call, number))),
        "crm" => Ok(Dialog::Chat(u64::MAX)),
        _ => Err(refusal::DIALOG_ID_EMPTY),
    }
}

/// The chat of a group by its dialog id: of several the newest, so that it differs from `im.chat.get`.
fn group_chat(call: &Call<'_>, group: u64) -> u64 {
    let mut chats = call.portal.chats();
    let entity_id = group.to_string();
    let of_group = chats.iter().filter(|chat| chat.entity_type == "SONET_GROUP" && chat.entity_id == entity_id);
    if let Some(newest) = of_group.map(|chat| chat.id).max() {
        return newest;
    }
    let id = chats.iter().map(|chat| chat.id).max().unwrap_or_default() + 1;
    chats.push(Chat {
        id,
        entity_type: Cow::Borrowed("SONET_GROUP"),
        title: Cow::Owned(format!("Group: {entity_id}")),
        entity_id: Cow::Owned(entity_id),
        letter: 'C',
        owner: 38,
        members: Members::These(&[38]),
    });
    id
}

/// A chat that the caller may read. Absent and forbidden are one answer.
pub(super) fn readable(call: &Call<'_>, id: u64) -> Result<Chat, Refusal> {
    let chats = call.portal.chats();
    let chat = chats.iter().find(|chat| chat.id == id).ok_or(refusal::DIALOG_ACCESS)?;
    chat.is_open_to(call.caller.user).then(|| chat.clone()).ok_or(refusal::DIALOG_ACCESS)
}

pub(super) fn dialog_get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    match dialog(call)? {
        Dialog::User(id) => with_user(call.caller.user, id),
        Dialog::Chat(id) => Ok(card(&readable(call, id)?, call.caller.user).into()),
    }
}

fn with_user(me: u32, id: u32) -> Result<Outcome, Refusal> {
    let user = person(id).ok_or(refusal::DIALOG_ACCESS)?;
    Ok(json!({
        "id": 10_000 + u64::from(id), "name": user.name(), "type": "private", "message_type": "P", "owner": me,
        "role": "member", "counter": 0, "user_counter": 2, "entity_type": "", "entity_id": "",
        "dialog_id": id.to_string(),
    })
    .into())
}

/// What `im.dialog.get` tells about a chat.
fn card(chat: &Chat, me: u32) -> Value {
    let members = chat.members();
    let last = chat.id * 20 + 12;
    let readers: Vec<Value> = members
        .iter()
        .filter(|id| **id != me)
        .take(5)
        .filter_map(|id| person(*id))
        .map(|user| json!({ "user_id": user.id, "user_name": user.name(), "message_id": 0, "date": null }))
        .collect();
    // Two shapes of one field, as a portal sends them.
    let muted = if chat.id.is_multiple_of(2) { json!({ me.to_string(): true }) } else { json!([]) };
    json!({
        "id": chat.id,
        "parent_chat_id": 0,
        "name": chat.title,
        "description": "",
        "owner": chat.owner,
        "extranet": false,
        "avatar": "",
        "color": "#4ba984",
        "type": kind(chat),
        "message_type": chat.letter.to_string(),
        "role": role(chat, me),
        "counter": 2,
        "user_counter": members.len(),
        "message_count": 118,
        "unread_id": last - 2,
        "last_id": last - 4,
        "last_message_id": last,
        "entity_type": chat.entity_type,
        "entity_id": chat.entity_id,
        "entity_data_1": "",
        "entity_data_2": "",
        "entity_data_3": "",
        "entity_link": link(chat, me),
        "date_create": "2026-02-25T16:50:58+01:00",
        "mute_list": muted,
        "manager_list": [chat.owner],
        "public": "",
        "restrictions": { "send": true, "leave": true, "user_list": true },
        "permissions": { "can_post": "member" },
        "readed_list": readers,
        "last_message_views": { "message_id": last, "first_viewers": [], "count_of_viewers": 0 },
        "text_field_enabled": true,
        "background_id": null,
        "is_new": false,
        "dialog_id": format!("chat{}", chat.id),
    })
}

/// The word for a chat: its entity type in the letters of JavaScript, or what its letter stands for.
pub(super) fn kind(chat: &Chat) -> String {
    let is_known = matches!(
        chat.entity_type.as_ref(),
        "CRM"
            | "TASKS"
            | "TASKS_TASK"
            | "SONET_GROUP"
            | "CALENDAR"
            | "LINES"
            | "LIVECHAT"
            | "MAIL"
            | "CALL"
            | "VIDEOCONF"
            | "AI_ASSISTANT_PRIVATE"
            | "ANNOUNCEMENT"
            | "GENERAL"
    );
    if !is_known {
        return if chat.letter == 'O' { "open" } else { "chat" }.to_owned();
    }
    let mut words = chat.entity_type.split('_').map(str::to_lowercase);
    let first = words.next().unwrap_or_default();
    words.fold(first, |kind, word| kind + &word[..1].to_uppercase() + &word[1..])
}

pub(super) fn role(chat: &Chat, user: u32) -> &'static str {
    match user {
        _ if chat.owner == user => "owner",
        _ if chat.has_member(user) => "member",
        _ => "guest",
    }
}

/// Where the entity of a chat lives, as a path of the portal; the path is empty where there is no page.
pub(super) fn link(chat: &Chat, user: u32) -> Value {
    let id = chat.entity_id.as_ref();
    let (kind, url) = match chat.entity_type.as_ref() {
        "CRM" => match id.split_once('|').unwrap_or_default() {
            (kind @ ("LEAD" | "DEAL" | "CONTACT" | "COMPANY"), number) => {
                (kind, format!("/crm/{}/details/{number}/", kind.to_lowercase()))
            }
            ("QUOTE", number) => ("DYNAMIC", format!("/crm/type/7/details/{number}/")),
            ("SMART_INVOICE", number) => ("DYNAMIC", format!("/crm/type/31/details/{number}/")),
            (kind, number) => {
                ("DYNAMIC", format!("/crm/type/{}/details/{number}/", kind.trim_start_matches("DYNAMIC_")))
            }
        },
        "TASKS" | "TASKS_TASK" => ("TASKS", format!("/company/personal/user/{user}/tasks/task/view/{id}/")),
        "SONET_GROUP" => ("SONET_GROUP", format!("/workgroups/group/{id}/")),
        "CALENDAR" => ("CALENDAR", format!("/company/personal/user/{user}/calendar/?EVENT_ID={id}")),
        other => (other, String::new()),
    };
    json!({ "type": kind, "url": url, "id": id })
}

/// The number of a chat given as CHAT_ID, or as DIALOG_ID `chat12`; 0 when neither is there.
pub(super) fn chat_id(call: &Call<'_>) -> u64 {
    if let Some(text) = call.text("DIALOG_ID") {
        return text.to_ascii_lowercase().strip_prefix("chat").and_then(|digits| digits.parse().ok()).unwrap_or(0);
    }
    let id = php::int(call.param("CHAT_ID"));
    u64::try_from(id).unwrap_or(0)
}
