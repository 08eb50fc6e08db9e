//! The lock that a refresh of a token chain is made under. Each refresh uses up the refresh token, so
//! whoever wants one takes the lock, reads the chain again, asks only if it is still the old one, writes
//! the new one, and lets go (protocol.md, 6.3).

use std::time::Duration;

use super::Places;
use super::durable::{Lock, LockTrouble};
use super::places::make_private_dir;
use super::secrets::SecretTrouble;

/// Held until dropped, by one holder on this machine. The operating system lets go of it for a process
/// that ends in any way.
#[derive(Debug)]
pub struct RefreshLock(#[expect(dead_code, reason = "dropping it is what unlocks")] Lock);

impl RefreshLock {
    /// Takes the lock of a profile; waits as long as `patience`, and blocks the thread for that time.
    ///
    /// # Errors
    /// [`SecretTrouble::Busy`] when another holds it for longer, and when the folder cannot be used.
    pub fn acquire(places: &Places, profile: &str, patience: Duration) -> Result<Self, SecretTrouble> {
        places.make_data_dir()?;
        let folder = places.data_dir.join("locks");
        make_private_dir(&folder)?;
        let path = folder.join(format!("refresh-{}.lock", stem(places, profile)));
        match Lock::take(&path, patience) {
            Ok(lock) => Ok(Self(lock)),
            Err(LockTrouble::Busy) => Err(SecretTrouble::Busy { path, seconds: patience.as_secs() }),
            Err(LockTrouble::Io(source)) => Err(SecretTrouble::Denied { path, source }),
        }
    }
}

/// One name for each profile of each folder of settings, which may share the folder of data.
pub(super) fn stem(places: &Places, profile: &str) -> String {
    let mut hash = Fnv::default();
    hash.add(places.config_dir.as_os_str().as_encoded_bytes());
    hash.add(b"\0");
    hash.add(profile.as_bytes());
    format!("{:016x}", hash.0)
}

/// FNV-1a: the same in every version of this program, which the standard library's hash is not.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
