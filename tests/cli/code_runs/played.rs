//! The code for SDKs that no registry at hand has, with classes played here that print what they were called with.

use std::fs;
use std::process::Command;

use b24chat::domain::credential::{Credential, Secret};
use b24chat::domain::entity::EntityPair;
use b24chat::domain::snippet::{Caller, Idiom, code};
use serde_json::{Value, json};

use super::pairs::{everything, with_everything};
use super::{has, out, root};

/// Runs a program over the code of many pairs with a stub of the SDK, which prints what it was called with.
fn is_called_with(pairs: &[EntityPair], printed: &str) {
    let calls: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let meant: Vec<Value> =
        pairs.iter().map(|pair| json!({ "ENTITY_TYPE": pair.entity_type(), "ENTITY_ID": pair.entity_id() })).collect();
    assert_eq!(calls, meant);
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
