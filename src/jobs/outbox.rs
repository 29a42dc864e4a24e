//! The outbox: one mail of every programme that has one due.

use crate::mail::Mailer;
use crate::service::outbox::Step;
use crate::service::{Refused, Service};

/// Takes one mail of every programme through one attempt; says whether there was any.
///
/// # Errors
/// Only those of the database.
pub fn step(service: &Service, mailer: &Mailer) -> Result<bool, Refused> {
    let mut any = false;
    for programme in service.programmes()? {
        if let Step::Tried(state) = service.outbox_step(&programme, mailer)? {
            tracing::info!(?state, "mail");
            any = true;
        }
    }
    Ok(any)
}
