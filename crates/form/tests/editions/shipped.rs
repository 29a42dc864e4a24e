use std::path::PathBuf;

use crate::support::{folder, loaded};

fn programme() -> PathBuf {
    folder("../../forms/mazowsze")
}

#[test]
fn shipped_editions_explain_what_they_changed() {
    for form in ["jst.toml", "up.toml"] {
        let read = |year: &str| {
            let path = programme().join(year).join(form);
            loaded(form, &std::fs::read_to_string(path).expect("the form can be read"))
        };
        let (old, new) = (read("2024"), read("2025"));
        assert_eq!(new.model.settings.previous.as_deref(), Some("2024"));
        assert_eq!(form::check_against(&old, &new), [], "{form}");
    }
}

#[test]
fn shipped_editions_keep_every_measure_by_name() {
    for form in ["jst.toml", "up.toml"] {
        let read = |year: &str| {
            let path = programme().join(year).join(form);
            loaded(form, &std::fs::read_to_string(path).expect("the form can be read"))
        };
        let (old, new) = (read("2024"), read("2025"));
        let gone = old.plan.measures.iter().find(|measure| new.plan.measure(&measure.name).is_none());
        assert!(gone.is_none(), "{form}: {gone:?}");
    }
}
