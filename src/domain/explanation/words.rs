//! What an explanation says, in both languages. What is quoted of a pair or a portal is safe to look at.

use super::Answered;
use crate::domain::entity::EntityPair;
use crate::domain::entity_types::{Meant, Slip};
use crate::domain::language::Phrase;
use crate::domain::reply::{ApiError, ChatId};
use crate::domain::visible;

/// As much of a foreign text as a sentence bears.
fn quoted(text: &str) -> String {
    const LIMIT: usize = 80;
    let text = visible::line(text);
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}

fn of(pair: &EntityPair) -> String {
    quoted(&pair.to_string())
}

type Told = (Phrase, Phrase);
type Told3 = (Phrase, Phrase, Phrase);

// Ends.

pub(super) fn found_pair(pair: &EntityPair, chat: ChatId) -> Phrase {
    let pair = of(pair);
    Phrase::new(format!("found instead: {pair} → chat {chat}"), format!("найдено вместо этого: {pair} → чат {chat}"))
}

pub(super) fn found_chat(chat: ChatId) -> Phrase {
    Phrase::new(
        format!("found instead: chat {chat}; this pair does not lead to it"),
        format!("найдено вместо этого: чат {chat}; по этой паре его не получить"),
    )
}

pub(super) fn ruled_out(why: &Phrase) -> Phrase {
    Phrase::new(
        format!("ruled out: {}", why.en()),
        format!("исключено: {}", why.get(crate::domain::language::Language::Ru)),
    )
}

pub(super) fn untold(why: &Phrase) -> Phrase {
    Phrase::new(
        format!("cannot be told, because {}", why.en()),
        format!("узнать нельзя: {}", why.get(crate::domain::language::Language::Ru)),
    )
}

pub(super) fn null_for_it() -> Phrase {
    Phrase::new(
        "asked as this user now, there is no chat for that pair either",
        "сейчас и от имени этого пользователя чата по такой паре тоже нет",
    )
}

pub(super) fn not_shown_to_arrive() -> Phrase {
    Phrase::new(
        "the answer is null and nothing shows that the parameters arrived",
        "ответ null, и ничто не показывает, что параметры дошли",
    )
}

pub(super) fn not_answered() -> Phrase {
    Phrase::new("the portal gave no readable answer to this command", "портал не дал понятного ответа на эту команду")
}

pub(super) fn lacks_scope(scope: &str, method: &str) -> Phrase {
    Phrase::new(
        format!("the credential lacks the scope {scope}, which {method} needs"),
        format!("у доступа нет прав {scope}, которые нужны методу {method}"),
    )
}

pub(super) fn refused(method: &str, error: &ApiError) -> Phrase {
    let code = match error.code.trim() {
        "" => error.description.as_deref().map_or_else(|| "?".to_owned(), |words| format!("\"{}\"", quoted(words))),
        code => quoted(code),
    };
    Phrase::new(
        format!("{method} was refused: {code}. A refusal may mean absent or hidden from this user"),
        format!(
            "{method} отвечает отказом: {code}. Так бывает и когда объекта нет, и когда он закрыт для пользователя"
        ),
    )
}

pub(super) fn object_is_there() -> Phrase {
    Phrase::new("this user can read it", "этот пользователь может его прочитать")
}

pub(super) fn absent_or_hidden() -> Phrase {
    Phrase::new(
        "the answer is empty, which means absent or hidden from this user",
        "ответ пуст: объекта нет или он закрыт для этого пользователя",
    )
}

pub(super) fn pair_has_a_chat() -> Phrase {
    Phrase::new("the pair has a chat now", "сейчас у этой пары чат есть")
}

pub(super) fn no_method() -> Phrase {
    Phrase::new("there is no method here that reads such an object", "здесь нет метода, который читает такой объект")
}

