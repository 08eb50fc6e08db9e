//! Addresses of the REST interface: a webhook's with its user and code, or a method's with a token
//! (protocol.md, 10.1). Whatever is wrong is said by the name of the part, never by its text.

use percent_encoding::percent_decode_str;
use url::Url;

use super::address::Address;
use super::cloud;
use crate::domain::address::RestRoot;
use crate::domain::credential::{Credential, MASK, Secret};
use crate::domain::entity::EntityPair;
use crate::domain::visible;

/// What an address of the REST interface holds.
pub struct Rest {
    pub root: RestRoot,
    pub credential: Option<Credential>,
    pub pair: Option<EntityPair>,
    pub notes: Vec<String>,
}

/// The folder of the REST interface, in any case: a server may not care, and a secret may follow it.
const ROOT: &str = "rest";

/// The note about an address that proves nobody's right to ask.
pub const NO_CREDENTIAL: &str = "the address holds neither a webhook's code nor a token";

/// Methods whose names have no dot, so that one of them is not taken for a code.
const PLAIN_METHODS: [&str; 6] = ["batch", "profile", "scope", "methods", "events", "server"];

/// `None` when the address is not one of the REST interface; an error names the part that is wrong.
pub fn read(address: &Address) -> Option<Result<Rest, String>> {
    let segments = address.segments();
    let at = segments.iter().position(|segment| segment.eq_ignore_ascii_case(ROOT))?;
    let (to_root, mut rest) = segments.split_at(at + 1);
    if let ["api", inner @ ..] = rest
        && inner.len() >= 2
    {
        rest = inner;
    }
    if address.is_path_only {
        // Somebody's own id may hold "/rest/" too; only what could be a secret is refused.
        let holds_secret =
            matches!(rest, [_, code, ..] if code.len() >= 6 && !is_method(code)) || token(address).is_some();
        let sentence = "the portal's address is missing before /rest/: paste the whole webhook address";
        return holds_secret.then(|| Err(sentence.to_owned()));
    }
    Some(of_parts(address, to_root, rest))
}

fn of_parts(address: &Address, to_root: &[&str], rest: &[&str]) -> Result<Rest, String> {
    let mut notes = address.notes.clone();
    let credential = match rest {
        [] => token(address),
        [method] if is_method(method) || token(address).is_some() => token(address),
        [user] if is_digits(user) => return Err(missing("the code after the user")),
        [_] => return Err(missing("the user or the code")),
        [_, method] if is_method(method) => return Err(missing("the code between the user and the method")),
        [user, code] | [user, code, _] => Some(webhook(user, code, is_on_this_machine(&address.url), &mut notes)?),
        _ => return Err("the address goes on after the method's name: end it after the webhook's code".to_owned()),
    };
    if credential.is_none() {
        notes.push(NO_CREDENTIAL.to_owned());
    }
    let root = root(&address.url, to_root)?;
    if address.url.host_str().is_some_and(cloud::is_other_service) {
        notes.push(format!("{} is the vendor's own host and no portal", root.host()));
    }
    let pair = pair(address, &mut notes);
    Ok(Rest { root, credential, pair, notes })
}

fn missing(part: &str) -> String {
    format!("{part} is missing: a webhook's address looks like https://acme.bitrix24.com/rest/27/code/")
}

fn root(url: &Url, path: &[&str]) -> Result<RestRoot, String> {
    let mut url = url.clone();
    let path = path.iter().fold(String::new(), |path, segment| path + "/" + segment);
    url.set_path(&(path + "/"));
    RestRoot::from_url(url).map_err(|invalid| invalid.to_string())
}

/// The demo portal's scenarios are reached by codes that are words: `hang`, `login`.
fn is_on_this_machine(url: &Url) -> bool {
    RestRoot::from_url(url.clone()).is_ok_and(|root| root.is_loopback())
}

fn webhook(user: &str, code: &str, any_length: bool, notes: &mut Vec<String>) -> Result<Credential, String> {
    let user = percent_decode_str(user).decode_utf8().map_err(|_| "the user before the code cannot be read")?;
    if user.chars().any(|c| visible::is_hidden(c) || c.is_whitespace()) {
        return Err("the user before the code holds spaces or signs that nobody can see".to_owned());
    }
    if code.contains(MASK) || code.contains("%2A%2A") {
        return Err("the code is masked: copy the address from the webhook's own page".to_owned());
    }
    if !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err("the code after the user holds signs other than letters and digits: copy it again".to_owned());
    }
    if !any_length && !(6..=64).contains(&code.len()) {
        return Err(format!(
            "the code after the user has {} characters, and portals make 16: copy it again",
            code.len()
        ));
    }
    if !any_length && (code.len() != 16 || code.bytes().any(|byte| byte.is_ascii_uppercase())) {
        notes.push("the code is not of 16 small letters and digits, as portals make them: is it whole?".to_owned());
    }
    if !is_digits(&user) {
        notes.push("the user is a name and not a number; portals take both".to_owned());
    } else if user.starts_with('0') {
        notes.push("the user begins with a zero: to the portal that is another user".to_owned());
    }
    Ok(Credential::Webhook { user: user.into_owned(), secret: Secret::new(code) })
}

/// A token in the query: a habit of old examples.
fn token(address: &Address) -> Option<Credential> {
    ["auth", "access_token"].into_iter().find_map(|name| oauth(&address.query(name)?))
}

/// An access token as text, if it can be one.
pub fn oauth(token: &str) -> Option<Credential> {
    let token = token.trim();
    let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    is_token.then(|| Credential::OAuth { access: Secret::new(token) })
}

fn pair(address: &Address, notes: &mut Vec<String>) -> Option<EntityPair> {
    let (entity_type, entity_id) = (address.query("ENTITY_TYPE")?, address.query("ENTITY_ID")?);
    EntityPair::new(entity_type, entity_id)
        .inspect_err(|invalid| notes.push(format!("its pair cannot be asked about: {invalid}")))
        .ok()
}

fn is_method(text: &str) -> bool {
    text.contains('.') || PLAIN_METHODS.contains(&text)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
