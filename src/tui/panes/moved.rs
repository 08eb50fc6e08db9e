//! A portal that moved: its old and its new address, and the question whether to change the profile.
//! Nothing is sent to the new address before it was confirmed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Text};

use crate::domain::address::RestRoot;
use crate::domain::language::Phrase;
use crate::tui::ui::layout::Layout;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::text;
use crate::tui::ui::theme::Speech;

/// The open question.
#[derive(Clone, Debug)]
pub struct Moved {
    pub profile: String,
    pub old: RestRoot,
    pub new: RestRoot,
    /// One Bitrix24 cloud name to another: what a renamed portal does.
    pub expected: bool,
}

impl Moved {
    pub fn draw(&self, frame: &mut Frame, speech: Speech<'_>) {
        let Speech { theme, language } = speech;
        let area = Layout::middle(frame.area(), 72, 14);
        let titles = Titles {
            left: Line::from(" The portal has moved "),
            right: Line::from(" Enter change the profile  Esc leave it "),
            ..Titles::default()
        };
        let inner = pane::overlay(frame, area, titles, theme);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let columns = usize::from(inner.width);
        let styles = (theme.quiet, theme.strong);
        let mut lines = text::labelled("profile", 9, &self.profile, columns, styles);
        lines.extend(text::labelled("old", 9, &self.old.to_string(), columns, styles));
        lines.extend(text::labelled("new", 9, &self.new.to_string(), columns, styles));
        lines.push(Line::default());
        let words = if self.expected {
            Phrase::new(
                "Both are names of the Bitrix24 cloud, which is what a renamed portal looks like.",
                "Оба имени — из облака Битрикс24: так и выглядит переименованный портал.",
            )
        } else {
            Phrase::new(
                "This is not one Bitrix24 cloud name to another. It can be right for a portal with a name of its own, and it \
                 can be somebody who wants the secret. Ask the portal's administrator before you confirm.",
                "Это не смена одного облачного имени Битрикс24 на другое. Так бывает у портала с собственным доменом, но так \
                 может делать и тот, кому нужен секрет. Прежде чем подтвердить, спросите администратора портала.",
            )
        };
        lines.extend(text::paragraph(
            words.get(language),
            columns,
            if self.expected { theme.text } else { theme.warn },
        ));
        lines.push(Line::default());
        let words = Phrase::new(
            "Nothing was sent to the new address. Enter writes it into the profile; the history stays as it is.",
            "На новый адрес ничего не отправлено. Enter запишет его в профиль; история останется как есть.",
        );
        lines.extend(text::paragraph(words.get(language), columns, theme.text));
        frame.render_widget(Text::from(lines), inner);
    }
}
