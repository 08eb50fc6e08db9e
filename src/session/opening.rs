//! From a name to a session: the entry in the file of profiles and the secret, wherever it is, become
//! something that can ask. Everything here reads the disk and may ask the keyring or run a command, so it
//! blocks: call it off the path of anything that draws.

use std::sync::Arc;

use crate::domain::address::RestRoot;
use crate::domain::credential::{Credential, Secret};
use crate::domain::profile::Sketch;
use crate::portal::Client;
use crate::store::Places;
use crate::store::profiles::{Entry, Kind, Profiles, ProfilesTrouble, SecretPlace};
use crate::store::secrets::{Home, Secrets, Stored, bound};

use super::refresh::follow;
use super::stored::{self, profile};
use super::{Learned, Session};

/// A profile, opened.
#[derive(Debug)]
pub struct Opened {
    pub session: Session,
    /// Where the secret was found, in words: `in the keyring of this system`.
    pub home: String,
    /// What a person should know, though it could be opened.
    pub notes: Vec<String>,
}

/// Opens the profile of that name.
///
/// # Errors
/// Words for a person: there is none of that name, the file is broken, the secret was not had.
pub fn open(places: &Places, name: &str, client: Client) -> Result<Opened, String> {
    let profiles = load(places)?;
    open_entry(places, profiles.entry(name).map_err(words)?, client)
}

/// Opens the active profile; `None` where there is none.
///
/// # Errors
/// As [`open`].
pub fn open_active(places: &Places, client: Client) -> Result<Option<Opened>, String> {
    load(places)?.active().map(|entry| open_entry(places, entry, client)).transpose()
}

/// Every secret that this program keeps, for looking through what is about to leave it. Places of the
/// user's own are not asked: that could run commands. What cannot be read cannot be looked for.
pub fn known_secrets(places: &Places) -> Vec<Secret> {
    let (Ok(profiles), secrets) = (load(places), Secrets::new(places)) else { return Vec::new() };
    let ours = profiles.entries().iter().filter(|entry| entry.secret.is_ours());
    ours.filter_map(|entry| secrets.read(entry).ok())
        .flat_map(|stored| stored.secrets().cloned().collect::<Vec<_>>())
        .collect()
}

/// All profiles, in the file's order, as a list shows them. No secret is touched.
///
/// # Errors
/// Words, when the file cannot be read.
pub fn sketches(places: &Places) -> Result<Vec<Sketch>, String> {
    let profiles = load(places)?;
    let active = profiles.active().map(|entry| entry.name.as_str());
    Ok(profiles.entries().iter().map(|entry| sketch(entry, active == Some(entry.name.as_str()))).collect())
}

/// Adds a webhook's profile with nothing out of the ordinary, and keeps its secret. Says where.
///
/// # Errors
/// Words, when the name cannot be taken or the disk failed; nothing was added then.
pub fn add_webhook(places: &Places, name: &str, root: &RestRoot, credential: &Credential) -> Result<String, String> {
    let Credential::Webhook { user, secret } = credential else {
        return Err("this is an access token and no webhook: b24chat profile add --oauth takes it".to_owned());
    };
    let entry = Entry::new(name, root.clone(), Kind::Webhook { user: user.clone() });
    let added = add(places, &entry, Some(&Stored::Webhook(secret.clone())))?;
    Ok(added.home)
}

/// An entry that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Where its secret is, in words.
    pub home: String,
    pub notes: Vec<String>,
}

/// Adds an entry and keeps its secret, where it is ours to keep. The secret goes first: an entry without
/// its secret would be of no use. Whatever fails, the secret of a profile that is there already is not
/// touched.
///
/// # Errors
/// Words; nothing was added.
pub fn add(places: &Places, entry: &Entry, stored: Option<&Stored>) -> Result<Added, String> {
    let secrets = Secrets::new(places);
    let (entry, notes) = following(entry, stored);
    let mut kept = Ok(None);
    let edited = Profiles::edit(&places.profiles_file(), |profiles| {
        profiles.add(&entry)?;
        kept = stored.map(|stored| secrets.write(&entry.name, &bound(stored, &entry))).transpose();
        // Its own words are told below; here it only has to stop the change.
        kept.is_ok().then_some(()).ok_or(ProfilesTrouble::Unwritable("a profile without its secret"))
    });
    let kept: Option<Home> = kept.map_err(words)?;
    if let Err(trouble) = edited {
        if kept.is_some() {
            // There is no entry that it belongs to.
            drop(secrets.forget(&entry.name));
        }
        return Err(words(trouble));
    }
    let home = kept.map(|home| home.words()).or(entry.secret.words()).unwrap_or_default();
    Ok(Added { home, notes: [notes, secrets.take_notes()].concat() })
}

/// The entry as the tokens have it: they say which portal they are for.
fn following(entry: &Entry, stored: Option<&Stored>) -> (Entry, Vec<String>) {
    let (mut entry, mut notes) = (entry.clone(), Vec::new());
    if let Some(Stored::OAuth(chain)) = stored {
        let credential = Credential::OAuth { access: chain.access.clone() };
        let followed = follow(&profile(&entry, credential), chain);
        if followed.root != entry.root {
            notes.push(format!(
                "the tokens came with the address {}, which is asked instead of {}",
                followed.root, entry.root
            ));
        }
        (entry.root, entry.member_id) = (followed.root, followed.member_id);
    }
    (entry, notes)
}