pub(super) fn likely_no_chat_yet() -> Phrase {
    Phrase::new(
        "null never proves it; the object is there and its pair finds nothing, which is what this looks like",
        "null этого не доказывает; но объект есть, а по его паре ничего не находится — так это и выглядит",
    )
}

pub(super) fn task_tells_no_chat() -> Phrase {
    Phrase::new("the task can be read and names no chat", "задачу можно прочитать, и чата она не называет")
}

pub(super) fn no_open_lines() -> Phrase {
    Phrase::new(
        "no chat of an open line is told to this user for the object",
        "чатов открытых линий у этого объекта пользователю не видно",
    )
}

pub(super) fn no_parent() -> Phrase {
    Phrase::new("the event does not say which copy is the original", "событие не говорит, какая из копий исходная")
}

pub(super) fn is_original() -> Phrase {
    Phrase::new(
        "this is the original; the attendees' copies have ids that are not known here",
        "это исходное событие; номера копий участников здесь неизвестны",
    )
}

pub(super) fn other_copies(parent: i64) -> Phrase {
    Phrase::new(
        format!("the original, {parent}, has no chat either, and the other copies are not known here"),
        format!("у исходного события {parent} чата тоже нет, а номера других копий здесь неизвестны"),
    )
}

pub(super) fn arrived() -> Phrase {
    Phrase::new(
        "asked again where parameters are shown to arrive, the pair finds no chat",
        "при повторном запросе, где параметры точно дошли, чата по этой паре нет",
    )
}

pub(super) fn not_in_a_batch() -> Phrase {
    Phrase::new(
        "in a batch the portal would put something else in the place of a text like $result[…]",
        "в пакете портал заменит текст вида $result[…] на другой",
    )
}

/// The first line of what an explanation found.
pub(super) fn headline(pair: &EntityPair, answered: &Answered) -> Phrase {
    let pair = of(pair);
    match answered {
        Answered::Chat(chat) => Phrase::new(
            format!("{pair} has chat {chat} now: it was made since, or the request before lost its parameters."),
            format!("У {pair} сейчас есть чат {chat}: его создали позже, или прошлый запрос потерял параметры."),
        ),
        Answered::NoChat { .. } => Phrase::new(
            format!("No chat for {pair}, asked once more."),
            format!("Чата по паре {pair} нет и при повторном запросе."),
        ),
        Answered::Refused(error) => Phrase::new(
            format!("The pair {pair} was refused: {}.", quoted(&error.code)),
            format!("По паре {pair} отказ: {}.", quoted(&error.code)),
        ),
        Answered::Nothing => {
            Phrase::new(format!("The pair {pair} was not answered."), format!("По паре {pair} ответа нет."))
        }
    }
}

// Suppositions.

/// A pair that was meant, and the slips that lead to it.
pub(super) fn meant(meant: &Meant) -> Told {
    let pair = of(&meant.pair);
    let supposes = Phrase::new(format!("{pair} was meant"), format!("имелось в виду {pair}"));
    let slips: Vec<Phrase> = meant.slips.iter().map(|slip| slip_words(*slip)).collect();
    let joined = |language| slips.iter().map(|slip| slip.get(language)).collect::<Vec<_>>().join("; ");
    let evidence =
        Phrase::new(joined(crate::domain::language::Language::En), joined(crate::domain::language::Language::Ru));
    (supposes, evidence)
}

