use proptest::prelude::*;
use serde_json::{Map, json};

use super::*;
use crate::domain::language::Language;

/// Any JSON, under names that a card reads as well as under others.
pub fn any_json() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(
        &[
            "id",
            "name",
            "owner",
            "message_type",
            "entity_type",
            "entity_id",
            "entity_link",
            "url",
            "permissions",
            "can_post",
            "user_counter",
            "result",
            "result_error",
            "result_total",
            "chat",
            "people",
            "items",
            "hasMore",
            "chat_id",
            "x",
        ][..],
    );
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        Just(json!("CRM")),
    ];
    leaf.prop_recursive(4, 48, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..8).prop_map(|members| {
                Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
            }),
        ]
    })
}

const SITE: &str = "https://acme.bitrix24.com";

fn pair() -> EntityPair {
    EntityPair::new("CRM", "DEAL|1663").unwrap()
}

fn batch(chat: Value, people: Value, errors: Value, total: i64) -> Value {
    json!({
        "result": { "chat": chat, "people": people }, "result_error": errors, "result_total": { "people": total },
        "result_next": [], "result_time": [],
    })
}

fn chat() -> Value {
    json!({
        "id": 1437, "name": "Deal: new boiler", "owner": "27", "type": "crm", "message_type": "C", "role": "MEMBER",
        "counter": 2, "user_counter": 53, "message_count": 118, "unread_id": 90110, "last_message_id": 90112,
        "entity_type": "CRM", "entity_id": "DEAL|1663",
        "entity_link": { "type": "DEAL", "url": "/crm/deal/details/1663/", "id": "DEAL|1663" },
        "date_create": "2026-02-25T16:50:58+01:00", "mute_list": [], "public": "", "permissions": { "can_post": "member" },
        "text_field_enabled": true, "extranet": false,
    })
}

fn people() -> Value {
    json!([
        { "id": 27, "name": "Boris Petrov", "work_position": "Sales manager", "active": true, "type": "user", "phones": false },
        { "id": "44", "name": "Olga Client", "extranet": true, "last_activity_date": false },
        { "id": 51, "name": "Helper", "bot": "Y" },
        { "id": 744, "name": "", "first_name": "Ivan", "connector": true, "active": false },
    ])
}

fn said(card: &Card, pair: &EntityPair, language: Language) -> Vec<String> {
    let line = |row: Row| match &row.label {
        Some(label) => format!("{}: {}", label.get(language), row.value.get(language)),
        None => row.value.get(language).to_owned(),
    };
    rows(card, ChatId(1437), pair, SITE).into_iter().map(line).collect()
}

#[test]
fn a_whole_card_says_what_is_worth_knowing() {
    let card = Card::read(&batch(chat(), people(), json!([]), 53)).unwrap();
    assert_eq!(
        said(&card, &pair(), Language::En),
        [
            "The chat carries the pair that was asked.",
            "title: Deal: new boiler",
            "type: a group chat (C, crm)",
            "owner: Boris Petrov (27)",
            "your role: member",
            "counts: 53 people · 118 messages · 2 unread",
            "created: 2026-02-25T16:50:58+01:00",
            "last message: 90112",
            "unread from: 90110",
            "entity page: https://acme.bitrix24.com/crm/deal/details/1663/",
            "writing: from the role member up · the field to write in is there",
            "members: 4 of 53",
            ": Boris Petrov (27) · Sales manager",
            ": Olga Client (44) · extranet",
            ": Helper (51) · bot",
            ": Ivan (744) · guest of an open line · dismissed",
            "and 49 more, on pages that were not asked for",
        ]
    );
    let russian = said(&card, &pair(), Language::Ru);
    assert_eq!(russian[0], "Пара в чате та же, что спрошена.");
    assert_eq!(russian.len(), 17);
}

#[test]
fn a_chat_that_carries_another_pair_says_so_loudly() {
    let card = Card::read(&batch(chat(), people(), json!([]), 4)).unwrap();
    let other = EntityPair::new("CRM", "DEAL|1664").unwrap();
    let first = &rows(&card, ChatId(1437), &other, SITE)[0];
    assert_eq!(first.tone, Tone::Warn);
    assert_eq!(
        first.value.en(),
        "NOT THE PAIR THAT WAS ASKED: the chat carries CRM DEAL|1663, and CRM DEAL|1664 was asked."
    );
    let lower = EntityPair::new("crm", "deal|1663").unwrap();
    assert!(said(&card, &lower, Language::En)[0].contains("but for the case"));
    let mut bare = chat();
    (bare["entity_type"], bare["entity_id"]) = (json!(""), json!(""));
    let card = Card::read(&batch(bare.clone(), people(), json!([]), 4)).unwrap();
    assert!(said(&card, &lower, Language::En)[0].contains("carries no pair at all"));
    bare.as_object_mut().unwrap().remove("entity_id");
    let card = Card::read(&batch(bare, people(), json!([]), 4)).unwrap();
    assert!(said(&card, &lower, Language::En)[0].contains("is not known"));
    let elsewhere = rows(&Card::read(&batch(chat(), people(), json!([]), 4)).unwrap(), ChatId(9), &pair(), SITE);
    assert_eq!(elsewhere[1].value.en(), "The portal answered about chat 1437, not about chat 9.");
}

