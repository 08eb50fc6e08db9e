//! `b24chat profile add`: what the arguments say and the secret that comes from elsewhere become an entry of
//! the file and a secret in its home.

use std::path::{self, Path};

use serde_json::{Map, Value};

use super::args::Add;
use super::input::{self, NoInput};
use super::{Ended, code_flow};
use crate::cli::{language, output};
use crate::domain::address::RestRoot;
use crate::domain::credential::{Credential, Secret};
use crate::domain::language::{Language, Phrase};
use crate::domain::pasted;
use crate::domain::profile::Connection;
use crate::domain::token_reply;
use crate::session::opening;
use crate::store::Places;
use crate::store::profiles::{Entry, Kind, Profiles, SecretPlace};
use crate::store::secrets::{self, Secrets, Stored};

pub fn run(places: &Places, asked: &Add) -> Result<(), Ended> {
    // Nobody should type a secret for a name that cannot be used.
    check_name(places, &asked.name)?;
    let place = place(asked);
    let (mut entry, stored) = match (asked.oauth, place) {
        (true, SecretPlace::Store) => {
            let entry = app(asked)?;
            let chain = tokens(asked, &entry)?;
            (entry, Some(chain))
        }
        (true, place) => (Entry { secret: place, ..app(asked)? }, None),
        (false, SecretPlace::Store) => webhook(asked).map(|(entry, stored)| (entry, Some(stored)))?,
        (false, place) => (webhook_elsewhere(asked, place)?, None),
    };
    entry.colour = asked.colour;
    entry.plan = asked.plan.unwrap_or_default();
    entry.connection = connection(asked)?;
    check_scheme(&entry)?;
    if entry.connection.insecure_tls {
        output::words("INSECURE: the portal's certificate is not checked. Anyone on the way can read the secret.");
    }
    let added = opening::add(places, &entry, stored.as_ref()).map_err(Ended::ours)?;
    for note in &added.notes {
        output::sentence(note);
    }
    let (name, host) = (&entry.name, entry.root.host());
    output::words(&format!("Added {name}: {} at {host}. Its secret is {}.", opening::whose(&entry), added.home));
    if stored.is_none() {
        look_there(places, &entry);
    }
    let profiles = Profiles::load(&places.profiles_file()).map_err(Ended::ours)?;
    match profiles.active() {
        Some(active) if active.name == *name => output::words("It is the active profile."),
        _ => output::words(&format!("b24chat profile use {name} makes it the active one.")),
    }
    Ok(())
}

fn check_name(places: &Places, name: &str) -> Result<(), Ended> {
    let mut profiles = Profiles::load(&places.profiles_file()).map_err(Ended::ours)?;
    let root = "https://portal.invalid/rest/".parse().ok().and_then(|url| RestRoot::from_url(url).ok());
    let Some(root) = root else { return Ok(()) };
    // In memory alone.
    profiles.add(&Entry::new(name, root, Kind::Webhook { user: "1".to_owned() })).map_err(Ended::usage)
}

fn place(asked: &Add) -> SecretPlace {
    if let Some(name) = &asked.env {
        return SecretPlace::Env(name.clone());
    }
    if let Some(words) = &asked.command {
        return SecretPlace::Command(words.clone());
    }
    asked.secret_file.as_deref().map_or(SecretPlace::Store, |path| SecretPlace::File(absolute(path)))
}

/// The entry of an app, its secret aside.
fn app(asked: &Add) -> Result<Entry, Ended> {
    let (root, notes) = pasted::portal_root(asked.portal.as_deref().unwrap_or_default()).map_err(refused)?;
    tell(&notes);
    let auth_server = match &asked.auth_server {
        Some(text) => Some(auth_server(text)?),
        None => None,
    };
    let client_id = asked.client_id.clone().unwrap_or_default();
    let entry = Entry::new(&asked.name, root, Kind::OAuth { client_id, auth_server });
    check_scheme(&Entry { connection: connection(asked)?, ..entry.clone() })?;
    Ok(entry)
}

