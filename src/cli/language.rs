//! Which language words for people come in: that of `--lang`, else that of the environment's locale.

use std::env;
use std::sync::OnceLock;

use crate::domain::language::Language;

static SPOKEN: OnceLock<Language> = OnceLock::new();

/// Settles once, before anything is said, which language this run speaks.
pub fn settle(asked: Option<Language>) {
    let _ = SPOKEN.set(choose(asked));
}

/// The language of this run.
pub fn spoken() -> Language {
    SPOKEN.get().copied().unwrap_or_default()
}

/// The language to speak. Of the locale's variables the first that says anything counts, as for any program.
fn choose(asked: Option<Language>) -> Language {
    asked.unwrap_or_else(|| {
        let says = |name| env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(says);
        locale.map_or(Language::En, |locale| Language::of_locale(&locale))
    })
}
