//! `b24chat explain`: why a pair has no chat. The hypotheses and their ends are what was asked for, so they
//! go to standard output; what is about to be sent is said before, on standard error.

use std::io;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::runtime::Builder;

use super::args::Explain;
use super::get::printed;
use super::question::{self, Question};
use super::signals::interrupted;
use super::source::{self, Asker, Choice};
use super::{Exit, output};
use crate::domain::entity::EntityPair;
use crate::domain::explanation::{Answered, End, Explanation, Judgement, Known, explain};
use crate::domain::language::{Language, Phrase};
use crate::domain::lookup;
use crate::domain::phases::Phases;
use crate::domain::reply::ApiError;
use crate::portal::{Client, Options};
use crate::session::explaining::Explained;
use crate::session::opening;

pub fn run(asked: &Explain, choice: Choice, timeout: Duration, language: Language) -> Exit {
    let (pair, how, warnings) = match question::understand(&asked.first, asked.second.as_deref()) {
        Ok(Question::Pair { pair, how, warnings, .. }) => (pair, how, warnings),
        Ok(Question::Chat { id, .. }) => {
            let words = Phrase::new(
                "That names a chat itself: there is nothing to explain, and nothing was asked.",
                "Это уже сам чат: объяснять нечего, ничего не запрошено.",
            );
            output::words(words.get(language));
            return printed(output::line(&id.to_string()), Exit::Found);
        }
        Err(why) => {
            output::words(&why);
            return Exit::Usage;
        }
    };
    let Ok(runtime) = Builder::new_multi_thread().worker_threads(1).enable_all().build() else {
        output::words("The system gives this program no means to reach the network.");
        return Exit::OurFault;
    };
    runtime.block_on(async {
        let asker = match source::open(choice, Client::new(Options::default())).await {
            Ok(asker) => asker,
            Err((exit, why)) => {
                output::sentence(&why);
                return exit;
            }
        };
        let profile = asker.session.profile();
        if let Err(why) = profile.root.check_scheme(profile.connection.allow_http) {
            output::sentence(why.words().get(language));
            return Exit::Usage;
        }
        asker.notes.iter().chain(&warnings).chain(&how).for_each(|note| output::sentence(note));
        let explanation = explain(&pair, &Known { others: others(&asker) });
        output::words(explanation.outlook().get(language));
        if !explanation.can_be_asked() {
            let shown = if asked.json { Ok(()) } else { show(&explanation, None, language) };
            return printed(shown, Exit::Usage);
        }
        let explained = tokio::select! {
            told = asker.session.explain(&explanation, timeout) => {
                for notice in &told.notices {
                    output::words(&notice.words());
                }
                if let (Some(places), Some(learned)) = (&asker.places, &told.learned)
                    && let Err(why) = opening::learn(places, &profile.name, learned)
                {
                    output::sentence(&why);
                }
                told.explained
            }
            () = interrupted() => {
                // A refresh that has begun must not end between the server's answer and the disk.
                let _ = tokio::time::timeout(Duration::from_secs(10), asker.session.settle()).await;
                return Exit::Interrupted;
            }
        };
        told(&asker, &explanation, &explained, asked.json, language)
    })
}

/// The other profiles of the same portal, by name.
fn others(asker: &Asker) -> Vec<String> {
    let profile = asker.session.profile();
    let Some(sketches) = asker.places.as_ref().and_then(|places| opening::sketches(places).ok()) else {
        return Vec::new();
    };
    let host = profile.root.host();
    sketches.into_iter().filter(|it| it.host == host && it.name != profile.name).map(|it| it.name).collect()
}

fn told(asker: &Asker, explanation: &Explanation, explained: &Explained, json: bool, language: Language) -> Exit {
    let exit = exit_of(explained);
    if json {
        return printed(output::json(&mut io::stdout().lock(), &object(asker, explanation, explained)), exit);
    }
    match explained {
        Explained::Judged(judgement) => printed(show(explanation, Some(judgement), language), exit),
        other => {
            output::sentence(other.words().get(language));
            exit
        }
    }
}

