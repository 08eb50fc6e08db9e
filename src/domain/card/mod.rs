//! The card of a chat that was found: what `im.dialog.get` and `im.dialog.users.list` tell about it, both
//! asked in one batch and both only reading (protocol.md, 9.1 and 9.2). Every field is read leniently: the
//! portal's types wobble, and a card with gaps is better than none.
//!
//! What is asked about is a [`ChatId`] and nothing else, so that `DIALOG_ID=sg…`, which makes chats, can
//! never be sent (protocol.md, 1.6).

mod words;

use serde_json::Value;

use super::batch::{Ran, Results, command};
use super::entity::EntityPair;
use super::lenient;
use super::not_read::NotRead;
use super::reply::{ApiError, ChatId};

pub use words::{Row, Tone, first_rows, rows};

/// Reads the chat.
pub const DIALOG: &str = "im.dialog.get";
/// Reads who takes part.
pub const PEOPLE: &str = "im.dialog.users.list";

/// So many people come in the first page.
pub const PAGE: &str = "50";

/// The two commands of the batch.
pub fn commands(chat: ChatId) -> [(&'static str, String); 2] {
    let dialog = chat.dialog_id();
    [
        ("chat", command(DIALOG, &[("DIALOG_ID", &dialog)])),
        ("people", command(PEOPLE, &[("DIALOG_ID", &dialog), ("LIMIT", PAGE)])),
    ]
}

/// What came of the batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub chat: Came<Chat>,
    pub people: Came<People>,
}

/// What came of one command.
#[derive(Clone, Debug, PartialEq)]
pub enum Came<T> {
    Read(T),
    Refused(ApiError),
    /// Not executed, or in a form that no reply of this method has.
    Nothing,
}

/// A chat, as far as it was told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chat {
    pub id: Option<i64>,
    pub title: Option<String>,
    /// The letter of `message_type`.
    pub letter: Option<char>,
    /// The word beside it: `crm`, `tasks`, `chat`.
    pub kind: Option<String>,
    /// The caller's own, in lower case.
    pub role: Option<String>,
    pub owner: Option<i64>,
    pub people: Option<i64>,
    pub messages: Option<i64>,
    pub unread: Option<i64>,
    pub first_unread_message: Option<i64>,
    pub last_message: Option<i64>,
    pub created: Option<String>,
    /// `None` where the field did not come; empty where the chat belongs to nothing.
    pub entity_type: Option<String>,
    pub entity_id: Option<String>,
    /// As it came, mostly relative to the site.
    pub entity_page: Option<String>,
    /// Who may write, by role.
    pub can_post: Option<String>,
    /// Whether the caller sees a field to write in.
    pub text_field: Option<bool>,
    pub extranet: Option<bool>,
}

/// Those who take part: the first page of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    pub shown: Vec<Person>,
    /// How many there are in all, where it was told.
    pub total: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub id: i64,
    pub name: Option<String>,
    pub position: Option<String>,
    pub kind: Kind,
    pub active: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Employee,
    Extranet,
    Bot,
    /// Somebody on the other side of an open line.
    Guest,
}

/// Whether the chat carries the pair that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    Same,
    /// The portal compares without regard to case.
    SameButForCase,
    Other,
    NotTold,
}

impl Card {
    /// Reads the result of the batch.
    ///
    /// # Errors
    /// When it is not that of a batch.
    pub fn read(result: &Value) -> Result<Self, NotRead> {
        let results = Results::read(result).ok_or(NotRead::OtherShape)?;
        Ok(Self {
            chat: came(results.of("chat"), Chat::read),
            people: came(results.of("people"), |value| People::read(value, results.total("people"))),
        })
    }
}

fn came<T>(ran: Ran, read: impl Fn(&Value) -> Option<T>) -> Came<T> {
    match ran {
        Ran::Result(value) => read(&value).map_or(Came::Nothing, Came::Read),
        Ran::Refused(error) => Came::Refused(error),
        Ran::Not => Came::Nothing,
    }
}

