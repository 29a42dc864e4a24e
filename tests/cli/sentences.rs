//! The sentences of the report.

use std::collections::BTreeMap;

use miernik::config::{self, Flags};
use miernik::service::{EditionName, Service};

use crate::campaign::Campaign;

fn service(campaign: &Campaign) -> Service {
    let flags = Flags { config: Some(campaign.dir.join("miernik.toml")), ..Flags::default() };
    let settings = config::load(&flags, &BTreeMap::new()).unwrap();
    miernik::app::service(settings, &BTreeMap::new()).unwrap()
}

#[test]
fn the_rows_of_the_report_have_their_sentences_with_polish_plurals() {
    let campaign = Campaign::shared();
    let edition: EditionName = crate::process::EDITION.parse().unwrap();
    let (_, lines) = service(campaign).report_lines(&edition).unwrap();
    let mut text = String::new();
    for line in lines.iter().filter(|line| !line.sentences.is_empty()) {
        text += &format!("{} {}\n", line.row, line.name);
        for sentence in &line.sentences {
            text += &format!("    {sentence}\n");
        }
    }
    for row in ["1.3", "3.6", "4.1", "4.4", "4.10", "4.11", "4.22"] {
        assert!(lines.iter().any(|line| line.row == row && !line.sentences.is_empty()), "{row}");
    }
    insta::assert_snapshot!("sentences", text);
}
