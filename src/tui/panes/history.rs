//! The history: every lookup, newest first, with a mark for its end that does not rest on colour.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use tui_input::Input;

use crate::domain::record::RecordId;
use crate::domain::summary::{Summary, Verdict};
use crate::domain::visible;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::theme::Theme;
use crate::tui::ui::{field, text, when};

/// What the pane remembers. It holds the newest rows only, and more as the cursor nears their end.
#[derive(Clone, Debug, Default)]
pub struct HistoryPane {
    pub rows: Vec<Summary>,
    /// How many records fit the filter, whether or not their rows are here yet.
    pub total: u64,
    /// The row under the cursor.
    pub cursor: usize,
    /// The first row that is seen.
    pub top: usize,
    pub filter: Input,
    /// The filter is being typed.
    pub filtering: bool,
    /// The next rows that come begin the list anew; otherwise they are more of it.
    pub anew: bool,
    /// The first rows have come.
    pub loaded: bool,
    /// Why there is no history, when there is none to have.
    pub trouble: Option<String>,
}

/// More rows are asked for when the cursor is so near to the end of those that are here.
const NEAR_THE_END: usize = 50;

impl HistoryPane {
    pub fn under_cursor(&self) -> Option<&Summary> {
        self.rows.get(self.cursor)
    }

    /// The record after which more rows are wanted, if more exist and the cursor is near.
    pub fn wants_more(&self) -> Option<RecordId> {
        let is_all = self.rows.len() as u64 >= self.total;
        (!is_all && self.cursor + NEAR_THE_END >= self.rows.len()).then(|| self.rows.last().map(|row| row.id))?
    }

    /// A new record on top; the cursor stays on the row it was on, unless it was on the top. A record that
    /// was read from the history before its writer was heard is there already.
    pub fn push(&mut self, row: Summary, follow: bool) {
        if self.rows.iter().any(|known| known.id == row.id) {
            return;
        }
        // On top, unless a newer one was heard of first.
        let place = self.rows.partition_point(|known| known.id > row.id);
        self.rows.insert(place, row);
        self.total += 1;
        if follow {
            self.cursor = 0;
        } else if self.cursor > 0 && place <= self.cursor {
            self.cursor += 1;
        }
    }

    /// Keeps the cursor among the rows and in the part that is seen when so many rows fit.
    pub fn settle(&mut self, fit: usize) {
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(fit.max(1)));
        self.top = self.top.min(self.rows.len().saturating_sub(fit));
    }

    /// The row at a line of the pane's inside.
    pub fn row_at(&self, line: usize) -> Option<usize> {
        let row = self.top + line;
        (row < self.rows.len()).then_some(row)
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, now: Timestamp, zone: &TimeZone, has_keys: bool, theme: &Theme) {
        let count = if self.loaded { format!(" History ({}) ", grouped(self.total)) } else { " History ".to_owned() };
        let right = if self.filtering || !self.filter.value().is_empty() { "" } else { " / filter " };
        let titles = Titles { left: Line::from(count), right: Line::from(right), ..Titles::default() };
        let inner = pane::draw(frame, area, titles, has_keys, theme);
        self.draw_filter(frame, area, has_keys, theme);
        let columns = usize::from(inner.width);
        if self.rows.is_empty() {
            return frame.render_widget(Line::styled(format!(" {}", self.nothing()), theme.quiet), first_row(inner));
        }
        for (line, row) in self.rows.iter().skip(self.top).take(usize::from(inner.height)).enumerate() {
            let style = match (self.top + line == self.cursor, has_keys) {
                (true, true) => theme.cursor,
                (true, false) => theme.cursor_away,
                (false, _) => theme.text,
            };
            // Below the inner height, which is a u16.
            let y = inner.y + u16::try_from(line).unwrap_or(0);
            frame.render_widget(row_line(row, columns, now, zone, theme).style(style), Rect { y, height: 1, ..inner });
        }
    }

    fn draw_filter(&self, frame: &mut Frame, area: Rect, has_keys: bool, theme: &Theme) {
        if !self.filtering && self.filter.value().is_empty() || area.width < 40 {
            return;
        }
        let columns = 24;
        let x = area.right() - columns - 3;
        frame.render_widget(Line::styled(" / ", theme.key), Rect::new(x - 2, area.y, 3, 1));
        let room = Rect::new(x + 1, area.y, columns, 1);
        frame.render_widget(Line::raw(" ".repeat(usize::from(columns))), room);
        field::draw(frame, room, &self.filter, theme.strong, has_keys && self.filtering);
    }

    fn nothing(&self) -> String {
        match &self.trouble {
            Some(trouble) => trouble.clone(),
            None if !self.loaded => "reading the history".to_owned(),
            None if self.filter.value().is_empty() => "no lookups yet; each one you make is kept here".to_owned(),
            None => "nothing fits the filter; Esc clears it".to_owned(),
        }
    }
}

fn first_row(area: Rect) -> Rect {
    Rect { height: area.height.min(1), ..area }
}

/// The style that goes with a mark; the mark alone tells as much.
pub fn mark_style(verdict: &Verdict, theme: &Theme) -> Style {
    match verdict {
        Verdict::Chat(_) => theme.good,
        Verdict::NoChat => theme.none,
        Verdict::Refused { .. } | Verdict::Unreadable { .. } => theme.warn,
        Verdict::Failed { .. } => theme.bad,
    }
}

/// One row: mark, time, profile, type, id, end, how long it took. Where columns are few the profile goes
/// first, then the type gets narrower; the id and the end share what is left.
fn row_line(row: &Summary, columns: usize, now: Timestamp, zone: &TimeZone, theme: &Theme) -> Line<'static> {
    let profile_columns = if columns >= 100 {
        10
    } else if columns >= 70 {
        7
    } else {
        0
    };
    let type_columns = if columns >= 100 { 14 } else { 12 };
    let (asked_at, time_columns) = if columns >= 70 {
        (when::in_list(row.asked_at, now, zone), 12)
    } else {
        (when::in_narrow_list(row.asked_at, now, zone), 6)
    };
    let took = when::span(row.total);
    let fixed = 3 + time_columns + profile_columns + type_columns + 9;
    let rest = columns.saturating_sub(fixed);
    let end_columns = (rest * if rest < 60 { 69 } else { 45 } / 100).max(10).min(rest);
    let id_columns = rest - end_columns;
    let cell = |value: &str, columns: usize| {
        let value = visible::line(value);
        if columns == 0 { String::new() } else { format!("{} ", text::pad(&value, columns - 1)) }
    };
    Line::from(vec![
        Span::raw(" "),
        Span::styled(row.verdict.mark(), mark_style(&row.verdict, theme)),
        Span::raw(" "),
        Span::styled(cell(&asked_at, time_columns), theme.quiet),
        Span::styled(cell(&row.profile, profile_columns), theme.quiet),
        Span::raw(cell(row.pair.entity_type(), type_columns)),
        Span::raw(cell(row.pair.entity_id(), id_columns)),
        Span::raw(cell(&row.verdict.words(), end_columns)),
        Span::styled(format!("{took:>8} "), theme.quiet),
    ])
}

/// `1 204`: digits in threes.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}
