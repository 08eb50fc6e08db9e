//! The palette: everything that can be done, here first and then in the other panes, to choose by typing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use tui_input::Input;

use crate::tui::keys::{self, Action, Binding, Place};
use crate::tui::ui::layout::Layout;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::theme::Theme;
use crate::tui::ui::{field, text};

/// The open palette: from which place, what was typed, which row is under the cursor.
#[derive(Clone, Debug)]
pub struct Palette {
    pub place: Place,
    pub typed: Input,
    pub cursor: usize,
}

/// Something that can be done, and where.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    pub binding: &'static Binding,
    pub place: Place,
}

/// Movements, which make no sense to choose from a list, and the palette itself.
const WITHOUT: [Action; 10] = [
    Action::Palette,
    Action::Take,
    Action::Up,
    Action::Down,
    Action::PageUp,
    Action::PageDown,
    Action::Top,
    Action::Bottom,
    Action::ToHistory,
    Action::Undo,
];

impl Palette {
    pub fn new(place: Place) -> Self {
        Self { place, typed: Input::default(), cursor: 0 }
    }

    /// What fits the typed text: every word of it must be in the help sentence or the key's name.
    pub fn choices(&self) -> Vec<Choice> {
        let words: Vec<String> = self.typed.value().to_lowercase().split_whitespace().map(str::to_owned).collect();
        let mut told: Vec<Action> = WITHOUT.to_vec();
        let mut choices = Vec::new();
        for place in [self.place, Place::EntityType, Place::EntityId, Place::Result, Place::Response, Place::History] {
            for binding in keys::bindings(place) {
                let line = format!("{} {}", binding.help, chords(binding)).to_lowercase();
                if !told.contains(&binding.action) && words.iter().all(|word| line.contains(word)) {
                    choices.push(Choice { binding, place });
                }
                told.push(binding.action);
            }
        }
        choices
    }

    /// What is under the cursor.
    pub fn chosen(&self) -> Option<Choice> {
        self.choices().get(self.cursor).copied()
    }

    pub fn draw(&self, frame: &mut Frame, why_not: impl Fn(Action) -> Option<&'static str>, theme: &Theme) {
        let screen = frame.area();
        let area = Layout::middle(screen, 76, screen.height.saturating_sub(4).min(20));
        let titles = Titles { left: Line::from(" What to do "), right: Line::from(" Esc close "), ..Titles::default() };
        let inner = pane::overlay(frame, area, titles, theme);
        if inner.height == 0 || inner.width < 4 {
            return;
        }
        field::draw(
            frame,
            Rect { x: inner.x + 1, width: inner.width - 2, height: 1, ..inner },
            &self.typed,
            theme.strong,
            true,
        );
        let rows = usize::from(inner.height) - 1;
        let top = (self.cursor + 1).saturating_sub(rows);
        for (at, Choice { binding, .. }) in self.choices().into_iter().enumerate().skip(top).take(rows) {
            let columns = usize::from(inner.width).saturating_sub(14);
            let words = match why_not(binding.action) {
                // The reason first: where columns are few the end is cut.
                Some(reason) => format!("(not now: {reason}) {}", binding.help),
                None => binding.help.clone(),
            };
            let line = Line::from(vec![
                Span::raw(" "),
                Span::styled(text::pad(&chords(binding), 12), theme.key),
                Span::raw(text::pad(&words, columns)),
            ]);
            let style = if at == self.cursor { theme.cursor } else { theme.text };
            let y = inner.y + 1 + u16::try_from(at - top).unwrap_or(0);
            frame.render_widget(line.style(style), Rect { y, height: 1, ..inner });
        }
    }
}

fn chords(binding: &Binding) -> String {
    binding.chords.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
