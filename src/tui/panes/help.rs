//! The help for the place one is in: two sentences, then its keys, each with why it is unavailable when
//! it is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::tui::keys::{self, Action, Place};
use crate::tui::ui::layout::Layout;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::text;
use crate::tui::ui::theme::Theme;

/// The open help: for which place, and how far it is scrolled.
#[derive(Clone, Copy, Debug)]
pub struct Help {
    pub place: Place,
    pub scroll: usize,
}

/// The place's name as its title has it, and what it is for.
pub fn prose(place: Place) -> (&'static str, &'static str) {
    match place {
        Place::EntityType | Place::Types => (
            "Entity type",
            "The kind of thing whose chat you look for. Type to narrow the list; a type that is not in it can be \
             used as typed, because portals take any.",
        ),
        Place::EntityId => (
            "Entity id",
            "The number, or the text, that names the thing. The line below the field says which form the chosen \
             type wants; an address copied from the portal can be pasted as it is.",
        ),
        Place::Result => (
            "Result",
            "What the portal answered, what it means, what it proves and what to do. The lookup you see is the \
             latest one, or the one under the cursor in the history.",
        ),
        Place::Response | Place::Search => (
            "Response",
            "Everything that came back beside the answer: the portal's own clock and ours, the headers, the \
             request as it was sent with the secret masked, and the reply as it was.",
        ),
        Place::History | Place::Filter => (
            "History",
            "Every lookup you made, newest first: ● chat, ○ no chat, ▲ refused, ◆ unreadable, ✕ failed, – cancelled. \
             Moving the cursor opens a record as it was; nothing is asked until you repeat it.",
        ),
        Place::Profiles | Place::NewProfile => (
            "Profiles",
            "The portals you can ask. Adding one takes a webhook's address that is pasted unseen; its secret goes to \
             the secret store, and the file of profiles holds none.",
        ),
        Place::WhyNull => (
            "Why null",
            "What may lie behind no chat, most likely first, each with what suggests it. Enter sends one request that only \
             reads and settles what can be settled; on a pair that was found, Enter loads it into the form.",
        ),
        Place::Doctor | Place::Report | Place::Moved => (
            "Doctor",
            "Each rung is a check and says what it proves. The first that fails is the part that is wrong; what \
             cannot be judged is said to be unknown.",
        ),
        Place::Card => (
            "Chat",
            "The chat that was found. What is known of it costs nothing; title, owner and members are asked for when you \
             say so, in one request that only reads.",
        ),
        Place::MyChats => (
            "My chats",
            "Your own conversations that carry a pair, to fill the form with one. They are asked for when you say so; taking \
             one sends nothing.",
        ),
        Place::CopyMenu | Place::PlainPage => (
            "Copy",
            "What is previewed is what is copied. Over SSH the terminal is asked to take it and does not say whether it \
             did; the text can also be shown alone, to be selected, or saved.",
        ),
        Place::Help | Place::Palette | Place::Outside | Place::Anywhere => ("Keys", "What every key does."),
    }
}

impl Help {
    /// The overlay's area on a screen.
    pub fn area(&self, screen: Rect, why_not: impl Fn(Action) -> Option<&'static str>, theme: &Theme) -> Rect {
        let columns = 76.min(screen.width);
        let rows = self.lines(usize::from(columns).saturating_sub(4), why_not, theme).len();
        Layout::middle(
            screen,
            columns,
            u16::try_from(rows + 2).unwrap_or(u16::MAX).min(screen.height.saturating_sub(2)),
        )
    }

    pub fn draw(&self, frame: &mut Frame, why_not: impl Fn(Action) -> Option<&'static str> + Copy, theme: &Theme) {
        let area = self.area(frame.area(), why_not, theme);
        let titles = Titles {
            left: Line::from(format!(" Help · {} ", prose(self.place).0)),
            right: Line::from(" Esc close "),
            ..Titles::default()
        };
        let inner = pane::overlay(frame, area, titles, theme);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let lines = self.lines(usize::from(inner.width), why_not, theme);
        let top = self.scroll.min(lines.len().saturating_sub(usize::from(inner.height)));
        let seen: Vec<Line> = lines.into_iter().skip(top).take(usize::from(inner.height)).collect();
        frame.render_widget(Text::from(seen), inner);
    }

    /// All of it, wrapped.
    pub fn lines(
        &self,
        columns: usize,
        why_not: impl Fn(Action) -> Option<&'static str>,
        theme: &Theme,
    ) -> Vec<Line<'static>> {
        let mut lines: Vec<Line> = text::paragraph(prose(self.place).1, columns, theme.text).collect();
        lines.push(Line::default());
        let mut told = Vec::new();
        for binding in keys::bindings(self.place) {
            let chords: Vec<String> =
                binding.chords.iter().filter(|chord| !told.contains(*chord)).map(ToString::to_string).collect();
            if chords.is_empty() {
                continue;
            }
            told.extend(binding.chords.iter().copied());
            let styles = (theme.key, theme.text);
            lines.extend(text::labelled(&chords.join(" "), 12, &binding.help, columns, styles));
            if let Some(reason) = why_not(binding.action) {
                lines.push(Line::from(vec![
                    Span::raw(" ".repeat(12)),
                    Span::styled(format!("not now: {reason}"), theme.quiet),
                ]));
            }
        }
        lines
    }
}
