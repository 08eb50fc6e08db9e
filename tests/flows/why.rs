//! Why null: listed first, sent on Enter, loaded from what was found.

use b24chat::domain::explanation::{Answered, End, Explained, Judgement};
use b24chat::domain::language::Phrase;
use b24chat::domain::profile::Sketch;
use b24chat::domain::reply::ChatId;
use b24chat::tui::app::Message;
use b24chat::tui::app::model::Overlay;
use b24chat::tui::keys::Place;

use crate::support::{Explorer, FOUND, NO_CHAT, REFUSED, reply};

/// An explorer that was told that `D_1663` has no chat, with the keys outside the text fields.
fn without_chat() -> Explorer {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("D_1663", reply(200, NO_CHAT));
    explorer.keys("<tab>");
    explorer.effects();
    explorer
}

fn number(explorer: &Explorer) -> u64 {
    let Some(Overlay::WhyNull(why)) = &explorer.model.overlay else { panic!("nothing is explained") };
    why.number
}

/// The batch comes back: the first hypothesis found its pair, nothing else can be told.
fn find(explorer: &mut Explorer) {
    let Some(Overlay::WhyNull(why)) = &explorer.model.overlay else { panic!("nothing is explained") };
    let ends = why.explanation.hypotheses.iter().enumerate().map(|(at, _)| match at {
        0 => End::Found { pair: b24chat::domain::entity::EntityPair::new("CRM", "DEAL|1663").ok(), chat: ChatId(1437) },
        _ => End::Untold(Phrase::new("nothing was said", "ничего не сказано")),
    });
    let judgement = Judgement { pair: Answered::NoChat { arrived: true }, ends: ends.collect() };
    let number = why.number;
    explorer.tell(Message::Explained { number, explained: Box::new(Explained::Judged(judgement)) });
}

#[test]
fn w_lists_what_may_be_so_and_sends_nothing() {
    let mut explorer = without_chat();
    explorer.keys("w");
    assert_eq!(explorer.effects(), ["list profiles"]);
    let screen = explorer.screen();
    for words in [
        "Why null · CRM D_1663",
        "nothing was sent yet",
        "CRM DEAL|1663 was meant",
        "im.chat.get (scope im)",
        "crm.item.get (scope",
    ] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
}

#[test]
fn enter_sends_one_batch_and_the_pair_that_was_found_is_loaded_unsent() {
    let mut explorer = without_chat();
    explorer.keys("w<enter>");
    assert_eq!(explorer.effects(), ["list profiles", "explain CRM D_1663"]);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), Vec::<String>::new());
    find(&mut explorer);
    assert!(explorer.screen().contains("found instead: CRM DEAL|1663 → chat 1437"));
    explorer.keys("<down><enter>");
    assert!(explorer.model.overlay.is_some());
    explorer.keys("<up><enter>");
    assert_eq!(explorer.effects(), Vec::<String>::new());
    assert_eq!(explorer.model.entity_id.value(), "DEAL|1663");
    assert_eq!(explorer.model.place(), Place::EntityId);
}

#[test]
fn esc_cancels_a_batch_and_its_late_end_changes_nothing() {
    let mut explorer = without_chat();
    explorer.keys("w<enter>");
    let number = number(&explorer);
    explorer.effects();
    explorer.keys("<esc>");
    assert_eq!(explorer.effects(), ["abandon explanation"]);
    explorer.keys("w");
    let late = Explained::Failed(b24chat::domain::failure::Failure::RedirectLoop { hops: 2 });
    explorer.tell(Message::Explained { number, explained: Box::new(late) });
    assert!(explorer.screen().contains("nothing was sent yet"));
}

#[test]
fn a_lookup_with_another_end_has_no_why() {
    for end in [reply(200, FOUND), reply(401, REFUSED)] {
        let mut explorer = Explorer::new(120, 36);
        explorer.look_up("DEAL|1663", end);
        explorer.keys("<tab>");
        assert!(!explorer.screen().contains("why null"));
        explorer.keys("w");
        assert!(explorer.model.overlay.is_none());
        assert!(explorer.screen().contains("did not end without a chat"));
    }
}

#[test]
fn another_profile_of_the_same_portal_is_one_thing_more() {
    let sketch = |name: &str, host: &str| Sketch {
        name: name.to_owned(),
        host: host.to_owned(),
        whose: "webhook of user 1".to_owned(),
        colour: None,
        insecure_tls: false,
        active: false,
    };
    let mut explorer = without_chat();
    explorer.profiles =
        Ok(vec![sketch("acme", "acme.bitrix24.com"), sketch("admin", "acme.bitrix24.com"), sketch("x", "b.example")]);
    explorer.keys("w");
    let screen = explorer.screen();
    assert!(screen.contains("another profile of this portal sees more: admin"), "{screen}");
}

#[test]
fn it_can_be_read_on_a_small_screen() {
    let mut explorer = Explorer::new(60, 16);
    explorer.look_up("D_1663", reply(200, NO_CHAT));
    explorer.keys("<tab>w<enter>");
    find(&mut explorer);
    assert!(explorer.screen().contains("found instead"));
    explorer.keys("<down><down><down><down>");
    assert!(explorer.screen().contains("the first request lost its parameters"), "{}", explorer.screen());
}
