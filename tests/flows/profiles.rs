//! Choosing a portal, adding one unseen, examining them, and following one that moved.

use std::sync::Arc;
use std::time::Duration;

use b24chat::domain::diagnosis::{Diagnosis, Finding, Rung, Standing};
use b24chat::domain::failure::Failure;
use b24chat::domain::language::{Language, Phrase};
use b24chat::domain::profile::{Profile, Sketch};
use b24chat::tui::app::Message;

use crate::support::{Explorer, failed, profile};

fn sketch(name: &str, host: &str) -> Sketch {
    Sketch {
        name: name.to_owned(),
        host: host.to_owned(),
        whose: "webhook of user 27".to_owned(),
        colour: None,
        insecure_tls: name == "old",
        active: name == "acme",
    }
}

fn with_profiles() -> Explorer {
    let mut explorer = Explorer::new(120, 36);
    explorer.profiles = Ok(vec![sketch("acme", "acme.bitrix24.com"), sketch("old", "intra.example")]);
    explorer.effects();
    explorer
}

fn finding(rung: Rung, standing: Standing, found: &str) -> Finding {
    Finding {
        rung,
        standing,
        found: Phrase::same(found),
        proves: None,
        cause: (standing == Standing::Fail)
            .then(|| Phrase::new("The permission for chats is missing.", "Не хватает права на чаты.")),
        advice: Vec::new(),
        otherwise: None,
        code: None,
        took: Some(Duration::from_millis(4)),
    }
}

/// The number of the examination that was asked for last.
fn number_of(explorer: &Explorer) -> u64 {
    match &explorer.model.overlay {
        Some(b24chat::tui::app::model::Overlay::Doctor(doctor)) => doctor.number,
        _ => panic!("no doctor is open"),
    }
}

#[test]
fn p_lists_the_profiles_and_enter_uses_the_one_that_was_found_by_typing() {
    let mut explorer = with_profiles();
    explorer.keys("<tab> p");
    explorer.screen().shows(&["Profiles", "● acme", "intra.example", "TLS not checked"]);
    explorer.keys("intra");
    explorer.screen().hides(&["● acme"]);
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), ["list profiles", "use old"]);
    explorer.screen().shows(&["opening the old"]);
    let opened = Profile { name: "old".to_owned(), ..profile() };
    explorer.tell(Message::PortalOpened(Arc::new(opened)));
    explorer.screen().shows(&["old · acme.bitrix24.com"]);
}

#[test]
fn using_another_profile_cancels_what_is_in_flight() {
    let mut explorer = with_profiles();
    explorer.keys("DEAL|1663 <enter> <tab> p");
    explorer.effects();
    explorer.keys("old <enter>");
    assert_eq!(explorer.effects(), ["abandon", "keep CRM DEAL|1663: cancelled after 0 s", "use old"]);
}

#[test]
fn a_profile_whose_certificate_is_not_checked_says_so_wherever_it_is_open() {
    let mut explorer = Explorer::new(120, 36);
    let mut open = profile();
    open.connection.insecure_tls = true;
    explorer.tell(Message::PortalOpened(Arc::new(open)));
    explorer.screen().shows(&["acme TLS NOT CHECKED"]);
}

#[test]
fn a_webhook_is_added_without_ever_being_seen() {
    let mut explorer = with_profiles();
    explorer.keys("<tab> p <ctrl-a>");
    explorer.paste("https://new.bitrix24.com/rest/27/canary7f3a012345/profile.json\n");
    let screen = explorer.screen();
    screen.shows(&["62 characters"]);
    screen.hides(&["canary", "new.bitrix24.com"]);
    explorer.keys("<enter>");
    let screen = explorer.screen();
    screen.shows(&["https://new.bitrix24.com/rest/ · webhook of user 27", "name"]);
    screen.hides(&["canary"]);
    explorer.keys("<ctrl-u> sandbox <enter>");
    let effects = explorer.effects();
    assert_eq!(effects, ["list profiles", "add sandbox https://new.bitrix24.com/rest/ webhook of user 27"]);
}

#[test]
fn what_is_no_webhook_is_not_taken_and_not_repeated() {
    let mut explorer = with_profiles();
    explorer.keys("<tab> p <ctrl-a>");
    explorer.paste("https://new.bitrix24.com/rest/27/");
    explorer.keys("<enter>");
    let screen = explorer.screen();
    screen.shows(&["Not taken:", "0 characters"]);
    explorer.keys("<esc>");
    explorer.screen().hides(&["Add a profile"]);
}

#[test]
fn the_doctors_rungs_appear_as_they_finish() {
    let mut explorer = with_profiles();
    explorer.keys("<tab> d");
    assert_eq!(explorer.effects(), ["examine 0 open"]);
    let number = number_of(&explorer);
    let pass = finding(Rung::Dns, Standing::Pass, "3 addresses");
    explorer.tell(Message::Found { number, side: 0, finding: Box::new(pass.clone()) });
    explorer.screen().shows(&["Doctor · acme", "examining", "✓ dns", "3 addresses"]);
    let fail = finding(Rung::Scopes, Standing::Fail, "\"im\" is missing");
    let diagnosis = Diagnosis { findings: vec![pass, fail], requests: 3, total: Duration::from_millis(90) };
    explorer.tell(Message::Examined { number, side: 0, end: Ok(Box::new(diagnosis)) });
    explorer.screen().shows(&["✗ scopes", "\"im\" is missing", "The permission for chats is missing.", "3 requests"]);
    explorer.keys("<esc>");
    assert_eq!(explorer.effects(), [""; 0], "it was over");
}

