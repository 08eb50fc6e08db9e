//! `b24chat doctor`: climbs the ladder and says which part of a profile is wrong, rung by rung as each
//! finishes. The ladder is what was asked for, so it goes to standard output.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::runtime::Builder;

use super::args::Doctor;
use super::get::printed;
use super::signals::interrupted;
use super::source::{self, Asker, Choice};
use super::{Exit, language, output};
use crate::domain::diagnosis::{
    Diagnosis, Finding, Kind, Report, Standing, check_report, compare, if_not_administrator, report,
};
use crate::domain::language::Phrase;
use crate::domain::lookup::DEFAULT_TIMEOUT;
use crate::domain::profile::Profile;
use crate::portal::{Client, Options, doctor};
use crate::session::opening::known_secrets;
use crate::store::Places;

/// For each request, unless the person says otherwise: a doctor does not wait as long as a lookup.
const TIMEOUT: Duration = Duration::from_secs(20);

pub fn run(asked: &Doctor, choice: Choice, timeout: Duration) -> Exit {
    if asked.json && asked.report_goes_to_output() {
        output::words("Standard output takes either the JSON or the report: name a file for the report.");
        return Exit::Usage;
    }
    let timeout = if timeout == DEFAULT_TIMEOUT { TIMEOUT } else { timeout };
    let Ok(runtime) = Builder::new_multi_thread().worker_threads(1).enable_all().build() else {
        output::words("The system gives this program no means to reach the network.");
        return Exit::OurFault;
    };
    runtime.block_on(async {
        let against = asked.against.clone().map(|name| source::choose(false, Some(name)));
        let mut askers = Vec::new();
        for choice in [choice].into_iter().chain(against) {
            match source::open(choice, Client::new(Options::default())).await {
                Ok(asker) => askers.push(asker),
                Err((exit, why)) => {
                    output::words(&why);
                    return exit;
                }
            }
        }
        askers.iter().flat_map(|asker| &asker.notes).for_each(|note| output::sentence(note));
        tokio::select! {
            exit = examine(&askers, asked, timeout) => exit,
            () = interrupted() => Exit::Interrupted,
        }
    })
}

/// Examines one profile, or two one after the other and then side by side.
async fn examine(askers: &[Asker], asked: &Doctor, timeout: Duration) -> Exit {
    let is_told = !asked.json && !asked.report_goes_to_output();
    let (mut profiles, mut diagnoses) = (Vec::new(), Vec::new());
    for Asker { session, .. } in askers {
        let profile = session.profile();
        if askers.len() > 1 && is_told {
            output::words(&format!("{} · {}", profile.name, profile.root.host()));
        }
        let tells = |finding: &Finding| {
            if is_told {
                told(finding);
            }
        };
        let options = doctor::Options { timeout };
        let mut diagnosis = doctor::examine(session.client(), &profile, options, &tells).await;
        let has_ended = diagnosis.broken().is_some_and(|broken| broken.code.as_deref() == Some("expired_token"));
        // A lookup would replace a token that has ended as well.
        if has_ended && session.refresh().await.is_ok() {
            if is_told {
                output::words("The access token had ended and was replaced. Once more with the new one:");
            }
            diagnosis = doctor::examine(session.client(), &session.profile(), options, &tells).await;
        }
        profiles.push((*session.profile()).clone());
        diagnoses.push(diagnosis);
    }
    let exit = diagnoses.first().map_or(Exit::OurFault, exit_of);
    let printed = printed(print(&profiles, &diagnoses, asked), exit);
    match &asked.report {
        Some(file) if printed == exit => write_report(file, &profiles, &diagnoses, asked, exit),
        _ => printed,
    }
}

/// A rung as it finishes.
fn told(finding: &Finding) {
    let took = finding.took.map_or(String::new(), |took| format!("  {:.0} ms", took.as_secs_f64() * 1000.0));
    // A broken pipe is found out when the end is printed.
    let _ = output::item_of_data(
        &format!("{} {:11} ", finding.standing.mark(), finding.rung.name()),
        &format!("{}{took}", finding.found.get(language::spoken())),
    );
    if finding.standing != Standing::Fail {
        return;
    }
    let language = language::spoken();
    let more = finding.cause.iter().chain(&finding.proves).map(|words| (INDENT, words.get(language).to_owned()));
    let steps = finding.advice.iter().map(|step| (STEP, step.get(language).to_owned()));
    let otherwise = finding
        .otherwise
        .iter()
        .map(|words| (INDENT, format!("{}: {}", if_not_administrator(language), words.get(language))));
    for (mark, words) in more.chain(steps).chain(otherwise) {
        let _ = output::item_of_data(mark, &words);
    }
}

const INDENT: &str = "              ";
const STEP: &str = "            → ";

