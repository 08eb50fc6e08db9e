//! `b24chat get`: one lookup, its chat's id on standard output, the rest in words or JSON.

use std::io;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::runtime::Builder;

use super::args::Get;
use super::keeping::Opening;
use super::question::{self, Question};
use super::signals::interrupted;
use super::source::Choice;
use super::{Exit, json, language, output, source, tell};
use crate::domain::entity::EntityPair;
use crate::domain::failure::Failure;
use crate::domain::language::Phrase;
use crate::domain::lookup::{End, Lookup};
use crate::domain::phases::Phases;
use crate::domain::profile::Profile;
use crate::domain::record::Record;
use crate::domain::reply::{ChatId, Outcome};
use crate::domain::visible;
use crate::portal::{self, Client};
use crate::session::opening;
use crate::session::{Answer, Session};

/// Nobody notices a wait as short as this.
const AT_ONCE: Duration = Duration::from_millis(300);

/// For a refresh to end after an interruption.
const SETTLING: Duration = Duration::from_secs(10);

pub fn run(asked: &Get, choice: Choice, timeout: Duration) -> Exit {
    match question::understand(&asked.first, asked.second.as_deref()) {
        Ok(Question::Chat { id, host }) => already_a_chat(id, host.as_deref(), asked),
        Ok(Question::Pair { pair, how, host, warnings }) => {
            look_up(pair, Said { how, host, warnings }, asked, choice, timeout)
        }
        Err(why) => refuse(&why),
    }
}

/// What there is to say about a pair besides the answer.
struct Said {
    how: Option<String>,
    host: Option<String>,
    warnings: Vec<String>,
}

fn look_up(pair: EntityPair, said: Said, asked: &Get, choice: Choice, timeout: Duration) -> Exit {
    let Ok(runtime) = Builder::new_current_thread().enable_all().build() else {
        output::words("The system gives this program no means to reach the network.");
        return Exit::OurFault;
    };
    runtime.block_on(async {
        let asker = match source::open(choice, Client::new(portal::Options::default())).await {
            Ok(asker) => asker,
            Err((exit, why)) => {
                output::sentence(&why);
                return exit;
            }
        };
        let profile = asker.session.profile();
        if let Err(why) = profile.root.check_scheme(profile.connection.allow_http) {
            return refuse(&output::as_sentence(&language::said(&why.words())));
        }
        // What was made of a pasted text is said before anything is sent.
        if let Some(how) = &said.how {
            output::sentence(how);
        }
        for warning in &said.warnings {
            output::sentence(warning);
        }
        if let Some(host) = said.host.filter(|host| *host != profile.root.host()) {
            let asked = profile.root.host();
            output::words(&language::said(&Phrase::new(
                format!("The page is on {host}; this lookup asks {asked}."),
                format!("Страница находится на {host}, а запрос идёт к {asked}."),
            )));
        }
        // A person is told about the portal at once. A script that gets its chat is not.
        let mut asides = asker.notes.clone();
        if output::is_watched() && !asked.json {
            asides.drain(..).for_each(|aside| output::sentence(&aside));
        }
        let lookup = Lookup { pair, profile, timeout };
        let opening = Opening::start();
        let at = Timestamp::now();
        let answer = ask(&asker.session, &lookup).await;
        let record = Record::new(&answer.lookup, at, answer.end);
        // Written before it is shown; trouble with that never hides the answer.
        opening.keep(&record);
        for notice in &answer.notices {
            output::words(&notice.words());
        }
        if let (Some(places), Some(learned)) = (&asker.places, &answer.learned)
            && let Err(why) = opening::learn(places, &lookup.profile.name, learned)
        {
            output::sentence(&why);
        }
        show(&record, &asides, asked)
    })
}

fn refuse(why: &str) -> Exit {
    output::words(why);
    Exit::Usage
}

