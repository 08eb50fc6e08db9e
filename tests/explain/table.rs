//! The table: what people ask, and what it turns out to be.

use std::time::Duration;

use b24chat::demo::{self, DemoPortal};
use b24chat::domain::entity::EntityPair;
use b24chat::domain::explanation::{Answered, End, Known, explain};
use b24chat::domain::pasted;
use b24chat::domain::profile::Profile;
use b24chat::portal::{Client, Options};
use b24chat::session::Session;
use b24chat::session::explaining::Explained;

async fn portal() -> DemoPortal {
    demo::start(demo::Options::default()).await.unwrap()
}

fn session(webhook: &str) -> Session {
    let (root, credential, _) = pasted::webhook(webhook).unwrap();
    Session::of_profile(Profile::new("demo", root, credential), Client::new(Options::default()))
}

/// Explains a pair in one request; each end as `supposition: …`.
async fn explained(portal: &DemoPortal, session: &Session, entity_type: &str, id: &str) -> Vec<String> {
    let pair = EntityPair::new(entity_type, id).unwrap();
    let explanation = explain(&pair, &Known::default());
    // The bucket refills meanwhile.
    portal.pass(Duration::from_secs(1));
    let before = portal.requests();
    let told = session.explain(&explanation, Duration::from_secs(20)).await;
    assert_eq!(portal.requests() - before, 1, "{pair}");
    let Explained::Judged(judgement) = told.explained else { panic!("{pair}: {:?}", told.explained) };
    let own = match judgement.pair {
        Answered::Chat(chat) => vec![format!("itself: {chat}")],
        _ => Vec::new(),
    };
    let ends = explanation.hypotheses.iter().zip(&judgement.ends).map(|(it, end)| {
        let end = match end {
            End::Found { pair: Some(pair), chat } => format!("{pair} → {chat}"),
            End::Found { pair: None, chat } => format!("chat {chat}"),
            other => other.key().to_owned(),
        };
        format!("{}: {end}", it.supposition.key())
    });
    own.into_iter().chain(ends).collect()
}

