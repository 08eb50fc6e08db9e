//! Breaks the program on purpose, so that a test can show what a broken program leaves behind. Only builds
//! for development can: there the variable `B24CHAT_PANIC` names the place, `draw`, `task` or `history`.

#[cfg(debug_assertions)]
pub fn if_asked(place: &str) {
    assert!(std::env::var_os("B24CHAT_PANIC").is_none_or(|asked| asked != place), "asked to break: {place}");
}

#[cfg(not(debug_assertions))]
pub fn if_asked(_place: &str) {}
