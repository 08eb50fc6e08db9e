//! Addresses of the REST interface: a webhook's with its user and code, or a method's with a token
//! (protocol.md, 10.1). Whatever is wrong is said by the name of the part, never by its text.

use percent_encoding::percent_decode_str;
use url::Url;

use super::address::Address;
use super::{cloud, no_good_pair, with_form};
use crate::domain::address::RestRoot;
use crate::domain::credential::{Credential, MASK, Secret};
use crate::domain::entity::EntityPair;
use crate::domain::language::Phrase;
use crate::domain::visible;

/// What an address of the REST interface holds.
pub struct Rest {
    pub root: RestRoot,
    pub credential: Option<Credential>,
    pub pair: Option<EntityPair>,
    pub notes: Vec<Phrase>,
}

/// The folder of the REST interface, in any case: a server may not care, and a secret may follow it.
const ROOT: &str = "rest";

/// The note about an address that proves nobody's right to ask.
pub fn no_credential() -> Phrase {
    Phrase::new("the address holds neither a webhook's code nor a token", "в адресе нет ни кода вебхука, ни токена")
}

/// Methods whose names have no dot, so that one of them is not taken for a code.
const PLAIN_METHODS: [&str; 6] = ["batch", "profile", "scope", "methods", "events", "server"];

/// `None` when the address is not one of the REST interface; an error names the part that is wrong.
pub fn read(address: &Address) -> Option<Result<Rest, Phrase>> {
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
        let sentence = Phrase::new(
            "the portal's address is missing before /rest/: paste the whole webhook address",
            "перед /rest/ нет адреса портала: вставьте адрес вебхука целиком",
        );
        return holds_secret.then_some(Err(sentence));
    }
    Some(of_parts(address, to_root, rest))
}

fn of_parts(address: &Address, to_root: &[&str], rest: &[&str]) -> Result<Rest, Phrase> {
    let mut notes = address.notes.clone();
    let credential = match rest {
        [] => token(address),
        [method] if is_method(method) || token(address).is_some() => token(address),
        [user] if is_digits(user) => return Err(missing("the code after the user", "кода после пользователя")),
        [_] => return Err(missing("the user or the code", "пользователя или кода")),
        [_, method] if is_method(method) => {
            return Err(missing("the code between the user and the method", "кода между пользователем и методом"));
        }
        [user, code] | [user, code, _] => Some(webhook(user, code, is_on_this_machine(&address.url), &mut notes)?),
        _ => {
            return Err(Phrase::new(
                "the address goes on after the method's name: end it after the webhook's code",
                "адрес продолжается после имени метода: закончите его кодом вебхука",
            ));
        }
    };
    if credential.is_none() {
        notes.push(no_credential());
    }
    let root = root(&address.url, to_root)?;
    if address.url.host_str().is_some_and(cloud::is_other_service) {
        let host = root.host();
        notes.push(Phrase::new(
            format!("{host} is the vendor's own host and no portal"),
            format!("{host} — сервер самого Битрикс24, а не портал"),
        ));
    }
    let pair = pair(address, &mut notes);
    Ok(Rest { root, credential, pair, notes })
}

fn missing(part: &str, of_part: &str) -> Phrase {
    with_form(&format!("{part} is missing"), &format!("нет {of_part}"))
}

fn root(url: &Url, path: &[&str]) -> Result<RestRoot, Phrase> {
    let mut url = url.clone();
    let path = path.iter().fold(String::new(), |path, segment| path + "/" + segment);
    url.set_path(&(path + "/"));
    RestRoot::from_url(url).map_err(|invalid| invalid.words())
}

/// The demo portal's scenarios are reached by codes that are words: `hang`, `login`.
fn is_on_this_machine(url: &Url) -> bool {
    RestRoot::from_url(url.clone()).is_ok_and(|root| root.is_loopback())
}

fn webhook(user: &str, code: &str, any_length: bool, notes: &mut Vec<Phrase>) -> Result<Credential, Phrase> {
    let Ok(user) = percent_decode_str(user).decode_utf8() else {
        return Err(Phrase::new("the user before the code cannot be read", "пользователя перед кодом не прочитать"));
    };
    if user.chars().any(|c| visible::is_hidden(c) || c.is_whitespace()) {
        return Err(Phrase::new(
            "the user before the code holds spaces or signs that nobody can see",
            "у пользователя перед кодом есть пробелы или невидимые знаки",
        ));
    }
    if code.contains(MASK) || code.contains("%2A%2A") {
        return Err(Phrase::new(
            "the code is masked: copy the address from the webhook's own page",
            "код скрыт звёздочками: скопируйте адрес на странице самого вебхука",
        ));
    }
    if !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Phrase::new(
            "the code after the user holds signs other than letters and digits: copy it again",
            "в коде после пользователя не только буквы и цифры: скопируйте его снова",
        ));
    }
    if !any_length && !(6..=64).contains(&code.len()) {
        let count = code.len();
        return Err(Phrase::new(
            format!("the code after the user has {count} characters, and portals make 16: copy it again"),
            format!("знаков в коде после пользователя: {count}, а порталы делают 16: скопируйте его снова"),
        ));
    }
    if !any_length && (code.len() != 16 || code.bytes().any(|byte| byte.is_ascii_uppercase())) {
        notes.push(Phrase::new(
            "the code is not of 16 small letters and digits, as portals make them: is it whole?",
            "код не из 16 строчных букв и цифр, как делают порталы: он целый?",
        ));
    }
    if !is_digits(&user) {
        notes.push(Phrase::new(
            "the user is a name and not a number; portals take both",
            "пользователь — имя, а не номер; порталы принимают и то и другое",
        ));
    } else if user.starts_with('0') {
        notes.push(Phrase::new(
            "the user begins with a zero: to the portal that is another user",
            "номер пользователя начинается с нуля: для портала это другой пользователь",
        ));
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

fn pair(address: &Address, notes: &mut Vec<Phrase>) -> Option<EntityPair> {
    let (entity_type, entity_id) = (address.query("ENTITY_TYPE")?, address.query("ENTITY_ID")?);
    EntityPair::new(entity_type, entity_id).inspect_err(|invalid| notes.push(no_good_pair(&invalid.words()))).ok()
}

fn is_method(text: &str) -> bool {
    text.contains('.') || PLAIN_METHODS.contains(&text)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
