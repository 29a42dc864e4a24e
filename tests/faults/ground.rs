//! What stands in the database when a fault is tried: an opened edition with one page to fill in.

use std::fs;
use std::path::Path;

use crate::process::{Database, Kind, Program, Serving};
use crate::visitor::Visitor;

/// A database with an open edition, and the people of some offices.
pub(crate) struct Ground {
    pub(crate) database: Database,
    pub(crate) program: Program,
    links: Vec<String>,
}

impl Ground {
    pub(crate) fn new(kind: Kind) -> Self {
        Self::of(Database::new(kind))
    }

    pub(crate) fn of(database: Database) -> Self {
        let folder = database.folder();
        let forms = folder.join("ankiety");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/mazowsze"), &forms);
        fs::write(forms.join("2024/jst.toml"), include_str!("jst.toml")).unwrap();
        let program = Program::at(folder).with("MIERNIK_DATABASE", &database.url);
        program.install();
        program.open_edition(&["--forms", &forms.display().to_string()]);
        let links =
            program.links().into_iter().filter(|row| row[3] == "jst").map(|row| row[6].clone()).collect();
        Self { database, program, links }
    }

    pub(crate) fn serve(&self) -> Serving {
        Serving::start(&self.program)
    }

    /// People of so many offices, each with the page open.
    pub(crate) fn visitors(&self, serving: &Serving, count: usize) -> Vec<Visitor> {
        let of = |(at, link): (usize, &String)| Visitor::enter(&serving.address, link, at);
        self.links.iter().take(count).enumerate().map(of).collect()
    }

    /// Every page that was saved, as the trail of changes has it: the texts of the first note.
    pub(crate) fn saved(&self) -> Vec<String> {
        self.database.words("SELECT new AS word FROM change WHERE path = 'pierwsza'")
    }

    /// Asserts that everything acknowledged was saved, and that no page was saved in part.
    #[track_caller]
    pub(crate) fn assert_nothing_lost(&self, visitors: &[Visitor]) {
        let saved: std::collections::BTreeSet<String> = self.saved().into_iter().collect();
        for visitor in visitors {
            for text in &visitor.acknowledged {
                assert!(
                    saved.iter().any(|stored| stored.contains(text.as_str())),
                    "{text} was acknowledged and is lost"
                );
            }
        }
        let parts = "SELECT CAST(rev AS text) AS word FROM change GROUP BY invitation_id, rev \
                     HAVING count(*) <> 3 OR count(DISTINCT new) <> 1";
        assert_eq!(self.database.words(parts), Vec::<String>::new(), "pages saved in part");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
