//! The person's settings: `settings.toml` beside the profiles, written by hand and never by this program, so
//! that its comments stay. It knows one key:
//!
//! ```toml
//! lang = "ru"    # explanations and advice: en or ru; --lang wins over it, and it over the locale
//! ```
//!
//! Whatever else is in it is told with its line and stops nothing.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use toml_edit::{Document, Item};

use crate::domain::language::{Language, Phrase};
use crate::domain::visible;

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub language: Option<Language>,
    /// What is in it and was passed over, in words.
    pub troubles: Vec<Phrase>,
}

/// Reads the file; one that is missing says nothing.
pub fn read(path: &Path) -> Settings {
    match fs::read_to_string(path) {
        Ok(text) => understand(path, &text),
        Err(error) if error.kind() == ErrorKind::NotFound => Settings::default(),
        Err(error) => {
            let path = path.display();
            passed_over(Phrase::new(
                format!("The settings in {path} cannot be read: {error}. They were passed over."),
                format!("Настройки в {path} прочитать не удалось: {error}. Они пропущены."),
            ))
        }
    }
}

fn passed_over(trouble: Phrase) -> Settings {
    Settings { language: None, troubles: vec![trouble] }
}

fn understand(path: &Path, text: &str) -> Settings {
    let path = path.display();
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let line = line(text, error.span().map_or(0, |span| span.start));
            return passed_over(Phrase::new(
                format!("{path}, line {line}: this is no valid TOML. The settings were passed over."),
                format!("{path}, строка {line}: это не TOML. Настройки пропущены."),
            ));
        }
    };
    let mut settings = Settings::default();
    for (key, item) in document.as_table() {
        let line = line(text, item.span().map_or(0, |span| span.start));
        if key != "lang" {
            let key: String = visible::line(key).chars().take(40).collect();
            settings.troubles.push(Phrase::new(
                format!("{path}, line {line}: there is no setting {key}; there is lang. It was passed over."),
                format!("{path}, строка {line}: настройки {key} нет, есть lang. Строка пропущена."),
            ));
            continue;
        }
        settings.language = item.as_str().and_then(|code| code.parse().ok());
        if settings.language.is_none() {
            settings.troubles.push(no_language(&path.to_string(), line, item));
        }
    }
    settings
}

fn no_language(path: &str, line: usize, item: &Item) -> Phrase {
    let (en, ru) = match item.as_str() {
        Some(_) => ("the languages are", "языки:"),
        None => ("lang is a text,", "lang — это текст,"),
    };
    Phrase::new(
        format!("{path}, line {line}: {en} \"en\" and \"ru\". It was passed over."),
        format!("{path}, строка {line}: {ru} \"en\" или \"ru\". Строка пропущена."),
    )
}

fn line(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Settings {
        understand(Path::new("settings.toml"), text)
    }

    #[test]
    fn the_language_is_read_and_comments_are_the_persons_own() {
        let text = "# mine\nlang = \"ru\" # for the whole office\n";
        assert_eq!(settings(text), Settings { language: Some(Language::Ru), troubles: Vec::new() });
        assert_eq!(settings("# lang = \"ru\""), Settings::default());
    }

    #[test]
    fn what_is_not_understood_is_told_with_its_line_and_stops_nothing() {
        for (text, language, words) in [
            ("\nlang = \"de\"", None, "line 2: the languages are"),
            ("lang = 7", None, "line 1: lang is a text"),
            ("lang = \"ru\"\n\ncolour = \"red\"", Some(Language::Ru), "line 3: there is no setting colour"),
            ("lang = \"ru\"\nlang = ", None, "line 2: this is no valid TOML"),
        ] {
            let read = settings(text);
            assert_eq!(read.language, language, "{text}");
            let told: Vec<&str> = read.troubles.iter().map(Phrase::en).collect();
            assert!(told.len() == 1 && told[0].contains(words), "{text}: {told:?}");
            assert!(read.troubles[0].get(Language::Ru).contains("строка"), "{text}");
        }
    }

    #[test]
    fn a_file_that_is_missing_says_nothing_and_one_that_cannot_be_read_is_told() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(read(&home.path().join("settings.toml")), Settings::default());
        assert!(read(home.path()).troubles[0].en().contains("cannot be read"));
    }
}
