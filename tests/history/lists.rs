//! The list: newest first, in pages, found by words.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use b24chat::domain::failure::Failure;
use b24chat::domain::phases::Phase;
use b24chat::domain::record::RecordId;
use b24chat::domain::summary::Summary;
use b24chat::store::history::Recall;

use crate::support::*;

#[test]
fn a_record_is_there_after_closing_and_opening_again() {
    let place = Place::new();
    let record = answered("TASKS", "8293", 200, r#"{"result":null,"time":{"start":1,"odd":"x"}}"#);
    let id = place.open().keep(&record).unwrap().id;
    assert_eq!(place.open().record(id).unwrap(), Some(record));
    assert_eq!(place.open().record(RecordId(id.0 + 1)).unwrap(), None);
}

#[test]
fn the_list_is_newest_first_and_pages_by_id_meet_without_gap_or_overlap() {
    let place = Place::new();
    let mut history = place.open();
    let kept: Vec<_> = (0..10).map(|number| history.keep(&numbered(number)).unwrap().id).collect();
    let mut before = None;
    let mut seen = Vec::new();
    for expected in [4, 4, 2, 0] {
        let page = history.recall(&Recall { filter: String::new(), before, limit: 4 }).unwrap();
        assert_eq!((page.rows.len(), page.total, page.unreadable), (expected, 10, 0));
        seen.extend(ids(&page));
        before = seen.last().copied();
        // Newer records do not shift the pages that follow.
        assert_eq!(seen.first(), kept.last());
    }
    assert!(seen.iter().rev().eq(&kept));
}

#[test]
fn a_line_of_the_list_is_the_summary_of_its_record() {
    let place = Place::new();
    let mut history = place.open();
    let long_code = format!(r#"{{"error":"{}"}}"#, "Ж".repeat(500));
    let records = [
        numbered(1),
        answered("TASKS", "8293", 200, r#"{"result":null}"#),
        answered("CRM", "LEAD|13", 401, r#"{"error":"insufficient_scope"}"#),
        answered("CRM", "LEAD|13", 400, &long_code),
        answered("CRM", "LEAD|13", 200, r#"<html><input type="password">"#),
        failed("SONET_GROUP", "103", Failure::TimedOut { after: Duration::from_secs(30), during: Phase::Wait }),
        failed("SONET_GROUP", "103", Failure::Cancelled { after: Duration::from_millis(1_200) }),
    ];
    let mut expected = Vec::new();
    for record in &records {
        expected.insert(0, Summary::of(history.keep(record).unwrap().id, record));
    }
    assert_eq!(list(&history, "").rows, expected);
}

#[test]
fn every_word_of_a_filter_must_be_found_in_any_case_of_any_script() {
    let place = Place::new();
    let mut history = place.open();
    let mut deal = numbered(1436);
    deal.profile = "Контора".into();
    let deal = history.keep(&deal).unwrap().id;
    let task = history.keep(&answered("TASKS", "8293", 200, r#"{"result":null}"#)).unwrap().id;
    let custom = history.keep(&answered("ЗАКАЗ", "Ёлка №5", 401, r#"{"error":"expired_token"}"#)).unwrap().id;
    let timeout = Failure::TimedOut { after: Duration::from_secs(30), during: Phase::Wait };
    let lost = history.keep(&failed("SONET_GROUP", "103", timeout)).unwrap().id;

    for (filter, expected) in [
        ("", vec![lost, custom, task, deal]),
        ("deal|14", vec![deal]),
        ("CONTORA", vec![]),
        ("контора crm", vec![deal]),
        ("КОНТОРА\tchat1437", vec![deal]),
        ("chat 1437", vec![deal]),
        ("ёлка", vec![custom]),
        ("ЁЛКА заказ", vec![custom]),
        ("заказ tasks", vec![]),
        ("Acme.Bitrix24", vec![lost, custom, task, deal]),
        ("acme no", vec![task]),
        ("EXPIRED 401", vec![custom]),
        ("timed out", vec![lost]),
        ("100%", vec![]),
        ("_", vec![lost, custom]),
        ("\"", vec![]),
        ("' OR 1=1 --", vec![]),
        ("\0", vec![]),
    ] {
        let page = list(&history, filter);
        assert_eq!(ids(&page), expected, "{filter:?}");
        assert_eq!(page.total, expected.len() as u64, "{filter:?}");
    }
    let of_many_words = "acme ".repeat(5_000) + &(0..5_000).map(|n| format!("w{n} ")).collect::<String>();
    assert_eq!(list(&history, &of_many_words).total, 0);
}

#[test]
fn a_filtered_page_counts_all_that_match_and_holds_no_more_than_asked() {
    let place = Place::new();
    let mut history = place.open();
    for number in 0..20 {
        history.keep(&numbered(number)).unwrap();
        history.keep(&answered("TASKS", "7", 200, r#"{"result":null}"#)).unwrap();
    }
    let page = history.recall(&Recall { filter: "deal".into(), before: Some(RecordId(21)), limit: 3 }).unwrap();
    assert_eq!(ids(&page), [RecordId(19), RecordId(17), RecordId(15)]);
    assert_eq!(page.total, 20);
}

#[test]
fn a_walk_shows_every_record_in_either_order_and_stops_when_told() {
    let place = Place::new();
    let mut history = place.open();
    let records: Vec<_> = (0..5).map(numbered).collect();
    for record in &records {
        history.keep(record).unwrap();
    }
    let mut seen = Vec::new();
    let walk = history.each("", true, |id, record| {
        // Reading and writing go on meanwhile, and what is new is not walked into.
        assert_eq!(history.record(id).unwrap().as_ref(), Some(&record));
        place.open().keep(&numbered(99)).unwrap();
        seen.push(record);
        ControlFlow::<()>::Continue(())
    });
    assert_eq!(walk.unwrap().broke, None);
    assert_eq!(seen, records);

    let mut seen = Vec::new();
    let walk = history.each("deal|3", false, |_, record| {
        seen.push(record);
        ControlFlow::Break("enough")
    });
    assert_eq!(walk.unwrap().broke, Some("enough"));
    assert_eq!(seen, [numbered(3)]);
}

#[test]
fn a_row_that_someone_spoiled_is_left_out_and_counted_and_the_others_stay() {
    let place = Place::new();
    let mut history = place.open();
    let kept: Vec<_> = (0..4).map(|number| history.keep(&numbered(number)).unwrap().id).collect();
    let foreign = rusqlite::Connection::open(place.file()).unwrap();
    foreign.execute("UPDATE lookups SET verdict = 'maybe' WHERE id = ?1", [kept[1].0]).unwrap();
    foreign.execute("UPDATE ends SET headers = '[' WHERE id = ?1", [kept[1].0]).unwrap();
    foreign.execute("DELETE FROM ends WHERE id = ?1", [kept[2].0]).unwrap();

    let page = history.recall(&Recall { filter: String::new(), before: None, limit: 3 }).unwrap();
    assert_eq!((ids(&page), page.unreadable), (vec![kept[3], kept[2], kept[0]], 1));
    let mut seen = Vec::new();
    let walk = history.each("", true, |id, _| {
        seen.push(id);
        ControlFlow::<()>::Continue(())
    });
    assert_eq!((seen, walk.unwrap().unreadable), (vec![kept[0], kept[3]], vec![kept[1], kept[2]]));
    let words = history.record(kept[1]).unwrap_err().to_string();
    assert!(words.contains("record 2") && words.contains("other records are not affected"), "{words}");
    assert_eq!(place.set_aside().len(), 0);
}

/// Ratios would need a second list to compare with; the bounds are far above what it takes, and far below
/// what reading the replies or skipping over rows would take.
#[test]
fn a_hundred_thousand_records_are_listed_at_once() {
    let place = Place::new();
    drop(place.open());
    let mut foreign = rusqlite::Connection::open(place.file()).unwrap();
    let transaction = foreign.transaction().unwrap();
    transaction
        .execute_batch(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
             INSERT INTO lookups SELECT i, 1772035417123 + i, 'acme', 'acme.bitrix24.com', 'https://acme.bitrix24.com',
                 'CRM', 'DEAL|' || i, 'no_chat', NULL, NULL, 200, NULL, 198000000,
                 'crm' || char(10) || 'deal|' || i || char(10) || 'acme' || char(10) || 'acme.bitrix24.com' || char(10) || 'no chat' FROM n;
             INSERT INTO ends SELECT id, '{}', '{}', 'HTTP/2', '[]', NULL, NULL, zeroblob(900) FROM lookups;",
        )
        .unwrap();
    transaction.commit().unwrap();
    drop(foreign);

    let history = place.open();
    let timed = |filter: &str, before: Option<i64>| {
        let begun = Instant::now();
        let recall = Recall { filter: filter.into(), before: before.map(RecordId), limit: 50 };
        let page = history.recall(&recall).unwrap();
        (page, begun.elapsed())
    };
    let (page, took) = timed("", None);
    eprintln!("first page {took:?}");
    assert_eq!((page.rows.len(), page.total), (50, 100_000));
    assert!(took < Duration::from_millis(100), "the first page took {took:?}");
    let (page, took) = timed("", Some(60));
    eprintln!("last page {took:?}");
    assert_eq!((page.rows[0].id, page.rows.len()), (RecordId(59), 50));
    assert!(took < Duration::from_millis(100), "a page at the far end took {took:?}");
    let (page, took) = timed("CRM deal|4242", None);
    eprintln!("filter {took:?}");
    assert_eq!(page.total, 11);
    assert!(took < Duration::from_secs(2), "a filter took {took:?}");
}
