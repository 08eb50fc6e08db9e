//! Who the code asks as: the portal, the kind of credential, and the secret only where it was asked for.
//! An address is written with nothing in it that any language could take for a quote or a comment's end.

use super::Idiom;
use crate::domain::address::RestRoot;
use crate::domain::credential::{Credential, MASK, Secret};
use crate::domain::lookup::METHOD;
use crate::domain::request::Sent;

/// The variable that holds a webhook's address, by the habits of the languages.
const WEBHOOK: &str = "B24_WEBHOOK_URL";
const WEBHOOK_OF_JS: &str = "B24_HOOK";
/// b24pysdk takes the user and the code without the address.
const WEBHOOK_OF_PYTHON: &str = "B24_HOOK_TOKEN";
/// The variable that holds an access token.
pub const TOKEN: &str = "B24_ACCESS_TOKEN";

/// Where no portal is named.
const SOMEWHERE: &str = "https://example.bitrix24.com/rest/";
/// What stands for a webhook's code where it is only described.
const CODE: &str = "CODE";

/// A portal and how it is asked.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Where the REST methods live, ending in a slash.
    root: String,
    kind: Kind,
    secret: Option<Secret>,
}

#[derive(Clone, Debug)]
enum Kind {
    Webhook { user: String },
    OAuth,
}

impl Caller {
    /// A portal that nobody named, by a webhook.
    pub fn nobody() -> Self {
        Self { root: SOMEWHERE.to_owned(), kind: Kind::Webhook { user: "1".to_owned() }, secret: None }
    }

    /// By a webhook of this user; its code stays outside.
    pub fn webhook(root: &RestRoot, user: &str) -> Self {
        Self { root: plain(root.url().as_str()), kind: Kind::Webhook { user: segment(user) }, secret: None }
    }

    /// By an access token, which stays outside.
    pub fn oauth(root: &RestRoot) -> Self {
        Self { root: plain(root.url().as_str()), kind: Kind::OAuth, secret: None }
    }

    /// As a credential has it, without its secret.
    pub fn of(root: &RestRoot, credential: &Credential) -> Self {
        match credential {
            Credential::Webhook { user, .. } => Self::webhook(root, user),
            Credential::OAuth { .. } => Self::oauth(root),
        }
    }

    /// As a request was sent, whose secret is masked.
    pub fn of_sent(sent: &Sent) -> Self {
        let parsed = |text: &str| RestRoot::from_url(text.parse().ok()?).ok();
        let Some(base) = sent.url.strip_suffix(METHOD) else { return Self::nobody() };
        let webhook = base.strip_suffix(&format!("/{MASK}/")).and_then(|base| base.rsplit_once('/'));
        let caller = match webhook {
            Some((root, user)) => parsed(&format!("{root}/")).map(|root| Self::webhook(&root, user)),
            None => parsed(base).map(|root| Self::oauth(&root)),
        };
        caller.unwrap_or_else(Self::nobody)
    }

    /// The same with the secret in the code.
    pub fn with_secret(root: &RestRoot, credential: &Credential) -> Self {
        Self { secret: Some(credential.secret().clone()), ..Self::of(root, credential) }
    }

    pub fn is_webhook(&self) -> bool {
        matches!(self.kind, Kind::Webhook { .. })
    }

    pub fn is_https(&self) -> bool {
        self.root.starts_with("https:")
    }

    /// Whether the code in this idiom holds a secret.
    pub fn shows_secret_in(&self, idiom: Idiom) -> bool {
        self.secret.is_some()
            && !matches!((idiom, &self.kind), (Idiom::Bx24, _) | (Idiom::Php | Idiom::Crest, Kind::OAuth))
    }

    pub(super) fn secret(&self) -> Option<&str> {
        self.secret.as_ref().map(Secret::expose)
    }

    /// What goes into a slot of the templates that is about the portal or the credential.
    pub(super) fn slot(&self, idiom: Idiom, slot: &str) -> Option<String> {
        Some(match slot {
            "where" => self.words(idiom),
            "address" => self.root.clone(),
            // The SDK puts a slash after it.
            "root" => idiom.quoted(self.root.trim_end_matches('/')),
            "host" => idiom.quoted(self.host()),
            "url" => self.url(idiom),
            "webhook" => match self.secret() {
                Some(_) => idiom.quoted(&self.webhook_address()),
                None if idiom == Idiom::Js => format!("process.env.{WEBHOOK_OF_JS} ?? ''"),
                None => format!("(string) getenv('{WEBHOOK}')"),
            },
            "token" if idiom == Idiom::Python => self.token_of_python(),
            "token" => match self.secret() {
                Some(token) => idiom.quoted(token),
                None => format!("process.env.{TOKEN} ?? ''"),
            },
            "client" => self.client_of_go(),
            "import" => match (idiom, self.secret()) {
                (Idiom::Go, None) => "\t\"os\"\n".to_owned(),
                (Idiom::Python, Some(_)) if self.is_webhook() => String::new(),
                (Idiom::Python, _) => "import os\n".to_owned(),
                _ => String::new(),
            },
            "class" => (if self.is_webhook() { "BitrixWebhook" } else { "BitrixApp, BitrixToken" }).to_owned(),
            "settings" => match self.kind {
                Kind::Webhook { .. } => format!("define('C_REST_WEB_HOOK_URL', '{}');", self.webhook_address()),
                Kind::OAuth => {
                    format!("C_REST_CLIENT_ID and C_REST_CLIENT_SECRET, the keys of the app at {}", self.root)
                }
            },
            _ => return None,
        })
    }