impl Chat {
    /// `None` when it is no object.
    pub fn read(value: &Value) -> Option<Self> {
        value.as_object()?;
        // An empty text is told, and says that there is no entity.
        let told = |name| match value.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            _ => lenient::text(value, name),
        };
        let letter = lenient::text(value, "message_type").and_then(|text| text.chars().next());
        Some(Self {
            id: lenient::id(value, "id"),
            title: lenient::text(value, "name").or_else(|| lenient::text(value, "title")),
            letter: letter.map(|letter| letter.to_ascii_uppercase()),
            kind: lenient::text(value, "type"),
            role: lenient::text(value, "role").map(|role| role.to_lowercase()),
            owner: lenient::id(value, "owner"),
            people: lenient::int(value, "user_counter"),
            messages: lenient::int(value, "message_count"),
            unread: lenient::int(value, "counter"),
            first_unread_message: lenient::id(value, "unread_id"),
            last_message: lenient::id(value, "last_message_id"),
            created: lenient::text(value, "date_create"),
            entity_type: told("entity_type"),
            entity_id: told("entity_id"),
            entity_page: value.get("entity_link").and_then(|link| lenient::text(link, "url")),
            can_post: value.get("permissions").and_then(|may| lenient::text(may, "can_post")),
            text_field: lenient::flag(value, "text_field_enabled"),
            extranet: lenient::flag(value, "extranet"),
        })
    }

    /// Whether this chat carries the pair.
    pub fn matches(&self, pair: &EntityPair) -> Match {
        let (Some(entity_type), Some(entity_id)) = (&self.entity_type, &self.entity_id) else { return Match::NotTold };
        if entity_type == pair.entity_type() && entity_id == pair.entity_id() {
            return Match::Same;
        }
        let same = |told: &str, asked: &str| told.to_lowercase() == asked.to_lowercase();
        if same(entity_type, pair.entity_type()) && same(entity_id, pair.entity_id()) {
            Match::SameButForCase
        } else {
            Match::Other
        }
    }

    /// The page of the entity, absolute where the portal gave a path.
    pub fn page(&self, site: &str) -> Option<String> {
        let page = self.entity_page.as_deref()?;
        if !page.starts_with('/') || page.starts_with("//") {
            return Some(page.to_owned());
        }
        // A portal in a folder may write the folder into its paths, or leave it out.
        let host_at = site.find("://").map_or(0, |at| at + 3);
        let folder_at = site[host_at..].find('/').map_or(site.len(), |at| host_at + at);
        let (origin, folder) = site.split_at(folder_at);
        let has_folder = !folder.is_empty() && page.starts_with(&format!("{folder}/"));
        Some(format!("{}{page}", if has_folder { origin } else { site }))
    }
}

impl People {
    /// `None` when it is no list.
    fn read(value: &Value, total: Option<i64>) -> Option<Self> {
        if !(value.is_array() || value.is_object()) {
            return None;
        }
        Some(Self { shown: lenient::list(value).into_iter().filter_map(Person::read).collect(), total })
    }
}

impl Person {
    fn read(value: &Value) -> Option<Self> {
        let is = |name| lenient::flag(value, name) == Some(true);
        let names = [lenient::text(value, "first_name"), lenient::text(value, "last_name")];
        let parts: Vec<String> = names.into_iter().flatten().collect();
        let name = lenient::text(value, "name").or_else(|| (!parts.is_empty()).then(|| parts.join(" ")));
        Some(Self {
            id: lenient::id(value, "id")?,
            name,
            position: lenient::text(value, "work_position"),
            kind: match lenient::text(value, "type").as_deref() {
                _ if is("bot") => Kind::Bot,
                _ if is("connector") => Kind::Guest,
                _ if is("extranet") => Kind::Extranet,
                Some("bot") => Kind::Bot,
                Some("connector") => Kind::Guest,
                Some("extranet") => Kind::Extranet,
                _ => Kind::Employee,
            },
            active: lenient::flag(value, "active") != Some(false),
        })
    }
}

#[cfg(test)]
pub mod tests;
