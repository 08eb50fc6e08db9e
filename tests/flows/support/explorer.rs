//! The machine with an outside that does what a test says: a portal that answers when it is told to, a
//! history in memory, and an invented clock.

use std::sync::Arc;
use std::time::Duration;

use b24chat::domain::address::RestRoot;
use b24chat::domain::credential::{Credential, Secret};
use b24chat::domain::language::Language;
use b24chat::domain::lookup::{End, Lookup};
use b24chat::domain::phases::Phase;
use b24chat::domain::profile::{Profile, Sketch};
use b24chat::domain::record::Record;
use b24chat::tui::app::flight::FlightId;
use b24chat::tui::app::focus::Focus;
use b24chat::tui::app::model::Setup;
use b24chat::tui::app::{Effect, Message, Model, Moment, Pointer, typing, update};
use b24chat::tui::ui::theme::Theme;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::memory::Memory;
use super::{Screen, chords};

/// The portal that is asked.
pub fn profile() -> Profile {
    let root = RestRoot::from_url("https://acme.bitrix24.com/rest/".parse().unwrap()).unwrap();
    let credential = Credential::Webhook { user: "27".to_owned(), secret: Secret::new("canary0123456789") };
    Profile { user_name: Some("Ann Admin".to_owned()), ..Profile::new("acme", root, credential) }
}

/// An explorer and its outside.
pub struct Explorer {
    pub model: Model,
    pub now: Moment,
    pub memory: Memory,
    /// Answers of the history wait until [`Explorer::deliver`].
    pub slow_history: bool,
    /// What the list of profiles is answered with.
    pub profiles: Result<Vec<Sketch>, String>,
    waiting: Vec<Message>,
    /// The latest request.
    pub asked: Option<(FlightId, Lookup, Timestamp)>,
    effects: Vec<Effect>,
}

impl Explorer {
    /// As it is when the program begins: no message has come yet.
    pub fn begin(columns: u16, rows: u16, records: Vec<Record>) -> Self {
        let setup = Setup {
            theme: Theme::plain(),
            zone: TimeZone::UTC,
            timeout: Duration::from_secs(65),
            language: Language::En,
            opening: "portal",
            size: (columns, rows),
            system: "linux",
        };
        // Not on a whole millisecond, as no real clock ever is.
        let wall = "2026-02-25T16:03:37.123456789Z".parse().unwrap();
        Self {
            model: Model::new(setup),
            now: Moment { clock: Duration::from_millis(40), wall },
            memory: Memory::holding(records),
            slow_history: false,
            profiles: Ok(Vec::new()),
            waiting: Vec::new(),
            asked: None,
            effects: Vec::new(),
        }
    }

    /// With its portal open and its history read; what led there is forgotten.
    pub fn with_history(columns: u16, rows: u16, records: Vec<Record>) -> Self {
        let mut explorer = Self::begin(columns, rows, records);
        explorer.read_history();
        explorer.tell(Message::PortalOpened(Arc::new(profile())));
        explorer.effects.clear();
        explorer
    }

    /// The same with an empty history.
    pub fn new(columns: u16, rows: u16) -> Self {
        Self::with_history(columns, rows, Vec::new())
    }

    /// What the program does after its first frame.
    pub fn read_history(&mut self) {
        let effects = typing::recall(&mut self.model);
        self.carry_out(effects);
    }

    pub fn tell(&mut self, message: Message) {
        let effects = update(&mut self.model, message, self.now);
        self.carry_out(effects);
    }

    pub fn keys(&mut self, text: &str) {
        for chord in chords(text) {
            self.tell(Message::Pressed(chord));
        }
    }

    pub fn paste(&mut self, text: &str) {
        self.tell(Message::Pasted(text.to_owned()));
    }

    pub fn click(&mut self, (column, row): (u16, u16)) {
        self.tell(Message::Pointed(Pointer::Clicked { column, row }));
    }

    pub fn wheel_down(&mut self, (column, row): (u16, u16)) {
        self.tell(Message::Pointed(Pointer::WheeledDown { column, row }));
    }

    pub fn wheel_up(&mut self, (column, row): (u16, u16)) {
        self.tell(Message::Pointed(Pointer::WheeledUp { column, row }));
    }

    /// Time goes by; nobody is told.
    pub fn pass(&mut self, milliseconds: u64) {
        self.now.clock += Duration::from_millis(milliseconds);
        self.now.wall += SignedDuration::from_millis(i64::try_from(milliseconds).unwrap());
    }

    /// The request in flight gets on.
    pub fn reach(&mut self, phase: Phase) {
        let flight = self.asked.as_ref().unwrap().0;
        self.tell(Message::Reached { flight, phase });
    }

    /// The latest request ends so; its record is written first.
    pub fn settle(&mut self, end: End) {
        let (flight, lookup, at) = self.asked.clone().unwrap();
        let record = Box::new(Record::new(&lookup, at, end));
        let kept = Some(self.memory.keep(&record).id);
        self.tell(Message::Settled { flight, record, kept });
    }

