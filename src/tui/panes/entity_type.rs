//! The entity type: what kind of thing the chat belongs to. A list to choose from by typing, each type
//! with its meaning; a type that is not in the list can be used as it was typed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use tui_input::Input;

use crate::domain::entity_types::{self, EntityKind};
use crate::domain::language::Language;
use crate::domain::visible;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::theme::Speech;
use crate::tui::ui::{field, text};

/// What the pane remembers.
#[derive(Clone, Debug)]
pub struct EntityTypePane {
    /// As it will be sent.
    pub value: String,
    /// The list, while it is open.
    pub chooser: Option<Chooser>,
}

impl Default for EntityTypePane {
    fn default() -> Self {
        Self { value: "CRM".to_owned(), chooser: None }
    }
}

/// The open list: what was typed to narrow it, and the row under the cursor.
#[derive(Clone, Debug, Default)]
pub struct Chooser {
    pub typed: Input,
    pub cursor: usize,
}

/// A row of the list.
#[derive(Clone, Debug)]
pub enum Choice {
    Known(&'static EntityKind),
    /// Use the text as it was typed.
    Custom(String),
}

impl Choice {
    /// The type to send.
    pub fn name(&self) -> &str {
        match self {
            Self::Known(kind) => &kind.name,
            Self::Custom(typed) => typed,
        }
    }
}

impl EntityTypePane {
    /// Opens the list with the cursor on the type that is chosen now.
    pub fn open(&mut self) {
        let cursor = entity_types::all().iter().position(|kind| kind.name == self.value).unwrap_or(0);
        self.chooser = Some(Chooser { typed: Input::default(), cursor });
    }

    /// Takes the type under the cursor and closes the list.
    pub fn take(&mut self) {
        if let Some(chooser) = self.chooser.take()
            && let Some(choice) = chooser.choices().get(chooser.cursor)
        {
            self.value = choice.name().to_owned();
        }
    }

    /// The type's entry in the catalogue, if it has one.
    pub fn kind(&self) -> Option<&'static EntityKind> {
        entity_types::find(&self.value).filter(|kind| kind.name == self.value)
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, has_keys: bool, speech: Speech<'_>) {
        let Speech { theme, language } = speech;
        let titles = Titles { left: Line::from(" Entity type "), ..Titles::default() };
        let inner = pane::draw(frame, area, titles, has_keys, theme);
        let columns = usize::from(inner.width).saturating_sub(2);
        let meaning = self.kind().map_or_else(|| custom(language), |kind| kind.meaning.get(language));
        let name = text::fit(&visible::line(&self.value), columns).into_owned();
        // The arrow at the end and a blank before it stay free.
        let room = columns.saturating_sub(text::width(&name) + 4);
        let mut first = vec![Span::raw(" "), Span::styled(name, theme.strong)];
        let mut lines = Vec::new();
        if inner.height >= 2 {
            lines.push(Line::from(first));
            let meaning = text::fit(meaning, columns).into_owned();
            lines.push(Line::from(vec![Span::raw(" "), Span::styled(meaning, theme.quiet)]));
        } else {
            if room >= 12 {
                first.push(Span::styled(format!("  {}", text::fit(meaning, room)), theme.quiet));
            }
            lines.push(Line::from(first));
        }
        frame.render_widget(ratatui::text::Text::from(lines), inner);
        if inner.width > 2 && inner.height > 0 {
            let arrow = Rect::new(inner.right() - 2, inner.y, 1, 1);
            frame.render_widget(Line::styled("▾", theme.quiet), arrow);
        }
    }
}

impl Chooser {
    /// The rows that fit what was typed: known types first, then the text itself as a custom type.
    pub fn choices(&self) -> Vec<Choice> {
        let typed = self.typed.value();
        let known = entity_types::search(typed);
        let exact = known.iter().any(|kind| kind.name == typed);
        let mut choices: Vec<Choice> = known.into_iter().map(Choice::Known).collect();
        if !typed.trim().is_empty() && !exact {
            choices.push(Choice::Custom(typed.to_owned()));
        }
        choices
    }

    /// The first row that is seen when so many fit.
    pub fn top(&self, rows: usize) -> usize {
        (self.cursor + 1).saturating_sub(rows)
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, has_keys: bool, speech: Speech<'_>) {
        let theme = speech.theme;
        let choices = self.choices();
        let known = choices.iter().filter(|choice| matches!(choice, Choice::Known(_))).count();
        let titles = Titles {
            left: Line::from(" Type to choose "),
            right: Line::from(format!(" {known} of {} ", entity_types::all().len())),
            ..Titles::default()
        };
        let inner = pane::overlay(frame, area, titles, theme);
        if inner.height == 0 || inner.width < 4 {
            return;
        }
        let input = Rect { x: inner.x + 1, width: inner.width - 2, height: 1, ..inner };
        field::draw(frame, input, &self.typed, theme.strong, has_keys);
        let rows = usize::from(inner.height) - 1;
        let top = self.top(rows);
        for (offset, choice) in choices.iter().enumerate().skip(top).take(rows) {
            let under = offset == self.cursor;
            let columns = usize::from(inner.width);
            // The offset from the top is below `rows`, which came from a u16.
            let y = inner.y + 1 + u16::try_from(offset - top).unwrap_or(0);
            let line = choice_line(choice, columns, speech);
            let style = if under { theme.cursor } else { theme.text };
            frame.render_widget(line.style(style), Rect { y, height: 1, ..inner });
        }
    }
}

fn custom(language: Language) -> &'static str {
    match language {
        Language::En => "a custom type",
        Language::Ru => "собственный тип",
    }
}

fn choice_line(choice: &Choice, columns: usize, speech: Speech<'_>) -> Line<'static> {
    let Speech { theme, language } = speech;
    let (undocumented, as_typed) = match language {
        Language::En => ("undocumented", "use it as typed: a custom type"),
        Language::Ru => ("нет в документации", "взять как есть: собственный тип"),
    };
    let name_columns = 25.min(columns / 2);
    let (name, meaning) = match choice {
        Choice::Known(kind) if kind.documented => (kind.name.clone(), kind.meaning.get(language).to_owned()),
        Choice::Known(kind) => (kind.name.clone(), format!("{} ({undocumented})", kind.meaning.get(language))),
        Choice::Custom(typed) => (visible::line(typed).into_owned(), as_typed.to_owned()),
    };
    let name = format!("{} ", text::pad(&name, name_columns.saturating_sub(1)));
    let room = columns.saturating_sub(name_columns + 1);
    Line::from(vec![
        Span::raw(" "),
        Span::styled(name, theme.strong),
        Span::styled(text::pad(&meaning, room), theme.quiet),
    ])
}