#[test]
fn leaving_the_doctor_early_ends_it_and_what_still_comes_changes_nothing() {
    let mut explorer = with_profiles();
    explorer.keys("<tab> d");
    let number = number_of(&explorer);
    explorer.effects();
    explorer.keys("<esc>");
    assert_eq!(explorer.effects(), ["abandon examination"]);
    let late = finding(Rung::Dns, Standing::Pass, "3 addresses");
    explorer.tell(Message::Found { number, side: 0, finding: Box::new(late) });
    explorer.screen().hides(&["3 addresses"]);
}

#[test]
fn two_profiles_stand_side_by_side_with_their_differences_marked() {
    let mut explorer = with_profiles();
    explorer.keys("<tab> d a old <enter>");
    let effects = explorer.effects();
    assert_eq!(&effects[effects.len() - 2..], ["examine 0 open", "examine 1 old"]);
    let number = number_of(&explorer);
    for (side, standing, found) in [(0, Standing::Pass, "im"), (1, Standing::Fail, "\"im\" is missing")] {
        let same = finding(Rung::Dns, Standing::Pass, "1 address");
        explorer.tell(Message::Found { number, side, finding: Box::new(same) });
        let other = finding(Rung::Scopes, standing, found);
        explorer.tell(Message::Found { number, side, finding: Box::new(other) });
    }
    let screen = explorer.screen();
    screen.shows(&["Doctor · acme against old", "≠ scopes", "old: scopes"]);
    screen.hides(&["≠ dns"]);
}

#[test]
fn a_portal_that_moved_is_followed_only_when_it_is_confirmed() {
    let mut explorer = with_profiles();
    explorer.look_up("DEAL|1663", failed(Failure::Moved { to: "https://renamed.bitrix24.com".to_owned() }));
    explorer.effects();
    explorer.keys("<tab> m");
    explorer.screen().shows(&[
        "acme.bitrix24.com/rest/",
        "renamed.bitrix24.com/rest/",
        "Both are names of the Bitrix24 cloud",
    ]);
    explorer.keys("<esc>");
    assert_eq!(explorer.effects(), [""; 0], "nothing without being asked for");
    explorer.keys("m <enter>");
    assert_eq!(explorer.effects(), ["change acme to https://renamed.bitrix24.com/rest/"]);
}

#[test]
fn a_move_to_a_name_outside_the_cloud_is_a_warning() {
    let mut explorer = with_profiles();
    explorer.look_up("DEAL|1663", failed(Failure::Moved { to: "https://evil.example".to_owned() }));
    explorer.keys("<tab> m");
    explorer.screen().shows(&["Ask the portal's"]);
    explorer.model.language = Language::Ru;
    explorer.screen().shows(&["Прежде чем подтвердить,", "На новый адрес ничего не отправлено."]);
}

#[test]
fn the_demo_has_no_profile_to_change() {
    let mut explorer = Explorer::new(120, 36);
    explorer.tell(Message::PortalOpened(Arc::new(Profile { demo: true, ..profile() })));
    explorer.look_up("DEAL|1663", failed(Failure::Moved { to: "https://renamed.bitrix24.com".to_owned() }));
    explorer.keys("<tab> m");
    explorer.screen().shows(&["Not now: this portal comes from the environment"]);
    assert!(!explorer.effects().iter().any(|effect| effect.starts_with("change")));
}

#[test]
fn the_report_is_shown_before_it_is_saved_and_is_what_is_saved() {
    let mut explorer = with_profiles();
    explorer.keys("<tab> d s");
    explorer.screen().shows(&["Not now: the examination is not over"]);
    let number = number_of(&explorer);
    let fail = finding(Rung::Scopes, Standing::Fail, "the portal repeats canary0123456789");
    let diagnosis = Diagnosis { findings: vec![fail], requests: 2, total: Duration::from_millis(90) };
    explorer.tell(Message::Examined { number, side: 0, end: Ok(Box::new(diagnosis)) });
    explorer.effects();
    explorer.keys("s");
    let screen = explorer.screen();
    screen.shows(&["this is all that is saved", "✗ scopes", "the portal repeats ****"]);
    assert_eq!(explorer.effects(), [""; 0], "it is only shown");
    explorer.keys("<enter>");
    assert_eq!(explorer.effects(), ["save broken: scopes"]);
    explorer.screen().shows(&["Doctor · acme"]);
    explorer.keys("s <esc>");
    assert_eq!(explorer.effects(), [""; 0]);
    explorer.screen().shows(&["Doctor · acme"]);
}
