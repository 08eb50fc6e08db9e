//! The first tokens of an app, from the portal's own page: it is opened in a browser, and what comes back
//! is caught by a listener on this machine or pasted here. A code lives 30 seconds, so it is exchanged at
//! once (protocol.md, 6.2).

use std::time::Duration;

use tokio::runtime::Builder;

use super::Ended;
use super::input;
use crate::cli::output;
use crate::cli::signals::interrupted;
use crate::domain::authorization::{self, Authorization, CODE_LIFE};
use crate::domain::chain::Chain;
use crate::domain::credential::Secret;
use crate::domain::profile::Connection;
use crate::portal::oauth::{Grant, Listener, Patience, TokenRequest, Why};
use crate::portal::{self, Client};
use crate::store::profiles::{Entry, Kind};

/// How long somebody may take to sign in.
const PATIENCE: Duration = Duration::from_secs(600);

pub fn run(entry: &Entry, client_secret: Secret, port: Option<u16>) -> Result<Chain, Ended> {
    let Kind::OAuth { client_id, auth_server } = &entry.kind else {
        return Err(Ended::usage("--code-flow is for apps"));
    };
    let runtime = Builder::new_current_thread().enable_all().build().map_err(Ended::ours)?;
    let state = state()?;
    let page = authorization::authorize_url(&entry.root, client_id, &state);
    runtime.block_on(async {
        let found = match port {
            Some(port) => listen(page.as_str(), &state, port).await?,
            None => paste(page.as_str(), &state)?,
        };
        let request = TokenRequest {
            grant: Grant::Code(found.code),
            client_id: client_id.clone(),
            client_secret: client_secret.clone(),
            endpoint: auth_server.clone(),
            root: entry.root.clone(),
            // The certificate of the authorization server is always checked: it gets the app's secret.
            connection: Connection { insecure_tls: false, ..entry.connection.clone() },
            known: Vec::new(),
        };
        let client = Client::new(portal::Options::default());
        match client.tokens(&request, Patience::default()).await {
            Ok(tokens) => {
                let mut chain = tokens.begin(client_id.as_str(), client_secret);
                chain.token_endpoint = auth_server.clone().or(chain.token_endpoint);
                Ok(chain)
            }
            Err(ended) => {
                let words = format!(
                    "{} No profile was added. A code works once and lives {} s: begin again for another one.",
                    ended.why.words(),
                    CODE_LIFE.as_secs()
                );
                Err(if matches!(ended.why, Why::Refused(_)) {
                    Ended::refused(words)
                } else {
                    Ended::not_reached(words)
                })
            }
        }
    })
}

async fn listen(page: &str, state: &str, port: u16) -> Result<Authorization, Ended> {
    let listener = Listener::bind(port)
        .await
        .map_err(|error| Ended::ours(format!("port {port} of this machine cannot be used: {error}")))?;
    output::words("Open this page in a browser of this machine and sign in as the user who is to be asked for:");
    output::line(page).map_err(Ended::ours)?;
    output::words(&format!(
        "The browser comes back to {}, which has to stand in the app's settings. A refusal is shown by the portal alone \
         and never comes back; Ctrl-C ends the waiting.",
        listener.redirect_address()
    ));
    tokio::select! {
        found = listener.wait(state) => Ok(found),
        () = interrupted() => Err(Ended::Left),
        () = tokio::time::sleep(PATIENCE) => Err(Ended::not_reached(format!(
            "The browser did not come back within {} minutes. No profile was added.", PATIENCE.as_secs() / 60
        ))),
    }
}

fn paste(page: &str, state: &str) -> Result<Authorization, Ended> {
    if !input::is_terminal() {
        return Err(Ended::usage("without a terminal to paste the code on, --code-flow needs --listen PORT"));
    }
    output::words("Open this page in a browser and sign in as the user who is to be asked for:");
    output::line(page).map_err(Ended::ours)?;
    output::words(&format!(
        "The portal then sends the browser to another address, with a code in it that lives {} s. Press Enter as it does, \
         to see the time, and paste the whole address here; nothing of it is shown.",
        CODE_LIFE.as_secs()
    ));
    let mut text = input::secret(&|_| "Address or code: ".to_owned())?;
    if text.trim().is_empty() {
        text = input::secret(&|passed| match CODE_LIFE.saturating_sub(passed).as_secs() {
            0 => "Address or code (the code has probably ended; open the page again): ".to_owned(),
            left => format!("Address or code ({left} s left): "),
        })?;
    }
    authorization::read(&text, state).map_err(Ended::usage)
}

/// Nobody can guess it, so that no other page can slip its own code in.
fn state() -> Result<String, Ended> {
    let mut bytes = [0; 16];
    rustls::crypto::ring::default_provider()
        .secure_random
        .fill(&mut bytes)
        .map_err(|_| Ended::ours("the system gives no random numbers"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
