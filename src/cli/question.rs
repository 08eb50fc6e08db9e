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
        let pair = EntityPair::new(first, id).map_err(|why| language::said(&not_a_pair(&why)))?;
        return Ok(Question::Pair { pair, how: None, host: None, warnings: Vec::new() });
    }
    match pasted::understand(first) {
        Pasted::Pair { pair, how, host, warnings } => {
            let warnings = warnings.iter().map(language::said).collect();
            Ok(Question::Pair { pair, how: Some(language::said(&how)), host, warnings })
        }
        Pasted::Chat { id, host } => Ok(Question::Chat { id, host }),
        Pasted::Credential { credential: Some(_), .. } => Err(language::said(&guard::secret_typed())),
        Pasted::Credential { credential: None, .. } => Err(language::said(&Phrase::new(
            "That is a portal's address and names no entity. Nothing was sent. Put the address into B24CHAT_PORTAL and an \
             access token for it into B24CHAT_TOKEN, and give the pair: b24chat get CRM 'DEAL|1663'.",
            "Это адрес портала, объекта он не называет. Ничего не отправлено. Положите адрес в B24CHAT_PORTAL, токен доступа \
             к нему в B24CHAT_TOKEN и укажите пару: b24chat get CRM 'DEAL|1663'.",
        ))),
        Pasted::Refused(why) => Err(language::said(&Phrase::new(
            format!("{} Nothing was sent.", output::as_sentence(why.en())),
            format!("{} Ничего не отправлено.", output::as_sentence(why.get(Language::Ru))),
        ))),
        Pasted::Plain => Err(language::said(&Phrase::new(
            "One argument alone has to name both type and id: 'deal 1663', 'DEAL|1663', a page's address, JSON. \
             Otherwise give both: b24chat get TASKS_TASK 8293. Nothing was sent.",
            "Один аргумент должен называть и тип, и id: 'deal 1663', 'DEAL|1663', адрес страницы, JSON. Иначе укажите оба: \
             b24chat get TASKS_TASK 8293. Ничего не отправлено.",
        ))),
    }
}
