//! Why null: what may lie behind "no chat" for a pair, most likely first, each supposition with what
//! suggests it and, where one request can settle it, a probe. All probes of an explanation travel in one
//! batch, all of them only read, and an end claims no more than the replies support (protocol.md, 1.4,
//! 1.5 and 5).

mod judging;
mod probe;
mod suppositions;
mod words;

use serde::Serialize;

use super::entity::EntityPair;
use super::language::Phrase;
use super::reply::ChatId;

pub use judging::{Answered, Explained, Judgement, judge, judge_reply};
pub use probe::{METHODS, Probe};
pub use suppositions::explain;

/// A batch takes this many commands.
pub const MOST: usize = 50;

/// What a hypothesis supposes. The name is stable: machines read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Supposition {
    /// The pair is written wrongly and another was meant.
    WrittenWrongly,
    /// The type is another than the one the chat has.
    OtherType,
    /// A form of the same id that is documented, or stored, as well.
    OtherForm,
    /// The id names a chat, not an entity.
    ChatItself,
    /// The number is 0: an object that was not saved.
    Zero,
    /// Chats of the type carry no id.
    NoId,
    /// The id holds no part that could be asked with.
    IdUnknown,
    /// The event's chat belongs to another copy of it.
    CalendarCopy,
    /// The task names a chat of its own.
    TaskChat,
    /// The clients' chats of the object are those of an open line.
    OpenLine,
    /// The object does not exist.
    ObjectMissing,
    /// The object is there and nobody has opened its chat.
    NoChatYet,
    /// The portal keeps one such chat for each user.
    PerUser,
    /// An extranet user made the chat, and its pair was dropped.
    ExtranetCreator,
    /// Another profile of the same portal would be answered otherwise.
    OtherProfile,
    /// The request lost its parameters on the way.
    RequestLost,
}

impl Supposition {
    /// Its name for machines.
    pub fn key(self) -> &'static str {
        match self {
            Self::WrittenWrongly => "written_wrongly",
            Self::OtherType => "other_type",
            Self::OtherForm => "other_form",
            Self::ChatItself => "chat_itself",
            Self::Zero => "zero",
            Self::NoId => "no_id",
            Self::IdUnknown => "id_unknown",
            Self::CalendarCopy => "calendar_copy",
            Self::TaskChat => "task_chat",
            Self::OpenLine => "open_line",
            Self::ObjectMissing => "object_missing",
            Self::NoChatYet => "no_chat_yet",
            Self::PerUser => "per_user",
            Self::ExtranetCreator => "extranet_creator",
            Self::OtherProfile => "other_profile",
            Self::RequestLost => "request_lost",
        }
    }
}

/// One thing that may be so.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypothesis {
    pub supposition: Supposition,
    /// What it supposes, in a sentence. What it quotes is safe to look at.
    pub supposes: Phrase,
    /// What suggests it.
    pub evidence: Phrase,
    test: Test,
}

/// How a hypothesis comes to its end. Numbers are those of probes.
#[derive(Clone, Debug, PartialEq)]
enum Test {
    /// The chat of this pair, which was meant.
    Pair(usize, EntityPair),
    /// The chat of the event's own original, whose number the event tells.
    Copy { event: usize, chat: usize },
    /// A chat that the task tells.
    OfTask(usize),
    /// Chats that the open lines tell.
    OfOpenLines(usize),
    /// Whether the object can be read.
    Object(usize),
    /// Whether the object can be read while this pair of its own finds nothing.
    NoChatYet { pair: usize, object: Option<usize> },
    /// Whether parameters arrive.
    Lost,
    /// No request can settle it, and why.
    Untold(Phrase),
}

/// An explanation before anything was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    pub pair: EntityPair,
    pub hypotheses: Vec<Hypothesis>,
    /// In the order in which they travel: the first is the pair itself, the second tells whether
    /// parameters arrive.
    probes: Vec<Probe>,
}

/// What is known besides the pair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The other profiles of the same portal.
    pub others: Vec<String>,
}

/// How a hypothesis ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// There is a chat: of which pair, where it is known to be one's.
    Found { pair: Option<EntityPair>, chat: ChatId },
    /// It is not so, and what shows that.
    RuledOut(Phrase),
    /// It cannot be told, because …
    Untold(Phrase),
}

impl End {
    /// Its name for machines.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Found { .. } => "found_instead",
            Self::RuledOut(_) => "ruled_out",
            Self::Untold(_) => "cannot_be_told",
        }
    }

    /// One character, another for each kind: meaning does not rest on colour.
    pub fn mark(&self) -> &'static str {
        match self {
            Self::Found { .. } => "●",
            Self::RuledOut(_) => "✗",
            Self::Untold(_) => "?",
        }
    }

    /// The end in a sentence.
    pub fn words(&self) -> Phrase {
        match self {
            Self::Found { pair: Some(pair), chat } => words::found_pair(pair, *chat),
            Self::Found { pair: None, chat } => words::found_chat(*chat),
            Self::RuledOut(why) => words::ruled_out(why),
            Self::Untold(why) => words::untold(why),
        }
    }
}

impl Explanation {
    /// The commands of the batch under their keys, in order. None at all where the pair cannot travel in
    /// a batch.
    pub fn commands(&self) -> Vec<(String, String)> {
        self.probes.iter().enumerate().map(|(at, probe)| (key(at), probe.command())).collect()
    }

    /// Whether there is anything to send.
    pub fn can_be_asked(&self) -> bool {
        !self.probes.is_empty()
    }

    /// The methods that go out, each once, with the scope that each needs.
    pub fn methods(&self) -> Vec<(&'static str, Option<&'static str>)> {
        let mut methods = Vec::new();
        for probe in &self.probes {
            if !methods.contains(&(probe.method, probe.scope())) {
                methods.push((probe.method, probe.scope()));
            }
        }
        methods
    }

    /// What the pair itself was answered, in a sentence.
    pub fn headline(&self, pair: &Answered) -> Phrase {
        words::headline(&self.pair, pair)
    }

    /// What will be sent, in a sentence.
    pub fn outlook(&self) -> Phrase {
        words::outlook(self.probes.len(), &self.methods())
    }
}

impl Hypothesis {
    /// Whether the batch asks about it.
    pub fn is_asked(&self) -> bool {
        !matches!(self.test, Test::Untold(_) | Test::NoChatYet { object: None, .. })
    }
}

/// The key of a probe: nothing that looks like a number, because lists come back otherwise.
fn key(at: usize) -> String {
    format!("h{at}")
}

#[cfg(test)]
mod tests;
