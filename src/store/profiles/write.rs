//! Changing the text of the file: single values are exchanged where they stand, and everything else,
//! comments, order and unknown keys, stays as it was.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Key, Table, TableLike, Value};

use super::entry::{Entry, Kind, SecretPlace};
use super::read::{COLOURS, PLANS};
use super::trouble::ProfilesTrouble;
use crate::domain::address::RestRoot;
use crate::domain::pasted;
use crate::domain::profile::Plan;

/// Adds the table of an entry at the end.
pub fn add(document: &mut DocumentMut, entry: &Entry) -> Result<(), ProfilesTrouble> {
    let mut table = Table::new();
    fill(&mut table, entry)?;
    let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
    let is_empty = document.iter().next().is_none();
    if is_empty && !trailing.trim().is_empty() {
        // Nothing but comments: they stay above what is added.
        document.set_trailing("");
        table.decor_mut().set_prefix(ending_in_blank_line(&trailing));
    }
    let profiles = document.entry("profile").or_insert_with(|| {
        let mut profiles = Table::new();
        profiles.set_implicit(true);
        Item::Table(profiles)
    });
    match profiles {
        Item::Table(profiles) => drop(profiles.insert(&entry.name, Item::Table(table))),
        other => {
            let profiles = other.as_table_like_mut().ok_or(ProfilesTrouble::Unwritable("a profile"))?;
            profiles.insert(&entry.name, Value::InlineTable(table.into_inline_table()).into());
        }
    }
    Ok(())
}

/// Names the profile that is used when none is named; `""` for none.
pub fn set_active(document: &mut DocumentMut, name: &str) {
    if document.contains_key("active") {
        return set(document.as_table_mut(), "active", name);
    }
    let mut key = Key::new("active");
    let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
    if document.iter().next().is_none() && !trailing.trim().is_empty() {
        document.set_trailing("");
        key.leaf_decor_mut().set_prefix(ending_in_blank_line(&trailing));
    }
    let is_first = !document.iter().any(|(_, item)| item.is_value());
    document.as_table_mut().insert_formatted(&key, toml_edit::value(name));
    if is_first && let Some(value) = document.get_mut("active").and_then(Item::as_value_mut) {
        value.decor_mut().set_suffix("\n");
    }
}

/// Writes the portal's address into a profile's table.
pub fn set_root(table: &mut dyn TableLike, root: &RestRoot) {
    let text = root.to_string();
    let is_understood = pasted::portal_root(&text).is_ok_and(|(read, _)| read == *root);
    if table.contains_key("rest_root") || !is_understood {
        set(table, "portal", &root.site());
        set(table, "rest_root", &text);
    } else {
        set(table, "portal", &text);
    }
}

/// Exchanges one value where it stands, or adds it.
pub fn set(table: &mut dyn TableLike, key: &str, text: &str) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(value) => {
            let decor = value.decor().clone();
            *value = text.into();
            *value.decor_mut() = decor;
        }
        None => drop(table.insert(key, toml_edit::value(text))),
    }
}

fn fill(table: &mut Table, entry: &Entry) -> Result<(), ProfilesTrouble> {
    set_root(table, &entry.root);
    let mut put = |key: &str, value: Value| drop(table.insert(key, Item::Value(value)));
    match &entry.kind {
        Kind::Webhook { user } => {
            put("kind", "webhook".into());
            put("user", user.into());
        }
        Kind::OAuth { client_id, auth_server } => {
            put("kind", "oauth".into());
            if !client_id.is_empty() {
                put("client_id", client_id.into());
            }
            if let Some(url) = auth_server {
                put("auth_server", url.as_str().into());
            }
        }
    }
    if let Some(place) = place(&entry.secret)? {
        put("secret", place);
    }
    if let Some((name, _)) = COLOURS.iter().find(|(_, colour)| Some(*colour) == entry.colour) {
        put("colour", (*name).into());
    }
    if let Some((name, _)) = PLANS.iter().find(|(_, plan)| *plan == entry.plan && *plan != Plan::Standard) {
        put("plan", (*name).into());
    }
    if let Some(path) = &entry.connection.ca_file {
        put("ca_file", path.to_str().ok_or(NOT_TEXT)?.into());
    }
    if let Some(proxy) = &entry.connection.proxy {
        put("proxy", proxy.into());
    }
    for (key, is_set) in [("allow_http", entry.connection.allow_http), ("insecure_tls", entry.connection.insecure_tls)]
    {
        if is_set {
            put(key, true.into());
        }
    }
    for (key, text) in [("user_name", &entry.user_name), ("member_id", &entry.member_id)] {
        if let Some(text) = text {
            put(key, text.into());
        }
    }
    Ok(())
}

const NOT_TEXT: ProfilesTrouble = ProfilesTrouble::Unwritable("the path holds signs that are no text");

fn place(secret: &SecretPlace) -> Result<Option<Value>, ProfilesTrouble> {
    let (key, value) = match secret {
        SecretPlace::Store => return Ok(None),
        SecretPlace::Env(name) => ("env", Value::from(name)),
        SecretPlace::Command(words) => ("command", words.iter().collect::<Array>().into()),
        SecretPlace::File(path) => ("file", path.to_str().ok_or(NOT_TEXT)?.into()),
    };
    Ok(Some(InlineTable::from_iter([(key, value)]).into()))
}

fn ending_in_blank_line(comments: &str) -> String {
    format!("{}\n\n", comments.trim_end())
}
