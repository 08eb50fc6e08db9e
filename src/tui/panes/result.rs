//! The result: first what is so, then what it means, what it proves and what to do. Before the first
//! lookup it says what the chosen type is about; while a request is in flight, where it is.

use std::sync::LazyLock;
use std::time::Duration;

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Text};

use crate::domain::entity::EntityPair;
use crate::domain::entity_types::EntityKind;
use crate::domain::error_code::{self, Explanation};
use crate::domain::language::{Language, Phrase};
use crate::domain::lookup::End;
use crate::domain::phases::Phase;
use crate::domain::record::Record;
use crate::domain::reply::{ApiError, Outcome, Reply};
use crate::domain::summary::Verdict;
use crate::domain::visible;
use crate::tui::panes::history::mark_style;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::text;
use crate::tui::ui::theme::{Speech, Theme};
use crate::tui::ui::when;

/// What the pane is to show.
pub enum Showing<'a> {
    /// Nothing was asked yet.
    Nothing(Option<&'static EntityKind>),
    /// There is no portal to ask, and why.
    NoPortal(&'a str),
    Asking {
        pair: &'a EntityPair,
        elapsed: Duration,
        phase: Option<Phase>,
    },
    /// A lookup that has ended; `opened` tells when it was asked, if it was opened from the history.
    Ended {
        record: &'a Record,
        opened: Option<(Timestamp, &'a jiff::tz::TimeZone)>,
    },
}

/// Draws the pane, scrolled down by so many lines.
pub fn draw(frame: &mut Frame, area: Rect, showing: &Showing<'_>, scroll: usize, has_keys: bool, speech: Speech<'_>) {
    let theme = speech.theme;
    let left = match showing {
        Showing::Ended { opened: Some((at, zone)), .. } => {
            format!(" Result of {} ", when::date_and_clock(*at, zone, false))
        }
        _ => " Result ".to_owned(),
    };
    let lines = lines(showing, columns(area), speech);
    let rows = usize::from(area.height.saturating_sub(2));
    let top = scroll.min(lines.len().saturating_sub(rows));
    let below = lines.len().saturating_sub(top + rows);
    let bottom = if below > 0 { Line::from(format!(" ↓ {below} more ")).right_aligned() } else { Line::default() };
    let titles = Titles { left: Line::from(left), bottom, ..Titles::default() };
    let inner = pane::draw(frame, area, titles, has_keys, theme);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    frame.render_widget(Text::from(lines.into_iter().skip(top).take(rows).collect::<Vec<_>>()), inner);
}

/// The columns inside the pane that text may use.
pub fn columns(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(4))
}

/// Everything the pane has to say, wrapped.
pub fn lines(showing: &Showing<'_>, columns: usize, speech: Speech<'_>) -> Vec<Line<'static>> {
    let Speech { theme, language } = speech;
    let mut page = Page { lines: Vec::new(), columns, theme, language };
    match showing {
        Showing::Nothing(kind) => page.nothing(*kind),
        Showing::NoPortal(why) => {
            page.headline("", page.either("no portal to ask", "нет портала"), theme.warn);
            page.blank();
            page.say(why);
        }
        Showing::Asking { pair, elapsed, phase } => page.asking(pair, *elapsed, *phase),
        Showing::Ended { record, .. } => match &record.end {
            End::Answered(reply) => page.answer(record, reply),
            End::Failed { failure, .. } => {
                let verdict = Verdict::of(&record.end);
                page.headline(
                    verdict.mark(),
                    &visible::line(failure.words().get(language)),
                    mark_style(&verdict, theme),
                );
                page.blank();
                page.explanation(error_code::of_failure(failure));
            }
        },
    }
    page.lines
}

/// The way on from an answer that explains nothing.
static WHY: LazyLock<Phrase> = LazyLock::new(|| {
    Phrase::new(
        "outside text fields: what may lie behind it, checked in one request.",
        "вне полей ввода: что может за этим стоять, с проверкой одним запросом.",
    )
});

/// Lines being written, top to bottom.
struct Page<'a> {
    lines: Vec<Line<'static>>,
    columns: usize,
    theme: &'a Theme,
    language: Language,
}

