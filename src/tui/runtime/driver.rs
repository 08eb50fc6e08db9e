//! Carries out what the machine asks for: requests on the network's threads, the history on its own. It
//! is started after the first frame.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use jiff::Timestamp;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use super::Source;
use super::keeper::{Keeper, Order};
use crate::demo;
use crate::domain::lookup::Lookup;
use crate::domain::pasted;
use crate::domain::phases::Phase;
use crate::domain::profile::Profile;
use crate::domain::record::Record;
use crate::portal::{self, Client};
use crate::tui::app::flight::FlightId;
use crate::tui::app::{Effect, Message};

/// The outside, started.
pub struct Driver {
    /// `None` when the system would not give us threads; there is then no portal either.
    runtime: Option<Runtime>,
    client: Arc<Client>,
    keeper: Keeper,
    flights: HashMap<u64, AbortHandle>,
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
        Self { runtime, client, keeper, flights: HashMap::new(), tell }
    }

    pub fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Ask { flight, lookup, at } => self.ask(flight, lookup, at),
            Effect::Abandon(flight) => {
                if let Some(task) = self.flights.remove(&flight.0) {
                    task.abort();
                }
            }
            Effect::Keep(record) => self.keeper.ask(Order::KeepAside(record)),
            Effect::Recall { number, filter, before } => self.keeper.ask(Order::Recall { number, filter, before }),
            Effect::Open(id) => self.keeper.ask(Order::Open(id)),
            // The loop does these itself: they are about the terminal.
            Effect::Suspend | Effect::Leave(_) => {}
            _ => {}
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
        let task = runtime.spawn(async move {
            let on_phase = |phase: Phase| drop(tell.send(Message::Reached { flight, phase }));
            let end = client.ask(&lookup, &on_phase).await;
            let record = Box::new(Record::new(&lookup, at, end));
            // Written before it is shown.
            let (done, written) = oneshot::channel();
            let _ = orders.send(Order::Keep(record, done));
            if let Ok((record, kept)) = written.await {
                let _ = tell.send(Message::Settled { flight, record, kept });
            }
        });
        self.flights.retain(|_, task| !task.is_finished());
        self.flights.insert(flight.0, task.abort_handle());
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