    /// Asks for a pair by the form and settles it.
    pub fn look_up(&mut self, entity_id: &str, end: End) {
        self.model.entity_id.set("");
        self.keys(&format!("{entity_id} <enter>"));
        self.settle(end);
    }

    /// The same by another way in, with the keys staying where they are.
    pub fn look_up_from_anywhere(&mut self, entity_id: &str, end: End) {
        let focus = self.model.focus;
        self.model.focus = Focus::EntityId;
        self.look_up(entity_id, end);
        self.model.focus = focus;
    }

    /// Hands over what the slow history had to say.
    pub fn deliver(&mut self) {
        for message in std::mem::take(&mut self.waiting) {
            self.tell(message);
        }
    }

    pub fn screen(&self) -> Screen {
        Screen::of(&self.model, self.now)
    }

    /// What was asked of the outside since this was called last, a line each.
    pub fn effects(&mut self) -> Vec<String> {
        std::mem::take(&mut self.effects).iter().map(words).collect()
    }

    /// The records that were to be written since the effects were read last.
    pub fn kept(&self) -> Vec<Record> {
        let keep = |effect: &Effect| if let Effect::Keep(record) = effect { Some((**record).clone()) } else { None };
        self.effects.iter().filter_map(keep).collect()
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.effects.push(effect.clone());
            let answer = match effect {
                Effect::Ask { flight, lookup, at } => {
                    self.asked = Some((flight, lookup, at));
                    None
                }
                Effect::Keep(record) => Some(Message::Kept(self.memory.keep(&record))),
                Effect::Recall { number, filter, before } => {
                    let (rows, total) = self.memory.recall(&filter, before);
                    Some(Message::Recalled { number, rows, total })
                }
                Effect::Open(id) => Some(Message::Opened { id, record: self.memory.open(id) }),
                Effect::ListProfiles => Some(Message::ProfilesListed(self.profiles.clone())),
                // What is opened, changed or examined is answered by the test itself.
                Effect::UseProfile(_)
                | Effect::AddProfile { .. }
                | Effect::ChangeRoot { .. }
                | Effect::Examine { .. }
                | Effect::AbandonExamination(_)
                | Effect::SaveReport(_)
                | Effect::Explain { .. }
                | Effect::AbandonExplanation(_)
                | Effect::ReadCard { .. }
                | Effect::ReadMine { .. }
                | Effect::AbandonRead(_)
                | Effect::Copy(_)
                | Effect::CopyByTerminal(_)
                | Effect::SaveCopy { .. }
                | Effect::Abandon(_)
                | Effect::Suspend
                | Effect::Leave(_) => None,
            };
            match answer {
                Some(message) if self.slow_history => self.waiting.push(message),
                Some(message) => self.tell(message),
                None => {}
            }
        }
    }
}

fn words(effect: &Effect) -> String {
    match effect {
        Effect::Ask { lookup, .. } => format!("ask {}", lookup.pair),
        Effect::Abandon(_) => "abandon".to_owned(),
        Effect::Keep(record) => {
            let End::Failed { failure, .. } = &record.end else { panic!("only what was cancelled is kept aside") };
            format!("keep {}: {failure}", record.pair)
        }
        Effect::Recall { filter, before, .. } => match before {
            Some(before) => format!("recall {filter:?} before {}", before.0),
            None => format!("recall {filter:?}"),
        },
        Effect::Open(id) => format!("open {}", id.0),
        Effect::ListProfiles => "list profiles".to_owned(),
        Effect::UseProfile(name) => format!("use {name}"),
        Effect::AddProfile { name, root, credential } => format!("add {name} {root} {}", credential.words()),
        Effect::ChangeRoot { profile, root } => format!("change {profile} to {root}"),
        Effect::Examine { side, profile, .. } => format!("examine {side} {}", profile.as_deref().unwrap_or("open")),
        Effect::AbandonExamination(_) => "abandon examination".to_owned(),
        Effect::ReadCard { chat, .. } => format!("read card {chat}"),
        Effect::ReadMine { .. } => "read my chats".to_owned(),
        Effect::AbandonRead(_) => "abandon read".to_owned(),
        Effect::SaveReport(text) => format!("save {}", text.lines().nth(2).unwrap_or_default()),
        Effect::Explain { explanation, .. } => format!("explain {}", explanation.pair),
        Effect::AbandonExplanation(_) => "abandon explanation".to_owned(),
        Effect::Copy(text) => format!("copy {text}"),
        Effect::CopyByTerminal(text) => format!("copy by terminal {text}"),
        Effect::SaveCopy { name, .. } => format!("save copy {name}"),
        Effect::Suspend => "suspend".to_owned(),
        Effect::Leave(ending) => format!("leave {ending:?}"),
    }
}
