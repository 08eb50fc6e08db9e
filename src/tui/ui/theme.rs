//! The looks, as one table of styles. The base is the terminal's own foreground and background, so that
//! light and dark terminals both read well; the plain theme has attributes and no colour at all.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::language::Language;

/// How things are said to a person: in which styles and in which language.
#[derive(Clone, Copy)]
pub struct Speech<'a> {
    pub theme: &'a Theme,
    pub language: Language,
}

/// One style per meaning.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    pub text: Style,
    /// Explanations, labels, what matters less.
    pub quiet: Style,
    /// Headlines and values one came for.
    pub strong: Style,
    pub border: Style,
    /// The border and title of the pane that has the keys.
    pub focus: Style,
    /// The row under the cursor in the pane that has the keys.
    pub cursor: Style,
    /// The row under the cursor elsewhere.
    pub cursor_away: Style,
    /// A chat was found, a check passed.
    pub good: Style,
    /// No chat; neither good nor bad.
    pub none: Style,
    /// A refusal, a warning.
    pub warn: Style,
    /// A failure.
    pub bad: Style,
    /// A key's name in a hint.
    pub key: Style,
    /// Names in JSON and headers.
    pub name: Style,
    /// Texts in JSON.
    pub string: Style,
    /// The sign that this is the demo portal.
    pub demo: Style,
    /// A place found by a search.
    pub found: Style,
}

impl Theme {
    /// With the sixteen colours that every terminal lets its user choose.
    pub fn colour() -> Self {
        let text = Style::new();
        let fg = |colour| text.fg(colour);
        Self {
            text,
            quiet: text.add_modifier(Modifier::DIM),
            strong: text.add_modifier(Modifier::BOLD),
            border: text.add_modifier(Modifier::DIM),
            focus: fg(Color::Cyan).add_modifier(Modifier::BOLD),
            cursor: text.add_modifier(Modifier::REVERSED),
            cursor_away: text.add_modifier(Modifier::BOLD),
            good: fg(Color::Green).add_modifier(Modifier::BOLD),
            none: text.add_modifier(Modifier::BOLD),
            warn: fg(Color::Magenta).add_modifier(Modifier::BOLD),
            bad: fg(Color::Red).add_modifier(Modifier::BOLD),
            key: fg(Color::Cyan),
            name: fg(Color::Cyan),
            string: fg(Color::Green),
            demo: fg(Color::Magenta).add_modifier(Modifier::BOLD),
            found: text.add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
        }
    }

    /// With attributes alone, for `NO_COLOR` and for people who want it calm.
    pub fn plain() -> Self {
        let text = Style::new();
        let bold = text.add_modifier(Modifier::BOLD);
        Self {
            focus: bold,
            good: bold,
            warn: bold,
            bad: bold,
            key: bold,
            name: text,
            string: text,
            demo: bold,
            ..Self::colour()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_theme_has_no_colour_and_still_shows_focus_and_cursor() {
        let theme = Theme::plain();
        let Theme { text, quiet, strong, border, focus, cursor, cursor_away, good, none, .. } = theme;
        let Theme { warn, bad, key, name, string, demo, found, .. } = theme;
        for style in [text, quiet, strong, border, focus, cursor, cursor_away, good, none] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
        for style in [warn, bad, key, name, string, demo, found] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
        assert_ne!(focus, border);
        assert_ne!(cursor, text);
    }
}
