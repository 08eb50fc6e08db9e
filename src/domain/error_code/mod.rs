//! What a refusal means, what it proves, what to do, and whether waiting helps: for the portal's codes,
//! for failures without a reply, for replies that are no answer, and for the two answers themselves.
//! The knowledge is in `assets/error_codes.toml`; codes are compared without regard to case, and the
//! HTTP status decides nothing (protocol.md, sections 3, 5 and 6.5).

mod no_chat;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

pub use no_chat::of_no_chat;

use super::failure::Failure;
use super::language::{Phrase, phrases};
use super::reply::LooksLike;
use super::visible;

/// Words for a person about one way a lookup can end.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// What it means.
    pub meaning: Phrase,
    /// Where there are several possible causes, one line each, the likeliest first.
    #[serde(default, deserialize_with = "phrases")]
    pub causes: Vec<Phrase>,
    /// What is now known to be right, from the order of the portal's checks (protocol.md, 3.2).
    pub proves: Option<Phrase>,
    /// What to do, one step each.
    #[serde(deserialize_with = "phrases")]
    pub advice: Vec<Phrase>,
    pub waiting: Waiting,
}

/// Whether asking again later can end otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Waiting {
    /// The same question gets the same end.
    No,
    /// Ask again after this many seconds; 0 and 0 is at once.
    Seconds { least: u32, most: u32 },
    /// Until `operating_reset_at` of the latest time block, and a second more (protocol.md, 4.2).
    UntilReset,
    /// Somebody has to act first.
    ByHand,
}

impl Waiting {
    /// One sentence for the screen.
    pub fn words(&self) -> Phrase {
        match *self {
            Self::No => Phrase::new("Waiting does not help.", "Ждать бесполезно."),
            Self::Seconds { most: 0, .. } => {
                Phrase::new("It can be asked again at once.", "Запрос можно повторить сразу.")
            }
            Self::Seconds { least, most } if least == most => {
                Phrase::new(format!("Ask again in {least} s."), format!("Повторите запрос через {least} с."))
            }
            Self::Seconds { least, most } => Phrase::new(
                format!("Ask again in {least} to {most} s."),
                format!("Повторите запрос через {least}–{most} с."),
            ),
            Self::UntilReset => Phrase::new(
                "Ask again after the reset of the operating time.",
                "Повторите запрос после сброса лимита времени работы.",
            ),
            Self::ByHand => Phrase::new(
                "Somebody has to act first; then ask again.",
                "Сначала кто-то должен что-то сделать; затем повторите запрос.",
            ),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    error: HashMap<String, Explanation>,
    failure: HashMap<String, Explanation>,
    page: HashMap<String, Explanation>,
    outcome: HashMap<String, Explanation>,
}

/// Read once, when something is to be explained. A catalogue that cannot be read is an empty one, and a
/// test keeps that from happening: the code and the portal's own words are shown all the same.
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut catalogue = read().unwrap_or_default();
    catalogue.error = catalogue.error.into_iter().map(|(code, words)| (code.to_ascii_lowercase(), words)).collect();
    catalogue
});

fn read() -> Result<Catalogue, toml::de::Error> {
    toml::from_str(include_str!("../../../assets/error_codes.toml"))
}

/// What stands where the catalogue has no words.
static NO_WORDS: LazyLock<Explanation> = LazyLock::new(|| Explanation {
    meaning: Phrase::new("There is no explanation for this here.", "Объяснения для этого здесь нет."),
    causes: Vec::new(),
    proves: None,
    advice: vec![Phrase::new(
        "Quote what is shown to the developer of the method or to Bitrix24 support.",
        "Передайте то, что показано, разработчику метода или в поддержку Битрикс24.",
    )],
    waiting: Waiting::No,
});

/// A portal's code, whatever its case; spaces around it do not count.
pub fn of_error(code: &str) -> Cow<'static, Explanation> {
    match lookup(code) {
        Some(known) => Cow::Borrowed(known),
        None => Cow::Owned(unknown(code)),
    }
}

/// Whether the catalogue has the code.
pub fn is_known(code: &str) -> bool {
    lookup(code).is_some()
}

/// Whether this is the short name of a failure without a reply.
pub fn is_failure(code: &str) -> bool {
    CATALOGUE.failure.contains_key(code)
}

/// Whether this is the short name of a reply that is no answer.
pub fn is_page(code: &str) -> bool {
    CATALOGUE.page.contains_key(code)
}

/// A lookup that ended without a reply.
pub fn of_failure(failure: &Failure) -> &'static Explanation {
    CATALOGUE.failure.get(failure.code()).unwrap_or(&NO_WORDS)
}

/// A reply that is no answer.
pub fn of_page(looks_like: LooksLike) -> &'static Explanation {
    CATALOGUE.page.get(looks_like.code()).unwrap_or(&NO_WORDS)
}

/// A chat was found: what that does not prove.
pub fn of_chat() -> &'static Explanation {
    of_outcome("chat")
}

fn of_outcome(name: &str) -> &'static Explanation {
    CATALOGUE.outcome.get(name).unwrap_or(&NO_WORDS)
}

fn lookup(code: &str) -> Option<&'static Explanation> {
    CATALOGUE.error.get(&code.trim().to_ascii_lowercase())
}

/// An honest word about a code nobody here knows. The code is a stranger's text, so it is echoed in
/// part and with what is hidden in it made visible.
fn unknown(code: &str) -> Explanation {
    const LIMIT: usize = 60;
    let mut shown: String = code.trim().chars().take(LIMIT).collect();
    if shown.len() < code.trim().len() {
        shown.push('…');
    }
    let shown = visible::line(&shown);
    let meaning = if code.trim().to_ascii_uppercase().starts_with("BITRIX_REST_V3") {
        Phrase::new(
            format!("{shown} is a code of the newer REST dialect, which is not in the catalogue."),
            format!("{shown}: код новой версии REST, его нет в каталоге."),
        )
    } else {
        Phrase::new(
            format!("{shown} is not in the catalogue: a newer portal or a module of its own may have it."),
            format!("{shown}: такого кода нет в каталоге. Он может быть у более нового портала или стороннего модуля."),
        )
    };
    Explanation {
        meaning,
        causes: Vec::new(),
        proves: Some(Phrase::new(
            "Something that speaks like a portal answers at this address.",
            "По этому адресу отвечает что-то похожее на портал.",
        )),
        advice: vec![
            Phrase::new(
                "Read the portal's own words: they are all there is to go by.",
                "Прочитайте слова самого портала: больше опереться не на что.",
            ),
            Phrase::new(
                "Quote the code and the words to the developer of the method or to Bitrix24 support.",
                "Передайте код и слова портала разработчику метода или в поддержку Битрикс24.",
            ),
        ],
        waiting: Waiting::No,
    }
}

#[cfg(test)]
mod tests;
