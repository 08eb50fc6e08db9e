//! Where the inputs come from: the forms that people paste, their pieces, and what copying, chat programs
//! and shells do to them.

/// Whole forms, one of every kind that is known, and some that almost are.
const FORMS: [&str; 52] = [
    "https://x.bitrix24.com/rest/27/8g9l071eismy9q2l/",
    "https://x.bitrix24.com/rest/27/8g9l071eismy9q2l",
    "https://x.bitrix24.com/rest/27/8g9l071eismy9q2l/profile.json",
    "https://x.bitrix24.com/rest/27/8g9l071eismy9q2l/im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=DEAL%7C1663",
    "https://x.bitrix24.com/rest/api/27/8g9l071eismy9q2l/im.chat.get.xml/",
    "https://x.bitrix24.com/rest/im.chat.get?auth=8g9l071eismy9q2l&ENTITY_TYPE=TASKS&ENTITY_ID=5",
    "http://intra.example:8443/office/rest/1/8g9l071eismy9q2l/",
    "http://[::1]:8024/rest/1/found/",
    "rest/27/8g9l071eismy9q2l/",
    "curl -X POST -H \"Content-Type: application/json\" -d '{\"ENTITY_TYPE\":\"CRM\",\"ENTITY_ID\":\"DEAL|1663\"}' https://x.bitrix24.com/rest/27/8g9l071eismy9q2l/im.chat.get",
    "$ curl 'https://x.bitrix24.com/rest/im.chat.get' --data-raw $'{\"ENTITY_TYPE\":\"CRM\",\"ENTITY_ID\":\"DEAL\\u007c1663\",\"auth\":\"8g9l071eismy9q2l\"}' --compressed",
    "curl \\\n  --url=https://x.bitrix24.com/rest/27/8g9l071eismy9q2l/im.chat.get \\\n  --data ENTITY_TYPE=CRM -d 'ENTITY_ID=DEAL%7C1663'",
    "curl -H 'authorization: Bearer 8g9l071eismy9q2l' https://x.bitrix24.com/rest/im.chat.get -F ENTITY_TYPE=TASKS -F ENTITY_ID=5",
    "curl https://acme.bitrix24.com/crm/deal/details/5/",
    "https://acme.bitrix24.com/company/personal/user/27/tasks/task/view/8293/",
    "https://acme.bitrix24.com/workgroups/group/7/tasks/task/edit/8293/?ta_sec=x",
    "https://acme.bitrix24.com/crm/deal/details/1663/?IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER#tab",
    "https://acme.bitrix24.com/crm/lead/show/13/",
    "https://acme.bitrix24.com/crm/type/31/details/5/",
    "https://acme.bitrix24.com/crm/type/1042/details/5/",
    "https://acme.bitrix24.com/page/sales/boilers/type/128/details/6/",
    "https://acme.bitrix24.com/crm/invoice/show/4/",
    "https://acme.bitrix24.com/shop/orders/details/9/",
    "https://acme.bitrix24.com/company/personal/user/27/calendar/?EVENT_ID=55",
    "https://acme.bitrix24.com/mail/message/417?IFRAME=Y",
    "https://acme.bitrix24.com/workgroups/group/103/",
    "https://acme.bitrix24.com/spaces/group/103/",
    "https://acme.bitrix24.com/online/?IM_DIALOG=chat1437",
    "https://acme.bitrix24.com/online/?IM_DIALOG=sg103",
    "https://acme.bitrix24.com/online/?IM_DIALOG=imol%7Ctelegrambot%7C2%7C5%7C744",
    "https://acme.bitrix24.com/crm/deal/details/0/",
    "/crm/deal/details/1663/",
    "\\/crm\\/deal\\/details\\/1663\\/",
    "see https://acme.bitrix24.com/crm/deal/details/1663/, it is urgent",
    "{\"ENTITY_TYPE\":\"CRM\",\"ENTITY_ID\":\"DEAL|1663\"}",
    "{\"entity_id\": 8293, \"Entity_Type\": \"TASKS\", \"auth\": \"8g9l071eismy9q2l\"}",
    "deal 1663",
    "Deal:1663",
    "DEAL|1663",
    "CRM DEAL|1663",
    "CRM/DEAL|1663",
    "D_1663",
    "CO_7",
    "T80_6",
    "task 8293",
    "group 103",
    "event 55",
    "chat4821",
    "LINES telegrambot|2|209607941|744",
    "LIVECHAT 2|744",
    "MAIL 417",
    "CALL +79001234567",
];

