//! What lies beside a chain while it is replaced: the note that a refresh was begun, which outlives a
//! process that is killed in it, and the rescue file for a new pair that the store did not take. Both are
//! for this user alone. Call with the profile's [`RefreshLock`](super::refresh_lock::RefreshLock) held.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::Places;
use super::durable::{self, Mode};
use super::places::make_private_dir;
use super::profiles::Entry;
use super::refresh_lock::stem;
use super::secrets::SecretTrouble;
use super::secrets::document::{self, Stored};
use crate::domain::chain::Chain;

/// The files of one profile. They may not exist.
#[derive(Clone, Debug)]
pub struct RefreshFiles {
    folder: PathBuf,
    note: PathBuf,
    rescue: PathBuf,
}

impl RefreshFiles {
    pub fn new(places: &Places, profile: &str) -> Self {
        let folder = places.data_dir.join("refresh");
        let stem = stem(places, profile);
        Self { note: folder.join(format!("{stem}.note")), rescue: folder.join(format!("{stem}.rescued")), folder }
    }

    /// When a refresh was begun that has not ended, and the fingerprint of its token. A note that cannot
    /// be understood is none: it only serves to say more.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn note(&self) -> Result<Option<(Timestamp, u64)>, SecretTrouble> {
        let note = read(&self.note)?;
        Ok(note.and_then(|note| {
            let began = note.get("began")?.as_str()?.parse().ok()?;
            Some((began, fingerprint(note.get("with")?)?))
        }))
    }

    /// # Errors
    /// When it is not certain that the note is on the disk.
    pub fn set_note(&self, began: Timestamp, with: u64) -> Result<(), SecretTrouble> {
        self.put(&self.note, &json!({ "began": began.to_string(), "with": format!("{with:016x}") }))
    }

    /// # Errors
    /// When it is there still.
    pub fn remove_note(&self) -> Result<(), SecretTrouble> {
        remove(&self.note)
    }

    /// The rescued chain, and the fingerprint of the refresh token of the stored one that it is newer than.
    ///
    /// # Errors
    /// When it is there and cannot be read: it may be the only copy.
    pub fn rescued(&self, entry: &Entry) -> Result<Option<(Chain, u64)>, SecretTrouble> {
        let Some(file) = read(&self.rescue)? else { return Ok(None) };
        let unreadable =
            |why: String| SecretTrouble::Unreadable { origin: format!("in the file {}", self.rescue.display()), why };
        let instead_of = file.get("instead_of").and_then(fingerprint);
        let instead_of = instead_of.ok_or_else(|| unreadable("it does not say what it is newer than".to_owned()))?;
        match document::from_json(&file["chain"], entry).map_err(unreadable)? {
            Stored::OAuth(chain) => Ok(Some((chain, instead_of))),
            Stored::Webhook(_) => Ok(None),
        }
    }

    /// # Errors
    /// When it is not certain that the chain is on the disk.
    pub fn rescue(&self, chain: &Chain, instead_of: u64) -> Result<PathBuf, SecretTrouble> {
        let chain = document::to_json(&Stored::OAuth(chain.clone()));
        self.put(&self.rescue, &json!({ "instead_of": format!("{instead_of:016x}"), "chain": chain }))?;
        Ok(self.rescue.clone())
    }

    /// # Errors
    /// When it is there still.
    pub fn remove_rescue(&self) -> Result<(), SecretTrouble> {
        remove(&self.rescue)
    }

    fn put(&self, path: &Path, value: &Value) -> Result<(), SecretTrouble> {
        make_private_dir(&self.folder)?;
        let text = Zeroizing::new(format!("{value}\n"));
        durable::exchange(path, text.as_bytes(), Mode::Private)
            .map_err(|source| SecretTrouble::Denied { path: path.to_owned(), source })
    }
}

fn read(path: &Path) -> Result<Option<Value>, SecretTrouble> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&Zeroizing::new(bytes)).unwrap_or_default())),
        Err(error) if is_absence(&error) => Ok(None),
        Err(source) => Err(SecretTrouble::Denied { path: path.to_owned(), source }),
    }
}

/// No file, or something else where its folder should be: writing will say so.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn remove(path: &Path) -> Result<(), SecretTrouble> {
    match fs::remove_file(path) {
        Err(source) if !is_absence(&source) => Err(SecretTrouble::Denied { path: path.to_owned(), source }),
        _ => Ok(()),
    }
}

fn fingerprint(value: &Value) -> Option<u64> {
    u64::from_str_radix(value.as_str()?, 16).ok()
}