    /// Where the secret is, for the comment at the top. No apostrophe: some shells do not know comments.
    fn words(&self, idiom: Idiom) -> String {
        if self.secret.is_some() {
            return "This holds a secret: keep it out of repositories, chats and tickets.".to_owned();
        }
        match self.kind {
            Kind::OAuth => format!("{TOKEN} holds an access token for {}", self.root),
            Kind::Webhook { .. } if idiom == Idiom::Python => {
                format!("{WEBHOOK_OF_PYTHON} holds the user and the code of the webhook: {}/{CODE}", self.user())
            }
            Kind::Webhook { .. } => {
                let name = if idiom == Idiom::Js { WEBHOOK_OF_JS } else { WEBHOOK };
                format!("{name} holds the address of the webhook: {}", self.webhook_address())
            }
        }
    }

    /// The address of the method, as an expression.
    fn url(&self, idiom: Idiom) -> String {
        let literal = |text: &str| if idiom == Idiom::Http { text.to_owned() } else { idiom.quoted(text) };
        match (&self.kind, &self.secret, idiom) {
            (Kind::OAuth, ..) => literal(&format!("{}im.chat.get", self.root)),
            (_, Some(_), _) => literal(&format!("{}im.chat.get", self.webhook_address())),
            (_, None, Idiom::Http) => format!("{{{{{WEBHOOK}}}}}im.chat.get"),
            (_, None, Idiom::Powershell) => format!("\"$($env:{WEBHOOK}.TrimEnd('/'))/im.chat.get\""),
            (_, None, _) => format!("\"${{{WEBHOOK}%/}}/im.chat.get\""),
        }
    }

    fn token_of_python(&self) -> String {
        let host = Idiom::Python.quoted(self.host());
        match (&self.kind, self.secret()) {
            (Kind::Webhook { user }, Some(code)) => {
                let token = Idiom::Python.quoted(&format!("{user}/{}", segment(code)));
                format!("token = BitrixWebhook(domain={host}, webhook_token={token})")
            }
            (Kind::Webhook { .. }, None) => {
                format!("token = BitrixWebhook(domain={host}, webhook_token=os.environ[\"{WEBHOOK_OF_PYTHON}\"])")
            }
            (Kind::OAuth, Some(token)) => Self::app_of_python(&host, &Idiom::Python.quoted(token)),
            (Kind::OAuth, None) => Self::app_of_python(&host, &format!("os.environ[\"{TOKEN}\"]")),
        }
    }

    /// Without an app the SDK takes a token for a webhook.
    fn app_of_python(host: &str, token: &str) -> String {
        format!(
            "app = BitrixApp(\n    client_id=os.environ.get(\"B24_CLIENT_ID\", \"\"),\n    \
             client_secret=os.environ.get(\"B24_CLIENT_SECRET\", \"\"),\n)\n\
             token = BitrixToken(domain={host}, auth_token={token}, bitrix_app=app)"
        )
    }

    fn client_of_go(&self) -> String {
        let quoted = |text: &str| Idiom::Go.quoted(text);
        match (&self.kind, self.secret()) {
            (Kind::Webhook { .. }, Some(_)) => format!("b24.NewClient({})", quoted(&self.webhook_address())),
            (Kind::Webhook { .. }, None) => format!("b24.NewClient(os.Getenv(\"{WEBHOOK}\"))"),
            (Kind::OAuth, Some(token)) => format!("b24.NewOAuthClient({}, {})", quoted(&self.root), quoted(token)),
            (Kind::OAuth, None) => format!("b24.NewOAuthClient({}, os.Getenv(\"{TOKEN}\"))", quoted(&self.root)),
        }
    }

    /// The webhook's address, with a word in the place of its code where that stays outside.
    fn webhook_address(&self) -> String {
        let code = self.secret().map_or_else(|| CODE.to_owned(), segment);
        format!("{}{}/{code}/", self.root, self.user())
    }

    fn user(&self) -> &str {
        match &self.kind {
            Kind::Webhook { user } => user,
            Kind::OAuth => "",
        }
    }

    /// The host with its port, for SDKs that take no more than that.
    pub fn host(&self) -> &str {
        let rest = self.root.split_once("://").map_or("", |(_, rest)| rest);
        rest.split('/').next().unwrap_or_default()
    }
}

/// An address whose every unusual character is percent-encoded: the same address, and no quote in it.
fn plain(address: &str) -> String {
    encoded(address, |byte| byte.is_ascii_alphanumeric() || b"-._~:/%[]".contains(&byte))
}

/// One segment of a path.
fn segment(text: &str) -> String {
    encoded(text, |byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

fn encoded(text: &str, stays: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if stays(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
