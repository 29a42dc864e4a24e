//! The outbox: sends what is due, one mail after another, with the transport's pause between them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::mail::Mailer;
use crate::service::outbox::Step;
use crate::service::{Refused, Service};

/// How long the worker sleeps when nothing is due.
const IDLE: Duration = Duration::from_secs(5);

/// Starts the worker; it ends soon after `stopping` is set and its thread is unparked.
///
/// # Errors
/// When the operating system gives no thread.
pub fn start(
    service: Arc<Service>,
    mailer: Mailer,
    stopping: Arc<AtomicBool>,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name("outbox".into()).spawn(move || {
        while !stopping.load(Ordering::SeqCst) {
            let pause = match step_all(&service, &mailer) {
                Ok(true) => Duration::from_millis(mailer.pause_ms().into()),
                Ok(false) => IDLE,
                Err(error) => {
                    tracing::warn!(%error, "the outbox could not be read");
                    IDLE
                }
            };
            std::thread::park_timeout(pause);
        }
    })
}

/// One mail of every programme that has one due; says whether there was any.
///
/// # Errors
/// Only those of the database.
pub fn step_all(service: &Service, mailer: &Mailer) -> Result<bool, Refused> {
    let mut any = false;
    for programme in service.programmes()? {
        if let Step::Tried(state) = service.outbox_step(&programme, mailer)? {
            tracing::info!(?state, "mail");
            any = true;
        }
    }
    Ok(any)
}
