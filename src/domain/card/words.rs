//! The card in words: rows of a label and a value, in the order of what matters.

use super::{Came, Card, Chat, Kind, Match, People, Person};
use crate::domain::entity::EntityPair;
use crate::domain::language::Phrase;
use crate::domain::reply::{ApiError, ChatId};

/// How a row is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Good,
    /// Loud: something is not as it was asked.
    Warn,
    Quiet,
}

/// A row; without a label it is a sentence of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub label: Option<Phrase>,
    pub value: Phrase,
    pub tone: Tone,
}

impl Row {
    fn field(en: &str, ru: &str, value: Phrase) -> Self {
        Self { label: Some(Phrase::new(en, ru)), value, tone: Tone::Plain }
    }

    /// A value that is the same in every language.
    fn told(en: &str, ru: &str, value: impl Into<String>) -> Self {
        Self::field(en, ru, Phrase::same(value))
    }

    fn sentence(value: Phrase, tone: Tone) -> Self {
        Self { label: None, value, tone }
    }
}

/// What is known without asking anything.
pub fn first_rows(chat: ChatId, pair: &EntityPair, site: &str) -> Vec<Row> {
    let mut rows = vec![
        Row::told("chat id", "id чата", chat.to_string()),
        Row::told("dialog id", "id диалога", chat.dialog_id()),
        Row::told("open", "открыть", chat.link(site)),
        Row::told("asked for", "спрошено", pair.to_string()),
    ];
    if pair.entity_type().eq_ignore_ascii_case("SONET_GROUP") {
        rows.push(Row::sentence(ambiguity(), Tone::Warn));
    }
    rows
}

/// A group may have several chats (protocol.md, 1.6).
fn ambiguity() -> Phrase {
    Phrase::new(
        "A group can have a second chat, made by hand through im.chat.add. im.chat.get then gives one of them, and the \
         portal's own pages may open the other. Which of them is the group's standard chat cannot be told from here.",
        "У группы может быть второй чат, созданный вручную через im.chat.add. Тогда im.chat.get отдаёт один из них, а \
         страницы портала могут открывать другой. Какой из них стандартный, отсюда не видно.",
    )
}

/// What the portal told.
pub fn rows(card: &Card, chat: ChatId, pair: &EntityPair, site: &str) -> Vec<Row> {
    let people = match &card.people {
        Came::Read(people) => Some(people),
        Came::Refused(_) | Came::Nothing => None,
    };
    let mut rows = match &card.chat {
        Came::Read(told) => of_chat(told, people, chat, pair, site),
        Came::Refused(error) if is_access(error) => vec![Row::sentence(forbidden(), Tone::Warn)],
        Came::Refused(error) => vec![Row::sentence(refused(super::DIALOG, error), Tone::Warn)],
        Came::Nothing => vec![Row::sentence(nothing(super::DIALOG), Tone::Warn)],
    };
    match &card.people {
        Came::Read(people) => rows.extend(of_people(people, &card.chat)),
        // It was said once already.
        Came::Refused(error) if is_access(error) && matches!(&card.chat, Came::Refused(first) if is_access(first)) => {}
        Came::Refused(error) => rows.push(Row::sentence(refused(super::PEOPLE, error), Tone::Warn)),
        Came::Nothing => rows.push(Row::sentence(nothing(super::PEOPLE), Tone::Warn)),
    }
    rows
}

fn is_access(error: &ApiError) -> bool {
    error.code.trim().eq_ignore_ascii_case("ACCESS_ERROR")
}

/// Absent and forbidden are one answer (protocol.md, 9.1).
fn forbidden() -> Phrase {
    Phrase::new(
        "ACCESS_ERROR: the portal does not show this chat to the user of this credential. It says the same of a chat that \
         exists but is not yours and of a chat that does not exist, and from here the two cannot be told apart. im.chat.get \
         has found it, which speaks for the first: it exists, but not yours. To see it, ask its owner to add you, or ask \
         through somebody who takes part.",
        "ACCESS_ERROR: портал не показывает этот чат пользователю этого доступа. Тот же ответ приходит и когда чат есть, но \
         не ваш, и когда такого чата нет; отсюда их не различить. im.chat.get его нашёл, и это говорит за первое: чат есть, \
         но не ваш. Чтобы его увидеть, попросите владельца добавить вас или спросите от имени участника.",
    )
}

fn refused(method: &str, error: &ApiError) -> Phrase {
    let code = if error.code.trim().is_empty() { "?" } else { error.code.trim() };
    let said = error.description.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let said = said.map_or(String::new(), |words| format!(", \"{}\"", words.chars().take(300).collect::<String>()));
    Phrase::new(format!("{method} was refused: {code}{said}."), format!("{method}: отказ, {code}{said}."))
}

