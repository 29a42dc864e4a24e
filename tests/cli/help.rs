//! Every command explains itself.

use std::path::Path;

use crate::process::Program;

fn help(path: &[&str]) -> String {
    let ran = Program::at(Path::new("/")).run(&[path, &["--help"]].concat());
    assert_eq!(ran.err, "", "{path:?}");
    ran.done()
}

/// The names below "Commands:" in a help text.
fn commands(text: &str) -> Vec<String> {
    let below = text.lines().skip_while(|line| *line != "Commands:").skip(1);
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
    for wrong in [&["pokaz"][..], &["demo", "--dzial"], &["demo", "--port", "99999"], &["measures"], &["key"]]
    {
        program.run(wrong).refused(2);
    }
}
