//! Every command explains itself.

use std::path::Path;

use crate::process::Program;

fn help(path: &[&str]) -> String {
    let ran = Program::at(Path::new("/")).run(&[path, &["--help"]].concat());
    assert_eq!(ran.err, "", "{path:?}");
    ran.done()
}

/// The names below "Polecenia:" in a help text.
fn commands(text: &str) -> Vec<String> {
    let below = text.lines().skip_while(|line| *line != "Polecenia:").skip(1);
    let lines = below.take_while(|line| line.starts_with("  "));
    // Long explanations go on in lines that begin further right.
    let names =
        lines.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

fn visit(path: &[&str], found: &mut Vec<String>) {
    let text = help(path);
    found.push(path.join(" "));
    assert!(text.contains("Przykład: ") || text.contains("Przykłady:\n"), "{path:?}: {text}");
    assert!(text.contains(&format!("miernik {}", path.join(" "))), "{path:?}: {text}");
    for word in
        ["Usage", "Options", "Commands", "Arguments", "Possible", "Print ", "[default", "[env", "<EDITION>"]
    {
        assert!(!text.contains(word), "{path:?} says {word} in English: {text}");
    }
    for name in commands(&text) {
        visit(&[path, &[name.as_str()]].concat(), found);
    }
}

#[test]
fn every_command_has_help_with_an_example() {
    let mut found = Vec::new();
    visit(&[], &mut found);
    for command in
        ["demo", "serve", "migrate", "key new", "key add", "key list", "key revoke", "units import"]
    {
        assert!(found.iter().any(|name| name == command), "{command} in {found:?}");
    }
    for command in ["edition create", "edition open", "edition close", "invite", "links", "measures"] {
        assert!(found.iter().any(|name| name == command), "{command} in {found:?}");
    }
    for command in ["form check", "form eval", "user add", "units export", "entities import"] {
        assert!(found.iter().any(|name| name == command), "{command} in {found:?}");
    }
}

#[test]
fn an_example_names_its_own_command() {
    for path in [&["units", "import"][..], &["edition", "open"], &["demo"], &["user", "add"]] {
        let text = help(path);
        let example = text.rsplit("Przykład: ").next().unwrap();
        assert!(example.contains(&format!("miernik {}", path.join(" "))), "{example}");
    }
}

#[test]
fn a_command_that_there_is_not_could_not_run() {
    let program = Program::at(Path::new("/"));
    for (wrong, said) in [
        (&["pokaz"][..], "nie ma polecenia „pokaz”"),
        (&["demo", "--dzial"], "nie ma opcji ani argumentu „--dzial”"),
        (&["measures"], "brakuje: --edition <PROGRAM/EDYCJA>"),
        (&["key"], "Użycie: miernik key"),
        (&["links", "--edition", "a/1", "--revoke", "x", "--reissue", "y"], "nie można podać razem"),
    ] {
        let printed = program.run(wrong).refused(2);
        assert!(printed.contains(said), "{wrong:?}: {printed}");
    }
}

#[test]
fn a_value_that_an_option_does_not_take_is_wrong_input_and_said_in_polish() {
    let program = Program::at(Path::new("/"));
    let edition = ["--edition", "mazowsze/2024"];
    for (arguments, words) in [
        (&["demo", "--port", "70000"][..], "--port 70000: to nie jest właściwa wartość. Proszę podać liczbę"),
        (
            &["demo", "--port", "osiem"],
            "--port osiem: to nie jest właściwa wartość. Proszę podać liczbę całkowitą",
        ),
        (
            &[&["measures", "--format", "xml"], &edition[..]].concat(),
            "--format xml: to nie jest właściwa wartość. Możliwe: text, json",
        ),
        (&["edition", "create", "mazowsze/2024", "--opens", "2025-02-31"], "Proszę podać datę z kalendarza"),
    ] {
        let said = program.run(arguments).refused(1);
        assert!(said.contains(words) && said.lines().count() == 1, "{arguments:?}: {said}");
    }
}
