//! Trouble with the disk never stops a lookup, and is told in words.

use std::fs;

use rusqlite::Connection;

use super::support::*;

/// Looks up the deal and waits for its answer.
fn look_up(tty: &mut Tty) -> Look {
    tty.press("DEAL|1663");
    tty.press(ENTER);
    tty.see(&["chat 1437"])
}

fn with_data_dir(home: &Home, folder: &str) -> Tty {
    let mut command = home.demo();
    command.env("B24CHAT_DATA_DIR", folder);
    Tty::spawn(command, 120, 36)
}

#[test]
fn a_data_folder_that_cannot_be_used_is_named_and_lookups_work() {
    let home = Home::new();
    let file = home.folder().join("a-file");
    fs::write(&file, "").unwrap();
    // A file where the folder should be; and a folder in which nobody may make anything, not even root.
    for folder in [file.to_str().unwrap(), "/proc/self"] {
        let mut tty = with_data_dir(&home, folder);
        tty.see(&["Ann Admin"]);
        tty.wait("words about it", |look| look.words().contains(folder));
        look_up(&mut tty);
        tty.press(CTRL_C);
        assert_eq!(tty.wait_end(), Ended::Code(0), "{folder}");
    }
}

#[test]
fn a_read_only_data_folder_is_named_and_lookups_work() {
    use std::os::unix::fs::PermissionsExt;
    if rustix::process::geteuid().is_root() {
        // Root may write everywhere; the test above has its cases.
        return;
    }
    let home = Home::new();
    let folder = home.folder().join("closed");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    let mut tty = with_data_dir(&home, folder.to_str().unwrap());
    tty.wait("words about it", |look| look.words().contains(folder.to_str().unwrap()));
    look_up(&mut tty);
}

#[test]
fn a_missing_home_folder_is_told_and_lookups_work() {
    let home = Home::new();
    let mut command = home.demo();
    for variable in ["HOME", "B24CHAT_DATA_DIR", "B24CHAT_CONFIG_DIR"] {
        command.env_remove(variable);
    }
    // Where the system's list of users knows a home folder all the same, nothing is wrong.
    command.env("XDG_DATA_HOME", home.data_dir());
    let mut tty = Tty::spawn(command, 120, 36);
    tty.see(&["Ann Admin"]);
    look_up(&mut tty);
    tty.press(CTRL_C);
    assert_eq!(tty.wait_end(), Ended::Code(0));
}

#[test]
fn a_broken_history_is_set_aside_and_told_and_a_new_one_begins() {
    let home = Home::new();
    fs::create_dir(home.data_dir()).unwrap();
    fs::write(home.history_file(), "this is no database, and longer than its header would be. ".repeat(40)).unwrap();
    let mut tty = home.explore_demo();
    tty.wait("words about it", |look| look.words().replace(' ', "").contains("history-set-aside-"));
    look_up(&mut tty);
    assert_eq!(home.wait_for_records(1)[0].pair.entity_id(), "DEAL|1663");
    let names = fs::read_dir(home.data_dir()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().any(|name| name.to_string_lossy().starts_with("history-set-aside-")));
}

#[test]
fn two_explorers_share_a_history() {
    let home = Home::new();
    let mut first = home.explore_demo();
    let mut second = home.explore_demo();
    for _ in 0..3 {
        for tty in [&mut first, &mut second] {
            tty.press(CTRL_U);
            tty.press("DEAL|1663");
            tty.press(ENTER);
        }
    }
    for tty in [&first, &second] {
        tty.see(&["chat 1437"]);
    }
    // Each Enter replaces what is in flight; whatever became of them, every lookup has its record.
    assert_eq!(home.wait_for_records(6).len(), 6);
    second.press(CTRL_C);
    assert_eq!(second.wait_end(), Ended::Code(0));
    let third = home.explore_demo();
    third.wait("the records of both", |look| look.count(&["DEAL|1663", "CRM"]) >= 6);
}

#[test]
fn the_first_frame_and_the_keys_do_not_wait_for_a_locked_history() {
    let home = Home::new();
    let mut tty = home.explore_demo();
    look_up(&mut tty);
    home.wait_for_records(1);
    tty.press(CTRL_C);
    tty.wait_end();

    let holder = Connection::open(home.history_file()).unwrap();
    holder.pragma_update(None, "locking_mode", "exclusive").unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut tty = Tty::spawn(home.demo(), 120, 36);
    tty.see(&["Entity id", "Ann Admin"]);
    tty.press("LEAD|13");
    tty.see(&["LEAD|13"]);
    assert_eq!(tty.look().row_with(&["DEAL|1663", "chat 1437"]), None, "it was not locked at all");
    tty.press(ENTER);
    holder.execute_batch("ROLLBACK").unwrap();
    drop(holder);
    tty.see(&["chat 1410"]);
}

#[test]
fn the_first_frame_does_not_wait_for_a_huge_history() {
    let home = Home::new();
    let mut tty = home.explore_demo();
    look_up(&mut tty);
    home.wait_for_records(1);
    tty.press(CTRL_C);
    tty.wait_end();
    let filling = Connection::open(home.history_file()).unwrap();
    let columns = "asked_at, profile, portal, site, entity_type, entity_id, verdict, chat_id, code, status, failure, \
                   total_ns, haystack";
    // Doubled seventeen times: 131 072 records.
    filling.execute_batch("BEGIN").unwrap();
    for _ in 0..17 {
        filling.execute_batch(&format!("INSERT INTO lookups ({columns}) SELECT {columns} FROM lookups")).unwrap();
    }
    filling.execute_batch("COMMIT").unwrap();
    drop(filling);

    let mut tty = Tty::spawn(home.demo(), 120, 36);
    tty.wait("the count of all records", |look| look.words().contains("131 072"));
    tty.press("LEAD|13");
    tty.press(ENTER);
    tty.see(&["chat 1410"]);
    // To the oldest and back, page by page.
    tty.press(DOWN);
    for _ in 0..3 {
        tty.press("G");
        tty.settle();
    }
    tty.press("g");
    tty.see(&["LEAD|13"]);
}
