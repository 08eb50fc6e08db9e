//! What `get` or `code` was asked: a type and an id, or something pasted that names both.

use super::{guard, language, output};
use crate::domain::entity::{EntityPair, InvalidPair};
use crate::domain::language::{Language, Phrase};
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

fn not_a_pair(why: &InvalidPair) -> Phrase {
    let words = why.words();
    Phrase::new(
        format!("Not a pair to ask about: {}. Nothing was sent.", words.en()),
        format!("О такой паре спросить нельзя: {}. Ничего не отправлено.", words.get(Language::Ru)),
    )
}

/// Understands the arguments.
///
/// # Errors
/// Words for the person; nothing was sent.
pub fn understand(first: &str, second: Option<&str>) -> Result<Question, String> {
    if let Some(id) = second {
        let pair = EntityPair::new(first, id).map_err(|why| not_a_pair(&why).get(language::spoken()).to_owned())?;
        return Ok(Question::Pair { pair, how: None, host: None, warnings: Vec::new() });
    }
    match pasted::understand(first) {
        Pasted::Pair { pair, how, host, warnings } => Ok(Question::Pair { pair, how: Some(how), host, warnings }),
        Pasted::Chat { id, host } => Ok(Question::Chat { id, host }),
        Pasted::Credential { credential: Some(_), .. } => Err(guard::SECRET_TYPED.to_owned()),
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
