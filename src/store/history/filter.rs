//! Finding records by words. What can be found is kept beside each record in lower case of every script,
//! because SQLite's own lower case knows only ASCII.

use crate::domain::record::Record;
use crate::domain::reply::ChatId;
use crate::domain::summary::Verdict;

/// A condition on `lookups` with one parameter, the needle: every word is found somewhere.
pub const MATCHES: &str =
    "NOT EXISTS (SELECT 1 FROM json_each(?1) AS word WHERE instr(lookups.haystack, word.value) = 0)";

/// The fields that are looked through, a line each: a word has no line feed, so none is found across two fields.
pub fn haystack(record: &Record, verdict: &Verdict) -> String {
    let dialog = match verdict {
        Verdict::Chat(id) => ChatId::dialog_id(*id),
        _ => String::new(),
    };
    let words = verdict.words();
    let fields = [record.pair.entity_type(), record.pair.entity_id(), &record.profile, &record.portal, &words, &dialog];
    lower(&fields.join("\n"))
}

/// The words of a filter as a JSON list.
pub fn needle(filter: &str) -> String {
    let mut words: Vec<String> = filter.split_whitespace().map(lower).collect();
    words.sort_unstable();
    words.dedup();
    serde_json::Value::from(words).to_string()
}

/// Letter by letter: the lower case of a letter must not depend on its neighbours, which a part of a word lacks.
fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_word_has_the_same_lower_case_as_the_whole() {
        assert_eq!(lower("СДЕЛКА Ё"), "сделка ё");
        assert!(lower("ΟΔΟΣ").contains(&lower("ΔΟΣ")));
        assert!(lower("ΟΔΟΣΑ").contains(&lower("ΟΔΟΣ")));
    }

    #[test]
    fn words_are_apart_and_counted_once() {
        assert_eq!(needle("  Deal CRM\tdeal "), r#"["crm","deal"]"#);
        assert_eq!(needle(" "), "[]");
    }
}
