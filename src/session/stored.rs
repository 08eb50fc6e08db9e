//! From an entry of the profiles' file to a session: the secret is read from where it lives, and a chain
//! that this program keeps can be replaced. One in a place of the user's own is only used: a new pair
//! would have nowhere to go.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::Session;
use super::keeper::{ChainKeeper, Fingerprint, Held, KeeperTrouble, Note};
use super::refresh::fingerprint;
use crate::domain::address::RestRoot;
use crate::domain::chain::Chain;
use crate::domain::credential::Credential;
use crate::domain::profile::Profile;
use crate::portal::Client;
use crate::store::Places;
use crate::store::profiles::{Entry, Kind};
use crate::store::refresh_files::RefreshFiles;
use crate::store::refresh_lock::RefreshLock;
use crate::store::secrets::{SecretTrouble, Secrets, Stored};

/// For a refresh of another process to end.
const PATIENCE: Duration = Duration::from_secs(15);

/// Opens an entry's profile. Blocks as reading a secret does. `secrets` may have notes for the user
/// afterwards.
///
/// # Errors
/// When the secret is not there, cannot be read, or is of another kind than the entry.
pub fn open(places: &Places, secrets: &Arc<Secrets>, entry: &Entry, client: Client) -> Result<Session, SecretTrouble> {
    let keeper = StoreKeeper::new(places, secrets, entry);
    let stored = secrets.read(entry)?;
    match (stored, &entry.kind) {
        (Stored::OAuth(chain), _) => {
            let profile = profile(entry, super::credential(&chain));
            let chain = keeper.rescued(&chain)?.unwrap_or(chain);
            Ok(Session::of_chain(profile, chain, client, Arc::new(keeper)))
        }
        (Stored::Webhook(secret), Kind::Webhook { user }) => {
            let credential = Credential::Webhook { user: user.clone(), secret };
            Ok(Session::of_profile(profile(entry, credential), client))
        }
        (Stored::Webhook(_), Kind::OAuth { .. }) => Err(SecretTrouble::Unreadable {
            origin: "of this profile".to_owned(),
            why: "it is a webhook's, and the profile's kind is oauth".to_owned(),
        }),
    }
}

/// Writes the portal's other address into the chain of an entry, where the chain names one: it is believed
/// before the file of profiles. Waits for a refresh that is under way.
pub fn move_chain(places: &Places, entry: &Entry, root: &RestRoot) -> Result<(), KeeperTrouble> {
    let lock = RefreshLock::acquire(places, &entry.name, PATIENCE).map_err(told)?;
    let keeper = StoreKeeper::new(places, &Arc::new(Secrets::new(places)), entry);
    let mut held = HeldStore { keeper, _lock: Some(lock) };
    let chain = held.read()?;
    if chain.client_endpoint.as_ref().is_none_or(|known| known == root) {
        return Ok(());
    }
    held.write(&Chain { client_endpoint: Some(root.clone()), ..chain })
}

/// Keeps everybody from refreshing the chain of an entry, for as long as the lock is held.
pub fn wait(places: &Places, entry: &Entry) -> Result<Option<RefreshLock>, SecretTrouble> {
    let is_chain = entry.secret.is_ours() && matches!(entry.kind, Kind::OAuth { .. });
    is_chain.then(|| RefreshLock::acquire(places, &entry.name, PATIENCE)).transpose()
}

/// Removes a secret and what lies beside it.
pub fn forget(places: &Places, secrets: &Secrets, profile: &str) -> Result<(), SecretTrouble> {
    secrets.forget(profile)?;
    let files = RefreshFiles::new(places, profile);
    files.remove_rescue()?;
    files.remove_note()
}

/// The profile of an entry, once its credential is known.
pub fn profile(entry: &Entry, credential: Credential) -> Profile {
    Profile {
        user_name: entry.user_name.clone(),
        member_id: entry.member_id.clone(),
        connection: entry.connection.clone(),
        colour: entry.colour,
        plan: entry.plan,
        ..Profile::new(entry.name.clone(), entry.root.clone(), credential)
    }
}

