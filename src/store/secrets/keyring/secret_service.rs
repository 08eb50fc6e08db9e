//! The keyring of a Linux or BSD desktop: the freedesktop.org Secret Service, asked over D-Bus. It is
//! never asked to unlock anything, because that would open a window and wait for it. The session is a
//! plain one: the bus is a socket of this user's own, which nobody else reads.

use std::collections::HashMap;
use std::future::Future;

use tokio::runtime;
use tokio::time;
use zbus::wire::{DynamicType, OwnedObjectPath, OwnedVariant, Variant};
use zbus::{Connection, Message, fdo};
use zeroize::Zeroizing;

use super::{KeyringTrouble, PATIENCE};
use crate::store::secrets::SecretKey;

const SERVICE: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";
const COLLECTION: &str = "/org/freedesktop/secrets/aliases/default";

const SERVICE_FACE: &str = "org.freedesktop.Secret.Service";
const COLLECTION_FACE: &str = "org.freedesktop.Secret.Collection";
const ITEM_FACE: &str = "org.freedesktop.Secret.Item";
const PROPERTIES_FACE: &str = "org.freedesktop.DBus.Properties";

const LOCKED: &str = "org.freedesktop.Secret.Error.IsLocked";

/// The path that stands for none: no window is needed, no such collection.
const NONE: &str = "/";

/// A secret on the bus: session, parameters of its cipher, value, content type.
type OnBus = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

pub fn get(key: &SecretKey) -> Result<Option<Zeroizing<String>>, KeyringTrouble> {
    wait(async {
        let keyring = Keyring::open().await?;
        let Some(item) = keyring.find(key).await?.pop() else { return Ok(None) };
        let reply = keyring.call(item.as_str(), ITEM_FACE, "GetSecret", &(&keyring.session,)).await?;
        let secret: OnBus = read(&reply)?;
        let text = String::from_utf8(secret.2).map_err(|_| KeyringTrouble::Failed)?;
        Ok(Some(Zeroizing::new(text)))
    })
}

pub fn put(key: &SecretKey, text: &str) -> Result<(), KeyringTrouble> {
    wait(async {
        let keyring = Keyring::open().await?;
        keyring.check_unlocked().await?;
        let label = format!("b24chat: {}", key.profile);
        let properties = HashMap::from([
            ("org.freedesktop.Secret.Item.Label", Variant::from(label)),
            ("org.freedesktop.Secret.Item.Attributes", Variant::from(attributes(key))),
        ]);
        let secret = (&keyring.session, Vec::<u8>::new(), text.as_bytes(), "application/json");
        let reply = keyring.call(COLLECTION, COLLECTION_FACE, "CreateItem", &(properties, secret, true)).await?;
        let (_, prompt): (OwnedObjectPath, OwnedObjectPath) = read(&reply)?;
        no_window(&prompt)
    })
}

pub fn remove(key: &SecretKey) -> Result<(), KeyringTrouble> {
    wait(async {
        let keyring = Keyring::open().await?;
        for item in keyring.find(key).await? {
            let reply = keyring.call(item.as_str(), ITEM_FACE, "Delete", &()).await?;
            no_window(&read(&reply)?)?;
        }
        Ok(())
    })
}

/// One session with the service.
struct Keyring {
    bus: Connection,
    session: OwnedObjectPath,
}

impl Keyring {
    async fn open() -> Result<Self, KeyringTrouble> {
        let bus = Connection::session().await.map_err(|_| KeyringTrouble::Absent)?;
        let body = ("plain", Variant::from(""));
        let reply = call(&bus, ROOT, SERVICE_FACE, "OpenSession", &body).await?;
        let (_, session): (OwnedVariant, OwnedObjectPath) = read(&reply)?;
        Ok(Self { bus, session })
    }

