//! Where secrets live: in the keyring of the system where one answers, else in a file that only this
//! user can read; or in a place of the user's own, which is read and never written.
//!
//! A secret is found by the folder of settings and the profile's name. The portal's address is no part
//! of that, so a secret survives a move of its portal; the folder is, so that two files of profiles with
//! the same name in them never get each other's secret.
//!
//! One rule keeps a token chain from being lost: the file comes first. A secret that is in the file is
//! read there and written there, whatever the keyring says; the keyring is the home of a secret only as
//! long as the file has none of that name. So a keyring that fails for a while can fall behind, and what
//! it still holds is never taken for the newest.

pub(in crate::store) mod document;
mod keyring;
mod own_place;
mod trouble;
mod vault;

use std::env;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde_json::Value;
use zeroize::Zeroizing;

pub use document::{Stored, bound, from_json};
pub use keyring::KeyringTrouble;
pub use trouble::SecretTrouble;

use super::Places;
use super::profiles::{Entry, SecretPlace};
use vault::Vault;

/// The variable that switches the keyring off when it says `off`.
pub const KEYRING: &str = "B24CHAT_KEYRING";

/// Where a secret was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    Keyring,
    File(PathBuf),
}

impl Home {
    /// In words: `in the keyring of this system`.
    pub fn words(&self) -> String {
        match self {
            Self::Keyring => "in the keyring of this system".to_owned(),
            Self::File(path) => format!("in the file {}, readable by this user only", path.display()),
        }
    }
}

/// What a secret is stored under.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SecretKey {
    /// The folder of settings, as text.
    config: String,
    profile: String,
}

impl SecretKey {
    /// Whether an item of the file is the one under this key.
    fn is_of(&self, item: &Value) -> bool {
        let is = |member: &str, text: &str| item.get(member).and_then(Value::as_str) == Some(text);
        is("config", &self.config) && is("profile", &self.profile)
    }
}

/// The secrets of one folder of settings. Everything here may block, for up to 30 seconds where a command
/// is asked.
#[derive(Debug)]
pub struct Secrets {
    places: Places,
    vault: Vault,
    is_keyring_on: bool,
    notes: Mutex<Vec<String>>,
}

impl Secrets {
    /// Asks and reads nothing yet.
    pub fn new(places: &Places) -> Self {
        let is_keyring_on = env::var_os(KEYRING).is_none_or(|value| value != "off");
        Self { is_keyring_on, ..Self::without_keyring(places) }
    }

    /// The same, as if the environment had switched the keyring off.
    pub fn without_keyring(places: &Places) -> Self {
        let vault = Vault::new(places.secrets_file());
        Self { places: places.clone(), vault, is_keyring_on: false, notes: Mutex::default() }
    }

    /// The secret of an entry, from the place that the entry names.
    ///
    /// # Errors
    /// When it is not there, cannot be read, or is not what the entry's kind needs.
    pub fn read(&self, entry: &Entry) -> Result<Stored, SecretTrouble> {
        let Some(own) = read_own(&entry.secret)? else { return self.read_store(entry) };
        let origin = entry.secret.words().unwrap_or_default();
        document::from_text(&own, entry).map_err(|why| SecretTrouble::Unreadable { origin, why })
    }

    /// Keeps a secret under a profile's name, in the place of the one that was there. When this returns
    /// the new one is durable; until then the old one can still be read. For a chain, hold the profile's
    /// [`RefreshLock`](super::refresh_lock::RefreshLock).
    ///
    /// # Errors
    /// When neither the keyring nor the file takes it. The old one is still there.
    pub fn write(&self, profile: &str, stored: &Stored) -> Result<Home, SecretTrouble> {
        self.places.make_data_dir()?;
        self.tighten()?;
        let key = self.key(profile);
        let document = document::to_json(stored);
        if self.vault.get(&key)?.is_none() {
            match self.put_into_keyring(&key, &document) {
                Ok(()) => return Ok(Home::Keyring),
                Err(KeyringTrouble::Off) => {}
                Err(trouble) => self.note(format!("{trouble}, so the secret was put into a file")),
            }
        }
        self.vault.put(&key, document)?;
        Ok(Home::File(self.vault.path().to_owned()))
    }

