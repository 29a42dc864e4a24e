//! The program and the count beside it, as processes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The edition that all tests are about.
pub(crate) const EDITION: &str = "mazowsze/2024";

/// An installation: a folder with settings, keys and a database.
pub(crate) struct Installation {
    /// Its folder.
    pub(crate) folder: PathBuf,
    _removed: Option<tempfile::TempDir>,
}

impl Installation {
    /// The played campaign of the demo with its usual seed.
    pub(crate) fn demo() -> &'static Self {
        static PLAYED: OnceLock<Installation> = OnceLock::new();
        PLAYED.get_or_init(|| {
            let around = tempfile::tempdir().unwrap();
            let folder = around.path().join("pokaz");
            let dir = folder.to_str().unwrap();
            done(&miernik(around.path(), &["demo", "--dir", dir, "--seed", "2024", "--once", "--port", "0"]));
            // It outlives the tests of this process, so nothing removes it but the cleaning of the build.
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recount");
            let _ = fs::remove_dir_all(&kept);
            copy(&folder, &kept);
            Self { folder: kept, _removed: None }
        })
    }

    /// An edition that is open today and that nobody has answered, of the shipped files after `change` got their folder.
    pub(crate) fn open(change: impl FnOnce(&Path)) -> Self {
        let around = tempfile::tempdir().unwrap();
        let folder = around.path().to_path_buf();
        fs::write(folder.join("miernik.toml"), "").unwrap();
        let forms = folder.join("forms");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/mazowsze"), &forms);
        change(&forms);
        let own = Self { folder, _removed: Some(around) };
        let dates = ["--opens", "2025-01-17", "--closes", "2125-02-25"];
        own.run(&["migrate"]);
        own.run(&["key", "new"]);
        own.run(&[&["edition", "create", EDITION, "--forms", "forms"][..], &dates].concat());
        own.run(&["edition", "open", EDITION, "--forms", "forms"]);
        own
    }

    /// The same in a folder of its own.
    pub(crate) fn copied(&self) -> Self {
        let around = tempfile::tempdir().unwrap();
        copy(&self.folder, around.path());
        Self { folder: around.path().to_path_buf(), _removed: Some(around) }
    }

    /// Runs a command that must end well; what it printed.
    #[track_caller]
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        done(&miernik(&self.folder, arguments))
    }

    /// Runs a command; its exit code and what it said.
    pub(crate) fn try_run(&self, arguments: &[&str]) -> (i32, String) {
        let output = miernik(&self.folder, arguments);
        (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
    }

    /// Exports a questionnaire into a folder.
    #[track_caller]
    pub(crate) fn export(&self, form: &str, to: &Path, more: &[&str]) {
        let to = to.to_str().unwrap();
        let arguments = ["responses", "export", "--edition", EDITION, "--form", form, "-o", to];
        self.run(&[&arguments[..], more].concat());
    }

    /// Exports the codes of open answers into a folder.
    #[track_caller]
    pub(crate) fn export_codes(&self, to: &Path) {
        self.run(&["codes", "export", "--edition", EDITION, "-o", to.to_str().unwrap()]);
    }

    /// Exports what was decided about distinct things into a folder.
    #[track_caller]
    pub(crate) fn export_things(&self, to: &Path) {
        self.run(&["things", "export", "--edition", EDITION, "-o", to.to_str().unwrap()]);
    }

    /// Writes what `measures --format json` prints.
    pub(crate) fn print_measures(&self, to: &Path) {
        fs::write(to, self.run(&["measures", "--edition", EDITION, "--format", "json"])).unwrap();
    }

    /// Writes what `measures --with-small-groups --format json` prints with these arguments.
    pub(crate) fn print_cross(&self, by: &[&str], to: &Path) {
        let mut arguments = vec!["measures", "--edition", EDITION, "--format", "json", "--with-small-groups"];
        arguments.extend(by);
        fs::write(to, self.run(&arguments)).unwrap();
    }

    /// The questionnaire that its plan is read from.
    pub(crate) fn plan(&self, form: &str) -> PathBuf {
        let own = self.folder.join(format!("forms/2024/{form}.toml"));
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("forms/mazowsze/2024/{form}.toml"));
        if own.exists() { own } else { shipped }
    }
}

fn miernik(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_miernik"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MIERNIK_")) {
        command.env_remove(name);
    }
    command.args(arguments).current_dir(folder).output().unwrap()
}

#[track_caller]
fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Puts a questionnaire with measures of every kind in the place of that for self-government units.
pub(crate) fn every_kind(forms: &Path) {
    fs::write(forms.join("2024/jst.toml"), include_str!("wszystko.toml")).unwrap();
}

/// Writes a file anew.
pub(crate) fn rewrite(file: &Path, change: impl FnOnce(&str) -> String) {
    fs::write(file, change(&fs::read_to_string(file).unwrap())).unwrap();
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Counts exported files again with Python, together with what `more` names: exit code and what was printed.
pub(crate) fn recount(plan: &Path, export: &Path, measures: &Path, more: &[(&str, &Path)]) -> (i32, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recount/recount.py");
    let output = Command::new("python3")
        .arg(script)
        .args([Path::new("--plan"), plan, Path::new("--export"), export, Path::new("--measures"), measures])
        .args(more.iter().flat_map(|(name, path)| [Path::new(name), path]))
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .expect("python3 must be installed (3.11 or newer): it counts the measures again");
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (output.status.code().unwrap_or(-1), said.concat())
}
