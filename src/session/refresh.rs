//! Replacing the pair without losing the chain. The order is everything:
//!
//! 1. the lock that all processes share, then what is stored is read again: if another process has a
//!    newer pair, that one is used and nobody is asked;
//! 2. a note that a refresh begins, with the old token's fingerprint;
//! 3. the authorization server is asked;
//! 4. the new pair is stored, durably, over the old one;
//! 5. the new access token is used, and the note removed.
//!
//! Killed before 3, nothing has happened. Killed after 4, the new pair is stored. Killed in between, the old
//! pair is stored and the new one is lost: a server that keeps the old refresh token good until the new
//! pair is used gives another, because 5 never came before 4; one that does not refuses, and the note
//! tells why (no client can do more: the only copy was on its way here).

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::keeper::{ChainKeeper, Fingerprint, Held, KeeperTrouble, Note};
use super::outcome::{Learned, NotRefreshed, Notice};
use super::{Current, Inner, Refreshed, credential};
use crate::domain::chain::Chain;
use crate::domain::profile::{Connection, Profile};
use crate::domain::token_reply::Tokens;
use crate::portal::oauth::{Grant, TokenRequest};

/// For another process to finish.
const LOCK_PATIENCE: Duration = Duration::from_secs(60);
const LOCK_PAUSE: Duration = Duration::from_millis(5);

/// For one step of the keeper: a keyring may wait for somebody to unlock it.
const KEEPER_PATIENCE: Duration = Duration::from_secs(20);

/// The end of the latest turn, for those who waited for it.
#[derive(Default)]
pub struct Turn {
    pub failed: Option<NotRefreshed>,
}

impl Inner {
    /// Replaces the pair, or takes over the one that another process has stored. Call in turn.
    pub(super) async fn replace_pair(&self) -> Result<Refreshed, NotRefreshed> {
        let current = self.current();
        let (Some(keeper), Some(in_hand)) = (&self.keeper, &current.chain) else {
            return Err(NotRefreshed::NoRefreshToken);
        };
        let mut lock = Lock::take(keeper).await?;
        let stored = lock.run(|held| held.read()).await.map_err(NotRefreshed::Store)?;
        let is_of_ours = current.unsaved.is_some() && current.unsaved == fingerprint(&stored);
        let chain = if is_of_ours { in_hand.clone() } else { stored };
        if chain.access != in_hand.access && !chain.has_expired(Timestamp::now()) {
            return Ok(Refreshed { taken_over: true, ..self.adopt(&current, chain, None, None) });
        }
        if let Some(place) = keeper.read_only() {
            return Err(NotRefreshed::NotOurs { place });
        }
        let refresh = chain.refresh.clone().ok_or(NotRefreshed::NoRefreshToken)?;
        let client_secret = chain.client_secret.clone().filter(|_| !chain.client_id.is_empty());
        let client_secret = client_secret.ok_or(NotRefreshed::NoApp)?;
        let with = Fingerprint::of(&refresh);
        let earlier = lock.run(|held| held.note()).await.map_err(NotRefreshed::Store)?;
        let earlier = earlier.filter(|note| note.with == with);
        let note = earlier.clone().unwrap_or_else(|| Note { began: Timestamp::now(), with });
        let began = note.began;
        lock.run(move |held| held.set_note(Some(&note))).await.map_err(NotRefreshed::Store)?;

        let request = TokenRequest {
            grant: Grant::Refresh(refresh),
            client_id: chain.client_id.clone(),
            client_secret,
            endpoint: chain.token_endpoint.clone(),
            root: current.profile.root.clone(),
            // The certificate of the authorization server is always checked: it gets the app's secret.
            connection: Connection { insecure_tls: false, ..current.profile.connection.clone() },
            known: vec![chain.access.clone(), in_hand.access.clone()],
        };
        match self.client.tokens(&request, self.patience).await {
            Ok(tokens) => {
                // What is stored is of `unsaved` still, if that was why our own copy was used.
                let instead_of = if is_of_ours { current.unsaved.unwrap_or(with) } else { with };
                Ok(self.keep(&current, chain, tokens, lock, keeper, instead_of).await)
            }
            Err(ended) => {
                let in_doubt_since = (earlier.is_some() || ended.in_doubt).then_some(began);
                if in_doubt_since.is_none() {
                    // The server has said what it did not do, so there is nothing to remember. A note that
                    // stays would blame an interruption for what comes later.
                    let _ = lock.run(|held| held.set_note(None)).await;
                }
                Err(NotRefreshed::Server { ended, in_doubt_since })
            }
        }
    }

