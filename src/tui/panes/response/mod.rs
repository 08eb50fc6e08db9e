//! The response: everything that came back beside the answer, in four tabs. Time is the portal's clock
//! and ours, Headers what they say, Sent the request as it was with the secret masked, Raw the reply as
//! it was, as JSON that folds.

mod raw;
mod tables;
mod time;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};
use tui_input::Input;

use jiff::tz::TimeZone;

use crate::domain::lookup::End;
use crate::domain::record::Record;
use crate::domain::reply::{Cut, Reply};
use crate::domain::visible;
use crate::tui::ui::fold::Folding;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::theme::Theme;
use crate::tui::ui::{field, text, when};

/// The tabs, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Time,
    Headers,
    Sent,
    Raw,
}

impl Tab {
    pub const ALL: [Self; 4] = [Self::Time, Self::Headers, Self::Sent, Self::Raw];

    pub fn name(self) -> &'static str {
        match self {
            Self::Time => "Time",
            Self::Headers => "Headers",
            Self::Sent => "Sent",
            Self::Raw => "Raw",
        }
    }

    /// The tab so many places on, going round.
    pub fn step(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

/// What the pane remembers.
#[derive(Clone, Debug, Default)]
pub struct ResponsePane {
    pub tab: Tab,
    /// The first line that is seen, for the tabs that are not Raw.
    pub scroll: usize,
    /// The reply's rows.
    pub raw: Folding,
    /// The row of Raw under the cursor, and the first that is seen.
    pub cursor: usize,
    pub top: usize,
    /// The text to find, while it is typed and after.
    pub search: Input,
    pub searching: bool,
}

impl ResponsePane {
    /// Another record is shown: its rows, from the top. The tab stays.
    pub fn show(&mut self, end: &End) {
        let body = match end {
            End::Answered(reply) => reply.body.as_slice(),
            End::Failed { .. } => &[],
        };
        *self = Self { tab: self.tab, raw: Folding::of(body), search: self.search.clone(), ..Self::default() };
    }

    /// Moves the cursor of Raw, or the page of another tab, by so many lines.
    pub fn move_by(&mut self, by: isize) {
        let place = if self.tab == Tab::Raw { &mut self.cursor } else { &mut self.scroll };
        *place = place.saturating_add_signed(by);
    }

    /// Keeps cursor and scrolling within what there is, when the area is so large.
    pub fn settle(&mut self, record: Option<&Record>, area: Rect, zone: &TimeZone, theme: &Theme) {
        let rows = usize::from(inside(area).height).saturating_sub(1);
        if self.tab == Tab::Raw {
            self.cursor = self.cursor.min(self.raw.len().saturating_sub(1));
            self.top = raw::top(self, usize::from(inside(area).width), rows);
        } else if let Some(record) = record {
            let lines = self.lines(record, usize::from(inside(area).width), zone, theme).len();
            self.scroll = self.scroll.min(lines.saturating_sub(rows));
        }
    }

    /// Which tab's name is at a column of the top border.
    pub fn tab_at(area: Rect, column: u16) -> Option<Tab> {
        let names: usize = Tab::ALL.iter().map(|tab| tab.name().len() + 2).sum();
        let mut from = usize::from(area.right()).checked_sub(names + 1)?;
        for tab in Tab::ALL {
            let until = from + tab.name().len() + 2;
            if (from..until).contains(&usize::from(column)) {
                return Some(tab);
            }
            from = until;
        }
        None
    }

    /// The row of Raw at a line of the pane's inside (below the status line).
    pub fn row_at(&self, area: Rect, line: usize) -> Option<usize> {
        raw::row_at(self, usize::from(inside(area).width), line)
    }

    pub fn draw(
        &self,
        frame: &mut Frame,
        area: Rect,
        record: Option<&Record>,
        zone: &TimeZone,
        has_keys: bool,
        theme: &Theme,
    ) {
        let titles = Titles { left: Line::from(" Response "), right: self.tabs(theme), ..Titles::default() };
        let below = record.map_or(0, |record| self.below(record, area, zone, theme));
        let bottom = match below {
            0 => self.found_line(theme),
            below => Line::from(format!(" ↓ {below} more ")).right_aligned(),
        };
        let titles = Titles { bottom, ..titles };
        pane::draw(frame, area, titles, has_keys, theme);
        let inner = inside(area);
        if inner.height == 0 {
            return;
        }
        let Some(record) = record else {
            let words = "what the portal sends beside the answer is shown here";
            let shown = text::fit(words, usize::from(inner.width)).into_owned();
            return frame.render_widget(Line::styled(shown, theme.quiet), Rect { height: 1, ..inner });
        };
        let status = Rect { height: 1, ..inner };
        frame.render_widget(status_line(&record.end, usize::from(inner.width), theme), status);
        let page = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
        if self.tab == Tab::Raw && matches!(record.end, End::Answered(_)) {
            raw::draw(self, frame, page, has_keys, theme);
        } else {
            let lines = self.lines(record, usize::from(page.width), zone, theme);
            let seen: Vec<Line> = lines.into_iter().skip(self.scroll).take(usize::from(page.height)).collect();
            frame.render_widget(Text::from(seen), page);
        }
        self.draw_search(frame, area, has_keys, theme);
    }

    fn lines(&self, record: &Record, columns: usize, zone: &TimeZone, theme: &Theme) -> Vec<Line<'static>> {
        match (self.tab, &record.end) {
            (Tab::Sent, _) => tables::sent(&record.sent, columns, theme),
            (Tab::Time, end) => time::lines(end, columns, zone, theme),
            (Tab::Headers, End::Answered(reply)) => tables::headers(reply, columns, theme),
            (Tab::Headers | Tab::Raw, _) => vec![Line::styled("no reply came", theme.quiet)],
        }
    }

    /// How many lines of a page are below what is seen; Raw shows by its brackets that it goes on.
    fn below(&self, record: &Record, area: Rect, zone: &TimeZone, theme: &Theme) -> usize {
        let inner = inside(area);
        if self.tab == Tab::Raw {
            return 0;
        }
        let lines = self.lines(record, usize::from(inner.width), zone, theme).len();
        lines.saturating_sub(self.scroll + usize::from(inner.height).saturating_sub(1))
    }

    fn tabs(&self, theme: &Theme) -> Line<'static> {
        let style = |tab| if tab == self.tab { theme.strong.patch(theme.cursor) } else { theme.quiet };
        Line::from(Tab::ALL.map(|tab| Span::styled(format!(" {} ", tab.name()), style(tab))).to_vec())
    }

    fn found_line(&self, theme: &Theme) -> Line<'static> {
        let text = self.search.value();
        if self.tab != Tab::Raw || self.searching || text.is_empty() {
            return Line::default();
        }
        let count = self.raw.count(text);
        Line::styled(format!(" {count} × {}  n next ", text::fit(&visible::line(text), 20)), theme.quiet)
    }

    fn draw_search(&self, frame: &mut Frame, area: Rect, has_keys: bool, theme: &Theme) {
        if !self.searching || area.width < 12 {
            return;
        }
        let row = Rect { x: area.x + 2, y: area.bottom() - 1, width: area.width - 4, height: 1 };
        frame.render_widget(Line::raw(" ".repeat(usize::from(row.width))), row);
        frame.render_widget(Line::styled("find ", theme.key), row);
        field::draw(frame, Rect { x: row.x + 5, width: row.width - 5, ..row }, &self.search, theme.strong, has_keys);
    }
}

