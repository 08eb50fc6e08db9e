//! The top line: which program, which portal, as whom; and, when it is the demo, that it is the demo.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::profile::Profile;
use crate::domain::visible;
use crate::tui::ui::text;
use crate::tui::ui::theme::Theme;

/// What the top line can say of the portal.
pub enum Portal<'a> {
    /// It is being opened.
    Opening(&'a str),
    Open(&'a Profile),
    /// There is none, and why.
    Missing,
}

pub fn draw(frame: &mut Frame, area: Rect, portal: &Portal<'_>, right: Line<'static>, theme: &Theme) {
    let mut spans = vec![Span::styled(" b24chat ", theme.strong), Span::raw("  ")];
    match portal {
        Portal::Opening(what) => spans.push(Span::styled(format!("opening the {what} …"), theme.quiet)),
        Portal::Missing => spans.push(Span::styled("no portal", theme.warn)),
        Portal::Open(profile) => {
            let whose = visible::line(&profile.whose()).into_owned();
            if profile.demo {
                spans.push(Span::styled("demo portal", theme.demo));
                spans.push(Span::raw(format!(" · {whose}")));
            } else {
                let name = visible::line(&profile.name).into_owned();
                spans.push(Span::styled(name, theme.strong));
                spans.push(Span::raw(format!(" · {} · {whose}", profile.root.host())));
            }
        }
    }
    let room = usize::from(area.width).saturating_sub(right.width() + 2);
    let left = cut(Line::from(spans), room);
    frame.render_widget(left, area);
    let columns = u16::try_from(right.width()).unwrap_or(0).min(area.width);
    frame.render_widget(right, Rect { x: area.right() - columns, width: columns, ..area });
}

/// The line's spans as far as they fit.
fn cut(line: Line<'static>, mut room: usize) -> Line<'static> {
    let mut spans = Vec::new();
    for span in line.spans {
        let shown = text::fit(&span.content, room).into_owned();
        room = room.saturating_sub(text::width(&shown));
        spans.push(Span::styled(shown, span.style));
    }
    Line::from(spans)
}