fn nothing(method: &str) -> Phrase {
    Phrase::new(
        format!("{method} brought nothing that can be read. What it would have told is not known."),
        format!("{method} не дал ничего, что можно прочитать. Что он сказал бы, неизвестно."),
    )
}

fn of_chat(told: &Chat, people: Option<&People>, chat: ChatId, pair: &EntityPair, site: &str) -> Vec<Row> {
    let mut rows = vec![comparison(told, pair)];
    if told.id.is_some_and(|id| id != chat.0) {
        let id = told.id.unwrap_or_default();
        rows.push(Row::sentence(
            Phrase::new(
                format!("The portal answered about chat {id}, not about chat {chat}."),
                format!("Портал ответил о чате {id}, а не о чате {chat}."),
            ),
            Tone::Warn,
        ));
    }
    let mut told_row = |en, ru, value: Option<String>| rows.extend(value.map(|value| Row::told(en, ru, value)));
    told_row("title", "название", told.title.clone());
    rows.extend(kind(told));
    if let Some(owner) = told.owner {
        let known = people.and_then(|people| people.shown.iter().find(|person| person.id == owner));
        let name = known.and_then(|person| person.name.clone());
        let value = name.map_or_else(|| owner.to_string(), |name| format!("{name} ({owner})"));
        rows.push(Row::told("owner", "владелец", value));
    }
    if let Some(role) = &told.role {
        rows.push(Row::field("your role", "ваша роль", role_words(role)));
    }
    if let Some(row) = counts(told) {
        rows.push(row);
    }
    let mut told_row = |en, ru, value: Option<String>| rows.extend(value.map(|value| Row::told(en, ru, value)));
    told_row("created", "создан", told.created.clone());
    told_row("last message", "последнее сообщение", told.last_message.map(|id| id.to_string()));
    let unread = told.first_unread_message.filter(|_| told.unread.is_some_and(|count| count > 0));
    told_row("unread from", "не прочитано с", unread.map(|id| id.to_string()));
    told_row("entity page", "страница объекта", told.page(site));
    rows.extend(writing(told));
    rows
}

fn comparison(told: &Chat, pair: &EntityPair) -> Row {
    let carried = match (&told.entity_type, &told.entity_id) {
        (Some(entity_type), Some(entity_id)) if entity_type.is_empty() && entity_id.is_empty() => None,
        (entity_type, entity_id) => {
            Some(format!("{} {}", entity_type.as_deref().unwrap_or("?"), entity_id.as_deref().unwrap_or("?")))
        }
    };
    let (en, ru, tone) = match (told.matches(pair), carried) {
        (Match::Same, _) => (
            "The chat carries the pair that was asked.".to_owned(),
            "Пара в чате та же, что спрошена.".to_owned(),
            Tone::Good,
        ),
        (Match::SameButForCase, carried) => {
            let carried = carried.unwrap_or_default();
            (
                format!("The chat carries {carried}: the pair that was asked, but for the case of its letters."),
                format!("В чате записано {carried}: та же пара, отличается только регистр букв."),
                Tone::Good,
            )
        }
        (Match::Other, Some(carried)) => (
            format!("NOT THE PAIR THAT WAS ASKED: the chat carries {carried}, and {pair} was asked."),
            format!("ПАРА НЕ ТА: в чате записано {carried}, а спрошено {pair}."),
            Tone::Warn,
        ),
        (Match::Other, None) => (
            format!("NOT THE PAIR THAT WAS ASKED: the chat carries no pair at all, and {pair} was asked."),
            format!("ПАРА НЕ ТА: в чате пары нет совсем, а спрошено {pair}."),
            Tone::Warn,
        ),
        (Match::NotTold, _) => (
            "Whether the chat carries the pair that was asked is not known: the portal did not tell its pair."
                .to_owned(),
            "Та ли это пара, неизвестно: портал её не назвал.".to_owned(),
            Tone::Warn,
        ),
    };
    Row::sentence(Phrase::new(en, ru), tone)
}

