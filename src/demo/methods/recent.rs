//! The caller's own conversations (protocol.md, 9.3).

use serde_json::{Value, json};

use super::super::clock::iso;
use super::super::refusal::Refusal;
use super::super::seed::{Chat, person};
use super::chats::{kind, link, role};
use super::people::{describe, page_size};
use super::{Call, Outcome};

const PAGE: usize = 50;
const PAGE_LIMIT: usize = 200;
/// The people with whom everyone has a private conversation.
const TALKERS: [u32; 3] = [27, 31, 33];
/// The newest message, in Unix seconds; every older conversation is an hour older.
const NEWEST: f64 = 1_772_035_858.0;

/// Newest first. The total is always unknown; `next` is sent only while there is more.
pub(super) fn recent_list(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let me = call.caller.user;
    let skips = |name: &str| call.text(name).as_deref() == Some("Y");
    let mut items = Vec::new();
    if !skips("SKIP_DIALOG") {
        items.extend(TALKERS.into_iter().filter(|id| *id != me).filter_map(private));
    }
    if !skips("SKIP_CHAT") {
        let chats = call.portal.chats();
        let mine = chats.iter().filter(|chat| chat.has_member(me));
        let wanted = mine.filter(|chat| chat.letter != 'L' || !skips("SKIP_OPENLINES"));
        items.extend(wanted.map(|chat| group(chat, me)));
    }
    for (at, item) in items.iter_mut().enumerate() {
        item["date_update"] = json!(iso(NEWEST - 3600.0 * at as f64));
    }
    let limit = page_size(call, PAGE, PAGE_LIMIT);
    let offset = usize::try_from(call.int("OFFSET")).unwrap_or(0);
    let end = offset.saturating_add(limit);
    let has_more = end < items.len();
    let page: Vec<Value> = items.into_iter().skip(offset).take(limit).collect();
    Ok(Outcome {
        result: json!({ "items": page, "hasMorePages": has_more, "hasMore": has_more, "birthdayList": [] }),
        next: has_more.then_some(end as u64),
        total: Some(-1),
    })
}

/// A conversation of two: its id is the other's number, and a number.
fn private(id: u32) -> Option<Value> {
    let user = person(id)?;
    Some(json!({
        "id": id, "chat_id": 10_000 + u64::from(id), "type": "user", "title": user.name(),
        "avatar": { "url": "", "color": "#df532d" }, "counter": 0, "pinned": false, "unread": false,
        "message": { "id": 200_000 + u64::from(id), "text": "See you tomorrow", "author_id": id, "status": "received" },
        "date_update": null, "user": describe(&user), "options": [],
    }))
}

fn group(chat: &Chat, me: u32) -> Value {
    json!({
        "id": format!("chat{}", chat.id), "chat_id": chat.id, "type": "chat", "title": chat.title,
        "avatar": { "url": "", "color": "#4ba984" }, "counter": 2, "pinned": chat.id == 1, "unread": false,
        "message": { "id": chat.id * 20 + 12, "text": "Done, thank you", "author_id": chat.owner, "status": "received" },
        "date_update": null,
        "chat": {
            "id": chat.id, "name": chat.title, "owner": chat.owner, "type": kind(chat),
            "message_type": chat.letter.to_string(), "role": role(chat, me).to_uppercase(),
            "entity_type": chat.entity_type, "entity_id": chat.entity_id, "entity_link": link(chat, me),
            "date_create": "2026-02-25T16:50:58+01:00",
        },
        "options": [],
    })
}
