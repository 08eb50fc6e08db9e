//! The list of profiles: which portals can be asked, to choose by typing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use tui_input::Input;

use crate::domain::profile::{Colour, Sketch};
use crate::domain::visible;
use crate::tui::ui::layout::Layout;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::theme::Theme;
use crate::tui::ui::{field, text};

/// What the list was opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To ask the one that is taken from now on.
    Use,
    /// To examine the one that is taken beside the one that is open.
    Against,
}

/// The open list.
#[derive(Clone, Debug)]
pub struct ProfileList {
    pub purpose: Purpose,
    pub typed: Input,
    pub cursor: usize,
    /// `None` until they are read; or why they cannot be.
    pub sketches: Option<Result<Vec<Sketch>, String>>,
}

impl ProfileList {
    pub fn new(purpose: Purpose) -> Self {
        Self { purpose, typed: Input::default(), cursor: 0, sketches: None }
    }

    /// Those whose name, host or credential hold every typed word.
    pub fn choices(&self) -> Vec<&Sketch> {
        let Some(Ok(sketches)) = &self.sketches else { return Vec::new() };
        let words: Vec<String> = self.typed.value().to_lowercase().split_whitespace().map(str::to_owned).collect();
        let fits = |sketch: &&Sketch| {
            let line = format!("{} {} {}", sketch.name, sketch.host, sketch.whose).to_lowercase();
            words.iter().all(|word| line.contains(word))
        };
        sketches.iter().filter(fits).collect()
    }

    /// The name of the one under the cursor.
    pub fn chosen(&self) -> Option<String> {
        self.choices().get(self.cursor).map(|sketch| sketch.name.clone())
    }

    pub fn draw(&self, frame: &mut Frame, theme: &Theme) {
        let screen = frame.area();
        let area = Layout::middle(screen, 76, screen.height.saturating_sub(4).min(16));
        let title = match self.purpose {
            Purpose::Use => " Profiles ",
            Purpose::Against => " Examine which profile beside this one ",
        };
        let titles =
            Titles { left: Line::from(title), right: Line::from(" Ctrl-A add  Esc close "), ..Titles::default() };
        let inner = pane::overlay(frame, area, titles, theme);
        if inner.height == 0 || inner.width < 4 {
            return;
        }
        let input = Rect { x: inner.x + 1, width: inner.width - 2, height: 1, ..inner };
        field::draw(frame, input, &self.typed, theme.strong, true);
        let choices = self.choices();
        if choices.is_empty() {
            let rows = Rect { y: inner.y + 1, height: inner.height - 1, x: inner.x + 1, width: inner.width - 2 };
            let lines: Vec<Line> = text::paragraph(&self.nothing(), usize::from(rows.width), theme.quiet).collect();
            return frame.render_widget(ratatui::text::Text::from(lines), rows);
        }
        let rows = usize::from(inner.height) - 1;
        let top = (self.cursor + 1).saturating_sub(rows);
        for (at, sketch) in choices.into_iter().enumerate().skip(top).take(rows) {
            let style = if at == self.cursor { theme.cursor } else { theme.text };
            let y = inner.y + 1 + u16::try_from(at - top).unwrap_or(0);
            frame.render_widget(
                line(sketch, usize::from(inner.width), theme).style(style),
                Rect { y, height: 1, ..inner },
            );
        }
    }

    fn nothing(&self) -> String {
        match &self.sketches {
            None => "reading the profiles".to_owned(),
            Some(Err(why)) => visible::line(why).into_owned(),
            Some(Ok(sketches)) if sketches.is_empty() => {
                "There are no profiles yet. Ctrl-A adds one: paste a webhook's address, which is not shown.".to_owned()
            }
            Some(Ok(_)) => "nothing fits; Esc closes".to_owned(),
        }
    }
}

fn line(sketch: &Sketch, columns: usize, theme: &Theme) -> Line<'static> {
    let mark = if sketch.active { "● " } else { "  " };
    let mut spans = vec![
        Span::raw(" "),
        Span::styled(mark, theme.good),
        Span::styled(text::pad(&visible::line(&sketch.name), 14), name_style(sketch.colour, theme)),
        Span::raw(text::pad(&visible::line(&sketch.host), 30)),
    ];
    if sketch.insecure_tls {
        spans.push(Span::styled("TLS not checked ", theme.bad));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    let whose = visible::line(&sketch.whose);
    spans.push(Span::styled(text::fit(&whose, columns.saturating_sub(used + 1)).into_owned(), theme.quiet));
    Line::from(spans)
}

/// How a profile's name is shown: in its colour, where the theme has colours.
pub fn name_style(colour: Option<Colour>, theme: &Theme) -> Style {
    let Some(colour) = colour.filter(|_| theme.focus.fg.is_some()) else { return theme.strong };
    theme.strong.fg(match colour {
        Colour::Red => Color::Red,
        Colour::Green => Color::Green,
        Colour::Yellow => Color::Yellow,
        Colour::Blue => Color::Blue,
        Colour::Magenta => Color::Magenta,
        Colour::Cyan => Color::Cyan,
    })
}
