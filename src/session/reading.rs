//! Follow-up reads through a session: any method that only reads, with the same care for an access token
//! that has ended as a lookup has.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{Learned, NotRefreshed, Notice, Session};
use crate::domain::failure::Failure;
use crate::domain::reply::{Parts, Said, said};
use crate::domain::request::Request;

/// The end of a read.
#[derive(Clone, Debug)]
pub struct Read {
    pub end: Result<Parts, Failure>,
    /// What the profile's file should be told.
    pub learned: Option<Learned>,
    /// What the user should be told.
    pub notices: Vec<Notice>,
}

impl Session {
    /// Asks a method once, or once more with a new token where the portal says that the old one has
    /// ended. Dropping the future cancels it; a refresh that has begun goes on.
    pub async fn read(&self, method: &str, params: &Map<String, Value>, timeout: Duration) -> Read {
        let mut read = Read { end: Err(NotRefreshed::Abandoned.failure()), learned: None, notices: Vec::new() };
        let mut tries: u8 = if self.inner.keeper.is_some() { 2 } else { 0 };
        let mut is_stale = self.inner.current().has_expired(Timestamp::now());
        loop {
            let profile = self.profile();
            if !is_stale || tries == 0 {
                let request = Request::new(&profile, method, params.clone());
                read.end = self.client().read(&request, &profile, timeout).await;
                if tries == 0 || !says_expired(&read.end) {
                    return read;
                }
            }
            match self.refresh_over(profile.credential.secret()).await {
                Ok(refreshed) => {
                    // What another process has stored may be old as well, but nobody goes on like that for ever.
                    tries = if refreshed.taken_over { tries - 1 } else { 0 };
                    read.learned = refreshed.learned.or(read.learned.take());
                    read.notices.extend(refreshed.notices);
                    is_stale = false;
                }
                // The portal judges by its own clock, and its answer tells more than we could.
                Err(why) if why.is_for_lack_of_means() => {
                    if !is_stale {
                        read.notices.push(Notice::CannotRefresh(why));
                        return read;
                    }
                    (is_stale, tries) = (false, 0);
                }
                Err(why) => {
                    read.end = Err(why.failure());
                    return read;
                }
            }
        }
    }
}

fn says_expired(end: &Result<Parts, Failure>) -> bool {
    let Ok(parts) = end else { return false };
    matches!(said(parts).0, Said::Refused(error) if error.code.trim().eq_ignore_ascii_case("expired_token"))
}
