//! What the disk does for a session: it keeps the one chain that several processes share. The store
//! implements this; a session knows no more of it. Everything here may block.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::domain::chain::Chain;
use crate::domain::credential::Secret;

/// Keeps a profile's chain.
pub trait ChainKeeper: Send + Sync {
    /// Tries once to take the lock that is held over reading, refreshing and writing by whichever process
    /// does that; `None` while another has it. It must hold against other processes and against other
    /// holders in this one, and end with its process, however that ends.
    ///
    /// # Errors
    /// When there can be no lock.
    fn try_lock(&self) -> Result<Option<Box<dyn Held>>, KeeperTrouble>;

    /// The last resort for a chain that could not be stored where it belongs: a file that only this user
    /// can read. [`Held::read`] takes it from there as long as what is stored is still the chain with
    /// the refresh token `instead_of`, and tries to put it where it belongs. A chain that comes instead
    /// of one that was rescued itself is in the place of the same stored one.
    ///
    /// # Errors
    /// When that fails as well.
    fn rescue(&self, chain: &Chain, instead_of: Fingerprint) -> Result<PathBuf, KeeperTrouble>;

    /// Where the chain is, in words, when nobody here may write there: it is only read then, and never
    /// replaced, because the new pair would have nowhere to go.
    fn read_only(&self) -> Option<String> {
        None
    }
}

/// The chain, with the lock held. Dropping it unlocks.
pub trait Held: Send {
    /// The newest chain.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    fn read(&mut self) -> Result<Chain, KeeperTrouble>;

    /// Stores a chain in the place of the old one, which must stay readable until the new one is safe on
    /// the disk. When this returns `Ok`, no crash and no power cut can take the new one away.
    ///
    /// # Errors
    /// When it is not certain that the new one is stored.
    fn write(&mut self, chain: &Chain) -> Result<(), KeeperTrouble>;

    /// The note of a refresh that was begun and, as far as the disk knows, has not ended.
    ///
    /// # Errors
    /// When it cannot be read.
    fn note(&mut self) -> Result<Option<Note>, KeeperTrouble>;

    /// Stores the note, as durably as a chain, or removes it.
    ///
    /// # Errors
    /// When that is not certain.
    fn set_note(&mut self, note: Option<&Note>) -> Result<(), KeeperTrouble>;
}

/// "A refresh was begun then, with the refresh token of that fingerprint." Written before the
/// authorization server is asked, so that after a crash a refused token can be told from a wrong one. It
/// is also a rehearsal: a disk that takes no note would not take the new pair either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub began: Timestamp,
    pub with: Fingerprint,
}

/// Tells one refresh token from another without holding any of it (FNV-1a). Tokens are long and random,
/// so these 64 bits are of no help to whoever would guess one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    pub fn of(token: &Secret) -> Self {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(token.expose().bytes().fold(0xcbf2_9ce4_8422_2325, step))
    }
}

/// The disk, or what stands in its place, failed. The words name the place and are for a person; they
/// hold no secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct KeeperTrouble(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_same_in_every_version_of_this_program() {
        // The published test values of FNV-1a.
        assert_eq!(Fingerprint::of(&Secret::new("")).0, 0xcbf2_9ce4_8422_2325);
        assert_eq!(Fingerprint::of(&Secret::new("a")).0, 0xaf63_dc4c_8601_ec8c);
        assert_eq!(Fingerprint::of(&Secret::new("foobar")).0, 0x8594_4171_f739_67e8);
    }
}
