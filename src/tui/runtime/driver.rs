//! Carries out what the machine asks for: requests on the network's threads, the history on its own. It
//! is started after the first frame.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use jiff::Timestamp;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use super::keeper::{Keeper, Order};
use super::{Source, breaking};
use crate::demo;
use crate::domain::lookup::Lookup;
use crate::domain::pasted;
use crate::domain::phases::Phase;
use crate::domain::profile::Profile;
use crate::domain::record::Record;
use crate::domain::summary::Summary;
use crate::portal::{self, Client};
use crate::tui::app::flight::FlightId;
use crate::tui::app::{Effect, Message};

/// A request on its way.
struct Asking {
    task: AbortHandle,
    /// Set once, by whoever is first: the answer on its way to the history, or the person who gives it up.
    ended: Arc<AtomicBool>,
}

/// The outside, started.
pub struct Driver {
    /// `None` when the system would not give us threads; there is then no portal either.
    runtime: Option<Runtime>,
    client: Arc<Client>,
    keeper: Keeper,
    flights: HashMap<u64, Asking>,
    /// Requests that were given up just after their answer had gone to the history: they have their record.
    outrun: HashSet<u64>,
    /// The record that comes next is of such a request.
    is_kept: bool,
    tell: Sender<Message>,
}

impl Driver {
    pub fn start(source: Source, history: Result<PathBuf, String>, tell: Sender<Message>) -> Self {
        let keeper = Keeper::start(history, tell.clone());
        // One thread reads replies while the other keeps the demo portal answering.
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = match runtime {
            Ok(runtime) => {
                open(&runtime, source, tell.clone());
                Some(runtime)
            }
            Err(error) => {
                let _ = tell.send(Message::PortalMissing(format!("the system gives this program no threads: {error}")));
                None
            }
        };
        let client = Arc::new(Client::new(portal::Options::default()));
        Self { runtime, client, keeper, flights: HashMap::new(), outrun: HashSet::new(), is_kept: false, tell }
    }

    pub fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Ask { flight, lookup, at } => self.ask(flight, lookup, at),
            Effect::Abandon(flight) => {
                self.is_kept = self.flights.remove(&flight.0).is_some_and(Asking::give_up);
                if self.is_kept {
                    self.outrun.insert(flight.0);
                }
            }
            // One lookup has one record: the answer's, where it was just quicker than the key.
            Effect::Keep(_) if std::mem::take(&mut self.is_kept) => {}
            Effect::Keep(record) => self.keeper.ask(Order::KeepAside(record)),
            Effect::Recall { number, filter, before } => self.keeper.ask(Order::Recall { number, filter, before }),
            Effect::Open(id) => self.keeper.ask(Order::Open(id)),
            // The loop does these itself: they are about the terminal.
            Effect::Suspend | Effect::Leave(_) => {}
        }
    }

    /// The answer of a request that was given up is news for the list, and for nothing else.
    pub fn understood(&mut self, message: Message) -> Message {
        match message {
            Message::Settled { flight, record, kept: Some(id) } if self.outrun.remove(&flight.0) => {
                Message::Kept(Summary::of(id, &record))
            }
            message => message,
        }
    }

    /// Ends everything; what was to be written is written first.
    pub fn finish(self) {
        if let Some(runtime) = self.runtime {
            runtime.shutdown_background();
        }
        self.keeper.finish();
    }

    fn ask(&mut self, flight: FlightId, lookup: Lookup, at: Timestamp) {
        let Some(runtime) = &self.runtime else { return };
        let (client, orders, tell) = (Arc::clone(&self.client), self.keeper.orders(), self.tell.clone());
        let ended = Arc::new(AtomicBool::new(false));
        let is_ended = Arc::clone(&ended);
        let task = runtime.spawn(async move {
            breaking::if_asked("task");
            let on_phase = |phase: Phase| drop(tell.send(Message::Reached { flight, phase }));
            let end = client.ask(&lookup, &on_phase).await;
            let record = Box::new(Record::new(&lookup, at, end));
            if is_ended.swap(true, Ordering::SeqCst) {
                return;
            }
            // Written before it is shown.
            let (done, written) = oneshot::channel();
            let _ = orders.send(Order::Keep(record, done));
            if let Ok((record, kept)) = written.await {
                let _ = tell.send(Message::Settled { flight, record, kept });
            }
        });
        self.flights.retain(|_, asking| !asking.task.is_finished());
        self.flights.insert(flight.0, Asking { task: task.abort_handle(), ended });
    }
}

impl Asking {
    /// Closes its socket. `true` when its answer was quicker and is being kept, or is kept already.
    fn give_up(self) -> bool {
        let was_ended = self.ended.swap(true, Ordering::SeqCst);
        if !was_ended {
            self.task.abort();
        }
        was_ended
    }
}

fn open(runtime: &Runtime, source: Source, tell: Sender<Message>) {
    match source {
        Source::Profile(profile) => drop(tell.send(Message::PortalOpened(Arc::from(profile)))),
        Source::Missing(why) => drop(tell.send(Message::PortalMissing(why))),
        Source::Demo => drop(runtime.spawn(async move {
            match demo::start(demo::Options::default()).await {
                Ok(portal) => {
                    let message = match demo_profile(&portal) {
                        Ok(profile) => Message::PortalOpened(Arc::new(profile)),
                        Err(why) => Message::PortalMissing(why),
                    };
                    let _ = tell.send(message);
                    // It serves as long as it lives.
                    std::future::pending::<()>().await;
                    drop(portal);
                }
                Err(error) => {
                    let why = format!("the demo portal could not be started on this machine: {error}");
                    let _ = tell.send(Message::PortalMissing(why));
                }
            }
        })),
    }
}

/// The demo portal as a profile.
///
/// # Errors
/// In words, if its own address could not be read.
pub fn demo_profile(portal: &demo::DemoPortal) -> Result<Profile, String> {
    let (root, credential, _) = pasted::webhook(&portal.webhook())?;
    let user_name = Some(portal.user_name().to_owned());
    Ok(Profile { user_name, demo: true, ..Profile::new("demo", root, credential) })
}
