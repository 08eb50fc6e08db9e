//! Who works at the demo portal and what they talk about. The names are invented; the chats cover every
//! documented entity type that carries an id, and the traps: duplicates, strangers, hostile titles.

use std::borrow::Cow;

/// A person, a bot or a guest.
pub(super) struct User {
    pub(super) id: u32,
    pub(super) first: Cow<'static, str>,
    pub(super) last: Cow<'static, str>,
    pub(super) position: &'static str,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Employee,
    Extranet,
    Bot,
    Guest,
}

impl User {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first, self.last).trim().to_owned()
    }
}

/// The one whose webhook is the healthy one, and the only administrator.
pub(super) const ADMIN: u32 = 1;
pub(super) const ADMIN_NAME: &str = "Ann Admin";
pub(super) const ADMIN_LOGIN: &str = "ann.admin";
/// An ordinary employee.
pub(super) const EMPLOYEE: u32 = 27;

const fn user(id: u32, first: &'static str, last: &'static str, position: &'static str, kind: Kind) -> User {
    User { id, first: Cow::Borrowed(first), last: Cow::Borrowed(last), position, kind }
}

const PEOPLE: &[User] = &[
    user(ADMIN, "Ann", "Admin", "Head of IT", Kind::Employee),
    user(EMPLOYEE, "Boris", "Petrov", "Sales manager", Kind::Employee),
    user(31, "Ann", "Lee", "Account manager", Kind::Employee),
    user(33, "Мария", "Ковалёва", "Бухгалтер", Kind::Employee),
    user(38, "Jörg", "Weiß", "Werkstattleiter", Kind::Employee),
    user(44, "Olga", "Client", "", Kind::Extranet),
    user(51, "Helper", "", "Bot", Kind::Bot),
    user(744, "Ivan", "(Telegram)", "", Kind::Guest),
];

/// The staff below the named ones: enough to need more than one page.
const STAFF: std::ops::RangeInclusive<u32> = 201..=330;
const FIRST: [&str; 10] = ["Mia", "Noah", "Zoë", "Emil", "Ida", "Олег", "Nora", "Paul", "Aylin", "Tomás"];
const LAST: [&str; 13] = [
    "Berg",
    "Novak",
    "Silva",
    "Kaya",
    "Fischer",
    "Орлова",
    "Rossi",
    "Dubois",
    "Nagy",
    "Larsen",
    "Costa",
    "Weber",
    "Popa",
];

/// The user of an id.
pub(super) fn person(id: u32) -> Option<User> {
    if let Some(found) = PEOPLE.iter().find(|user| user.id == id) {
        let (first, last) = (found.first.clone(), found.last.clone());
        return Some(User { first, last, ..*found });
    }
    let at = STAFF.contains(&id).then(|| (id - STAFF.start()) as usize)?;
    let (first, last) = (FIRST[at % FIRST.len()], LAST[at % LAST.len()]);
    Some(user(id, first, last, "Technician", Kind::Employee))
}

/// A chat.
#[derive(Clone)]
pub(super) struct Chat {
    pub(super) id: u64,
    /// ENTITY_TYPE and ENTITY_ID; either may be empty, and such a chat can never be looked up.
    pub(super) entity_type: Cow<'static, str>,
    pub(super) entity_id: Cow<'static, str>,
    pub(super) title: Cow<'static, str>,
    /// The letter of `message_type` (protocol.md, 9.1).
    pub(super) letter: char,
    pub(super) owner: u32,
    pub(super) members: Members,
}

#[derive(Clone, Copy)]
pub(super) enum Members {
    These(&'static [u32]),
    /// Every employee.
    Everyone,
}

impl Chat {
    pub(super) fn members(&self) -> Vec<u32> {
        match self.members {
            Members::These(ids) => ids.to_vec(),
            Members::Everyone => {
                PEOPLE.iter().filter(|user| user.kind == Kind::Employee).map(|user| user.id).chain(STAFF).collect()
            }
        }
    }

    pub(super) fn has_member(&self, user: u32) -> bool {
        match self.members {
            Members::These(ids) => ids.contains(&user),
            Members::Everyone => person(user).is_some_and(|user| user.kind == Kind::Employee),
        }
    }

    /// Whether the user may read it (protocol.md, 9.1). A chat of an open line is also for the operators,
    /// a chat of a task for anyone with access to the task: here, both times, for the administrator.
    pub(super) fn is_open_to(&self, user: u32) -> bool {
        let is_employee = person(user).is_some_and(|user| user.kind == Kind::Employee);
        self.has_member(user)
            || (matches!(self.letter, 'O' | 'J') && is_employee)
            || (matches!(self.letter, 'L' | 'X') && user == ADMIN)
    }