    /// Stores the new pair, and only then lets it be used. If it cannot be stored it is used all the
    /// same, because there is no way back, and the user is told.
    async fn keep(
        &self,
        current: &Current,
        old: Chain,
        tokens: Tokens,
        mut lock: Lock,
        keeper: &Arc<dyn ChainKeeper>,
        instead_of: Fingerprint,
    ) -> Refreshed {
        let user_id = tokens.user_id;
        let is_other = matches!((&old.member_id, &tokens.member_id), (Some(old), Some(new)) if old != new);
        let mut chain = tokens.renew(&old);
        if is_other {
            chain.client_endpoint = old.client_endpoint;
        }
        let copy = chain.clone();
        let mut stored = lock.run(move |held| held.write(&copy)).await;
        if stored.is_err() {
            let copy = chain.clone();
            stored = lock.run(move |held| held.write(&copy)).await;
        }
        let Err(why) = stored else {
            // A note that stays names a token that is stored no more, and says nothing to anybody.
            let _ = lock.run(|held| held.set_note(None)).await;
            let mut refreshed = self.adopt(current, chain, user_id, None);
            if is_other {
                refreshed.notices.push(Notice::OtherPortal { profile: current.profile.name.clone() });
            }
            return refreshed;
        };
        let (keeper, copy) = (Arc::clone(keeper), chain.clone());
        let rescued = aside(move || keeper.rescue(&copy, instead_of)).await;
        let mut refreshed = self.adopt(current, chain, user_id, Some(instead_of));
        refreshed.notices.push(Notice::NotStored { profile: current.profile.name.clone(), why, rescued });
        refreshed
    }

    /// Makes a chain the current one.
    fn adopt(&self, current: &Current, chain: Chain, user_id: Option<u64>, unsaved: Option<Fingerprint>) -> Refreshed {
        let (before, profile) = (&current.profile, follow(&current.profile, &chain));
        let mut refreshed = Refreshed::default();
        if profile.root != before.root {
            refreshed.notices.push(Notice::Moved { from: before.root.clone(), to: profile.root.clone() });
        }
        if profile.root != before.root || profile.member_id != before.member_id || user_id.is_some() {
            let (root, member_id) = (profile.root.clone(), profile.member_id.clone());
            refreshed.learned = Some(Learned { root, member_id, user_id });
        }
        *self.lock() = Arc::new(Current { profile: Arc::new(profile), chain: Some(chain), unsaved });
        refreshed
    }
}

/// The profile with a chain's token and address. An address that would be asked less safely than the
/// profile's own is not followed.
pub fn follow(profile: &Profile, chain: &Chain) -> Profile {
    let mut profile = profile.clone();
    profile.credential = credential(chain);
    if let Some(member_id) = &chain.member_id {
        profile.member_id = Some(member_id.clone());
    }
    if let Some(root) = &chain.client_endpoint {
        let is_as_safe = root.url().scheme() == "https" || profile.root.url().scheme() == "http";
        if is_as_safe && root.check_scheme(profile.connection.allow_http).is_ok() {
            profile.root = root.clone();
        }
    }
    profile
}

pub fn fingerprint(chain: &Chain) -> Option<Fingerprint> {
    chain.refresh.as_ref().map(Fingerprint::of)
}

/// The keeper's lock, used from here without blocking. `None` after a step that did not come back: that
/// step may still be at it, with the lock in its hands.
struct Lock(Option<Box<dyn Held>>);

impl Lock {
    async fn take(keeper: &Arc<dyn ChainKeeper>) -> Result<Self, NotRefreshed> {
        let began = Instant::now();
        loop {
            let keeper = Arc::clone(keeper);
            // Trying again instead of waiting in a call: a thread that waits there could not be left.
            match aside(move || keeper.try_lock()).await.map_err(NotRefreshed::Store)? {
                Some(held) => return Ok(Self(Some(held))),
                None if began.elapsed() < LOCK_PATIENCE => tokio::time::sleep(LOCK_PAUSE).await,
                None => return Err(NotRefreshed::Busy { after: LOCK_PATIENCE }),
            }
        }
    }

    async fn run<T: Send + 'static>(
        &mut self,
        step: impl FnOnce(&mut dyn Held) -> Result<T, KeeperTrouble> + Send + 'static,
    ) -> Result<T, KeeperTrouble> {
        let mut held = self.0.take().ok_or_else(no_answer)?;
        let (held, done) = aside(move || {
            let done = step(held.as_mut());
            Ok((held, done))
        })
        .await?;
        self.0 = Some(held);
        done
    }
}

/// Does what may block on a thread that may, and does not wait for it for ever.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeeperTrouble> + Send + 'static,
) -> Result<T, KeeperTrouble> {
    match tokio::time::timeout(KEEPER_PATIENCE, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(done)) => done,
        Ok(Err(_)) | Err(_) => Err(no_answer()),
    }
}

fn no_answer() -> KeeperTrouble {
    KeeperTrouble(format!("the place where the tokens are kept did not answer within {} s", KEEPER_PATIENCE.as_secs()))
}