    /// Removes what is stored under a profile's name, from the keyring and from the file.
    ///
    /// # Errors
    /// When the file cannot be changed. A keyring that could not be asked is told by [`Self::take_notes`].
    pub fn forget(&self, profile: &str) -> Result<(), SecretTrouble> {
        let key = self.key(profile);
        let is_in_file = self.vault.get(&key)?.is_some();
        if self.is_keyring_on {
            match keyring::remove(&key) {
                Ok(()) => {}
                // Where there is none, the file is what was used; without it, this may be another session
                // than the one that the secret was given in.
                Err(KeyringTrouble::Absent) if is_in_file => {}
                Err(trouble) => self.note(format!(
                    "{trouble}, so a secret of the profile {profile} may still be in it: look there for b24chat"
                )),
            }
        }
        self.vault.remove(&key)
    }

    /// Where an entry's secret is, in words: "in the keyring of this system", "in the file …, readable by
    /// this user only", "from the environment variable X", "printed by the command pass".
    ///
    /// # Errors
    /// When it is in neither of our places, or they cannot be read.
    pub fn home_of(&self, entry: &Entry) -> Result<String, SecretTrouble> {
        if let Some(words) = entry.secret.words() {
            return Ok(words);
        }
        let key = self.key(&entry.name);
        Ok(self.find(&key)?.1.words())
    }

    /// What happened on the way that a person should know, since this was asked last: a file whose mode
    /// was tightened, a keyring that did not answer.
    pub fn take_notes(&self) -> Vec<String> {
        self.notes.lock().map(|mut notes| std::mem::take(&mut *notes)).unwrap_or_default()
    }

    fn read_store(&self, entry: &Entry) -> Result<Stored, SecretTrouble> {
        let (document, home) = self.find(&self.key(&entry.name))?;
        from_json(&document, entry).map_err(|why| SecretTrouble::Unreadable { origin: home.words(), why })
    }

    fn find(&self, key: &SecretKey) -> Result<(Value, Home), SecretTrouble> {
        self.tighten()?;
        if let Some(document) = self.vault.get(key)? {
            return Ok((document, Home::File(self.vault.path().to_owned())));
        }
        let profile = key.profile.clone();
        match self.get_from_keyring(key) {
            Ok(Some(document)) => Ok((document, Home::Keyring)),
            Ok(None) => Err(SecretTrouble::Missing { profile }),
            Err(keyring) => Err(SecretTrouble::KeyringUnread { profile, file: self.vault.path().to_owned(), keyring }),
        }
    }

    fn get_from_keyring(&self, key: &SecretKey) -> Result<Option<Value>, KeyringTrouble> {
        if !self.is_keyring_on {
            return Err(KeyringTrouble::Off);
        }
        let Some(text) = keyring::get(key)? else { return Ok(None) };
        serde_json::from_str(&text).map(Some).map_err(|_| KeyringTrouble::Failed)
    }

    /// Writes and reads back: only what can be read again counts as kept.
    fn put_into_keyring(&self, key: &SecretKey, document: &Value) -> Result<(), KeyringTrouble> {
        if !self.is_keyring_on {
            return Err(KeyringTrouble::Off);
        }
        keyring::put(key, Zeroizing::new(document.to_string()))?;
        match self.get_from_keyring(key)? {
            Some(kept) if kept == *document => Ok(()),
            _ => Err(KeyringTrouble::Failed),
        }
    }

    fn tighten(&self) -> Result<(), SecretTrouble> {
        if self.vault.tighten()? {
            self.note(format!(
                "the file {} could be read by other users of this machine and no longer can. Whoever read it knows the \
                 secrets in it: have new ones made if that may have happened",
                self.vault.path().display()
            ));
        }
        Ok(())
    }

    fn note(&self, note: String) {
        if let Ok(mut notes) = self.notes.lock() {
            notes.push(note);
        }
    }

    fn key(&self, profile: &str) -> SecretKey {
        SecretKey { config: config_text(&self.places.config_dir), profile: profile.to_owned() }
    }
}

/// What is in a place of the user's own, as it stands there; `None` for the store.
///
/// # Errors
/// When it is not there or cannot be read.
pub fn read_own(place: &SecretPlace) -> Result<Option<Zeroizing<String>>, SecretTrouble> {
    match place {
        SecretPlace::Store => Ok(None),
        SecretPlace::Env(name) => own_place::variable(name).map(Some),
        SecretPlace::Command(words) => own_place::command(words).map(Some),
        SecretPlace::File(path) => own_place::file(path).map(Some),
    }
}

fn config_text(folder: &Path) -> String {
    folder.to_string_lossy().into_owned()
}
