//! The portals of the explorer: the one that is open, opening another, adding one, and examining them.
//! All of it happens on the network's threads and reports by message; what reads the disk or asks the
//! keyring is put where it may block.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use crate::demo;
use crate::domain::address::RestRoot;
use crate::domain::credential::Credential;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::explanation::Explanation;
use crate::domain::lookup::DEFAULT_TIMEOUT;
use crate::domain::pasted;
use crate::domain::profile::Profile;
use crate::portal::{Client, doctor};
use crate::session::{Learned, Session, copies, opening, reports};
use crate::store::Places;
use crate::store::settings::{self, Settings};
use crate::tui::app::Message;

use super::Source;

/// Shared by the driver and the tasks it starts.
#[derive(Clone)]
pub struct Portals {
    client: Client,
    /// Where the files are, or why there is no place for them.
    places: Result<Places, String>,
    /// What lookups go through.
    current: Arc<Mutex<Option<Session>>>,
    tell: Sender<Message>,
}

const NO_PROFILE: &str = "No portal is named. Open the profiles (p outside text fields, or Ctrl-P) and add one with Ctrl-A; or \
                          start with a webhook's address in the environment variable B24CHAT_WEBHOOK, or with --demo.";

impl Portals {
    pub fn new(client: Client, places: Result<Places, String>, tell: Sender<Message>) -> Self {
        Self { client, places, current: Arc::default(), tell }
    }

    /// The session that is open.
    pub fn current(&self) -> Option<Session> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens what the explorer was started with.
    pub fn begin(&self, handle: &Handle, source: Source) {
        match source {
            Source::Demo => self.serve_demo(handle),
            Source::Profile(profile) => self.opened(Session::of_profile(*profile, self.client.clone())),
            Source::Missing(why) => self.say(Message::PortalMissing(why)),
            Source::Named(name) => self.open(handle, name),
            Source::Active => {
                let this = self.clone();
                drop(handle.spawn_blocking(move || match this.open_active() {
                    Ok(true) => {}
                    Ok(false) => this.say(Message::PortalMissing(NO_PROFILE.to_owned())),
                    Err(why) => this.say(Message::PortalMissing(why)),
                }));
            }
        }
    }

    /// Opens a profile by its name. When it cannot be opened, the one before stays open.
    pub fn open(&self, handle: &Handle, name: String) {
        let this = self.clone();
        drop(handle.spawn_blocking(move || {
            if let Err(why) = this.open_named(&name) {
                this.stay(why);
            }
        }));
    }

    /// Whoever has no settings hears nothing of them.
    pub fn read_settings(&self, handle: &Handle, language_is_asked: bool) {
        let this = self.clone();
        drop(handle.spawn_blocking(move || {
            let Ok(places) = &this.places else { return };
            let Settings { language, troubles } = settings::read(&places.settings_file());
            let language = language.filter(|_| !language_is_asked);
            if language.is_some() || !troubles.is_empty() {
                this.say(Message::SettingsRead { language, troubles });
            }
        }));
    }

    pub fn list(&self, handle: &Handle) {
        let this = self.clone();
        drop(handle.spawn_blocking(move || {
            let listed = this.places.as_ref().map_err(Clone::clone).and_then(opening::sketches);
            this.say(Message::ProfilesListed(listed));
        }));
    }

    pub fn add(&self, handle: &Handle, name: String, root: RestRoot, credential: Credential) {
        let this = self.clone();
        drop(handle.spawn_blocking(move || {
            let places = this.places.as_ref().map_err(Clone::clone);
            let added = places.and_then(|places| opening::add_webhook(places, &name, &root, &credential));
            match added.and_then(|home| this.open_named(&name).map(|()| home)) {
                Ok(home) => this.say(Message::Told(format!("The profile {name} was added. Its secret is {home}."))),
                Err(why) => this.stay(why),
            }
        }));
    }

    /// Writes a portal's new address into its profile and opens it there.
    pub fn change_root(&self, handle: &Handle, name: String, root: RestRoot) {
        let this = self.clone();
        drop(handle.spawn_blocking(move || {
            let places = this.places.as_ref().map_err(Clone::clone);
            let changed = places.and_then(|places| opening::change_root(places, &name, &root));
            match changed.and_then(|()| this.open_named(&name)) {
                Ok(()) => this.say(Message::Told(format!("The profile {name} has the address {root} now."))),
                Err(why) => this.stay(why),
            }
        }));
    }

    /// What a refresh taught about the portal goes into the file, and onto the screen.
    pub fn learn(&self, handle: &Handle, session: &Session, learned: Learned) {
        let (this, profile) = (self.clone(), session.profile());
        self.say(Message::PortalOpened(Arc::clone(&profile)));
        drop(handle.spawn_blocking(move || {
            let places = this.places.as_ref().map_err(Clone::clone);
            if let Err(why) = places.and_then(|places| opening::learn(places, &profile.name, &learned)) {
                this.say(Message::Told(why));
            }
        }));
    }

    /// Runs the doctor on a profile: the open one, or another by name.
    pub fn examine(&self, handle: &Handle, number: u64, side: usize, profile: Option<String>) -> AbortHandle {
        let this = self.clone();
        let task = handle.spawn(async move {
            let end = match this.to_examine(profile).await {
                Ok(session) => Ok(Box::new(this.climb(&session, number, side).await)),
                Err(why) => Err(why),
            };
            this.say(Message::Examined { number, side, end });
        });
        task.abort_handle()
    }

