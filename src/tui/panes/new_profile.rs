//! A profile being added: first a webhook's address, typed or pasted blind, then a name for it. The
//! address is never drawn: only how many characters it has.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Text};
use tui_input::Input;
use zeroize::Zeroizing;

use crate::domain::address::RestRoot;
use crate::domain::credential::Credential;
use crate::domain::entity::EntityPair;
use crate::domain::language::{Language, Phrase};
use crate::domain::pasted;
use crate::domain::visible;
use crate::tui::keys::{Chord, Key};
use crate::tui::ui::layout::Layout;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::theme::Speech;
use crate::tui::ui::{field, text};

/// A pasted address is never longer than this; more of it is dropped.
const LONGEST: usize = 4096;

/// How far the adding is.
pub enum NewProfile {
    Address {
        /// Wiped when it is dropped.
        typed: Zeroizing<String>,
        /// Why the last one was not taken.
        refused: Option<Phrase>,
    },
    Name {
        root: RestRoot,
        credential: Credential,
        notes: Vec<Phrase>,
        name: Input,
        /// It came along with the address, and is in the form already.
        pair: Option<Box<EntityPair>>,
    },
}

impl Default for NewProfile {
    fn default() -> Self {
        // Room for all of it from the start: growing would leave copies behind.
        Self::Address { typed: Zeroizing::new(String::with_capacity(LONGEST)), refused: None }
    }
}

impl NewProfile {
    /// The address is here already, from a text that was pasted elsewhere: what is missing is a name.
    pub fn named(root: RestRoot, credential: Credential, notes: Vec<Phrase>, pair: Option<EntityPair>) -> Self {
        let host = root.host();
        let name = Input::new(host.split(['.', ':']).next().unwrap_or("portal").to_owned());
        Self::Name { root, credential, notes, name, pair: pair.map(Box::new) }
    }

    /// A key that is no action.
    pub fn press(&mut self, chord: Chord) {
        match self {
            Self::Address { typed, .. } => match (chord.key, chord.typed()) {
                (Key::Backspace, _) => drop(typed.pop()),
                (Key::Char('u'), None) => typed.clear(),
                (_, Some(c)) if typed.len() + c.len_utf8() <= LONGEST => typed.push(c),
                _ => {}
            },
            Self::Name { name, .. } => drop(field::press(name, chord)),
        }
    }

    /// Text that came in one piece.
    pub fn paste(&mut self, pasted: &str) {
        for c in pasted.chars().filter(|c| !c.is_control()) {
            self.press(Chord::plain(Key::Char(c)));
        }
    }

    /// Takes the address, if it is one, and asks for a name.
    pub fn take_address(&mut self) {
        let Self::Address { typed, refused } = self else { return };
        match pasted::webhook(typed) {
            Ok((root, credential, notes)) => {
                *self = Self::named(root, credential, notes, None);
            }
            Err(why) => {
                *refused = Some(why);
                typed.clear();
            }
        }
    }

    pub fn draw(&self, frame: &mut Frame, speech: Speech<'_>) {
        let Speech { theme, language } = speech;
        let area = Layout::middle(frame.area(), 72, 12);
        let titles =
            Titles { left: Line::from(" Add a profile "), right: Line::from(" Esc give up "), ..Titles::default() };
        let inner = pane::overlay(frame, area, titles, theme);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let columns = usize::from(inner.width);
        let mut lines: Vec<Line> = Vec::new();
        match self {
            Self::Address { typed, refused } => {
                let words = Phrase::new(
                    "Paste the webhook's address and press Enter. It is not shown here, and its secret goes to the \
                     secret store.",
                    "Вставьте адрес вебхука и нажмите Enter. Здесь он не показывается, а секрет из него уйдёт в хранилище \
                     секретов.",
                );
                lines.extend(text::paragraph(words.get(language), columns, theme.text));
                lines.push(Line::default());
                let count = typed.chars().count();
                lines.push(Line::styled(format!("{count} characters"), theme.strong));
                if let Some(refused) = refused {
                    lines.push(Line::default());
                    let words = Phrase::new(
                        format!("Not taken: {}", refused.en()),
                        format!("Не принято: {}", refused.get(Language::Ru)),
                    );
                    lines.extend(text::paragraph(&visible::line(words.get(language)), columns, theme.warn));
                }
            }
            Self::Name { root, credential, notes, name, pair } => {
                lines.extend(text::paragraph(&format!("{} · {}", root, credential.words()), columns, theme.strong));
                for note in notes {
                    lines.extend(text::paragraph(&visible::line(note.get(language)), columns, theme.quiet));
                }
                let words = Phrase::new(
                    "The address holds a secret, which is not shown. Enter puts it into the secret store, under this name.",
                    "В адресе есть секрет, он не показан. Enter положит его в хранилище секретов под этим именем.",
                );
                lines.extend(text::paragraph(words.get(language), columns, theme.text));
                if let Some(pair) = pair {
                    let words = Phrase::new(
                        format!("The pair that came with it waits in the form: {pair}. Nothing is sent."),
                        format!("Пара из адреса уже в форме: {pair}. Ничего не отправляется."),
                    );
                    lines.extend(text::paragraph(&visible::line(words.get(language)), columns, theme.text));
                }
                lines.push(Line::default());
                lines.push(Line::styled("name", theme.quiet));
                let row = u16::try_from(lines.len()).unwrap_or(0);
                if row < inner.height {
                    let at = Rect { y: inner.y + row, height: 1, ..inner };
                    frame.render_widget(Text::from(lines), inner);
                    return field::draw(frame, at, name, theme.strong, true);
                }
            }
        }
        frame.render_widget(Text::from(lines), inner);
    }
}
