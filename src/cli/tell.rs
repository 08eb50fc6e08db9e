//! What came instead of a chat's id, in words on standard error: first what is so, then what it means,
//! then what to do.

use std::borrow::Cow;

use super::language;
use super::output::{self, Item};
use crate::domain::error_code::{self, Explanation};
use crate::domain::language::{Language, Phrase};
use crate::domain::lookup::End;
use crate::domain::record::Record;
use crate::domain::reply::Outcome;
use crate::domain::summary::CODE_LIMIT;

/// A portal's description is a sentence or two; of one that is not, this many characters are shown. The
/// whole of it is in `--json`.
const DESCRIPTION_LIMIT: usize = 500;

/// The end in one line; `None` for a chat, whose id says it all.
pub fn headline(record: &Record) -> Option<String> {
    let language = language::spoken();
    let either = |en, ru| if language == Language::Ru { ru } else { en };
    let status = either("status", "статус");
    Some(match &record.end {
        End::Failed { failure, .. } => match language {
            Language::En => format!("No reply: {failure}."),
            Language::Ru => format!("Ответа нет: {}.", failure.words().get(language)),
        },
        End::Answered(reply) => match &reply.outcome {
            Outcome::Chat(_) => return None,
            Outcome::NoChat => format!("{} {}.", either("No chat for", "Нет чата для"), record.pair),
            Outcome::Refused(error) => {
                let code = match error.code.trim() {
                    "" => either("an error without a code", "ошибка без кода").into(),
                    code => cut(code, CODE_LIMIT),
                };
                let said = error.description.as_deref().filter(|words| !words.trim().is_empty());
                let said = said.map_or(String::new(), |words| format!(": \"{}\"", cut(words, DESCRIPTION_LIMIT)));
                format!("{}: {code} ({status} {}){said}", either("Refused", "Отказ"), reply.status)
            }
            Outcome::Unreadable(unreadable) => {
                let likeness = unreadable.looks_like.code().replace('_', " ");
                let detail = unreadable.detail.as_deref();
                let detail = detail.map_or(String::new(), |words| format!(": {}", cut(words, DESCRIPTION_LIMIT)));
                format!("{}: {likeness} ({status} {}){detail}", either("Not an answer", "Это не ответ"), reply.status)
            }
        },
    })
}

/// What the end means and what to do; `None` for a chat.
pub fn explanation(record: &Record) -> Option<Cow<'static, Explanation>> {
    Some(match &record.end {
        End::Failed { failure, .. } => Cow::Borrowed(error_code::of_failure(failure)),
        End::Answered(reply) => match &reply.outcome {
            Outcome::Chat(_) => return None,
            Outcome::NoChat => Cow::Owned(error_code::of_no_chat(&record.pair)),
            Outcome::Refused(error) => error_code::of_error(&error.code),
            Outcome::Unreadable(unreadable) => Cow::Borrowed(error_code::of_page(unreadable.looks_like)),
        },
    })
}

/// Prints an explanation under its headline.
pub fn explain(explanation: &Explanation) {
    let language = language::spoken();
    let say = |item, words: &Phrase| output::item(item, words.get(language));
    say(Item::Plain, &explanation.meaning);
    explanation.causes.iter().for_each(|cause| say(Item::Cause, cause));
    explanation.proves.iter().for_each(|proved| say(Item::Plain, proved));
    explanation.advice.iter().for_each(|step| say(Item::Step, step));
    say(Item::Plain, &explanation.waiting.words());
}

fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
