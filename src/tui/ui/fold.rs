//! JSON as a flat list of rows with fold marks, so that moving is arithmetic. The rows are cut from the
//! reply's own text: numbers, escapes, repeated names and their order stay as the portal wrote them. A
//! text that is not JSON becomes its lines. The cutting itself is in [`rows`](super::rows).

use super::rows::{json_rows, plain_rows};

/// More rows than this are not made: the rest of the reply is named in one last row, and
/// `b24chat get --raw` prints it all.
pub const ROW_LIMIT: usize = 100_000;

/// One row: a member, an element, a bracket, or a line of plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub depth: usize,
    /// `"ID"` of a member, with its quotes.
    pub name: Option<String>,
    /// What follows the name: a scalar, an opening or a closing bracket, with its comma.
    pub value: String,
    /// For an opening bracket: the row of its closing one.
    pub closes_at: Option<usize>,
}

/// Rows, which of them are folded, and which are therefore seen.
#[derive(Clone, Debug, Default)]
pub struct Folding {
    rows: Vec<Row>,
    folded: Vec<bool>,
    seen: Vec<usize>,
}

impl Folding {
    /// Rows of a reply's body.
    pub fn of(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text.trim_start_matches('\u{feff}')).is_ok();
        let rows = if is_json { json_rows(&text) } else { plain_rows(&text) };
        let mut folding = Self { folded: vec![false; rows.len()], rows, seen: Vec::new() };
        folding.see();
        folding
    }

    /// How many rows are seen.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// The row at a place among those that are seen, and whether it is folded.
    pub fn row(&self, place: usize) -> Option<(&Row, bool)> {
        let at = *self.seen.get(place)?;
        Some((self.rows.get(at)?, *self.folded.get(at)?))
    }

    /// How many rows a folded one hides.
    pub fn hidden(&self, place: usize) -> usize {
        self.seen.get(place).map_or(0, |at| self.rows[*at].closes_at.map_or(0, |end| end - at - 1))
    }

    /// Folds or unfolds the row at a place; on a row that cannot be folded, the one around it. Gives the
    /// place of the row that was folded.
    pub fn toggle(&mut self, place: usize) -> usize {
        let Some(&at) = self.seen.get(place) else { return place };
        let around = (0..=at).rev().find(|row| self.rows[*row].closes_at.is_some_and(|end| *row == at || end >= at));
        let Some(target) = around else { return place };
        self.folded[target] = !self.folded[target];
        self.see();
        self.place_of(target)
    }

    /// Folds everything but the outermost; unfolds everything when that is already so.
    pub fn toggle_all(&mut self) {
        let inner: Vec<usize> = (0..self.rows.len())
            .filter(|row| self.rows[*row].closes_at.is_some() && self.rows[*row].depth > 0)
            .collect();
        let fold = inner.iter().any(|row| !self.folded[*row]);
        self.folded.fill(false);
        for row in inner {
            self.folded[row] = fold;
        }
        self.see();
    }

    /// The place of the next row from `place` on that holds the text, ignoring case, going round at the
    /// end; unfolds what hides it.
    pub fn find(&mut self, text: &str, place: usize, backwards: bool) -> Option<usize> {
        let needle = text.to_lowercase();
        let count = self.rows.len();
        if needle.is_empty() || count == 0 {
            return None;
        }
        let from = self.seen.get(place).copied().unwrap_or(0);
        let step =
            |offset: usize| if backwards { (from + count - offset % count) % count } else { (from + offset) % count };
        let at = (1..=count).map(step).find(|row| self.rows[*row].holds(&needle))?;
        for row in 0..at {
            if self.rows[row].closes_at.is_some_and(|end| end > at) {
                self.folded[row] = false;
            }
        }
        self.see();
        Some(self.place_of(at))
    }

    /// How many rows hold the text.
    pub fn count(&self, text: &str) -> usize {
        let needle = text.to_lowercase();
        if needle.is_empty() { 0 } else { self.rows.iter().filter(|row| row.holds(&needle)).count() }
    }

    fn place_of(&self, row: usize) -> usize {
        self.seen.partition_point(|seen| *seen < row).min(self.seen.len().saturating_sub(1))
    }

    fn see(&mut self) {
        self.seen.clear();
        let mut row = 0;
        while row < self.rows.len() {
            self.seen.push(row);
            row = match self.rows[row].closes_at {
                Some(end) if self.folded[row] => end + 1,
                _ => row + 1,
            };
        }
    }
}

