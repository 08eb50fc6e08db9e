//! My own chats that carry a pair, from `im.recent.list`, which only reads (protocol.md, 9.3). Pages may
//! overlap, so a chat counts once; the offset goes on by the limit and not by what came.

use serde_json::{Map, Value, json};

use super::entity::EntityPair;
use super::lenient;
use super::not_read::NotRead;
use super::reply::ChatId;

/// Reads the caller's own conversations.
pub const RECENT: &str = "im.recent.list";

/// So many conversations come in one page: the most that the method gives.
pub const LIMIT: usize = 200;

/// So many pages are asked for at most: two thousand conversations, in ten requests.
pub const PAGES: usize = 10;

/// The parameters of a page, counted from 0.
pub fn params(page: usize) -> Map<String, Value> {
    let params = [
        ("SKIP_DIALOG", json!("Y")),
        ("SKIP_OPENLINES", json!("N")),
        ("LIMIT", json!(LIMIT)),
        ("OFFSET", json!(page * LIMIT)),
    ];
    params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A chat of mine.
#[derive(Clone, Debug, PartialEq)]
pub struct Mine {
    pub chat: ChatId,
    pub title: String,
    pub pair: EntityPair,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Those that carry a pair that can be asked.
    pub chats: Vec<Mine>,
    /// All that came.
    pub seen: usize,
    pub has_more: bool,
}

impl Page {
    /// Reads the result of a page.
    ///
    /// # Errors
    /// When there are no items in it.
    pub fn read(result: &Value) -> Result<Self, NotRead> {
        let items = result.get("items").filter(|items| items.is_array() || items.is_object());
        let items = lenient::list(items.ok_or(NotRead::OtherShape)?);
        let has_more = lenient::flag(result, "hasMore").or_else(|| lenient::flag(result, "hasMorePages"));
        Ok(Self {
            seen: items.len(),
            // A page with nothing in it is the last one, whatever it says.
            has_more: has_more.unwrap_or(false) && !items.is_empty(),
            chats: items.into_iter().filter_map(Mine::read).collect(),
        })
    }
}

impl Mine {
    fn read(item: &Value) -> Option<Self> {
        let chat = item.get("chat")?;
        let id = lenient::id(item, "chat_id").or_else(|| lenient::id(chat, "id"))?;
        let pair = EntityPair::new(lenient::text(chat, "entity_type")?, lenient::text(chat, "entity_id")?).ok()?;
        let title = lenient::text(item, "title").or_else(|| lenient::text(chat, "name"));
        Some(Self { chat: ChatId(id), title: title.unwrap_or_default(), pair })
    }
}

/// Adds a page to what is there; a chat that is there already is not added again.
pub fn add(chats: &mut Vec<Mine>, page: Page) {
    let known: std::collections::HashSet<i64> = chats.iter().map(|mine| mine.chat.0).collect();
    let mut known = known;
    chats.extend(page.chats.into_iter().filter(|mine| known.insert(mine.chat.0)));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::card::tests::any_json;

    fn item(id: i64, entity: Value) -> Value {
        json!({ "id": format!("chat{id}"), "chat_id": id, "title": format!("Chat {id}"), "chat": entity })
    }

    #[test]
    fn only_chats_that_carry_a_pair_are_offered() {
        let result = json!({ "items": [
            item(5, json!({ "entity_type": "CRM", "entity_id": "DEAL|1663" })),
            item(6, json!({ "entity_type": "GENERAL", "entity_id": "" })),
            item(7, json!({ "entity_type": "", "entity_id": "" })),
            item(8, json!({ "entity_type": "TASKS", "entity_id": 8293 })),
            item(9, json!({ "entity_type": "TASKS", "entity_id": "0" })),
            json!({ "id": 27, "type": "user", "title": "Ann" }),
            json!(null),
        ], "hasMore": true });
        let page = Page::read(&result).unwrap();
        let pairs: Vec<String> = page.chats.iter().map(|mine| mine.pair.to_string()).collect();
        assert_eq!(pairs, ["CRM DEAL|1663", "TASKS 8293"]);
        assert_eq!((page.seen, page.has_more, page.chats[0].title.as_str()), (7, true, "Chat 5"));
    }

    #[test]
    fn pages_overlap_and_a_chat_is_there_once() {
        let entity = json!({ "entity_type": "CRM", "entity_id": "DEAL|1" });
        let first = json!({ "items": [item(1, entity.clone()), item(2, entity.clone())], "hasMorePages": "Y" });
        let second =
            json!({ "items": [item(2, entity.clone()), item(3, entity.clone()), item(3, entity)], "hasMore": false });
        let (first, second) = (Page::read(&first).unwrap(), Page::read(&second).unwrap());
        assert!(first.has_more && !second.has_more);
        let mut chats = Vec::new();
        add(&mut chats, first);
        add(&mut chats, second);
        assert_eq!(chats.iter().map(|mine| mine.chat.0).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn an_empty_page_is_the_last_one_whatever_it_says_and_no_items_are_no_page() {
        assert!(!Page::read(&json!({ "items": [], "hasMore": true })).unwrap().has_more);
        for other in [json!(null), json!([]), json!({}), json!({ "items": false })] {
            assert_eq!(Page::read(&other), Err(NotRead::OtherShape));
        }
    }

    #[test]
    fn the_offset_goes_on_by_the_limit() {
        assert_eq!(params(3)["OFFSET"], json!(600));
        assert_eq!(params(0)["SKIP_DIALOG"], json!("Y"));
    }

    proptest! {
        #[test]
        fn no_json_at_all_panics(value in any_json(), item in any_json()) {
            let _ = Page::read(&value);
            let page = Page::read(&json!({ "items": [item] }));
            prop_assert!(page.is_ok());
        }
    }
}
