//! An opened profile that can ask: the one place where the portal and the store meet. A webhook is asked
//! as it is. For an OAuth app the session sees to it that the access token is good: one that has ended
//! is replaced first, one that the portal calls expired is replaced and the lookup repeated, once
//! (protocol.md, 6.3). The file `refresh.rs` tells how a pair is replaced without losing the chain.

pub mod copies;
pub mod explaining;
pub mod keeper;
pub mod opening;
mod outcome;
mod reading;
mod refresh;
pub mod reports;
mod stored;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::domain::chain::Chain;
use crate::domain::credential::{Credential, Secret};
use crate::domain::lookup::{End, Lookup};
use crate::domain::phases::{Phase, Phases};
use crate::domain::profile::Profile;
use crate::domain::reply::Outcome;
use crate::portal::Client;
use crate::portal::oauth::Patience;

use keeper::{ChainKeeper, Fingerprint};
pub use outcome::{Answer, Learned, NotRefreshed, Notice};
pub use reading::Read;
use refresh::Turn;
pub use stored::open;

/// A profile, the client that asks with it, and, where there is one, the chain behind it. Clones share
/// everything, the one refresh at a time included.
#[derive(Clone)]
pub struct Session {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    keeper: Option<Arc<dyn ChainKeeper>>,
    patience: Patience,
    current: Mutex<Arc<Current>>,
    /// Whoever replaces the pair holds this.
    turn: tokio::sync::Mutex<Turn>,
    /// How many have had their turn.
    turns: AtomicU64,
}

/// The profile as it is now.
struct Current {
    profile: Arc<Profile>,
    chain: Option<Chain>,
    /// The chain is newer than the stored one, which has this refresh token: storing it failed.
    unsaved: Option<Fingerprint>,
}

/// What a refresh brought beside the token.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refreshed {
    /// The pair is one that another process had stored; the server was not asked.
    pub taken_over: bool,
    pub learned: Option<Learned>,
    pub notices: Vec<Notice>,
}

impl Session {
    /// Of a profile with nothing behind it: a webhook, the environment, the demo.
    pub fn of_profile(profile: Profile, client: Client) -> Self {
        Self::new(profile, None, client, None, Patience::default())
    }

    /// Of a profile with a stored chain, as it was just read. The profile's credential becomes the
    /// chain's access token, and its address the chain's, where that has one.
    pub fn of_chain(profile: Profile, chain: Chain, client: Client, keeper: Arc<dyn ChainKeeper>) -> Self {
        Self::of_chain_with(profile, chain, client, keeper, Patience::default())
    }

    /// The same with another patience for the authorization server.
    pub fn of_chain_with(
        profile: Profile,
        chain: Chain,
        client: Client,
        keeper: Arc<dyn ChainKeeper>,
        patience: Patience,
    ) -> Self {
        let profile = refresh::follow(&profile, &chain);
        Self::new(profile, Some(chain), client, Some(keeper), patience)
    }

