//! Pages of the portal: the address of a deal, a task, a group, an event gives the pair of its chat
//! (protocol.md, 10.2). The parts are looked for anywhere in the path, because a portal may live in a
//! folder; the first rule that fits wins.

use super::address::Address;
use super::{Pasted, how, refused};
use crate::domain::entity::EntityPair;
use crate::domain::entity_types::crm;
use crate::domain::language::{Language, Phrase};
use crate::domain::reply::ChatId;

/// What a page shows.
struct Page {
    /// What the page is about: as in "this is a new deal", and as in «страница сделки».
    thing: Phrase,
    entity_type: &'static str,
    /// What stands before the number in the id: `DEAL|`.
    before: String,
    number: u64,
    warnings: Vec<Phrase>,
}

impl Page {
    fn new(thing: impl Into<Phrase>, entity_type: &'static str, number: u64) -> Self {
        Self { thing: thing.into(), entity_type, before: String::new(), number, warnings: Vec::new() }
    }

    fn crm(object: &str, number: u64) -> Self {
        let words = crm::words(object);
        let en = if object.starts_with("DYNAMIC_") { "smart process item" } else { words.en() };
        Self { before: format!("{object}|"), ..Self::new((en, whose(object)), "CRM", number) }
    }

    fn warn(mut self, en: &str, ru: &str) -> Self {
        self.warnings.push(Phrase::new(en, ru));
        self
    }

    /// "a deal's page".
    fn what(&self) -> Phrase {
        let thing = self.thing.en();
        Phrase::new(format!("{} {thing}'s page", article(thing)), format!("страница {}", self.thing.get(Language::Ru)))
    }
}

/// Whose page it is in Russian, in the case that asks for.
fn whose(object: &str) -> &'static str {
    match object {
        "LEAD" => "лида",
        "DEAL" => "сделки",
        "CONTACT" => "контакта",
        "COMPANY" => "компании",
        "QUOTE" => "предложения",
        "ORDER" => "заказа",
        "INVOICE" => "счёта",
        "SMART_INVOICE" => "смарт-счёта",
        "SMART_DOCUMENT" => "документа",
        "SMART_B2E_DOC" => "документа на подпись",
        _ => "элемента смарт-процесса",
    }
}

fn article(thing: &str) -> &'static str {
    if thing.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}

/// The pair, the chat or the refusal that a page gives; plain when it is none of the known pages.
pub fn understand(address: &Address) -> Pasted {
    let segments = address.segments();
    match by_path(&segments, address) {
        Some(page) => of_page(page, address),
        None => by_dialog(address),
    }
}

/// How many parts of the path come before those of a known page: the folder that the portal lives in.
pub fn folder_length(address: &Address) -> Option<usize> {
    const FIRST: [&str; 12] = [
        "crm",
        "company",
        "workgroups",
        "spaces",
        "online",
        "stream",
        "tasks",
        "calendar",
        "shop",
        "mail",
        "page",
        "devops",
    ];
    address.segments().iter().position(|segment| FIRST.contains(segment))
}

fn of_page(page: Page, address: &Address) -> Pasted {
    let what = page.what();
    let Page { thing, entity_type, before, number, warnings } = page;
    if number == 0 {
        let (en, ru) = (thing.en(), thing.get(Language::Ru));
        return Pasted::Refused(Phrase::new(
            format!("this is the page of a new {en} that has no id yet: save it, then paste its address again"),
            format!("это страница {ru}, но id ещё нет: сохраните карточку и вставьте её адрес снова"),
        ));
    }
    match EntityPair::new(entity_type, format!("{before}{number}")) {
        Ok(pair) => Pasted::Pair { how: how(&what, &pair.to_string()), pair, host: address.host(), warnings },
        Err(invalid) => refused(invalid),
    }
}

fn by_path(path: &[&str], address: &Address) -> Option<Page> {
    task(path)
        .or_else(|| crm_object(path))
        .or_else(|| crm_type(path))
        .or_else(|| invoice_or_order(path))
        .or_else(|| calendar(path, address))
        .or_else(|| mail(path))
        .or_else(|| group(path))
}

fn task(path: &[&str]) -> Option<Page> {
    let number = windows(path, |[a, b, c, id]| {
        ((a, b) == ("tasks", "task") && matches!(c, "view" | "edit")).then(|| number(id))?
    })?;
    Some(Page::new(("task", "задачи"), "TASKS_TASK", number).warn(
        "if it finds no chat, ask for TASKS with the same id",
        "если чат не найдётся, спросите о TASKS с тем же id",
    ))
}

fn crm_object(path: &[&str]) -> Option<Page> {
    windows(path, |[a, object, page, id]| {
        let is_known = matches!(object, "deal" | "lead" | "contact" | "company" | "quote");
        let fits = a == "crm" && is_known && matches!(page, "details" | "show" | "edit");
        fits.then(|| Some(Page::crm(&object.to_uppercase(), number(id)?)))?
    })
}

