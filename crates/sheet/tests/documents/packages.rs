//! Descriptors of data packages.

use sheet::datapackage::descriptor;

use crate::package_sample::package;

#[test]
fn a_descriptor_is_as_it_was() {
    let (package, file) = package();
    let text = serde_json::to_string_pretty(&descriptor(&package)).unwrap();
    insta::assert_snapshot!("datapackage", text);
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/package");
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(format!("{folder}/datapackage.json"), text).unwrap();
    std::fs::write(format!("{folder}/miary.csv"), file).unwrap();
}
