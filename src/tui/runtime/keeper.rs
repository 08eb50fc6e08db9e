//! The thread that has the history. It opens the file after the first frame, writes and reads in the
//! order it is asked, and tells in words what could not be done. Trouble never reaches a lookup.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use super::breaking;
use crate::domain::record::{Record, RecordId};
use crate::domain::summary::Summary;
use crate::store::StoreError;
use crate::store::history::{History, Recall, SetAside};
use crate::tui::app::Message;

/// Rows that are read at once.
const ROWS: usize = 200;

/// What the thread is asked for.
pub enum Order {
    /// Write a record and say when it is written: its place, or `None` when it could not be.
    Keep(Box<Record>, oneshot::Sender<(Box<Record>, Option<RecordId>)>),
    /// Write a record that nobody waits for.
    KeepAside(Box<Record>),
    Recall {
        number: u64,
        filter: String,
        before: Option<RecordId>,
    },
    Open(RecordId),
}

/// The thread.
pub struct Keeper {
    orders: Sender<Order>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts it. `place` is the file, or why there is no place for one.
    pub fn start(place: Result<PathBuf, String>, tell: Sender<Message>) -> Self {
        let (orders, inbox) = mpsc::channel();
        let thread = thread::spawn(move || Desk { place, history: None, told: None, tell }.work(&inbox));
        Self { orders, thread: Some(thread) }
    }

    /// A handle for others that have something to keep.
    pub fn orders(&self) -> Sender<Order> {
        self.orders.clone()
    }

    pub fn ask(&self, order: Order) {
        // The thread ends only after the last sender is gone.
        let _ = self.orders.send(order);
    }

    /// Waits until everything that was asked is done.
    pub fn finish(mut self) {
        drop(self.orders);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Desk {
    place: Result<PathBuf, String>,
    /// `None` until it could be opened.
    history: Option<History>,
    /// The latest trouble that was told; the same is not told twice.
    told: Option<String>,
    tell: Sender<Message>,
}

impl Desk {
    fn work(mut self, inbox: &Receiver<Order>) {
        for order in inbox {
            breaking::if_asked("history");
            match order {
                Order::Keep(record, done) => {
                    let id = self.keep(&record);
                    let _ = done.send((record, id));
                }
                Order::KeepAside(record) => {
                    if let Some(id) = self.keep(&record) {
                        self.say(Message::Kept(Summary::of(id, &record)));
                    }
                }
                Order::Recall { number, filter, before } => self.recall(number, filter, before),
                Order::Open(id) => self.open(id),
            }
        }
    }

    fn keep(&mut self, record: &Record) -> Option<RecordId> {
        let kept = self.with(|history| history.keep(record))?;
        if let Some(set_aside) = kept.set_aside {
            self.say_set_aside(&set_aside);
        }
        Some(kept.id)
    }

    fn recall(&mut self, number: u64, filter: String, before: Option<RecordId>) {
        let recall = Recall { filter, before, limit: ROWS };
        if let Some(page) = self.with(|history| history.recall(&recall)) {
            self.say(Message::Recalled { number, rows: page.rows, total: page.total });
        }
    }

    fn open(&mut self, id: RecordId) {
        if let Some(record) = self.with(|history| history.record(id)) {
            self.say(Message::Opened { id, record: record.map(Box::new) });
        }
    }

    /// Does something with the history, opening it first where it is not open yet.
    fn with<T>(&mut self, mut ask: impl FnMut(&mut History) -> Result<T, StoreError>) -> Option<T> {
        if self.history.is_none() {
            self.history = self.opened();
        }
        match ask(self.history.as_mut()?) {
            Ok(done) => Some(done),
            // What was read is in the file that was set aside just now; a new one has begun.
            Err(StoreError::SetAside(set_aside)) => {
                self.say_set_aside(&set_aside);
                ask(self.history.as_mut()?).map_err(|error| self.say_trouble(error.to_string())).ok()
            }
            Err(error) => {
                self.say_trouble(error.to_string());
                None
            }
        }
    }

    fn opened(&mut self) -> Option<History> {
        let opened = match &self.place {
            Ok(path) => History::open(path).map_err(|error| error.to_string()),
            Err(why) => Err(why.clone()),
        };
        match opened {
            Ok(opened) => {
                if let Some(set_aside) = opened.set_aside {
                    self.say_set_aside(&set_aside);
                }
                Some(opened.history)
            }
            Err(why) => {
                self.say_trouble(why);
                None
            }
        }
    }

    fn say_set_aside(&self, set_aside: &SetAside) {
        self.say(Message::Told(set_aside.to_string()));
    }

    fn say_trouble(&mut self, why: String) {
        if self.told.as_ref() != Some(&why) {
            self.told = Some(why.clone());
            self.say(Message::HistoryFailed(why));
        }
    }

    fn say(&self, message: Message) {
        let _ = self.tell.send(message);
    }
}
