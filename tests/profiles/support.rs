//! A folder with a file of profiles, and entries to put there.

use std::fs;
use std::path::PathBuf;

use b24chat::domain::address::RestRoot;
use b24chat::store::profiles::{Entry, Kind, Profiles};
use tempfile::TempDir;
use url::Url;

pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With a file of that text.
    pub fn with(text: &str) -> Self {
        let place = Self::new();
        fs::write(place.file(), text).unwrap();
        place
    }

    pub fn folder(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    pub fn file(&self) -> PathBuf {
        self.folder().join("profiles.toml")
    }

    pub fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    pub fn load(&self) -> Profiles {
        Profiles::load(&self.file()).unwrap()
    }

    /// The words of the trouble that the file is.
    pub fn trouble(&self) -> String {
        Profiles::load(&self.file()).unwrap_err().to_string()
    }

    pub fn add(&self, entry: &Entry) {
        Profiles::edit(&self.file(), |profiles| profiles.add(entry)).unwrap();
    }
}

pub fn root(text: &str) -> RestRoot {
    RestRoot::from_url(Url::parse(text).unwrap()).unwrap()
}

pub fn webhook(name: &str) -> Entry {
    Entry::new(name, root(&format!("https://{name}.bitrix24.com/rest/")), Kind::Webhook { user: "27".into() })
}

pub fn names(profiles: &Profiles) -> Vec<String> {
    profiles.names().map(str::to_owned).collect()
}
