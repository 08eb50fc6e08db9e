//! What a session has to say beside the portal's answer: what it learned, what went wrong on the way,
//! and why there is no new token. In whole sentences: what happened, what it means, what to do.

use std::path::PathBuf;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use super::keeper::KeeperTrouble;
use crate::domain::address::RestRoot;
use crate::domain::failure::Failure;
use crate::domain::lookup::{End, Lookup};
use crate::portal::oauth::{NoTokens, Why};

/// The end of a lookup that was asked through a session.
#[derive(Clone, Debug)]
pub struct Answer {
    pub end: End,
    /// As it was sent last: with the profile as it is now. Records are made from this one.
    pub lookup: Lookup,
    /// What the profile's file should be told.
    pub learned: Option<Learned>,
    /// What the user should be told.
    pub notices: Vec<Notice>,
}

/// What the authorization server said of the portal that the profile did not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned {
    /// The base for calls; another one than before where the portal was renamed.
    pub root: RestRoot,
    pub member_id: Option<String>,
    pub user_id: Option<u64>,
}

/// Something the user should know, though the lookup could be asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// There is a new pair, and it lives in memory alone or in a rescue file.
    NotStored { profile: String, why: KeeperTrouble, rescued: Result<PathBuf, KeeperTrouble> },
    /// The portal has another address now, by its own authorization server.
    Moved { from: RestRoot, to: RestRoot },
    /// The new tokens are for another portal than the old ones were; the address was not followed.
    OtherPortal { profile: String },
    /// The token has ended and there is nothing to ask for another one with.
    CannotRefresh(NotRefreshed),
}

impl Notice {
    pub fn words(&self) -> String {
        match self {
            Self::NotStored { profile, why, rescued: Ok(path) } => format!(
                "The tokens of {profile} were replaced, and the new ones could not be stored: {why}. The stored refresh \
                 token is probably of no use any more. The new pair was written to {}, which only you can read, and is \
                 taken from there next time: keep that file, and mend what is wrong with the store.",
                path.display()
            ),
            Self::NotStored { profile, why, rescued: Err(rescue) } => format!(
                "The tokens of {profile} were replaced, and the new ones could not be stored: {why}. A rescue file could \
                 not be written either: {rescue}. They are in the memory of this program alone, and the stored refresh \
                 token is probably of no use any more: mend the store while this program runs, and refresh again; \
                 otherwise the app has to be authorized again."
            ),
            Self::Moved { from, to } => {
                format!("The portal's address is {to} now; it was {from}. The authorization server says so.")
            }
            Self::OtherPortal { profile } => format!(
                "The new tokens of {profile} belong to another portal than the old ones did. Its address was left as it \
                 is: check which portal the app was authorized for."
            ),
            Self::CannotRefresh(why) => why.words(),
        }
    }
}

/// Why there is no new access token.
#[derive(Clone, Debug, PartialEq)]
pub enum NotRefreshed {
    /// The profile's tokens come from the environment or were pasted alone.
    NoRefreshToken,
    /// The app's `client_id` or secret is not known.
    NoApp,
    /// The chain is in a place of the user's own, in words.
    NotOurs { place: String },
    /// Another process has held the lock all this time.
    Busy { after: Duration },
    /// The disk failed before the server was asked; nothing was asked.
    Store(KeeperTrouble),
    /// The server was asked, with what end, and since when it has been in doubt whether it had replaced
    /// the pair already.
    Server { ended: NoTokens, in_doubt_since: Option<Timestamp> },
    /// The program is ending.
    Abandoned,
}

impl NotRefreshed {
    /// What happened, what it means, what to do.
    pub fn words(&self) -> String {
        match self {
            Self::NoRefreshToken => "The access token came without a refresh token, so no other can be asked for: \
                                     give this profile new tokens."
                .to_owned(),
            Self::NoApp => "The app's client_id or its secret (client_secret) is not stored, and without them no \
                            token can be asked for: give them to this profile."
                .to_owned(),
            Self::NotOurs { place } => format!(
                "The access token has ended, and b24chat does not replace it: the tokens of this profile are {place}, \
                 where it only reads, and the new pair would have nowhere to go. The authorization server was not \
                 asked. Renew them there, or add the profile with tokens for b24chat to keep."
            ),
            Self::Busy { after } => format!(
                "Another b24chat has been replacing the tokens of this profile for {} s. Nothing was asked. Ask again; \
                 if it stays, end that other program.",
                after.as_secs()
            ),
            Self::Store(trouble) => format!(
                "The tokens are not replaced where the new ones could not be kept: {trouble}. Nothing was asked, and \
                 the stored tokens are as they were. Mend that and ask again."
            ),
            Self::Server { ended, in_doubt_since } => server_words(ended, *in_doubt_since),
            Self::Abandoned => "The refresh was abandoned because the program ends.".to_owned(),
        }
    }

    /// The authorization server's code, where it refused.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Server { ended: NoTokens { why: Why::Refused(refusal), .. }, .. } => Some(&refusal.code),
            _ => None,
        }
    }

    /// Whether the profile could never do it, so that the portal's own answer tells more.
    pub(super) fn is_for_lack_of_means(&self) -> bool {
        matches!(self, Self::NoRefreshToken | Self::NoApp | Self::NotOurs { .. })
    }

    pub(super) fn failure(&self) -> Failure {
        Failure::NotRefreshed { code: self.code().map(str::to_owned), detail: self.words() }
    }
}

fn server_words(ended: &NoTokens, in_doubt_since: Option<Timestamp>) -> String {
    let what = ended.why.words();
    match (&ended.why, in_doubt_since) {
        (Why::Refused(refusal), Some(since)) if refusal.is_of_grant() => format!(
            "The authorization server refused: {}. A refresh with this very token was begun at {} and interrupted \
             before its answer was stored, so the server has most likely replaced the pair then and the new one is \
             lost. No secret is wrong and nothing in the profile has to change: authorize the app again.",
            crate::domain::visible::line(&refusal.code),
            ZonedDateTime::new(since, TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S"),
        ),
        (Why::Refused(refusal), None) if refusal.is_of_grant() => format!(
            "{what} No refresh from here was interrupted. If another program uses the same tokens, it has the newest \
             pair. Authorize the app again."
        ),
        (Why::Refused(_), _) => format!("{what} The stored tokens are as they were."),
        (_, Some(_)) => format!(
            "{what} Whether it has replaced the pair is not known. The stored tokens are as they were: ask again, and \
             if the server does not take them any more you are told so."
        ),
        (_, None) => format!("{what} The stored tokens are as they were; ask again."),
    }
}