/// The room for text: inside the frame, one column free on both sides.
fn inside(area: Rect) -> Rect {
    Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height.saturating_sub(2) }
}

fn status_line(end: &End, columns: usize, theme: &Theme) -> Line<'static> {
    let words = match end {
        // Where it is narrow, the version is what one misses least.
        End::Answered(reply) => Some(status_words(reply, true))
            .filter(|words| text::width(words) <= columns)
            .unwrap_or_else(|| status_words(reply, false)),
        End::Failed { phases, .. } => format!("no reply · {}", when::span(phases.total)),
    };
    Line::styled(text::fit(&words, columns).into_owned(), theme.strong)
}

fn status_words(reply: &Reply, with_version: bool) -> String {
    let version = if with_version { format!("{} · ", reply.version) } else { String::new() };
    let mut words = format!("{}{} · {version}{}", reply.status, reason(reply.status), size(reply.body.len()));
    if let Some(cut) = &reply.cut {
        words.push_str(match cut {
            Cut::TooLarge => " and more",
            Cut::Closed { .. } => ", cut short",
        });
    }
    words.push_str(&format!(" · {}", when::span(reply.phases.total)));
    words
}

/// The standard's words for a status, for those that a portal or what stands before it sends.
fn reason(status: u16) -> &'static str {
    match status {
        200 => " OK",
        301 => " Moved Permanently",
        302 => " Found",
        307 => " Temporary Redirect",
        308 => " Permanent Redirect",
        400 => " Bad Request",
        401 => " Unauthorized",
        403 => " Forbidden",
        404 => " Not Found",
        429 => " Too Many Requests",
        500 => " Internal Server Error",
        502 => " Bad Gateway",
        503 => " Service Unavailable",
        504 => " Gateway Timeout",
        _ => "",
    }
}

fn size(bytes: usize) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} B"),
        10_000..=10_239_999 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes / (1024 * 1024)),
    }
}
