//! The tables, by area; the same on both databases.

mod access_control;
mod chapter;
mod collecting;
mod decisions;
mod indicators;
mod mail;
mod open_answers;
mod things;
mod units;
mod years;

pub(crate) use access_control::{
    api_key, audit, instance_audit, job_lease, link_key, panel_role, panel_session, panel_user, session,
};
pub(crate) use chapter::{erratum, frozen_chapter, frozen_state, notebook_fact, notebook_row};
pub(crate) use collecting::{
    access, change, contact, draft, edition, form_version, invitation, plan_version, submission,
    submission_event,
};
pub(crate) use decisions::decision;
pub(crate) use indicators::indicator_value;
pub(crate) use mail::{letter_template, outbox};
pub(crate) use open_answers::{code_frame, coding};
pub(crate) use things::{entity, entity_end, entity_import, entity_mention, thing_apart, thing_decision};
pub(crate) use units::{programme, unit, unit_address, unit_period};
pub(crate) use years::{imported_submission, known_total, response_import};

diesel::allow_tables_to_appear_in_same_query!(
    access,
    draft,
    edition,
    form_version,
    invitation,
    panel_role,
    panel_session,
    panel_user,
    programme,
    session,
    submission,
    submission_event,
    unit,
    unit_period
);
