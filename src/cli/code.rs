//! `b24chat code`: the same call in another language, on standard output. Nothing is sent, and no secret is
//! read unless it is asked for.

use tokio::runtime::Builder;

use super::args::Code;
use super::get::printed;
use super::question::{self, Question};
use super::source::{self, Choice};
use super::{Exit, output};
use crate::domain::snippet::{Caller, code};
use crate::portal::{self, Client};

const HOLDS_SECRET: &str = "This code holds the secret: whoever reads it can use the portal as its owner.";

const NO_SECRET: &str = "This language asks as the page or the app it runs in, so there is no secret in this code.";

const WANTS_HTTPS: &str = "The SDK of this language takes only addresses with https, and this portal has none.";

const NOBODY: &str = "No portal is named, so the code has an invented one.";

pub fn run(asked: &Code, choice: Choice) -> Exit {
    let (pair, asides, host) = match question::understand(&asked.first, asked.second.as_deref()) {
        Ok(Question::Pair { pair, how, host, warnings }) => {
            (pair, warnings.into_iter().chain(how.filter(|_| output::is_watched())).collect::<Vec<_>>(), host)
        }
        Ok(Question::Chat { .. }) => {
            output::words("That names a chat itself, so there is no call to write. Nothing was sent.");
            return Exit::Usage;
        }
        Err(why) => {
            output::words(&why);
            return Exit::Usage;
        }
    };
    let caller = if asked.with_secret { with_secret(choice) } else { source::describe(choice) };
    let caller = match caller {
        Ok(caller) => caller,
        Err((exit, why)) => {
            output::sentence(&why);
            return exit;
        }
    };
    asides.iter().for_each(|aside| output::sentence(aside));
    match (&caller, host) {
        (None, _) if output::is_watched() => output::words(NOBODY),
        (Some(caller), Some(host)) if host != caller.host() => {
            output::words(&format!("The page is on {host}; this code asks {}.", caller.host()));
        }
        _ => {}
    }
    let caller = caller.unwrap_or_else(Caller::nobody);
    if asked.idiom.wants_https() && !caller.is_https() {
        output::words(WANTS_HTTPS);
    }
    if asked.with_secret {
        output::words(if caller.shows_secret_in(asked.idiom) { HOLDS_SECRET } else { NO_SECRET });
    }
    let text = code(asked.idiom, &caller, &pair);
    printed(output::bytes(text.as_bytes()), Exit::Found)
}

/// Opens what was chosen, which reads its secret. Nothing is asked of the portal.
fn with_secret(choice: Choice) -> Result<Option<Caller>, source::Refusal> {
    if choice == Choice::Demo {
        return source::demo_caller(true).map(Some);
    }
    let Ok(runtime) = Builder::new_current_thread().enable_all().build() else {
        return Err((Exit::OurFault, "the system gives this program no threads".to_owned()));
    };
    let asker = runtime.block_on(source::open(choice, Client::new(portal::Options::default())))?;
    asker.notes.iter().for_each(|note| output::sentence(note));
    let profile = asker.session.profile();
    Ok(Some(Caller::with_secret(&profile.root, &profile.credential)))
}
