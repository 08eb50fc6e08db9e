//! Nobody else reads the history, and what must not be in it is not.

use std::fs;

use crate::support::*;

#[cfg(unix)]
#[test]
fn every_file_of_the_history_is_for_this_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new();
    let folder = place.folder().join("share/b24chat");
    let file = folder.join("history.sqlite3");
    let modes = || {
        let entries = fs::read_dir(&folder).unwrap().map(Result::unwrap);
        let mut modes: Vec<_> = entries
            .map(|entry| {
                (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().permissions().mode() & 0o777)
            })
            .collect();
        modes.sort();
        modes
    };
    let private = ["history.lock", "history.sqlite3", "history.sqlite3-shm", "history.sqlite3-wal"]
        .map(|n| (n.to_owned(), 0o600));

    let mut history = b24chat::store::history::History::open(&file).unwrap().history;
    history.keep(&numbered(1)).unwrap();
    assert_eq!(modes(), private);
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    drop(history);

    // A copy that was brought back with the usual mode.
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let mut history = b24chat::store::history::History::open(&file).unwrap().history;
    history.keep(&numbered(2)).unwrap();
    assert_eq!(modes(), private);
}

#[test]
fn the_secret_of_a_lookup_is_in_none_of_the_files() {
    use std::sync::Arc;
    use std::time::Duration;

    use b24chat::domain::address::RestRoot;
    use b24chat::domain::credential::{Credential, Secret};
    use b24chat::domain::failure::Failure;
    use b24chat::domain::lookup::{End, Lookup};
    use b24chat::domain::phases::Phases;
    use b24chat::domain::profile::Profile;
    use b24chat::domain::record::Record;

    let secret = || Secret::new("canary0123456789");
    let place = Place::new();
    let mut history = place.open();
    for credential in
        [Credential::Webhook { user: "27".into(), secret: secret() }, Credential::OAuth { access: secret() }]
    {
        let lookup = Lookup {
            pair: numbered(1).pair,
            profile: Arc::new(Profile::new(
                "acme",
                RestRoot::from_url("https://acme.bitrix24.com/rest/".parse().unwrap()).unwrap(),
                credential,
            )),
            timeout: Duration::from_secs(65),
        };
        let failure = Failure::Cancelled { after: Duration::from_secs(1) };
        let end = End::Failed { failure, phases: Phases::default() };
        history.keep(&Record::new(&lookup, jiff::Timestamp::UNIX_EPOCH, end)).unwrap();
    }
    assert_eq!(list(&history, "acme").total, 2);
    drop(history);
    for entry in fs::read_dir(place.folder()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"canary"), "{}", path.display());
    }
}
