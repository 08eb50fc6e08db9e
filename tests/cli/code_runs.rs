//! The code of `code` is run by its own language, against the demo portal or a stub of its SDK, for pairs
//! that hold everything that has ever ended a literal. What a machine lacks is said and passed over; with
//! B24CHAT_SNIPPETS=all nothing may be lacking.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use b24chat::demo::{self, Bucket, DemoPortal, Options};
use b24chat::domain::address::RestRoot;
use b24chat::domain::credential::{Credential, Secret};
use b24chat::domain::entity::EntityPair;
use b24chat::domain::snippet::{Caller, Idiom, code};
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use super::support::RUNTIME;

const PIECES: [&str; 44] = [
    "'",
    "\"",
    "`",
    "\\",
    "$",
    "${x}",
    "$(id)",
    "%",
    "%s",
    "%PATH%",
    "!",
    "!!",
    "\n",
    "\r\n",
    "\t",
    "\u{7}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{9b}",
    "'@",
    "\"@",
    "*/",
    "/*",
    "//",
    "#",
    "?>",
    "<?php",
    "</script>",
    "<!--",
    "{{x}}",
    "{$x}",
    "\\'",
    "'''",
    "\"\"\"",
    "EOF",
    "«id»",
    "Сделка №5",
    "会議",
    "\u{202e}",
    "\u{200b}",
    "\u{2028}",
    "\u{feff}",
    "‘’‚‛",
    "DEAL|1663",
];

/// The same hostile pairs each time; the number makes each of them another pair.
fn pairs(count: usize) -> Vec<EntityPair> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
    };
    let mut text = move |most: usize| (0..=next(most)).map(|_| PIECES[next(PIECES.len())]).collect::<String>();
    (0..count).map(|number| EntityPair::new(text(3), format!("{}|{number}", text(9))).unwrap()).collect()
}

/// One pair with every piece in it, in two halves.
fn everything() -> EntityPair {
    let all: String = PIECES.concat();
    EntityPair::new("CUSTOM ' \" \\ $x", all.chars().take(255).collect::<String>()).unwrap()
}

fn portal() -> DemoPortal {
    let options = Options { bucket: Bucket::UNLIMITED, operating_limit: 1e9, ..Options::default() };
    RUNTIME.block_on(demo::start(options)).unwrap()
}

fn root(address: &str) -> RestRoot {
    RestRoot::from_url(address.parse().unwrap()).unwrap()
}

fn webhook(secret: &str) -> Credential {
    Credential::Webhook { user: "1".into(), secret: Secret::new(secret) }
}

/// Whether there is such a program; says so where there is none.
fn has(program: &str, argument: &str) -> bool {
    let there = Command::new(program).arg(argument).output().is_ok_and(|output| output.status.success());
    if !there {
        assert!(std::env::var("B24CHAT_SNIPPETS").as_deref() != Ok("all"), "{program} is needed and not there");
        eprintln!("skipped: no {program}");
    }
    there
}

/// What `.ci/run` installs from npm and PyPI.
fn installed(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("snippets").join(path);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var("B24CHAT_SNIPPETS").as_deref() != Ok("all"), "{} is needed and not there", path.display());
    eprintln!("skipped: no {}", path.display());
    None
}

