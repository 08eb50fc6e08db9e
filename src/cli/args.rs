//! What can be typed after `b24chat`. No argument ever takes a secret: arguments are seen by everyone on
//! the machine and stay in the shell's history.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args as Arguments, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::profile::args::ProfileCommand;
use crate::demo;
use crate::domain::language::Language;
use crate::domain::lookup::DEFAULT_TIMEOUT;
use crate::domain::snippet::Idiom;

#[derive(Debug, Parser)]
#[command(
    name = "b24chat",
    version,
    about = "Finds the chat of a Bitrix24 entity and shows everything the portal said",
    long_about = "Finds the chat that belongs to a Bitrix24 entity: a deal, a task, a group, an open line.\n\n\
                  It calls one REST method, im.chat.get, and shows everything the portal said on the way.\n\
                  Without a command it starts the explorer.",
    after_help = "b24chat get --help has examples and the exit codes.",
    after_long_help = ENVIRONMENT
)]
pub struct Args {
    /// Ask the embedded demo portal
    #[arg(long, global = true)]
    pub demo: bool,
    /// Ask the portal of this profile
    #[arg(short, long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Seconds that a whole request may take, such as 10 or 2.5
    #[arg(long, global = true, value_name = "S", value_parser = timeout, default_value = "65")]
    pub timeout: Duration,
    /// The language of explanations and advice: en or ru; without it, that of the settings, then of LANG
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Language>,
    /// Add to this file what the program does, step by step; never secrets
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Look up one pair and print the chat's id
    Get(Get),
    /// Find out why a pair has no chat
    Explain(Explain),
    /// List or export the lookups that were made
    #[command(subcommand)]
    History(HistoryCommand),
    /// Find out which part of a credential or a connection is wrong
    Doctor(Doctor),
    /// Write the same call in another language; nothing is sent
    Code(Code),
    /// Add, list, show, choose and remove portals
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// Serve the demo portal on this machine until interrupted
    Demo(Demo),
}

#[derive(Debug, Arguments)]
#[command(after_help = GET_HELP)]
pub struct Get {
    /// The entity type, such as CRM; or, alone, something that names both: a page's address, 'deal 1663', JSON
    #[arg(value_name = "TYPE|PASTED")]
    pub first: String,
    /// The entity id, such as 'DEAL|1663' (in quotes: the bar means something to the shell)
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    pub second: Option<String>,
    /// Print one JSON object with everything that is known, whatever the end
    #[arg(long, conflicts_with = "raw")]
    pub json: bool,
    /// Print the reply's body as it came
    #[arg(long)]
    pub raw: bool,
}

#[derive(Debug, Arguments)]
#[command(after_help = EXPLAIN_HELP)]
pub struct Explain {
    /// The entity type, such as CRM; or, alone, something that names both: a page's address, 'deal 1663', JSON
    #[arg(value_name = "TYPE|PASTED")]
    pub first: String,
    /// The entity id, such as 'DEAL|1663' (in quotes: the bar means something to the shell)
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    pub second: Option<String>,
    /// Print one JSON object with every hypothesis and its end
    #[arg(long)]
    pub json: bool,
}

impl Command {
    /// Its name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Get(_) => "get",
            Self::Explain(_) => "explain",
            Self::History(HistoryCommand::List(_)) => "history list",
            Self::History(HistoryCommand::Export(_)) => "history export",
            Self::Doctor(_) => "doctor",
            Self::Code(_) => "code",
            Self::Profile(profile) => profile.name(),
            Self::Demo(_) => "demo",
        }
    }
}

#[derive(Debug, Arguments)]
#[command(after_help = CODE_HELP)]
pub struct Code {
    /// curl, js, bx24, php, crest, go, python, http or powershell
    #[arg(value_name = "LANG")]
    pub idiom: Idiom,
    /// The entity type, such as CRM; or, alone, something that names both: a page's address, 'deal 1663', JSON
    #[arg(value_name = "TYPE|PASTED")]
    pub first: String,
    /// The entity id, such as 'DEAL|1663' (in quotes: the bar means something to the shell)
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    pub second: Option<String>,
    /// Write the secret into the code; without it a variable of the environment stands there
    #[arg(long)]
    pub with_secret: bool,
}

