//! curl command lines, as documentation and colleagues hand them around: the first address counts, and
//! for a call of the REST interface the pair and the token in its data or headers do too.

mod words;

use url::form_urlencoded;

use super::webhook_url::{no_credential, oauth};
use super::{Pasted, json, no_good_pair, of_address_text};
use crate::domain::credential::Credential;
use crate::domain::entity::EntityPair;
use crate::domain::language::Phrase;

/// Whether a text is a curl command line: a shell's prompt in front is fine.
fn is_command(text: &str) -> bool {
    let text = text.trim_start_matches(['$', '>', '#', '%']).trim_start();
    let mut words = text.splitn(2, char::is_whitespace);
    let program = words.next().unwrap_or_default();
    words.next().is_some() && (program.eq_ignore_ascii_case("curl") || program.eq_ignore_ascii_case("curl.exe"))
}

pub fn understand(text: &str) -> Pasted {
    if !is_command(text) {
        return Pasted::Plain;
    }
    let command = Command::read(text);
    let Some(address) = &command.address else { return Pasted::Plain };
    match of_address_text(super::address::unwrapped(address)) {
        Pasted::Credential { root, credential, pair, mut notes } => {
            let pair = pair.or_else(|| command.pair(&mut notes));
            let lifted = credential.is_none().then(|| command.token()).flatten();
            if lifted.is_some() {
                let unproven = no_credential();
                notes.retain(|note| *note != unproven);
            }
            Pasted::Credential { root, credential: credential.or(lifted), pair, notes }
        }
        Pasted::Plain => Pasted::Refused(Phrase::new(
            "the command's address is neither a webhook nor a page of a portal known here",
            "адрес в команде — не вебхук и не известная здесь страница портала",
        )),
        page => page,
    }
}

/// What matters of a command line.
#[derive(Default)]
struct Command {
    address: Option<String>,
    /// Several `-d` are sent as one, joined by `&`.
    data: Vec<String>,
    bearer: Option<String>,
}

/// Options whose value could be taken for an address or for data.
const WITH_VALUE: [&str; 26] = [
    "-X",
    "--request",
    "-A",
    "--user-agent",
    "-e",
    "--referer",
    "-x",
    "--proxy",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "-u",
    "--user",
    "-o",
    "--output",
    "-m",
    "--max-time",
    "--connect-timeout",
    "--cacert",
    "-E",
    "--cert",
    "-w",
    "--write-out",
    "--resolve",
    "--retry",
];

const DATA: [&str; 9] =
    ["-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode", "--json", "-F", "--form"];

impl Command {
    fn read(text: &str) -> Self {
        let mut command = Self::default();
        let mut words =
            words::split(text).into_iter().skip_while(|word| !word.to_ascii_lowercase().starts_with("curl"));
        words.next();
        while let Some(word) = words.next() {
            let (option, mut value) = option(&word);
            let mut take = || value.take().or_else(|| words.next()).unwrap_or_default();
            match option {
                "" if command.address.is_none() => command.address = Some(word.clone()),
                "--url" => command.address = command.address.or_else(|| Some(take())),
                "-H" | "--header" => command.header(&take()),
                "--oauth2-bearer" => command.bearer = Some(take()),
                option if DATA.contains(&option) => command.data.push(take()),
                option if WITH_VALUE.contains(&option) => drop(take()),
                _ => {}
            }
        }
        command
    }

    fn header(&mut self, header: &str) {
        let Some((name, value)) = header.split_once(':') else { return };
        let mut words = value.split_whitespace();
        let is_bearer = words.next().is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer"));
        if name.trim().eq_ignore_ascii_case("authorization") && is_bearer {
            self.bearer = words.next().map(str::to_owned);
        }
    }

    fn pair(&self, notes: &mut Vec<Phrase>) -> Option<EntityPair> {
        let found = match self.object() {
            Some(object) => json::pair(&object)?,
            None => EntityPair::new(self.field("ENTITY_TYPE")?, self.field("ENTITY_ID")?).map_err(|why| why.words()),
        };
        found.inspect_err(|why| notes.push(no_good_pair(why))).ok()
    }

    /// The header wins over parameters, as on the portal (protocol.md, 1.1).
    fn token(&self) -> Option<Credential> {
        let in_data = || ["auth", "access_token"].into_iter().find_map(|name| self.value(name));
        oauth(&self.bearer.clone().or_else(in_data)?)
    }

    fn value(&self, name: &str) -> Option<String> {
        match self.object() {
            Some(object) => Some(json::member(&object, name)?.as_str()?.to_owned()),
            None => self.field(name),
        }
    }

    fn object(&self) -> Option<serde_json::Map<String, serde_json::Value>> {
        json::object(self.data.first()?.trim())
    }

    fn field(&self, name: &str) -> Option<String> {
        let fields = self.data.iter().flat_map(|data| form_urlencoded::parse(data.as_bytes()));
        fields.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
    }
}

/// An option's name and the value that is attached to it: `--data=x`, `-dx`. Empty for a word that is none.
fn option(word: &str) -> (&str, Option<String>) {
    if word.starts_with("--") {
        return match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word, None),
        };
    }
    if !word.starts_with('-') {
        return ("", None);
    }
    match word.char_indices().nth(2) {
        Some((end, _)) => (&word[..end], Some(word[end..].to_owned())),
        None => (word, None),
    }
}