fn out(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

fn curl_finds(shell: &str, count: usize, by_token: bool) {
    if !has("curl", "--version") || shell == "bash" && !has("bash", "--version") {
        return;
    }
    let portal = portal();
    let token = portal.access_token();
    let caller = if by_token {
        Caller::of(&root(&portal.rest_root()), &Credential::OAuth { access: Secret::new(token.as_str()) })
    } else {
        Caller::of(&root(&portal.rest_root()), &webhook(portal.webhook_code()))
    };
    let (mut script, mut expected) = (String::new(), String::new());
    for pair in pairs(count) {
        let id = portal.add_chat(pair.entity_type(), pair.entity_id());
        script.push_str(&code(Idiom::Curl, &caller, &pair));
        expected.push_str(&format!("{id}\n"));
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chats.sh");
    fs::write(&file, script).unwrap();
    let ran = Command::new(shell)
        .arg(&file)
        .env("B24_WEBHOOK_URL", portal.webhook())
        .env("B24_ACCESS_TOKEN", token)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let (found, words) = out(&ran);
    assert_eq!(words, "");
    assert_eq!(found.lines().zip(expected.lines()).position(|(found, expected)| found != expected), None, "{found}");
    assert_eq!(found, expected);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no pair wrote a file");
}

#[test]
fn the_curl_code_finds_the_chats_of_a_thousand_hostile_pairs_in_a_shell() {
    curl_finds("sh", 1000, false);
}

#[test]
fn the_curl_code_finds_them_in_bash_and_by_a_token_too() {
    curl_finds("bash", 60, false);
    curl_finds("sh", 60, true);
}

#[test]
fn the_curl_code_tells_no_chat_from_a_refusal() {
    if !has("curl", "--version") {
        return;
    }
    let portal = portal();
    let caller = Caller::of(&root(&portal.rest_root()), &webhook("x"));
    let run = |pair: &EntityPair, webhook: String| {
        let script = code(Idiom::Curl, &caller, pair);
        out(&Command::new("sh").args(["-c", &script]).env("B24_WEBHOOK_URL", webhook).output().unwrap())
    };
    let absent = EntityPair::new("CRM", "DEAL|999999").unwrap();
    let (found, words) = run(&absent, portal.webhook());
    assert!(found.is_empty() && words.starts_with("no chat"), "{found}{words}");
    let (found, words) = run(&absent, portal.scenario("wrong0000000code"));
    assert!(found.is_empty() && words.starts_with("refused: {\"error\":\"INVALID_CREDENTIALS\""), "{found}{words}");
    // With the secret in it no variable is needed.
    let holding = Caller::with_secret(&root(&portal.rest_root()), &webhook(portal.webhook_code()));
    let script = code(Idiom::Curl, &holding, &EntityPair::new("CRM", "DEAL|1663").unwrap());
    assert_eq!(out(&Command::new("sh").args(["-c", &script]).output().unwrap()), ("1437\n".into(), String::new()));
}

/// The demo portal behind TLS, and the file that makes its certificate trusted.
struct Secure {
    portal: DemoPortal,
    host: String,
    folder: TempDir,
}

impl Secure {
    fn start() -> Self {
        let (portal, folder) = (portal(), tempfile::tempdir().unwrap());
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        fs::write(folder.path().join("ca.pem"), certificate.pem()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = RUNTIME.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let (host, behind) = (listener.local_addr().unwrap().to_string(), portal.address());
        RUNTIME.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let (Ok(mut stream), Ok(mut portal)) =
                        (acceptor.accept(stream).await, TcpStream::connect(behind).await)
                    else {
                        return;
                    };
                    let _ = tokio::io::copy_bidirectional(&mut stream, &mut portal).await;
                });
            }
        });
        Self { portal, host, folder }
    }

    fn root(&self) -> RestRoot {
        root(&format!("https://{}/rest/", self.host))
    }

    /// Runs the code of an idiom for a pair in a folder of its own.
    fn run(&self, idiom: Idiom, program: &Path, caller: &Caller, pair: &EntityPair, code_of: &str) -> (String, String) {
        let file = self.folder.path().join(format!("chat.{}", idiom.extension()));
        fs::write(&file, code(idiom, caller, pair)).unwrap();
        let mut command = Command::new(program);
        command
            .arg(&file)
            .env("NODE_EXTRA_CA_CERTS", self.folder.path().join("ca.pem"))
            .env("REQUESTS_CA_BUNDLE", self.folder.path().join("ca.pem"))
            .env("B24_HOOK", format!("https://{}/rest/1/{code_of}/", self.host))
            .env("B24_HOOK_TOKEN", format!("1/{code_of}"))
            .env("B24_ACCESS_TOKEN", self.portal.access_token())
            .current_dir(self.folder.path());
        for proxy in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            command.env_remove(proxy);
        }
        out(&command.output().unwrap())
    }

    fn proves(&self, idiom: Idiom, program: &Path) {
        let good = self.portal.webhook_code();
        let callers = [
            Caller::of(&self.root(), &webhook("x")),
            Caller::with_secret(&self.root(), &webhook(good)),
            Caller::of(&self.root(), &Credential::OAuth { access: Secret::new("x") }),
        ];
        let mut hostile = pairs(4);
        hostile.push(everything());
        for (pair, caller) in hostile.iter().zip(callers.iter().cycle()) {
            let id = self.portal.add_chat(pair.entity_type(), pair.entity_id());
            let (found, words) = self.run(idiom, program, caller, pair, good);
            assert_eq!(found, format!("{id}\n"), "{words}\n{}", code(idiom, caller, pair));
        }
        let absent = EntityPair::new("CRM", "DEAL|999999").unwrap();
        let (found, words) = self.run(idiom, program, &callers[0], &absent, good);
        assert!(found.is_empty() && words.contains("no chat"), "{found}{words}");
        let (found, words) = self.run(idiom, program, &callers[0], &absent, "wrong0000000code");
        assert!(found.is_empty() && words.contains("refused"), "{found}{words}");
    }
}