/// The letters of `message_type` (protocol.md, 9.1).
fn kind(told: &Chat) -> Option<Row> {
    let (en, ru) = match told.letter {
        Some('P') => ("a dialog of two", "личный диалог"),
        Some('C') => ("a group chat", "групповой чат"),
        Some('O') => ("an open chat", "открытый чат"),
        Some('L') => ("an open line", "открытая линия"),
        Some('S') => ("a system chat", "системный чат"),
        Some('N') => ("a channel", "канал"),
        Some('J') => ("an open channel", "открытый канал"),
        Some('T') => ("comments on a channel's post", "комментарии к записи канала"),
        Some('A') => ("a CoPilot chat", "чат с CoPilot"),
        Some('B') => ("a collab's chat", "чат коллабы"),
        Some('X') => ("a chat of another tool, such as a task", "чат другого инструмента, например задачи"),
        Some(_) => ("a kind not known here", "вид, здесь неизвестный"),
        None => {
            let kind = told.kind.clone()?;
            return Some(Row::told("type", "тип", kind));
        }
    };
    let letter = told.letter.unwrap_or('?');
    let beside = told.kind.as_deref().map_or(String::new(), |kind| format!(", {kind}"));
    Some(Row::field("type", "тип", Phrase::new(format!("{en} ({letter}{beside})"), format!("{ru} ({letter}{beside})"))))
}

fn role_words(role: &str) -> Phrase {
    match role {
        "owner" => Phrase::new("owner", "владелец"),
        "manager" => Phrase::new("manager", "администратор чата"),
        "member" => Phrase::new("member", "участник"),
        "guest" | "none" => Phrase::new("you do not take part", "вы не участник"),
        other => Phrase::same(other),
    }
}

fn counts(told: &Chat) -> Option<Row> {
    let parts = [
        (told.people, "people", "участников"),
        (told.messages, "messages", "сообщений"),
        (told.unread, "unread", "непрочитанных"),
    ];
    let known: Vec<(String, String)> = parts
        .into_iter()
        .filter_map(|(count, en, ru)| count.map(|count| (format!("{count} {en}"), format!("{ru} {count}"))))
        .collect();
    let (en, ru): (Vec<String>, Vec<String>) = known.into_iter().unzip();
    (!en.is_empty()).then(|| Row::field("counts", "счётчики", Phrase::new(en.join(" · "), ru.join(" · "))))
}

fn writing(told: &Chat) -> Option<Row> {
    let field = match told.text_field {
        Some(true) => Some(Phrase::new("the field to write in is there", "поле ввода есть")),
        Some(false) => Some(Phrase::new("there is no field to write in", "поля ввода нет")),
        None => None,
    };
    let who =
        told.can_post.as_deref().map(|role| Phrase::new(format!("from the role {role} up"), format!("с роли {role}")));
    let both: Vec<Phrase> = who.into_iter().chain(field).collect();
    let joined = |pick: fn(&Phrase) -> &str| both.iter().map(pick).collect::<Vec<_>>().join(" · ");
    let ru = |phrase: &Phrase| phrase.get(crate::domain::language::Language::Ru).to_owned();
    let russian = both.iter().map(ru).collect::<Vec<_>>().join(" · ");
    (!both.is_empty()).then(|| Row::field("writing", "писать", Phrase::new(joined(Phrase::en), russian)))
}

fn of_people(people: &People, chat: &Came<Chat>) -> Vec<Row> {
    let counted = match chat {
        Came::Read(chat) => chat.people,
        _ => None,
    };
    let shown = i64::try_from(people.shown.len()).unwrap_or(i64::MAX);
    let total = people.total.filter(|total| *total >= 0).or(counted).unwrap_or(shown).max(shown);
    let head = if total > shown {
        Phrase::new(format!("{shown} of {total}"), format!("{shown} из {total}"))
    } else {
        Phrase::same(shown.to_string())
    };
    let mut rows = vec![Row::field("members", "участники", head)];
    rows.extend(people.shown.iter().map(person));
    if total > shown {
        let more = total - shown;
        rows.push(Row::sentence(
            Phrase::new(
                format!("and {more} more, on pages that were not asked for"),
                format!("и ещё {more}: эти страницы не запрошены"),
            ),
            Tone::Quiet,
        ));
    }
    rows
}

fn person(person: &Person) -> Row {
    let (en, ru) = match person.kind {
        Kind::Employee => ("", ""),
        Kind::Extranet => (" · extranet", " · экстранет"),
        Kind::Bot => (" · bot", " · бот"),
        Kind::Guest => (" · guest of an open line", " · гость открытой линии"),
    };
    let (gone_en, gone_ru) = if person.active { ("", "") } else { (" · dismissed", " · уволен") };
    let name = person.name.as_deref().unwrap_or("?");
    let position = person.position.as_deref().map_or(String::new(), |position| format!(" · {position}"));
    let value = Phrase::new(
        format!("{name} ({}){position}{en}{gone_en}", person.id),
        format!("{name} ({}){position}{ru}{gone_ru}", person.id),
    );
    Row { label: Some(Phrase::same("")), value, tone: Tone::Plain }
}
