-- Editions, questionnaires, invitations, drafts and submissions.

-- One run of a programme. `seq` counts events, `submissions` numbers submissions; both only grow.
CREATE TABLE edition (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    slug text COLLATE "C" NOT NULL,
    title text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
    period_from date NOT NULL,
    period_to date NOT NULL,
    opens_on date NOT NULL,
    closes_on date NOT NULL,
    seq bigint NOT NULL,
    submissions bigint NOT NULL,
    frozen boolean NOT NULL,
    synthetic boolean NOT NULL,
    created_at timestamptz(3) NOT NULL,
    opened_at timestamptz(3),
    closed_at timestamptz(3),
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, slug),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
);

-- A frozen text of a questionnaire.
CREATE TABLE form_version (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    edition_id uuid NOT NULL,
    form_id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    source text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, edition_id, form_id, version),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
);
CREATE TRIGGER form_version_no_update BEFORE UPDATE ON form_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A text of the measures and report rows of a questionnaire.
CREATE TABLE plan_version (
    programme_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    form_id text COLLATE "C" NOT NULL,
    no integer NOT NULL,
    source text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, edition_id, form_id, no),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
);
CREATE TRIGGER plan_version_no_update BEFORE UPDATE ON plan_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Unit, edition, questionnaire. Strata, name and attributes of the unit are copied when the edition opens.
CREATE TABLE invitation (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    edition_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    form_id text COLLATE "C" NOT NULL,
    unit_code text COLLATE "C" NOT NULL,
    unit_name text COLLATE "C" NOT NULL,
    unit_sort bytea NOT NULL,
    kind text COLLATE "C" NOT NULL,
    powiat text COLLATE "C",
    nuts2 text COLLATE "C",
    nuts3 text COLLATE "C",
    attributes jsonb NOT NULL,
    closes_on date,
    withdrawn_at timestamptz(3),
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, edition_id, unit_id, form_id),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, unit_id) REFERENCES unit (programme_id, id)
);
CREATE INDEX invitation_by_edition_id_unit_sort_id ON invitation (programme_id, edition_id, unit_sort, id);
-- How many were asked stands beside every measure.
CREATE INDEX invitation_asked ON invitation (programme_id, edition_id, form_id) WHERE withdrawn_at IS NULL;

-- One way into an invitation. The secret is derived, never stored. A selector is free again once archived.
CREATE TABLE access (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('link', 'letter', 'colleague')),
    selector text COLLATE "C" NOT NULL,
    generation integer NOT NULL,
    key_id text COLLATE "C" NOT NULL,
    sections jsonb NOT NULL,
    created_at timestamptz(3) NOT NULL,
    revoked_at timestamptz(3),
    archived_at timestamptz(3),
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id)
);
CREATE INDEX access_by_invitation_id ON access (programme_id, invitation_id);
CREATE UNIQUE INDEX access_selector ON access (kind, selector) WHERE archived_at IS NULL;

-- The response as it is being filled in.
CREATE TABLE draft (
    programme_id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    rev bigint NOT NULL,
    answers jsonb NOT NULL,
    correcting boolean NOT NULL,
    started_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, invitation_id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id)
);

-- Answers about persons: never in changes, hashes, tallies or exports.
CREATE TABLE contact (
    programme_id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    rev bigint NOT NULL,
    answers jsonb NOT NULL,
    history jsonb NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, invitation_id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id)
);

-- What one saving changed in a draft. `rev` is the revision that it made; no text is the empty text.
CREATE TABLE change (
    programme_id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    rev bigint NOT NULL,
    position integer NOT NULL,
    path text COLLATE "C" NOT NULL,
    old text COLLATE "C" NOT NULL,
    new text COLLATE "C" NOT NULL,
    page text COLLATE "C" NOT NULL,
    access_id uuid,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, invitation_id, rev, position),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id),
    FOREIGN KEY (programme_id, access_id) REFERENCES access (programme_id, id)
);
CREATE TRIGGER change_no_update BEFORE UPDATE ON change
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A whole, numbered, never altered copy of a response; only its withdrawal is marked later.
CREATE TABLE submission (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    edition_id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    number bigint NOT NULL,
    seq bigint NOT NULL,
    form_version_id uuid NOT NULL,
    answers jsonb NOT NULL,
    context jsonb NOT NULL,
    today date NOT NULL,
    access_id uuid,
    draft_rev bigint NOT NULL,
    at timestamptz(3) NOT NULL,
    withdrawn_at timestamptz(3),
    withdrawn_seq bigint,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, edition_id, number),
    UNIQUE (programme_id, edition_id, seq),
    UNIQUE (programme_id, invitation_id, draft_rev),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id),
    FOREIGN KEY (programme_id, form_version_id) REFERENCES form_version (programme_id, id),
    FOREIGN KEY (programme_id, access_id) REFERENCES access (programme_id, id)
);
CREATE TRIGGER submission_no_update BEFORE UPDATE OF programme_id, id, edition_id, invitation_id, number, seq, form_version_id, answers, context, today, access_id, draft_rev, at ON submission
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What happened to the counted submissions of an edition, in order and without gaps.
CREATE TABLE submission_event (
    programme_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('submitted', 'withdrawn')),
    submission_id uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, edition_id, seq),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, submission_id) REFERENCES submission (programme_id, id)
);
CREATE INDEX submission_event_by_submission_id ON submission_event (programme_id, submission_id);
CREATE TRIGGER submission_event_no_update BEFORE UPDATE ON submission_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
