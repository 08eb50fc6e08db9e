use std::collections::HashSet;
use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::domain::entity::EntityPair;
use crate::domain::language::Language;
use crate::domain::language::tests::lack;
use crate::domain::phases::Phase;

/// The codes of protocol.md, 3.1, section 5 and 6.5, written down once more by hand.
const CODES: [&str; 52] = [
    "NO_AUTH_FOUND",
    "INVALID_CREDENTIALS",
    "insufficient_scope",
    "expired_token",
    "invalid_token",
    "INVALID_REQUEST",
    "ACCESS_DENIED",
    "OVERLOAD_LIMIT",
    "authorization_error",
    "user_access_error",
    "APPLICATION_NOT_FOUND",
    "ERROR_OAUTH",
    "NOT_INSTALLED",
    "PAYMENT_REQUIRED",
    "verification_needed",
    "PORTAL_BLOCKED_BY_LICENSE_SCANNER",
    "CONNECTION_ERROR",
    "AUTHORIZE_ERROR",
    "ALLOWED_ONLY_INTRANET_USER",
    "WRONG_AUTH_TYPE",
    "WRONG_LICENSE",
    "METHOD_CONFIRM_WAITING",
    "METHOD_CONFIRM_DENIED",
    "ERROR_METHOD_NOT_FOUND",
    "QUERY_LIMIT_EXCEEDED",
    "OPERATION_TIME_LIMIT",
    "INTERNAL_SERVER_ERROR",
    "ERROR_UNEXPECTED_ANSWER",
    "INTERNAL_WRONG_TRANSPORT",
    "INTERNAL_WRONG_HANDLER_CLASS",
    "PORTAL_DELETED",
    "ERROR_CORE",
    "ERROR_ARGUMENT",
    "ERROR_NOT_FOUND",
    "",
    "ERROR_BATCH_METHOD_NOT_ALLOWED",
    "ERROR_BATCH_LENGTH_EXCEEDED",
    "ERROR_MANIFEST_IS_NOT_AVAILABLE",
    "DIALOG_ID_EMPTY",
    "ACCESS_ERROR",
    "CHAT_ID_EMPTY",
    "CODE_EMPTY",
    "WRONG_ENCODING",
    "access_denied",
    "session_failed",
    "invalid_grant",
    "invalid_client",
    "wrong_client",
    "invalid_request",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_grant_type",
];

const PAGES: [LooksLike; 16] = [
    LooksLike::Empty,
    LooksLike::LoginPage,
    LooksLike::NoSuchPage,
    LooksLike::Barred,
    LooksLike::Gateway,
    LooksLike::Maintenance,
    LooksLike::ServerFault,
    LooksLike::Redirect,
    LooksLike::Xml,
    LooksLike::WebPage,
    LooksLike::NotJson,
    LooksLike::Truncated,
    LooksLike::TooLarge,
    LooksLike::TooDeep,
    LooksLike::BrokenJson,
    LooksLike::WrongShape,
];

fn failures() -> [Failure; 10] {
    let (host, address, detail) = (String::new(), String::new(), String::new());
    let after = Duration::from_secs(1);
    [
        Failure::Dns { host, detail: detail.clone() },
        Failure::Connect { address: address.clone(), detail: detail.clone() },
        Failure::Tls { address, detail: detail.clone() },
        Failure::TimedOut { after, during: Phase::Wait },
        Failure::Moved { to: String::new() },
        Failure::RedirectLoop { hops: 2 },
        Failure::Closed { detail: detail.clone() },
        Failure::Cancelled { after },
        Failure::NotRefreshed { code: None, detail: detail.clone() },
        Failure::Other { detail },
    ]
}

fn no_chat(kind: &str, id: &str) -> Explanation {
    of_no_chat(&EntityPair::new(kind, id).unwrap())
}

#[test]
fn every_code_of_the_protocol_has_an_entry_and_nothing_else_has() {
    read().map(drop).unwrap();
    for code in CODES {
        assert!(is_known(code), "{code}");
    }
    let codes: HashSet<String> = CODES.iter().map(|code| code.to_ascii_lowercase()).collect();
    let known: HashSet<String> = CATALOGUE.error.keys().cloned().collect();
    assert_eq!(known, codes);
    assert_eq!(read().unwrap().error.len(), known.len(), "two codes differ only in case");
}

