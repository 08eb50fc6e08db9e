//! Keys as one string: `DEAL|1663 <enter>`. White space is there for the reader only; `<space>` is the key.

use b24chat::tui::keys::{Chord, Key};

pub fn chords(text: &str) -> Vec<Chord> {
    let mut chords = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        if let Some((name, after)) = named {
            chords.push(name.parse().unwrap());
            rest = after;
            continue;
        }
        if !c.is_whitespace() {
            chords.push(Chord::plain(Key::Char(c)));
        }
        rest = &rest[c.len_utf8()..];
    }
    chords
}