impl Page<'_> {
    /// Words of this pane's own.
    fn either<'a>(&self, en: &'a str, ru: &'a str) -> &'a str {
        match self.language {
            Language::En => en,
            Language::Ru => ru,
        }
    }

    fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
    }

    fn headline(&mut self, mark: &str, words: &str, style: Style) {
        let words = if mark.is_empty() { words.to_owned() } else { format!("{mark} {words}") };
        self.lines.extend(text::paragraph(&words, self.columns, style));
    }

    fn say(&mut self, words: &str) {
        self.lines.extend(text::paragraph(words, self.columns, self.theme.text));
    }

    fn aside(&mut self, words: &str) {
        self.lines.extend(text::paragraph(words, self.columns, self.theme.quiet));
    }

    /// A sentence after a sign such as an arrow, wrapped beside it.
    fn item(&mut self, sign: &str, words: &str, style: Style) {
        self.lines.extend(text::labelled(sign, 2, words, self.columns, (self.theme.key, style)));
    }

    fn fact(&mut self, label: &str, value: &str, style: Style) {
        self.lines.extend(text::labelled(label, 9, &visible::line(value), self.columns, (self.theme.quiet, style)));
    }

    fn nothing(&mut self, kind: Option<&EntityKind>) {
        self.say(
            self.either("Type or paste an id above and press Enter.", "Введите или вставьте id выше и нажмите Enter."),
        );
        self.blank();
        if let Some(kind) = kind {
            self.headline("", &format!("{}: {}", kind.name, kind.meaning.get(self.language)), self.theme.strong);
            self.aside(kind.about.get(self.language));
            if !kind.example.is_empty() {
                self.blank();
                self.fact("example", &kind.example, self.theme.strong);
            }
        }
    }

    fn asking(&mut self, pair: &EntityPair, elapsed: Duration, phase: Option<Phase>) {
        self.headline("…", &visible::line(&format!("asking for {pair}")), self.theme.strong);
        self.blank();
        // Tenths are enough to see that it moves, and they do not flicker.
        self.fact("elapsed", &format!("{:.1} s", elapsed.as_secs_f64()), self.theme.text);
        self.fact("now", phase.map_or("about to send", Phase::words), self.theme.text);
        self.blank();
        self.aside(self.either(
            "Esc cancels. The method only reads, so nothing is left half done.",
            "Esc отменяет. Метод только читает, поэтому ничего не останется недоделанным.",
        ));
    }

    fn answer(&mut self, record: &Record, reply: &Reply) {
        let verdict = Verdict::of(&record.end);
        let (mark, style) = (verdict.mark().to_owned(), mark_style(&verdict, self.theme));
        match &reply.outcome {
            Outcome::Chat(id) => {
                self.headline(&mark, &format!("chat {id}"), style);
                self.fact("dialog", &id.dialog_id(), self.theme.strong);
                self.fact("open", &id.link(&record.site), self.theme.strong);
                self.blank();
                let explanation = error_code::of_chat();
                self.say(explanation.meaning.get(self.language));
            }
            Outcome::NoChat => {
                let no_chat = self.either("no chat for", "нет чата для");
                self.headline(&mark, &visible::line(&format!("{no_chat} {}", record.pair)), style);
                self.blank();
                self.explanation(&error_code::of_no_chat(&record.pair));
                self.blank();
                self.item("w", WHY.get(self.language), self.theme.text);
            }
            Outcome::Refused(error) => self.refusal(&mark, style, error, reply.status),
            Outcome::Unreadable(unreadable) => {
                let likeness = unreadable.looks_like.code().replace('_', " ");
                self.headline(&mark, &format!("{likeness}  {}", reply.status), style);
                if let Some(detail) = &unreadable.detail {
                    self.aside(&visible::line(detail));
                }
                self.blank();
                self.explanation(error_code::of_page(unreadable.looks_like));
                self.blank();
                self.aside(self.either(
                    "The reply is kept as it was: see the tab Raw.",
                    "Ответ сохранён как есть: см. вкладку Raw.",
                ));
            }
        }
        for (name, value) in &reply.extra {
            self.blank();
            let name = format!("{}  ", visible::line(name));
            let label = text::width(&name).min(self.columns / 2);
            let styles = (self.theme.quiet, self.theme.text);
            let value = value.to_string();
            self.lines.extend(text::labelled(&name, label, &visible::line(&value), self.columns, styles));
        }
    }

    fn refusal(&mut self, mark: &str, style: Style, error: &ApiError, status: u16) {
        let without = self.either("an error without a code", "ошибка без кода");
        let code = if error.code.is_empty() { without } else { &error.code };
        self.headline(mark, &visible::line(&format!("{code}  {status}")), style);
        if let Some(description) = error.description.as_ref().filter(|text| !text.is_empty()) {
            self.aside(&format!("“{}”", visible::line(description)));
        }
        self.blank();
        self.explanation(&error_code::of_error(&error.code));
    }

    fn explanation(&mut self, explanation: &Explanation) {
        // What to do comes before what else it could be: on a small screen the rest is below the edge.
        self.say(explanation.meaning.get(self.language));
        if !explanation.advice.is_empty() {
            self.blank();
        }
        for advice in &explanation.advice {
            self.item("→", advice.get(self.language), self.theme.text);
        }
        if let Some(proves) = &explanation.proves {
            self.blank();
            self.say(proves.get(self.language));
        }
        self.blank();
        self.aside(explanation.waiting.words().get(self.language));
        if !explanation.causes.is_empty() {
            self.blank();
            self.aside(self.either("It can be one of these:", "Возможные причины:"));
        }
        for cause in &explanation.causes {
            self.item("·", cause.get(self.language), self.theme.text);
        }
    }
}
