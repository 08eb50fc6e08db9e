//! Why null on the screen: the hypotheses with what suggests them, first as they are, then with their
//! ends. What would be sent is named before it is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use crate::domain::entity::EntityPair;
use crate::domain::explanation::{End, Explained, Explanation};
use crate::domain::language::Language;
use crate::domain::visible;
use crate::tui::panes::doctor::Doctor;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::text;
use crate::tui::ui::theme::Theme;

/// An open explanation.
#[derive(Clone, Debug)]
pub struct WhyNull {
    /// Which one; what belongs to an older one is out of date.
    pub number: u64,
    pub explanation: Explanation,
    /// The profile that is asked.
    pub profile: String,
    pub stage: Stage,
    /// The hypothesis under the cursor.
    pub cursor: usize,
}

/// How far it is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// Nothing was sent.
    Listed,
    Asking,
    Ended(Box<Explained>),
}

impl WhyNull {
    /// The pair that was found under the cursor.
    pub fn found(&self) -> Option<&EntityPair> {
        match self.end(self.cursor)? {
            End::Found { pair, .. } => pair.as_ref(),
            End::RuledOut(_) | End::Untold(_) => None,
        }
    }

    pub fn is_asking(&self) -> bool {
        matches!(self.stage, Stage::Asking)
    }

    /// Whether `Enter` sends: not while a batch is on its way, and not again after it was judged.
    pub fn can_ask(&self) -> bool {
        match &self.stage {
            Stage::Listed => true,
            Stage::Asking => false,
            Stage::Ended(explained) => !matches!(**explained, Explained::Judged(_)),
        }
    }

    fn end(&self, at: usize) -> Option<&End> {
        match &self.stage {
            Stage::Ended(explained) => match &**explained {
                Explained::Judged(judgement) => judgement.ends.get(at),
                _ => None,
            },
            _ => None,
        }
    }

    pub fn draw(&self, frame: &mut Frame, room: Rect, language: Language, theme: &Theme) {
        let right = match &self.stage {
            Stage::Listed => " nothing was sent yet ",
            Stage::Asking => " asking … ",
            Stage::Ended(_) => " 1 request ",
        };
        let keys = match &self.stage {
            Stage::Asking => " Esc cancel ",
            _ if self.can_ask() => " Enter ask   Esc close ",
            _ => " Enter load the pair found   Esc close ",
        };
        let pair = visible::line(&self.explanation.pair.to_string()).into_owned();
        let area = Doctor::area(room);
        let room_for_pair = usize::from(area.width).saturating_sub(text::width(right) + 20);
        let titles = Titles {
            left: Line::from(format!(" Why null · {} ", text::fit(&pair, room_for_pair))),
            right: Line::from(right),
            bottom: Line::from(keys),
        };
        let inner = pane::overlay(frame, area, titles, theme);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let lines = self.lines(usize::from(inner.width), language, theme);
        let rows = usize::from(inner.height);
        let last = lines.iter().rposition(|(of, _)| *of == Some(self.cursor)).unwrap_or_default();
        let top = (last + 1).saturating_sub(rows);
        let seen: Vec<Line> = lines.into_iter().map(|(_, line)| line).skip(top).take(rows).collect();
        frame.render_widget(Text::from(seen), inner);
    }

    /// All of it, wrapped, each line with the number of its hypothesis.
    fn lines(&self, columns: usize, language: Language, theme: &Theme) -> Vec<(Option<usize>, Line<'static>)> {
        let mut lines: Vec<(Option<usize>, Line)> = Vec::new();
        let (words, style) = self.head(language, theme);
        lines.extend(text::paragraph(&visible::line(&words), columns, style).map(|line| (None, line)));
        lines.push((None, Line::default()));
        let room = columns.saturating_sub(2).max(8);
        for (at, hypothesis) in self.explanation.hypotheses.iter().enumerate() {
            let end = self.end(at);
            let is_under = at == self.cursor;
            let mut mark = end.map_or(if hypothesis.is_asked() { "·" } else { "?" }, End::mark);
            let mark_style = end.map_or(theme.quiet, |end| style_of(end, theme));
            let mut say = |indent: usize, words: &str, style: Style| {
                for row in text::wrap(&visible::line(words), room.saturating_sub(indent)) {
                    let mark = std::mem::replace(&mut mark, " ");
                    let before = format!("{mark} {:indent$}", "");
                    let spans = vec![Span::styled(before, mark_style), Span::styled(row, style)];
                    lines.push((Some(at), Line::from(spans)));
                }
            };
            say(0, hypothesis.supposes.get(language), if is_under { theme.cursor } else { theme.strong });
            say(2, hypothesis.evidence.get(language), theme.quiet);
            if let Some(end) = end {
                say(2, end.words().get(language), style_of(end, theme));
            }
        }
        lines
    }

    fn head(&self, language: Language, theme: &Theme) -> (String, Style) {
        match &self.stage {
            Stage::Listed | Stage::Asking => {
                (format!("{} · {}", self.profile, self.explanation.outlook().get(language)), theme.text)
            }
            Stage::Ended(explained) => match &**explained {
                Explained::Judged(judgement) => {
                    (self.explanation.headline(&judgement.pair).get(language).to_owned(), theme.strong)
                }
                other => (other.words().get(language).to_owned(), theme.bad),
            },
        }
    }
}

fn style_of(end: &End, theme: &Theme) -> Style {
    match end {
        End::Found { .. } => theme.good,
        End::RuledOut(_) => theme.quiet,
        End::Untold(_) => theme.warn,
    }
}
