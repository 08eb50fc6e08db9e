//! The tab Raw: the reply as it was, one row a member, long rows wrapped, brackets that fold.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::ResponsePane;
use crate::tui::ui::fold::Row;
use crate::tui::ui::text;
use crate::tui::ui::theme::Theme;

/// A row is never shown on more lines than this: one value of megabytes must not be laid out each time.
const LINES_PER_ROW: usize = 40;

/// The first row to show so that the one under the cursor is seen whole.
pub fn top(pane: &ResponsePane, columns: usize, lines: usize) -> usize {
    let mut top = pane.top.min(pane.cursor);
    let mut used = 0;
    for place in (top..=pane.cursor).rev() {
        used += height(pane, place, columns);
        if used > lines.max(1) {
            top = (place + 1).min(pane.cursor);
            break;
        }
    }
    top
}

/// The row at a line below the top.
pub fn row_at(pane: &ResponsePane, columns: usize, line: usize) -> Option<usize> {
    let mut below = line;
    for place in pane.top..pane.raw.len() {
        let height = height(pane, place, columns);
        if below < height {
            return Some(place);
        }
        below -= height;
    }
    None
}

pub fn draw(pane: &ResponsePane, frame: &mut Frame, area: Rect, has_keys: bool, theme: &Theme) {
    let columns = usize::from(area.width);
    if pane.raw.is_empty() {
        return frame.render_widget(Line::styled("the reply has no body", theme.quiet), area);
    }
    let mut y = area.y;
    for place in pane.top..pane.raw.len() {
        let found = is_found(pane, place);
        for line in lines(pane, place, columns, theme) {
            if y >= area.bottom() {
                return;
            }
            let mut style = if found { theme.found } else { theme.text };
            if place == pane.cursor && has_keys {
                style = style.patch(theme.cursor);
            }
            frame.render_widget(line.style(style), Rect { y, height: 1, ..area });
            y += 1;
        }
    }
}

fn is_found(pane: &ResponsePane, place: usize) -> bool {
    let needle = pane.search.value().to_lowercase();
    !needle.is_empty()
        && pane.raw.row(place).is_some_and(|(row, _)| {
            row.value.to_lowercase().contains(&needle)
                || row.name.as_ref().is_some_and(|name| name.to_lowercase().contains(&needle))
        })
}

fn height(pane: &ResponsePane, place: usize, columns: usize) -> usize {
    let Some((row, _)) = pane.raw.row(place) else { return 0 };
    // Most rows are short; only the others are worth wrapping.
    let name = row.name.as_ref().map_or(0, String::len);
    if row.depth * 2 + name + row.value.len() + 30 < columns {
        return 1;
    }
    lines(pane, place, columns, &Theme::plain()).len()
}

fn lines(pane: &ResponsePane, place: usize, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let Some((row, folded)) = pane.raw.row(place) else { return Vec::new() };
    let indent = (row.depth * 2).min(columns / 2);
    let room = columns.saturating_sub(indent).max(1);
    let name = row.name.as_ref().map_or(String::new(), |name| format!("{name}: "));
    let mut value = head(&row.value, room * LINES_PER_ROW).to_owned();
    if value.len() < row.value.len() {
        value.push_str(" …");
    }
    if folded {
        let closing = if row.value == "{" { '}' } else { ']' };
        let hidden = pane.raw.hidden(place);
        value = format!("{}… {closing} {hidden} row{}", row.value, if hidden == 1 { "" } else { "s" });
    }
    let wrapped = text::wrap(&format!("{name}{value}"), room);
    let styled = |(at, line): (usize, String)| {
        let mut spans = vec![Span::raw(" ".repeat(indent))];
        match line.strip_prefix(name.as_str()).filter(|_| at == 0 && !name.is_empty()) {
            Some(rest) => {
                spans.push(Span::styled(name.clone(), theme.name));
                spans.push(Span::styled(rest.to_owned(), value_style(row, theme)));
            }
            None => spans.push(Span::styled(line, value_style(row, theme))),
        }
        Line::from(spans)
    };
    wrapped.into_iter().enumerate().map(styled).collect()
}

fn value_style(row: &Row, theme: &Theme) -> ratatui::style::Style {
    if row.value.starts_with('"') { theme.string } else { theme.text }
}

fn head(value: &str, bytes: usize) -> &str {
    let mut end = value.len().min(bytes);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    &value[..end]
}
