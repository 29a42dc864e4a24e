//! What must hold of the code base as a whole: who may know whom, what no file may say, which licences come along,
//! and that the documents tell the truth about files, settings and dependencies.
//!
//! Every rule is a function from texts to violations, so that each is tried on an invented violation as well.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

#[path = "architecture/documents.rs"]
mod documents;
#[path = "architecture/layers.rs"]
mod layers;
#[path = "architecture/licences.rs"]
mod licences;
#[path = "architecture/manifests.rs"]
mod manifests;
#[path = "architecture/settings.rs"]
mod settings;
#[path = "architecture/texts.rs"]
mod texts;
#[path = "architecture/tree.rs"]
mod tree;

/// Fails with all violations, one per line.
#[track_caller]
fn none(violations: &[String]) {
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}