    fn new(
        profile: Profile,
        chain: Option<Chain>,
        client: Client,
        keeper: Option<Arc<dyn ChainKeeper>>,
        patience: Patience,
    ) -> Self {
        let current = Current { profile: Arc::new(profile), chain, unsaved: None };
        let inner = Inner {
            client,
            keeper,
            patience,
            current: Mutex::new(Arc::new(current)),
            turn: tokio::sync::Mutex::default(),
            turns: AtomicU64::new(0),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The profile as it is now: a refresh changes its token, and may change its address.
    pub fn profile(&self) -> Arc<Profile> {
        Arc::clone(&self.inner.current().profile)
    }

    /// The client it asks with.
    pub fn client(&self) -> &Client {
        &self.inner.client
    }

    /// Asks the lookup, through this session's profile and not the one in it. `on_phase` hears of the
    /// portal's requests alone. Dropping the future cancels the lookup; a refresh that has begun goes on.
    pub async fn ask(&self, lookup: &Lookup, on_phase: &(dyn Fn(Phase) + Send + Sync)) -> Answer {
        let mut answer = Answer {
            end: End::Failed { failure: NotRefreshed::Abandoned.failure(), phases: Phases::default() },
            lookup: Lookup { profile: self.profile(), ..lookup.clone() },
            learned: None,
            notices: Vec::new(),
        };
        // One refresh. What another process has stored may be old as well, so taking that over is none;
        // but nobody goes on like that for ever.
        let mut tries = if self.inner.keeper.is_some() { 2 } else { 0 };
        while tries > 0 {
            let current = self.inner.current();
            if !current.has_expired(Timestamp::now()) {
                break;
            }
            match self.refresh_over(current.profile.credential.secret()).await {
                Ok(refreshed) => answer.take(refreshed, &mut tries),
                // The portal judges by its own clock, and its answer tells more than we could.
                Err(why) if why.is_for_lack_of_means() => break,
                Err(why) => {
                    answer.end = End::Failed { failure: why.failure(), phases: Phases::default() };
                    return answer;
                }
            }
        }
        loop {
            answer.lookup.profile = self.profile();
            answer.end = self.inner.client.ask(&answer.lookup, on_phase).await;
            if tries == 0 || !is_stale(&answer.end) {
                return answer;
            }
            match self.refresh_over(answer.lookup.profile.credential.secret()).await {
                Ok(refreshed) => answer.take(refreshed, &mut tries),
                Err(why) if why.is_for_lack_of_means() => {
                    answer.notices.push(Notice::CannotRefresh(why));
                    return answer;
                }
                Err(why) => {
                    answer.end = End::Failed { failure: why.failure(), phases: *answer.end.phases() };
                    return answer;
                }
            }
        }
    }

    /// Replaces the pair now. Not asked for by expiry this is a change that the user confirms: another
    /// program may share the chain, and its tokens end with this.
    ///
    /// # Errors
    /// [`NotRefreshed`].
    pub async fn refresh(&self) -> Result<Refreshed, NotRefreshed> {
        self.refresh_over(self.profile().credential.secret()).await
    }

    /// Waits until no refresh is under way: before the program ends, so that it does not end between the
    /// server's answer and the disk. Bound it in time where it matters.
    pub async fn settle(&self) {
        drop(self.inner.turn.lock().await);
    }

    /// Makes sure that the access token in hand is another than `used`. On a task of its own: who asked
    /// may lose interest, and the answer must be stored all the same.
    async fn refresh_over(&self, used: &Secret) -> Result<Refreshed, NotRefreshed> {
        let (inner, used) = (Arc::clone(&self.inner), used.clone());
        let seen = inner.turns.load(Ordering::Acquire);
        let task = tokio::spawn(async move {
            let mut turn = inner.turn.lock().await;
            if inner.current().profile.credential.secret() != &used {
                return Ok(Refreshed::default());
            }
            // Whoever waited for a turn that failed has had the answer to its own question.
            if inner.turns.load(Ordering::Acquire) > seen
                && let Some(failed) = &turn.failed
            {
                return Err(failed.clone());
            }
            let ended = inner.replace_pair().await;
            turn.failed = ended.as_ref().err().cloned();
            inner.turns.fetch_add(1, Ordering::Release);
            ended
        });
        task.await.unwrap_or(Err(NotRefreshed::Abandoned))
    }
}

impl Answer {
    fn take(&mut self, refreshed: Refreshed, tries: &mut u8) {
        *tries = if refreshed.taken_over { tries.saturating_sub(1) } else { 0 };
        self.learned = refreshed.learned.or(self.learned.take());
        self.notices.extend(refreshed.notices);
    }
}

impl Inner {
    fn current(&self) -> Arc<Current> {
        Arc::clone(&self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Current>> {
        // It is exchanged whole, so it is whole even if a thread died holding it.
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Current {
    fn has_expired(&self, now: Timestamp) -> bool {
        self.chain.as_ref().is_some_and(|chain| chain.has_expired(now))
    }
}

/// Whether the portal says that another token is wanted (protocol.md, 3.1).
fn is_stale(end: &End) -> bool {
    let End::Answered(reply) = end else { return false };
    let Outcome::Refused(error) = &reply.outcome else { return false };
    // Only the end of its life asks for another one. A token that the portal does not know may be somebody's
    // mistake, and replacing the pair would end the tokens of whoever shares the chain: that is confirmed.
    error.code.trim().eq_ignore_ascii_case("expired_token")
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let current = self.inner.current();
        let chain = current.chain.as_ref().map(|chain| chain.expires_at);
        f.debug_struct("Session").field("profile", &current.profile).field("chain", &chain).finish_non_exhaustive()
    }
}

/// The credential of a chain.
fn credential(chain: &Chain) -> Credential {
    Credential::OAuth { access: chain.access.clone() }
}