fn print(profiles: &[Profile], diagnoses: &[Diagnosis], asked: &Doctor) -> io::Result<()> {
    if asked.json {
        let objects: Vec<Value> = profiles.iter().zip(diagnoses).map(|(profile, it)| object(profile, it)).collect();
        let value = match <[Value; 1]>::try_from(objects) {
            Ok([one]) => one,
            Err(several) => json!({ "profiles": several, "differs": differing(diagnoses) }),
        };
        return output::json(&mut io::stdout().lock(), &value);
    }
    if asked.report_goes_to_output() {
        return Ok(());
    }
    for diagnosis in diagnoses {
        output::item_of_data("", &language::said(&verdict(diagnosis)))?;
    }
    if diagnoses.len() > 1 {
        let differs = differing(diagnoses);
        let words = if differs.is_empty() {
            Phrase::new("They differ: on no rung.", "Различий нет ни на одной ступени.")
        } else {
            let rungs = differs.join(", ");
            Phrase::new(format!("They differ: {rungs}."), format!("Различаются: {rungs}."))
        };
        output::item_of_data("", &language::said(&words))?;
    }
    Ok(())
}

/// How an examination ended, in one line.
fn verdict(diagnosis: &Diagnosis) -> Phrase {
    let count = diagnosis.requests;
    let requests = if count == 1 { "1 request".to_owned() } else { format!("{count} requests") };
    match diagnosis.broken() {
        Some(broken) => {
            let rung = broken.rung.name();
            Phrase::new(format!("Broken: {rung}. {requests}."), format!("Сломано: {rung}. Запросов: {count}."))
        }
        None => {
            let took = format!("{:.0}", diagnosis.total.as_secs_f64() * 1000.0);
            Phrase::new(
                format!("Healthy. {requests}, {took} ms."),
                format!("Всё в порядке. Запросов: {count}, {took} мс."),
            )
        }
    }
}

fn differing(diagnoses: &[Diagnosis]) -> Vec<&'static str> {
    let [left, right, ..] = diagnoses else { return Vec::new() };
    compare(left, right).into_iter().filter(|row| row.differs).map(|row| row.rung.key()).collect()
}

/// The object of `doctor --json`. The names are a promise; texts in it are never translated.
fn object(profile: &Profile, diagnosis: &Diagnosis) -> Value {
    let milliseconds = |span: Duration| (span.as_secs_f64() * 1_000_000.0).round() / 1000.0;
    let rungs: Vec<Value> = diagnosis
        .findings
        .iter()
        .map(|finding| {
            json!({
                "rung": finding.rung.key(),
                "standing": finding.standing,
                "code": finding.code,
                "found": finding.found.en(),
                "proves": finding.proves.as_ref().map(Phrase::en),
                "cause": finding.cause.as_ref().map(Phrase::en),
                "advice": finding.advice.iter().map(Phrase::en).collect::<Vec<_>>(),
                "otherwise": finding.otherwise.as_ref().map(Phrase::en),
                "took_ms": finding.took.map(milliseconds),
            })
        })
        .collect();
    let broken = diagnosis.broken();
    json!({
        "profile": profile.name,
        "portal": profile.root.host(),
        "healthy": diagnosis.is_healthy(),
        "broken": broken.map(|it| json!({ "rung": it.rung.key(), "code": it.code })),
        "rungs": rungs,
        "requests": diagnosis.requests,
        "total_ms": milliseconds(diagnosis.total),
    })
}

/// The exit code that fits the broken rung.
fn exit_of(diagnosis: &Diagnosis) -> Exit {
    match diagnosis.broken().and_then(Finding::kind) {
        None => Exit::Found,
        Some(Kind::Input) => Exit::Usage,
        Some(Kind::Refused) => Exit::Refused,
        Some(Kind::NotReached) => Exit::NotReached,
        Some(Kind::NotAnAnswer) => Exit::Unreadable,
        Some(Kind::Machine) => Exit::OurFault,
    }
}

/// Writes what may be pasted into a ticket.
fn write_report(file: &Path, profiles: &[Profile], diagnoses: &[Diagnosis], asked: &Doctor, exit: Exit) -> Exit {
    let at = Timestamp::now();
    let texts: Vec<String> = profiles
        .iter()
        .zip(diagnoses)
        .map(|(profile, diagnosis)| {
            let system = std::env::consts::OS;
            let language = language::spoken();
            report(&Report { profile, diagnosis, at, system, language, hides_names: asked.hide_names })
        })
        .collect();
    let mut text = texts.join("\n");
    // Every secret that is kept, not only those that were used: a portal may know more than one of them.
    let kept = Places::from_env().map(|places| known_secrets(&places)).unwrap_or_default();
    let used = profiles.iter().map(|profile| profile.credential.secret());
    if let Err(leak) = check_report(&text, used.chain(&kept)) {
        output::sentence(&leak.to_string());
        text = leak.masked;
    }
    if asked.report_goes_to_output() {
        return printed(output::bytes(text.as_bytes()), exit);
    }
    // Shown before it is saved. Standard output has the ladder, or the JSON.
    output::words("The report, as it is saved:");
    output::report(&text);
    match fs::write(file, text) {
        Ok(()) => {
            output::words(&format!(
                "The report is in {}. It holds no secret; read it before you send it.",
                file.display()
            ));
            exit
        }
        Err(error) => {
            output::words(&format!("The report could not be written to {}: {error}.", file.display()));
            Exit::OurFault
        }
    }
}
