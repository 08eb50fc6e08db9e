//! The language of the settings, in a real terminal.

use super::support::*;

#[test]
fn the_settings_are_followed_and_a_language_asked_for_by_name_wins() {
    let home = Home::new();
    std::fs::create_dir_all(home.folder().join("config")).unwrap();
    std::fs::write(home.folder().join("config/settings.toml"), "lang = \"ru\"\n").unwrap();
    let portal = Portal::start();
    let mut tty = home.explore(&portal, "noscope");
    tty.press("DEAL|1663");
    tty.see(&["✓ сделка 1663"]);
    tty.press(ENTER);
    tty.see(&["insufficient_scope", "Не хватает права на чаты"]);

    let mut tty = ready(Tty::spawn(home.command(PROGRAM, &["--demo", "--lang", "en"]), 120, 36));
    tty.press("DEAL|1663");
    tty.see(&["✓ deal 1663"]);
}
