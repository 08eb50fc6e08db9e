//! The state of the explorer. One struct, each part owned by its pane; nothing in it can reach the outside.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use ratatui::layout::Rect;

use super::available::why_not;
use super::flight::Flight;
use super::focus::Focus;
use crate::domain::entity::EntityPair;
use crate::domain::language::{Language, Phrase};
use crate::domain::profile::Profile;
use crate::domain::record::{Record, RecordId};
use crate::tui::keys::Place;
use crate::tui::panes::card::ChatCard;
use crate::tui::panes::copy_menu::CopyMenu;
use crate::tui::panes::doctor::Doctor;
use crate::tui::panes::entity_id::EntityIdPane;
use crate::tui::panes::entity_type::EntityTypePane;
use crate::tui::panes::help::Help;
use crate::tui::panes::history::HistoryPane;
use crate::tui::panes::moved::Moved;
use crate::tui::panes::my_chats::MyChats;
use crate::tui::panes::new_profile::NewProfile;
use crate::tui::panes::palette::Palette;
use crate::tui::panes::profiles::ProfileList;
use crate::tui::panes::report::ReportPage;
use crate::tui::panes::response::ResponsePane;
use crate::tui::panes::result::{self, Showing};
use crate::tui::panes::why::WhyNull;
use crate::tui::ui::layout::Layout;
use crate::tui::ui::text;
use crate::tui::ui::theme::{Speech, Theme};

/// The portal that lookups go to.
#[derive(Clone, Debug)]
pub enum Portal {
    /// It will be open in a moment; what it is, in words.
    Opening(String),
    Open(Arc<Profile>),
    /// There is none: why, and what to do.
    Missing(String),
}

/// The lookup that result and response show.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its place in the history; `None` when it is not written yet or could not be.
    pub id: Option<RecordId>,
    pub record: Box<Record>,
    /// It was opened from the history.
    pub opened: bool,
}

/// What lies over the panes.
pub enum Overlay {
    Help(Help),
    Palette(Palette),
    Profiles(ProfileList),
    NewProfile(NewProfile),
    Doctor(Doctor),
    /// Over the doctor, which is still there when it is closed.
    Report {
        page: ReportPage,
        doctor: Doctor,
    },
    Moved(Moved),
    WhyNull(Box<WhyNull>),
    Card(ChatCard),
    MyChats(MyChats),
    Copy(CopyMenu),
}

/// A sentence for the person at the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub words: String,
    /// It goes with the next key; otherwise it stays until `Esc`.
    pub passing: bool,
}

/// What the explorer is made with.
pub struct Setup {
    pub theme: Theme,
    pub zone: TimeZone,
    /// For each lookup.
    pub timeout: Duration,
    /// Of explanations and advice.
    pub language: Language,
    /// What is being opened, in words: `demo portal`.
    pub opening: &'static str,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The operating system, in a word, for reports.
    pub system: &'static str,
}

/// Everything that is on the screen, or behind it.
pub struct Model {
    pub screen: Rect,
    pub theme: Theme,
    /// Local time.
    pub zone: TimeZone,
    /// The operating system, in a word.
    pub system: &'static str,
    pub timeout: Duration,
    /// Of explanations and advice.
    pub language: Language,
    pub portal: Portal,
    pub focus: Focus,
    pub entity_type: EntityTypePane,
    /// The type was chosen in this run: the last used one no longer takes its place.
    pub type_touched: bool,
    pub entity_id: EntityIdPane,
    pub result_scroll: usize,
    pub response: ResponsePane,
    pub history: HistoryPane,
    pub flight: Flight,
    /// A pair that waits for the portal to open.
    pub queued: Option<EntityPair>,
    pub shown: Option<Shown>,
    pub overlay: Option<Overlay>,
    pub notice: Option<Notice>,
    /// The latest recall; rows of an older one are out of date.
    pub recall: u64,
    numbers: u64,
}

