//! Where everything is on the screen: one pure function of the size, used for drawing, for scrolling
//! and for finding what the mouse points at.
//!
//! ```text
//! header
//! ╭ Entity type ─╮╭ Entity id ─────────╮     wide (from 76 columns and 22 rows)
//! ╰──────────────╯╰────────────────────╯
//! ╭ Result ──────╮╭ Response ──────────╮     narrow: result, response and history share one
//! ╰──────────────╯╰────────────────────╯     place, and the one that has the keys is seen
//! ╭ History ───────────────────────────╮
//! ╰────────────────────────────────────╯
//! notice, when there is one
//! hints
//! ```

use ratatui::layout::Rect;

/// The smallest size that holds the explorer; below it a notice says so.
pub const LEAST: (u16, u16) = (60, 16);

/// The areas of the screen. In the narrow arrangement result, response and history are the same area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub header: Rect,
    pub entity_type: Rect,
    pub entity_id: Rect,
    pub result: Rect,
    pub response: Rect,
    pub history: Rect,
    /// Of no height when there is nothing to say.
    pub notice: Rect,
    pub hints: Rect,
    /// Result, response and history share one area.
    pub narrow: bool,
}

impl Layout {
    /// `None` when the screen is too small. `notice` is how many rows a notice wants.
    pub fn of(screen: Rect, notice: u16) -> Option<Self> {
        if screen.width < LEAST.0 || screen.height < LEAST.1 {
            return None;
        }
        let narrow = screen.width < 76 || screen.height < 22;
        let mut rest = screen;
        let header = top(&mut rest, 1);
        let hints = bottom(&mut rest, 1);
        let notice = bottom(&mut rest, notice.min(4));
        // The second row of the form says what the type means and what the id looks like.
        let mut form = top(&mut rest, if screen.height >= 20 { 4 } else { 3 });
        let entity_type = left(&mut form, type_columns(screen.width));
        if narrow {
            let shared = rest;
            return Some(Self {
                header,
                entity_type,
                entity_id: form,
                result: shared,
                response: shared,
                history: shared,
                notice,
                hints,
                narrow,
            });
        }
        let rows = history_rows(rest.height);
        let history = bottom(&mut rest, rows);
        let result = left(&mut rest, result_columns(screen.width));
        Some(Self { header, entity_type, entity_id: form, result, response: rest, history, notice, hints, narrow })
    }

    /// The list of types: under its pane, over what lies there.
    pub fn types(&self, screen: Rect, rows: u16) -> Rect {
        let below = screen.height.saturating_sub(self.entity_type.bottom()).saturating_sub(1);
        let width = screen.width.saturating_sub(self.entity_type.x).min(72);
        Rect::new(self.entity_type.x, self.entity_type.bottom(), width, below.min(rows + 2))
    }

    /// An overlay in the middle of the screen.
    pub fn middle(screen: Rect, columns: u16, rows: u16) -> Rect {
        let width = columns.min(screen.width);
        let height = rows.min(screen.height);
        Rect::new(screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 2, width, height)
    }
}

fn type_columns(width: u16) -> u16 {
    (width * 3 / 10).clamp(22, 38)
}

fn result_columns(width: u16) -> u16 {
    (width * 42 / 100).clamp(31, 70)
}

/// The history gets a third, but never so much that the time block beside the result needs scrolling
/// where it could have had the room.
fn history_rows(rest: u16) -> u16 {
    (rest / 3).max(5).min(rest.saturating_sub(14).max(5))
}

fn top(rest: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(rest.height);
    let area = Rect { height: rows, ..*rest };
    rest.y += rows;
    rest.height -= rows;
    area
}

fn bottom(rest: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(rest.height);
    rest.height -= rows;
    Rect { y: rest.bottom(), height: rows, ..*rest }
}

fn left(rest: &mut Rect, columns: u16) -> Rect {
    let columns = columns.min(rest.width);
    let area = Rect { width: columns, ..*rest };
    rest.x += columns;
    rest.width -= columns;
    area
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn layout(width: u16, height: u16) -> Option<Layout> {
        Layout::of(Rect::new(0, 0, width, height), 0)
    }

    #[test]
    fn the_sizes_people_use_get_the_arrangement_meant_for_them() {
        assert!(!layout(120, 36).unwrap().narrow);
        assert!(!layout(80, 24).unwrap().narrow);
        assert!(layout(60, 16).unwrap().narrow);
        assert!(layout(200, 18).unwrap().narrow);
        assert_eq!(layout(59, 16), None);
        assert_eq!(layout(60, 15), None);
    }

    #[test]
    fn the_time_block_fits_beside_a_result_at_80_by_24() {
        // A status line, eight fields of the time block and our own phases.
        assert!(layout(80, 24).unwrap().response.height - 2 >= 11);
        assert!(layout(120, 36).unwrap().response.height - 2 >= 14);
    }

    proptest! {
        #[test]
        fn areas_stay_on_the_screen_and_do_not_overlap(width in 0u16..400, height in 0u16..200, notice in 0u16..9) {
            let screen = Rect::new(0, 0, width, height);
            if let Some(layout) = Layout::of(screen, notice) {
                let mut areas = vec![layout.header, layout.entity_type, layout.entity_id, layout.result, layout.notice, layout.hints];
                if !layout.narrow {
                    areas.extend([layout.response, layout.history]);
                }
                for (at, area) in areas.iter().enumerate() {
                    prop_assert_eq!(area.intersection(screen), *area);
                    for other in &areas[at + 1..] {
                        prop_assert!(area.intersection(*other).is_empty() , "{:?} {:?}", area, other);
                    }
                }
                let types = layout.types(screen, 18);
                prop_assert_eq!(types.intersection(screen), types);
            }
        }
    }
}
