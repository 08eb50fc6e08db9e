//! Pages of the portal: the address of a deal, a task, a group, an event gives the pair of its chat
//! (protocol.md, 10.2). The parts are looked for anywhere in the path, because a portal may live in a
//! folder; the first rule that fits wins.

use super::Pasted;
use super::address::Address;
use crate::domain::entity::EntityPair;
use crate::domain::entity_types::crm;
use crate::domain::reply::ChatId;

/// What a page shows.
struct Page {
    /// "a deal's page".
    what: String,
    /// What the page is about, as in "this is a new deal".
    thing: String,
    entity_type: &'static str,
    /// What stands before the number in the id: `DEAL|`.
    before: String,
    number: u64,
    warnings: Vec<String>,
}

impl Page {
    fn new(thing: &str, entity_type: &'static str, number: u64) -> Self {
        let what = format!("{} {thing}'s page", article(thing));
        Self { what, thing: thing.to_owned(), entity_type, before: String::new(), number, warnings: Vec::new() }
    }

    fn crm(object: &str, number: u64) -> Self {
        let thing = if object.starts_with("DYNAMIC_") {
            "smart process item".to_owned()
        } else {
            crm::words(object).en().to_owned()
        };
        Self { before: format!("{object}|"), ..Self::new(&thing, "CRM", number) }
    }

    fn warn(mut self, warning: &str) -> Self {
        self.warnings.push(warning.to_owned());
        self
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
    let Page { what, thing, entity_type, before, number, warnings } = page;
    if number == 0 {
        return Pasted::Refused(format!(
            "this is the page of a new {thing} that has no id yet: save it, then paste its address again"
        ));
    }
    match EntityPair::new(entity_type, format!("{before}{number}")) {
        Ok(pair) => Pasted::Pair { how: format!("{what}: {pair}"), pair, host: address.host(), warnings },
        Err(invalid) => Pasted::Refused(invalid.to_string()),
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
    Some(Page::new("task", "TASKS_TASK", number).warn("if it finds no chat, ask for TASKS with the same id"))
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
    let page = Page::new("calendar event", "CALENDAR", number(&event)?);
    Some(page.warn("every attendee's copy of the event has another id; only the one the chat was made on finds it"))
}

fn mail(path: &[&str]) -> Option<Page> {
    let number = windows(path, |[a, b, id]| ((a, b) == ("mail", "message")).then(|| number(id))?)?;
    let page = Page::new("mail message", "MAIL", number);
    Some(page.warn("that the address holds the mail message's id is not documented"))
}

fn group(path: &[&str]) -> Option<Page> {
    windows(path, |[a, b, id]| {
        let page = || Some(Page::new("group", "SONET_GROUP", number(id)?));
        match (a, b) {
            ("workgroups", "group") => page(),
            ("spaces", "group") => {
                page().map(|page| page.warn("that the address holds the group's id is not documented"))
            }
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
        return of_page(Page::new("group chat", "SONET_GROUP", id), address);
    }
    if let Some(id) = after("imol|") {
        return open_line(id, host);
    }
    match number(&dialog) {
        Some(_) => Pasted::Refused(
            "this is the page of a dialog between two people: it belongs to no entity, so there is nothing to look up"
                .to_owned(),
        ),
        None => Pasted::Plain,
    }
}

fn open_line(id: &str, host: Option<String>) -> Pasted {
    if id.split('|').filter(|part| !part.is_empty()).count() != 4 || id.split('|').count() != 4 {
        return Pasted::Refused(
            "the open line in this address has not the four parts connector|line|chat|user: type them as the id of LINES"
                .to_owned(),
        );
    }
    match EntityPair::new("LINES", id) {
        Ok(pair) => Pasted::Pair {
            how: format!("an open line's page: {}", crate::domain::visible::line(&pair.to_string())),
            pair,
            host,
            warnings: vec!["that the address holds the whole id is not documented".to_owned()],
        },
        Err(invalid) => Pasted::Refused(invalid.to_string()),
    }
}

/// A chat's number, if it can be one.
pub fn chat(id: u64, host: Option<String>) -> Pasted {
    match i64::try_from(id) {
        Ok(id @ 1..) => Pasted::Chat { id: ChatId(id), host },
        _ => Pasted::Refused("no chat has this number: chats are numbered from 1".to_owned()),
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
