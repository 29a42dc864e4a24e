//! The only crate that speaks to a database: schema, migrations, writer thread, queries.
