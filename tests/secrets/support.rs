//! A place for secrets, secrets to put there, and this test program run again as another process.

use std::env;
use std::path::Path;
use std::process::Command;

use b24chat::domain::address::RestRoot;
use b24chat::domain::chain::Chain;
use b24chat::domain::credential::Secret;
use b24chat::store::Places;
use b24chat::store::profiles::{Entry, Kind, SecretPlace};
use b24chat::store::secrets::{Secrets, Stored};
use tempfile::TempDir;
use url::Url;

/// Found nowhere but in the store.
pub const CANARY: &str = "canary7f3acanary";

pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn places(&self) -> Places {
        places(self.folder())
    }

    pub fn secrets(&self) -> Secrets {
        Secrets::without_keyring(&self.places())
    }
}

pub fn places(folder: &Path) -> Places {
    Places { data_dir: folder.join("data"), config_dir: folder.join("config") }
}

pub fn webhook() -> Entry {
    Entry::new("acme", root("https://acme.bitrix24.com/rest/"), Kind::Webhook { user: "27".into() })
}

pub fn oauth() -> Entry {
    let auth_server = Some(Url::parse("https://oauth.bitrix24.tech/oauth/token/").unwrap());
    Entry::new(
        "acme",
        root("https://acme.bitrix24.com/rest/"),
        Kind::OAuth { client_id: "local.1".into(), auth_server },
    )
}

pub fn kept_in(place: SecretPlace, entry: Entry) -> Entry {
    Entry { secret: place, ..entry }
}

pub fn root(text: &str) -> RestRoot {
    RestRoot::from_url(Url::parse(text).unwrap()).unwrap()
}

pub fn code() -> Stored {
    Stored::Webhook(Secret::new(CANARY))
}

/// The chain after so many refreshes: each of its secrets tells the number.
pub fn chain(number: u32) -> Stored {
    Stored::OAuth(Chain {
        access: Secret::new(format!("access-{CANARY}-{number}")),
        refresh: Some(Secret::new(format!("refresh-{CANARY}-{number}"))),
        client_id: "local.5f3b".into(),
        client_secret: Some(Secret::new(format!("client-{CANARY}"))),
        expires_at: Some("2026-02-25T17:03:37.5Z".parse().unwrap()),
        member_id: Some("0a4f".into()),
        token_endpoint: Some(Url::parse("https://oauth.bitrix.info/oauth/token/").unwrap()),
        client_endpoint: Some(root("https://acme.bitrix24.com/rest/")),
    })
}

/// This program again, running the one test of that name with a role and a folder to find.
pub fn as_another_process(test: &str, role: &str, folder: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([test, "--exact", "--nocapture"]).env("B24CHAT_TEST_ROLE", role).env("B24CHAT_TEST_FOLDER", folder);
    command
}

/// The folder to work in, when this process was started for that role.
pub fn role(role: &str) -> Option<Places> {
    let is_it = env::var("B24CHAT_TEST_ROLE").ok()? == role;
    is_it.then(|| places(env::var_os("B24CHAT_TEST_FOLDER").unwrap().as_ref()))
}
