//! Answers of local governments as the demo's campaign left them, to be filed again under other names.

use form::{Context, Raw};
use store::StoreError;
use survey::{Scope, VersionId};

use super::ground::Ground;

/// One answered questionnaire.
pub(crate) struct Answered {
    pub(crate) draft: Raw,
    pub(crate) contact: Raw,
    pub(crate) sent: Raw,
    pub(crate) context: Context,
    pub(crate) version: VersionId,
}

/// Everything that local governments sent in the demo.
pub(crate) fn of(ground: &Ground) -> Vec<Answered> {
    let (programme, edition) = ground.service().edition(&ground.edition()).unwrap();
    let scope = programme.scope();
    let all = ground.service().store.read("bench_answers", |tx| -> Result<_, StoreError> {
        let mut all = Vec::new();
        for counted in tx.submission_page_counted(scope, edition.id, Some("jst"), None, 1_000)? {
            let id = counted.invitation.id;
            let own = Scope::invitation(scope.programme, id);
            all.push(Answered {
                draft: tx.draft_find(own, id)?.unwrap().answers,
                contact: tx.contact_find(own, id)?.unwrap().answers,
                sent: counted.submission.answers,
                context: counted.submission.context,
                version: counted.submission.form_version_id,
            });
        }
        Ok(all)
    });
    all.unwrap()
}

/// A questionnaire with several media, as one that reports a lot.
pub(crate) fn with_media(all: &[Answered]) -> &Answered {
    let listed = |answered: &&Answered| answered.draft.repeats.get("medium").map_or(0, Vec::len);
    let typical = all.iter().filter(|answered| (3..=4).contains(&listed(answered)));
    typical
        .max_by_key(|answered| answered.draft.fields.len())
        .expect("the demo has offices with several media")
}
