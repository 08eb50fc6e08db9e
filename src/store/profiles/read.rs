//! Reading the file. All of it is checked before any of it is used, and what is wrong is said with its
//! line and key.

use std::ops::Range;
use std::path::Path;

use toml_edit::{Array, Document, Item, TableLike};
use url::Url;

use super::entry::{Entry, Kind, SecretPlace, name_trouble, resolved};
use super::secret_inside;
use super::trouble::{ProfilesTrouble, Spot};
use crate::domain::address::RestRoot;
use crate::domain::pasted;
use crate::domain::profile::{Colour, Connection, Plan};

/// What the file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub active: Option<String>,
    pub entries: Vec<Entry>,
}

/// Reads the text of the file at `path`.
pub fn read(path: &Path, text: &str) -> Result<Reading, ProfilesTrouble> {
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text[..floor(text, at)].rfind('\n').map_or(0, |at| at + 1);
        let key = text[line..].split('=').next().map(str::trim).filter(|key| KEYS.contains(key)).map(str::to_owned);
        let why = format!("this is no valid TOML: {}", error.message().replace('\n', ", "));
        ProfilesTrouble::Broken { place: Spot::at(path, text, floor(text, at), key), why }
    })?;
    let file = File { path, text };
    if let Some(found) = secret_inside::find(document.as_table()) {
        let place = file.spot(found.span, found.key);
        return Err(ProfilesTrouble::SecretInside { place, instead: found.instead });
    }
    let root = Table { file, name: String::new(), table: document.as_table(), span: None };
    let entries = match document.get("profile") {
        None => Vec::new(),
        Some(item) => entries(file, item)?,
    };
    let active = root.text("active")?.filter(|name| !name.value.is_empty());
    if let Some(name) = &active
        && !entries.iter().any(|entry| entry.name == name.value)
    {
        return Err(name.broken(file, "there is no table [profile.…] of this name"));
    }
    Ok(Reading { active: active.map(|name| name.value), entries })
}

/// The keys of the file, which may be named when a line cannot be read at all.
const KEYS: [&str; 16] = [
    "active",
    "portal",
    "rest_root",
    "kind",
    "user",
    "client_id",
    "auth_server",
    "secret",
    "colour",
    "plan",
    "ca_file",
    "proxy",
    "allow_http",
    "insecure_tls",
    "user_name",
    "member_id",
];

fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

fn entries(file: File<'_>, item: &Item) -> Result<Vec<Entry>, ProfilesTrouble> {
    let wanted = "profiles are tables of their own: [profile.NAME]";
    let Some(profiles) = item.as_table_like() else {
        return Err(file.broken(item.span(), Some("profile".to_owned()), wanted));
    };
    let one = |(name, item): (&str, &Item)| {
        let span = profiles.key(name).and_then(toml_edit::Key::span).or_else(|| item.span());
        if let Some(why) = name_trouble(name) {
            return Err(file.broken(span, Some("profile".to_owned()), why));
        }
        let key = format!("profile.{name}");
        match item.as_table_like() {
            Some(table) => entry(name, &Table { file, name: key, table, span }),
            None => Err(file.broken(span, Some(key), wanted)),
        }
    };
    profiles.iter().map(one).collect()
}

fn entry(name: &str, table: &Table<'_>) -> Result<Entry, ProfilesTrouble> {
    let folder = table.file.path.parent().unwrap_or(Path::new(""));
    let path = |found: Found<String>| resolved(&found.value, folder);
    Ok(Entry {
        name: name.to_owned(),
        root: root(table)?,
        kind: kind(table)?,
        secret: secret(table, folder)?,
        connection: Connection {
            allow_http: table.truth("allow_http")?,
            insecure_tls: table.truth("insecure_tls")?,
            ca_file: table.text("ca_file")?.map(path),
            proxy: table.text("proxy")?.map(|found| found.value),
        },
        colour: table.choice("colour", &COLOURS)?,
        plan: table.choice("plan", &PLANS)?.unwrap_or_default(),
        member_id: table.text("member_id")?.map(|found| found.value),
        user_name: table.text("user_name")?.map(|found| found.value),
    })
}

pub const COLOURS: [(&str, Colour); 6] = [
    ("red", Colour::Red),
    ("green", Colour::Green),
    ("yellow", Colour::Yellow),
    ("blue", Colour::Blue),
    ("magenta", Colour::Magenta),
    ("cyan", Colour::Cyan),
];

pub const PLANS: [(&str, Plan); 2] = [("standard", Plan::Standard), ("enterprise", Plan::Enterprise)];

fn root(table: &Table<'_>) -> Result<RestRoot, ProfilesTrouble> {
    if let Some(exact) = table.text("rest_root")? {
        let url = Url::parse(&exact.value).map_err(|_| exact.broken(table.file, "this is not an address"))?;
        return RestRoot::from_url(url).map_err(|invalid| exact.broken(table.file, &invalid.to_string()));
    }
    let portal = table.needed("portal", "the portal's address is missing: portal = \"acme.bitrix24.com\"")?;
    match pasted::portal_root(&portal.value) {
        Ok((root, _)) => Ok(root),
        Err(why) => Err(portal.broken(table.file, why.en())),
    }
}