/// The hypotheses, with their ends where there are any.
fn show(explanation: &Explanation, judgement: Option<&Judgement>, language: Language) -> io::Result<()> {
    if let Some(judgement) = judgement {
        output::item_of_data("", explanation.headline(&judgement.pair).get(language))?;
    }
    for (at, hypothesis) in explanation.hypotheses.iter().enumerate() {
        let end = judgement.and_then(|judgement| judgement.ends.get(at));
        let (supposes, evidence) = (hypothesis.supposes.get(language), hypothesis.evidence.get(language));
        output::item_of_data(&format!("{} ", end.map_or("·", End::mark)), &format!("{supposes} ({evidence})"))?;
        if let Some(end) = end {
            output::item_of_data("    ", end.words().get(language))?;
        }
    }
    Ok(())
}

fn exit_of(explained: &Explained) -> Exit {
    match explained {
        Explained::Judged(judgement) if judgement.chat().is_some() => Exit::Found,
        Explained::Judged(judgement) => match judgement.pair {
            Answered::Chat(_) => Exit::Found,
            Answered::NoChat { .. } => Exit::NoChat,
            Answered::Refused(_) => Exit::Refused,
            Answered::Nothing => Exit::Unreadable,
        },
        Explained::Refused(..) => Exit::Refused,
        Explained::Unreadable(..) => Exit::Unreadable,
        Explained::Failed(failure) => {
            Exit::from(&lookup::End::Failed { failure: failure.clone(), phases: Phases::default() })
        }
    }
}

/// The object of `explain --json`. The names are a promise; texts in it are never translated.
fn object(asker: &Asker, explanation: &Explanation, explained: &Explained) -> Value {
    let profile = asker.session.profile();
    let judgement = if let Explained::Judged(judgement) = explained { Some(judgement) } else { None };
    let (outcome, error) = match explained {
        Explained::Judged(judgement) => match &judgement.pair {
            Answered::Chat(_) => ("chat", Value::Null),
            Answered::NoChat { .. } => ("no_chat", Value::Null),
            Answered::Refused(refusal) => ("refused", error(refusal)),
            Answered::Nothing => ("unreadable", Value::Null),
        },
        Explained::Refused(refusal, _) => ("refused", error(refusal)),
        Explained::Unreadable(unreadable, _) => {
            ("unreadable", json!({ "code": unreadable.looks_like.code(), "description": unreadable.detail }))
        }
        Explained::Failed(failure) => ("failed", json!({ "code": failure.code(), "description": failure.to_string() })),
    };
    let hypotheses: Vec<Value> = explanation
        .hypotheses
        .iter()
        .enumerate()
        .map(|(at, it)| {
            let end = judgement.and_then(|judgement| judgement.ends.get(at));
            let (found, because) = match end {
                Some(End::Found { pair, chat }) => (
                    json!({ "pair": pair.as_ref().map(pair_object), "chat_id": chat.0, "dialog_id": chat.dialog_id() }),
                    Value::Null,
                ),
                Some(End::RuledOut(why) | End::Untold(why)) => (Value::Null, json!(why.en())),
                None => (Value::Null, Value::Null),
            };
            json!({
                "supposition": it.supposition.key(),
                "supposes": it.supposes.en(),
                "evidence": it.evidence.en(),
                "asked": it.is_asked(),
                "end": end.map(End::key),
                "found": found,
                "because": because,
            })
        })
        .collect();
    let methods: Vec<Value> =
        explanation.methods().into_iter().map(|(method, scope)| json!({ "method": method, "scope": scope })).collect();
    json!({
        "pair": pair_object(&explanation.pair),
        "outcome": outcome,
        "chat_id": judgement.and_then(Judgement::chat).map(|chat| chat.0),
        "hypotheses": hypotheses,
        "methods": methods,
        "commands": explanation.commands().len(),
        "error": error,
        "profile": profile.name,
        "portal": profile.root.host(),
    })
}

fn error(refusal: &ApiError) -> Value {
    json!({ "code": refusal.code, "description": refusal.description })
}

fn pair_object(pair: &EntityPair) -> Value {
    json!({ "type": pair.entity_type(), "id": pair.entity_id() })
}
