use std::time::Instant;

use proptest::prelude::*;

use super::*;
use crate::domain::entity_types::all;

fn fine(kind: &str, id: &str) -> String {
    let hint = hint(kind, id);
    assert_eq!(hint.level, Level::Fine, "{kind} {id}: {}", hint.words.en());
    hint.words.en().to_owned()
}

fn unusual(kind: &str, id: &str) -> String {
    let hint = hint(kind, id);
    assert_eq!(hint.level, Level::Unusual, "{kind} {id}: {}", hint.words.en());
    hint.words.en().to_owned()
}

#[test]
fn nothing_typed_yet_shows_what_a_right_id_looks_like() {
    let words = hint("CRM", "");
    assert_eq!(words.level, Level::Empty);
    assert_eq!(words.words.en(), "like DEAL|1663: LEAD, DEAL, CONTACT, COMPANY or DYNAMIC_n, a bar, the id");
    assert_eq!(hint("TASKS", "").words.en(), "like 8293: the task's number");
    assert_eq!(hint("VIDEOCONF", "").words.en(), "such chats carry no id: expect no chat");
    assert_eq!(hint("ANNOUNCEMENT", "").words.en(), "no format is written down: any id is possible");
    let custom = hint("OURS", "");
    assert_eq!((custom.level, custom.words.en()), (Level::Empty, "a custom type: any id is possible"));
}

#[test]
fn a_right_id_is_said_in_words() {
    assert_eq!(fine("CRM", "DEAL|1663"), "deal 1663");
    assert_eq!(fine("CRM", "SMART_INVOICE|5"), "smart invoice 5");
    assert_eq!(fine("CRM", "DYNAMIC_1042|5"), "item 5 of smart process 1042");
    assert_eq!(fine("CRM", "DYNAMIC_128|6"), "item 6 of smart process 128");
    assert_eq!(fine("TASKS_TASK", "8293"), "task 8293");
    assert_eq!(fine("SONET_GROUP", "103"), "group 103");
    assert_eq!(fine("MAIL", "417"), "mail message 417");
    assert_eq!(fine("CALENDAR", "55"), "event 55; attendees' copies have other ids");
    assert_eq!(fine("LINES", "telegrambot|2|209607941|744"), "telegrambot, line 2, chat 209607941, user 744");
    assert_eq!(fine("LIVECHAT", "2|744"), "line 2, guest 744");
    assert_eq!(fine("CALL", "79001234567"), "calls with 79001234567, if it is stored so");
    assert_eq!(fine("CALL", "UNIFY_CALL_CHAT"), "each user has one: it is open whose is found");
    assert_eq!(fine("OUR_WAREHOUSE", "pallet/7"), "a custom type: any id is possible");
}

#[test]
fn a_crm_id_that_is_written_otherwise_is_shown_the_right_way() {
    for (id, words) in [
        ("DEAL-1663", "a bar | belongs between DEAL and 1663"),
        ("DEAL:1663", "a bar | belongs between DEAL and 1663"),
        ("DEAL 1663", "a bar | belongs between DEAL and 1663"),
        ("DEAL_1663", "a bar | belongs between DEAL and 1663"),
        ("DEAL1663", "a bar | belongs between DEAL and 1663"),
        ("deal/1663", "a bar | belongs between DEAL and 1663"),
        ("DYNAMIC_1042:5", "a bar | belongs between DYNAMIC_1042 and 5"),
        ("DEAL", "a bar and the id are missing: DEAL|1663"),
        ("DEAL|", "the id is missing after the bar: DEAL|1663"),
        ("|1663", "the object belongs before the bar: DEAL|1663"),
        ("1663", "the object is missing: DEAL|1663 for a deal"),
        ("deal|1663", "in capitals: DEAL|1663"),
        ("dynamic_1042|5", "in capitals: DYNAMIC_1042|5"),
        ("DEAL | 1663", "spaces are sent too: DEAL|1663"),
        ("DEAL|01663", "a zero in front makes another id: 1663"),
        ("DEAL|0", "no object has the number 0"),
        ("DEAL|16a", "a number alone after the bar: DEAL|16"),
        ("DEAL|abc", "a number belongs after the bar, like 1663"),
        ("DEAL|1|2", "one bar only, between the object and its id"),
        ("D_1663", "written out: DEAL|1663"),
        ("D|1663", "written out: DEAL|1663"),
        ("DYNAMIC_31|5", "DYNAMIC_31 is written SMART_INVOICE: SMART_INVOICE|5"),
        ("DYNAMIC_2|1663", "DYNAMIC_2 is written DEAL: DEAL|1663"),
        ("DYNAMIC_500|1", "smart processes have numbers 128-192 or from 1030"),
        ("DYNAMIC|5", "which smart process? DYNAMIC_1042|5"),
        ("DYNAMIC1042|5", "DYNAMIC_1042|5"),
        ("2|1663", "the object's name belongs before the bar: DEAL|1663"),
        ("ACTIVITY|3", "ACTIVITY is no CRM object known here, DEAL is"),
        ("hello", "an object, a bar, its id: DEAL|1663"),
    ] {
        assert_eq!(unusual("CRM", id), words, "{id}");
        assert!(words.chars().count() <= 56, "does not fit beside the field: {words}");
    }
}