/// `/crm/type/{n}/details/{id}/`, and the same below a page of somebody's own.
fn crm_type(path: &[&str]) -> Option<Page> {
    let page_at = path.iter().position(|part| *part == "page");
    let windows = path.windows(4).enumerate().skip(1);
    for (at, window) in windows {
        let &[a, kind, b, id] = window else { continue };
        let below = path[at - 1] == "crm" || page_at.is_some_and(|page| page + 1 < at);
        if (a, b) == ("type", "details")
            && below
            && let (Some(kind @ 1..), Some(id)) = (number(kind), number(id))
        {
            return Some(Page::crm(&crm::object_of_number(kind), id));
        }
    }
    None
}

fn invoice_or_order(path: &[&str]) -> Option<Page> {
    windows(path, |[a, b, c, id]| match (a, b, c) {
        ("crm", "invoice", "show") => Some(Page::crm("INVOICE", number(id)?)),
        _ => None,
    })
    .or_else(|| {
        windows(path, |[a, b, c, id]| match (a, b, c) {
            ("shop", "orders", "details") => Some(Page::crm("ORDER", number(id)?)),
            _ => None,
        })
    })
}

fn calendar(path: &[&str], address: &Address) -> Option<Page> {
    let event = path.contains(&"calendar").then(|| address.query("EVENT_ID"))??;
    let page = Page::new(("calendar event", "события календаря"), "CALENDAR", number(&event)?);
    Some(page.warn(
        "every attendee's copy of the event has another id; only the one the chat was made on finds it",
        "у копии события для каждого участника свой id; чат найдётся только по той, от которой он создан",
    ))
}

fn mail(path: &[&str]) -> Option<Page> {
    let number = windows(path, |[a, b, id]| ((a, b) == ("mail", "message")).then(|| number(id))?)?;
    let page = Page::new(("mail message", "письма"), "MAIL", number);
    Some(page.warn(
        "that the address holds the mail message's id is not documented",
        "что в адресе стоит id письма, в документации не сказано",
    ))
}

fn group(path: &[&str]) -> Option<Page> {
    windows(path, |[a, b, id]| {
        let page = || Some(Page::new(("group", "группы"), "SONET_GROUP", number(id)?));
        match (a, b) {
            ("workgroups", "group") => page(),
            ("spaces", "group") => page().map(|page| {
                page.warn(
                    "that the address holds the group's id is not documented",
                    "что в адресе стоит id группы, в документации не сказано",
                )
            }),
            _ => None,
        }
    })
}

/// The messenger's pages name a dialog.
fn by_dialog(address: &Address) -> Pasted {
    let Some(dialog) = address.query("IM_DIALOG") else { return Pasted::Plain };
    let host = address.host();
    let after = |prefix: &str| {
        dialog.get(..prefix.len()).filter(|it| it.eq_ignore_ascii_case(prefix)).map(|_| &dialog[prefix.len()..])
    };
    if let Some(id) = after("chat").and_then(number) {
        return chat(id, host);
    }
    // Never sent as it is: a portal makes the group's chat when it is asked for "sg" (protocol.md, 1.6).
    if let Some(id) = after("sg").and_then(number) {
        return of_page(Page::new(("group chat", "чата группы"), "SONET_GROUP", id), address);
    }
    if let Some(id) = after("imol|") {
        return open_line(id, host);
    }
    match number(&dialog) {
        Some(_) => Pasted::Refused(Phrase::new(
            "this is the page of a dialog between two people: it belongs to no entity, so there is nothing to look up",
            "это страница диалога двух людей: он не привязан ни к какому объекту, искать нечего",
        )),
        None => Pasted::Plain,
    }
}

fn open_line(id: &str, host: Option<String>) -> Pasted {
    if id.split('|').filter(|part| !part.is_empty()).count() != 4 || id.split('|').count() != 4 {
        return Pasted::Refused(Phrase::new(
            "the open line in this address has not the four parts connector|line|chat|user: type them as the id of LINES",
            "у открытой линии в адресе нет четырёх частей коннектор|линия|чат|пользователь: введите их как id типа LINES",
        ));
    }
    match EntityPair::new("LINES", id) {
        Ok(pair) => Pasted::Pair {
            how: how(
                &Phrase::new("an open line's page", "страница открытой линии"),
                &crate::domain::visible::line(&pair.to_string()),
            ),
            pair,
            host,
            warnings: vec![Phrase::new(
                "that the address holds the whole id is not documented",
                "что в адресе стоит id целиком, в документации не сказано",
            )],
        },
        Err(invalid) => refused(invalid),
    }
}

/// A chat's number, if it can be one.
pub fn chat(id: u64, host: Option<String>) -> Pasted {
    match i64::try_from(id) {
        Ok(id @ 1..) => Pasted::Chat { id: ChatId(id), host },
        _ => Pasted::Refused(Phrase::new(
            "no chat has this number: chats are numbered from 1",
            "чата с таким номером не бывает: чаты нумеруются с 1",
        )),
    }
}

/// The first run of parts that a rule takes.
fn windows<'a, const N: usize, T>(path: &[&'a str], rule: impl Fn([&'a str; N]) -> Option<T>) -> Option<T> {
    path.windows(N).find_map(|window| rule(window.try_into().ok()?))
}

/// Digits as a number: the portal reads the number in its own addresses, so zeros in front do not count.
fn number(text: &str) -> Option<u64> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok())?
}