impl Row {
    fn holds(&self, lower_case: &str) -> bool {
        self.name.as_ref().is_some_and(|name| name.to_lowercase().contains(lower_case))
            || self.value.to_lowercase().contains(lower_case)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::domain::visible;

    fn shown(folding: &Folding) -> Vec<String> {
        (0..folding.len())
            .map(|place| {
                let (row, folded) = folding.row(place).unwrap();
                let name = row.name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
                format!("{}{name}{}{}", "  ".repeat(row.depth), row.value, if folded { "+" } else { "" })
            })
            .collect()
    }

    const REPLY: &[u8] = br#"{"result":{"ID":1437},"time":{"start":1789001122.0,"url":"\/a"},"x":[],"y":[1,2]}"#;

    #[test]
    fn rows_keep_the_reply_as_it_was_written() {
        let folding = Folding::of(REPLY);
        assert_eq!(
            shown(&folding),
            [
                "{",
                "  \"result\": {",
                "    \"ID\": 1437",
                "  },",
                "  \"time\": {",
                "    \"start\": 1789001122.0,",
                "    \"url\": \"\\/a\"",
                "  },",
                "  \"x\": [],",
                "  \"y\": [",
                "    1,",
                "    2",
                "  ]",
                "}",
            ]
        );
    }

    #[test]
    fn folding_hides_what_is_inside_and_unfolding_brings_it_back() {
        let mut folding = Folding::of(REPLY);
        let before = shown(&folding);
        assert_eq!(folding.toggle(2), 1, "a member folds the object around it");
        assert_eq!(shown(&folding)[1], "  \"result\": {+");
        assert_eq!(shown(&folding)[2], "  \"time\": {");
        assert_eq!(folding.hidden(1), 1);
        folding.toggle(1);
        assert_eq!(shown(&folding), before);
        folding.toggle_all();
        assert_eq!(folding.len(), 6);
        folding.toggle_all();
        assert_eq!(shown(&folding), before);
    }

    #[test]
    fn finding_goes_round_ignores_case_and_unfolds() {
        let mut folding = Folding::of(REPLY);
        folding.toggle(4);
        let place = folding.find("START", 0, false).unwrap();
        assert!(folding.row(place).unwrap().0.name.as_deref() == Some("\"start\""));
        assert_eq!(folding.find("start", place, false), Some(place), "the only one is found again");
        assert_eq!(folding.find("\"id\"", place, true), Some(2));
        assert_eq!(folding.find("absent", 0, false), None);
        assert_eq!(folding.count("1"), 3);
    }

    #[test]
    fn what_is_not_json_becomes_its_lines_with_stand_ins() {
        let folding = Folding::of(b"<html>\r\n\x1b[31mno\n");
        assert_eq!(shown(&folding), ["<html>", "␛[31mno"]);
    }

    #[test]
    fn a_very_long_reply_ends_in_a_row_that_says_so() {
        let body = format!("[{}1]", "1,".repeat(ROW_LIMIT + 10));
        let folding = Folding::of(body.as_bytes());
        assert_eq!(folding.len(), ROW_LIMIT + 1);
        assert!(folding.row(ROW_LIMIT).unwrap().0.value.contains("--raw"));
    }

    proptest! {
        #[test]
        fn the_rows_of_json_put_together_are_the_same_json(value in prop::collection::vec(("\\PC{0,8}", any::<i32>()), 0..8)) {
            let object: serde_json::Map<String, Value> =
                value.into_iter().map(|(name, number)| (name, serde_json::json!([number, { "t": number.to_string() }]))).collect();
            let value = Value::Object(object);
            let folding = Folding::of(value.to_string().as_bytes());
            // Only where no stand-in was needed can the text be read back.
            if visible::line(&value.to_string()) == value.to_string() {
                let again: Value = serde_json::from_str(&shown(&folding).concat()).unwrap();
                prop_assert_eq!(again, value);
            }
        }

        #[test]
        fn no_bytes_and_no_keys_panic(body in prop::collection::vec(any::<u8>(), 0..200), keys in prop::collection::vec(0usize..50, 0..20)) {
            let mut folding = Folding::of(&body);
            for key in keys {
                folding.toggle(key);
                folding.find("a", key, key % 2 == 0);
            }
            folding.toggle_all();
        }
    }
}