#[test]
fn exists_but_not_yours_and_no_such_chat_are_said_to_be_one_answer() {
    let access =
        json!({ "error": "ACCESS_ERROR", "error_description": "You do not have access to the specified dialog" });
    let result = json!({ "result": [], "result_error": { "chat": access, "people": access }, "result_total": [] });
    let card = Card::read(&result).unwrap();
    let english = said(&card, &pair(), Language::En);
    assert_eq!(english.len(), 1, "said once, though both commands were refused");
    for part in ["exists but is not yours", "does not exist", "cannot be told apart", "im.chat.get has found it"] {
        assert!(english[0].contains(part), "{english:?}");
    }
    assert!(said(&card, &pair(), Language::Ru)[0].contains("не различить"));
}

#[test]
fn another_refusal_and_a_command_that_was_passed_over_are_named_by_their_method() {
    let scope = json!({ "error": "insufficient_scope", "error_description": "The request requires higher privileges" });
    let result = json!({ "result": [], "result_error": { "chat": scope } });
    let english = said(&Card::read(&result).unwrap(), &pair(), Language::En);
    assert_eq!(
        english[0],
        "im.dialog.get was refused: insufficient_scope, \"The request requires higher privileges\"."
    );
    assert!(english[1].starts_with("im.dialog.users.list brought nothing"));
    assert_eq!(Card::read(&json!({ "ID": 5 })), Err(NotRead::OtherShape));
}

#[test]
fn a_groups_pair_is_said_to_be_ambiguous_before_anything_is_asked() {
    let group = EntityPair::new("SONET_GROUP", "103").unwrap();
    let first = first_rows(ChatId(1440), &group, SITE);
    assert!(first[4].value.en().contains("second chat") && first[4].tone == Tone::Warn);
    assert_eq!(first_rows(ChatId(1437), &pair(), SITE).len(), 4);
}

#[test]
fn the_two_commands_name_the_chat_by_its_number_alone() {
    let [(_, chat), (_, people)] = commands(ChatId(1437));
    assert_eq!(chat, "im.dialog.get?DIALOG_ID=chat1437");
    assert_eq!(people, "im.dialog.users.list?DIALOG_ID=chat1437&LIMIT=50");
}

#[test]
fn the_page_of_the_entity_is_absolute_and_a_folder_is_not_doubled() {
    let page = |url: &str, site: &str| {
        Chat { entity_page: Some(url.to_owned()), ..Chat::default() }.page(site).unwrap_or_default()
    };
    assert_eq!(page("/crm/deal/details/5/", SITE), "https://acme.bitrix24.com/crm/deal/details/5/");
    assert_eq!(
        page("/crm/deal/details/5/", "https://a.example/office"),
        "https://a.example/office/crm/deal/details/5/"
    );
    assert_eq!(page("/office/crm/5/", "https://a.example/office"), "https://a.example/office/crm/5/");
    assert_eq!(page("https://b.example/x", SITE), "https://b.example/x");
    assert_eq!(page("//b.example/x", SITE), "//b.example/x");
    assert_eq!(Chat::read(&json!({ "entity_link": { "url": "" } })).unwrap().page(SITE), None);
}

#[test]
fn every_letter_has_words_and_unknown_ones_say_so() {
    for letter in "PCOLSNJTABX".chars() {
        let told = Chat { letter: Some(letter), ..Chat::default() };
        let card = Card { chat: Came::Read(told), people: Came::Nothing };
        let text = said(&card, &pair(), Language::En).join("\n");
        assert!(text.contains(&format!("({letter})")) && !text.contains("not known here"), "{text}");
    }
    let told = Chat { letter: Some('Q'), ..Chat::default() };
    let card = Card { chat: Came::Read(told), people: Came::Nothing };
    assert!(said(&card, &pair(), Language::En).join("\n").contains("a kind not known here (Q)"));
}

proptest! {
    #[test]
    fn no_json_at_all_panics_and_both_languages_have_as_many_rows(whole in any_json(), chat in any_json(), people in any_json()) {
        for value in [whole, batch(chat, people, json!([]), -1)] {
            if let Ok(card) = Card::read(&value) {
                let (english, russian) = (said(&card, &pair(), Language::En), said(&card, &pair(), Language::Ru));
                prop_assert_eq!(english.len(), russian.len());
                prop_assert!(english.iter().chain(&russian).all(|line| !line.is_empty()));
            }
        }
    }

    #[test]
    fn no_chat_whatever_its_number_is_asked_for_by_anything_but_chat(id in any::<i64>()) {
        for (_, command) in commands(ChatId(id)) {
            prop_assert!(command.contains("DIALOG_ID=chat"));
            prop_assert!(!command.contains("=sg"));
        }
    }
}
