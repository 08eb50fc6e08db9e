//! The keychain of macOS and the credential manager of Windows.

use std::sync::Arc;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

use super::KeyringTrouble;
use crate::store::secrets::SecretKey;

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
#[cfg(windows)]
use windows_native_keyring_store::Store;

pub fn get(key: &SecretKey) -> Result<Option<Zeroizing<String>>, KeyringTrouble> {
    match entry(key)?.get_password() {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(sort(&error)),
    }
}

pub fn put(key: &SecretKey, text: &str) -> Result<(), KeyringTrouble> {
    entry(key)?.set_password(text).map_err(|error| sort(&error))
}

pub fn remove(key: &SecretKey) -> Result<(), KeyringTrouble> {
    match entry(key)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(sort(&error)),
    }
}

fn entry(key: &SecretKey) -> Result<Entry, KeyringTrouble> {
    let store: Arc<Store> = Store::new().map_err(|error| sort(&error))?;
    let user = format!("{} in {}", key.profile, key.config);
    store.build("b24chat", &user, None).map_err(|error| sort(&error))
}

/// Only the kind of an error is told: some carry what was stored.
fn sort(error: &Error) -> KeyringTrouble {
    match error {
        Error::NoStorageAccess(_) => KeyringTrouble::Locked,
        Error::NoDefaultStore => KeyringTrouble::Absent,
        _ => KeyringTrouble::Failed,
    }
}