impl Model {
    pub fn new(setup: Setup) -> Self {
        Self {
            screen: Rect::new(0, 0, setup.size.0, setup.size.1),
            theme: setup.theme,
            zone: setup.zone,
            system: setup.system,
            timeout: setup.timeout,
            language: setup.language,
            portal: Portal::Opening(setup.opening.to_owned()),
            focus: Focus::default(),
            entity_type: EntityTypePane::default(),
            type_touched: false,
            entity_id: EntityIdPane::default(),
            result_scroll: 0,
            response: ResponsePane::default(),
            history: HistoryPane::default(),
            flight: Flight::Grounded,
            queued: None,
            shown: None,
            overlay: None,
            notice: None,
            recall: 0,
            numbers: 0,
        }
    }

    /// A number that was not used before.
    pub fn next_number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    /// Says something that stays until it is put away.
    pub fn say(&mut self, words: impl Into<String>) {
        self.notice = Some(Notice { words: words.into(), passing: false });
    }

    /// Says something that goes with the next key.
    pub fn mention(&mut self, words: impl Into<String>) {
        self.notice = Some(Notice { words: words.into(), passing: true });
    }

    /// Puts a pair into the form, with words that say where it comes from. Nothing is sent.
    pub fn fill(&mut self, pair: &EntityPair, how: Phrase) {
        self.entity_type.value = pair.entity_type().to_owned();
        self.type_touched = true;
        self.entity_id.set(pair.entity_id());
        self.entity_id.understood = Some(how);
    }

    /// Shows a lookup, from its beginning.
    pub fn show(&mut self, shown: Shown) {
        self.response.show(&shown.record.end);
        self.result_scroll = 0;
        self.shown = Some(shown);
    }

    /// Where the keys go.
    pub fn place(&self) -> Place {
        match (&self.overlay, self.focus) {
            (Some(Overlay::Help(_)), _) => Place::Help,
            (Some(Overlay::Palette(_)), _) => Place::Palette,
            (Some(Overlay::Profiles(_)), _) => Place::Profiles,
            (Some(Overlay::NewProfile(_)), _) => Place::NewProfile,
            (Some(Overlay::Doctor(_)), _) => Place::Doctor,
            (Some(Overlay::Report { .. }), _) => Place::Report,
            (Some(Overlay::Moved(_)), _) => Place::Moved,
            (Some(Overlay::WhyNull(_)), _) => Place::WhyNull,
            (Some(Overlay::Card(_)), _) => Place::Card,
            (Some(Overlay::MyChats(_)), _) => Place::MyChats,
            (Some(Overlay::Copy(CopyMenu { page: None, .. })), _) => Place::CopyMenu,
            (Some(Overlay::Copy(_)), _) => Place::PlainPage,
            (None, Focus::EntityType) if self.entity_type.chooser.is_some() => Place::Types,
            (None, Focus::History) if self.history.filtering => Place::Filter,
            (None, Focus::Response) if self.response.searching => Place::Search,
            (None, focus) => focus.place(),
        }
    }

    /// The lines that stand alone on the screen, for the terminal's own selection.
    pub fn plain_page(&self) -> Option<Vec<String>> {
        match &self.overlay {
            Some(Overlay::Copy(menu)) => menu.plain(),
            _ => None,
        }
    }

    /// `None` when the screen is too small.
    pub fn layout(&self) -> Option<Layout> {
        Layout::of(self.screen, self.notice_rows())
    }

    /// What notices and hints leave of the screen: the large overlays must not hide what is said.
    pub fn room(&self) -> Rect {
        let below = self.notice_rows().min(4) + 1;
        Rect { height: self.screen.height.saturating_sub(below), ..self.screen }
    }

    fn notice_rows(&self) -> u16 {
        let columns = usize::from(self.screen.width.saturating_sub(4));
        let rows = self.notice.as_ref().map_or(0, |notice| text::wrap(&notice.words, columns).len());
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    /// How explanations are said.
    pub fn speech(&self) -> Speech<'_> {
        Speech { theme: &self.theme, language: self.language }
    }