    /// The general chat, whose list of users is not given out.
    pub(super) fn is_general(&self) -> bool {
        self.entity_type == "GENERAL"
    }
}

const fn chat(
    id: u64,
    entity: (&'static str, &'static str),
    title: &'static str,
    letter: char,
    owner: u32,
    members: &'static [u32],
) -> Chat {
    Chat {
        id,
        entity_type: Cow::Borrowed(entity.0),
        entity_id: Cow::Borrowed(entity.1),
        title: Cow::Borrowed(title),
        letter,
        owner,
        members: Members::These(members),
    }
}

/// An open chat of all employees.
const fn everyones(id: u64, entity: (&'static str, &'static str), title: &'static str) -> Chat {
    Chat {
        id,
        entity_type: Cow::Borrowed(entity.0),
        entity_id: Cow::Borrowed(entity.1),
        title: Cow::Borrowed(title),
        letter: 'O',
        owner: ADMIN,
        members: Members::Everyone,
    }
}

/// The chats, not in the order of their ids: nothing promises an order (protocol.md, 1.6).
pub(super) const CHATS: &[Chat] = &[
    everyones(1, ("GENERAL", ""), "General chat"),
    everyones(12, ("ANNOUNCEMENT", "1"), "Announcements"),
    // CRM. The deal of the documentation's sample, and one object of every kind that may have a chat.
    chat(1437, ("CRM", "DEAL|1663"), "Deal: new boiler", 'C', 27, &[27, 1, 31, 33, 38]),
    chat(1490, ("CRM", "DEAL|2001"), "Deal: the quiet takeover", 'C', 27, &[27, 31]),
    chat(1410, ("CRM", "LEAD|13"), "Lead: website form, Q. Novak", 'C', 31, &[31, 1]),
    chat(1411, ("CRM", "CONTACT|25"), "Contact: Quirin Novak", 'C', 31, &[31, 1]),
    chat(1412, ("CRM", "COMPANY|7"), "Компания: ООО «Тёплый дом»", 'C', 33, &[33, 1, 27]),
    chat(1413, ("CRM", "DYNAMIC_1042|5"), "Warranty case: Lindenhof hotel", 'C', 38, &[38, 1]),
    chat(1414, ("CRM", "DYNAMIC_128|6"), "Site visit: Harbour Street 4", 'C', 38, &[38, 1]),
    chat(1415, ("CRM", "SMART_INVOICE|31"), "Invoice 2026-0031", 'C', 33, &[33, 1]),
    chat(1416, ("CRM", "QUOTE|9"), "Quote: underfloor heating", 'C', 27, &[27, 1]),
    // Tasks. 8293 has the chat of the new card only, 8120 of the old one only, 8300 both, 8301 is not ours.
    chat(1431, ("TASKS_TASK", "8293"), "Task: order spare parts", 'X', 38, &[38, 1]),
    chat(1432, ("TASKS", "8120"), "Task: yearly inspection", 'C', 38, &[38, 1]),
    chat(1433, ("TASKS", "8300"), "Task: new price list (old card)", 'C', 33, &[33, 1]),
    chat(1434, ("TASKS_TASK", "8300"), "Task: new price list", 'X', 33, &[33, 1]),
    chat(1435, ("TASKS", "8301"), "Task: salaries", 'C', 33, &[33, 31]),
    // Groups. The pair of group 103 is ambiguous: the second chat was made by hand.
    chat(1588, ("SONET_GROUP", "103"), "Night shift, the other chat", 'C', 31, &[31, 1, 27]),
    chat(1440, ("SONET_GROUP", "103"), "Group: night shift", 'C', 38, &[38, 1, 27, 31]),
    chat(1441, ("SONET_GROUP", "104"), "Project: new warehouse", 'C', 1, &[1, 33]),
    chat(1445, ("CALENDAR", "55"), "Meeting: quarterly figures", 'C', 1, &[1, 27, 33]),
    // Open lines: the operators' side and the client's side of one conversation.
    chat(1450, ("LINES", "telegrambot|2|209607941|744"), "Ivan - Telegram", 'L', 31, &[31, 744]),
    chat(1452, ("LINES", "telegrambot|2|209607942|744"), "Ivan - Telegram, deal 2051", 'L', 31, &[31, 744]),
    chat(1451, ("LIVECHAT", "2|744"), "Support", 'L', 744, &[744]),
    chat(1455, ("MAIL", "9917"), "Mail: delivery is late", 'C', 31, &[31, 1]),
    chat(1460, ("CALL", "79001234567"), "Call: +7 900 123-45-67", 'C', 27, &[27, 1]),
    // One per user, so this pair is ambiguous by design.
    chat(1461, ("CALL", "UNIFY_CALL_CHAT"), "Telephony", 'C', 1, &[1]),
    chat(1462, ("CALL", "UNIFY_CALL_CHAT"), "Telephony", 'C', 27, &[27]),
    // These two kinds are made without an id and so are never found.
    chat(1470, ("VIDEOCONF", ""), "Video conference: Monday round", 'C', 1, &[1, 27, 31]),
    chat(1471, ("AI_ASSISTANT_PRIVATE", ""), "Assistant", 'A', 1, &[1, 51]),
    // Pairs of somebody's own. The shift has three chats, and the lowest id wins.
    chat(1402, ("WAREHOUSE_BIN", "A-17"), "Bin A-17: stocktaking", 'C', 38, &[38, 1]),
    chat(1403, ("ORDER_ROOM", "Заказ №5"), "Заказ №5: обсуждение", 'C', 33, &[33, 1]),
    chat(1483, ("SHIFT", "2026-09"), "Shift September, third try", 'C', 38, &[38, 1]),
    chat(1481, ("SHIFT", "2026-09"), "Shift September", 'C', 38, &[38, 1]),
    chat(1482, ("SHIFT", "2026-09"), "Shift September, again", 'C', 38, &[38, 1]),
    // Titles that a terminal should survive.
    chat(1500, ("SURVIVAL", "escape"), "\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}[31mred title\u{9b}0m", 'C', 44, &[44, 1]),
    chat(1501, ("SURVIVAL", "bidi"), "invoice\u{202e}fdp.exe\u{202c} \u{2067}x\u{2069}", 'C', 44, &[44, 1]),
    chat(1502, ("SURVIVAL", "hidden"), "zero\u{200b}width\u{feff} \u{ad}soft\ttab\r\nline", 'C', 44, &[44, 1]),
    chat(
        1503,
        ("SURVIVAL", "wide"),
        "会議室 👩‍👩‍👧‍👦 नमस्ते e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        'C',
        44,
        &[44, 1],
    ),
    chat(1504, ("SURVIVAL", "html"), "<b>Bold &amp; \"quoted\"</b> 'it' / \\", 'C', 44, &[44, 1]),
];

/// The types of CRM objects that can be read, by number.
pub(super) const CRM_TYPES: &[i64] = &[1, 2, 3, 4, 7, 31, 128, 1042];

/// CRM objects by type and number. Deals 2050 and 2051 and item 9 have no discussion chat; clients of deal
/// 2051 write through an open line.
pub(super) const CRM_ITEMS: &[(i64, i64, &str)] = &[
    (2, 1663, "New boiler"),
    (2, 2001, "The quiet takeover"),
    (2, 2050, "Spare valve"),
    (2, 2051, "Heating check"),
    (1, 13, "Website form, Q. Novak"),
    (3, 25, "Quirin Novak"),
    (4, 7, "ООО «Тёплый дом»"),
    (7, 9, "Underfloor heating"),
    (31, 31, "Invoice 2026-0031"),
    (128, 6, "Site visit: Harbour Street 4"),
    (1042, 5, "Warranty case: Lindenhof hotel"),
    (1042, 9, "Warranty case: Mill Lane"),
];

/// Tasks by number. 8400 has no chat.
pub(super) const TASKS: &[(&str, &str)] = &[
    ("8293", "Order spare parts"),
    ("8120", "Yearly inspection"),
    ("8300", "New price list"),
    ("8301", "Salaries"),
    ("8400", "Sweep the yard"),
];

/// Groups by number. 105 has no chat.
pub(super) const GROUPS: &[(&str, &str)] = &[("103", "Night shift"), ("104", "New warehouse"), ("105", "Summer party")];

/// Events: number, number of the original, owner, name. The copies of event 55 are 56 and 57; 60 has no chat.
pub(super) const EVENTS: &[(&str, &str, &str, &str)] = &[
    ("55", "55", "1", "Quarterly figures"),
    ("56", "55", "27", "Quarterly figures"),
    ("57", "55", "33", "Quarterly figures"),
    ("60", "60", "1", "Fire drill"),
    ("61", "60", "27", "Fire drill"),
];

/// The chats of open lines by CRM object.
pub(super) const OPEN_LINE_CHATS: &[(&str, i64, u64)] = &[("deal", 2051, 1452)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chat_has_its_own_id_and_people_who_exist() {
        let mut ids: Vec<_> = CHATS.iter().map(|chat| chat.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), CHATS.len());
        for chat in CHATS {
            assert!(chat.members().into_iter().chain([chat.owner]).all(|id| person(id).is_some()), "{}", chat.id);
        }
    }

    #[test]
    fn every_documented_type_is_seeded() {
        for wanted in [
            "CRM",
            "TASKS_TASK",
            "TASKS",
            "SONET_GROUP",
            "CALENDAR",
            "LINES",
            "LIVECHAT",
            "MAIL",
            "CALL",
            "VIDEOCONF",
            "AI_ASSISTANT_PRIVATE",
            "ANNOUNCEMENT",
        ] {
            assert!(CHATS.iter().any(|chat| chat.entity_type == wanted), "{wanted}");
        }
    }

    #[test]
    fn the_administrator_is_called_what_the_portal_says() {
        assert_eq!(person(ADMIN).unwrap().name(), ADMIN_NAME);
        assert_eq!(person(999).map(|user| user.id), None);
    }
}