#[test]
fn every_failure_and_every_page_has_an_entry() {
    for failure in failures() {
        assert_ne!(of_failure(&failure), &*NO_WORDS, "{}", failure.code());
    }
    for page in PAGES {
        assert_ne!(of_page(page), &*NO_WORDS, "{}", page.code());
    }
    assert_eq!(CATALOGUE.failure.len(), failures().len());
    assert_eq!(CATALOGUE.page.len(), PAGES.len());
    assert_eq!(CATALOGUE.outcome.len(), 2);
}

#[test]
fn every_text_is_calm_and_whole() {
    let catalogue = read().unwrap();
    let tables = [&catalogue.error, &catalogue.failure, &catalogue.page, &catalogue.outcome];
    for (code, words) in tables.into_iter().flatten() {
        let texts = [&words.meaning].into_iter().chain(&words.causes).chain(&words.proves).chain(&words.advice);
        for text in texts.flat_map(|text| Language::ALL.map(|language| text.get(language))) {
            assert!(text.ends_with(['.', ')']) && text.trim() == text, "{code}: {text}");
            assert!(!text.replace("Access denied!", "").contains('!'), "{code}: {text}");
        }
        assert!(!words.advice.is_empty(), "{code}");
        assert_ne!(words.causes.len(), 1, "{code}: one cause belongs into the meaning");
        if let Waiting::Seconds { least, most } = words.waiting {
            assert!(least <= most, "{code}");
        }
    }
}

#[test]
fn no_entry_lacks_a_language() {
    let catalogue = read().unwrap();
    let tables = [&catalogue.error, &catalogue.failure, &catalogue.page, &catalogue.outcome];
    let all = tables.into_iter().flatten().flat_map(|(code, words)| {
        let texts = [&words.meaning].into_iter().chain(&words.causes).chain(&words.proves).chain(&words.advice);
        texts.map(move |text| (code, text))
    });
    let lacking: Vec<_> = all.filter_map(|(code, text)| Some((code, text.en(), lack(text)?))).collect();
    assert!(lacking.is_empty(), "{lacking:#?}");
}

#[test]
fn what_is_made_up_here_is_said_in_both_languages_too() {
    let made =
        [of_error("WAREHOUSE_ON_FIRE").into_owned(), of_error("BITRIX_REST_V3_X").into_owned(), NO_WORDS.clone()];
    let asked = [("CRM", "DEAL|1663"), ("CRM", "DEAL-1663"), ("TASKS", "8293"), ("OURS", "7"), ("LINES", "a|2")];
    for words in made.into_iter().chain(asked.map(|(kind, id)| no_chat(kind, id))) {
        let texts = [&words.meaning].into_iter().chain(&words.causes).chain(&words.proves).chain(&words.advice);
        for text in texts.chain([&words.waiting.words()]) {
            assert_eq!(lack(text), None, "{} / {}", text.en(), text.get(Language::Ru));
        }
    }
    let deal = no_chat("CRM", "DEAL-1663").meaning;
    assert!(
        deal.get(Language::Ru).contains("необычно: между DEAL и 1663 нужна черта |."),
        "{}",
        deal.get(Language::Ru)
    );
}

#[test]
fn a_code_is_found_in_any_case() {
    assert_eq!(of_error("INSUFFICIENT_SCOPE"), of_error("insufficient_scope"));
    assert_eq!(of_error("allowed_only_intranet_user"), of_error("ALLOWED_ONLY_INTRANET_USER"));
    assert!(matches!(of_error("query_limit_exceeded"), Cow::Borrowed(_)));
}

#[test]
fn a_missing_permission_proves_that_the_webhook_is_right() {
    let words = of_error("insufficient_scope");
    assert!(words.meaning.en().contains("\"im\""));
    assert!(words.proves.as_ref().unwrap().en().contains("The webhook exists and its secret is right"));
    assert!(words.advice[0].en().contains("Developer resources"));
    assert_eq!(words.waiting, Waiting::No);
}

#[test]
fn one_code_with_several_reasons_names_each() {
    assert_eq!(of_error("ACCESS_DENIED").causes.len(), 4);
    assert_eq!(of_error("invalid_request").causes.len(), 2);
    assert_eq!(of_error("ERROR_METHOD_NOT_FOUND").waiting, Waiting::No);
}

