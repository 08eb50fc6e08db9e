//! Follow-up reads for the explorer: the card's one batch, and the pages of my chats, one after the other.

use std::time::Duration;

use serde_json::{Map, Value};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::portals::Portals;
use crate::domain::batch::{self, BATCH};
use crate::domain::card::{self, Card};
use crate::domain::failure::Failure;
use crate::domain::mine::{self, PAGES, Page, RECENT};
use crate::domain::not_read::{self, NotRead};
use crate::domain::reply::ChatId;
use crate::tui::app::Message;

impl Portals {
    /// Reads the card of a chat.
    pub fn read_card(&self, handle: &Handle, number: u64, chat: ChatId, timeout: Duration) -> AbortHandle {
        let (this, own) = (self.clone(), handle.clone());
        let task = handle.spawn(async move {
            let result = this.read(&own, BATCH, &batch::params(card::commands(chat)), timeout).await;
            let end = result.and_then(|result| Card::read(&result)).map(Box::new);
            this.say(Message::CardRead { number, end });
        });
        task.abort_handle()
    }

    /// Reads my chats, and tells of each page as it comes.
    pub fn read_mine(&self, handle: &Handle, number: u64, timeout: Duration) -> AbortHandle {
        let (this, own) = (self.clone(), handle.clone());
        let task = handle.spawn(async move {
            for at in 0..PAGES {
                let result = this.read(&own, RECENT, &mine::params(at), timeout).await;
                let page = result.and_then(|result| Page::read(&result));
                let goes_on = page.as_ref().is_ok_and(|page| page.has_more);
                this.say(Message::MineRead { number, page });
                if !goes_on {
                    break;
                }
            }
        });
        task.abort_handle()
    }

    async fn read(
        &self,
        handle: &Handle,
        method: &str,
        params: &Map<String, Value>,
        timeout: Duration,
    ) -> Result<Value, NotRead> {
        let nobody = || NotRead::NoReply(Failure::Other { detail: "no portal is open".to_owned() });
        let session = self.current().ok_or_else(nobody)?;
        let read = session.read(method, params, timeout).await;
        for notice in &read.notices {
            self.say(Message::Told(notice.words()));
        }
        if let Some(learned) = read.learned {
            self.learn(handle, &session, learned);
        }
        not_read::result(read.end)
    }
}