/// Pieces that matter to some reader.
const PIECES: [&str; 56] = [
    "https://",
    "http://",
    "HTTPS://",
    "ftp://",
    "://",
    "//",
    "/",
    "\\/",
    "\\",
    "?",
    "#",
    "&",
    "=",
    ":",
    "|",
    "%7C",
    "%",
    "%00",
    "%ff",
    "%E2%80%8B",
    "\"",
    "'",
    "$'",
    "`",
    "<",
    ">",
    "«",
    "”",
    "{",
    "}",
    "[",
    "]",
    ",",
    "curl ",
    "-d ",
    "--url=",
    "-H ",
    "/rest/",
    "/REST/",
    "rest/",
    "27/",
    "0",
    "00",
    "9999999999999999999999",
    "-1",
    "IM_DIALOG=",
    "imol|",
    "sg",
    "chat",
    "crm ",
    "T",
    "_",
    " ",
    "\n",
    "\u{202e}",
    "\u{fe0f}",
];

/// Characters that look like others, or like nothing.
const CHARS: [char; 24] = [
    'Ж',
    'С',
    'а',
    '｜',
    '／',
    'İ',
    'ß',
    'é',
    '\u{301}',
    '\u{200b}',
    '\u{feff}',
    '\u{ad}',
    '\u{a0}',
    '\0',
    '\t',
    '\r',
    '\u{7f}',
    '\u{9b}',
    '🙂',
    '会',
    '\u{10ffff}',
    '٣',
    '０',
    '@',
];

/// A generator of numbers that is the same everywhere (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }

    fn of<T: Copy>(&mut self, some: &[T]) -> T {
        some[self.below(some.len())]
    }

    /// A place in the text that cuts no character.
    fn place(&mut self, text: &str) -> usize {
        let mut place = self.below(text.len() + 1);
        while !text.is_char_boundary(place) {
            place -= 1;
        }
        place
    }

    fn span(&mut self, text: &str) -> (usize, usize) {
        let (one, other) = (self.place(text), self.place(text));
        (one.min(other), one.max(other))
    }
}

/// The input of a number.
pub fn input(seed: u64, number: u64) -> String {
    let mut dice = Dice(seed ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93));
    match dice.below(20) {
        0 => raw(&mut dice),
        1 | 2 => (0..dice.below(16)).map(|_| dice.of(&PIECES)).collect(),
        3 => {
            let (one, other) = (dice.of(&FORMS), dice.of(&FORMS));
            let joint = dice.of(&PIECES);
            mangled(format!("{one}{joint}{other}"), &mut dice)
        }
        _ => {
            let form = dice.of(&FORMS).to_owned();
            mangled(form, &mut dice)
        }
    }
}

/// Bytes as they come, read as a terminal reads them.
fn raw(dice: &mut Dice) -> String {
    let bytes: Vec<u8> = (0..dice.below(80)).map(|_| dice.roll() as u8).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn mangled(mut text: String, dice: &mut Dice) -> String {
    for _ in 0..dice.below(5) {
        let at = dice.place(&text);
        let (from, until) = dice.span(&text);
        match dice.below(12) {
            0 | 1 => text.insert_str(at, dice.of(&PIECES)),
            2 => text.insert(at, dice.of(&CHARS)),
            3 => text.replace_range(from..until.min(at.max(from)), ""),
            4 => text.truncate(at),
            5 => text = text[at..].to_owned(),
            6 => {
                let piece = text[from..until].to_owned();
                text.insert_str(at, &piece);
            }
            7 => text.replace_range(from..until, dice.of(&PIECES)),
            8 => text = if dice.below(2) == 0 { text.to_uppercase() } else { text.to_lowercase() },
            9 => {
                let number = dice.of(&["0", "1", "01", "18446744073709551616", "٣", "%31", "", "1e3"]);
                text = text.replacen(|c: char| c.is_ascii_digit(), number, 1 + dice.below(3));
            }
            10 => {
                let (old, new) = (dice.of(&["/", "|", " ", ":", "_", "="]), dice.of(&PIECES));
                text = text.replacen(old, new, 1 + dice.below(2));
            }
            _ => {
                let around = dice.of(&[
                    ("\"", "\""),
                    ("<", ">"),
                    ("«", "»"),
                    ("curl ", ""),
                    ("X=", ""),
                    (" ", "\r\n"),
                    ("{\"u\":\"", "\"}"),
                ]);
                text = format!("{}{text}{}", around.0, around.1);
            }
        }
    }
    text
}
