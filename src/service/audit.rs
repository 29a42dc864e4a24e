//! The trail: who did what, when. Neither secrets nor personal answers stand in it.

use serde_json::{Value, json};
use store::AuditRow;
use survey::AuditId;

use super::{EditionName, Refused, Service};

/// Whoever works on the command line of the machine.
pub const COMMAND: &str = "command";

impl Service {
    /// A row of the trail about something that happens now.
    pub(super) fn note(
        &self,
        actor: &str,
        action: &str,
        subject: impl Into<String>,
        details: Value,
    ) -> AuditRow {
        AuditRow {
            id: self.id::<AuditId>(),
            at: self.now(),
            actor: actor.to_owned(),
            action: action.to_owned(),
            subject: Some(subject.into()),
            details,
        }
    }

    /// Notes that numbers or answers left the service.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn audit_export(&self, name: &EditionName, actor: &str, what: &str) -> Result<(), Refused> {
        let scope = self.programme(&name.programme)?.scope();
        let row = self.note(actor, "export", name.to_string(), json!({ "what": what }));
        Ok(self.store.write("audit_export", move |tx| tx.audit_append(scope, &row))?)
    }
}