#[test]
fn waiting_is_said_in_the_units_that_count() {
    let words = |code: &str| of_error(code).waiting.words().en().to_owned();
    assert_eq!(words("QUERY_LIMIT_EXCEEDED"), "Ask again in 1 to 30 s.");
    assert_eq!(words("ERROR_CORE"), "Ask again in 2 s.");
    assert_eq!(words("OPERATION_TIME_LIMIT"), "Ask again after the reset of the operating time.");
    assert_eq!(words("METHOD_CONFIRM_WAITING"), "Somebody has to act first; then ask again.");
    assert_eq!(words("expired_token"), "It can be asked again at once.");
    assert_eq!(words("INVALID_CREDENTIALS"), "Waiting does not help.");
}

#[test]
fn an_unknown_code_is_said_to_be_unknown_and_an_empty_one_to_be_none() {
    let words = of_error("WAREHOUSE_ON_FIRE");
    assert!(!is_known("WAREHOUSE_ON_FIRE"));
    assert!(words.meaning.en().starts_with("WAREHOUSE_ON_FIRE is not in the catalogue"), "{}", words.meaning.en());
    assert!(words.advice[1].en().contains("developer of the method"));
    assert!(of_error("").meaning.en().contains("gave no code"));
    assert!(of_error("422").meaning.en().starts_with("422 is not"));
    assert!(of_error("BITRIX_REST_V3_EXCEPTION_X").meaning.en().contains("newer REST dialect"));
}

#[test]
fn a_found_chat_proves_less_than_one_thinks() {
    assert!(of_chat().meaning.en().contains("neither membership nor"));
}

#[test]
fn no_chat_says_whether_the_pair_looks_right_and_what_is_normal() {
    let deal = no_chat("CRM", "DEAL|1663");
    assert!(deal.meaning.en().starts_with("The portal answers the same for"), "{}", deal.meaning.en());
    assert!(deal.meaning.en().contains("This pair looks right (deal 1663)."), "{}", deal.meaning.en());
    assert!(deal.meaning.en().contains("until someone opens the discussion in their card"), "{}", deal.meaning.en());
    assert_eq!(deal.waiting, Waiting::ByHand);

    let odd = no_chat("CRM", "DEAL-1663");
    assert!(odd.meaning.en().contains("looks unusual: a bar | belongs between DEAL and 1663."), "{}", odd.meaning.en());
    assert_eq!(odd.waiting, Waiting::No);

    assert_eq!(no_chat("TASKS_TASK", "8293").advice[0].en(), "Ask for TASKS 8293 as well.");
    assert_eq!(no_chat("TASKS", "8293").advice[0].en(), "Ask for TASKS_TASK 8293 as well.");
    assert!(no_chat("VIDEOCONF", "5").meaning.en().contains("carry no id"));
    assert!(no_chat("OUR_WAREHOUSE", "7").meaning.en().contains("a custom one"));
}

#[test]
fn the_type_to_ask_instead_is_a_type_that_exists() {
    for kind in entity_types() {
        if let Some(other) = &kind.other {
            assert!(crate::domain::entity_types::find(other).is_some(), "{other}");
        }
    }
}

fn entity_types() -> &'static [crate::domain::entity_types::EntityKind] {
    crate::domain::entity_types::all()
}

proptest! {
    #[test]
    fn no_code_a_portal_invents_reaches_the_screen_unclean(code in any::<String>()) {
        let words = of_error(&code);
        for text in Language::ALL.map(|language| words.meaning.get(language)) {
            prop_assert!(!text.chars().any(visible::is_hidden));
            prop_assert!(text.chars().count() < 1000);
        }
    }

    #[test]
    fn no_pair_reaches_the_screen_unclean(kind in ".{1,50}", id in any::<String>()) {
        if let Ok(pair) = EntityPair::new(kind, id) {
            let words = of_no_chat(&pair);
            let clean =
                |text: &Phrase| Language::ALL.iter().all(|&it| !text.get(it).chars().any(visible::is_hidden));
            prop_assert!(clean(&words.meaning) && words.advice.iter().all(clean));
        }
    }
}
