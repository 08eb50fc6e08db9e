use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::batch::Results;
use crate::domain::entity_types;

fn pair(entity_type: &str, id: &str) -> EntityPair {
    EntityPair::new(entity_type, id).unwrap()
}

fn of(entity_type: &str, id: &str) -> Explanation {
    explain(&pair(entity_type, id), &Known::default())
}

fn judged(explanation: &Explanation, result: &Value, error: &Value) -> Judgement {
    let batch = json!({ "result": result, "result_error": error });
    judge(explanation, &Results::read(&batch).unwrap())
}

fn end(explanation: &Explanation, judgement: &Judgement, supposition: Supposition) -> End {
    let at = explanation.hypotheses.iter().position(|it| it.supposition == supposition).unwrap();
    judgement.ends[at].clone()
}

#[test]
fn the_pair_itself_goes_first_and_the_echo_second() {
    let commands = of("CRM", "deal-1663").commands();
    assert_eq!(commands[0], ("h0".into(), "im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=deal-1663".into()));
    assert_eq!(commands[1], ("h1".into(), "method.get?name=profile".into()));
    assert_eq!(commands[2], ("h2".into(), "im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=DEAL%7C1663".into()));
}

#[test]
fn a_null_rules_a_pair_out_only_where_parameters_are_shown_to_arrive() {
    let explanation = of("CRM", "deal-1663");
    let with_echo = json!({ "h0": null, "h1": { "isExisting": true, "isAvailable": true }, "h2": null });
    let told = judged(&explanation, &with_echo, &json!([]));
    assert!(matches!(end(&explanation, &told, Supposition::WrittenWrongly), End::RuledOut(_)));
    assert!(matches!(end(&explanation, &told, Supposition::RequestLost), End::RuledOut(_)));
    let lost = json!({ "h0": null, "h1": { "isExisting": false, "isAvailable": false }, "h2": null });
    let told = judged(&explanation, &lost, &json!([]));
    assert!(matches!(end(&explanation, &told, Supposition::WrittenWrongly), End::Untold(_)));
    assert!(matches!(end(&explanation, &told, Supposition::RequestLost), End::Untold(_)));
}

#[test]
fn a_refused_read_rules_nothing_out() {
    let explanation = of("CRM", "DEAL|7");
    let keys: Vec<String> = explanation.commands().into_iter().map(|(key, _)| key).collect();
    for code in ["NOT_FOUND", "ACCESS_DENIED", "insufficient_scope", ""] {
        let errors: serde_json::Map<String, Value> =
            keys.iter().skip(2).map(|key| (key.clone(), json!({ "error": code }))).collect();
        let told = judged(&explanation, &json!({ "h0": null, "h1": { "isExisting": true } }), &Value::Object(errors));
        for supposition in [Supposition::ObjectMissing, Supposition::NoChatYet, Supposition::OpenLine] {
            assert!(matches!(end(&explanation, &told, supposition), End::Untold(_)), "{supposition:?} {code}");
        }
    }
}

#[test]
fn a_reply_with_nothing_in_it_tells_nothing() {
    for (entity_type, id) in [("CRM", "D_1663"), ("CALENDAR", "56"), ("TASKS", "1"), ("SONET_GROUP", "9")] {
        let explanation = of(entity_type, id);
        let told = judged(&explanation, &json!([]), &json!([]));
        assert_eq!(told.pair, Answered::Nothing);
        assert!(told.ends.iter().all(|end| matches!(end, End::Untold(_))), "{:?}", told.ends);
    }
}

#[test]
fn text_that_the_portal_would_replace_is_never_in_a_batch() {
    for id in ["$result[h0][ID]", "a $NEXT[x] b", "DEAL $error[1]|5"] {
        let explanation = of("CRM", id);
        assert!(!explanation.can_be_asked() && explanation.commands().is_empty(), "{id}");
    }
}