fn slip_words(slip: Slip) -> Phrase {
    let (en, ru) = match slip {
        Slip::Spaces => ("spaces are sent too", "пробелы тоже отправляются"),
        Slip::Hidden => ("there are characters in it that nobody sees", "в паре есть невидимые символы"),
        Slip::LookAlike => {
            ("a sign in it only looks like the right one", "один из знаков лишь похож на нужный: например, кириллица")
        }
        Slip::Case => (
            "small letters; most portals take no notice of case, so this alone seldom matters",
            "строчные буквы; обычно портал не различает регистр, так что дело редко в этом",
        ),
        Slip::Separator => ("a bar belongs between object and id", "между объектом и номером нужна вертикальная черта"),
        Slip::Turned => ("the two parts have changed places", "части стоят в обратном порядке"),
        Slip::Code => ("a short code of CRM, which is written out here", "краткий код CRM, а здесь нужно полное имя"),
        Slip::Numbered => ("a number where the object's name belongs", "номер типа вместо имени объекта"),
        Slip::ObjectMissing => {
            ("a number alone does not say of which object", "одно число не говорит, какой это объект")
        }
        Slip::ObjectAsType => {
            ("the type is CRM, and the object belongs into the id", "тип — CRM, а объект пишется в id")
        }
        Slip::TypeWord => ("the portal has another name for it", "на портале это называется иначе"),
        Slip::OtherType => ("such an id belongs to another type", "такой id относится к другому типу"),
        Slip::OtherCard => {
            ("a task's chat belongs to its new card or its old one", "чат задачи бывает у новой карточки или у старой")
        }
        Slip::OtherInvoice => ("invoices come in two kinds", "счета бывают двух видов: старые и новые"),
        Slip::OtherForm => ("the id has two forms, and sources disagree", "у id две формы, и источники расходятся"),
        Slip::OtherSide => ("an open line has two sides", "у открытой линии две стороны: оператор и клиент"),
        Slip::NumberAlone => ("the number alone is the id", "id — только число"),
        Slip::Zeros => ("zeros in front make another id", "с нулями впереди это другой id"),
        Slip::Prefix => ("imol| belongs to links, not to the id", "imol| бывает в ссылках, но не в id"),
        Slip::Phone => ("a number is found only as it was stored", "номер находится только в том виде, как сохранён"),
    };
    Phrase::new(en, ru)
}

pub(super) fn no_id(kind: &str) -> Told3 {
    (
        Phrase::new(format!("chats of the type {kind} carry no id"), format!("у чатов типа {kind} нет id")),
        Phrase::new("the portal makes them without one", "портал создаёт их без него"),
        Phrase::new("then no pair can find one", "тогда их не найти ни по какой паре"),
    )
}

pub(super) fn zero() -> Told3 {
    (
        Phrase::new("the object was never saved", "объект ещё не сохранён"),
        Phrase::new("the number 0 stands for a new card", "номер 0 бывает у новой карточки"),
        Phrase::new(
            "there is no number to ask with; save it and take its id",
            "спрашивать не с чем: сохраните объект и возьмите его id",
        ),
    )
}

pub(super) fn chat_itself(id: &str) -> Told3 {
    let id = quoted(id.trim());
    (
        Phrase::new(format!("{id} is a chat's own id"), format!("{id} — это id самого чата")),
        Phrase::new("it begins with chat", "он начинается с chat"),
        Phrase::new(
            "this method finds chats by their entity; a chat whose id is known needs no search",
            "метод ищет чаты по объекту; если id чата известен, искать его не нужно",
        ),
    )
}

pub(super) fn guest_unknown() -> Told3 {
    (
        Phrase::new("the portal keeps this chat as line|guest", "портал хранит такой чат как линия|гость"),
        Phrase::new(
            "the documentation has connector|line, the portal's own code line|guest",
            "в документации коннектор|линия, в самом портале линия|гость",
        ),
        Phrase::new("the guest's number is not in the pair", "номера гостя в этой паре нет"),
    )
}

pub(super) fn lines_unknown() -> Told3 {
    (
        Phrase::new("parts of the id are missing", "в id не хватает частей"),
        Phrase::new(
            "it has four: connector, line, connector's chat, connector's user",
            "их четыре: коннектор, линия, чат коннектора, пользователь коннектора",
        ),
        Phrase::new("what is missing cannot be guessed", "недостающее не угадать"),
    )
}

pub(super) fn per_user() -> Told3 {
    (
        Phrase::new("such a chat belongs to another user", "такой чат есть у другого пользователя"),
        Phrase::new(
            "the portal keeps one for each user under the same id",
            "портал держит по одному на каждого под одним id",
        ),
        Phrase::new("the pair does not say whose is meant", "пара не говорит, чей нужен"),
    )
}

