//! `b24chat profile list` and `show`.

use std::io::{self, Write};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use serde_json::{Value, json};

use super::{Ended, known};
use crate::cli::output;
use crate::domain::profile::{Colour, Plan, without_password};
use crate::session::opening;
use crate::store::Places;
use crate::store::profiles::{Entry, Kind, Profiles};
use crate::store::secrets::{Secrets, Stored};
use crate::tui::ui::text;

pub fn list(places: &Places, as_json: bool) -> Result<(), Ended> {
    let profiles = Profiles::load(&places.profiles_file()).map_err(Ended::ours)?;
    if profiles.entries().is_empty() {
        output::words("There are no profiles yet: b24chat profile add NAME makes one.");
    }
    let active = profiles.active().map(|entry| entry.name.as_str());
    let widest = |of: &dyn Fn(&Entry) -> usize| profiles.entries().iter().map(of).max().unwrap_or(0);
    let (names, hosts) = (widest(&|entry| entry.name.len()), widest(&|entry| text::width(&entry.root.host())));
    for entry in profiles.entries() {
        let is_active = active == Some(entry.name.as_str());
        if as_json {
            print(&object(entry, is_active))?;
            continue;
        }
        let mark = if is_active { '*' } else { ' ' };
        let host = entry.root.host();
        let gap = hosts - text::width(&host);
        let insecure = if entry.connection.insecure_tls { "  INSECURE: CERTIFICATE NOT CHECKED" } else { "" };
        line(&format!("{mark} {:names$}  {host}{:gap$}  {}{insecure}", entry.name, "", opening::whose(entry),))?;
    }
    Ok(())
}

pub fn one(places: &Places, name: &str, as_json: bool) -> Result<(), Ended> {
    let profiles = known(places, name)?;
    let entry = profiles.entry(name).map_err(Ended::usage)?;
    let is_active = profiles.active().is_some_and(|active| active.name == name);
    let found = Found::look(places, entry);
    if as_json {
        let mut object = object(entry, is_active);
        object["secret"] = found.home.as_ref().ok().map(String::as_str).into();
        object["token_expires_at"] = json!(found.expires_at().map(|ends| ends.to_string()));
        object["refreshable"] = json!(found.is_refreshable());
        print(&object)?;
    } else {
        for (key, words) in rows(entry, is_active, &found) {
            line(&format!("{key:12}{words}"))?;
        }
    }
    found.notes.iter().for_each(|note| output::sentence(note));
    found.home.map(drop).map_err(Ended::ours)
}

/// What the place of the secret says without giving it away.
struct Found {
    home: Result<String, String>,
    /// `None` where it is no chain, or in a place that is not looked into for this.
    chain: Option<Chain>,
    notes: Vec<String>,
}

struct Chain {
    expires_at: Option<Timestamp>,
    lacks: Option<&'static str>,
}

impl Found {
    fn look(places: &Places, entry: &Entry) -> Self {
        let secrets = Secrets::new(places);
        let mut home = secrets.home_of(entry).map_err(|why| why.to_string());
        let mut chain = None;
        // A command of the user's own may ask for a password; nobody asked for the secret here.
        if home.is_ok() && entry.secret.is_ours() {
            match secrets.read(entry) {
                Ok(Stored::OAuth(stored)) => {
                    let lacks = [
                        (stored.refresh.is_none(), "no refresh token is stored"),
                        (stored.client_secret.is_none(), "no client_secret is stored"),
                        (stored.client_id.is_empty(), "the app's client_id is not known"),
                    ];
                    let lacks = lacks.iter().find(|(is_lacking, _)| *is_lacking).map(|(_, what)| *what);
                    chain = Some(Chain { expires_at: stored.expires_at, lacks });
                }
                Ok(Stored::Webhook(_)) => {}
                Err(why) => home = Err(why.to_string()),
            }
        }
        Self { home, chain, notes: secrets.take_notes() }
    }

    fn expires_at(&self) -> Option<Timestamp> {
        self.chain.as_ref().and_then(|chain| chain.expires_at)
    }

