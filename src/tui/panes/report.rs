//! The doctor's report, shown whole before it is saved: whoever sends it knows what is in it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Text};

use crate::tui::panes::doctor::Doctor;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::text;
use crate::tui::ui::theme::Theme;

/// The open report.
#[derive(Clone, Debug)]
pub struct ReportPage {
    /// As it will be saved.
    pub text: String,
    pub scroll: usize,
}

impl ReportPage {
    /// How far it can be scrolled in such a room.
    pub fn end(&self, room: Rect) -> usize {
        let area = Doctor::area(room);
        let lines = text::wrap(&self.text, usize::from(area.width.saturating_sub(4))).len();
        lines.saturating_sub(usize::from(area.height.saturating_sub(2)))
    }

    pub fn draw(&self, frame: &mut Frame, room: Rect, theme: &Theme) {
        let titles = Titles {
            left: Line::from(" Report · this is all that is saved "),
            right: Line::from(" Enter save  Esc back "),
            ..Titles::default()
        };
        let area = Doctor::area(room);
        let inner = pane::overlay(frame, area, titles, theme);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let lines = text::paragraph(&self.text, usize::from(inner.width), theme.text);
        let seen: Vec<Line> = lines.skip(self.scroll).take(usize::from(inner.height)).collect();
        frame.render_widget(Text::from(seen), inner);
    }
}