pub(super) fn extranet() -> Told3 {
    (
        Phrase::new("an extranet user made the chat", "чат создал пользователь экстранета"),
        Phrase::new(
            "the portal drops the pair that such a user gives",
            "пару, которую указал такой пользователь, портал отбрасывает",
        ),
        Phrase::new("nothing of the pair is left to be found", "от пары ничего не остаётся, искать не по чему"),
    )
}

pub(super) fn other_profiles(names: &[String]) -> Told3 {
    let names = quoted(&names.join(", "));
    (
        Phrase::new(
            format!("another profile of this portal sees more: {names}"),
            format!("другому профилю этого портала видно больше: {names}"),
        ),
        Phrase::new(
            "im.chat.get asks for no membership, so another user changes only what other methods may read",
            "im.chat.get не проверяет участие в чате; от пользователя зависит лишь то, что прочитают другие методы",
        ),
        Phrase::new("only this profile was asked", "запрос шёл только от этого профиля"),
    )
}

pub(super) fn lost() -> Told {
    (
        Phrase::new("the first request lost its parameters", "первый запрос потерял параметры"),
        Phrase::new("a lost body is answered null as well", "на потерянное тело запроса тоже приходит null"),
    )
}

pub(super) fn open_line(pair: &EntityPair) -> Told {
    let id = quoted(pair.entity_id());
    (
        Phrase::new(format!("the chat of {id} is one of an open line"), format!("чат {id} — это чат открытой линии")),
        Phrase::new(
            "clients' chats of a CRM object are told by another method",
            "чаты с клиентами у объектов CRM отдаёт другой метод",
        ),
    )
}

pub(super) fn calendar_copy(id: &str) -> Told {
    let id = quoted(id);
    (
        Phrase::new(
            format!("the chat belongs to another copy of event {id}"),
            format!("чат у другой копии события {id}"),
        ),
        Phrase::new("every attendee has a copy with an id of its own", "у каждого участника своя копия со своим id"),
    )
}

pub(super) fn task_chat(id: &str) -> Told {
    let id = quoted(id);
    (
        Phrase::new(format!("task {id} names a chat of its own"), format!("задача {id} сама называет свой чат")),
        Phrase::new("tasks of the new card tell their chat", "задачи новой карточки знают свой чат"),
    )
}

pub(super) fn no_chat_yet(pair: &EntityPair) -> Told {
    let pair = of(pair);
    (
        Phrase::new(format!("{pair} has no chat yet"), format!("у {pair} ещё нет чата")),
        Phrase::new("a chat is made when someone opens it", "чат появляется, когда его кто-нибудь откроет"),
    )
}

pub(super) fn object_missing(pair: &EntityPair) -> Told {
    let pair = of(pair);
    (
        Phrase::new(format!("there is no such object: {pair}"), format!("такого объекта нет: {pair}")),
        Phrase::new("the portal answers null for any number", "портал отвечает null на любой номер"),
    )
}

// What goes out.

pub(super) fn outlook(commands: usize, methods: &[(&str, Option<&str>)]) -> Phrase {
    if commands == 0 {
        return Phrase::new(
            "Nothing can be asked: the pair holds a text that means something else in a batch.",
            "Спросить нельзя: в паре есть текст, который в пакете значит другое.",
        );
    }
    let list = |scope: &str| -> String {
        let named = methods.iter().map(|(method, needs)| match needs {
            Some(needs) => format!("{method} ({scope} {needs})"),
            None => (*method).to_owned(),
        });
        named.collect::<Vec<_>>().join(", ")
    };
    Phrase::new(
        format!("One request, {commands} commands that only read: {}.", list("scope")),
        format!("Один запрос, команд: {commands}, только чтение: {}.", list("права")),
    )
}