#[test]
fn the_js_code_runs_with_the_real_sdk() {
    let Some(modules) = installed("node_modules") else { return };
    if has("node", "--version") {
        let secure = Secure::start();
        std::os::unix::fs::symlink(modules, secure.folder.path().join("node_modules")).unwrap();
        secure.proves(Idiom::Js, Path::new("node"));
    }
}

#[test]
fn the_python_code_runs_with_the_real_sdk() {
    let Some(python) = installed("venv/bin/python") else { return };
    Secure::start().proves(Idiom::Python, &python);
}

/// Runs a program over the code of many pairs with a stub of the SDK, which prints what it was called with.
fn is_called_with(pairs: &[EntityPair], printed: &str) {
    let calls: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let meant: Vec<Value> =
        pairs.iter().map(|pair| json!({ "ENTITY_TYPE": pair.entity_type(), "ENTITY_ID": pair.entity_id() })).collect();
    assert_eq!(calls, meant);
}

fn with_everything(count: usize) -> Vec<EntityPair> {
    pairs(count).into_iter().chain([everything()]).collect()
}

#[test]
fn the_bx24_code_calls_with_the_pair_that_was_meant() {
    if !has("node", "--version") {
        return;
    }
    let pairs = with_everything(300);
    let codes: Vec<String> = pairs.iter().map(|pair| code(Idiom::Bx24, &Caller::nobody(), pair)).collect();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("codes.json"), json!(codes).to_string()).unwrap();
    let harness = r#"
        const vm = require('node:vm')
        for (const code of JSON.parse(require('node:fs').readFileSync('codes.json', 'utf8'))) {
          let said = []
          const reply = (error, data) => ({ error: () => error, data: () => data })
          const run = (error, data) => {
            said = []
            const console_ = { log: (text) => said.push(String(text)), error: (text) => said.push(String(text)) }
            const BX24 = { init: (then) => then(), callMethod: (method, params, then) => {
              if (method !== 'im.chat.get') throw new Error(method)
              if (data && data.ID) console.log(JSON.stringify(params))
              then(reply(error, data))
            } }
            vm.runInNewContext(code, { BX24, console: console_ })
            return said.join()
          }
          if (run(false, { ID: 7 }) !== '7') throw new Error('found: ' + said)
          if (!run(false, null).startsWith('no chat')) throw new Error('null: ' + said)
          if (!run('ERROR: why', undefined).startsWith('refused: ERROR')) throw new Error('refused: ' + said)
        }"#;
    let ran = Command::new("node").args(["-e", harness]).current_dir(folder.path()).output().unwrap();
    let (printed, words) = out(&ran);
    assert!(ran.status.success(), "{words}");
    is_called_with(&pairs, &printed);
}

const PHP_STUB: &str = r#"<?php
namespace Bitrix24\SDK\Services;
class ServiceBuilderFactory {
    public static function createServiceBuilderFromWebhook(string $url): object { return new Stub($url); }
}
class Stub {
    public $core;
    public function __construct(public string $url) { $this->core = $this; }
    public function call(string $method, array $params): object {
        if ($method !== 'im.chat.get' || $this->url !== 'https://acme.bitrix24.com/rest/27/secret/') throw new \Exception('stub');
        echo json_encode($params, JSON_THROW_ON_ERROR), "\n";
        return $this;
    }
    public function getResponseData(): object { return $this; }
    public function getResult(): array { return ['ID' => 7]; }
}
"#;

const CREST_STUB: &str = r#"<?php
class CRest {
    public static function call(string $method, array $params = []): array {
        if ($method !== 'im.chat.get') throw new Exception($method);
        echo json_encode($params, JSON_THROW_ON_ERROR), "\n";
        return ['result' => ['ID' => 7]];
    }
}
"#;

/// PHP's SDKs are on a registry that is not asked here, so their classes are played: what is proven is that
/// PHP reads the code, and the pair in it, as it was meant.
#[test]
fn the_php_and_crest_code_calls_with_the_pair_that_was_meant() {
    if !has("php", "--version") {
        return;
    }
    let pairs = with_everything(60);
    for idiom in [Idiom::Php, Idiom::Crest] {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("vendor")).unwrap();
        fs::write(folder.path().join("vendor/autoload.php"), PHP_STUB).unwrap();
        fs::write(folder.path().join("crest.php"), CREST_STUB).unwrap();
        let mut calls = String::new();
        for pair in &pairs {
            fs::write(folder.path().join("chat.php"), code(idiom, &Caller::nobody(), pair)).unwrap();
            let ran = Command::new("php")
                .args(["-d", "display_errors=stderr", "chat.php"])
                .env("B24_WEBHOOK_URL", "https://acme.bitrix24.com/rest/27/secret/")
                .current_dir(folder.path())
                .output()
                .unwrap();
            let (printed, words) = out(&ran);
            assert_eq!(words, "");
            let (call, id) = printed.trim_end().rsplit_once('\n').unwrap();
            assert_eq!(id, "7");
            calls.push_str(call);
            calls.push('\n');
        }
        is_called_with(&pairs, &calls);
    }
    let oauth = Caller::oauth(&root("https://acme.bitrix24.com/rest/"));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("chat.php"), code(Idiom::Php, &oauth, &everything())).unwrap();
    let ran = Command::new("php").args(["-l", "chat.php"]).current_dir(folder.path()).output().unwrap();
    assert!(ran.status.success(), "{:?}", out(&ran));
}

