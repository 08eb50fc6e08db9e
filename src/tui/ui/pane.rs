//! The frame around a pane: title on the left, something short on the right, a line along the bottom.

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear};

use super::text;
use super::theme::Theme;

/// What stands on a pane's frame.
#[derive(Default)]
pub struct Titles {
    pub left: Line<'static>,
    pub right: Line<'static>,
    pub bottom: Line<'static>,
}

/// Draws the frame and gives back the room inside it.
pub fn draw(frame: &mut Frame, area: Rect, titles: Titles, has_keys: bool, theme: &Theme) -> Rect {
    let style = if has_keys { theme.focus } else { theme.border };
    let mut block = Block::bordered()
        .border_type(if has_keys { BorderType::Thick } else { BorderType::Rounded })
        .border_style(style);
    for (title, alignment) in [(titles.left, Alignment::Left), (titles.right, Alignment::Right)] {
        if title.width() > 0 {
            block = block.title_top(title.alignment(alignment));
        }
    }
    if titles.bottom.width() > 0 {
        block = block.title_bottom(titles.bottom);
    }
    let inner = block.inner(area);
    frame.render_widget(block, area);
    inner
}

/// Clears what is under an overlay before its frame is drawn. A wide character that begins just left of
/// it reaches into it, and would take the place of the frame there.
pub fn overlay(frame: &mut Frame, area: Rect, titles: Titles, theme: &Theme) -> Rect {
    frame.render_widget(Clear, area);
    let buffer = frame.buffer_mut();
    if let Some(column) = area.x.checked_sub(1) {
        for row in area.top()..area.bottom() {
            if let Some(cell) = buffer.cell_mut((column, row)).filter(|cell| text::width(cell.symbol()) > 1) {
                cell.set_symbol(" ");
            }
        }
    }
    draw(frame, area, titles, true, theme)
}
