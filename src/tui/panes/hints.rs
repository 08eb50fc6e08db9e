//! The bottom line: the keys that matter most where one is, as many as fit.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::keys::{self, Action, Chord, Place};
use crate::tui::ui::text;
use crate::tui::ui::theme::Theme;

/// Draws the hints of a place; `leads` come first whatever the table says (`Esc cancel` while a request
/// is in flight), and actions that are unavailable now are left out.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    place: Place,
    leads: &[(String, &str)],
    is_available: impl Fn(Action) -> bool,
    theme: &Theme,
) {
    let mut hints: Vec<(String, &str)> = leads.to_vec();
    let mut told: Vec<&str> = Vec::new();
    let mut taken: Vec<Chord> = Vec::new();
    for binding in keys::bindings(place) {
        // A key that means something nearer is no hint for this: in the list of types Tab takes.
        let chord = binding.chords.iter().find(|chord| !taken.contains(chord));
        if let (Some(hint), Some(chord)) = (binding.hint.as_deref(), chord)
            && is_available(binding.action)
            && !told.contains(&hint)
        {
            told.push(hint);
            hints.push((chord.to_string(), hint));
        }
        taken.extend(&binding.chords);
    }
    frame.render_widget(line(&hints, usize::from(area.width), theme), area);
}

fn line(hints: &[(String, &str)], columns: usize, theme: &Theme) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    for (chord, hint) in hints {
        let width = text::width(chord) + 1 + text::width(hint) + 2;
        if used + width > columns {
            continue;
        }
        used += width;
        spans.push(Span::styled(chord.clone(), theme.key));
        spans.push(Span::styled(format!(" {hint}  "), theme.quiet));
    }
    Line::from(spans)
}
