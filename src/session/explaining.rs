//! Asking an explanation through a session: one batch, with a good token as for a lookup. A batch that is
//! refused for a token that has ended was not carried out, and goes out once more with the new one.

use std::time::Duration;

use jiff::Timestamp;

use super::{Learned, Notice, Session};
pub use crate::domain::explanation::Explained;
use crate::domain::explanation::{Explanation, judge_reply};
use crate::domain::failure::Failure;
use crate::portal::explaining;

/// The end, and what was learned on the way to it.
pub struct Told {
    pub explained: Explained,
    pub learned: Option<Learned>,
    pub notices: Vec<Notice>,
}

impl Session {
    /// Asks the batch of an explanation. Dropping the future cancels it; a refresh that has begun goes on.
    pub async fn explain(&self, explanation: &Explanation, timeout: Duration) -> Told {
        let mut told = Told {
            explained: Explained::Failed(Failure::Cancelled { after: Duration::ZERO }),
            learned: None,
            notices: Vec::new(),
        };
        let mut tries = if self.inner.keeper.is_some() { 2 } else { 0 };
        let mut is_stale = self.inner.current().has_expired(Timestamp::now());
        loop {
            if is_stale && tries > 0 {
                match self.refresh_over(self.profile().credential.secret()).await {
                    Ok(refreshed) => {
                        tries = if refreshed.taken_over { tries - 1 } else { 0 };
                        told.learned = refreshed.learned.or(told.learned.take());
                        told.notices.extend(refreshed.notices);
                    }
                    // The portal judges by its own clock, and its answer tells more than we could.
                    Err(why) if why.is_for_lack_of_means() => {
                        tries = 0;
                        if matches!(told.explained, Explained::Refused(..)) {
                            told.notices.push(Notice::CannotRefresh(why));
                            return told;
                        }
                    }
                    Err(why) => {
                        told.explained = Explained::Failed(why.failure());
                        return told;
                    }
                }
            }
            told.explained = self.explain_once(explanation, timeout).await;
            is_stale = matches!(&told.explained, Explained::Refused(error, _)
                if error.code.trim().eq_ignore_ascii_case("expired_token"));
            if tries == 0 || !is_stale {
                return told;
            }
        }
    }

    async fn explain_once(&self, explanation: &Explanation, timeout: Duration) -> Explained {
        match explaining::ask(&self.inner.client, &self.profile(), explanation, timeout).await {
            Err(failure) => Explained::Failed(failure),
            Ok(reply) => match judge_reply(explanation, &reply) {
                Ok(judgement) => Explained::Judged(judgement),
                Err(Ok(error)) => Explained::Refused(error, reply.status),
                Err(Err(unreadable)) => Explained::Unreadable(unreadable, reply.status),
            },
        }
    }
}