/// An address that was not taken.
fn refused(why: Phrase) -> Ended {
    Ended::usage(language::said(&why))
}

fn tell(notes: &[Phrase]) {
    notes.iter().for_each(|note| output::sentence(&language::said(note)));
}

/// The token endpoint. Its host alone is as good.
fn auth_server(text: &str) -> Result<url::Url, Ended> {
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let wrong = "--auth-server is no address: type it as https://oauth.bitrix.info/oauth/token/";
    let mut url: url::Url = whole.parse().map_err(|_| Ended::usage(wrong))?;
    if !url.has_host() || !matches!(url.scheme(), "https" | "http") || !url.username().is_empty() {
        return Err(Ended::usage(wrong));
    }
    if url.path() == "/" {
        url.set_path("/oauth/token/");
    }
    Ok(url)
}

/// The first tokens, from wherever they come.
fn tokens(asked: &Add, entry: &Entry) -> Result<Stored, Ended> {
    let mut given = if asked.secrets_from_stdin { input::object()? } else { Map::new() };
    if asked.code_flow {
        let client_secret = match given.get("client_secret").and_then(Value::as_str) {
            Some(secret) => Secret::new(secret.trim()),
            None if asked.secrets_from_stdin => {
                return Err(Ended::usage("standard input has no member client_secret, and the app's code needs it"));
            }
            None => Secret::new(ask("Secret of the app (client_secret): ")?.trim()),
        };
        return Ok(Stored::OAuth(code_flow::run(entry, client_secret, asked.listen)?));
    }
    if !asked.secrets_from_stdin {
        for (member, words) in [
            ("access_token", "Access token: "),
            ("refresh_token", "Refresh token (Enter for none): "),
            ("client_secret", "Secret of the app, client_secret (Enter for none): "),
        ] {
            let text = ask(words)?;
            if !text.trim().is_empty() {
                given.insert(member.to_owned(), text.trim().into());
            }
        }
    }
    // Somebody's kept reply of the authorization server says where it lives.
    let server = given.get("server_endpoint").and_then(Value::as_str).and_then(token_reply::token_endpoint);
    let stored = secrets::from_json(&Value::Object(given), entry).map_err(|why| given_wrongly(asked, &why))?;
    let Stored::OAuth(mut chain) = stored else { return Ok(stored) };
    chain.token_endpoint = chain.token_endpoint.or(server);
    let missing = [
        (chain.refresh.is_none(), "no refresh token"),
        (chain.client_secret.is_none(), "no client_secret"),
        (chain.client_id.is_empty(), "no client_id"),
    ];
    let missing: Vec<_> = missing.iter().filter(|(is_missing, _)| *is_missing).map(|(_, what)| *what).collect();
    if !missing.is_empty() {
        output::words(&format!(
            "There is {}, so the access token works until it ends and cannot be replaced.",
            missing.join(" and ")
        ));
    }
    Ok(Stored::OAuth(chain))
}

/// A webhook from the prompt or from standard input.
fn webhook(asked: &Add) -> Result<(Entry, Stored), Ended> {
    if !asked.secrets_from_stdin {
        let text = ask("Webhook's address, code included (nothing is shown): ")?;
        return webhook_from(asked, &text);
    }
    let given = input::object()?;
    match given.get("webhook").and_then(Value::as_str) {
        Some(text) => webhook_from(asked, text),
        None if given.contains_key("access_token") => {
            Err(Ended::usage("standard input holds tokens of an app: add --oauth, --portal URL and --client-id ID"))
        }
        None => Err(Ended::usage("standard input has no member webhook, which holds the webhook's address")),
    }
}

