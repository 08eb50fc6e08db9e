//! Which portal is asked: the demo, or the one that the environment names.

use std::env;
use std::path::PathBuf;

use super::output;
use crate::domain::address::RestRoot;
use crate::domain::credential::{Credential, Secret};
use crate::domain::pasted;
use crate::domain::profile::Profile;
use crate::store::Places;
use crate::tui::runtime::Source;

/// A webhook's address, secret included.
const WEBHOOK: &str = "B24CHAT_WEBHOOK";
/// A portal's address.
const PORTAL: &str = "B24CHAT_PORTAL";
/// An OAuth access token for it.
const TOKEN: &str = "B24CHAT_TOKEN";

/// The name of the profile that comes from the environment.
const NAME: &str = "env";

const NOTHING_NAMED: &str = "No portal is named. Put a webhook's address into the environment variable B24CHAT_WEBHOOK, or a \
                             portal's address into B24CHAT_PORTAL and an access token into B24CHAT_TOKEN. With --demo the \
                             program brings a portal of its own.";

/// A profile, and what was noticed about the variables it came from: never their values.
pub struct Named {
    pub profile: Profile,
    pub notes: Vec<String>,
}

/// The profile that the environment names.
///
/// # Errors
/// Words that say which variable is wrong, and how; never its value.
pub fn from_environment() -> Result<Named, String> {
    if let Some(webhook) = variable(WEBHOOK)? {
        let (root, credential, notes) = pasted::webhook(&webhook).map_err(|why| format!("{WEBHOOK}: {why}"))?;
        return Ok(named(root, credential, notes, WEBHOOK));
    }
    match (variable(PORTAL)?, variable(TOKEN)?) {
        (Some(portal), Some(token)) => {
            let (root, notes) = pasted::portal_root(&portal).map_err(|why| format!("{PORTAL}: {why}"))?;
            let credential = Credential::OAuth { access: Secret::new(token.trim()) };
            Ok(named(root, credential, notes, PORTAL))
        }
        (Some(_), None) => {
            Err(format!("{PORTAL} is set and {TOKEN} is not: put an access token for that portal into it."))
        }
        (None, Some(_)) => Err(format!("{TOKEN} is set and {PORTAL} is not: put the portal's address into it.")),
        (None, None) => Err(NOTHING_NAMED.to_owned()),
    }
}

/// The same for the explorer, which starts without a portal too and says so on its screen.
pub fn for_explorer(demo: bool) -> Source {
    if demo {
        return Source::Demo;
    }
    match from_environment() {
        Ok(Named { profile, notes }) => {
            for note in &notes {
                output::sentence(note);
            }
            Source::Profile(Box::new(profile))
        }
        Err(why) => Source::Missing(why),
    }
}

/// Where the history is.
///
/// # Errors
/// Words, when there is no place for it.
pub fn history_file() -> Result<PathBuf, String> {
    Places::from_env().map(|places| places.history_file()).map_err(|error| error.to_string())
}

fn named(root: RestRoot, credential: Credential, notes: Vec<String>, variable: &str) -> Named {
    let profile = Profile::new(NAME, root, credential);
    Named { profile, notes: notes.into_iter().map(|note| format!("{variable}: {note}")).collect() }
}

fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(format!("{name} is not text: set it again.")),
    }
}
