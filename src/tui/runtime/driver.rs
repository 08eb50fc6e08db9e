//! Carries out what the machine asks for: requests on the network's threads, the history on its own. It
//! is started after the first frame.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use super::clipboard::Clipboard;
use super::keeper::{Keeper, Order};
use super::portals::Portals;
use super::{Source, breaking};
use crate::domain::lookup::Lookup;
use crate::domain::phases::Phase;
use crate::domain::record::Record;
use crate::domain::summary::Summary;
use crate::portal::{self, Client};
use crate::store::Places;
use crate::tui::app::flight::FlightId;
use crate::tui::app::{Effect, Message};

/// How long the end of the program waits for a refresh that has begun.
const SETTLING: Duration = Duration::from_secs(5);

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
    portals: Portals,
    keeper: Keeper,
    clipboard: Clipboard,
    flights: HashMap<u64, Asking>,
    /// Examinations, explanations and follow-up reads on their way, by their number; two sides of one may have the same.
    readings: Vec<(u64, AbortHandle)>,
    /// Requests that were given up just after their answer had gone to the history: they have their record.
    outrun: HashSet<u64>,
    /// The record that comes next is of such a request.
    is_kept: bool,
    tell: Sender<Message>,
}

impl Driver {
    pub fn start(source: Source, places: Result<Places, String>, tell: Sender<Message>) -> Self {
        let history = places.as_ref().map(Places::history_file).map_err(Clone::clone);
        let keeper = Keeper::start(history, tell.clone());
        let portals = Portals::new(Client::new(portal::Options::default()), places, tell.clone());
        // One thread reads replies while the other keeps the demo portal answering.
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = match runtime {
            Ok(runtime) => {
                portals.begin(runtime.handle(), source);
                Some(runtime)
            }
            Err(error) => {
                let _ = tell.send(Message::PortalMissing(format!("the system gives this program no threads: {error}")));
                None
            }
        };
        Self {
            runtime,
            portals,
            keeper,
            clipboard: Clipboard::default(),
            flights: HashMap::new(),
            readings: Vec::new(),
            outrun: HashSet::new(),
            is_kept: false,
            tell,
        }
    }

    /// Reads the settings; a language that was asked for by name stays.
    pub fn read_settings(&self, language_is_asked: bool) {
        let Some(runtime) = &self.runtime else { return };
        self.portals.read_settings(runtime.handle(), language_is_asked);
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
            Effect::Suspend | Effect::Leave(_) | Effect::CopyByTerminal(_) => {}
            effect => self.carry_out_of_profiles(effect),
        }
    }

    fn carry_out_of_profiles(&mut self, effect: Effect) {
        let Some(runtime) = &self.runtime else { return };
        let handle = runtime.handle();
        self.readings.retain(|(_, task)| !task.is_finished());
        match effect {
            Effect::ListProfiles => self.portals.list(handle),
            Effect::UseProfile(name) => self.portals.open(handle, name),
            Effect::AddProfile { name, root, credential } => self.portals.add(handle, name, root, credential),
            Effect::ChangeRoot { profile, root } => self.portals.change_root(handle, profile, root),
            Effect::Examine { number, side, profile } => {
                self.readings.push((number, self.portals.examine(handle, number, side, profile)));
            }
            Effect::ReadCard { number, chat, timeout } => {
                self.readings.push((number, self.portals.read_card(handle, number, chat, timeout)));
            }
            Effect::ReadMine { number, timeout } => {
                self.readings.push((number, self.portals.read_mine(handle, number, timeout)));
            }
            Effect::Explain { number, explanation } => {
                self.readings.retain(|(_, task)| !task.is_finished());
                self.readings.push((number, self.portals.explain(handle, number, explanation)));
            }
            Effect::Copy(text) => self.clipboard.copy(handle, text, self.tell.clone()),
            Effect::SaveCopy { name, text } => self.portals.save_copy(handle, name, text),
            Effect::SaveReport(text) => self.portals.save_report(handle, text),
            Effect::AbandonExamination(number) | Effect::AbandonExplanation(number) | Effect::AbandonRead(number) => {
                for (_, task) in self.readings.extract_if(.., |(of, _)| *of == number) {
                    task.abort();
                }
            }
            _ => {}
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
            // A refresh that has begun must not end between the server's answer and the disk.
            if let Some(session) = self.portals.current() {
                let _ = runtime.block_on(async { tokio::time::timeout(SETTLING, session.settle()).await });
            }
            runtime.shutdown_background();
        }
        self.keeper.finish();
    }

    fn ask(&mut self, flight: FlightId, lookup: Lookup, at: Timestamp) {
        let (Some(runtime), Some(session)) = (&self.runtime, self.portals.current()) else { return };
        let (portals, handle) = (self.portals.clone(), runtime.handle().clone());
        let (orders, tell) = (self.keeper.orders(), self.tell.clone());
        let ended = Arc::new(AtomicBool::new(false));
        let is_ended = Arc::clone(&ended);
        let task = runtime.spawn(async move {
            breaking::if_asked("task");
            let on_phase = |phase: Phase| drop(tell.send(Message::Reached { flight, phase }));
            let answer = session.ask(&lookup, &on_phase).await;
            for notice in &answer.notices {
                let _ = tell.send(Message::Told(notice.words()));
            }
            if let Some(learned) = answer.learned {
                portals.learn(&handle, &session, learned);
            }
            let record = Box::new(Record::new(&answer.lookup, at, answer.end));
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
