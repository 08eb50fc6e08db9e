//! The copy menu: what of the shown lookup can be copied, with a preview of exactly that; and the plain page,
//! on which the text stands alone for the terminal's own selection.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::domain::snippet::Copy;
use crate::domain::visible;
use crate::tui::ui::layout::Layout;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::text;
use crate::tui::ui::theme::Theme;

/// The open menu.
#[derive(Clone, Debug)]
pub struct CopyMenu {
    pub copies: Vec<Copy>,
    pub cursor: usize,
    /// The text under the cursor is shown alone, from this line on.
    pub page: Option<usize>,
}

/// Columns of the list beside its preview, and of the names in it.
const LIST: u16 = 14;

impl CopyMenu {
    /// What is under the cursor.
    pub fn chosen(&self) -> Option<&Copy> {
        self.copies.get(self.cursor)
    }

    /// The lines of the plain page, from where it is scrolled to.
    pub fn plain(&self) -> Option<Vec<String>> {
        let text = visible::lines(&self.chosen()?.text).into_owned();
        Some(text.lines().skip(self.page?).map(str::to_owned).collect())
    }

    /// Brings cursor and scroll position back into what there is.
    pub fn settle(&mut self) {
        self.cursor = self.cursor.min(self.copies.len().saturating_sub(1));
        let last = self.chosen().map_or(0, |copy| copy.text.lines().count().saturating_sub(1));
        self.page = self.page.map(|line| line.min(last));
    }

    pub fn move_by(&mut self, by: isize) {
        match &mut self.page {
            Some(line) => *line = line.saturating_add_signed(by),
            None => self.cursor = self.cursor.saturating_add_signed(by),
        }
    }

    pub fn draw(&self, frame: &mut Frame, room: Rect, theme: &Theme) {
        let width = 112.min(room.width.saturating_sub(2));
        let area = Layout::middle(room, width, 20.min(room.height.saturating_sub(1)));
        let what = self.chosen().map_or("", |copy| copy.what);
        let titles = Titles {
            left: Line::from(" Copy "),
            right: Line::from(format!(" {what} ")),
            bottom: Line::from(" Enter copy   v show alone   s save   Esc close "),
        };
        let inner = pane::overlay(frame, area, titles, theme);
        let list = Rect { width: LIST.min(inner.width), ..inner };
        let rows = usize::from(list.height);
        let top = (self.cursor + 1).saturating_sub(rows);
        for (at, copy) in self.copies.iter().enumerate().skip(top).take(rows) {
            let style = if at == self.cursor { theme.cursor } else { theme.text };
            let y = list.y + u16::try_from(at - top).unwrap_or(0);
            let name = text::pad(&format!(" {}", copy.name), usize::from(list.width));
            frame.render_widget(Line::from(Span::raw(name)).style(style), Rect { y, height: 1, ..list });
        }
        let preview = Rect { x: list.right() + 1, width: inner.width.saturating_sub(list.width + 2), ..inner };
        frame.render_widget(Text::from(self.preview(preview, theme)), preview);
    }

    /// The beginning of the text; what does not fit is said to be more.
    fn preview(&self, area: Rect, theme: &Theme) -> Vec<Line<'static>> {
        let Some(copy) = self.chosen() else { return Vec::new() };
        let (columns, rows) = (usize::from(area.width), usize::from(area.height));
        let text = visible::lines(&copy.text).replace('\t', "    ");
        let count = text.lines().count();
        let shown = if count > rows { rows.saturating_sub(1) } else { rows };
        let mut lines: Vec<Line> = text
            .lines()
            .take(shown)
            .map(|line| Line::styled(text::fit(line, columns).into_owned(), theme.text))
            .collect();
        if count > rows {
            lines.push(Line::styled(format!("… {} more lines", count - shown), theme.quiet));
        }
        lines
    }

    /// The plain page as a picture: no frame, nothing beside the text. On a real terminal the runtime writes
    /// the lines itself, so that a long one is wrapped by the terminal and selected as one.
    pub fn draw_plain(&self, frame: &mut Frame, theme: &Theme) {
        let area = frame.area();
        frame.render_widget(ratatui::widgets::Clear, area);
        let columns = usize::from(area.width);
        let lines = self.plain().unwrap_or_default();
        let lines = lines.iter().flat_map(|line| text::paragraph(&line.replace('\t', "    "), columns, theme.text));
        let rows = usize::from(area.height.saturating_sub(1));
        frame.render_widget(Text::from(lines.take(rows).collect::<Vec<_>>()), area);
        let last = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        frame.render_widget(Line::styled(PLAIN_HINTS, theme.quiet), last);
    }
}

/// The last line of the plain page.
pub const PLAIN_HINTS: &str = "Esc back   ↑ ↓ scroll   s save";