fn already_a_chat(id: ChatId, host: Option<&str>, asked: &Get) -> Exit {
    if asked.raw {
        return refuse(&language::said(&Phrase::new(
            "That names a chat itself: nothing is asked, so there is no reply to print. Leave out --raw.",
            "Это уже сам чат: запроса не будет, и ответа для печати нет. Уберите --raw.",
        )));
    }
    if asked.json {
        return printed(output::json(&mut io::stdout().lock(), &json::chat(id, host)), Exit::Found);
    }
    if output::is_watched() {
        output::words(&language::said(&Phrase::new(
            "That names a chat itself, so nothing was asked.",
            "Это уже сам чат, поэтому ничего не запрошено.",
        )));
    }
    printed(output::line(&id.to_string()), Exit::Found)
}

async fn ask(session: &Session, lookup: &Lookup) -> Answer {
    let profile: &Profile = &lookup.profile;
    let (host, credential) = (profile.root.host(), profile.credential.words());
    tracing::info!(
        target: "b24chat::cli", profile = %visible::line(&profile.name), portal = %visible::line(&host),
        credential = %visible::line(&credential), pair = %visible::line(&lookup.pair.to_string()), timeout = ?lookup.timeout,
        "asking"
    );
    let begun = Instant::now();
    let answer = tokio::select! {
        answer = session.ask(lookup, &|_| {}) => answer,
        () = interrupted() => {
            let after = begun.elapsed();
            let end = End::Failed {
                failure: Failure::Cancelled { after }, phases: Phases { total: after, ..Phases::default() }
            };
            settle(session).await;
            Answer { end, lookup: lookup.clone(), learned: None, notices: Vec::new() }
        }
    };
    let total = answer.end.phases().total;
    match &answer.end {
        End::Answered(reply) => {
            let (outcome, bytes) = (json::outcome(&answer.end), reply.body.len());
            tracing::info!(target: "b24chat::cli", outcome, status = reply.status, bytes, ?total, "answered");
        }
        End::Failed { failure, .. } => {
            let outcome = json::outcome(&answer.end);
            tracing::info!(target: "b24chat::cli", outcome, code = failure.code(), ?total, "no reply");
        }
    }
    answer
}

/// Lets a refresh that has begun end: between the server's answer and the disk, the only copy of the new
/// tokens is in this process. Who insists on leaving leaves.
async fn settle(session: &Session) {
    let settled = session.settle();
    tokio::pin!(settled);
    if tokio::time::timeout(AT_ONCE, &mut settled).await.is_ok() {
        return;
    }
    output::words("The tokens are just being replaced; this waits a moment, so that the new ones are not lost.");
    tokio::select! {
        () = settled => {}
        () = interrupted() => {}
        () = tokio::time::sleep(SETTLING) => {}
    }
}

/// Prints the answer in the form that was asked for: data to standard output, words beside it.
fn show(record: &Record, asides: &[String], asked: &Get) -> Exit {
    let exit = Exit::from(&record.end);
    if asked.json {
        return printed(output::json(&mut io::stdout().lock(), &json::lookup(record)), exit);
    }
    if exit != Exit::Found {
        asides.iter().for_each(|aside| output::sentence(aside));
    }
    if let Some(headline) = tell::headline(record) {
        output::words(&headline);
    }
    let data = match &record.end {
        End::Answered(reply) if asked.raw => output::bytes(&reply.body),
        End::Answered(reply) => match &reply.outcome {
            Outcome::Chat(id) => output::line(&id.to_string()),
            _ => Ok(()),
        },
        End::Failed { .. } => Ok(()),
    };
    // Whoever wants the bytes has the whole story in them; otherwise the words tell it.
    let is_told = asked.raw && matches!(record.end, End::Answered(_));
    if let Some(explanation) = tell::explanation(record).filter(|_| !is_told) {
        tell::explain(&explanation);
    }
    printed(data, exit)
}

/// The exit code after printing. A reader that went away early is not our failure.
pub fn printed(result: io::Result<()>, exit: Exit) -> Exit {
    match result {
        Ok(()) => exit,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit,
        Err(error) => {
            output::words(&format!("The answer could not be printed: {error}."));
            Exit::OurFault
        }
    }
}
