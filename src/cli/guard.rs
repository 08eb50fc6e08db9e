//! Secrets among the arguments: everyone on the machine can see those, and the shell keeps them. They are
//! looked for before anything is parsed, because a complaint about an argument repeats it.

use std::ffi::OsString;

use url::Url;

use crate::domain::language::Phrase;
use crate::domain::pasted::{self, Pasted};

/// What to do about a secret among the arguments.
pub fn secret_typed() -> Phrase {
    Phrase::new(
        "An argument holds a secret. Arguments are seen by everyone on this machine, so nothing was \
         sent. Put the webhook's address into the environment variable B24CHAT_WEBHOOK, or keep it \
         with b24chat profile add NAME, and give the pair alone: b24chat get CRM 'DEAL|1663'. The \
         secret is in the shell's history now: remove it there, or make a new one.",
        "В аргументе есть секрет. Аргументы видны всем на этой машине, поэтому ничего не отправлено. Положите адрес \
         вебхука в переменную окружения B24CHAT_WEBHOOK или сохраните его командой b24chat profile add NAME, а здесь \
         укажите только пару: b24chat get CRM 'DEAL|1663'. Секрет теперь есть в истории оболочки: удалите его оттуда \
         или создайте новый.",
    )
}

/// The same where profiles are the matter.
pub fn secret_for_profile() -> Phrase {
    Phrase::new(
        "An argument holds a secret. Arguments are seen by everyone on this machine, so nothing was \
         kept. b24chat profile add NAME asks for the secret and shows nothing of it; for \
         scripts, --secrets-from-stdin reads it as JSON. A proxy's password belongs into the \
         environment variable HTTPS_PROXY. The secret is in the shell's history now: remove it \
         there, or make a new one.",
        "В аргументе есть секрет. Аргументы видны всем на этой машине, поэтому ничего не сохранено. b24chat profile add \
         NAME сама спрашивает секрет и ничего из него не показывает; скриптам --secrets-from-stdin читает его как JSON. \
         Паролю прокси место в переменной окружения HTTPS_PROXY. Секрет теперь есть в истории оболочки: удалите его \
         оттуда или создайте новый.",
    )
}

/// Something stands where nothing is expected, and may be a secret.
pub fn too_many() -> Phrase {
    Phrase::new(
        "There is an argument or option that this command does not know; it is not repeated here, because it may \
         be a secret. Secrets are never arguments: b24chat profile add NAME asks for them, and \
         --secrets-from-stdin reads them as JSON. b24chat profile --help tells what can be typed.",
        "Есть аргумент или параметр, которого эта команда не знает; он здесь не повторён, потому что может быть секретом. \
         Секреты никогда не бывают аргументами: b24chat profile add NAME спрашивает их, а --secrets-from-stdin читает \
         как JSON. Что можно ввести, покажет b24chat profile --help.",
    )
}

/// Options that people expect to take a secret. None of them exists.
const OPTIONS: [&str; 8] = [
    "--webhook",
    "--webhook-secret",
    "--token",
    "--access-token",
    "--refresh-token",
    "--client-secret",
    "--password",
    "--secret",
];

/// Members of JSON that are secrets.
const MEMBERS: [&str; 5] = ["webhook", "access_token", "refresh_token", "client_secret", "webhook_secret"];

/// Tokens have 70 hexadecimal digits (protocol.md, 6.1).
const TOKEN_LENGTH: usize = 60;

/// Whether an argument, or the value of an option, is recognised as holding a secret.
pub fn holds_secret(argument: &OsString) -> bool {
    let text = argument.to_string_lossy();
    let option = text.split_once('=').filter(|(name, _)| name.starts_with('-'));
    if OPTIONS.contains(&option.map_or(text.as_ref(), |(name, _)| name)) {
        return true;
    }
    [Some(text.as_ref()), option.map(|(_, value)| value)].into_iter().flatten().any(is_secret)
}

fn is_secret(text: &str) -> bool {
    is_token(text)
        || holds_member(text)
        || has_password(text)
        || match pasted::understand(text) {
            Pasted::Credential { credential, .. } => credential.is_some(),
            // An address with something wrong about it may hold a secret all the same.
            Pasted::Refused(_) => text.contains("/rest/"),
            Pasted::Pair { .. } | Pasted::Chat { .. } | Pasted::Plain => false,
        }
}

fn is_token(text: &str) -> bool {
    text.len() >= TOKEN_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn holds_member(text: &str) -> bool {
    let value: Option<serde_json::Value> = serde_json::from_str(text).ok();
    value.is_some_and(|value| MEMBERS.iter().any(|member| value.get(member).is_some()))
}

fn has_password(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| url.password().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_in_every_way_they_are_typed() {
        let token = "0f".repeat(35);
        for argument in [
            "https://acme.bitrix24.com/rest/27/canary7f3a0123bc/",
            "--webhook=canary7f3a0123bc",
            "--client-secret",
            &token,
            &format!("--x={token}"),
            "{\"refresh_token\":\"canary\"}",
            "http://ann:canary@proxy.example:3128",
            "--proxy=http://ann:canary@proxy.example:3128",
        ] {
            assert!(holds_secret(&argument.into()), "{argument}");
        }
    }

    #[test]
    fn what_is_no_secret_may_be_typed() {
        for argument in [
            "DEAL|1663",
            "acme",
            "--secrets-from-stdin",
            "--secret-file",
            "https://acme.bitrix24.com",
            "http://proxy.example:3128",
            "{\"ENTITY_TYPE\":\"CRM\",\"ENTITY_ID\":\"LEAD|13\"}",
            "0a4f1c6e9b3d4f0a8e7c6b5a49382716",
            "local.5f2a81c0d3e4b7.12345678",
        ] {
            assert!(!holds_secret(&argument.into()), "{argument}");
        }
    }
}
