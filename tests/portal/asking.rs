//! What is sent.

use b24chat::domain::lookup::{End, Lookup};
use b24chat::domain::phases::Phase;
use b24chat::domain::reply::{ChatId, Outcome};

use super::support::*;

#[tokio::test]
async fn a_chat_is_found_over_a_fresh_connection() {
    let (address, asked) = answer(vec![reply("200 OK", &[("Content-Type", "application/json")], FOUND)]).await;
    let lookup = lookup(address);
    let (end, phases) = ask_watched(&client(), &lookup).await;
    let reply = answered(end);
    assert_eq!(reply.outcome, Outcome::Chat(ChatId(1437)));
    assert_eq!((reply.status, reply.version.as_str()), (200, "HTTP/1.1"));
    assert_eq!(phases, [Phase::Connect, Phase::Wait, Phase::Download]);
    assert_eq!(asked.lock().unwrap()[0].body, lookup.request().body());
}
