//! The only part of the explorer that knows a terminal, a clock, threads, the network and the disk. It
//! draws the first frame before any of them but the terminal, turns what happens outside into messages,
//! and carries out what the machine asks for.

mod breaking;
mod clipboard;
mod driver;
mod input;
mod keeper;
mod portals;
mod reads;
mod screen;
#[cfg(unix)]
mod signals;

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use portals::demo_profile;
pub use screen::{NoScreen, give_back};

use self::driver::Driver;
use self::input::Listener;
use self::screen::Screen;
use super::app::copying::Copied;
use super::app::model::Setup;
use super::app::{Effect, Ending, Message, Model, Moment, beat, update, view};
use super::panes::copy_menu::PLAIN_HINTS;
use super::ui::theme::Theme;
use crate::domain::language::Language;
use crate::domain::profile::Profile;
use crate::store::Places;
use crate::tui::app::typing;

/// What the explorer is started with.
pub struct Start {
    pub source: Source,
    /// For each lookup.
    pub timeout: Duration,
    /// Of explanations and advice.
    pub language: Language,
    /// It was asked for by name: settings do not change it.
    pub language_is_asked: bool,
    /// Where files are, or why there is no place for them.
    pub places: Result<Places, String>,
    /// `NO_COLOR` was set.
    pub plain: bool,
}

/// Which portal is asked.
pub enum Source {
    /// The embedded demo portal, started with the explorer.
    Demo,
    Profile(Box<Profile>),
    /// A profile of the file, by its name.
    Named(String),
    /// The profile of the file that is asked when no other is named.
    Active,
    /// None: why, and what to do.
    Missing(String),
}

/// Runs the explorer until it is left.
///
/// # Errors
/// When there is no terminal to show it on, or the terminal went away.
pub fn run(start: Start) -> Result<Ending, NoScreen> {
    let clock = Clock(Instant::now());
    let (tell, messages) = mpsc::channel();
    #[cfg(unix)]
    signals::listen(tell.clone());
    let mut screen = Screen::enter(start.plain)?;
    let mut model = Model::new(setup(&start, screen.size()));
    screen.draw(|frame| view(&model, clock.now(), frame))?;

    // Whatever is slow comes after the first frame, and reports by message.
    let listener = Listener::start(tell.clone());
    let mut driver = Driver::start(start.source, start.places, tell);
    driver.read_settings(start.language_is_asked);
    for effect in typing::recall(&mut model) {
        driver.carry_out(effect);
    }
    let ending = attend(&mut model, &messages, &mut driver, &mut screen, clock);
    if ending.is_err() {
        // The terminal went away before anybody said so; what is in flight gets its record all the same.
        for effect in update(&mut model, Message::Stopped, clock.now()) {
            driver.carry_out(effect);
        }
    }
    // What is typed from here on is the shell's; what is still to be written may take its time.
    drop(messages);
    listener.finish();
    drop(screen);
    driver.finish();
    ending
}

fn setup(start: &Start, size: (u16, u16)) -> Setup {
    Setup {
        theme: if start.plain { Theme::plain() } else { Theme::colour() },
        zone: TimeZone::system(),
        timeout: start.timeout,
        language: start.language,
        opening: if matches!(start.source, Source::Demo) { "demo portal" } else { "portal" },
        size,
        system: std::env::consts::OS,
    }
}

/// While the program was continued in the background: how often it looks whether the terminal is its own again.
const LOOK_AROUND: Duration = Duration::from_millis(250);

const NOBODY_TO_WAKE: &str = "Not now: nothing here could wake the program again, because it was not started from a shell \
                              that does job control.";

/// The loop: a message is the only reason to draw, a batch of messages is drawn once, idle is asleep.
fn attend(
    model: &mut Model,
    messages: &Receiver<Message>,
    driver: &mut Driver,
    screen: &mut Screen,
    clock: Clock,
) -> Result<Ending, NoScreen> {
    loop {
        let pause = if screen.is_stale() { Some(LOOK_AROUND) } else { beat(model) };
        let mut next = wait(messages, pause);
        while let Some(message) = next {
            if let Message::Resized(columns, rows) = message {
                screen.resize(columns, rows)?;
            }
            for effect in update(model, driver.understood(message), clock.now()) {
                match effect {
                    Effect::Leave(ending) => return Ok(ending),
                    Effect::Suspend if screen.sleep() => {}
                    Effect::Suspend => drop(update(model, Message::Told(NOBODY_TO_WAKE.to_owned()), clock.now())),
                    Effect::CopyByTerminal(text) => {
                        let how = if screen.copy(&text)? { Copied::Sent } else { Copied::TooLong };
                        drop(update(model, Message::Copied(how), clock.now()));
                    }
                    effect => driver.carry_out(effect),
                }
            }
            next = messages.try_recv().ok();
        }
        if screen.is_stale() {
            screen.wake()?;
            // The terminal may have another size by now, and nobody tells a program that sleeps.
            let (columns, rows) = screen.size();
            update(model, Message::Resized(columns, rows), clock.now());
        }
        if let Some(lines) = model.plain_page() {
            let hints = model.notice.as_ref().map_or(PLAIN_HINTS, |notice| &notice.words);
            screen.draw_plain(&lines, hints)?;
            continue;
        }
        screen.leave_plain()?;
        screen.draw(|frame| {
            breaking::if_asked("draw");
            view(model, clock.now(), frame);
        })?;
    }
}

fn wait(messages: &Receiver<Message>, beat: Option<Duration>) -> Option<Message> {
    let Some(beat) = beat else { return messages.recv().ok() };
    match messages.recv_timeout(beat) {
        Ok(message) => Some(message),
        Err(RecvTimeoutError::Timeout) => Some(Message::Beat),
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

/// Where moments come from.
#[derive(Clone, Copy)]
struct Clock(Instant);

impl Clock {
    fn now(self) -> Moment {
        Moment { clock: self.0.elapsed(), wall: Timestamp::now() }
    }
}
