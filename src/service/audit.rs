//! The trail: who did what, when. Neither secrets nor personal answers stand in it.

use serde_json::json;
use store::AuditRow;
use survey::AuditId;

use super::{EditionName, Refused, Service};

impl Service {
    /// Notes that numbers or answers left the service.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn audit_export(&self, name: &EditionName, actor: &str, what: &str) -> Result<(), Refused> {
        let programme = self.programme(&name.programme)?;
        let scope = programme.scope();
        let row = AuditRow {
            id: self.id::<AuditId>(),
            at: self.now(),
            actor: actor.to_owned(),
            action: "export".into(),
            subject: Some(name.to_string()),
            details: json!({ "what": what }),
        };
        Ok(self.store.write("audit_export", move |tx| tx.audit_append(scope, &row))?)
    }
}
