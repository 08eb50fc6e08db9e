//! Which portal is asked: the demo, a profile of the file, or the one that the environment names.

use std::env;
use std::path::PathBuf;

use super::{Exit, language, output};
use crate::demo::{self, DemoPortal};
use crate::domain::address::RestRoot;
use crate::domain::credential::{Credential, Secret};
use crate::domain::language::Phrase;
use crate::domain::pasted;
use crate::domain::profile::Profile;
use crate::domain::snippet::Caller;
use crate::portal::Client;
use crate::session::Session;
use crate::session::opening::{self, Opened};
use crate::store::Places;
use crate::store::profiles::{Kind, Profiles};
use crate::tui::runtime::{Source, demo_profile};

/// A webhook's address, secret included.
const WEBHOOK: &str = "B24CHAT_WEBHOOK";
/// A portal's address.
const PORTAL: &str = "B24CHAT_PORTAL";
/// An OAuth access token for it.
const TOKEN: &str = "B24CHAT_TOKEN";

/// The port that code for the demo portal names.
const DEMO_PORT: u16 = 8024;

/// The name of the profile that comes from the environment.
const NAME: &str = "env";

const NOTHING_NAMED: &str = "No portal is named. Put a webhook's address into the environment variable B24CHAT_WEBHOOK, or a \
                             portal's address into B24CHAT_PORTAL and an access token into B24CHAT_TOKEN; or keep it with \
                             b24chat profile add NAME. With --demo the program brings a portal of its own.";

const NOTHING_IN_ENVIRONMENT: &str = "The environment names no portal: set B24CHAT_WEBHOOK, or B24CHAT_PORTAL and \
                                      B24CHAT_TOKEN, or name another profile.";

/// A profile, and what was noticed about the variables it came from: never their values.
pub struct Named {
    pub profile: Profile,
    pub notes: Vec<String>,
}

/// What the arguments say about which portal to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Demo,
    /// The profile of that name.
    Profile(String),
    /// Nothing: the environment, else the active profile.
    Usual,
}

/// What can be asked with, and what keeps it alive.
pub struct Asker {
    pub session: Session,
    pub notes: Vec<String>,
    /// Of a profile of the file: what is learned is written there.
    pub places: Option<Places>,
    /// Serves as long as it is held.
    #[expect(dead_code, reason = "holding it is what keeps it serving")]
    pub demo: Option<DemoPortal>,
}

/// Why there is nothing to ask with.
pub type Refusal = (Exit, String);

/// Reads the arguments. The demo portal and the environment can be named as profiles too.
pub fn choose(demo: bool, profile: Option<String>) -> Choice {
    match profile {
        _ if demo => Choice::Demo,
        Some(name) if name == "demo" => Choice::Demo,
        Some(name) => Choice::Profile(name),
        None => Choice::Usual,
    }
}

/// Opens what was chosen. Blocks while the secret is read.
///
/// # Errors
/// Words, and how the program ends with them.
pub async fn open(choice: Choice, client: Client) -> Result<Asker, Refusal> {
    let ours = |why: String| (Exit::OurFault, why);
    let name = match choice {
        Choice::Demo => return demo(client).await,
        Choice::Profile(name) if name == NAME => None,
        Choice::Profile(name) => Some(name),
        Choice::Usual => match from_environment().map_err(usage)? {
            Some(named) => return Ok(of_environment(named, client)),
            None => {
                // Without a place for files there can be no profile either.
                let Ok(places) = Places::from_env() else { return Err(usage(NOTHING_NAMED.to_owned())) };
                let opened = opening::open_active(&places, client).map_err(ours)?;
                let opened = opened.ok_or_else(|| usage(nothing_active(&places)))?;
                return Ok(of_file(opened, places));
            }
        },
    };
    let Some(name) = name else {
        let named = from_environment().map_err(usage)?.ok_or_else(|| usage(NOTHING_IN_ENVIRONMENT.to_owned()))?;
        return Ok(of_environment(named, client));
    };
    let places = Places::from_env().map_err(|why| ours(why.to_string()))?;
    let profiles = Profiles::load(&places.profiles_file()).map_err(|why| ours(why.to_string()))?;
    profiles.entry(&name).map_err(|why| usage(why.to_string()))?;
    opening::open(&places, &name, client).map(|opened| of_file(opened, places)).map_err(ours)
}

async fn demo(client: Client) -> Result<Asker, Refusal> {
    let failed = |error| usage(format!("The demo portal could not be started on this machine: {error}."));
    let portal = demo::start(demo::Options::default()).await.map_err(failed)?;
    let session = Session::of_profile(demo_profile(&portal).map_err(usage)?, client);
    Ok(Asker { session, notes: Vec::new(), places: None, demo: Some(portal) })
}

fn of_environment(named: Named, client: Client) -> Asker {
    Asker { session: Session::of_profile(named.profile, client), notes: named.notes, places: None, demo: None }
}

fn of_file(opened: Opened, places: Places) -> Asker {
    Asker { session: opened.session, notes: opened.notes, places: Some(places), demo: None }
}