#[test]
fn a_number_with_something_around_it_is_shown_bare() {
    assert_eq!(unusual("TASKS", "08293"), "a zero in front makes another id: 8293");
    assert_eq!(unusual("TASKS", "#8293"), "the number alone is the id: 8293");
    assert_eq!(unusual("TASKS", "task 8293"), "the number alone is the id: 8293");
    assert_eq!(unusual("TASKS", "8a2"), "the id is the task's number, like 8293");
    assert_eq!(unusual("TASKS", "DEAL|1663"), "DEAL|1663 belongs to the type CRM");
    assert_eq!(unusual("SONET_GROUP", "chat1437"), "chat1437 is a chat, not a group");
    assert_eq!(unusual("MAIL", "letters"), "the id is the mail message's number, like 417");
}

#[test]
fn an_open_line_id_says_which_part_is_odd() {
    assert_eq!(unusual("LINES", "telegrambot"), "connector|line|chat|user, four parts: here is one");
    assert_eq!(unusual("LINES", "telegrambot|2|5"), "connector|line|chat|user, four parts: here are 3");
    assert_eq!(unusual("LINES", "telegrambot|x|5|6"), "the second part is the open line's number, like 2");
    assert_eq!(unusual("LINES", "telegrambot|2||6"), "the part for the connector's chat is empty");
    assert_eq!(unusual("LINES", "imol|telegrambot|2|5|6"), "without imol| in front: telegrambot|2|5|6");
}

#[test]
fn a_live_chat_id_knows_both_forms() {
    assert_eq!(unusual("LIVECHAT", "livechat|2"), "as documented, but portals keep line|guest: try both");
    assert_eq!(unusual("LIVECHAT", "2"), "two parts joined by a bar: line|guest, like 2|744");
    assert_eq!(unusual("LIVECHAT", "2|x"), "line|guest, both numbers, like 2|744");
}

#[test]
fn a_phone_number_is_shown_as_the_portal_keeps_it() {
    assert_eq!(unusual("CALL", "+7 (900) 123-45-67"), "digits alone are stored: 79001234567");
    assert_eq!(unusual("CALL", "12"), "a phone number has 3 to 20 digits");
    assert_eq!(unusual("CALL", "Ann"), "a phone number, like 79001234567, or UNIFY_CALL_CHAT");
    assert_eq!(fine("CALL", "+79001234567"), "calls with +79001234567, if it is stored so");
}

#[test]
fn types_whose_chats_carry_no_id_say_so() {
    for kind in ["VIDEOCONF", "AI_ASSISTANT_PRIVATE"] {
        assert_eq!(unusual(kind, "5"), "such chats carry no id: expect no chat");
    }
}

#[test]
fn signs_that_only_look_right_are_named() {
    assert_eq!(unusual("CRM", "DEAL｜1663"), "｜ is a full-width bar: DEAL|1663");
    assert_eq!(unusual("CRM", "DEАL|1663"), "А is a Cyrillic letter: DEAL|1663");
    assert_eq!(unusual("CRM", "ＤEAL|1663"), "Ｄ is a full-width sign: DEAL|1663");
    assert_eq!(unusual("TASKS", "８293"), "８ is a full-width digit: 8293");
    assert_eq!(unusual("LINES", "telegrambot¦2|5|6"), "¦ is not the bar: telegrambot|2|5|6");
    // The letter is not the only trouble, so the form is said instead.
    assert_eq!(unusual("CRM", "DEАL-1663"), "an object, a bar, its id: DEAL|1663");
    assert_eq!(unusual("СRM", "DEAL|1663"), "С is a Cyrillic letter: CRM");
}

