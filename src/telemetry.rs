//! Logs: one line per event on standard error, filtered by `MIERNIK_LOG`; JSON for machines, plain text for people.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging for the whole process. `filter` is the value of `MIERNIK_LOG`, for example `info,miernik=debug`.
pub fn start(filter: Option<&str>) {
    let filter = EnvFilter::new(filter.unwrap_or("warn,miernik=info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start (a test that runs a command in-process) keeps the first subscriber.
    let _already_started = if std::io::stderr().is_terminal() {
        builder.with_target(false).try_init()
    } else {
        builder.json().try_init()
    };
}
