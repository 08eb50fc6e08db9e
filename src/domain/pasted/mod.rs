//! What people paste: a webhook's address, a page of the portal, a short note such as `deal 1663`, a
//! curl command line, a JSON object. Each form has its own file; this one decides which it is. Nothing
//! is changed without a word: an understood text comes with words that say how it was understood, and
//! anything else is left to the caller as it is. No text that is handed back ever holds a secret
//! (protocol.md, section 10).
//!
//! Where a form could be somebody's own id of a custom type, it is taken only when it is whole and exact:
//! known words and a number, nothing before or after. `8293`, `OUR/27` and `order 66 executed` stay plain.

mod address;
pub mod cloud;
mod curl;
mod json;
mod notation;
mod page_url;
mod portal;
mod webhook_url;

use address::Address;

use super::address::RestRoot;
use super::credential::Credential;
use super::entity::{EntityPair, InvalidPair};
use super::language::{Language, Phrase};
use super::reply::ChatId;
use webhook_url::Rest;

pub use portal::portal_root;

/// A text longer than this many bytes is no address and no id: the longest pair is 305 characters, and a
/// curl line with all its headers is a few KiB.
pub const LENGTH_LIMIT: usize = 64 * 1024;

/// What a pasted text is.
#[derive(Clone, Debug, PartialEq)]
pub enum Pasted {
    /// A pair was understood.
    Pair {
        pair: EntityPair,
        /// What the text was and the pair it gives: "a deal's page: CRM DEAL|1663".
        how: Phrase,
        /// The host of a page's address, in lower case and with its port where it is not the usual one,
        /// to compare with the profile's.
        host: Option<String>,
        /// What to know before it is sent.
        warnings: Vec<Phrase>,
    },
    /// A chat's number: there is nothing to look up.
    Chat { id: ChatId, host: Option<String> },
    /// An address of the REST interface. It belongs in the secret store, never in a text field.
    Credential {
        root: RestRoot,
        /// `None` where the address names a method and no token came with it.
        credential: Option<Credential>,
        /// The pair that the same address or command asks about.
        pair: Option<EntityPair>,
        notes: Vec<Phrase>,
    },
    /// None of the forms.
    Plain,
    /// A known form that cannot be used: why, and what to type instead.
    Refused(Phrase),
}

/// What a text is that somebody pasted or gave as the only argument.
pub fn understand(text: &str) -> Pasted {
    if text.len() > LENGTH_LIMIT {
        let size = text.len() / 1024;
        return Pasted::Refused(Phrase::new(
            format!("the pasted text has {size} KiB: paste the address, the id or the curl command alone"),
            format!("во вставленном тексте {size} КиБ: вставьте только адрес, id или команду curl"),
        ));
    }
    let text = address::unwrapped(text);
    let readings: [fn(&str) -> Pasted; 5] =
        [curl::understand, json::understand, of_address_text, notation::understand, of_address_inside];
    readings.iter().map(|read| read(text)).find(|pasted| *pasted != Pasted::Plain).unwrap_or(Pasted::Plain)
}

/// A webhook's address as given in an environment variable or at a prompt, with notes about what was
/// changed or looks odd.
///
/// # Errors
/// When the text is not one: a sentence that says which part is wrong, without the secret.
pub fn webhook(text: &str) -> Result<(RestRoot, Credential, Vec<Phrase>), Phrase> {
    let not = |en: &str, ru: &str| Err(with_form(en, ru));
    match understand(text) {
        Pasted::Credential { root, credential: Some(credential @ Credential::Webhook { .. }), notes, .. } => {
            Ok((root, credential, notes))
        }
        Pasted::Credential { credential: Some(Credential::OAuth { .. }), .. } => {
            not("this is an address with an access token, not a webhook", "это адрес с токеном доступа, а не вебхук")
        }
        Pasted::Credential { credential: None, .. } => {
            not("the user and the code are missing", "не хватает пользователя и кода")
        }
        Pasted::Refused(sentence) => Err(sentence),
        Pasted::Pair { host: Some(_), .. } | Pasted::Chat { host: Some(_), .. } => {
            not("this is a page of the portal", "это страница портала")
        }
        Pasted::Pair { .. } | Pasted::Chat { .. } | Pasted::Plain => not("this is no webhook", "это не вебхук"),
    }
}

/// What is wrong with a webhook's address, and how a right one looks.
fn with_form(en: &str, ru: &str) -> Phrase {
    Phrase::new(
        format!("{en}: a webhook's address looks like https://acme.bitrix24.com/rest/27/code/"),
        format!("{ru}: адрес вебхука выглядит как https://acme.bitrix24.com/rest/27/код/"),
    )
}

/// What the text was and the pair it gives. The pair has to be safe to look at.
fn how(what: &Phrase, pair: &str) -> Phrase {
    Phrase::each(|language| format!("{}: {pair}", what.get(language)))
}

/// The note about a pair that came along with an address and is none.
fn no_good_pair(why: &Phrase) -> Phrase {
    Phrase::new(
        format!("its pair cannot be asked about: {}", why.en()),
        format!("о его паре спросить нельзя: {}", why.get(Language::Ru)),
    )
}

fn refused(invalid: InvalidPair) -> Pasted {
    Pasted::Refused(invalid.words())
}

/// The whole text is an address.
fn of_address_text(text: &str) -> Pasted {
    match address::read(text) {
        None => Pasted::Plain,
        Some(Err(sentence)) => Pasted::Refused(sentence),
        Some(Ok(address)) => of_address(&address),
    }
}

fn of_address(address: &Address) -> Pasted {
    match webhook_url::read(address) {
        Some(Ok(Rest { root, credential, pair, notes })) => Pasted::Credential { root, credential, pair, notes },
        Some(Err(sentence)) => Pasted::Refused(sentence),
        None => page_url::understand(address),
    }
}

/// An address somewhere in other text: `see https://…/crm/deal/details/1663/`, `WEBHOOK=https://…`. A
/// credential wins over a page, wherever it stands, so that no secret lands in a text field.
fn of_address_inside(text: &str) -> Pasted {
    let mut page = Pasted::Plain;
    for found in address::all_inside(text) {
        match of_address_text(found) {
            Pasted::Plain => {}
            Pasted::Pair { pair, how, host, mut warnings } => {
                warnings.push(Phrase::new("the text around the address was left out", "текст вокруг адреса отброшен"));
                if page == Pasted::Plain {
                    page = Pasted::Pair { pair, how, host, warnings };
                }
            }
            chat @ Pasted::Chat { .. } if page == Pasted::Plain => page = chat,
            Pasted::Chat { .. } => {}
            // A page that cannot be used is no reason to refuse a longer text around it.
            Pasted::Refused(_) if !address::names_rest(found) => {}
            credential => return credential,
        }
    }
    page
}

#[cfg(test)]
mod tests;