fn webhook_from(asked: &Add, text: &str) -> Result<(Entry, Stored), Ended> {
    // A code alone, where the arguments say whose it is.
    if !text.contains('/')
        && let (Some(portal), Some(user)) = (&asked.portal, &asked.user)
    {
        let (root, _) = pasted::portal_root(portal).map_err(refused)?;
        let entry = Entry::new(&asked.name, root, Kind::Webhook { user: user.clone() });
        let object = serde_json::json!({ "webhook": text.trim() });
        let stored = secrets::from_json(&object, &entry).map_err(|why| given_wrongly(asked, &why))?;
        return Ok((entry, stored));
    }
    let (root, credential, notes) = pasted::webhook(text).map_err(refused)?;
    tell(&notes);
    let Credential::Webhook { user, secret } = credential else { return Err(Ended::usage("this is no webhook")) };
    if let Some(portal) = &asked.portal {
        let (expected, _) = pasted::portal_root(portal).map_err(refused)?;
        if expected != root {
            let (host, expected) = (root.host(), expected.host());
            return Err(refused(Phrase::new(
                format!("the webhook is one of {host}, and --portal says {expected}"),
                format!("это вебхук портала {host}, а в --portal указан {expected}"),
            )));
        }
    }
    if asked.user.as_ref().is_some_and(|expected| *expected != user) {
        return Err(refused(Phrase::new(
            "the webhook is another user's than --user says",
            "это вебхук не того пользователя, который указан в --user",
        )));
    }
    Ok((Entry::new(&asked.name, root, Kind::Webhook { user }), Stored::Webhook(secret)))
}

/// A webhook that stays in a place of the user's own. Whose it is, is said by the arguments or read there.
fn webhook_elsewhere(asked: &Add, place: SecretPlace) -> Result<Entry, Ended> {
    if let (Some(portal), Some(user)) = (&asked.portal, &asked.user) {
        let (root, notes) = pasted::portal_root(portal).map_err(refused)?;
        tell(&notes);
        let kind = Kind::Webhook { user: user.clone() };
        return Ok(Entry { secret: place, ..Entry::new(&asked.name, root, kind) });
    }
    let text = secrets::read_own(&place).map_err(Ended::ours)?.unwrap_or_default();
    if !text.contains('/') {
        return Err(Ended::usage(
            "the secret there does not say whose it is: add --portal URL and --user ID, or put the whole address there",
        ));
    }
    let (entry, _) = webhook_from(asked, &text)?;
    Ok(Entry { secret: place, ..entry })
}

/// What a place of the user's own holds is looked at once, so that a mistake is seen now.
fn look_there(places: &Places, entry: &Entry) {
    match Secrets::new(places).read(entry) {
        Ok(Stored::OAuth(_)) => output::words(
            "b24chat only reads there: when the access token ends it has to be renewed there, by whoever keeps it.",
        ),
        Ok(Stored::Webhook(_)) => {}
        Err(why) => output::sentence(&why.to_string()),
    }
}

fn connection(asked: &Add) -> Result<Connection, Ended> {
    let ca_file = asked.ca_file.as_deref().map(absolute);
    if let Some(path) = &ca_file
        && let Err(error) = std::fs::metadata(path)
    {
        return Err(Ended::usage(format!("the file {} cannot be used: {error}", path.display())));
    }
    let (allow_http, insecure_tls, proxy) = (asked.allow_http, asked.insecure_tls, asked.proxy.clone());
    Ok(Connection { allow_http, insecure_tls, ca_file, proxy })
}

fn check_scheme(entry: &Entry) -> Result<(), Ended> {
    entry.root.check_scheme(entry.connection.allow_http).map_err(|why| {
        refused(Phrase::new(
            format!("{why}. Where there is no other way, --allow-http permits it"),
            format!("{}. Если иначе никак, --allow-http это разрешает", why.words().get(Language::Ru)),
        ))
    })
}

fn given_wrongly(asked: &Add, why: &str) -> Ended {
    let place = if asked.secrets_from_stdin { "on standard input" } else { "that was typed" };
    Ended::usage(format!("the secret {place} cannot be used: {why}"))
}

fn ask(words: &str) -> Result<zeroize::Zeroizing<String>, NoInput> {
    input::secret(&|_| words.to_owned())
}

fn absolute(path: &Path) -> path::PathBuf {
    path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
