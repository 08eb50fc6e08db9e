//! From replies to ends. A null rules a pair out only as asked by this user now; a refused read of an
//! object rules nothing out; an empty answer may be a matter of rights.

use serde_json::Value;

use super::probe::scope_of;
use super::{End, Explanation, Test, words};
use crate::domain::batch::{Ran, Results};
use crate::domain::entity::EntityPair;
use crate::domain::failure::Failure;
use crate::domain::language::Phrase;
use crate::domain::reply::{ApiError, ChatId, LooksLike, Parts, Said, Unreadable, said};

/// What the batch told.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What the pair itself was answered.
    pub pair: Answered,
    /// One for each hypothesis, in their order.
    pub ends: Vec<End>,
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq)]
pub enum Explained {
    Judged(Judgement),
    /// The batch itself was refused, with this status.
    Refused(ApiError, u16),
    /// What came is no answer of a portal.
    Unreadable(Unreadable, u16),
    Failed(Failure),
}

impl Explained {
    /// In a sentence, where nothing could be judged; empty otherwise. Foreign text in it is not yet safe
    /// to look at.
    pub fn words(&self) -> Phrase {
        match self {
            Self::Judged(_) => Phrase::new("", ""),
            Self::Refused(error, status) => {
                let said = error.description.as_deref().map_or(String::new(), |words| format!(": \"{words}\""));
                let code = &error.code;
                Phrase::new(
                    format!("Refused: {code} (status {status}){said}"),
                    format!("Отказ: {code} (статус {status}){said}"),
                )
            }
            Self::Unreadable(unreadable, status) => {
                let likeness = unreadable.looks_like.code().replace('_', " ");
                Phrase::new(
                    format!("Not an answer: {likeness} (status {status})"),
                    format!("Не ответ портала: {likeness} (статус {status})"),
                )
            }
            Self::Failed(failure) => failure.words().map(|words| format!("{words}.")),
        }
    }
}

/// The answer for one pair.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    Chat(ChatId),
    /// `null`, and whether it is shown that parameters arrive.
    NoChat {
        arrived: bool,
    },
    Refused(ApiError),
    /// Nothing that can be read, or nothing at all.
    Nothing,
}

impl Judgement {
    /// The first chat that was found: the pair's own, else one found instead.
    pub fn chat(&self) -> Option<ChatId> {
        if let Answered::Chat(chat) = self.pair {
            return Some(chat);
        }
        self.ends.iter().find_map(|end| if let End::Found { chat, .. } = end { Some(*chat) } else { None })
    }
}

/// Why a reply tells nothing about the hypotheses.
pub type NoBatch = Result<ApiError, Unreadable>;

/// Judges the reply of the batch.
///
/// # Errors
/// The batch itself was refused, or what came is no answer of a portal.
pub fn judge_reply(explanation: &Explanation, reply: &Parts) -> Result<Judgement, NoBatch> {
    match said(reply).0 {
        Said::Refused(error) => Err(Ok(error)),
        Said::Unreadable(unreadable) => Err(Err(unreadable)),
        Said::Result(result) => match Results::read(&result) {
            Some(results) => Ok(judge(explanation, &results)),
            None => Err(Err(Unreadable {
                detail: Some("the reply is not that of a batch".to_owned()),
                ..LooksLike::WrongShape.into()
            })),
        },
    }
}

/// Judges what became of each command.
pub fn judge(explanation: &Explanation, results: &Results<'_>) -> Judgement {
    let judging = Judging { explanation, results };
    let pair = judging.answered(0);
    let ends = explanation.hypotheses.iter().map(|hypothesis| judging.end(&hypothesis.test, &pair)).collect();
    Judgement { pair, ends }
}

struct Judging<'a> {
    explanation: &'a Explanation,
    results: &'a Results<'a>,
}