const GO_STUB: &str = r#"package b24gosdk

import (
	"context"
	"encoding/json"
	"fmt"
)

type Params = map[string]any
type ID int64
type Option struct{}
type Response struct{ Result json.RawMessage }
type Client struct{}
type Core struct{}

func NewClient(url string) *Client               { return &Client{} }
func NewOAuthClient(root, token string) *Client  { return &Client{} }
func WithIdempotent() Option                     { return Option{} }
func (c *Client) Core() *Core                    { return &Core{} }
func (c *Core) Call(ctx context.Context, method string, params Params, options ...Option) (*Response, error) {
	text, err := json.Marshal(params)
	fmt.Println(string(text))
	return &Response{Result: json.RawMessage(`{"ID":7}`)}, err
}
"#;

#[test]
fn the_go_code_is_read_by_go_and_calls_with_the_pair_that_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let root = root("https://acme.bitrix24.com/rest/");
    if has("gofmt", "-h") {
        for (number, pair) in with_everything(100).iter().enumerate() {
            write(&format!("chat{number}.go"), &code(Idiom::Go, &Caller::nobody(), pair));
        }
        let ran = Command::new("gofmt").args(["-e", "-l", "."]).current_dir(folder.path()).output().unwrap();
        assert_eq!(out(&ran), (String::new(), String::new()), "it is as gofmt writes it");
    }
    if !has("go", "version") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("sdk")).unwrap();
    write("sdk/sdk.go", GO_STUB);
    write("sdk/go.mod", "module github.com/bitrix24/b24gosdk\n\ngo 1.18\n");
    write(
        "go.mod",
        "module example\n\ngo 1.18\n\nrequire github.com/bitrix24/b24gosdk v0.0.0\n\nreplace github.com/bitrix24/b24gosdk => ./sdk\n",
    );
    let token = Caller::with_secret(&root, &Credential::OAuth { access: Secret::new("to\"ken\\") });
    for caller in [Caller::nobody(), token] {
        let pair = everything();
        write("main.go", &code(Idiom::Go, &caller, &pair));
        let mut go = Command::new("go");
        let ran = go.args(["run", "."]).env("GOFLAGS", "-mod=mod").env("GOPROXY", "off").env("GOTOOLCHAIN", "local");
        let ran = ran.current_dir(folder.path()).output().unwrap();
        let (printed, words) = out(&ran);
        assert!(ran.status.success(), "{words}");
        let (call, id) = printed.trim_end().rsplit_once('\n').unwrap();
        assert_eq!(id, "7");
        is_called_with(&[pair], call);
    }
}

/// A reader of `.http` files as editors have it: a request line, headers, an empty line, the body; `{{name}}`
/// is a variable wherever it stands.
#[test]
fn the_http_file_holds_the_request_that_was_meant() {
    for (caller, address) in [
        (Caller::nobody(), "https://p.example/rest/1/c/im.chat.get"),
        (Caller::oauth(&root("https://acme.bitrix24.com/rest/")), "https://acme.bitrix24.com/rest/im.chat.get"),
    ] {
        for pair in with_everything(300) {
            let file = code(Idiom::Http, &caller, &pair);
            let file =
                file.replace("{{B24_WEBHOOK_URL}}", "https://p.example/rest/1/c/").replace("{{B24_ACCESS_TOKEN}}", "t");
            assert!(!file.contains("{{"), "{file}");
            let (head, body) = file.split_once("\n\n").unwrap();
            let mut head = head.lines().filter(|line| !line.starts_with('#'));
            assert_eq!(head.next(), Some(format!("POST {address}").as_str()));
            assert!(head.any(|line| line == "Content-Type: application/json"));
            let mut body: Value = serde_json::from_str(body).unwrap();
            if let Some(auth) = body.as_object_mut().unwrap().remove("auth") {
                assert_eq!(auth, "t");
            }
            assert_eq!(body, json!({ "ENTITY_TYPE": pair.entity_type(), "ENTITY_ID": pair.entity_id() }));
        }
    }
}
