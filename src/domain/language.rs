//! The languages that words for people come in: English, and Russian, which most administrators of these
//! portals read. Meanings, advice and explanations are phrases, which hold both; whoever shows them to a
//! person picks one. What machines read is always English.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    En,
    Ru,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::En, Self::Ru];

    /// Its code, as it is typed after `--lang`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
        }
    }

    /// The language of a locale such as `ru_RU.UTF-8`; English for every one that is not spoken here.
    pub fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("ru") { Self::Ru } else { Self::En }
    }
}

/// The text names no language that is spoken here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the languages are en and ru")]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        let known = Self::ALL.into_iter().find(|language| text.eq_ignore_ascii_case(language.code()));
        known.ok_or(UnknownLanguage)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The same words in every language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    en: String,
    ru: String,
}

impl Phrase {
    pub fn new(en: impl Into<String>, ru: impl Into<String>) -> Self {
        Self { en: en.into(), ru: ru.into() }
    }

    /// Words that are the same in every language: names, numbers, another program's own.
    pub fn same(words: impl Into<String>) -> Self {
        let words = words.into();
        Self { en: words.clone(), ru: words }
    }

    /// The words made for each language in turn.
    pub fn each(make: impl Fn(Language) -> String) -> Self {
        Self { en: make(Language::En), ru: make(Language::Ru) }
    }

    /// The same change made to the words of every language.
    #[must_use]
    pub fn map(self, change: impl Fn(String) -> String) -> Self {
        Self { en: change(self.en), ru: change(self.ru) }
    }

    /// The words in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Ru => &self.ru,
        }
    }

    /// What machines read.
    pub fn en(&self) -> &str {
        &self.en
    }
}

/// Words that are not of any language: names, numbers, what another program said.
impl From<String> for Phrase {
    fn from(words: String) -> Self {
        Self::same(words)
    }
}

/// English and Russian.
impl From<(&str, &str)> for Phrase {
    fn from((en, ru): (&str, &str)) -> Self {
        Self::new(en, ru)
    }
}

impl From<(String, String)> for Phrase {
    fn from((en, ru): (String, String)) -> Self {
        Self { en, ru }
    }
}

/// Phrases as catalogues write them: a list for each language, one below the other.
///
/// # Errors
/// Where a language is missing or one has more phrases than the other.
pub fn phrases<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Phrase>, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Lists {
        en: Vec<String>,
        ru: Vec<String>,
    }
    let Lists { en, ru } = Lists::deserialize(deserializer)?;
    if en.len() != ru.len() {
        let words = format!("{} phrases in English and {} in Russian", en.len(), ru.len());
        return Err(serde::de::Error::custom(words));
    }
    Ok(en.into_iter().zip(ru).map(|(en, ru)| Phrase { en, ru }).collect())
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// What is wrong with a catalogue's phrase, if something is: a language that is missing, Russian without
    /// a Russian letter, or Russian in which a piece of English was left.
    pub fn lack(phrase: &Phrase) -> Option<&'static str> {
        let is_cyrillic = |c: char| ('\u{400}'..='\u{4ff}').contains(&c);
        if phrase.en.trim().is_empty() || phrase.ru.trim().is_empty() {
            return Some("a language is missing");
        }
        if phrase.en.chars().any(is_cyrillic) {
            return Some("Russian letters in the English");
        }
        if !phrase.ru.chars().any(is_cyrillic) {
            return Some("no Russian letters in the Russian");
        }
        if phrase.ru.trim() != phrase.ru || phrase.ru.contains('!') != phrase.en.contains('!') {
            return Some("blanks around it, or a tone of its own");
        }
        // The portal's own words stay as they are, in the quotation marks of the language.
        let own: String = phrase.ru.split('«').map(|part| part.split_once('»').map_or(part, |(_, own)| own)).collect();
        let latin = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
        let words: Vec<&str> = own.split(' ').collect();
        words.windows(3).any(|three| three.iter().all(|word| latin(word))).then_some("English left in the Russian")
    }

    #[test]
    fn a_lack_is_found_in_whatever_shape_it_comes() {
        assert_eq!(lack(&Phrase::new("Ask again.", "Повторите запрос.")), None);
        assert_eq!(lack(&Phrase::new("(\"not for you\").", "Нельзя («this is not for you»).")), None);
        for (en, ru) in [
            ("Ask.", ""),
            ("", "Спросите."),
            ("Ask.", "Ask."),
            ("Ask.", " Спросите."),
            ("Ask.", "Спросите and then ask again."),
            ("Спросите.", "Спросите."),
        ] {
            assert!(lack(&Phrase::new(en, ru)).is_some(), "{en} / {ru}");
        }
    }

    #[test]
    fn a_list_that_lacks_a_phrase_or_a_language_cannot_be_read() {
        #[derive(Debug, Deserialize)]
        struct Table {
            #[serde(deserialize_with = "phrases")]
            advice: Vec<Phrase>,
        }
        let read = |text: &str| toml::from_str::<Table>(text).map(|table| table.advice);
        let two = read("advice.en = ['a', 'b']\nadvice.ru = ['а', 'б']").unwrap();
        assert_eq!(two[1], Phrase::new("b", "б"));
        for lacking in ["advice.en = ['a']", "advice.ru = ['а']", "advice.en = ['a', 'b']\nadvice.ru = ['а']"] {
            assert!(read(lacking).is_err(), "{lacking}");
        }
        assert!(toml::from_str::<Phrase>("en = 'a'").is_err());
    }

    #[test]
    fn a_locale_says_its_language_and_unknown_ones_are_english() {
        for locale in ["ru", "ru_RU.UTF-8", "RU_ru", "ru-RU", "ru.KOI8-R", "ru@latin"] {
            assert_eq!(Language::of_locale(locale), Language::Ru, "{locale}");
        }
        for locale in ["", "C", "POSIX", "C.UTF-8", "en_US.UTF-8", "de_DE", "run", "rus_RU"] {
            assert_eq!(Language::of_locale(locale), Language::En, "{locale}");
        }
    }

    #[test]
    fn a_code_is_taken_in_any_case_and_nothing_else_is() {
        for language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
            assert_eq!(language.code().to_uppercase().parse(), Ok(language));
        }
        assert_eq!("de".parse::<Language>(), Err(UnknownLanguage));
        assert_eq!("".parse::<Language>(), Err(UnknownLanguage));
    }
}
