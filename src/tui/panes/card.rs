//! The card of the chat that was found: what is known of it at once, and on request what the portal tells.
//! It says what it would send before it sends it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Text};

use crate::domain::card::{self, Card, Row, Tone};
use crate::domain::entity::EntityPair;
use crate::domain::language::{Language, Phrase};
use crate::domain::not_read::NotRead;
use crate::domain::reply::ChatId;
use crate::domain::visible;
use crate::tui::ui::layout::Layout;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::text;
use crate::tui::ui::theme::Theme;

/// An open card.
#[derive(Clone, Debug)]
pub struct ChatCard {
    /// Which reading; what comes of an older one is out of date.
    pub number: u64,
    pub chat: ChatId,
    pub pair: EntityPair,
    /// Links are made from this.
    pub site: String,
    pub details: Details,
    pub scroll: usize,
}

/// How far the asking for more is.
#[derive(Clone, Debug)]
pub enum Details {
    /// Nothing was sent yet.
    Offered,
    /// They cannot be asked for, and why.
    OutOfReach(Phrase),
    Asking,
    Read(Box<Card>),
    Failed(NotRead),
}

impl ChatCard {
    pub fn is_asking(&self) -> bool {
        matches!(self.details, Details::Asking)
    }

    /// Its place in the room that notices and hints leave.
    pub fn area(room: Rect) -> Rect {
        Layout::middle(room, 96.min(room.width.saturating_sub(2)), room.height.saturating_sub(1))
    }

    pub fn draw(&self, frame: &mut Frame, room: Rect, language: Language, theme: &Theme) {
        let area = Self::area(room);
        let (right, bottom) = match self.details {
            Details::Offered => ("", " Enter ask for details   Esc close "),
            Details::OutOfReach(_) => ("", " Esc close "),
            Details::Asking => (" asking … ", " Esc give up "),
            Details::Read(_) | Details::Failed(_) => (" 1 request ", " Enter ask again   Esc close "),
        };
        let titles = Titles {
            left: Line::from(format!(" Chat {} ", self.chat)),
            right: Line::from(right),
            bottom: Line::from(bottom),
        };
        let inner = pane::overlay(frame, area, titles, theme);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let lines = self.lines(usize::from(inner.width), language, theme);
        let top = self.scroll.min(lines.len().saturating_sub(usize::from(inner.height)));
        let seen: Vec<Line> = lines.into_iter().skip(top).take(usize::from(inner.height)).collect();
        frame.render_widget(Text::from(seen), inner);
    }

    /// All of it, wrapped.
    pub fn lines(&self, columns: usize, language: Language, theme: &Theme) -> Vec<Line<'static>> {
        let first = card::first_rows(self.chat, &self.pair, &self.site);
        let mut lines = drawn(&first, columns, language, theme);
        lines.push(Line::default());
        let mut say = |words: &Phrase, style: Style| {
            lines.extend(text::paragraph(&visible::line(words.get(language)), columns, style));
        };
        match &self.details {
            Details::Offered => say(&offer(), theme.text),
            Details::OutOfReach(why) => say(why, theme.warn),
            Details::Asking => say(&asking(), theme.quiet),
            Details::Failed(why) => say(&why.words(), theme.bad),
            Details::Read(card) => {
                let rows = card::rows(card, self.chat, &self.pair, &self.site);
                lines.extend(drawn(&rows, columns, language, theme));
            }
        }
        lines
    }
}

/// What would be sent.
fn offer() -> Phrase {
    let (dialog, people) = (card::DIALOG, card::PEOPLE);
    Phrase::new(
        format!(
            "Nothing was sent for this card yet. Enter asks the portal for title, owner, members and counts: {dialog} and \
             {people}, in one request. Both only read, and need the permission for chats (scope im)."
        ),
        format!(
            "Для этой карточки ещё ничего не отправлено. Enter спросит у портала название, владельца, участников и \
             счётчики: {dialog} и {people}, одним запросом. Оба только читают; нужно право на чаты (im)."
        ),
    )
}

fn asking() -> Phrase {
    Phrase::new("Asking the portal. Esc gives it up.", "Портал опрашивается. Esc отменит запрос.")
}

/// The widest label, and two columns between it and the values.
fn drawn(rows: &[Row], columns: usize, language: Language, theme: &Theme) -> Vec<Line<'static>> {
    let labels = rows.iter().filter_map(|row| row.label.as_ref());
    let widest = labels.map(|label| text::width(label.get(language))).max().unwrap_or(0) + 2;
    let mut lines = Vec::new();
    for row in rows {
        let style = match row.tone {
            Tone::Plain => theme.text,
            Tone::Good => theme.good,
            Tone::Warn => theme.warn,
            Tone::Quiet => theme.quiet,
        };
        let value = visible::line(row.value.get(language)).into_owned();
        match &row.label {
            Some(label) => {
                let label = label.get(language);
                lines.extend(text::labelled(label, widest, &value, columns, (theme.quiet, style)));
            }
            None => lines.extend(text::labelled(mark(row.tone), 2, &value, columns, (style, style))),
        }
    }
    lines
}

/// Meaning never rests on colour alone.
fn mark(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "✓",
        Tone::Warn => "!",
        Tone::Plain | Tone::Quiet => "",
    }
}
