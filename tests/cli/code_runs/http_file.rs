//! The `.http` file, read as editors read it: a request line, headers, an empty line, the body; `{{name}}` is
//! a variable wherever it stands.

use b24chat::domain::snippet::{Caller, Idiom, code};
use serde_json::{Value, json};

use super::pairs::with_everything;
use super::root;

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
