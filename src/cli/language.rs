//! Which language words for people come in: that of `--lang`, else that of the settings, else that of the
//! environment's locale.

use std::env;
use std::ffi::OsString;
use std::sync::OnceLock;

use crate::domain::language::{Language, Phrase};
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

/// What `--lang` asks for among arguments that were not parsed, else the locale's language.
pub fn of_arguments(arguments: &[OsString]) -> Language {
    let after = arguments.windows(2).find(|two| two[0] == "--lang").and_then(|two| two[1].to_str());
    let attached = || arguments.iter().find_map(|argument| argument.to_str()?.strip_prefix("--lang="));
    after.or_else(attached).and_then(|code| code.parse().ok()).unwrap_or_else(of_locale)
}

/// The words in the language of this run.
pub fn said(phrase: &Phrase) -> String {
    phrase.get(spoken()).to_owned()
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
