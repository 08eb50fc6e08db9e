//! Any size a terminal can have, and any change between them.

use super::support::*;

/// What must be seen at a size that holds the explorer, after a lookup.
fn has_essentials(look: &Look) -> bool {
    look.has("demo") && look.has("DEAL|1663") && look.has("chat 1437")
}

#[test]
fn the_essential_things_are_seen_at_the_sizes_people_use() {
    let home = Home::new();
    for (columns, rows) in [(120, 36), (80, 24), (60, 16), (200, 18), (300, 100)] {
        let mut tty = ready(Tty::spawn(home.demo(), columns, rows));
        tty.press("DEAL|1663");
        tty.press(ENTER);
        let look = tty.wait(&format!("the answer at {columns} by {rows}"), has_essentials);
        assert_eq!(look.rows().len(), usize::from(rows));
        // No line was written beyond the right edge and pushed the others down: the last row has the keys.
        assert!(look.rows().last().unwrap().contains("Enter"), "{look}");
    }
}

#[test]
fn all_of_the_time_block_is_seen_at_80_by_24_and_reached_by_keys_at_60_by_16() {
    let home = Home::new();
    let mut tty = ready(Tty::spawn(home.demo(), 80, 24));
    tty.press("DEAL|1663");
    tty.press(ENTER);
    // Its last field has a shorter name where columns are few.
    let look = tty.see(&["chat 1437", "reset_at"]);
    for field in ["start", "finish", "duration", "processing", "date_start", "date_finish", "operating"] {
        assert!(look.value_of(field).is_some(), "{field} is missing:\n{look}");
    }
    tty.resize(60, 16);
    tty.wait("the small arrangement", |look| has_essentials(look) && !look.has("History"));
    // The next pane but one is the response, and below it the history.
    tty.press(TAB);
    tty.press(TAB);
    tty.wait("the response alone", |look| look.has("date_start") && !look.has("Result"));
    tty.press(TAB);
    tty.see(&["History", "DEAL|1663"]);
}

#[test]
fn keys_that_come_together_with_a_new_size_are_not_kept_back() {
    let home = Home::new();
    let mut tty = home.explore_demo();
    let mut typed = String::new();
    for step in 0..40 {
        tty.resize(100 + step, 36);
        let digit = char::from(b'0' + u8::try_from(step % 10).unwrap());
        tty.press(&digit.to_string());
        typed.push(digit);
        tty.wait(&format!("the digit {digit}, the last of {typed}"), |look| look.rows()[2].contains(&typed));
    }
}

#[test]
fn a_terminal_that_is_too_small_gets_a_calm_notice_that_names_what_is_needed() {
    let home = Home::new();
    let mut tty = home.explore_demo();
    for (columns, rows) in [(59, 16), (60, 15), (40, 10), (20, 12)] {
        tty.resize(columns, rows);
        tty.wait(&format!("the notice at {columns} by {rows}"), |look| {
            let words = look.words();
            let has = |number: u16| words.split(|c: char| !c.is_ascii_digit()).any(|word| word == number.to_string());
            has(60) && has(16) && has(columns) && has(rows) && !look.has("Entity id")
        });
    }
    // Keys still work unseen.
    tty.press("DEAL|1663");
    tty.press(ENTER);
    home.wait_for_records(1);
    tty.resize(120, 36);
    tty.wait("the answer", has_essentials);
}

#[test]
fn the_explorer_starts_and_can_be_left_at_any_size() {
    for (columns, rows) in [(1, 1), (1, 100), (300, 1), (2, 2), (59, 15), (300, 100)] {
        let home = Home::new();
        let mut tty = Tty::spawn(home.demo(), columns, rows);
        tty.wait("the explorer to have the terminal", |look| look.modes.mouse);
        tty.settle();
        tty.press("DEAL|1663");
        tty.press(ENTER);
        home.wait_for_records(1);
        tty.press(CTRL_C);
        assert_eq!(tty.wait_end(), Ended::Code(0), "{columns} by {rows}");
        assert_eq!(tty.look().modes, Modes::PLAIN);
    }
}

#[test]
fn every_size_from_1_by_1_to_300_by_100_survives_and_so_does_changing_between_them_quickly() {
    let home = Home::new();
    let mut tty = home.explore_demo();
    tty.press("DEAL|1663");
    tty.press(ENTER);
    tty.wait("the answer", has_essentials);
    // All widths and all heights, each in its turn, without waiting for what is drawn.
    for step in 0..300 {
        tty.resize(step + 1, step / 3 + 1);
        tty.resize(300 - step, (step * 7) % 100 + 1);
    }
    tty.resize(120, 36);
    tty.wait("everything in its place", |look| has_essentials(look) && look.rows()[35].contains("Enter"));
    tty.settle();
    let look = tty.look();
    assert!(has_essentials(&look), "{look}");
    // The same picture as that of an explorer that never had another size.
    assert_eq!(look.count(&["╭ Result"]), 1, "{look}");
    assert_eq!(look.count(&["╭ History"]), 1, "{look}");
    assert!(!tty.has_ended());
}

#[test]
fn a_terminal_that_does_not_know_its_size_is_taken_for_a_usual_one_and_one_of_absurd_size_is_survived() {
    let home = Home::new();
    let mut tty = Tty::spawn(home.demo(), 0, 0);
    // What is drawn for 80 by 24 is read as it was written: this terminal has no place to show it.
    until("the explorer", || holds(&tty.bytes(), "Entity id").then_some(()));
    tty.resize(u16::MAX, u16::MAX);
    tty.settle();
    tty.resize(80, 24);
    tty.press("DEAL|1663");
    tty.press(ENTER);
    tty.wait("the answer", has_essentials);
}
