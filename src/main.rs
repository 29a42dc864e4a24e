//! The command `miernik`.
fn main() {}
