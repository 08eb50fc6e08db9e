//! The help: the keys of the place one is in, and why one cannot be used now.

use b24chat::tui::keys::{Action, Place, bindings};
use ratatui::layout::Rect;

use crate::support::{Explorer, FOUND, NO_CHAT, reply};

/// Keys that lead to a place, and the title of its help.
const PLACES: [(&str, Place, &str); 8] = [
    ("<shift-tab>", Place::EntityType, "Entity type"),
    ("<shift-tab> <down>", Place::Types, "Entity type"),
    ("", Place::EntityId, "Entity id"),
    ("<tab>", Place::Result, "Result"),
    ("<tab> <tab>", Place::Response, "Response"),
    ("<tab> <tab> <left> f", Place::Search, "Response"),
    ("<tab> <tab> <tab>", Place::History, "History"),
    ("<tab> /", Place::Filter, "History"),
];

fn at(keys: &str, columns: u16, rows: u16) -> Explorer {
    let mut explorer = Explorer::new(columns, rows);
    explorer.look_up("DEAL|1663", reply(200, FOUND));
    explorer.keys(keys);
    explorer
}

#[test]
fn the_help_of_each_place_lists_every_key_of_it() {
    for (keys, place, title) in PLACES {
        let mut explorer = at(keys, 120, 60);
        assert_eq!(explorer.model.place(), place);
        explorer.keys("<f1>");
        let screen = explorer.screen();
        screen.shows(&[&format!("Help · {title}")]);
        let told = screen.words_in(Rect::new(24, 0, 72, 60));
        let mut keys = Vec::new();
        for binding in bindings(place) {
            // A key that means something nearer says that instead.
            let here: Vec<_> = binding.chords.iter().filter(|chord| !keys.contains(*chord)).collect();
            if !here.is_empty() {
                let names = here.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
                assert!(told.contains(&format!("{names} {}", binding.help)), "{names} in {place:?}:\n{screen}");
            }
            keys.extend(&binding.chords);
        }
    }
}

#[test]
fn the_end_of_the_help_can_be_reached_on_the_smallest_screen() {
    for (keys, place, _) in PLACES {
        let mut explorer = at(keys, 60, 16);
        explorer.keys("<f1> G");
        let screen = explorer.screen();
        screen.shows(&["leave, from anywhere"]);
        assert!(bindings(place).any(|binding| binding.action == Action::Leave));
        explorer.keys("G <up>");
        assert_ne!(explorer.screen().to_string(), screen.to_string(), "one key up is one line up");
        explorer.keys("g");
        explorer.screen().hides(&["leave, from anywhere"]);
    }
}

#[test]
fn a_key_that_is_of_no_use_now_says_why() {
    let mut explorer = Explorer::new(120, 60);
    explorer.keys("<tab> <tab> ?");
    let screen = explorer.screen();
    let (_, fold) = screen.find("fold or unfold the object");
    assert!(screen.rows()[usize::from(fold) + 1].contains("not now: only in the tab Raw"), "{screen}");
    screen.shows(&["not now: there is no lookup to repeat", "not now: there is no reply yet"]);
}

#[test]
fn a_question_mark_is_text_in_text_fields_and_help_elsewhere() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("a?q/");
    assert_eq!(explorer.model.entity_id.value(), "a?q/");
    explorer.keys("<tab> ?");
    explorer.screen().shows(&["Help · Result"]);
    assert_eq!(explorer.effects(), [""; 0]);
}

#[test]
fn esc_or_a_click_closes_the_help_and_nothing_else() {
    let mut explorer = at("<tab> ?", 120, 36);
    explorer.keys("<esc>");
    let screen = explorer.screen();
    screen.hides(&["Help ·"]);
    assert_eq!(screen.focus(), ["Result"]);
    explorer.keys("?");
    explorer.click((3, 2));
    let screen = explorer.screen();
    screen.hides(&["Help ·"]);
    assert_eq!(screen.focus(), ["Result"]);
}

#[test]
fn while_the_help_is_open_letters_do_not_act_on_what_is_below() {
    let mut explorer = at("<tab> ?", 120, 36);
    explorer.effects();
    explorer.keys("r e / x");
    assert_eq!(explorer.effects(), [""; 0]);
    explorer.screen().shows(&["Help · Result"]);
}

#[test]
fn q_leaves_from_panes_and_is_text_in_fields() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("q");
    assert_eq!(explorer.effects(), [""; 0]);
    assert_eq!(explorer.model.entity_id.value(), "q");
    explorer.keys("<tab> q");
    assert_eq!(explorer.effects(), ["leave Asked"]);
}

#[test]
fn no_hint_names_a_key_that_means_something_nearer() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<shift-tab> <down>");
    let hints = explorer.screen().last_row();
    assert!(hints.contains("Enter take") && !hints.contains("Tab next pane"), "here Tab takes: {hints}");
}

#[test]
fn the_hints_name_keys_that_work_here_and_now() {
    let mut explorer = Explorer::new(120, 36);
    let hints = |explorer: &Explorer| explorer.screen().last_row();
    assert_eq!(hints(&explorer), " Enter send  ↓ history  Tab next pane  Ctrl-P all keys  F1 help");
    explorer.keys("<tab>");
    assert!(!hints(&explorer).contains("edit"), "there is nothing to edit: {}", hints(&explorer));
    assert!(hints(&explorer).contains("? help") && hints(&explorer).contains("q leave"));
    explorer.look_up_from_anywhere("DEAL|1663", reply(200, FOUND));
    assert!(hints(&explorer).contains("e edit"), "{}", hints(&explorer));
    explorer.keys("?");
    assert!(hints(&explorer).starts_with(" Esc close"), "{}", hints(&explorer));
}

#[test]
fn wide_characters_below_an_overlay_do_not_reach_into_its_frame() {
    // The result wraps the id over many rows, and in one of two widths a character straddles the frame.
    for columns in [121, 122, 123, 124] {
        let mut explorer = Explorer::new(columns, 36);
        explorer.paste(&"会".repeat(200));
        explorer.keys("<enter>");
        explorer.settle(reply(200, NO_CHAT));
        explorer.keys("<ctrl-p>");
        let screen = explorer.screen();
        let rows = screen.rows();
        let top = rows.iter().position(|row| row.contains("┏ What to do")).expect("the frame has its corner");
        let bottom = rows.iter().position(|row| row.contains('┗')).expect("the frame has its corner");
        assert!(rows[top + 1..bottom].iter().all(|row| row.matches('┃').count() == 2), "{columns}:\n{screen}");
    }
}
