//! The file of profiles: which portals there are and how each is reached, for people to read, edit and
//! share. It holds no secret. This program changes single values of it and leaves comments, order and
//! unknown keys alone; every change is read again before it is written, so that a file that it wrote can
//! always be read.

mod comments;
mod entry;
mod read;
mod secret_inside;
mod trouble;
mod write;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml_edit::{DocumentMut, TableLike};

pub(in crate::store) use entry::program;
pub use entry::{Entry, Kind, SecretPlace};
pub use trouble::{ProfilesTrouble, Spot};

use super::durable::{self, Lock, LockTrouble, Mode};
use super::places::make_private_dir;
use crate::domain::address::RestRoot;
use read::Reading;

/// What a new file begins with: every key, documented.
const HEADER: &str = include_str!("header.toml");

/// How long another process may hold the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// The file of profiles, read, with its text.
#[derive(Debug)]
pub struct Profiles {
    path: PathBuf,
    /// The truth; everything else is read from it again after each change.
    text: String,
    reading: Reading,
}

impl Profiles {
    /// Reads the file at `path`. A file that is not there holds no profiles.
    ///
    /// # Errors
    /// When it cannot be read, is broken, or holds a secret: words with the line and key.
    pub fn load(path: &Path) -> Result<Self, ProfilesTrouble> {
        let text = match fs::read(path) {
            Ok(bytes) => text_of(path, bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(source) => return Err(ProfilesTrouble::Denied { path: path.to_owned(), source }),
        };
        let reading = read::read(path, &text)?;
        Ok(Self { path: path.to_owned(), text, reading })
    }

    /// Reads the file, lets `change` change it and writes it back, all under the file's lock, so that two
    /// processes never lose each other's change. Nothing is written when `change` fails or changes nothing.
    ///
    /// # Errors
    /// Those of [`Self::load`] and of `change`, and when the file cannot be written or stays locked.
    pub fn edit<T>(
        path: &Path,
        change: impl FnOnce(&mut Self) -> Result<T, ProfilesTrouble>,
    ) -> Result<T, ProfilesTrouble> {
        if let Some(folder) = path.parent() {
            make_private_dir(folder)?;
        }
        let denied = |source| ProfilesTrouble::Denied { path: path.to_owned(), source };
        let _lock = Lock::take(&path.with_extension("lock"), PATIENCE).map_err(|trouble| match trouble {
            LockTrouble::Busy => ProfilesTrouble::Busy { path: path.to_owned() },
            LockTrouble::Io(source) => denied(source),
        })?;
        let mut profiles = Self::load(path)?;
        let before = profiles.text.clone();
        let result = change(&mut profiles)?;
        if profiles.text != before {
            durable::exchange(path, profiles.text.as_bytes(), Mode::Kept).map_err(denied)?;
        }
        Ok(result)
    }

    /// The names, in the file's order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries().iter().map(|entry| entry.name.as_str())
    }

    /// All entries, in the file's order.
    pub fn entries(&self) -> &[Entry] {
        &self.reading.entries
    }

    /// The entry of that name.
    ///
    /// # Errors
    /// [`ProfilesTrouble::Unknown`], which tells the names that there are.
    pub fn entry(&self, name: &str) -> Result<&Entry, ProfilesTrouble> {
        let unknown = || ProfilesTrouble::Unknown { known: self.names().map(str::to_owned).collect() };
        self.entries().iter().find(|entry| entry.name == name).ok_or_else(unknown)
    }

    /// The entry that is used when none is named.
    pub fn active(&self) -> Option<&Entry> {
        self.entry(self.reading.active.as_deref()?).ok()
    }

    /// Adds an entry at the end. The first one becomes the active one.
    ///
    /// # Errors
    /// When the name is taken or cannot be one, or the entry holds what the file may not hold.
    pub fn add(&mut self, entry: &Entry) -> Result<(), ProfilesTrouble> {
        if let Some(why) = entry::name_trouble(&entry.name) {
            return Err(ProfilesTrouble::Name { why });
        }
        if self.entry(&entry.name).is_ok() {
            return Err(ProfilesTrouble::Taken { name: entry.name.clone() });
        }
        let is_first = self.entries().is_empty();
        if self.text.trim().is_empty() {
            HEADER.clone_into(&mut self.text);
        }
        self.change(|document| {
            if is_first {
                write::set_active(document, &entry.name);
            }
            write::add(document, entry)
        })
    }

    /// Takes an entry out. Comments that stood with it stay.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn remove(&mut self, name: &str) -> Result<(), ProfilesTrouble> {
        self.entry(name)?;
        let was_active = self.reading.active.as_deref() == Some(name);
        let before = self.text.clone();
        let mut kept = Vec::new();
        self.change(|document| {
            if was_active {
                write::set_active(document, "");
            }
            let profiles = document.get_mut("profile").and_then(toml_edit::Item::as_table_like_mut);
            if let Some(profiles) = profiles {
                kept = comments::taken_out(profiles, name);
            }
            Ok(())
        })?;
        let with_comments = comments::put_back(&before, &self.text, &kept);
        if read::read(&self.path, &with_comments).is_ok_and(|reading| reading == self.reading) {
            self.text = with_comments;
        }
        Ok(())
    }

    /// Makes an entry the one that is used when none is named.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn set_active(&mut self, name: &str) -> Result<(), ProfilesTrouble> {
        self.entry(name)?;
        self.change(|document| {
            write::set_active(document, name);
            Ok(())
        })
    }

    /// The portal has moved: writes its new address.
    ///
    /// # Errors
    /// When there is no entry of that name.
    pub fn set_root(&mut self, name: &str, root: &RestRoot) -> Result<(), ProfilesTrouble> {
        self.set(name, |table| write::set_root(table, root))
    }

    /// Writes the portal's lasting name, once it is known.
    ///
    /// # Errors
    /// When there is no entry of that name.
    pub fn set_member_id(&mut self, name: &str, member_id: &str) -> Result<(), ProfilesTrouble> {
        self.set(name, |table| write::set(table, "member_id", member_id))
    }

    /// Writes the name of the credential's user, once it is known.
    ///
    /// # Errors
    /// When there is no entry of that name.
    pub fn set_user_name(&mut self, name: &str, user_name: &str) -> Result<(), ProfilesTrouble> {
        self.set(name, |table| write::set(table, "user_name", user_name))
    }

    fn set(&mut self, name: &str, write: impl FnOnce(&mut dyn TableLike)) -> Result<(), ProfilesTrouble> {
        self.entry(name)?;
        self.change(|document| {
            let table = document.get_mut("profile").and_then(|profiles| profiles.get_mut(name));
            if let Some(table) = table.and_then(toml_edit::Item::as_table_like_mut) {
                write(table);
            }
            Ok(())
        })
    }

    /// Changes the text, and reads it again before it counts.
    fn change(
        &mut self,
        change: impl FnOnce(&mut DocumentMut) -> Result<(), ProfilesTrouble>,
    ) -> Result<(), ProfilesTrouble> {
        let broken = |_| ProfilesTrouble::Unwritable("the text is no valid TOML");
        let mut document = self.text.parse::<DocumentMut>().map_err(broken)?;
        change(&mut document)?;
        let text = document.to_string();
        self.reading = read::read(&self.path, &text)?;
        self.text = text;
        Ok(())
    }
}

fn text_of(path: &Path, bytes: Vec<u8>) -> Result<String, ProfilesTrouble> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
        let place = Spot::at(path, &valid, valid.len(), None);
        ProfilesTrouble::Broken { place, why: "this is not text in UTF-8".to_owned() }
    })
}