    /// The items under a key that can be read.
    async fn find(&self, key: &SecretKey) -> Result<Vec<OwnedObjectPath>, KeyringTrouble> {
        let reply = self.call(ROOT, SERVICE_FACE, "SearchItems", &(attributes(key),)).await?;
        let (unlocked, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) = read(&reply)?;
        if unlocked.is_empty() && !locked.is_empty() {
            return Err(KeyringTrouble::Locked);
        }
        if unlocked.is_empty() {
            // Some keyrings hide what they hold while they are locked: nothing found proves nothing then.
            self.check_unlocked().await?;
        }
        Ok(unlocked)
    }

    async fn check_unlocked(&self) -> Result<(), KeyringTrouble> {
        let alias = self.call(ROOT, SERVICE_FACE, "ReadAlias", &("default",)).await?;
        let collection: OwnedObjectPath = read(&alias)?;
        if collection.as_str() == NONE {
            return Err(KeyringTrouble::Absent);
        }
        let body = (COLLECTION_FACE, "Locked");
        let reply = self.call(collection.as_str(), PROPERTIES_FACE, "Get", &body).await?;
        match read::<OwnedVariant>(&reply)?.try_into() {
            Ok(false) => Ok(()),
            Ok(true) => Err(KeyringTrouble::Locked),
            Err(_) => Err(KeyringTrouble::Failed),
        }
    }

    async fn call<B>(&self, path: &str, face: &str, method: &str, body: &B) -> Result<Message, KeyringTrouble>
    where
        B: serde::Serialize + DynamicType,
    {
        call(&self.bus, path, face, method, body).await
    }
}

async fn call<B>(bus: &Connection, path: &str, face: &str, method: &str, body: &B) -> Result<Message, KeyringTrouble>
where
    B: serde::Serialize + DynamicType,
{
    bus.call_method(Some(SERVICE), path, Some(face), method, body).await.map_err(|error| sort(&error))
}

fn read<T>(reply: &Message) -> Result<T, KeyringTrouble>
where
    T: serde::de::DeserializeOwned + zbus::wire::Type,
{
    reply.body().deserialize().map_err(|_| KeyringTrouble::Failed)
}

/// What an item is found by.
fn attributes(key: &SecretKey) -> HashMap<&str, &str> {
    HashMap::from([("application", "b24chat"), ("config", key.config.as_str()), ("profile", key.profile.as_str())])
}

/// A service that wants to show a window first has not done what was asked.
fn no_window(prompt: &OwnedObjectPath) -> Result<(), KeyringTrouble> {
    if prompt.as_str() == NONE { Ok(()) } else { Err(KeyringTrouble::Locked) }
}

fn sort(error: &zbus::Error) -> KeyringTrouble {
    match error {
        zbus::Error::InputOutput(_) => KeyringTrouble::Absent,
        // A bus without such a service, and one that could not start it.
        zbus::Error::FDO(error) => match **error {
            fdo::Error::ServiceUnknown(_)
            | fdo::Error::NameHasNoOwner(_)
            | fdo::Error::SpawnServiceNotFound(_)
            | fdo::Error::SpawnFailed(_)
            | fdo::Error::SpawnChildExited(_) => KeyringTrouble::Absent,
            fdo::Error::NoReply(_) | fdo::Error::Timeout(_) | fdo::Error::TimedOut(_) => KeyringTrouble::Silent,
            _ => KeyringTrouble::Failed,
        },
        zbus::Error::MethodError(name, _, _) if name.as_str() == LOCKED => KeyringTrouble::Locked,
        _ => KeyringTrouble::Failed,
    }
}

/// Runs on the calling thread, which is one that may block, and gives up in time.
fn wait<T>(work: impl Future<Output = Result<T, KeyringTrouble>>) -> Result<T, KeyringTrouble> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(|_| KeyringTrouble::Failed)?;
    runtime.block_on(async { time::timeout(PATIENCE, work).await.map_err(|_| KeyringTrouble::Silent)? })
}
