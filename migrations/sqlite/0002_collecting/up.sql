-- Editions, questionnaires, invitations, drafts and submissions.

-- One run of a programme. `seq` counts events, `submissions` numbers submissions; both only grow.
CREATE TABLE edition (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
    period_from TEXT NOT NULL CHECK (length(period_from) = 10),
    period_to TEXT NOT NULL CHECK (length(period_to) = 10),
    opens_on TEXT NOT NULL CHECK (length(opens_on) = 10),
    closes_on TEXT NOT NULL CHECK (length(closes_on) = 10),
    seq INTEGER NOT NULL,
    submissions INTEGER NOT NULL,
    frozen INTEGER NOT NULL CHECK (frozen IN (0, 1)),
    synthetic INTEGER NOT NULL CHECK (synthetic IN (0, 1)),
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    opened_at TEXT CHECK (length(opened_at) = 24),
    closed_at TEXT CHECK (length(closed_at) = 24),
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, slug),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
) STRICT;

-- A frozen text of a questionnaire.
CREATE TABLE form_version (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    form_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    hash TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, edition_id, form_id, version),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
) STRICT;
CREATE TRIGGER form_version_no_update BEFORE UPDATE ON form_version
BEGIN
    SELECT RAISE(ABORT, 'form_version is append-only');
END;

-- A text of the measures and report rows of a questionnaire.
CREATE TABLE plan_version (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    form_id TEXT NOT NULL,
    no INTEGER NOT NULL,
    source TEXT NOT NULL,
    hash TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, edition_id, form_id, no),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
) STRICT;
CREATE TRIGGER plan_version_no_update BEFORE UPDATE ON plan_version
BEGIN
    SELECT RAISE(ABORT, 'plan_version is append-only');
END;

-- Unit, edition, questionnaire. Strata, name and attributes of the unit are copied when the edition opens.
CREATE TABLE invitation (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    unit_id BLOB NOT NULL CHECK (length(unit_id) = 16),
    form_id TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    unit_sort BLOB NOT NULL,
    kind TEXT NOT NULL,
    powiat TEXT,
    nuts2 TEXT,
    nuts3 TEXT,
    attributes TEXT NOT NULL CHECK (json_valid(attributes)),
    closes_on TEXT CHECK (length(closes_on) = 10),
    withdrawn_at TEXT CHECK (length(withdrawn_at) = 24),
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, edition_id, unit_id, form_id),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, unit_id) REFERENCES unit (programme_id, id)
) STRICT;
CREATE INDEX invitation_by_edition_id_unit_sort_id ON invitation (programme_id, edition_id, unit_sort, id);
-- How many were asked stands beside every measure.
CREATE INDEX invitation_asked ON invitation (programme_id, edition_id, form_id) WHERE withdrawn_at IS NULL;

-- One way into an invitation. The secret is derived, never stored. A selector is free again once archived.
CREATE TABLE access (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    invitation_id BLOB NOT NULL CHECK (length(invitation_id) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('link', 'letter', 'colleague')),
    selector TEXT NOT NULL,
    generation INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    sections TEXT NOT NULL CHECK (json_valid(sections)),
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    revoked_at TEXT CHECK (length(revoked_at) = 24),
    archived_at TEXT CHECK (length(archived_at) = 24),
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id)
) STRICT;
CREATE INDEX access_by_invitation_id ON access (programme_id, invitation_id);
CREATE UNIQUE INDEX access_selector ON access (kind, selector) WHERE archived_at IS NULL;

-- The response as it is being filled in.
CREATE TABLE draft (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    invitation_id BLOB NOT NULL CHECK (length(invitation_id) = 16),
    rev INTEGER NOT NULL,
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    correcting INTEGER NOT NULL CHECK (correcting IN (0, 1)),
    started_at TEXT NOT NULL CHECK (length(started_at) = 24),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 24),
    PRIMARY KEY (programme_id, invitation_id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id)
) STRICT;

-- Answers about persons: never in changes, hashes, tallies or exports.
CREATE TABLE contact (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    invitation_id BLOB NOT NULL CHECK (length(invitation_id) = 16),
    rev INTEGER NOT NULL,
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    history TEXT NOT NULL CHECK (json_valid(history)),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 24),
    PRIMARY KEY (programme_id, invitation_id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id)
) STRICT;

-- What one saving changed in a draft. `rev` is the revision that it made; no text is the empty text.
CREATE TABLE change (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    invitation_id BLOB NOT NULL CHECK (length(invitation_id) = 16),
    rev INTEGER NOT NULL,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    page TEXT NOT NULL,
    access_id BLOB CHECK (length(access_id) = 16),
    at TEXT NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (programme_id, invitation_id, rev, position),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id),
    FOREIGN KEY (programme_id, access_id) REFERENCES access (programme_id, id)
) STRICT;
CREATE TRIGGER change_no_update BEFORE UPDATE ON change
BEGIN
    SELECT RAISE(ABORT, 'change is append-only');
END;

-- A whole, numbered, never altered copy of a response; only its withdrawal is marked later.
CREATE TABLE submission (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    invitation_id BLOB NOT NULL CHECK (length(invitation_id) = 16),
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    form_version_id BLOB NOT NULL CHECK (length(form_version_id) = 16),
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    context TEXT NOT NULL CHECK (json_valid(context)),
    today TEXT NOT NULL CHECK (length(today) = 10),
    access_id BLOB CHECK (length(access_id) = 16),
    draft_rev INTEGER NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 24),
    withdrawn_at TEXT CHECK (length(withdrawn_at) = 24),
    withdrawn_seq INTEGER,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, edition_id, number),
    UNIQUE (programme_id, edition_id, seq),
    UNIQUE (programme_id, invitation_id, draft_rev),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id),
    FOREIGN KEY (programme_id, form_version_id) REFERENCES form_version (programme_id, id),
    FOREIGN KEY (programme_id, access_id) REFERENCES access (programme_id, id)
) STRICT;
CREATE TRIGGER submission_no_update BEFORE UPDATE OF programme_id, id, edition_id, invitation_id, number, seq, form_version_id, answers, context, today, access_id, draft_rev, at ON submission
BEGIN
    SELECT RAISE(ABORT, 'submission is append-only');
END;

-- What happened to the counted submissions of an edition, in order and without gaps.
CREATE TABLE submission_event (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('submitted', 'withdrawn')),
    submission_id BLOB NOT NULL CHECK (length(submission_id) = 16),
    at TEXT NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (programme_id, edition_id, seq),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, submission_id) REFERENCES submission (programme_id, id)
) STRICT;
CREATE INDEX submission_event_by_submission_id ON submission_event (programme_id, submission_id);
CREATE TRIGGER submission_event_no_update BEFORE UPDATE ON submission_event
BEGIN
    SELECT RAISE(ABORT, 'submission_event is append-only');
END;