fn kind(table: &Table<'_>) -> Result<Kind, ProfilesTrouble> {
    let missing = "the kind of credential is missing: kind = \"webhook\" or kind = \"oauth\"";
    match table.choice("kind", &[("webhook", true), ("oauth", false)])? {
        None => Err(table.broken(missing)),
        Some(true) => {
            let missing = "the webhook's user is missing: user = \"27\", the number in its address before the code";
            let user = match table.number_as_text("user") {
                Some(user) => user,
                None => table.needed("user", missing)?.value,
            };
            Ok(Kind::Webhook { user })
        }
        Some(false) => Ok(Kind::OAuth {
            client_id: table.text("client_id")?.map_or_else(String::new, |found| found.value),
            auth_server: table.text("auth_server")?.map(|found| auth_server(table.file, &found)).transpose()?,
        }),
    }
}

/// The token endpoint: of a host alone, the usual place on it (protocol.md, 6.1).
fn auth_server(file: File<'_>, found: &Found<String>) -> Result<Url, ProfilesTrouble> {
    let invalid = |_| found.broken(file, "this is not an address: type it like https://oauth.bitrix.info");
    let mut url = Url::parse(&found.value).map_err(invalid)?;
    RestRoot::from_url(url.clone()).map_err(|invalid| found.broken(file, &invalid.to_string()))?;
    if url.path() == "/" {
        url.set_path("/oauth/token/");
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

fn secret(table: &Table<'_>, folder: &Path) -> Result<SecretPlace, ProfilesTrouble> {
    const WANTED: &str = "say where the secret is: \"store\", { env = \"NAME\" }, { command = [\"pass\", \"show\", \"acme\"] } \
                          or { file = \"path\" }";
    let Some(item) = table.table.get("secret") else { return Ok(SecretPlace::Store) };
    if item.as_str() == Some("store") {
        return Ok(SecretPlace::Store);
    }
    let wrong = || table.file.broken(item.span(), Some(table.key("secret")), WANTED);
    let place = item.as_table_like().ok_or_else(wrong)?;
    let mut keys = place.iter();
    let (Some((key, value)), None) = (keys.next(), keys.next()) else { return Err(wrong()) };
    match (key, value.as_str(), value.as_array().and_then(words)) {
        ("env", Some(name), _) if is_variable(name) => Ok(SecretPlace::Env(name.to_owned())),
        ("command", _, Some(words)) => Ok(SecretPlace::Command(words)),
        ("file", Some(path), _) if !path.is_empty() => Ok(SecretPlace::File(resolved(path, folder))),
        _ => Err(wrong()),
    }
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && !name.contains(['=', '\0'])
}

fn words(array: &Array) -> Option<Vec<String>> {
    let words: Option<Vec<_>> = array.iter().map(|value| value.as_str().map(str::to_owned)).collect();
    words.filter(|words| words.first().is_some_and(|program| !program.is_empty()))
}

#[derive(Clone, Copy)]
struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

impl File<'_> {
    fn spot(&self, span: Option<Range<usize>>, key: Option<String>) -> Spot {
        Spot::at(self.path, self.text, span.map_or(0, |span| span.start), key)
    }

    fn broken(&self, span: Option<Range<usize>>, key: Option<String>, why: &str) -> ProfilesTrouble {
        ProfilesTrouble::Broken { place: self.spot(span, key), why: why.to_owned() }
    }
}

/// A table with its name in full, to say where something is wrong.
struct Table<'a> {
    file: File<'a>,
    name: String,
    table: &'a dyn TableLike,
    span: Option<Range<usize>>,
}

/// A value and where it stands.
struct Found<T> {
    value: T,
    key: String,
    span: Option<Range<usize>>,
}

impl<T> Found<T> {
    fn broken(&self, file: File<'_>, why: &str) -> ProfilesTrouble {
        file.broken(self.span.clone(), Some(self.key.clone()), why)
    }
}

impl Table<'_> {
    fn key(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn broken(&self, why: &str) -> ProfilesTrouble {
        self.file.broken(self.span.clone(), Some(self.name.clone()), why)
    }

    fn text(&self, key: &str) -> Result<Option<Found<String>>, ProfilesTrouble> {
        let Some(item) = self.table.get(key) else { return Ok(None) };
        let found = |value: &str| Found { value: value.to_owned(), key: self.key(key), span: item.span() };
        match item.as_str() {
            Some(value) => Ok(Some(found(value))),
            None => Err(found("").broken(self.file, "a text in quotes is needed here")),
        }
    }

    fn needed(&self, key: &str, missing: &str) -> Result<Found<String>, ProfilesTrouble> {
        self.text(key)?.filter(|found| !found.value.trim().is_empty()).ok_or_else(|| self.broken(missing))
    }

    fn number_as_text(&self, key: &str) -> Option<String> {
        self.table.get(key)?.as_integer().map(|number| number.to_string())
    }

    fn truth(&self, key: &str) -> Result<bool, ProfilesTrouble> {
        let Some(item) = self.table.get(key) else { return Ok(false) };
        item.as_bool().ok_or_else(|| {
            self.file.broken(item.span(), Some(self.key(key)), "true or false is needed here, without quotes")
        })
    }

    fn choice<T: Copy>(&self, key: &str, known: &[(&str, T)]) -> Result<Option<T>, ProfilesTrouble> {
        let Some(found) = self.text(key)? else { return Ok(None) };
        if let Some((_, value)) = known.iter().find(|(name, _)| *name == found.value) {
            return Ok(Some(*value));
        }
        let names: Vec<_> = known.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        Err(found.broken(self.file, &format!("one of {} is needed here", names.join(", "))))
    }
}