/// Takes a profile out of the file, and its secret out of wherever this program keeps it. Says what there
/// is to know about that.
///
/// # Errors
/// Words; where the secret could not be removed, the profile is gone all the same.
pub fn remove(places: &Places, name: &str) -> Result<Vec<String>, String> {
    let profiles = load(places)?;
    let entry = profiles.entry(name).map_err(words)?;
    // Whoever refreshes right now would put the secret back.
    let _lock = stored::wait(places, entry).map_err(words)?;
    Profiles::edit(&places.profiles_file(), |profiles| profiles.remove(name)).map_err(words)?;
    let secrets = Secrets::new(places);
    stored::forget(places, &secrets, name)
        .map_err(|why| format!("the profile {name} was removed, and its secret was not: {why}"))?;
    let own = entry.secret.words().map(|place| format!("its secret is {place}; it was not touched"));
    Ok(own.into_iter().chain(secrets.take_notes()).collect())
}

/// Writes another address of the portal into a profile, and into its chain where that knows one.
///
/// # Errors
/// Words, when the disk failed.
pub fn change_root(places: &Places, name: &str, root: &RestRoot) -> Result<(), String> {
    let profiles = load(places)?;
    let entry = profiles.entry(name).map_err(words)?;
    if matches!(entry.kind, Kind::OAuth { .. }) && entry.secret == SecretPlace::Store {
        stored::move_chain(places, entry, root).map_err(words)?;
    }
    let (secrets, moved) = (Secrets::new(places), Entry { root: root.clone(), ..entry.clone() });
    // A webhook's secret is bound to its portal. It is unbound first and bound to the new one last, so that
    // wherever this ends, the profile and its secret fit together.
    let code = match (&entry.kind, entry.secret.is_ours()) {
        (Kind::Webhook { .. }, true) => Some(secrets.read(entry).map_err(words)?),
        _ => None,
    };
    if let Some(code) = &code {
        secrets.write(name, code).map_err(words)?;
    }
    Profiles::edit(&places.profiles_file(), |profiles| profiles.set_root(name, root)).map_err(words)?;
    if let Some(code) = &code {
        secrets.write(name, &bound(code, &moved)).map_err(words)?;
    }
    Ok(())
}

/// Writes what a refresh taught about the portal into the file.
///
/// # Errors
/// Words, when the file could not be changed.
pub fn learn(places: &Places, name: &str, learned: &Learned) -> Result<(), String> {
    Profiles::edit(&places.profiles_file(), |profiles| {
        let entry = profiles.entry(name)?.clone();
        if entry.root != learned.root {
            profiles.set_root(name, &learned.root)?;
        }
        if let Some(member_id) = learned.member_id.as_ref().filter(|id| entry.member_id.as_ref() != Some(*id)) {
            profiles.set_member_id(name, member_id)?;
        }
        // A name that a person or the portal gave says more than a number.
        if let Some(user) = learned.user_id.filter(|_| entry.user_name.is_none()) {
            profiles.set_user_name(name, &format!("user {user}"))?;
        }
        Ok(())
    })
    .map_err(words)
}

fn load(places: &Places) -> Result<Profiles, String> {
    Profiles::load(&places.profiles_file()).map_err(words)
}

fn open_entry(places: &Places, entry: &Entry, client: Client) -> Result<Opened, String> {
    let secrets = Arc::new(Secrets::new(places));
    let session = stored::open(places, &secrets, entry, client).map_err(words)?;
    let home = secrets.home_of(entry).map_err(words)?;
    let mut notes = secrets.take_notes();
    notes.extend(elsewhere(entry, &session.profile().root));
    Ok(Opened { session, home, notes })
}

/// A chain's own address is believed before the file's.
fn elsewhere(entry: &Entry, asked: &RestRoot) -> Option<String> {
    (*asked != entry.root).then(|| {
        format!(
            "the file of profiles says that {} is at {}; its newest tokens came with the address {asked}, and that is \
             asked",
            entry.name, entry.root
        )
    })
}

fn sketch(entry: &Entry, active: bool) -> Sketch {
    Sketch {
        name: entry.name.clone(),
        host: entry.root.host(),
        whose: whose(entry),
        colour: entry.colour,
        insecure_tls: entry.connection.insecure_tls,
        active,
    }
}

/// Whose credential it is, as far as the file says.
pub fn whose(entry: &Entry) -> String {
    match (&entry.kind, &entry.user_name) {
        (Kind::Webhook { user }, _) => {
            let secret = Secret::new("");
            profile(entry, Credential::Webhook { user: user.clone(), secret }).whose()
        }
        (Kind::OAuth { client_id, .. }, name) => {
            let app = if client_id.is_empty() { "an app".to_owned() } else { format!("app {client_id}") };
            name.as_ref().map_or(app.clone(), |name| format!("{app}, {name}"))
        }
    }
}

fn words(trouble: impl ToString) -> String {
    trouble.to_string()
}
