//! The file of secrets, for systems without a keyring: readable by this user alone, and always whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::SecretKey;
use super::trouble::SecretTrouble;
use crate::store::durable::{self, Lock, LockTrouble, Mode};

/// The newest layout that is known.
const VERSION: u64 = 1;

/// How long another process may hold the file.
const PATIENCE: Duration = Duration::from_secs(5);

const ABOUT: &str = "Secrets of b24chat, for this user only. Not to be shared or put under version control.";

/// The file at its place. It may not exist.
#[derive(Debug)]
pub struct Vault {
    path: PathBuf,
}

impl Vault {
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The document under a key.
    pub fn get(&self, key: &SecretKey) -> Result<Option<Value>, SecretTrouble> {
        let Some(file) = self.read()? else { return Ok(None) };
        let found = self.list(&file)?.iter().find(|item| key.is_of(item));
        Ok(found.and_then(|item| item.get("value")).cloned())
    }

    /// Puts a document under a key. It is on the disk when this returns.
    pub fn put(&self, key: &SecretKey, document: Value) -> Result<(), SecretTrouble> {
        self.change(|list| {
            match list.iter_mut().find(|item| key.is_of(item)) {
                Some(item) => item["value"] = document,
                None => list.push(json!({ "config": key.config, "profile": key.profile, "value": document })),
            }
            true
        })
    }

    /// Removes what is under a key.
    pub fn remove(&self, key: &SecretKey) -> Result<(), SecretTrouble> {
        if self.get(key)?.is_none() {
            return Ok(());
        }
        self.change(|list| {
            let before = list.len();
            list.retain(|item| !key.is_of(item));
            list.len() != before
        })
    }

    /// Whether others than this user may read the file; they no longer may when this returns.
    pub fn tighten(&self) -> Result<bool, SecretTrouble> {
        #[cfg(unix)]
        if let Ok(metadata) = fs::metadata(&self.path) {
            use std::os::unix::fs::PermissionsExt;
            if metadata.permissions().mode() & 0o077 != 0 {
                let private = fs::Permissions::from_mode(0o600);
                fs::set_permissions(&self.path, private).map_err(|source| SecretTrouble::denied(&self.path, source))?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Value>) -> bool) -> Result<(), SecretTrouble> {
        let _lock = Lock::take(&self.path.with_extension("lock"), PATIENCE).map_err(|trouble| match trouble {
            LockTrouble::Busy => SecretTrouble::Busy { path: self.path.clone(), seconds: PATIENCE.as_secs() },
            LockTrouble::Io(source) => SecretTrouble::denied(&self.path, source),
        })?;
        let mut file = self.read()?.unwrap_or_else(|| json!({ "about": ABOUT, "version": VERSION, "secrets": [] }));
        let broken = || SecretTrouble::Broken { path: self.path.clone(), line: 1, column: 1 };
        let list = file.get_mut("secrets").and_then(Value::as_array_mut).ok_or_else(broken)?;
        if !change(list) {
            return Ok(());
        }
        let text = Zeroizing::new(format!("{file:#}\n"));
        durable::exchange(&self.path, text.as_bytes(), Mode::Private)
            .map_err(|source| SecretTrouble::denied(&self.path, source))
    }

    fn read(&self) -> Result<Option<Value>, SecretTrouble> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(SecretTrouble::denied(&self.path, source)),
        };
        // The words of the parser may quote the file; its place does not.
        let value: Value = serde_json::from_slice(&bytes).map_err(|error| SecretTrouble::Broken {
            path: self.path.clone(),
            line: error.line(),
            column: error.column(),
        })?;
        if value.get("version").and_then(Value::as_u64).is_some_and(|version| version > VERSION) {
            return Err(SecretTrouble::Newer { path: self.path.clone() });
        }
        self.list(&value)?;
        Ok(Some(value))
    }

    fn list<'a>(&self, file: &'a Value) -> Result<&'a Vec<Value>, SecretTrouble> {
        let broken = || SecretTrouble::Broken { path: self.path.clone(), line: 1, column: 1 };
        file.get("secrets").and_then(Value::as_array).ok_or_else(broken)
    }
}
