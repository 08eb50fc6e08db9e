use std::collections::HashSet;

use super::*;
use crate::domain::language::tests::lack;

fn names(kinds: &[&EntityKind]) -> Vec<String> {
    kinds.iter().map(|kind| kind.name.clone()).collect()
}

#[test]
fn the_catalogue_can_be_read_and_holds_the_twelve_documented_types() {
    read().map(drop).unwrap();
    let documented: HashSet<&str> =
        all().iter().filter(|kind| kind.documented).map(|kind| kind.name.as_str()).collect();
    let expected = HashSet::from([
        "CRM",
        "TASKS_TASK",
        "TASKS",
        "SONET_GROUP",
        "CALENDAR",
        "LINES",
        "LIVECHAT",
        "MAIL",
        "CALL",
        "VIDEOCONF",
        "AI_ASSISTANT_PRIVATE",
        "ANNOUNCEMENT",
    ]);
    assert_eq!(documented, expected);
}

#[test]
fn the_types_only_the_server_knows_are_marked_so() {
    let undocumented: HashSet<&str> =
        all().iter().filter(|kind| !kind.documented).map(|kind| kind.name.as_str()).collect();
    let expected = HashSet::from([
        "GENERAL",
        "GENERAL_CHANNEL",
        "FAVORITE",
        "CALENDAR_EVENT_CATEGORY",
        "SUPPORT24_QUESTION",
        "SUPPORT24_NOTIFIER",
        "NETWORK_DIALOG",
    ]);
    assert_eq!(undocumented, expected);
    assert!(
        all().iter().filter(|kind| !kind.documented).all(|kind| kind.about.en().contains("not in the documentation"))
    );
}

#[test]
fn every_type_has_its_words_and_they_fit() {
    for kind in all() {
        for language in Language::ALL {
            assert!(kind.meaning.get(language).chars().count() <= 34, "{} {language}", kind.name);
            for text in [&kind.meaning, &kind.about, &kind.format].map(|text| text.get(language)) {
                assert!(!text.contains('!') && text.trim() == text, "{text}");
            }
            assert!(kind.about.get(language).ends_with('.'), "{} {language}", kind.name);
            assert!(kind.no_chat.get(language).ends_with('.'), "{} {language}", kind.name);
        }
        assert_eq!(kind.check == Check::Number, kind.thing.is_some(), "{}", kind.name);
        assert!(kind.also.iter().all(|word| *word == word.to_lowercase()), "{:?}", kind.also);
    }
    let distinct: HashSet<&str> = all().iter().map(|kind| kind.name.as_str()).collect();
    assert_eq!(distinct.len(), all().len());
}

#[test]
fn no_type_lacks_a_language() {
    let texts = all().iter().flat_map(|kind| {
        let texts = [&kind.meaning, &kind.about, &kind.no_chat, &kind.format].into_iter();
        texts.chain(&kind.when_none).chain(&kind.thing).map(move |text| (&kind.name, text))
    });
    let lacking: Vec<_> = texts.filter_map(|(name, text)| Some((name, text.en(), lack(text)?))).collect();
    assert!(lacking.is_empty(), "{lacking:#?}");
}

#[test]
fn a_type_is_found_by_what_a_russian_calls_it() {
    assert_eq!(names(&search("Задач"))[..2], ["TASKS_TASK", "TASKS"]);
    assert_eq!(names(&search("сделк"))[0], "CRM");
    assert_eq!(names(&search("звонк"))[0], "CALL");
}

#[test]
fn every_example_is_a_right_id_of_its_type() {
    for kind in all().iter().filter(|kind| !kind.example.is_empty()) {
        assert!(EntityPair::new(&kind.name, &kind.example).is_ok(), "{}", kind.name);
        assert_eq!(hint(&kind.name, &kind.example).level, Level::Fine, "{}", kind.name);
    }
}

#[test]
fn a_type_is_found_exactly_or_in_another_case_and_never_in_part() {
    assert_eq!(find("TASKS").unwrap().name, "TASKS");
    assert_eq!(find("tasks_Task").unwrap().name, "TASKS_TASK");
    assert!(find("TASK").is_none());
    assert!(find("").is_none());
}

#[test]
fn a_filter_puts_names_that_begin_with_it_first() {
    assert_eq!(names(&search("task"))[..2], ["TASKS_TASK", "TASKS"]);
    assert_eq!(names(&search("l"))[..2], ["LINES", "LIVECHAT"]);
    let general = names(&search("GENERAL"));
    assert_eq!(general[..2], ["GENERAL", "GENERAL_CHANNEL"]);
    assert_eq!(names(&search(" group "))[0], "SONET_GROUP");
    assert_eq!(names(&search("deal"))[0], "CRM");
    assert_eq!(names(&search("phone")), ["CALL"]);
    assert_eq!(search("").len(), all().len());
    assert!(search("no such thing").is_empty());
}

#[test]
fn a_task_is_asked_for_under_the_other_cards_type_too() {
    let pair = EntityPair::new("TASKS_TASK", "8293").unwrap();
    let other = find("TASKS_TASK").unwrap().instead(&pair).unwrap();
    assert_eq!(other.to_string(), "TASKS 8293");
    assert!(find("CRM").unwrap().instead(&pair).is_none());
}

#[test]
fn reading_the_catalogue_takes_no_time_that_anybody_sees() {
    let began = std::time::Instant::now();
    for _ in 0..10 {
        read().map(drop).unwrap();
    }
    // Unoptimized it takes some milliseconds; optimized it has to stay under one.
    assert!(began.elapsed().as_millis() < 1000, "{:?} for ten readings", began.elapsed());
    println!("{:?} for ten readings", began.elapsed());
}
