//! Reports of bugs: a panic, whichever thread it happens in, gives the terminal back, says what
//! happened and ends the program. No environment is printed, and nothing a terminal would obey.

use color_eyre::config::{HookBuilder, Theme};

use super::output;
use crate::tui::runtime::give_back;

/// What the standard library ends a panicked program with.
const PANICKED: i32 = 101;

pub fn install() {
    let hooks = HookBuilder::new()
        // Without colours, so that the report can be cleaned of everything a terminal would obey.
        .theme(Theme::new())
        .display_env_section(false)
        .panic_section("This is a bug in b24chat. Your history is safe: records are written before answers are shown.")
        .into_hooks();
    let (panic_hook, eyre_hook) = hooks;
    // Only fails when one is installed already, and then reports are at hand as well.
    let _ = eyre_hook.install();
    std::panic::set_hook(Box::new(move |info| {
        give_back();
        output::report(&panic_hook.panic_report(info).to_string());
        std::process::exit(PANICKED);
    }));
}
