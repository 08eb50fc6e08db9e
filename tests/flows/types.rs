//! The list of types.

use crate::support::Explorer;

#[test]
fn typing_on_the_type_opens_the_list_and_is_its_first_letter() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<shift-tab> s");
    let screen = explorer.screen();
    screen.shows(&["Type to choose", "SONET_GROUP", "chat of a group or project"]);
    let (x, y) = screen.find("Type to choose");
    assert_eq!(screen.cursor(), Some((x + 1, y + 1)), "after the letter, in the list's own field");
}

#[test]
fn what_is_typed_narrows_the_list_and_the_best_comes_first() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<shift-tab> <down>");
    explorer.screen().shows(&["CRM", "TASKS_TASK", "LINES"]);
    explorer.keys("group");
    let screen = explorer.screen();
    screen.hides(&["TASKS_TASK"]);
    assert!(screen.reversed().iter().any(|row| row.starts_with("SONET_GROUP")), "{:?}", screen.reversed());
    explorer.keys("<enter>");
    let screen = explorer.screen();
    screen.shows(&["SONET_GROUP"]);
    screen.hides(&["Type to choose"]);
    assert_eq!(screen.focus(), ["Entity id"], "the id is what comes next");
    assert_eq!(explorer.effects(), [""; 0]);
}

#[test]
fn tab_takes_as_enter_does() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<shift-tab> tasks_ <tab>");
    assert_eq!(explorer.model.entity_type.value, "TASKS_TASK");
    assert_eq!(explorer.screen().focus(), ["Entity id"]);
}

#[test]
fn a_type_in_no_list_is_taken_as_it_was_typed() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<shift-tab> MyType-7");
    explorer.screen().shows(&["use it as typed: a custom type"]);
    explorer.keys("<enter> 27 <enter>");
    assert_eq!(explorer.effects(), ["ask MyType-7 27"]);
    explorer.screen().shows(&["MyType-7", "a custom type"]);
}

#[test]
fn a_known_type_in_small_letters_can_be_meant_as_typed() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<shift-tab> lines <end> <pagedown> <enter>");
    assert_eq!(explorer.model.entity_type.value, "lines");
    explorer.keys("<shift-tab> lines <enter>");
    assert_eq!(explorer.model.entity_type.value, "LINES");
}

#[test]
fn esc_leaves_the_type_as_it_was() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<shift-tab> <down> <down> task <esc>");
    assert_eq!(explorer.model.entity_type.value, "CRM");
    let screen = explorer.screen();
    screen.hides(&["Type to choose"]);
    assert_eq!(screen.focus(), ["Entity type"]);
}

#[test]
fn the_list_opens_with_the_cursor_on_the_type_that_is_chosen() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<shift-tab> sonet_g <enter> <shift-tab> <down>");
    assert!(explorer.screen().reversed().iter().any(|row| row.starts_with("SONET_GROUP")));
    explorer.keys("<up> <enter>");
    assert_eq!(explorer.model.entity_type.value, "TASKS");
}

#[test]
fn every_type_can_be_reached_with_the_arrows_on_the_smallest_screen() {
    let mut explorer = Explorer::new(60, 16);
    explorer.keys("<shift-tab> <down>");
    for kind in b24chat::domain::entity_types::all() {
        let screen = explorer.screen();
        assert!(screen.reversed().iter().any(|row| row.starts_with(&kind.name)), "{}\n{screen}", kind.name);
        explorer.keys("<down>");
    }
}

#[test]
fn letters_that_are_keys_elsewhere_are_text_here() {
    let mut explorer = Explorer::new(120, 36);
    explorer.keys("<shift-tab> qre?/");
    assert_eq!(explorer.effects(), [""; 0]);
    explorer.keys("<enter>");
    assert_eq!(explorer.model.entity_type.value, "qre?/");
}
