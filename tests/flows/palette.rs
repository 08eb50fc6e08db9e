//! The palette: everything that can be done, from anywhere, by typing.

use std::collections::HashSet;

use b24chat::tui::keys::{Action, Place, bindings};
use b24chat::tui::panes::palette::Palette;

use crate::support::{Explorer, FOUND, reply};

/// Moving a cursor, taking what is under it, closing what is open and the palette itself.
const NOT_FOR_A_LIST: [Action; 10] = [
    Action::Up,
    Action::Down,
    Action::PageUp,
    Action::PageDown,
    Action::Top,
    Action::Bottom,
    Action::Take,
    Action::ToHistory,
    Action::Undo,
    Action::Palette,
];

const PLACES: [Place; 5] = [Place::EntityType, Place::EntityId, Place::Result, Place::Response, Place::History];

#[test]
fn every_action_can_be_chosen_from_every_pane() {
    let all: HashSet<Action> =
        PLACES.into_iter().flat_map(bindings).map(|b| b.action).filter(|a| !NOT_FOR_A_LIST.contains(a)).collect();
    assert!(all.len() > 15);
    for place in PLACES {
        let choices = Palette::new(place).choices();
        let offered: HashSet<Action> = choices.iter().map(|choice| choice.binding.action).collect();
        assert_eq!(offered, all, "from {place:?}");
        assert_eq!(choices.len(), offered.len(), "each once");
    }
}

#[test]
fn typing_narrows_it_and_enter_does_what_is_under_the_cursor() {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("DEAL|1663", reply(200, FOUND));
    explorer.effects();
    explorer.keys("<ctrl-p> same<space>pair");
    let screen = explorer.screen();
    screen.shows(&["What to do", "ask the same pair again"]);
    assert_eq!(screen.reversed().len(), 2, "the chosen tab and one row: {:?}", screen.reversed());
    explorer.keys("<enter>");
    assert_eq!(explorer.effects().last().unwrap(), "ask CRM DEAL|1663");
    explorer.screen().hides(&["What to do"]);
}

#[test]
fn what_cannot_be_done_now_says_why_and_choosing_it_says_so_again() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<ctrl-p>");
    explorer.screen().shows(&["(not now: there is no lookup to repeat)"]);
    explorer.keys("lookup<space>that");
    explorer.keys("<enter>");
    explorer.screen().shows(&["! Not now: there is no lookup to repeat."]);
    assert_eq!(explorer.effects(), [""; 0]);
}

#[test]
fn esc_closes_it_and_the_keys_are_where_they_were() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("DEAL|1 <ctrl-p> fold <esc>");
    let screen = explorer.screen();
    screen.hides(&["What to do"]);
    assert_eq!(screen.focus(), ["Entity id"]);
    assert_eq!(explorer.model.entity_id.value(), "DEAL|1");
}

#[test]
fn an_action_of_another_pane_takes_the_keys_there() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<ctrl-p> list<space>of<space>types <enter>");
    explorer.screen().shows(&["Type to choose"]);
    explorer.keys("<esc> <ctrl-p> filter<space>the <enter> deal");
    assert_eq!(explorer.model.history.filter.value(), "deal");
}

#[test]
fn nothing_fits_nothing_happens() {
    let mut explorer = Explorer::new(80, 24);
    explorer.keys("<ctrl-p> zzzz <down> <enter>");
    assert_eq!(explorer.effects(), [""; 0]);
    explorer.screen().hides(&["What to do"]);
}

#[test]
fn the_cursor_stays_among_the_rows_and_in_sight() {
    let mut explorer = Explorer::new(60, 16);
    explorer.keys("<ctrl-p>");
    for _ in 0..40 {
        explorer.keys("<down>");
        assert!(!explorer.screen().reversed().is_empty());
    }
    let last = explorer.screen().reversed();
    explorer.keys("<down>");
    assert_eq!(explorer.screen().reversed(), last);
    explorer.keys("<up>");
    assert_ne!(explorer.screen().reversed(), last, "one key up is one row up");
}
