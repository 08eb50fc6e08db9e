//! The entity id: a text field that teaches the right form for the chosen type while one types.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use tui_input::Input;

use crate::domain::entity::ID_LIMIT;
use crate::domain::entity_types::{Hint, Level};
use crate::domain::language::Phrase;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::theme::Speech;
use crate::tui::ui::{field, text};

/// What the pane remembers.
#[derive(Clone, Debug, Default)]
pub struct EntityIdPane {
    pub input: Input,
    /// What a pasted text was understood as, until the field is edited.
    pub understood: Option<Phrase>,
}

impl EntityIdPane {
    pub fn set(&mut self, id: &str) {
        self.input = Input::new(id.to_owned());
        self.understood = None;
    }

    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Puts pasted text in at the cursor, on one line: line breaks at its ends are dropped and those within
    /// become spaces. What is too long to be an id changes nothing.
    ///
    /// # Errors
    /// A sentence for the person who pasted it.
    pub fn paste(&mut self, pasted: &str) -> Result<Option<Phrase>, Phrase> {
        let pasted = pasted.trim_matches(['\r', '\n']);
        let count = pasted.chars().count() + self.input.value().chars().count();
        if count > ID_LIMIT {
            return Err(Phrase::new(
                format!("that would make {count} characters and an id has at most {ID_LIMIT}; nothing was pasted"),
                format!("получилось бы {count} символов, а в id не больше {ID_LIMIT}; ничего не вставлено"),
            ));
        }
        let has_breaks = pasted.contains(['\r', '\n']);
        let one_line = pasted.replace("\r\n", " ").replace(['\r', '\n'], " ");
        self.understood = None;
        field::insert(&mut self.input, &one_line);
        Ok(has_breaks.then(|| {
            Phrase::new(
                "the line breaks in the pasted text became spaces; nothing was sent",
                "переводы строк во вставленном тексте стали пробелами; ничего не отправлено",
            )
        }))
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, hint: &Hint, has_keys: bool, speech: Speech<'_>) {
        let theme = speech.theme;
        let inner_columns = usize::from(area.width).saturating_sub(4);
        let hint_line = self.hint_line(hint, inner_columns, speech);
        let two_rows = area.height >= 4;
        let bottom = if two_rows { Line::default() } else { framed(hint_line.clone()) };
        let titles = Titles { left: Line::from(" Entity id "), bottom, ..Titles::default() };
        let inner = pane::draw(frame, area, titles, has_keys, theme);
        if inner.width < 3 || inner.height == 0 {
            return;
        }
        let row = Rect { x: inner.x + 1, width: inner.width - 2, height: 1, ..inner };
        field::draw(frame, row, &self.input, theme.strong, has_keys);
        if two_rows {
            frame.render_widget(hint_line, Rect { y: row.y + 1, ..row });
        }
    }

    fn hint_line(&self, hint: &Hint, columns: usize, speech: Speech<'_>) -> Line<'static> {
        let Speech { theme, language } = speech;
        let (mark, style) = match hint.level {
            Level::Empty => ("", theme.quiet),
            Level::Fine => ("✓ ", theme.good),
            Level::Unusual => ("! ", theme.warn),
            Level::Refused => ("✕ ", theme.bad),
        };
        let words = match (&self.understood, hint.level) {
            (Some(understood), Level::Fine | Level::Unusual) => understood.get(language),
            _ => hint.words.get(language),
        };
        Line::styled(text::fit(&format!("{mark}{words}"), columns).into_owned(), style)
    }
}

/// A line with a blank at both ends, as titles on a frame have.
fn framed(mut line: Line<'static>) -> Line<'static> {
    if line.width() > 0 {
        line.spans.insert(0, " ".into());
        line.spans.push(" ".into());
    }
    line
}