/// Keeps the chain of one entry where the store keeps secrets.
#[derive(Clone)]
struct StoreKeeper {
    places: Places,
    files: RefreshFiles,
    secrets: Arc<Secrets>,
    entry: Entry,
}

impl StoreKeeper {
    fn new(places: &Places, secrets: &Arc<Secrets>, entry: &Entry) -> Self {
        Self {
            places: places.clone(),
            files: RefreshFiles::new(places, &entry.name),
            secrets: Arc::clone(secrets),
            entry: entry.clone(),
        }
    }

    /// The rescued chain, if it is newer than the stored one.
    fn rescued(&self, stored: &Chain) -> Result<Option<Chain>, SecretTrouble> {
        if !self.entry.secret.is_ours() {
            return Ok(None);
        }
        let rescued = self.files.rescued(&self.entry)?;
        Ok(rescued
            .filter(|(_, instead_of)| fingerprint(stored) == Some(Fingerprint(*instead_of)))
            .map(|(chain, _)| chain))
    }

    fn stored(&self) -> Result<Chain, SecretTrouble> {
        match self.secrets.read(&self.entry)? {
            Stored::OAuth(chain) => Ok(chain),
            Stored::Webhook(_) => Err(SecretTrouble::Missing { profile: self.entry.name.clone() }),
        }
    }
}

impl ChainKeeper for StoreKeeper {
    fn try_lock(&self) -> Result<Option<Box<dyn Held>>, KeeperTrouble> {
        if !self.entry.secret.is_ours() {
            return Ok(Some(Box::new(HeldStore { keeper: self.clone(), _lock: None })));
        }
        match RefreshLock::acquire(&self.places, &self.entry.name, Duration::ZERO) {
            Ok(lock) => Ok(Some(Box::new(HeldStore { keeper: self.clone(), _lock: Some(lock) }))),
            Err(SecretTrouble::Busy { .. }) => Ok(None),
            Err(trouble) => Err(told(trouble)),
        }
    }

    fn rescue(&self, chain: &Chain, instead_of: Fingerprint) -> Result<PathBuf, KeeperTrouble> {
        let earlier = self.files.rescued(&self.entry).ok().flatten();
        let earlier = earlier.filter(|(rescued, _)| fingerprint(rescued) == Some(instead_of));
        let instead_of = earlier.map_or(instead_of.0, |(_, stored)| stored);
        self.files.rescue(chain, instead_of).map_err(told)
    }

    fn read_only(&self) -> Option<String> {
        self.entry.secret.words()
    }
}

/// With the lock; a place that is only read needs none.
struct HeldStore {
    keeper: StoreKeeper,
    _lock: Option<RefreshLock>,
}

impl Held for HeldStore {
    fn read(&mut self) -> Result<Chain, KeeperTrouble> {
        let stored = self.keeper.stored().map_err(told)?;
        let Some(rescued) = self.keeper.rescued(&stored).map_err(told)? else { return Ok(stored) };
        if self.write(&rescued).is_ok() {
            // Left there it would be out of date, and is known to be by what it says it is newer than.
            drop(self.keeper.files.remove_rescue());
        }
        Ok(rescued)
    }

    fn write(&mut self, chain: &Chain) -> Result<(), KeeperTrouble> {
        let stored = Stored::OAuth(chain.clone());
        self.keeper.secrets.write(&self.keeper.entry.name, &stored).map(drop).map_err(told)
    }

    fn note(&mut self) -> Result<Option<Note>, KeeperTrouble> {
        let note = self.keeper.files.note().map_err(told)?;
        Ok(note.map(|(began, with)| Note { began, with: Fingerprint(with) }))
    }

    fn set_note(&mut self, note: Option<&Note>) -> Result<(), KeeperTrouble> {
        match note {
            Some(note) => self.keeper.files.set_note(note.began, note.with.0),
            None => self.keeper.files.remove_note(),
        }
        .map_err(told)
    }
}

fn told(trouble: SecretTrouble) -> KeeperTrouble {
    KeeperTrouble(trouble.to_string())
}
