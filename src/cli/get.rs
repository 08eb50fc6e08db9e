//! `b24chat get`: one lookup, its chat's id on standard output, the rest in words or JSON.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::runtime::Builder;

use super::args::Get;
use super::{Exit, json, output, source};
use crate::demo;
use crate::domain::entity::EntityPair;
use crate::domain::error_code::{self, Explanation};
use crate::domain::failure::Failure;
use crate::domain::lookup::{End, Lookup};
use crate::domain::pasted::{self, Pasted};
use crate::domain::phases::Phases;
use crate::domain::profile::Profile;
use crate::domain::record::Record;
use crate::domain::reply::{ChatId, Outcome};
use crate::portal::{self, Client};
use crate::store::StoreError;
use crate::store::history::{History, Opened};
use crate::tui::runtime::demo_profile;

pub fn run(asked: &Get, demo: bool, timeout: Duration) -> Exit {
    let question = match question(asked) {
        Ok(question) => question,
        Err(why) => return refuse(&why),
    };
    let (pair, host) = match question {
        Question::Pair { pair, host } => (pair, host),
        Question::Chat(id) => return already_a_chat(id),
    };
    let Ok(runtime) = Builder::new_current_thread().enable_all().build() else {
        output::words("The system gives this program no means to reach the network.");
        return Exit::OurFault;
    };
    // The history opens while the portal is asked.
    let opening = Opening::start(source::history_file());
    runtime.block_on(async {
        let (profile, _portal) = match profile(demo).await {
            Ok(profile) => profile,
            Err(why) => return refuse(&why),
        };
        if let Some(host) = host.filter(|host| *host != profile.root.host()) {
            output::words(&format!("The page is on {host}; this lookup asks {}.", profile.root.host()));
        }
        if let Err(why) = profile.root.check_scheme(profile.connection.allow_http) {
            return refuse(&format!("{why}."));
        }
        let lookup = Lookup { pair, profile: Arc::new(profile), timeout };
        let at = Timestamp::now();
        let end = ask(&lookup).await;
        let record = Record::new(&lookup, at, end);
        // Written before it is shown; trouble with that never hides the answer.
        if let Err(why) = opening.keep(&record) {
            output::words(&why);
        }
        show(&record, asked)
    })
}

enum Question {
    Pair { pair: EntityPair, host: Option<String> },
    Chat(ChatId),
}

fn question(asked: &Get) -> Result<Question, String> {
    if let Some(id) = &asked.second {
        let pair =
            EntityPair::new(asked.first.as_str(), id.as_str()).map_err(|why| format!("Nothing was sent: {why}."))?;
        return Ok(Question::Pair { pair, host: None });
    }
    match pasted::understand(&asked.first) {
        Pasted::Pair { pair, how, host, warnings } => {
            output::words(&how);
            for warning in warnings {
                output::words(&warning);
            }
            Ok(Question::Pair { pair, host })
        }
        Pasted::Chat { id, .. } => Ok(Question::Chat(id)),
        Pasted::Credential { .. } => Err(
            "That address holds a secret, and arguments are seen by everyone on this machine. Nothing was sent. Put the \
             address into the environment variable B24CHAT_WEBHOOK and give the pair alone, for example: b24chat get CRM \
             'DEAL|1663'. A secret that was typed here is in the shell's history now: remove it there, or make a new one."
                .to_owned(),
        ),
        Pasted::Refused(why) => Err(format!("Nothing was sent: {why}")),
        Pasted::Plain => Err(
            "One argument alone has to be something that names both type and id: a page's address, deal 1663, \
             DEAL|1663, JSON. Otherwise give both, for example: b24chat get TASKS_TASK 8293. Nothing was sent."
                .to_owned(),
        ),
    }
}

fn refuse(why: &str) -> Exit {
    output::words(why);
    Exit::Usage
}

fn already_a_chat(id: ChatId) -> Exit {
    output::words("That names a chat itself, so nothing was asked.");
    printed(output::line(&id.to_string()), Exit::Found)
}

