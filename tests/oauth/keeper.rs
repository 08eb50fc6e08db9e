//! A chain in a folder: as plain as a keeper can be and still keep every promise of the trait. It can be
//! told to fail, and to end its process at any of its steps.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use b24chat::domain::chain::Chain;
use b24chat::domain::credential::Secret;
use b24chat::session::keeper::{ChainKeeper, Fingerprint, Held, KeeperTrouble, Note};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Between which steps a process can be made to end.
pub const STEPS: [&str; 7] = ["locked", "read", "noted", "answered", "half", "written", "cleared"];

/// What is to go wrong.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    pub no_note: bool,
    pub no_write: bool,
    pub no_rescue: bool,
    /// Ends the process after this step.
    pub abort_after: Option<String>,
}

pub struct FolderKeeper {
    folder: PathBuf,
    pub faults: Mutex<Faults>,
}

impl FolderKeeper {
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), faults: Mutex::default() }
    }

    pub fn stored(&self) -> Chain {
        chain_of(&read(&self.folder.join("chain")).unwrap())
    }

    pub fn store(&self, chain: &Chain) {
        put(&self.folder.join("chain"), &value_of(chain), &|_| ()).unwrap();
    }

    pub fn note(&self) -> Option<Note> {
        note_in(&self.folder)
    }

    pub fn rescue_file(&self) -> PathBuf {
        self.folder.join("rescue")
    }
}

impl ChainKeeper for FolderKeeper {
    fn try_lock(&self) -> Result<Option<Box<dyn Held>>, KeeperTrouble> {
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(self.folder.join("lock"));
        let lock = lock.map_err(trouble)?;
        match lock.try_lock() {
            Ok(()) => {
                let held =
                    Locked { folder: self.folder.clone(), faults: self.faults.lock().unwrap().clone(), _lock: lock };
                held.step("locked");
                Ok(Some(Box::new(held)))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(trouble(error)),
        }
    }

    fn rescue(&self, chain: &Chain, instead_of: Fingerprint) -> Result<PathBuf, KeeperTrouble> {
        if self.faults.lock().unwrap().no_rescue {
            return Err(KeeperTrouble("the data folder is full".into()));
        }
        let path = self.rescue_file();
        let earlier = read(&path).filter(|file| of(&chain_of(&file["chain"])) == Some(instead_of));
        let instead_of = earlier.map_or(json!(instead_of.0), |file| file["instead_of"].clone());
        put(&path, &json!({ "instead_of": instead_of, "chain": value_of(chain) }), &|_| ())?;
        Ok(path)
    }
}

struct Locked {
    folder: PathBuf,
    faults: Faults,
    _lock: File,
}

impl Locked {
    fn step(&self, name: &str) {
        if self.faults.abort_after.as_deref() == Some(name) {
            std::process::abort();
        }
    }
}

impl Held for Locked {
    fn read(&mut self) -> Result<Chain, KeeperTrouble> {
        let stored = read(&self.folder.join("chain")).ok_or_else(|| KeeperTrouble("there is no chain".into()))?;
        let stored = chain_of(&stored);
        let rescue = self.folder.join("rescue");
        let rescued = read(&rescue).filter(|file| of(&stored) == file["instead_of"].as_u64().map(Fingerprint));
        self.step("read");
        let Some(rescued) = rescued.map(|file| chain_of(&file["chain"])) else { return Ok(stored) };
        if self.write(&rescued).is_ok() {
            fs::remove_file(rescue).map_err(trouble)?;
        }
        Ok(rescued)
    }

    fn write(&mut self, chain: &Chain) -> Result<(), KeeperTrouble> {
        self.step("answered");
        if self.faults.no_write {
            return Err(KeeperTrouble("the keyring is locked".into()));
        }
        put(&self.folder.join("chain"), &value_of(chain), &|at| self.step(at))
    }

    fn note(&mut self) -> Result<Option<Note>, KeeperTrouble> {
        Ok(note_in(&self.folder))
    }

    fn set_note(&mut self, note: Option<&Note>) -> Result<(), KeeperTrouble> {
        let path = self.folder.join("note");
        match note {
            Some(_) if self.faults.no_note => Err(KeeperTrouble("the disk is full".into())),
            Some(note) => {
                put(&path, &json!({ "began": note.began.as_second(), "with": note.with.0 }), &|_| ())?;
                self.step("noted");
                Ok(())
            }
            None => {
                let _ = fs::remove_file(path);
                self.step("cleared");
                Ok(())
            }
        }
    }
}

/// Whole or not at all.
fn put(path: &Path, value: &Value, step: &dyn Fn(&str)) -> Result<(), KeeperTrouble> {
    let beside = path.with_extension("new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside).unwrap();
    file.write_all(value.to_string().as_bytes()).and_then(|()| file.sync_all()).map_err(trouble)?;
    step("half");
    fs::rename(&beside, path).map_err(trouble)?;
    File::open(path.parent().unwrap()).and_then(|folder| folder.sync_all()).map_err(trouble)?;
    step("written");
    Ok(())
}

fn read(path: &Path) -> Option<Value> {
    Some(serde_json::from_slice(&fs::read(path).ok()?).unwrap())
}

fn note_in(folder: &Path) -> Option<Note> {
    let note = read(&folder.join("note"))?;
    let began = Timestamp::from_second(note["began"].as_i64().unwrap()).unwrap();
    Some(Note { began, with: Fingerprint(note["with"].as_u64().unwrap()) })
}

fn of(chain: &Chain) -> Option<Fingerprint> {
    chain.refresh.as_ref().map(Fingerprint::of)
}

fn trouble(error: std::io::Error) -> KeeperTrouble {
    KeeperTrouble(error.to_string())
}

fn value_of(chain: &Chain) -> Value {
    json!({
        "access": chain.access.expose(),
        "refresh": chain.refresh.as_ref().map(Secret::expose),
        "client_id": chain.client_id,
        "client_secret": chain.client_secret.as_ref().map(Secret::expose),
        "expires_at": chain.expires_at.map(Timestamp::as_second),
        "member_id": chain.member_id,
        "token_endpoint": chain.token_endpoint.as_ref().map(ToString::to_string),
        "client_endpoint": chain.client_endpoint.as_ref().map(ToString::to_string),
    })
}

fn chain_of(value: &Value) -> Chain {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    Chain {
        access: Secret::new(text("access").unwrap()),
        refresh: text("refresh").map(Secret::new),
        client_id: text("client_id").unwrap(),
        client_secret: text("client_secret").map(Secret::new),
        expires_at: value["expires_at"].as_i64().map(|at| Timestamp::from_second(at).unwrap()),
        member_id: text("member_id"),
        token_endpoint: text("token_endpoint").map(|address| address.parse().unwrap()),
        client_endpoint: text("client_endpoint").map(|address| crate::oauth::support::root(&address)),
    }
}