    /// Sends the batch of an explanation through the session that is open.
    pub fn explain(&self, handle: &Handle, number: u64, explanation: Box<Explanation>) -> AbortHandle {
        let (this, on) = (self.clone(), handle.clone());
        let task = handle.spawn(async move {
            let Some(session) = this.current() else { return };
            let told = session.explain(&explanation, DEFAULT_TIMEOUT).await;
            for notice in &told.notices {
                this.say(Message::Told(notice.words()));
            }
            if let Some(learned) = told.learned {
                this.learn(&on, &session, learned);
            }
            this.say(Message::Explained { number, explained: Box::new(told.explained) });
        });
        task.abort_handle()
    }

    /// Writes a report beside the history, for this user alone, after it was looked through for every
    /// secret that this program keeps.
    pub fn save_report(&self, handle: &Handle, text: String) {
        let this = self.clone();
        drop(handle.spawn_blocking(move || {
            let words = this.places.as_ref().map_err(Clone::clone).and_then(|places| reports::save(places, &text));
            this.say(Message::Told(words.unwrap_or_else(|why| why)));
        }));
    }

    /// Writes what was to be copied into the folder of exports.
    pub fn save_copy(&self, handle: &Handle, name: String, text: String) {
        let this = self.clone();
        drop(handle.spawn_blocking(move || {
            let places = this.places.as_ref().map_err(Clone::clone);
            let words = places.and_then(|places| copies::save(places, &name, &text));
            this.say(Message::Told(words.unwrap_or_else(|why| why)));
        }));
    }

    async fn to_examine(&self, name: Option<String>) -> Result<Session, String> {
        let Some(name) = name else { return self.current().ok_or_else(|| NO_PROFILE.to_owned()) };
        let this = self.clone();
        let opened = tokio::task::spawn_blocking(move || {
            let places = this.places.as_ref().map_err(Clone::clone)?;
            opening::open(places, &name, this.client.clone()).map(|opened| opened.session)
        });
        opened.await.unwrap_or_else(|_| Err("The program is ending.".to_owned()))
    }

    /// An access token that has ended is replaced, and the ladder climbed once more: that is what asking
    /// would do as well.
    async fn climb(&self, session: &Session, number: u64, side: usize) -> Diagnosis {
        let on_finding = |finding: &_| {
            self.say(Message::Found { number, side, finding: Box::new(Clone::clone(finding)) });
        };
        let options = doctor::Options::default();
        let first = doctor::examine(&self.client, &session.profile(), options, &on_finding).await;
        let has_ended = first.broken().is_some_and(|broken| broken.code.as_deref() == Some("expired_token"));
        if !has_ended || session.refresh().await.is_err() {
            return first;
        }
        doctor::examine(&self.client, &session.profile(), options, &|_| {}).await
    }

    fn open_active(&self) -> Result<bool, String> {
        let opened = opening::open_active(self.places.as_ref().map_err(Clone::clone)?, self.client.clone())?;
        Ok(opened.map(|opened| self.take(opened)).is_some())
    }

    fn open_named(&self, name: &str) -> Result<(), String> {
        let places = self.places.as_ref().map_err(Clone::clone)?;
        opening::open(places, name, self.client.clone()).map(|opened| self.take(opened))
    }

    fn take(&self, opened: opening::Opened) {
        self.opened(opened.session);
        for note in opened.notes {
            self.say(Message::Told(note));
        }
    }

    fn opened(&self, session: Session) {
        let profile = session.profile();
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
        self.say(Message::PortalOpened(profile));
    }

    /// Another portal could not be opened: the one before stays, if there was one.
    fn stay(&self, why: String) {
        match self.current() {
            Some(session) => {
                self.say(Message::PortalOpened(session.profile()));
                self.say(Message::Told(why));
            }
            None => self.say(Message::PortalMissing(why)),
        }
    }

    fn serve_demo(&self, handle: &Handle) {
        let this = self.clone();
        drop(handle.spawn(async move {
            match demo::start(demo::Options::default()).await {
                Ok(portal) => {
                    match demo_profile(&portal) {
                        Ok(profile) => this.opened(Session::of_profile(profile, this.client.clone())),
                        Err(why) => this.say(Message::PortalMissing(why)),
                    }
                    // It serves as long as it lives.
                    std::future::pending::<()>().await;
                    drop(portal);
                }
                Err(error) => {
                    let why = format!("the demo portal could not be started on this machine: {error}");
                    this.say(Message::PortalMissing(why));
                }
            }
        }));
    }

    pub(super) fn say(&self, message: Message) {
        // When nobody listens the program is ending.
        let _ = self.tell.send(message);
    }
}

/// The demo portal as a profile.
///
/// # Errors
/// In words, if its own address could not be read.
pub fn demo_profile(portal: &demo::DemoPortal) -> Result<Profile, String> {
    let (root, credential, _) = pasted::webhook(&portal.webhook()).map_err(|why| why.en().to_owned())?;
    let user_name = Some(portal.user_name().to_owned());
    Ok(Profile { user_name, demo: true, ..Profile::new("demo", root, credential) })
}
