//! Which language words for people come in: that of `--lang`, else that of the settings, else that of the
//! environment's locale.

use std::env;
use std::sync::OnceLock;

use crate::domain::language::Language;
use crate::store::{Places, settings};

static SPOKEN: OnceLock<Language> = OnceLock::new();

/// Settles once, before anything is said, which language this run speaks.
pub fn settle(language: Language) {
    let _ = SPOKEN.set(language);
}

/// The language of this run.
pub fn spoken() -> Language {
    SPOKEN.get().copied().unwrap_or_else(of_locale)
}

/// The language of the settings, and what in them was passed over, told in the language that is spoken.
pub fn of_settings(asked: Option<Language>) -> (Option<Language>, Vec<String>) {
    let Ok(places) = Places::from_env() else { return (None, Vec::new()) };
    let read = settings::read(&places.settings_file());
    let speaks = asked.or(read.language).unwrap_or_else(of_locale);
    (read.language, read.troubles.iter().map(|trouble| trouble.get(speaks).to_owned()).collect())
}

/// Of the locale's variables the first that says anything counts, as for any program.
pub fn of_locale() -> Language {
    let says = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(says);
    locale.map_or(Language::En, |locale| Language::of_locale(&locale))
}
