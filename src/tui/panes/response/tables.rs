//! The tabs Headers and Sent: names and values.

use ratatui::text::Line;

use crate::domain::reply::Reply;
use crate::domain::request::Sent;
use crate::domain::visible;
use crate::tui::ui::text;
use crate::tui::ui::theme::Theme;

pub fn headers(reply: &Reply, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let lines = reply.headers.iter().flat_map(|(name, value)| pair(name, value, columns, theme));
    lines.collect()
}

/// The exact request, the secret masked.
pub fn sent(sent: &Sent, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines: Vec<Line> =
        text::paragraph(&format!("{} {}", sent.method, sent.url), columns, theme.strong).collect();
    lines.extend(sent.headers.iter().flat_map(|(name, value)| pair(name, value, columns, theme)));
    lines.push(Line::default());
    lines.extend(text::paragraph(&visible::line(&sent.body), columns, theme.text));
    lines.push(Line::default());
    lines.extend(text::paragraph("**** stands for the secret, which is shown nowhere.", columns, theme.quiet));
    lines
}

fn pair(name: &str, value: &str, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let name = format!("{}: ", visible::line(name));
    let label = text::width(&name).min(columns / 2);
    text::labelled(&name, label, &visible::line(value), columns, (theme.name, theme.text))
}
