use std::time::Instant;

use proptest::prelude::*;

use super::*;
use crate::domain::credential::MASK;
use crate::domain::visible::is_hidden;

mod credentials;
mod languages;
mod pages;
mod short;

/// A code as portals make them, easy to find where it must not be.
const CODE: &str = "8g9l071eismy9q2l";

fn pair(text: &str) -> (String, String, Vec<String>) {
    match understand(text) {
        Pasted::Pair { pair, how, warnings, .. } => (pair.to_string(), how.en().to_owned(), english(&warnings)),
        other => panic!("{text}: {other:?}"),
    }
}

fn english(phrases: &[Phrase]) -> Vec<String> {
    phrases.iter().map(|phrase| phrase.en().to_owned()).collect()
}

/// Everything that is said about a text.
fn said(pasted: Pasted) -> Vec<Phrase> {
    match pasted {
        Pasted::Pair { how, warnings, .. } => [vec![how], warnings].concat(),
        Pasted::Credential { notes, .. } => notes,
        Pasted::Refused(sentence) => vec![sentence],
        Pasted::Chat { .. } | Pasted::Plain => Vec::new(),
    }
}

fn refused(text: &str) -> String {
    match understand(text) {
        Pasted::Refused(sentence) => sentence.en().to_owned(),
        other => panic!("{text}: {other:?}"),
    }
}

/// Every text of it that a person or a log could see.
fn seen(pasted: &Pasted) -> String {
    let texts = match pasted {
        Pasted::Pair { pair, how, host, warnings } => format!("{pair} {how:?} {host:?} {warnings:?}"),
        Pasted::Chat { id, host } => format!("{id} {host:?}"),
        Pasted::Credential { root, pair, notes, .. } => format!("{root} {pair:?} {notes:?}"),
        Pasted::Plain => String::new(),
        Pasted::Refused(sentence) => format!("{sentence:?}"),
    };
    format!("{texts} {pasted:?}")
}

#[test]
fn a_json_object_gives_its_pair_whatever_the_case_of_its_keys() {
    assert_eq!(pair(r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":"DEAL|1663"}"#).0, "CRM DEAL|1663");
    assert_eq!(pair(r#" {"entity_id": 8293, "Entity_Type": "TASKS"} "#).0, "TASKS 8293");
    let (_, how, warnings) = pair(&format!(r#"{{"ENTITY_TYPE":"CRM","ENTITY_ID":"DEAL|1","auth":"{CODE}"}}"#));
    assert_eq!((how.as_str(), warnings.len()), ("a JSON object: CRM DEAL|1", 1));
    // What stands in it is taken as it is: nobody typed it by hand.
    assert_eq!(pair(r#"{"ENTITY_TYPE":"OURS","ENTITY_ID":" x "}"#).0, "OURS  x ");
}

#[test]
fn a_json_object_with_half_a_pair_says_which_half_is_missing() {
    assert!(refused(r#"{"ENTITY_TYPE":"CRM"}"#).contains("no ENTITY_ID"));
    assert!(refused(r#"{"ENTITY_ID":"5"}"#).contains("no ENTITY_TYPE"));
    assert!(refused(r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":null}"#).contains("neither a text nor a number"));
    assert!(refused(r#"{"ENTITY_TYPE":5,"ENTITY_ID":"1"}"#).contains("not a text"));
    assert!(refused(r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":0}"#).contains("can never be found"));
    for plain in ["{}", "{\"a\":1}", "{broken", "[]", "{\"result\":{\"ID\":5}}"] {
        assert_eq!(understand(plain), Pasted::Plain, "{plain}");
    }
}

#[test]
fn ordinary_ids_and_anybodys_own_are_left_as_they_are() {
    for plain in [
        "",
        " ",
        "8293",
        "0",
        "hello",
        "OUR/27",
        "27/8g9l",
        "pallet 7",
        "order 66 executed",
        "deal",
        "deals 5",
        "deal1663",
        "deal -5",
        "deal 05",
        "deal 5 and 6",
        "task 8293\ntask 8294",
        "c_25",
        "d_1663",
        "T80_x",
        "T8G_6",
        "T1F_6",
        "/page/type/31/details/5/",
        "this card is new: https://acme.bitrix24.com/crm/deal/details/0/",
        "X_5",
        "DEAL_1663",
        "DEAL-1663",
        "OURS|5",
        "DYNAMIC_31|5",
        "telegrambot|2|209607941|744",
        "2|744",
        "chat",
        "chat1437x",
        "crm deal 5",
        "OURS 5",
        "acme.bitrix24.com",
        "https://example.com/a/page",
        "example.com/rest",
        "https://acme.bitrix24.com/crm/deal/list/",
        "bx://v2/acme.bitrix24.com/chat/5",
        "see https://example.com/ and /rest/",
        "curl",
        "curly 5",
        "a.b/c d",
        "…",
        "Д",
        "чат 5",
    ] {
        if plain == "example.com/rest" {
            assert!(matches!(understand(plain), Pasted::Credential { credential: None, .. }));
            continue;
        }
        assert_eq!(understand(plain), Pasted::Plain, "{plain}");
    }
}

#[test]
fn a_megabyte_of_anything_is_answered_at_once() {
    let pieces = ["x", "/", "\"", "{", "https://a.b/rest/1/", "curl -d ", "|", "=", "://", "\\", "%", " ", "Ж"];
    let began = Instant::now();
    for piece in pieces {
        for bytes in [LENGTH_LIMIT - 64, 1 << 20] {
            let text = piece.repeat(bytes / piece.len());
            let pasted = understand(&text);
            let _ = (webhook(&text), portal_root(&text));
            assert_eq!(
                matches!(pasted, Pasted::Refused(sentence) if sentence.en().contains("KiB")),
                text.len() > LENGTH_LIMIT
            );
        }
    }
    // 39 texts of up to a megabyte, unoptimized; something quadratic would take minutes.
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

proptest! {
    #[test]
    fn no_text_at_all_panics(text in any::<String>()) {
        let _ = (understand(&text), webhook(&text), portal_root(&text));
    }

    #[test]
    fn no_text_near_a_known_form_panics(
        text in r#"(curl |-d |--url=|'|"|\{|\}|https?://|acme\.bitrix24\.com|/rest|/api|/27|/8g9l071eismy9q2l|/crm/deal/details|/type|/page|/tasks/task/view|\?IM_DIALOG=|imol\||sg|chat|/|\||%41|%|é|Ж|0|7| |:|=|&){0,14}"#
    ) {
        let pasted = understand(&text);
        let _ = (seen(&pasted), portal_root(&text));
        let is_cyrillic = |c: char| ('\u{400}'..='\u{4ff}').contains(&c);
        for phrase in [said(pasted), webhook(&text).err().into_iter().collect()].concat() {
            prop_assert!(phrase.get(Language::Ru).chars().any(is_cyrillic), "{phrase:?}");
        }
    }

    #[test]
    fn whatever_is_said_is_safe_to_look_at(text in any::<String>(), at in 0..4_usize) {
        let forms = ["https://acme.bitrix24.com/online/?IM_DIALOG=imol|a|2|3|", "LINES a|2|3|", "CRM DEAL|", "{\"ENTITY_TYPE\":\"X\",\"ENTITY_ID\":\"\\u202e"];
        let end = if at == 3 { "\"}" } else { "" };
        for phrase in said(understand(&format!("{}{text}{end}", forms[at]))) {
            for language in Language::ALL {
                prop_assert!(!phrase.get(language).chars().any(is_hidden), "{phrase:?}");
            }
        }
    }
}