#[derive(Debug, Arguments)]
#[command(after_help = DOCTOR_HELP)]
pub struct Doctor {
    /// Print one JSON object with every rung
    #[arg(long)]
    pub json: bool,
    /// Examine this profile beside the first, and say where they differ
    #[arg(long, value_name = "NAME")]
    pub against: Option<String>,
    /// Write a report without secrets, to be pasted into a ticket; - prints it instead of the ladder
    #[arg(long, value_name = "FILE|-")]
    pub report: Option<PathBuf>,
    /// Leave the portal's host and the names of people out of the report
    #[arg(long, requires = "report")]
    pub hide_names: bool,
}

impl Doctor {
    /// The report takes the place of the ladder on standard output.
    pub fn report_goes_to_output(&self) -> bool {
        self.report.as_deref() == Some(Path::new("-"))
    }
}

#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// List lookups, newest first
    List(List),
    /// Write all records as JSON lines, oldest first
    Export(Export),
}

#[derive(Debug, Arguments)]
pub struct List {
    /// Only lookups that hold all these words, in any case: in the pair, the portal or how it ended
    #[arg(value_name = "WORDS")]
    pub filter: Vec<String>,
    /// How many at most
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Print one JSON object per line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Arguments)]
pub struct Export {
    /// Only lookups that hold all these words, in any case: in the pair, the portal or how it ended
    #[arg(value_name = "WORDS")]
    pub filter: Vec<String>,
}

#[derive(Debug, Arguments)]
pub struct Demo {
    /// The port to listen on; without it the system chooses one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
}

/// What `--help` ends with.
const ENVIRONMENT: &str = "\
Environment:
  B24CHAT_WEBHOOK      the portal to ask: a webhook's address, code included
  B24CHAT_PORTAL       or the portal's address, with an OAuth access token for it in
  B24CHAT_TOKEN        this one; both are passed over where B24CHAT_WEBHOOK is set
  B24CHAT_DATA_DIR     the folder of the history, and of secrets where no keyring keeps them
  B24CHAT_CONFIG_DIR   the folder of the files of profiles and settings
  LC_ALL, LC_MESSAGES, LANG   the language of explanations, where nothing else names one
  B24CHAT_KEYRING      off: secrets are kept in a file that only you can read
  NO_COLOR             the explorer uses no colours
  HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE as everywhere

Which portal is asked: the demo with --demo, else the profile of -p, else the one that
the environment names, else the active profile.

Secrets come from the environment, a prompt or standard input. An argument that holds one
is refused, because arguments are seen by everyone on the machine.

b24chat get --help has examples and the exit codes.";

/// What `get --help` ends with.
const GET_HELP: &str = "\
Examples:
  b24chat get CRM 'DEAL|1663'
  b24chat get 'deal 1663'
  b24chat get https://acme.bitrix24.com/company/personal/user/1/tasks/task/view/8293/
  b24chat get '{\"ENTITY_TYPE\":\"CRM\",\"ENTITY_ID\":\"LEAD|13\"}' --json
  b24chat --demo get CRM 'DEAL|1663'

The portal to ask is that of -p NAME, or of B24CHAT_WEBHOOK, or of B24CHAT_PORTAL and B24CHAT_TOKEN, or of
the active profile.
The chat's id is on standard output, words are on standard error.

Exit codes:
    0  found
    1  no chat: the portal answered null
    2  usage or invalid input; nothing was sent
    3  refused by the portal, with an error code
    4  not reached: name, connection, TLS, time, moved
    5  the reply is no answer
    6  this program's own files failed
  130  interrupted";