    fn is_refreshable(&self) -> Option<bool> {
        self.chain.as_ref().map(|chain| chain.lacks.is_none())
    }
}

fn rows(entry: &Entry, is_active: bool, found: &Found) -> Vec<(&'static str, String)> {
    let mut rows = vec![
        ("name", if is_active { format!("{} (active)", entry.name) } else { entry.name.clone() }),
        ("portal", entry.root.to_string()),
        ("credential", opening::whose(entry)),
        ("secret", found.home.clone().unwrap_or_else(|_| "not found".to_owned())),
    ];
    if let Kind::OAuth { auth_server, .. } = &entry.kind {
        rows.push(("token", token(found)));
        if let Some(url) = auth_server {
            rows.push(("auth server", url.to_string()));
        }
    }
    if let Some(member_id) = &entry.member_id {
        rows.push(("member id", member_id.clone()));
    }
    if let Some(colour) = entry.colour {
        rows.push(("colour", named(&colour)));
    }
    rows.push(("plan", named(&entry.plan)));
    rows.push((
        "tls",
        match (&entry.connection.insecure_tls, &entry.connection.ca_file) {
            (true, _) => "INSECURE: THE CERTIFICATE IS NOT CHECKED (insecure_tls)".to_owned(),
            (false, Some(path)) => format!("checked; certificates in {} are trusted too", path.display()),
            (false, None) => "checked; what this system trusts is trusted".to_owned(),
        },
    ));
    if entry.connection.allow_http {
        rows.push(("http", "PLAIN HTTP IS ALLOWED: EVERYONE ON THE WAY CAN READ THE SECRET (allow_http)".to_owned()));
    }
    let proxy = entry.connection.proxy.as_deref();
    rows.push(("proxy", proxy.map_or("as the environment says".to_owned(), without_password)));
    rows
}

fn token(found: &Found) -> String {
    let Some(chain) = &found.chain else { return "not looked at".to_owned() };
    let when = |ends: Timestamp| ZonedDateTime::new(ends, TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let ends = match chain.expires_at {
        Some(ends) if ends <= Timestamp::now() => format!("ended {}", when(ends)),
        Some(ends) => format!("ends {}", when(ends)),
        None => "its end is not known".to_owned(),
    };
    match chain.lacks {
        Some(lacks) => format!("{ends}; cannot be replaced: {lacks}"),
        None => format!("{ends}; is replaced when it has ended"),
    }
}

fn object(entry: &Entry, is_active: bool) -> Value {
    let (kind, user, client_id, auth_server) = match &entry.kind {
        Kind::Webhook { user } => ("webhook", Some(user), None, None),
        Kind::OAuth { client_id, auth_server } => ("oauth", None, Some(client_id), auth_server.as_ref()),
    };
    json!({
        "name": entry.name,
        "active": is_active,
        "portal": entry.root.to_string(),
        "kind": kind,
        "user": user,
        "client_id": client_id,
        "auth_server": auth_server.map(url::Url::as_str),
        "user_name": entry.user_name,
        "member_id": entry.member_id,
        "colour": entry.colour,
        "plan": entry.plan,
        "ca_file": entry.connection.ca_file,
        "proxy": entry.connection.proxy.as_deref().map(without_password),
        "allow_http": entry.connection.allow_http,
        "insecure_tls": entry.connection.insecure_tls,
    })
}

/// As the file of profiles calls it.
fn named(value: &impl Named) -> String {
    json!(value).as_str().unwrap_or_default().to_owned()
}

trait Named: serde::Serialize {}
impl Named for Colour {}
impl Named for Plan {}

fn print(object: &Value) -> Result<(), Ended> {
    let mut out = io::stdout().lock();
    output::json(&mut out, object).and_then(|()| out.flush()).or_else(unread)
}

fn line(text: &str) -> Result<(), Ended> {
    output::line(text).or_else(unread)
}

/// A reader that went away early is not our failure.
fn unread(error: io::Error) -> Result<(), Ended> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Ok(());
    }
    Err(Ended::ours(format!("this could not be printed: {error}")))
}