impl Judging<'_> {
    fn ran(&self, at: usize) -> Ran {
        self.results.of(&super::key(at))
    }

    fn answered(&self, at: usize) -> Answered {
        match self.ran(at) {
            Ran::Result(Value::Null) => Answered::NoChat { arrived: self.arrived() },
            Ran::Result(value) => value.get("ID").and_then(chat).map_or(Answered::Nothing, Answered::Chat),
            Ran::Refused(error) => Answered::Refused(error),
            Ran::Not => Answered::Nothing,
        }
    }

    /// Whether a command of this batch was answered in a way that it could only be with its parameters.
    fn arrived(&self) -> bool {
        let echoed = matches!(self.ran(1), Ran::Result(value) if value.get("isExisting") == Some(&Value::Bool(true)));
        let found = |at| matches!(self.ran(at), Ran::Result(value) if value.get("ID").is_some());
        echoed || (0..self.explanation.probes.len()).any(found)
    }

    fn end(&self, test: &Test, pair: &Answered) -> End {
        match test {
            Test::Untold(because) => End::Untold(because.clone()),
            Test::Pair(at, of) => self.of_pair(*at, Some(of)),
            Test::Lost => lost(&self.explanation.pair, pair),
            Test::Object(at) => self.object(*at),
            Test::NoChatYet { pair, object } => self.no_chat_yet(*pair, *object),
            Test::OfTask(at) => self.of_task(*at),
            Test::OfOpenLines(at) => self.of_open_lines(*at),
            Test::Copy { event, chat } => self.copy(*event, *chat),
        }
    }

    fn of_pair(&self, at: usize, of: Option<&EntityPair>) -> End {
        match self.answered(at) {
            Answered::Chat(chat) => End::Found { pair: of.cloned(), chat },
            Answered::NoChat { arrived: true } => End::RuledOut(words::null_for_it()),
            Answered::NoChat { arrived: false } => End::Untold(words::not_shown_to_arrive()),
            Answered::Refused(error) => End::Untold(self.refused(at, &error)),
            Answered::Nothing => End::Untold(words::not_answered()),
        }
    }

    fn refused(&self, at: usize, error: &ApiError) -> Phrase {
        let method = self.explanation.probes.get(at).map_or("", |probe| probe.method);
        match scope_of(method) {
            Some(scope) if error.code.trim().eq_ignore_ascii_case("insufficient_scope") => {
                words::lacks_scope(scope, method)
            }
            _ => words::refused(method, error),
        }
    }

    fn object(&self, at: usize) -> End {
        match self.ran(at) {
            Ran::Result(value) if is_object(&value) => End::RuledOut(words::object_is_there()),
            Ran::Result(_) => End::Untold(words::absent_or_hidden()),
            Ran::Refused(error) => End::Untold(self.refused(at, &error)),
            Ran::Not => End::Untold(words::not_answered()),
        }
    }

    fn no_chat_yet(&self, own: usize, at: Option<usize>) -> End {
        match self.answered(own) {
            Answered::Chat(_) => return End::RuledOut(words::pair_has_a_chat()),
            Answered::NoChat { arrived: true } => {}
            Answered::NoChat { arrived: false } => return End::Untold(words::not_shown_to_arrive()),
            Answered::Refused(error) => return End::Untold(self.refused(own, &error)),
            Answered::Nothing => return End::Untold(words::not_answered()),
        }
        let Some(at) = at else { return End::Untold(words::no_method()) };
        match self.object(at) {
            End::RuledOut(_) => End::Untold(words::likely_no_chat_yet()),
            other => other,
        }
    }

    fn of_task(&self, at: usize) -> End {
        match self.ran(at) {
            Ran::Result(value) if is_object(&value) => {
                match value.pointer("/task/chatId").and_then(chat).filter(|chat| chat.0 > 0) {
                    Some(chat) => End::Found { pair: None, chat },
                    None => End::RuledOut(words::task_tells_no_chat()),
                }
            }
            _ => self.object(at),
        }
    }

    fn of_open_lines(&self, at: usize) -> End {
        match self.ran(at) {
            Ran::Result(Value::Array(list)) => match list.iter().find_map(|it| it.get("CHAT_ID").and_then(chat)) {
                Some(chat) => End::Found { pair: None, chat },
                None if list.is_empty() => End::RuledOut(words::no_open_lines()),
                None => End::Untold(words::not_answered()),
            },
            Ran::Refused(error) => End::Untold(self.refused(at, &error)),
            Ran::Result(_) | Ran::Not => End::Untold(words::not_answered()),
        }
    }

    fn copy(&self, event: usize, at: usize) -> End {
        let value = match self.ran(event) {
            Ran::Result(value) if is_object(&value) => value,
            _ => return self.object(event),
        };
        let Some(parent) = value.get("PARENT_ID").and_then(chat).filter(|parent| parent.0 > 0) else {
            return End::Untold(words::no_parent());
        };
        if value.get("ID").and_then(chat) == Some(parent) {
            return End::Untold(words::is_original());
        }
        let of = EntityPair::new("CALENDAR", parent.to_string()).ok();
        match self.of_pair(at, of.as_ref()) {
            // The other attendees' copies are still there.
            End::RuledOut(_) => End::Untold(words::other_copies(parent.0)),
            end => end,
        }
    }
}

/// An object that was read, in the shapes of the methods that are asked.
fn is_object(value: &Value) -> bool {
    match value {
        Value::Array(list) => list.first().is_some_and(Value::is_object),
        Value::Object(map) => {
            ["item", "task"].iter().any(|name| map.get(*name).is_some_and(Value::is_object)) || map.contains_key("ID")
        }
        _ => false,
    }
}

/// Text or number.
fn chat(value: &Value) -> Option<ChatId> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok()).map(ChatId)
}

fn lost(of: &EntityPair, pair: &Answered) -> End {
    match pair {
        Answered::Chat(chat) => End::Found { pair: Some(of.clone()), chat: *chat },
        Answered::NoChat { arrived: true } => End::RuledOut(words::arrived()),
        Answered::NoChat { arrived: false } => End::Untold(words::not_shown_to_arrive()),
        Answered::Refused(error) => End::Untold(words::refused(crate::domain::lookup::METHOD, error)),
        Answered::Nothing => End::Untold(words::not_answered()),
    }
}