    /// What the result pane is to show.
    pub fn showing(&self, now: super::Moment) -> Showing<'_> {
        match (&self.shown, &self.flight, &self.portal) {
            (Some(shown), _, _) => Showing::Ended {
                record: &shown.record,
                opened: shown.opened.then_some((shown.record.asked_at, &self.zone)),
            },
            (None, Flight::Aloft { lookup, .. }, _) => {
                Showing::Asking { pair: &lookup.pair, elapsed: self.flight.elapsed(now), phase: self.flight.phase() }
            }
            (None, Flight::Grounded, Portal::Missing(why)) => Showing::NoPortal(why),
            (None, Flight::Grounded, _) => Showing::Nothing(self.entity_type.kind()),
        }
    }

    /// Brings every cursor and scroll position back into what there is, for the size there is.
    pub fn settle(&mut self, now: super::Moment) {
        let Some(layout) = self.layout() else { return };
        self.history.settle(usize::from(layout.history.height.saturating_sub(2)));
        let record = self.shown.as_ref().map(|shown| &*shown.record);
        self.response.settle(record, layout.response, &self.zone, &self.theme);
        let lines = result::lines(&self.showing(now), result::columns(layout.result), self.speech()).len();
        let rows = usize::from(layout.result.height.saturating_sub(2));
        self.result_scroll = self.result_scroll.min(lines.saturating_sub(rows));
        if let Some(chooser) = &mut self.entity_type.chooser {
            chooser.cursor = chooser.cursor.min(chooser.choices().len().saturating_sub(1));
        }
        let help_end = self.help_end();
        let (room, language) = (self.room(), self.language);
        let speech = Speech { theme: &self.theme, language: self.language };
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => {
                palette.cursor = palette.cursor.min(palette.choices().len().saturating_sub(1));
            }
            Some(Overlay::Help(help)) => help.scroll = help.scroll.min(help_end),
            Some(Overlay::Profiles(list)) => {
                list.cursor = list.cursor.min(list.choices().len().saturating_sub(1));
            }
            Some(Overlay::Doctor(doctor)) => {
                let area = Doctor::area(room);
                let lines = doctor.lines(usize::from(area.width.saturating_sub(4)), speech).len();
                doctor.scroll = doctor.scroll.min(lines.saturating_sub(usize::from(area.height.saturating_sub(2))));
            }
            Some(Overlay::Report { page, .. }) => page.scroll = page.scroll.min(page.end(room)),
            Some(Overlay::WhyNull(why)) => {
                why.cursor = why.cursor.min(why.explanation.hypotheses.len().saturating_sub(1));
            }
            Some(Overlay::Card(card)) => {
                let area = ChatCard::area(room);
                let lines = card.lines(usize::from(area.width.saturating_sub(4)), language, &self.theme).len();
                card.scroll = card.scroll.min(lines.saturating_sub(usize::from(area.height.saturating_sub(2))));
            }
            Some(Overlay::MyChats(list)) => list.cursor = list.cursor.min(list.choices().len().saturating_sub(1)),
            Some(Overlay::Copy(menu)) => menu.settle(),
            Some(Overlay::NewProfile(_) | Overlay::Moved(_)) | None => {}
        }
    }

    /// How far the help can be scrolled: the reasons why a key is of no use now are lines of it too.
    fn help_end(&self) -> usize {
        let Some(Overlay::Help(help)) = &self.overlay else { return 0 };
        let reason = |action| why_not(self, action);
        let area = help.area(self.screen, reason, &self.theme);
        let lines = help.lines(usize::from(area.width.saturating_sub(4)), reason, &self.theme).len();
        lines.saturating_sub(usize::from(area.height.saturating_sub(2)))
    }
}