/// Type, id, and the ends that there have to be; the first of them comes first.
const TABLE: &[(&str, &str, &[&str])] = &[
    // Separators and prefixes.
    ("CRM", "DEAL-1663", &["written_wrongly: CRM DEAL|1663 → 1437", "object_missing: ruled_out"]),
    ("CRM", "deal-1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DEAL_1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DEAL1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DEAL:1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DEAL/1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DEAL 1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DEAL||1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "D_1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "L_13", &["written_wrongly: CRM LEAD|13 → 1410"]),
    ("CRM", "C_25", &["written_wrongly: CRM CONTACT|25 → 1411"]),
    ("CRM", "CO_7", &["written_wrongly: CRM COMPANY|7 → 1412"]),
    ("CRM", "SI_31", &["written_wrongly: CRM SMART_INVOICE|31 → 1415"]),
    ("CRM", "T80_6", &["written_wrongly: CRM DYNAMIC_128|6 → 1414"]),
    ("CRM", "1663|DEAL", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "1663", &["written_wrongly: CRM DEAL|1663 → 1437", "written_wrongly: ruled_out"]),
    // Spaces, signs, letters.
    ("CRM", " DEAL|1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DEAL|1663 ", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DEAL | 1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DEAL\u{ff5c}1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "D\u{415}AL|1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("\u{421}RM", "DEAL|1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DEAL|1663\u{200b}", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DEAL|01663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    // Case: this portal takes no notice of it, as most do.
    ("crm", "deal|1663", &["itself: 1437", "request_lost: crm deal|1663 → 1437"]),
    // Names that belong elsewhere.
    ("CRM", "DYNAMIC_31|31", &["written_wrongly: CRM SMART_INVOICE|31 → 1415"]),
    ("CRM", "DYNAMIC_2|1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM", "DYNAMIC_7|9", &["written_wrongly: CRM QUOTE|9 → 1416"]),
    ("CRM", "DYNAMIC1042|5", &["written_wrongly: CRM DYNAMIC_1042|5 → 1413"]),
    ("CRM", "INVOICE|31", &["other_type: CRM SMART_INVOICE|31 → 1415"]),
    ("DEAL", "1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("CRM_DEAL", "1663", &["written_wrongly: CRM DEAL|1663 → 1437"]),
    ("DYNAMIC_31", "31", &["written_wrongly: CRM SMART_INVOICE|31 → 1415"]),
    ("TASK", "8293", &["written_wrongly: TASKS_TASK 8293 → 1431"]),
    ("GROUP", "104", &["written_wrongly: SONET_GROUP 104 → 1441"]),
    ("TASKS_TASK", "DEAL|1663", &["other_type: CRM DEAL|1663 → 1437"]),
    // Tasks, groups, events.
    ("TASKS", "8293", &["other_type: TASKS_TASK 8293 → 1431", "task_chat: chat 1431"]),
    ("TASKS_TASK", "8120", &["other_type: TASKS 8120 → 1432", "object_missing: ruled_out"]),
    ("TASKS_TASK", "#8293", &["written_wrongly: TASKS_TASK 8293 → 1431"]),
    ("TASKS_TASK", "8400", &["other_type: ruled_out", "object_missing: ruled_out", "no_chat_yet: cannot_be_told"]),
    ("TASKS_TASK", "9999", &["other_type: ruled_out", "object_missing: cannot_be_told"]),
    ("SONET_GROUP", "sg104", &["written_wrongly: SONET_GROUP 104 → 1441"]),
    ("SONET_GROUP", "105", &["no_chat_yet: cannot_be_told", "object_missing: ruled_out"]),
    ("SONET_GROUP", "chat1440", &["chat_itself: cannot_be_told"]),
    ("CALENDAR", "56", &["calendar_copy: CALENDAR 55 → 1445", "object_missing: ruled_out"]),
    ("CALENDAR", "61", &["calendar_copy: cannot_be_told", "object_missing: ruled_out"]),
    ("CALENDAR", "999", &["calendar_copy: cannot_be_told", "object_missing: cannot_be_told"]),
    ("CALENDAR", "055", &["written_wrongly: CALENDAR 55 → 1445"]),
    // Open lines and calls.
    ("LINES", "imol|telegrambot|2|209607941|744", &["written_wrongly: LINES telegrambot|2|209607941|744 → 1450"]),
    ("LINES", "2|744", &["other_type: LIVECHAT 2|744 → 1451"]),
    ("LIVECHAT", "744|2", &["other_form: ruled_out", "written_wrongly: LIVECHAT 2|744 → 1451"]),
    ("LIVECHAT", "livechat|2|1|744", &["other_form: LIVECHAT 2|744 → 1451"]),
    ("LIVECHAT", "livechat|2", &["id_unknown: cannot_be_told"]),
    ("CALL", "+7 (900) 123-45-67", &["other_form: CALL 79001234567 → 1460"]),
    ("CALL", "89001234567", &["other_form: ruled_out", "other_form: CALL 79001234567 → 1460"]),
    ("CALL", "9001234567", &["other_form: ruled_out", "other_form: CALL 79001234567 → 1460"]),
    // Objects.
    ("CRM", "DEAL|2050", &["open_line: ruled_out", "no_chat_yet: cannot_be_told", "object_missing: ruled_out"]),
    ("CRM", "DEAL|2051", &["open_line: chat 1452", "object_missing: ruled_out"]),
    ("CRM", "DEAL|999999", &["open_line: ruled_out", "object_missing: cannot_be_told"]),
    ("CRM", "DEAL|0", &["zero: cannot_be_told"]),
    ("CRM", "ORDER|5", &["no_chat_yet: cannot_be_told", "object_missing: cannot_be_told"]),
    // No id, nobody's type.
    ("VIDEOCONF", "7", &["no_id: cannot_be_told"]),
    ("AI_ASSISTANT_PRIVATE", "1", &["no_id: cannot_be_told"]),
    ("WAREHOUSE_BIN", "A-18", &["extranet_creator: cannot_be_told", "request_lost: ruled_out"]),
    ("WAREHOUSE_BIN", " A-17", &["written_wrongly: WAREHOUSE_BIN A-17 → 1402"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_pair_is_explained_in_one_batch() {
    let portal = portal().await;
    let session = session(&portal.scenario("allscopes"));
    let mut wrong = Vec::new();
    for (entity_type, id, expected) in TABLE {
        let ends = explained(&portal, &session, entity_type, id).await;
        if ends.first().map(String::as_str) != Some(expected[0])
            || !expected.iter().all(|end| ends.iter().any(|it| it == end))
        {
            wrong.push(format!("{entity_type} {id}: {ends:#?}\n  expected {expected:?}"));
        }
    }
    assert!(TABLE.len() >= 40);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_that_is_lacking_is_named_and_rules_nothing_out() {
    let portal = portal().await;
    let session = session(&portal.scenario("imonly"));
    for (entity_type, id, scope) in [
        ("CRM", "DEAL|2050", "crm"),
        ("TASKS", "8400", "task"),
        ("SONET_GROUP", "105", "sonet_group"),
        ("CALENDAR", "60", "calendar"),
    ] {
        let explanation = explain(&EntityPair::new(entity_type, id).unwrap(), &Known::default());
        let told = session.explain(&explanation, Duration::from_secs(20)).await;
        let Explained::Judged(judgement) = told.explained else { panic!("{:?}", told.explained) };
        let at = explanation.hypotheses.iter().position(|it| it.supposition.key() == "object_missing").unwrap();
        let End::Untold(because) = &judgement.ends[at] else { panic!("{:?}", judgement.ends[at]) };
        assert!(because.en().contains(&format!("lacks the scope {scope},")), "{}", because.en());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_scope_of_chats_nothing_is_claimed() {
    let portal = portal().await;
    let explanation = explain(&EntityPair::new("CRM", "D_1663").unwrap(), &Known::default());
    let told = session(&portal.scenario("noscope")).explain(&explanation, Duration::from_secs(20)).await;
    let Explained::Judged(judgement) = told.explained else { panic!("{:?}", told.explained) };
    assert!(matches!(&judgement.pair, Answered::Refused(error) if error.code == "insufficient_scope"));
    let is_claim = |end: &&End| !matches!(end, End::Untold(_));
    let claims: Vec<_> =
        explanation.hypotheses.iter().zip(judgement.ends.iter()).filter(|(_, end)| is_claim(end)).collect();
    // That the object can be read needs no chats, and was read.
    assert!(claims.iter().all(|(it, _)| it.supposition.key() == "object_missing"), "{claims:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_batch_and_a_page_are_told_as_what_they_are() {
    let portal = portal().await;
    let explanation = explain(&EntityPair::new("CRM", "D_1663").unwrap(), &Known::default());
    let told = session(&portal.scenario("badcode")).explain(&explanation, Duration::from_secs(20)).await;
    assert!(matches!(told.explained, Explained::Refused(error, 401) if error.code == "INVALID_CREDENTIALS"));
    let told = session(&portal.scenario("login")).explain(&explanation, Duration::from_secs(20)).await;
    assert!(matches!(told.explained, Explained::Unreadable(..)));
}
