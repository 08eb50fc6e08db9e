//! The file itself: its mode, a link in its place, an edit that fails.

use std::fs;

use b24chat::store::profiles::{Profiles, ProfilesTrouble};

use crate::support::*;

#[test]
fn a_change_that_fails_or_changes_nothing_does_not_touch_the_file() {
    let place = Place::new();
    place.add(&webhook("acme"));
    let before = (place.text(), fs::metadata(place.file()).unwrap().modified().unwrap());
    let now = || (place.text(), fs::metadata(place.file()).unwrap().modified().unwrap());
    let failed = Profiles::edit(&place.file(), |profiles| {
        profiles.add(&webhook("office"))?;
        profiles.remove("nobody")
    });
    assert!(matches!(failed, Err(ProfilesTrouble::Unknown { .. })));
    assert_eq!(now(), before);
    Profiles::edit(&place.file(), |profiles| profiles.set_active("acme")).unwrap();
    assert_eq!(now(), before);
}

#[cfg(unix)]
#[test]
fn the_files_mode_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.add(&webhook("acme"));
    for mode in [0o600, 0o640, 0o644] {
        fs::set_permissions(place.file(), fs::Permissions::from_mode(mode)).unwrap();
        Profiles::edit(&place.file(), |profiles| profiles.set_member_id("acme", &format!("{mode:o}"))).unwrap();
        assert_eq!(fs::metadata(place.file()).unwrap().permissions().mode() & 0o777, mode);
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_the_file_it_leads_to_is_changed() {
    let place = Place::new();
    let elsewhere = Place::with("# kept elsewhere\n");
    std::os::unix::fs::symlink(elsewhere.file(), place.file()).unwrap();
    place.add(&webhook("acme"));
    assert!(fs::symlink_metadata(place.file()).unwrap().is_symlink());
    assert!(elsewhere.text().starts_with("# kept elsewhere\n"), "{}", elsewhere.text());
    assert_eq!(names(&place.load()), ["acme"]);
}

#[test]
fn the_folder_is_made_and_nothing_but_the_file_and_its_lock_is_left_in_it() {
    let place = Place::new();
    let file = place.folder().join("new/folder/profiles.toml");
    Profiles::edit(&file, |profiles| profiles.add(&webhook("acme"))).unwrap();
    let mut names: Vec<_> =
        fs::read_dir(file.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["profiles.lock", "profiles.toml"]);
}

#[test]
fn a_file_that_cannot_be_read_is_said_to_be_so() {
    let place = Place::new();
    fs::create_dir(place.file()).unwrap();
    assert!(place.trouble().contains("cannot be used"), "{}", place.trouble());
}
