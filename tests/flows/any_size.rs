//! Terminals of any size, from one cell to a wall.

use proptest::prelude::*;

use b24chat::tui::app::Message;

use crate::support::{EIGHT_FIELDS, Explorer, FOUND, REFUSED, record, reply};

/// Every overlay and every state worth a picture.
fn states() -> Vec<(&'static str, Explorer)> {
    let old = vec![record("CRM", "DEAL|1663", "2026-02-24T09:00:00Z", reply(200, FOUND)); 30];
    let mut states = Vec::new();
    let mut add = |name, keys: &str| {
        let mut explorer = Explorer::with_history(120, 36, old.clone());
        explorer.look_up("DEAL|1663", reply(200, format!(r#"{{"result":{{"ID":7}},"time":{EIGHT_FIELDS}}}"#)));
        explorer.keys(keys);
        states.push((name, explorer));
    };
    add("found", "");
    add("types", "<shift-tab> <down> t");
    add("help", "<tab> <tab> ?");
    add("palette", "<ctrl-p> a");
    add("headers", "<tab> <tab> <right>");
    add("sent", "<tab> <tab> <right> <right>");
    add("raw", "<tab> <tab> <left> f start");
    add("filter", "<tab> / deal");
    add("asking", "4 <enter>");
    add("long id", &"会".repeat(90));
    let mut refused = Explorer::new(120, 36);
    refused.look_up("DEAL|1663", reply(401, REFUSED));
    refused.tell(Message::Told("The history was damaged and was set aside. ".repeat(12)));
    states.push(("refused", refused));
    let mut missing = Explorer::begin(120, 36, Vec::new());
    missing.tell(Message::PortalMissing("No portal is named. ".repeat(20)));
    states.push(("missing", missing));
    states.push(("fresh", Explorer::begin(120, 36, Vec::new())));
    states
}

#[test]
fn every_state_is_drawn_at_every_size() {
    for (name, mut explorer) in states() {
        for rows in [1, 2, 3, 5, 8, 15, 16, 17, 19, 20, 21, 22, 24, 36, 60, 100] {
            for columns in [1, 2, 3, 10, 40, 59, 60, 61, 75, 76, 80, 99, 120, 200, 300] {
                explorer.tell(Message::Resized(columns, rows));
                let screen = explorer.screen();
                screen.is_safe();
                if let Some(layout) = explorer.model.layout() {
                    screen.shows(&["b24chat"]);
                    assert!(!screen.focus().is_empty(), "{name} at {columns}x{rows}:\n{screen}");
                    assert!(layout.hints.height == 1);
                }
            }
        }
    }
}

#[test]
fn a_screen_that_is_too_small_says_what_it_needs_and_comes_back_as_it_was() {
    for (name, mut explorer) in states() {
        let before = explorer.screen().to_string();
        explorer.tell(Message::Resized(59, 36));
        let screen = explorer.screen();
        screen.shows(&["b24chat needs 60 columns and 16 rows"]);
        assert_eq!(screen.cursor(), None, "no cursor blinks in {name}");
        explorer.tell(Message::Resized(120, 36));
        assert_eq!(explorer.screen().to_string(), before, "{name}");
    }
}

#[test]
fn narrow_screens_show_the_pane_that_has_the_keys() {
    let mut explorer = Explorer::new(60, 16);
    explorer.look_up("DEAL|1663", reply(200, FOUND));
    for (keys, title) in [("", "Result"), ("<tab>", "Result"), ("<tab>", "Response"), ("<tab>", "History (1)")] {
        explorer.keys(keys);
        explorer.screen().shows(&[&format!(" {title} ")]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn resizing_from_any_size_to_any_other_draws(sizes in prop::collection::vec((1u16..310, 1u16..110), 1..6)) {
        for (_, mut explorer) in states() {
            for (columns, rows) in &sizes {
                explorer.tell(Message::Resized(*columns, *rows));
                explorer.screen().is_safe();
            }
        }
    }
}