#[test]
fn every_name_for_machines_is_the_one_it_is_serialized_under() {
    let explanation = explain(&pair("CRM", "DEAL|5"), &Known { others: vec!["b".into()] });
    for hypothesis in explanation.hypotheses {
        assert_eq!(json!(hypothesis.supposition), hypothesis.supposition.key());
    }
}

#[test]
fn everything_that_is_said_is_said_in_russian_too() {
    use crate::domain::language::Language::Ru;
    let is_russian = |phrase: &Phrase| phrase.get(Ru).chars().any(|c| ('а'..='я').contains(&c));
    for (entity_type, id) in [
        ("CRM", "d_0"),
        ("DEAL", "1663"),
        ("LINES", "imol|2"),
        ("LIVECHAT", "livechat|2"),
        ("CALL", "8 900 123-45-67"),
        ("CALL", "UNIFY_CALL_CHAT"),
        ("CALENDAR", "55"),
        ("TASK", "task 5"),
        ("VIDEOCONF", "1"),
        ("X", "1"),
        ("MAIL", "1"),
    ] {
        let explanation = explain(&pair(entity_type, id), &Known { others: vec!["b".into()] });
        assert!(!explanation.hypotheses.is_empty());
        assert!(is_russian(&explanation.outlook()));
        for it in &explanation.hypotheses {
            assert!(is_russian(&it.supposes) && is_russian(&it.evidence), "{it:?}");
        }
        for result in [json!({ "h0": null, "h1": { "isExisting": true } }), json!([])] {
            assert!(judged(&explanation, &result, &json!([])).ends.iter().all(|end| is_russian(&end.words())));
        }
    }
}

fn known_types() -> impl Strategy<Value = String> {
    (0..entity_types::all().len()).prop_map(|at| entity_types::all()[at].name.clone())
}

proptest! {
    #[test]
    fn no_pair_panics_and_only_reading_methods_are_asked(
        entity_type in prop_oneof![known_types(), "\\PC{1,20}", any::<String>()],
        id in prop_oneof!["[A-Za-z_|0-9 -]{1,20}", "\\PC{1,40}", any::<String>(), "sg[0-9]{1,4}", "\\$result\\[h0\\].*"],
        other in any::<String>(),
    ) {
        let Ok(pair) = EntityPair::new(entity_type, id) else { return Ok(()) };
        let explanation = explain(&pair, &Known { others: vec![other] });
        let commands = explanation.commands();
        prop_assert!(commands.len() <= MOST);
        for (_, command) in &commands {
            let (method, params) = command.split_once('?').unwrap_or((command, ""));
            prop_assert!(METHODS.iter().any(|(known, _)| *known == method), "{}", command);
            prop_assert!(params.split('&').all(|param| !param.to_uppercase().starts_with("DIALOG_ID")), "{}", command);
        }
        for (name, value) in explanation.probes.iter().flat_map(|probe| probe.params()) {
            prop_assert!(*name != "DIALOG_ID");
            prop_assert!(!probe::is_reference(value) || value.ends_with("][PARENT_ID]"), "{}", value);
        }
        for hypothesis in &explanation.hypotheses {
            for phrase in [&hypothesis.supposes, &hypothesis.evidence] {
                prop_assert!(!phrase.en().chars().any(crate::domain::visible::is_hidden));
            }
        }
    }

    #[test]
    fn no_result_panics(text in any::<String>(), number in any::<i64>()) {
        for value in [json!(text), json!(number), json!([text]), json!({ "ID": text }), json!({ "ID": number, "PARENT_ID": number }), json!([{ "CHAT_ID": number }])] {
            for (entity_type, id) in [("CRM", "DEAL|5"), ("CALENDAR", "5"), ("TASKS", "5")] {
                let explanation = of(entity_type, id);
                let all: serde_json::Map<String, Value> =
                    explanation.commands().into_iter().map(|(key, _)| (key, value.clone())).collect();
                let told = judged(&explanation, &Value::Object(all), &json!([]));
                prop_assert_eq!(told.ends.len(), explanation.hypotheses.len());
            }
        }
    }
}