#[test]
fn what_nobody_sees_is_said() {
    assert_eq!(unusual("CRM", " DEAL|1663"), "the space in front is sent too: delete it");
    assert_eq!(unusual("CRM", "DEAL|1663\n"), "the space at the end is sent too: delete it");
    assert_eq!(unusual("CRM", "DEAL|16\u{200b}63"), "⟨U+200B⟩ is in it, which nobody sees: delete it");
    assert_eq!(unusual("ANNOUNCEMENT", "5 "), "the space at the end is sent too: delete it");
    assert_eq!(unusual("CRM ", "DEAL|1663"), "the space at the end is sent too: delete it");
}

#[test]
fn a_word_for_a_type_leads_to_the_type() {
    assert_eq!(unusual("DEAL", "1663"), "a custom type; a deal is CRM with DEAL|id");
    assert_eq!(unusual("TASK", "8293"), "a custom type; the portal's own is TASKS_TASK");
    assert_eq!(unusual("GROUP", "103"), "a custom type; the portal's own is SONET_GROUP");
    assert_eq!(unusual("crm", "DEAL|1663"), "deal 1663; the type is usually written CRM");
}

#[test]
fn a_hint_says_the_same_in_russian() {
    for (kind, id, words) in [
        ("CRM", "DEAL|1663", "сделка 1663"),
        ("CRM", "DYNAMIC_1042|5", "элемент 5 смарт-процесса 1042"),
        ("CRM", "DEAL-1663", "между DEAL и 1663 нужна черта |"),
        ("CRM", "D\u{415}AL|1663", "\u{415}: русская буква: DEAL|1663"),
        ("CRM", "", "например DEAL|1663: LEAD, DEAL, CONTACT, COMPANY или DYNAMIC_n, черта, id"),
        ("TASKS", "8293", "задача 8293"),
        ("TASKS", "x", "нужен номер задачи, например 8293"),
        ("TASKS", "chat5", "chat5: это чат, а не задача"),
        ("DEAL", "1663", "собственный тип; сделка — это CRM и DEAL|id"),
        ("CRM", "0", "id 0 портал считает пустым и ничего не найдёт: введите id сохранённого объекта, от 1"),
    ] {
        assert_eq!(hint(kind, id).words.get(Language::Ru), words, "{kind} {id}");
    }
}

#[test]
fn only_hard_limits_refuse_and_in_the_words_of_the_pair() {
    for (kind, id) in [("", "1"), ("CRM", "0"), ("0", "1"), ("0", ""), ("", "")] {
        let hint = hint(kind, id);
        assert_eq!(hint.level, Level::Refused, "{kind} {id}");
    }
    assert!(hint("CRM", &"9".repeat(256)).words.en().contains("256 characters"));
    assert!(hint(&"T".repeat(51), "").words.en().contains("51 characters"));
}

proptest! {
    #[test]
    fn a_hint_refuses_exactly_what_a_pair_refuses(kind in ".{0,60}", id in ".{1,300}") {
        let refused = hint(&kind, &id).level == Level::Refused;
        prop_assert_eq!(refused, EntityPair::new(kind, id).is_err());
    }

    #[test]
    fn no_hint_echoes_what_a_terminal_would_obey(at in 0..all().len(), id in any::<String>()) {
        let words = hint(&all()[at].name, &id).words;
        for words in Language::ALL.map(|language| words.get(language)) {
            prop_assert!(!words.chars().any(visible::is_hidden), "{}", words);
        }
    }

    #[test]
    fn ids_near_the_right_form_never_panic(at in 0..all().len(), id in "[A-Zа-я_|0-9 ｜dD]{0,12}") {
        let words = hint(&all()[at].name, &id).words;
        prop_assert!(!words.en().is_empty() && !words.get(Language::Ru).is_empty());
    }
}

#[test]
fn a_hint_is_cheap_enough_for_every_key() {
    let ids = ["DEAL|1663", "DEАL｜1663", &"9|".repeat(127)];
    let began = Instant::now();
    for _ in 0..1000 {
        for id in ids {
            for kind in ["CRM", "LINES", "no such type"] {
                std::hint::black_box(hint(kind, id));
            }
        }
    }
    // A frame is 16 ms; even an unoptimized build gives one hint in well under a tenth of that.
    assert!(began.elapsed().as_micros() < 9000 * 1000, "{:?} for 9000 hints", began.elapsed());
}
