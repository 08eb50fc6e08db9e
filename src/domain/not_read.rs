//! Why a follow-up read brought nothing: there was no reply, the portal refused, or the reply was no
//! answer. A lookup keeps all of its reply; a follow-up read keeps only this.

use serde_json::Value;

use super::failure::Failure;
use super::language::{Language, Phrase};
use super::reply::{ApiError, LooksLike, Parts, Said, said};

/// Why there is no result.
#[derive(Clone, Debug, PartialEq)]
pub enum NotRead {
    NoReply(Failure),
    Refused {
        error: ApiError,
        status: u16,
    },
    NoAnswer {
        looks_like: LooksLike,
        status: u16,
    },
    /// The reply is an answer, and to something else.
    OtherShape,
}

impl NotRead {
    /// One sentence: what is so.
    pub fn words(&self) -> Phrase {
        match self {
            Self::NoReply(failure) => {
                let words = failure.words();
                let russian = words.get(Language::Ru);
                Phrase::new(format!("No reply: {failure}."), format!("Ответа нет: {russian}."))
            }
            Self::Refused { error, status } => {
                let told = told(error, *status);
                Phrase::new(format!("The portal refused: {told}."), format!("Портал отказал: {told}."))
            }
            Self::NoAnswer { looks_like, status } => {
                let likeness = looks_like.code().replace('_', " ");
                Phrase::new(
                    format!("The reply is no answer of the REST interface: {likeness} (status {status})."),
                    format!("Это не ответ REST: {likeness} (статус {status})."),
                )
            }
            Self::OtherShape => Phrase::new(
                "The reply does not have the form that this method's replies have.",
                "Ответ не похож на ответы этого метода.",
            ),
        }
    }
}

/// A refusal in the portal's own words.
pub fn told(error: &ApiError, status: u16) -> String {
    let code = if error.code.trim().is_empty() { "an error without a code" } else { error.code.trim() };
    match error.description.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) => format!("{code} ({status}), \"{}\"", words.chars().take(300).collect::<String>()),
        None => format!("{code} ({status})"),
    }
}

/// The value of a reply's `result`.
///
/// # Errors
/// [`NotRead`], when there is none.
pub fn result(end: Result<Parts, Failure>) -> Result<Value, NotRead> {
    let parts = end.map_err(NotRead::NoReply)?;
    match said(&parts).0 {
        Said::Result(value) => Ok(value),
        Said::Refused(error) => Err(NotRead::Refused { error, status: parts.status }),
        Said::Unreadable(page) => Err(NotRead::NoAnswer { looks_like: page.looks_like, status: parts.status }),
    }
}
