//! The one thread that repeats the jobs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use super::outbox;
use super::sweep::Sweep;
use crate::mail::Mailer;
use crate::service::{Refused, Service};

/// How long the worker sleeps when nothing is due, or when another process holds the lease.
const IDLE: Duration = Duration::from_secs(5);

/// A running worker.
pub struct Worker {
    thread: JoinHandle<()>,
    stopping: Arc<AtomicBool>,
}

impl Worker {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the operating system gives none.
    pub fn start(service: Arc<Service>, mailer: Mailer) -> std::io::Result<Self> {
        let stopping = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopping);
        let thread =
            std::thread::Builder::new().name("jobs".into()).spawn(move || work(&service, &mailer, &stop))?;
        Ok(Self { thread, stopping })
    }

    /// Lets the step under way end, and waits for it.
    pub fn stop(self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.thread.thread().unpark();
        if self.thread.join().is_err() {
            tracing::error!("the worker ended with a panic");
        }
    }
}

fn work(service: &Service, mailer: &Mailer, stop: &AtomicBool) {
    let holder = service.request_id();
    let mut sweep = Sweep::default();
    while !stop.load(Ordering::SeqCst) {
        let pause = match step(service, mailer, &mut sweep, &holder) {
            Ok(true) => Duration::from_millis(mailer.pause_ms().into()),
            Ok(false) => IDLE,
            Err(error) => {
                tracing::warn!(%error, "the jobs have to wait");
                IDLE
            }
        };
        std::thread::park_timeout(pause);
    }
    // Whoever comes next need not wait until the lease runs out.
    if let Err(error) = service.release_jobs(&holder) {
        tracing::warn!(%error, "the lease of the jobs stays until it runs out");
    }
}

/// One round; says whether a mail was tried.
fn step(service: &Service, mailer: &Mailer, sweep: &mut Sweep, holder: &str) -> Result<bool, Refused> {
    if !service.hold_jobs(holder)? {
        return Ok(false);
    }
    sweep.step(service)?;
    outbox::step(service, mailer)
}