/// What `explain --help` ends with.
const EXPLAIN_HELP: &str = "\
Examples:
  b24chat explain CRM deal-1663
  b24chat explain TASKS 8293 --json
  b24chat --demo explain CRM D_1663

One request goes out, a batch of at most 50 commands that only read; which methods and scopes
is said before. It asks the pair itself, what may have been meant, and, where the scopes
allow, whether the object exists. Nothing is added to the history.

Exit codes:
    0  a chat was found: the pair's own, or another that was meant
    1  no chat
    2  usage or invalid input; nothing was sent
    3  refused by the portal, with an error code
    4  not reached: name, connection, TLS, time, moved
    5  the reply is no answer
    6  this program's own files failed
  130  interrupted";

/// What `code --help` ends with.
const CODE_HELP: &str = "\
Languages:
  curl        a shell and curl; by webhook or by access token, as the profile has it
  js          JavaScript with @bitrix24/b24jssdk
  bx24        JavaScript in a page of the portal, with BX24.js
  php         PHP with bitrix24/b24phpsdk
  crest       PHP with CRest
  go          Go with bitrix24/b24gosdk
  python      Python with b24pysdk
  http        a .http file of an editor
  powershell  PowerShell

Examples:
  b24chat code curl CRM 'DEAL|1663'
  b24chat code js 'deal 1663' > chat.mjs
  b24chat -p acme code python https://acme.bitrix24.com/crm/deal/details/1663/

The code is on standard output, words are on standard error. Nothing is sent. The portal's address is that of
the profile that get would ask; where none is named, an invented one stands there.

Exit codes:
    0  written
    2  usage or invalid input, or --with-secret and no portal is named
    6  this program's own files failed";

/// What `doctor --help` ends with.
const DOCTOR_HELP: &str = "\
It sends at most three requests for a profile, which only read. Each gets 20 seconds unless
--timeout says otherwise. A token that has ended is replaced, as a lookup would, and the
ladder climbed once more.

Exit codes, by the first rung that does not hold:
    0  healthy
    2  the profile cannot be used as it is; nothing was sent
    3  refused by the portal, with an error code
    4  not reached: name, connection, TLS, time, moved
    5  what came back is no answer of a portal
    6  this machine's clock, or this program's own files
  130  interrupted";

/// Reads the arguments.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Args, clap::Error> {
    let command = Args::command().mut_subcommand("demo", |demo| demo.after_help(scenarios()));
    Args::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

/// The table that `b24chat demo --help` ends with.
fn scenarios() -> String {
    let scenarios = demo::scenarios();
    let columns = scenarios.iter().map(|scenario| scenario.code.len()).max().unwrap_or(0);
    let rows: Vec<String> =
        scenarios.iter().map(|scenario| format!("  {:columns$}  {}", scenario.code, scenario.what)).collect();
    format!(
        "Scenarios: put one of these in the place of the webhook's code, http://127.0.0.1:PORT/rest/1/CODE/\n{}",
        rows.join("\n")
    )
}

fn timeout(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| format!("{text} is not a number of seconds, such as 10 or 2.5"))?;
    if seconds > 0.0 && seconds <= 86_400.0 {
        return Ok(Duration::from_secs_f64(seconds));
    }
    Err(format!(
        "a request can be given more than 0 and at most 86400 seconds; the usual is {}",
        DEFAULT_TIMEOUT.as_secs()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_default_timeout_is_the_domains() {
        let args = parse(["b24chat".into()]).unwrap();
        assert_eq!(args.timeout, DEFAULT_TIMEOUT);
    }

    #[test]
    fn a_timeout_that_cannot_be_is_refused() {
        for wrong in ["0", "-1", "x", "nan", "inf", "1e9"] {
            assert!(timeout(wrong).is_err(), "{wrong}");
        }
        assert_eq!(timeout("2.5"), Ok(Duration::from_millis(2500)));
    }
}
