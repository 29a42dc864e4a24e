//! The played campaign of the demo: prepared once, copied for whoever changes something.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;

use crate::process::{EDITION, Program};

/// A prepared demo.
pub(crate) struct Campaign {
    /// What `demo --once --json` printed.
    pub(crate) report: Value,
    /// The folder that was given with `--dir`.
    pub(crate) dir: PathBuf,
    folder: PathBuf,
}

impl Campaign {
    /// Runs the demo in a folder.
    pub(crate) fn play(folder: &Path, more: &[&str]) -> Self {
        let arguments = [&["demo", "--dir", "pokaz", "--once", "--port", "0", "--json"], more].concat();
        let printed = Program::at(folder).run(&arguments).done();
        let report = serde_json::from_str(&printed).unwrap();
        Self { report, dir: folder.join("pokaz"), folder: folder.to_path_buf() }
    }

    /// The one that all tests share which only look at it. It is left for whoever wants to look at it as well.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Campaign> = OnceLock::new();
        SHARED.get_or_init(|| {
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("campaign");
            if folder.exists() {
                fs::remove_dir_all(&folder).unwrap();
            }
            fs::create_dir_all(&folder).unwrap();
            Self::play(&folder, &[])
        })
    }

    /// Commands on it, from the folder around it.
    pub(crate) fn program(&self) -> Program {
        Program::at(&self.folder).with("MIERNIK_CONFIG", "pokaz/miernik.toml")
    }

    /// A copy of its settings, keys and database in a folder of its own, to be changed.
    pub(crate) fn copy(&self) -> (tempfile::TempDir, Program) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("keys")).unwrap();
        for name in ["miernik.toml", "miernik.db"] {
            fs::copy(self.dir.join(name), folder.path().join(name)).unwrap();
        }
        for key in names(&self.dir.join("keys")) {
            fs::copy(self.dir.join("keys").join(&key), folder.path().join("keys").join(&key)).unwrap();
        }
        let program = Program::at(folder.path());
        (folder, program)
    }

    /// The document of `measures --format json`.
    pub(crate) fn measures(&self) -> Value {
        let printed = self.program().run(&["measures", "--edition", EDITION, "--format", "json"]).done();
        serde_json::from_str(&printed).unwrap()
    }
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// The measure of a name in a document of measures.
#[track_caller]
pub(crate) fn measure<'a>(measures: &'a Value, form: &str, name: &str) -> &'a Value {
    let all = measures["measures"].as_array().unwrap();
    let found = all.iter().find(|measure| measure["form"] == form && measure["name"] == name);
    found.unwrap_or_else(|| panic!("no measure {form} {name}"))
}
