//! The words of findings. What only the doctor tells is in `assets/doctor.toml`; the portal's codes,
//! failures and pages have theirs in the catalogue of [`error_code`].

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Finding, Rung, Standing};
use crate::domain::error_code::{self, Explanation};
use crate::domain::failure::Failure;
use crate::domain::language::{Language, Phrase, phrases};
use crate::domain::reply::{ApiError, Unreadable};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    proves: HashMap<String, Phrase>,
    fault: HashMap<String, Fault>,
    otherwise: HashMap<String, Phrase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    cause: Phrase,
    #[serde(deserialize_with = "phrases")]
    advice: Vec<Phrase>,
    otherwise: Option<Phrase>,
    proves: Option<Phrase>,
}

/// Read once. Words that cannot be read are none, and a test keeps that from happening: what was found
/// is shown all the same.
static WORDS: LazyLock<Words> = LazyLock::new(|| read().unwrap_or_default());

fn read() -> Result<Words, toml::de::Error> {
    toml::from_str(include_str!("../../../assets/doctor.toml"))
}

/// What a failure is, and where its words are.
pub enum Wrong<'a> {
    /// One that only the doctor tells.
    Own(&'static str),
    /// The portal's own refusal.
    Code(&'a ApiError),
    NoReply(&'a Failure),
    Page(&'a Unreadable),
}

impl Finding {
    /// A rung that holds.
    pub fn pass(rung: Rung, found: impl Into<Phrase>) -> Self {
        let proves = WORDS.proves.get(rung.key()).cloned();
        Self { proves, ..Self::bare(rung, Standing::Pass, found) }
    }

    /// A rung that was tried and cannot be judged.
    pub fn unknown(rung: Rung, found: impl Into<Phrase>) -> Self {
        Self::bare(rung, Standing::Unknown, found)
    }

    /// A rung that was not tried, and why.
    pub fn skipped(rung: Rung, found: impl Into<Phrase>) -> Self {
        Self::bare(rung, Standing::Skipped, found)
    }

    /// A rung that does not hold.
    pub fn fail(rung: Rung, wrong: &Wrong<'_>, found: impl Into<Phrase>) -> Self {
        let mut finding = Self::bare(rung, Standing::Fail, found);
        let code = match wrong {
            Wrong::Own(code) => {
                if let Some(fault) = WORDS.fault.get(*code) {
                    finding.cause = Some(fault.cause.clone());
                    finding.advice.clone_from(&fault.advice);
                    finding.otherwise.clone_from(&fault.otherwise);
                    finding.proves.clone_from(&fault.proves);
                }
                (*code).to_owned()
            }
            Wrong::Code(error) => {
                finding.explain(&error_code::of_error(&error.code));
                shown_code(&error.code)
            }
            Wrong::NoReply(failure) => {
                finding.explain(error_code::of_failure(failure));
                failure.code().to_owned()
            }
            Wrong::Page(page) => {
                finding.explain(error_code::of_page(page.looks_like));
                page.looks_like.code().to_owned()
            }
        };
        let otherwise = || otherwise(&code).or_else(|| otherwise(rung.key()));
        finding.otherwise = finding.otherwise.take().or_else(otherwise);
        finding.code = Some(code);
        finding
    }

    fn bare(rung: Rung, standing: Standing, found: impl Into<Phrase>) -> Self {
        Self {
            rung,
            standing,
            found: found.into(),
            proves: None,
            cause: None,
            advice: Vec::new(),
            otherwise: None,
            code: None,
            took: None,
        }
    }

    fn explain(&mut self, words: &Explanation) {
        self.cause = Some(Phrase::each(|language| {
            let (likely, or) = match language {
                Language::En => (" Likely: ", " Or: "),
                Language::Ru => (" Вероятно: ", " Или: "),
            };
            let causes = words.causes.iter().map(|cause| cause.get(language)).enumerate();
            causes.fold(words.meaning.get(language).to_owned(), |said, (at, cause)| {
                said + if at == 0 { likely } else { or } + cause
            })
        }));
        self.proves.clone_from(&words.proves);
        self.advice.clone_from(&words.advice);
    }
}

fn otherwise(key: &str) -> Option<Phrase> {
    let known = WORDS.otherwise.iter().find(|(known, _)| known.eq_ignore_ascii_case(key));
    known.map(|(_, words)| words.clone())
}

/// A code as a name for machines: the portal's spelling, of a length that a code has.
fn shown_code(code: &str) -> String {
    const LIMIT: usize = 80;
    match code.trim() {
        "" => "no_code".to_owned(),
        code => code.chars().take(LIMIT).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Trouble;
    use super::*;
    use crate::domain::language::tests::lack;

    #[test]
    fn the_words_can_be_read_and_every_rung_has_its_otherwise() {
        let words = read().unwrap();
        for rung in Rung::ALL {
            assert!(words.otherwise.contains_key(rung.key()), "{}", rung.key());
        }
        for proves in words.proves.keys() {
            assert!(Rung::ALL.iter().any(|rung| rung.key() == proves), "{proves}");
        }
        for (code, fault) in &words.fault {
            for language in Language::ALL {
                let is_sentence = |words: &Phrase| words.get(language).ends_with('.');
                assert!(is_sentence(&fault.cause) && !fault.advice.is_empty(), "{code}");
                assert!(fault.advice.iter().all(is_sentence), "{code}");
            }
        }
    }

    #[test]
    fn no_entry_lacks_a_language() {
        let words = read().unwrap();
        let faults = words.fault.iter().flat_map(|(code, fault)| {
            let texts = [&fault.cause].into_iter().chain(&fault.advice).chain(&fault.otherwise).chain(&fault.proves);
            texts.map(move |text| (code, text))
        });
        let all = faults.chain(&words.proves).chain(&words.otherwise);
        let lacking: Vec<_> = all.filter_map(|(key, text)| Some((key, text.en(), lack(text)?))).collect();
        assert!(lacking.is_empty(), "{lacking:#?}");
    }

    #[test]
    fn every_trouble_of_tls_has_its_words() {
        let words = read().unwrap();
        for trouble in Trouble::ALL {
            assert!(words.fault.contains_key(trouble.code()), "{}", trouble.code());
        }
    }

    #[test]
    fn otherwise_is_about_the_code_where_it_can_be_and_about_the_rung_where_not() {
        let refused = |code: &str| {
            let error = ApiError { code: code.into(), description: None };
            Finding::fail(Rung::Credential, &Wrong::Code(&error), ("x", "x")).otherwise.unwrap()
        };
        assert!(refused("EXPIRED_TOKEN").en().contains("refresh token"));
        assert!(refused("INVALID_CREDENTIALS").en().contains("new webhook"));
    }
}
