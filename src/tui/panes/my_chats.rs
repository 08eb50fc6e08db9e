//! The picker of my own chats that carry a pair, to fill the form with one. It says what it would send
//! before it sends it; taking a chat sends nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};
use tui_input::Input;

use crate::domain::language::{Language, Phrase};
use crate::domain::mine::{self, Mine, PAGES, Page, RECENT};
use crate::domain::not_read::NotRead;
use crate::domain::visible;
use crate::tui::ui::layout::Layout;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::theme::Theme;
use crate::tui::ui::{field, text};

/// The open picker.
#[derive(Clone, Debug)]
pub struct MyChats {
    /// Which reading; what comes of an older one is out of date.
    pub number: u64,
    pub reading: Reading,
    pub chats: Vec<Mine>,
    /// Conversations that came so far, with a pair or without.
    pub seen: usize,
    pub pages: usize,
    pub typed: Input,
    pub cursor: usize,
}

/// How far the reading is.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// Nothing was sent yet.
    Offered,
    Going,
    /// All pages came; or as many as are asked for, and there are more.
    Over {
        has_more: bool,
    },
    Failed(NotRead),
}

impl MyChats {
    pub fn new(number: u64) -> Self {
        Self {
            number,
            reading: Reading::Offered,
            chats: Vec::new(),
            seen: 0,
            pages: 0,
            typed: Input::default(),
            cursor: 0,
        }
    }

    pub fn is_reading(&self) -> bool {
        self.reading == Reading::Going
    }

    /// A page came, or why none did.
    pub fn came(&mut self, page: Result<Page, NotRead>) {
        match page {
            Ok(page) => {
                self.pages += 1;
                self.seen += page.seen;
                if !page.has_more || self.pages >= PAGES {
                    self.reading = Reading::Over { has_more: page.has_more };
                }
                mine::add(&mut self.chats, page);
            }
            Err(why) => self.reading = Reading::Failed(why),
        }
    }

    /// Those whose pair, number or title hold every typed word.
    pub fn choices(&self) -> Vec<&Mine> {
        let words: Vec<String> = self.typed.value().to_lowercase().split_whitespace().map(str::to_owned).collect();
        let fits = |mine: &&Mine| {
            let line = format!("{} {} {}", mine.pair, mine.chat.dialog_id(), mine.title).to_lowercase();
            words.iter().all(|word| line.contains(word))
        };
        self.chats.iter().filter(fits).collect()
    }

    /// The one under the cursor.
    pub fn chosen(&self) -> Option<&Mine> {
        self.choices().get(self.cursor).copied()
    }

    pub fn draw(&self, frame: &mut Frame, room: Rect, language: Language, theme: &Theme) {
        let area = Layout::middle(room, 96.min(room.width.saturating_sub(2)), room.height.saturating_sub(1).min(24));
        let right = match self.reading {
            Reading::Offered => String::new(),
            Reading::Going => format!(" reading, {} so far … ", self.seen),
            _ => format!(" {} of {} conversations carry a pair ", self.chats.len(), self.seen),
        };
        let bottom = match self.reading {
            Reading::Offered => " Enter ask for them   Esc close ",
            _ if self.chats.is_empty() => " Esc close ",
            _ => " Enter fill the form, nothing is sent   Esc close ",
        };
        let titles = Titles { left: Line::from(" My chats "), right: Line::from(right), bottom: Line::from(bottom) };
        let inner = pane::overlay(frame, area, titles, theme);
        if inner.height < 2 || inner.width < 4 {
            return;
        }
        let inner = Rect { x: inner.x + 1, width: inner.width - 2, ..inner };
        let columns = usize::from(inner.width);
        if self.reading == Reading::Offered {
            let lines: Vec<Line> = text::paragraph(offer().get(language), columns, theme.text).collect();
            return frame.render_widget(Text::from(lines), inner);
        }
        field::draw(frame, Rect { height: 1, ..inner }, &self.typed, theme.strong, true);
        let below = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
        let said = self.said(language, theme);
        let said: Vec<Line> =
            said.iter().flat_map(|(words, style)| text::paragraph(&visible::line(words), columns, *style)).collect();
        let rows = usize::from(below.height).saturating_sub(said.len());
        let top = (self.cursor + 1).saturating_sub(rows);
        for (at, mine) in self.choices().into_iter().enumerate().skip(top).take(rows) {
            let style = if at == self.cursor { theme.cursor } else { theme.text };
            let y = below.y + u16::try_from(at - top).unwrap_or(0);
            frame.render_widget(line(mine, columns, theme).style(style), Rect { y, height: 1, ..below });
        }
        let height = u16::try_from(said.len()).unwrap_or(0).min(below.height);
        frame.render_widget(Text::from(said), Rect { y: below.bottom() - height, height, ..below });
    }

    /// What there is to say under the list.
    fn said(&self, language: Language, theme: &Theme) -> Vec<(String, Style)> {
        let mut said = Vec::new();
        let mut say = |words: &Phrase, style| said.push((words.get(language).to_owned(), style));
        match &self.reading {
            Reading::Failed(why) => say(&why.words(), theme.bad),
            Reading::Over { has_more: true } => say(&more(self.seen), theme.warn),
            Reading::Over { has_more: false } if self.chats.is_empty() => say(&none(), theme.quiet),
            _ => {}
        }
        if !self.chats.is_empty() && self.choices().is_empty() {
            say(&Phrase::new("Nothing fits what was typed.", "Под набранное ничего не подходит."), theme.quiet);
        }
        said
    }
}

/// What would be sent.
fn offer() -> Phrase {
    Phrase::new(
        format!(
            "Nothing was sent yet. Enter asks the portal for your own conversations, to pick a pair from: {RECENT}, which \
             only reads and needs the permission for chats (scope im); 200 conversations in a request, at most {PAGES} \
             requests. Chats that you do not take part in are not among them."
        ),
        format!(
            "Ещё ничего не отправлено. Enter спросит у портала ваши чаты, чтобы выбрать пару: {RECENT}, он только читает; \
             нужно право на чаты (im). По 200 чатов в запросе, не больше {PAGES} запросов. Чатов, где вы не участник, в \
             списке не будет."
        ),
    )
}

fn more(seen: usize) -> Phrase {
    Phrase::new(
        format!("You have more conversations than these {seen}: older ones were not asked for."),
        format!("Чатов у вас больше: прочитаны последние {seen}, более старые не запрошены."),
    )
}

fn none() -> Phrase {
    Phrase::new(
        "None of your conversations carries a pair. Chats of deals or tasks in which you do not take part are not in this list.",
        "Ни у одного вашего чата нет пары. Чатов сделок и задач, где вы не участник, в этом списке нет.",
    )
}

fn line(mine: &Mine, columns: usize, theme: &Theme) -> Line<'static> {
    let kind = visible::line(mine.pair.entity_type()).into_owned();
    let id = visible::line(mine.pair.entity_id()).into_owned();
    let mut spans = vec![
        Span::raw(text::pad(&kind, 12)),
        Span::raw(" "),
        Span::styled(text::pad(&id, 22), theme.strong),
        Span::raw(" "),
        Span::styled(text::pad(&mine.chat.dialog_id(), 12), theme.quiet),
    ];
    let used: usize = spans.iter().map(Span::width).sum();
    let title = visible::line(&mine.title).into_owned();
    spans.push(Span::raw(text::fit(&title, columns.saturating_sub(used)).into_owned()));
    Line::from(spans)
}
