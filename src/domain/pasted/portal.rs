//! A portal's address as people type it: a host alone, a page they happen to be on, or the REST root.

use url::Url;

use super::address::{self, Address};
use super::{cloud, page_url, webhook_url};
use crate::domain::address::{InvalidAddress, RestRoot};
use crate::domain::language::Phrase;

/// The REST root of a portal, with notes about what was added, changed or left out. Where the address
/// names no REST root, `/rest/` is added: that is its place unless a self-hosted portal renamed it.
///
/// # Errors
/// A sentence that says what is wrong. When a whole webhook address was given, it does not show it.
pub fn portal_root(text: &str) -> Result<(RestRoot, Vec<Phrase>), Phrase> {
    let text = address::unwrapped(text);
    if text.len() > super::LENGTH_LIMIT {
        return Err(InvalidAddress::NotAnAddress.words());
    }
    let address = read(text)?;
    if let Some(host) = address.url.host_str().filter(|host| cloud::is_other_service(host)) {
        return Err(Phrase::new(
            format!("{host} is the vendor's own host and no portal: type yours, like acme.bitrix24.com"),
            format!("{host} — сервер самого Битрикс24, а не портал: введите свой, например acme.bitrix24.com"),
        ));
    }
    match webhook_url::read(&address) {
        Some(Ok(rest)) if rest.credential.is_some() => Err(Phrase::new(
            "this address holds a secret: give it where a webhook is asked for, and only the portal's here",
            "в этом адресе есть секрет: укажите его там, где просят вебхук, а здесь — только адрес портала",
        )),
        Some(Ok(rest)) => Ok((rest.root, address.notes)),
        Some(Err(sentence)) => Err(sentence),
        None => with_rest(address),
    }
}

fn read(text: &str) -> Result<Address, Phrase> {
    let with_slash = if text.contains('/') { text.to_owned() } else { format!("{text}/") };
    match address::read(&with_slash) {
        Some(Ok(address)) if !address.is_path_only => Ok(address),
        Some(Err(sentence)) => Err(sentence),
        // Not echoed: a code that was pasted into the wrong place looks like a name too.
        _ if is_short_name(text) => Err(Phrase::new(
            "a name alone is not a whole address: type it with its ending, like acme.bitrix24.com",
            "одно имя — ещё не адрес: введите его с окончанием, например acme.bitrix24.com",
        )),
        _ => Err(InvalidAddress::NotAnAddress.words()),
    }
}

fn is_short_name(text: &str) -> bool {
    (1..=63).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// No REST root is named, so it is taken to be below the folder that the portal lives in.
fn with_rest(address: Address) -> Result<(RestRoot, Vec<Phrase>), Phrase> {
    let is_cloud = address.url.host_str().is_some_and(cloud::is_portal);
    let segments = address.segments();
    let folder = if is_cloud { 0 } else { page_url::folder_length(&address).unwrap_or(segments.len()) };
    if segments[..folder].iter().any(looks_like_code) {
        return Err(Phrase::new(
            "this looks like a webhook's address without its /rest/: give it where a webhook is asked for",
            "похоже на адрес вебхука без /rest/: укажите его там, где просят вебхук",
        ));
    }
    let mut url: Url = address.url.clone();
    let path = segments[..folder].iter().fold("/".to_owned(), |path, segment| path + segment + "/");
    url.set_path(&format!("{path}rest/"));
    let root = RestRoot::from_url(url).map_err(|invalid| invalid.words())?;
    let mut notes = address.notes.clone();
    if folder < segments.len() {
        notes.push(Phrase::new("the page in the address was left out", "страница в адресе отброшена"));
    }
    if folder > 0 {
        notes.push(Phrase::new(
            format!("the REST interface is taken to be at {root}"),
            format!("считаем, что REST находится по адресу {root}"),
        ));
    }
    Ok((root, notes))
}

/// Sixteen small letters and digits, both of them: a folder is not called so, a webhook's code is.
fn looks_like_code(segment: &&str) -> bool {
    let is_code = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    segment.len() == 16 && segment.bytes().all(is_code) && segment.bytes().any(|byte| byte.is_ascii_digit())
}
