//! The same lookups for scripts: one file per subcommand. Data goes to standard output, words to standard
//! error, and the exit code says how it ended.

mod args;
mod code;
mod demo;
mod doctor;
mod exit;
mod explain;
mod get;
mod guard;
mod history;
mod json;
mod keeping;
mod language;
mod log;
mod output;
mod profile;
mod question;
mod report;
mod signals;
mod source;
mod tell;

use std::ffi::OsString;
use std::time::{Duration, Instant};

use clap::error::ErrorKind;

pub use exit::Exit;

use self::args::{Command, HistoryCommand};
use crate::domain::language::Language;
use crate::tui::app::Ending;
use crate::tui::runtime::{self, NoScreen, Start};

/// Runs the program on its arguments, the first of which is its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    report::install();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let unparsed = language::of_arguments(&arguments);
    let is_about_profiles = arguments.iter().skip(1).any(|argument| argument == "profile");
    if arguments.iter().skip(1).any(guard::holds_secret) {
        let why = if is_about_profiles { guard::secret_for_profile() } else { guard::secret_typed() };
        output::words(why.get(unparsed));
        return Exit::Usage;
    }
    let args = match args::parse(arguments) {
        Ok(args) => args,
        // What stands where nothing is expected may be a secret, and a complaint would repeat it.
        Err(error) if is_about_profiles && error.kind() == ErrorKind::UnknownArgument => {
            output::words(guard::too_many().get(unparsed));
            return Exit::Usage;
        }
        Err(error) => return usage(&error),
    };
    if let Some(path) = &args.log
        && let Err(error) = log::begin(path)
    {
        output::words(&format!("The log {} cannot be written: {error}. Nothing was sent.", path.display()));
        return Exit::OurFault;
    }
    // The explorer reads the settings after its first frame.
    let is_explorer = args.command.is_none();
    let (set, troubles) = if is_explorer { (None, Vec::new()) } else { language::of_settings(args.lang) };
    language::settle(args.lang.or(set).unwrap_or_else(language::of_locale));
    troubles.iter().for_each(|trouble| output::sentence(trouble));
    let begun = Instant::now();
    let command = args.command.as_ref().map_or("explorer", Command::name);
    tracing::info!(target: "b24chat::cli", version = env!("CARGO_PKG_VERSION"), command, demo = args.demo, "started");
    let exit = match args.command {
        None => explore(source::choose(args.demo, args.profile), args.timeout, args.lang),
        Some(Command::Get(asked)) => get::run(&asked, source::choose(args.demo, args.profile), args.timeout),
        Some(Command::Explain(asked)) => {
            explain::run(&asked, source::choose(args.demo, args.profile), args.timeout, language::spoken())
        }
        Some(Command::History(HistoryCommand::List(list))) => history::list(&list),
        Some(Command::History(HistoryCommand::Export(export))) => history::export(&export),
        Some(Command::Doctor(asked)) => doctor::run(&asked, source::choose(args.demo, args.profile), args.timeout),
        Some(Command::Code(asked)) => code::run(&asked, source::choose(args.demo, args.profile)),
        Some(Command::Profile(command)) => profile::run(&command),
        Some(Command::Demo(options)) => demo::run(options.port),
    };
    tracing::info!(target: "b24chat::cli", exit = exit as u8, took = ?begun.elapsed(), "ended");
    exit
}

/// Help and version are asked for and go to standard output; anything else is a mistake.
fn usage(error: &clap::Error) -> Exit {
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Found,
        _ => Exit::Usage,
    }
}

fn explore(choice: source::Choice, timeout: Duration, asked: Option<Language>) -> Exit {
    let start = Start {
        source: source::for_explorer(choice),
        timeout,
        language: language::spoken(),
        language_is_asked: asked.is_some(),
        places: crate::store::Places::from_env().map_err(|error| error.to_string()),
        plain: std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
    };
    match runtime::run(start) {
        Ok(Ending::Asked) => Exit::Found,
        Ok(Ending::Interrupted) => Exit::Interrupted,
        Err(error) => {
            runtime::give_back();
            output::sentence(&error.to_string());
            if matches!(error, NoScreen::Lost(_)) { Exit::OurFault } else { Exit::Usage }
        }
    }
}
