//! Secrets that somebody put into the file. It may be shared and committed, so they are refused, in
//! known keys and unknown ones alike, and never repeated.

use std::ops::Range;

use toml_edit::{Item, TableLike, Value};

use crate::domain::pasted::{self, Pasted};

/// A value that looks like a secret.
pub struct Found {
    pub span: Option<Range<usize>>,
    /// Where it is, where that can be said: `profile.acme.webhook`.
    pub key: Option<String>,
    /// What to do instead.
    pub instead: &'static str,
}

const ASK: &str = "Take it out, and have a new one made if others have seen the file; then give it to b24chat profile add, which \
                   asks for it and shows nothing, or name a place of your own: secret = { env = \"NAME\" }";

const PROXY: &str = "Take the password out of the proxy's address: the environment variable HTTPS_PROXY may hold it";

/// Parts of names that only secrets have.
const NAMES: [&str; 9] =
    ["webhook", "token", "password", "passwd", "client_secret", "api_key", "apikey", "private_key", "webhook_secret"];

/// Names that are suspicious only as a whole.
const WHOLE_NAMES: [&str; 3] = ["auth", "code", "secret"];

/// Tokens have 70 hexadecimal digits (protocol.md, 6.1); a member id has 32.
const TOKEN_LENGTH: usize = 60;

/// The first one in the table or below it.
pub fn find(table: &dyn TableLike) -> Option<Found> {
    in_table(table, "")
}

fn in_table(table: &dyn TableLike, name: &str) -> Option<Found> {
    table.iter().find_map(|(key, item)| {
        let path = if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
        if let Some(text) = item.as_str() {
            return instead_of(key, text).map(|instead| found(item, &path, instead));
        }
        match item {
            Item::ArrayOfTables(tables) => tables.iter().find_map(|table| in_table(table, &path)),
            Item::Value(Value::Array(array)) => in_values(array.iter()).then(|| found(item, &path, ASK)),
            _ => in_table(item.as_table_like()?, &path),
        }
    })
}

fn found(item: &Item, path: &str, instead: &'static str) -> Found {
    // Somebody's own key may be a secret itself.
    let is_plain = !path.split('.').any(is_secret);
    Found { span: item.span(), key: is_plain.then(|| path.to_owned()), instead }
}

fn in_values<'a>(mut values: impl Iterator<Item = &'a Value>) -> bool {
    values.any(|value| match value {
        Value::String(text) => is_secret(text.value()),
        Value::Array(array) => in_values(array.iter()),
        Value::InlineTable(table) => in_table(table, "").is_some(),
        _ => false,
    })
}

fn instead_of(key: &str, text: &str) -> Option<&'static str> {
    let key = key.to_ascii_lowercase().replace('-', "_");
    if text.is_empty() {
        return None;
    }
    if key == "proxy" && has_password(text) {
        return Some(PROXY);
    }
    let is_place = key == "secret" && text == "store";
    let is_name = NAMES.iter().any(|name| key.contains(name)) || WHOLE_NAMES.contains(&key.as_str());
    ((is_name && !is_place) || is_secret(text)).then_some(ASK)
}

fn has_password(proxy: &str) -> bool {
    let rest = proxy.split_once("://").map_or(proxy, |(_, rest)| rest);
    rest.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}

fn is_secret(text: &str) -> bool {
    let is_token = text.len() >= TOKEN_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_token
        || (text.contains("/rest")
            && matches!(pasted::understand(text), Pasted::Credential { credential: Some(_), .. }))
}
