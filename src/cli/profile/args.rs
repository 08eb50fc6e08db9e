//! What can be typed after `b24chat profile`. A secret is nowhere among it.

use std::path::PathBuf;

use clap::{Args as Arguments, Subcommand};

use crate::domain::profile::{Colour, Plan};

#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// Add a portal; its secret is asked for, or read from standard input
    Add(Box<Add>),
    /// List the profiles; * marks the active one
    List(List),
    /// Show everything about a profile but its secret
    Show(Show),
    /// Make a profile the one that is asked when none is named
    Use(Name),
    /// Remove a profile and its secret
    Remove(Name),
    /// Replace the tokens of an OAuth profile now, though nobody asked for it
    Refresh(Refresh),
}

impl ProfileCommand {
    /// Its name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Add(_) => "profile add",
            Self::List(_) => "profile list",
            Self::Show(_) => "profile show",
            Self::Use(_) => "profile use",
            Self::Remove(_) => "profile remove",
            Self::Refresh(_) => "profile refresh",
        }
    }
}

#[derive(Debug, Arguments)]
pub struct Name {
    pub name: String,
}

#[derive(Debug, Arguments)]
pub struct List {
    /// Print one JSON object per line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Arguments)]
pub struct Show {
    pub name: String,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Arguments)]
pub struct Refresh {
    pub name: String,
    /// Do not ask: no other program shares these tokens
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Arguments)]
#[command(after_help = ADD_HELP)]
pub struct Add {
    /// 1 to 40 letters, digits, '-', '_' or '.'
    pub name: String,
    /// The portal's address; a webhook's own address names it too
    #[arg(long, value_name = "URL")]
    pub portal: Option<String>,
    /// The user of a webhook whose code is given alone
    #[arg(long, value_name = "ID", conflicts_with = "oauth")]
    pub user: Option<String>,
    /// Tokens of an OAuth app instead of a webhook
    #[arg(long, requires = "portal")]
    pub oauth: bool,
    /// The app's id; without it tokens cannot be replaced when they end
    #[arg(long, value_name = "ID", requires = "oauth")]
    pub client_id: Option<String>,
    /// The authorization server, where it is not the usual one
    #[arg(long, value_name = "URL", requires = "oauth")]
    pub auth_server: Option<String>,
    /// Get the first tokens from the portal's own page, in a browser
    #[arg(long, requires = "client_id", conflicts_with_all = ["env", "secret_file", "command"])]
    pub code_flow: bool,
    /// The app's settings say http://localhost:PORT: listen there for the browser to come back
    #[arg(long, value_name = "PORT", requires = "code_flow")]
    pub listen: Option<u16>,
    /// Read the secrets from standard input, as one JSON object
    #[arg(long)]
    pub secrets_from_stdin: bool,
    /// The secret is in this environment variable
    #[arg(long, value_name = "NAME", conflicts_with_all = ["secrets_from_stdin", "secret_file", "command"])]
    pub env: Option<String>,
    /// The secret is in this file of your own
    #[arg(long, value_name = "PATH", conflicts_with_all = ["secrets_from_stdin", "command"])]
    pub secret_file: Option<PathBuf>,
    /// The colour of its name: red, green, yellow, blue, magenta, cyan
    #[arg(long, value_parser = known::<Colour>)]
    pub colour: Option<Colour>,
    /// How fast the portal may be asked: standard or enterprise
    #[arg(long, value_parser = known::<Plan>)]
    pub plan: Option<Plan>,
    /// Certificates in PEM to trust beside those of the system
    #[arg(long, value_name = "PATH")]
    pub ca_file: Option<PathBuf>,
    /// The proxy to go through instead of the environment's
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,
    /// Allow plain http: everyone on the way can read the secret
    #[arg(long)]
    pub allow_http: bool,
    /// Do not check the portal's certificate: the same danger
    #[arg(long)]
    pub insecure_tls: bool,
    /// The secret is printed by this program; takes everything after it, so it comes last
    #[arg(long, value_name = "CMD", num_args = 1.., allow_hyphen_values = true, conflicts_with = "secrets_from_stdin")]
    pub command: Option<Vec<String>>,
}

/// What `profile add --help` ends with.
const ADD_HELP: &str = "\
Examples:
  b24chat profile add acme
      asks for the webhook's address and shows nothing of it
  b24chat profile add acme --portal acme.bitrix24.com --oauth --client-id ID --code-flow
  b24chat profile add acme --portal acme.bitrix24.com --oauth --client-id ID \\
      --secrets-from-stdin < tokens.json
  b24chat profile add acme --command pass show acme-webhook

Standard input holds one object: {\"webhook\":\"…\"}, or {\"access_token\":\"…\",
\"refresh_token\":\"…\",\"client_secret\":\"…\"} with \"expires\" where it is known; with
--code-flow {\"client_secret\":\"…\"}.

Secrets are kept in the keyring of the system or in a file that only you can read. They
are never taken from an argument, because arguments are seen by everyone on the machine.";

/// A value by its name in the file of profiles.
fn known<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    let value = serde_json::Value::from(text.to_ascii_lowercase());
    serde_json::from_value(value).map_err(|_| "it is none of those that are known; see --help".to_owned())
}
