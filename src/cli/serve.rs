//! `serve`

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;

use super::open::Opening;
use super::{Failure, Outcome};
use crate::words;

/// Runs the service; the first line on standard output says where, once it accepts.
pub(super) fn run(opening: &Opening<'_>) -> Outcome {
    let service = opening.service()?;
    let listen = service.settings.listen.clone();
    let listener = TcpListener::bind(&listen).map_err(|error| {
        Failure::Cannot(anyhow::anyhow!("nie można nasłuchiwać na {listen}: {}", words::io(&error)))
    })?;
    let host = listener.local_addr()?.ip();
    crate::app::serve(Arc::new(service), listener, |port| announce(&format!("http://{host}:{port}")))?;
    Ok(())
}

/// Prints `listening http://…` at once, whatever standard output is.
pub(super) fn announce(address: &str) {
    let mut output = std::io::stdout().lock();
    // Whoever started us may have closed standard output; serving goes on.
    let _ = writeln!(output, "listening {address}").and_then(|()| output.flush());
}