fn usage(why: String) -> Refusal {
    (Exit::Usage, why)
}

fn nothing_active(places: &Places) -> String {
    match opening::sketches(places) {
        Ok(sketches) if !sketches.is_empty() => {
            "No portal is named, and no profile is active. Name one with -p NAME, or make it \
                                                 the active one with b24chat profile use NAME."
                .to_owned()
        }
        _ => NOTHING_NAMED.to_owned(),
    }
}

/// The profile that the environment names; `None` where it names none.
///
/// # Errors
/// Words that say which variable is wrong, and how; never its value.
pub fn from_environment() -> Result<Option<Named>, String> {
    if let Some(webhook) = variable(WEBHOOK)? {
        let (root, credential, notes) =
            pasted::webhook(&webhook).map_err(|why| format!("{WEBHOOK}: {}", language::said(&why)))?;
        return Ok(Some(named(root, credential, notes, WEBHOOK)));
    }
    match (variable(PORTAL)?, variable(TOKEN)?) {
        (Some(portal), Some(token)) => {
            let (root, notes) =
                pasted::portal_root(&portal).map_err(|why| format!("{PORTAL}: {}", language::said(&why)))?;
            let credential = Credential::OAuth { access: Secret::new(token.trim()) };
            Ok(Some(named(root, credential, notes, PORTAL)))
        }
        (Some(_), None) => {
            Err(format!("{PORTAL} is set and {TOKEN} is not: put an access token for that portal into it."))
        }
        (None, Some(_)) => Err(format!("{TOKEN} is set and {PORTAL} is not: put the portal's address into it.")),
        (None, None) => Ok(None),
    }
}

/// The same for the explorer, which starts without a portal too and says so on its screen.
pub fn for_explorer(choice: Choice) -> Source {
    match choice {
        Choice::Demo => Source::Demo,
        // The file and the secret are read after the first frame.
        Choice::Profile(name) if name != NAME => Source::Named(name),
        Choice::Profile(_) | Choice::Usual => match from_environment() {
            Ok(Some(Named { profile, notes })) => {
                notes.iter().for_each(|note| output::sentence(note));
                Source::Profile(Box::new(profile))
            }
            Ok(None) if choice == Choice::Usual => Source::Active,
            Ok(None) => Source::Missing(NOTHING_IN_ENVIRONMENT.to_owned()),
            Err(why) => Source::Missing(why),
        },
    }
}

/// The portal that code is written for, without its secret, which is not even read. `None` where none is
/// named.
///
/// # Errors
/// Words, and how the program ends with them.
pub fn describe(choice: Choice) -> Result<Option<Caller>, Refusal> {
    let ours = |why: String| (Exit::OurFault, why);
    let name = match choice {
        Choice::Demo => return demo_caller(false).map(Some),
        Choice::Profile(name) if name != NAME => Some(name),
        choice => match from_environment().map_err(usage)? {
            Some(Named { profile, notes }) => {
                notes.iter().for_each(|note| output::sentence(note));
                return Ok(Some(Caller::of(&profile.root, &profile.credential)));
            }
            None if choice == Choice::Usual => None,
            None => return Err(usage(NOTHING_IN_ENVIRONMENT.to_owned())),
        },
    };
    // Without a place for files there can be no active profile.
    let places = match (Places::from_env(), &name) {
        (Ok(places), _) => places,
        (Err(_), None) => return Ok(None),
        (Err(why), Some(_)) => return Err(ours(why.to_string())),
    };
    let profiles = Profiles::load(&places.profiles_file()).map_err(|why| ours(why.to_string()))?;
    let entry = match &name {
        Some(name) => Some(profiles.entry(name).map_err(|why| usage(why.to_string()))?),
        None => profiles.active(),
    };
    Ok(entry.map(|entry| match &entry.kind {
        Kind::Webhook { user } => Caller::webhook(&entry.root, user),
        Kind::OAuth { .. } => Caller::oauth(&entry.root),
    }))
}

/// The demo portal as `b24chat demo --port 8024` would serve it; its code guards nothing.
pub fn demo_caller(with_secret: bool) -> Result<Caller, Refusal> {
    let webhook = format!("http://127.0.0.1:{DEMO_PORT}/rest/1/{}/", demo::WEBHOOK_CODE);
    let (root, credential, _) = pasted::webhook(&webhook).map_err(|why| usage(language::said(&why)))?;
    Ok(if with_secret { Caller::with_secret(&root, &credential) } else { Caller::of(&root, &credential) })
}

/// Where the history is.
///
/// # Errors
/// Words, when there is no place for it.
pub fn history_file() -> Result<PathBuf, String> {
    Places::from_env().map(|places| places.history_file()).map_err(|error| error.to_string())
}

fn named(root: RestRoot, credential: Credential, notes: Vec<Phrase>, variable: &str) -> Named {
    let profile = Profile::new(NAME, root, credential);
    Named { profile, notes: notes.iter().map(|note| format!("{variable}: {}", language::said(note))).collect() }
}

fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(format!("{name} is not text: set it again.")),
    }
}
