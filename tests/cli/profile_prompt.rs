//! The prompt for a secret, on a real terminal: nothing of what is typed comes back.

use std::io::{Read, Write};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

use super::support::{CANARY, Portal, User, portal};

/// The program on a terminal of its own.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    pieces: Receiver<Vec<u8>>,
    shown: String,
    // Closing it would hang up.
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Terminal {
    fn start(user: &User, arguments: &[&str]) -> Self {
        let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 100, ..PtySize::default() }).unwrap();
        let template = user.command(arguments);
        let mut command = CommandBuilder::new(template.get_program());
        command.env_clear();
        command.args(arguments);
        for (name, value) in template.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, pieces) = mpsc::channel();
        std::thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut piece) {
                let _ = sender.send(piece[..count].to_vec());
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { child, keys, pieces, shown: String::new(), _master: pair.master }
    }

    fn wait_for(&mut self, words: &str) {
        while !self.shown.contains(words) {
            match self.pieces.recv_timeout(Duration::from_secs(20)) {
                Ok(piece) => self.shown.push_str(&String::from_utf8_lossy(&piece)),
                Err(error) => panic!("{words} never came ({error}): {}", self.shown),
            }
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// The exit code, and everything that was shown.
    fn end(mut self) -> (u32, String) {
        let code = self.child.wait().unwrap().exit_code();
        while let Ok(piece) = self.pieces.recv_timeout(Duration::from_millis(200)) {
            self.shown.push_str(&String::from_utf8_lossy(&piece));
        }
        (code, self.shown)
    }
}

#[test]
fn a_webhook_is_typed_or_pasted_blind() {
    let webhook = format!("https://acme.bitrix24.com/rest/27/{CANARY}/");
    let pasted = format!("\x1b[200~curl -X POST \\\n  {webhook}im.chat.get\n\x1b[201~\r");
    for (name, keys) in [("typed", format!("xy\x7f\x7f{webhook}\r")), ("pasted", pasted)] {
        let user = User::new();
        let mut terminal = Terminal::start(&user, &["profile", "add", name]);
        terminal.wait_for("nothing is shown");
        terminal.press(&keys);
        let (code, shown) = terminal.end();
        assert_eq!(code, 0, "{shown}");
        assert!(shown.contains(&format!("Added {name}: webhook of user 27 at acme.bitrix24.com")), "{shown}");
        assert!(!shown.contains(&CANARY[..8]), "{shown}");
        let secrets = std::fs::read_to_string(user.secrets_file()).unwrap();
        assert!(secrets.contains(CANARY));
    }
}

#[test]
fn leaving_the_prompt_adds_nothing() {
    for key in ["\x03", "\x1b"] {
        let user = User::new();
        let mut terminal = Terminal::start(&user, &["profile", "add", "acme"]);
        terminal.wait_for("nothing is shown");
        terminal.press(key);
        let (code, shown) = terminal.end();
        assert_eq!(code, 130, "{shown}");
        assert!(!user.profiles_file().exists() && !user.secrets_file().exists());
    }
}

#[test]
fn a_secret_is_read_as_json_from_a_pipe_and_never_from_a_terminal() {
    let user = User::new();
    let (code, shown) = Terminal::start(&user, &["profile", "add", "acme", "--secrets-from-stdin"]).end();
    assert_eq!(code, 2, "{shown}");
    assert!(shown.contains("a pipe or a file"), "{shown}");
}

/// Asked for the tokens of the demo's app by its code, on a terminal; up to the page and its `state`.
fn code_flow(portal: &Portal, user: &User) -> (Terminal, String) {
    let (root, server) = (portal.rest_root(), portal.token_endpoint());
    let app = ["profile", "add", "acme", "--portal", &root, "--oauth", "--client-id", portal.client_id()];
    let mut terminal = Terminal::start(user, &[&app[..], &["--auth-server", &server, "--code-flow"]].concat());
    terminal.wait_for("(client_secret)");
    terminal.press(&format!("{}\r", portal.client_secret()));
    terminal.wait_for("Address or code: ");
    let state = terminal.shown.split_once("state=").unwrap().1.split_whitespace().next().unwrap().to_owned();
    (terminal, state)
}

#[test]
fn the_code_of_an_app_is_pasted_unseen_while_the_seconds_it_lives_are_counted_down() {
    let (portal, user) = (portal(), User::new());
    let (mut terminal, state) = code_flow(&portal, &user);
    terminal.press("\r");
    terminal.wait_for("(29 s left)");
    // Nobody presses anything: it counts by itself.
    terminal.wait_for("(28 s left)");
    let code = portal.authorization_code();
    let address = format!("https://example.org/back?code={code}&state={state}&domain=acme.bitrix24.com");
    terminal.press(&format!("\x1b[200~{address}\x1b[201~\r"));
    let (exit, shown) = terminal.end();
    assert_eq!(exit, 0, "{shown}");
    assert!(shown.contains("Added acme: app"), "{shown}");
    assert!(!shown.contains(&code) && !shown.contains(portal.client_secret()), "{shown}");
    user.run(&["get", "CRM", "DEAL|1663", "-p", "acme"]).expect(0);
}

#[test]
fn an_address_with_another_state_is_not_ours_and_adds_nothing() {
    let (portal, user) = (portal(), User::new());
    let (mut terminal, state) = code_flow(&portal, &user);
    let code = portal.authorization_code();
    terminal.press(&format!("https://example.org/back?code={code}&state=0{state}\r"));
    let (exit, shown) = terminal.end();
    assert_eq!(exit, 2, "{shown}");
    assert!(shown.contains("state") && !shown.contains(&code), "{shown}");
    assert!(!user.profiles_file().exists() && !user.secrets_file().exists());
}
