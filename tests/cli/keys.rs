//! Keys of links and keys of the API.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::campaign::{Campaign, names};
use crate::process::{EDITION, Program, Serving};

#[test]
fn a_new_key_is_a_file_that_only_its_owner_reads() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::at(folder.path());
    for count in 1..=2 {
        let made = program.run(&["key", "new"]);
        let keys = names(&folder.path().join("keys"));
        assert_eq!(keys.len(), count);
        assert!(made.err.contains(&keys[count - 1]) && made.err.contains("kopii zapasowej"), "{}", made.err);
        assert_eq!(made.done(), "", "a key is never printed");
        for key in keys {
            let mode = fs::metadata(folder.path().join("keys").join(key)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}

#[test]
fn a_key_in_a_folder_that_cannot_be_made_could_not_be_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plik"), "").unwrap();
    let said = Program::at(folder.path()).with("MIERNIK_KEYS", "plik/keys").run(&["key", "new"]).refused(2);
    assert!(said.contains("plik/keys"), "{said}");
}

#[test]
fn without_a_key_nothing_is_served_and_the_way_to_one_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::at(folder.path());
    program.run(&["migrate"]).done();
    let said = program.run(&["serve"]).refused(2);
    assert!(said.contains("miernik key new"), "{said}");
    assert!(!folder.path().join("keys").exists(), "serving never makes a key");
}

#[test]
fn a_key_that_is_not_the_databases_own_is_refused_by_every_command() {
    let (folder, program) = Campaign::shared().copy();
    let keys = folder.path().join("keys");
    let name = names(&keys).remove(0);
    // The same name, another key.
    let key = fs::read_to_string(keys.join(&name)).unwrap();
    let other: String = key.chars().rev().collect::<String>();
    let (id, secret) = key.trim_end().split_once(':').unwrap();
    let swapped: String = secret.chars().rev().collect();
    assert_ne!(swapped, secret, "{other}");
    fs::write(keys.join(&name), format!("{id}:{swapped}\n")).unwrap();
    let before = fs::read(folder.path().join("miernik.db")).unwrap();
    for arguments in [
        &["serve"][..],
        &["links", "--edition", EDITION],
        &["links", "--edition", EDITION, "--reissue", "1401022"],
        &["invite", "--edition", EDITION],
        &["measures", "--edition", EDITION],
        &["edition", "close", EDITION],
        &["key", "list"],
    ] {
        let said = program.run(arguments).refused(2);
        assert!(said.contains(id) && said.contains("klucz"), "{arguments:?}: {said}");
    }
    assert_eq!(fs::read(folder.path().join("miernik.db")).unwrap(), before);
}

#[test]
fn a_missing_old_key_is_refused_and_a_new_one_beside_it_is_not() {
    let (folder, program) = Campaign::shared().copy();
    let keys = folder.path().join("keys");
    let old = names(&keys).remove(0);
    program.run(&["key", "new"]).done();
    program.run(&["measures", "--edition", EDITION]).done();
    fs::remove_file(keys.join(&old)).unwrap();
    let said = program.run(&["serve"]).refused(2);
    assert!(said.contains(old.trim_end_matches(".key")), "{said}");
}

#[test]
fn where_the_database_knows_keys_the_way_out_is_the_backup_and_no_new_key() {
    let (folder, program) = Campaign::shared().copy();
    let keys = folder.path().join("keys");
    let old = names(&keys).remove(0);
    fs::remove_file(keys.join(&old)).unwrap();
    for arguments in [&["serve"][..], &["measures", "--edition", EDITION]] {
        let said = program.run(arguments).refused(2);
        assert!(said.contains(&old) && said.contains("kopii zapasowej"), "{said}");
        assert!(!said.contains("key new"), "{said}");
    }
}

#[test]
fn a_key_that_others_may_read_or_that_is_damaged_is_refused() {
    let (folder, program) = Campaign::shared().copy();
    let path = folder.path().join("keys").join(names(&folder.path().join("keys")).remove(0));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let said = program.run(&["serve"]).refused(2);
    assert!(said.contains("chmod 600"), "{said}");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&path, "to nie jest klucz\n").unwrap();
    let said = program.run(&["serve"]).refused(2);
    assert!(said.contains(path.file_name().unwrap().to_str().unwrap()), "{said}");
}

#[test]
fn a_key_from_a_variable_serves_as_one_from_a_file() {
    let (folder, program) = Campaign::shared().copy();
    let keys = folder.path().join("keys");
    let key = fs::read_to_string(keys.join(names(&keys).remove(0))).unwrap();
    fs::remove_dir_all(&keys).unwrap();
    program.run(&["measures", "--edition", EDITION]).refused(2);
    program.with("MIERNIK_LINK_KEY", key.trim_end()).run(&["measures", "--edition", EDITION]).done();
}

#[test]
fn an_api_key_is_printed_once_opens_the_api_and_is_revoked() {
    let (_folder, program) = Campaign::shared().copy();
    let add = ["key", "add", "--programme", "mazowsze", "--name", "hurtownia"];
    let printed = program.run(&add).done();
    let key = printed.strip_suffix('\n').unwrap();
    assert!(!key.is_empty() && !key.contains(char::is_whitespace), "{key:?}");
    let list = program.run(&["key", "list"]).done();
    let line = list.lines().find(|line| line.contains("hurtownia")).unwrap();
    assert!(line.contains("api mazowsze") && line.ends_with("czynny"), "{line}");
    assert!(!list.contains(key), "{list}");

    let serving = Serving::start(&program);
    let status = || {
        let address = format!("{}/api/v1/editions/{EDITION}/measures", serving.address);
        reqwest::blocking::Client::new().get(address).bearer_auth(key).send().unwrap().status().as_u16()
    };
    assert_eq!(status(), 200);
    let revoke = ["key", "revoke", "--programme", "mazowsze", "--name", "hurtownia"];
    assert_eq!(program.run(&revoke).done(), "");
    assert_eq!(status(), 401, "a revoked key is refused at once, without a restart");
    let list = program.run(&["key", "list"]).done();
    assert!(list.lines().any(|line| line.contains("hurtownia") && line.ends_with("unieważniony")), "{list}");
    program.run(&revoke).refused(1);
}

#[test]
fn an_api_key_of_a_programme_that_there_is_not_is_refused() {
    let program = Campaign::shared().program();
    let said = program.run(&["key", "add", "--programme", "podlasie", "--name", "x"]).refused(1);
    assert!(said.contains("podlasie"), "{said}");
}
