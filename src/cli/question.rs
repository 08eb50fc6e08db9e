//! What `get` was asked: a type and an id, or something pasted that names both. Whether an argument
//! holds a secret is judged here too, because arguments must not.

use std::ffi::OsString;

use super::args::Get;
use super::output;
use crate::domain::entity::EntityPair;
use crate::domain::pasted::{self, Pasted};
use crate::domain::reply::ChatId;

/// What was understood.
pub enum Question {
    /// A pair to ask about.
    Pair {
        pair: EntityPair,
        /// What was pasted and what was made of it; `None` for a pair that was typed.
        how: Option<String>,
        /// Where the pasted page lives.
        host: Option<String>,
        /// What may be wrong about the pair although it is a good one.
        warnings: Vec<String>,
    },
    /// The argument names a chat itself: there is nothing to ask.
    Chat { id: ChatId, host: Option<String> },
}

/// What to do about a secret among the arguments.
pub const SECRET_TYPED: &str = "An argument holds a secret. Arguments are seen by everyone on this machine, so nothing was \
                                sent. Put the webhook's address into the environment variable B24CHAT_WEBHOOK and give \
                                the pair alone: b24chat get CRM 'DEAL|1663'. The secret is in the shell's history now: \
                                remove it there, or make a new one.";

/// Understands the arguments.
///
/// # Errors
/// Words for the person; nothing was sent.
pub fn understand(asked: &Get) -> Result<Question, String> {
    if let Some(id) = &asked.second {
        let pair = EntityPair::new(asked.first.as_str(), id.as_str())
            .map_err(|why| format!("Not a pair to ask about: {why}. Nothing was sent."))?;
        return Ok(Question::Pair { pair, how: None, host: None, warnings: Vec::new() });
    }
    match pasted::understand(&asked.first) {
        Pasted::Pair { pair, how, host, warnings } => Ok(Question::Pair { pair, how: Some(how), host, warnings }),
        Pasted::Chat { id, host } => Ok(Question::Chat { id, host }),
        Pasted::Credential { credential: Some(_), .. } => Err(SECRET_TYPED.to_owned()),
        Pasted::Credential { credential: None, .. } => Err(
            "That is a portal's address and names no entity. Nothing was sent. Put the address into B24CHAT_PORTAL and an \
             access token for it into B24CHAT_TOKEN, and give the pair: b24chat get CRM 'DEAL|1663'."
                .to_owned(),
        ),
        Pasted::Refused(why) => Err(format!("{} Nothing was sent.", output::as_sentence(&why))),
        Pasted::Plain => Err(
            "One argument alone has to name both type and id: 'deal 1663', 'DEAL|1663', a page's address, JSON. \
             Otherwise give both: b24chat get TASKS_TASK 8293. Nothing was sent."
                .to_owned(),
        ),
    }
}

/// Whether an argument, or the value of an option, is recognised as holding a secret. Asked before
/// anything is parsed, because a complaint about an argument repeats it.
pub fn holds_secret(argument: &OsString) -> bool {
    let text = argument.to_string_lossy();
    let value = text.split_once('=').filter(|(name, _)| name.starts_with('-')).map(|(_, value)| value);
    [Some(text.as_ref()), value].into_iter().flatten().any(|text| match pasted::understand(text) {
        Pasted::Credential { credential, .. } => credential.is_some(),
        // An address with something wrong about it may hold a secret all the same.
        Pasted::Refused(_) => text.contains("/rest/"),
        Pasted::Pair { .. } | Pasted::Chat { .. } | Pasted::Plain => false,
    })
}