/// The profile to ask through, and the demo portal behind it, which serves as long as it is held.
async fn profile(demo: bool) -> Result<(Profile, Option<demo::DemoPortal>), String> {
    if !demo {
        return source::from_environment().map(|profile| (profile, None));
    }
    let portal = demo::start(demo::Options::default())
        .await
        .map_err(|error| format!("The demo portal could not be started on this machine: {error}."))?;
    Ok((demo_profile(&portal)?, Some(portal)))
}

async fn ask(lookup: &Lookup) -> End {
    let begun = Instant::now();
    let client = Client::new(portal::Options::default());
    tokio::select! {
        end = client.ask(lookup, &|_| {}) => end,
        () = interrupted() => {
            let after = begun.elapsed();
            End::Failed { failure: Failure::Cancelled { after }, phases: Phases { total: after, ..Phases::default() } }
        }
    }
}

/// Resolves when the process is told to end. Where signals cannot be listened to, it never does.
#[cfg(unix)]
pub async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};

    let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
    let [Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)] = kinds.map(signal) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
}

/// Resolves when the process is told to end.
#[cfg(not(unix))]
pub async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// The history, being opened on a thread of its own.
struct Opening(Result<JoinHandle<Result<Opened, StoreError>>, String>);

impl Opening {
    fn start(file: Result<PathBuf, String>) -> Self {
        Self(file.map(|path| thread::spawn(move || History::open(&path))))
    }

    /// Keeps a record; tells when an older file had to be set aside.
    fn keep(self, record: &Record) -> Result<(), String> {
        let opened = self.0?.join().map_err(|_| "The history could not be opened.".to_owned())?;
        let Opened { mut history, set_aside } = opened.map_err(|error| error.to_string())?;
        let kept = history.keep(record).map_err(|error| error.to_string())?;
        for set_aside in set_aside.into_iter().chain(kept.set_aside) {
            output::words(&set_aside.to_string());
        }
        Ok(())
    }
}

fn show(record: &Record, asked: &Get) -> Exit {
    let exit = Exit::from(&record.end);
    if asked.json {
        let mut out = std::io::stdout().lock();
        return printed(output::json(&mut out, &json::lookup(record)), exit);
    }
    if asked.raw
        && let End::Answered(reply) = &record.end
    {
        return printed(output::bytes(&reply.body), exit);
    }
    if let End::Answered(reply) = &record.end
        && let Outcome::Chat(id) = reply.outcome
    {
        return printed(output::line(&id.to_string()), exit);
    }
    tell(record);
    exit
}

/// In words, what came instead of a chat's id.
fn tell(record: &Record) {
    match &record.end {
        End::Failed { failure, .. } => {
            output::words(&format!("No reply: {failure}."));
            explain(error_code::of_failure(failure));
        }
        End::Answered(reply) => match &reply.outcome {
            Outcome::Chat(_) => {}
            Outcome::NoChat => {
                output::words(&format!("No chat for {}.", record.pair));
                explain(&error_code::of_no_chat(&record.pair));
            }
            Outcome::Refused(error) => {
                let code = if error.code.is_empty() { "an error without a code" } else { &error.code };
                let description = error.description.as_ref().map_or(String::new(), |words| format!(": \"{words}\""));
                output::words(&format!("Refused: {code} (status {}){description}", reply.status));
                explain(&error_code::of_error(&error.code));
            }
            Outcome::Unreadable(unreadable) => {
                let likeness = unreadable.looks_like.code().replace('_', " ");
                let detail = unreadable.detail.as_ref().map_or(String::new(), |words| format!(": {words}"));
                output::words(&format!("Not an answer: {likeness} (status {}){detail}", reply.status));
                explain(error_code::of_page(unreadable.looks_like));
            }
        },
    }
}

fn explain(explanation: &Explanation) {
    output::words(&explanation.meaning);
    for cause in &explanation.causes {
        output::words(&format!("- {cause}"));
    }
    for words in explanation.proves.iter().chain(&explanation.advice) {
        output::words(words);
    }
    let waiting = explanation.waiting.words();
    if !waiting.is_empty() {
        output::words(&waiting);
    }
}

/// The exit code after printing. A reader that went away early is not our failure.
pub fn printed(result: std::io::Result<()>, exit: Exit) -> Exit {
    match result {
        Ok(()) => exit,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => exit,
        Err(error) => {
            output::words(&format!("The answer could not be printed: {error}."));
            Exit::OurFault
        }
    }
}
