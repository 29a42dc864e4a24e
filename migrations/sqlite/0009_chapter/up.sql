-- Frozen states of an edition's numbers, errata between two of them, and the notebook that the chapter is written from.

-- All numbers of an edition as they were at one moment, byte for byte. Rows are only added.
CREATE TABLE frozen_state (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('rkres', 'board', 'published')),
    label TEXT NOT NULL,
    seq INTEGER NOT NULL,
    figures TEXT NOT NULL,
    hash TEXT NOT NULL,
    measures TEXT NOT NULL,
    program TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, edition_id, name),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
) STRICT;
CREATE TRIGGER frozen_state_no_update BEFORE UPDATE ON frozen_state
BEGIN
    SELECT RAISE(ABORT, 'frozen_state is append-only');
END;
CREATE TRIGGER frozen_state_no_delete BEFORE DELETE ON frozen_state
BEGIN
    SELECT RAISE(ABORT, 'frozen_state is append-only');
END;

-- Why the numbers of a later state differ from those of an earlier one, and which do. Rows are only added.
CREATE TABLE erratum (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    no INTEGER NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reason TEXT NOT NULL,
    changes TEXT NOT NULL CHECK (json_valid(changes)),
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, edition_id, no),
    UNIQUE (programme_id, edition_id, from_state, to_state),
    FOREIGN KEY (programme_id, edition_id, from_state) REFERENCES frozen_state (programme_id, edition_id, name),
    FOREIGN KEY (programme_id, edition_id, to_state) REFERENCES frozen_state (programme_id, edition_id, name)
) STRICT;
CREATE TRIGGER erratum_no_update BEFORE UPDATE ON erratum
BEGIN
    SELECT RAISE(ABORT, 'erratum is append-only');
END;
CREATE TRIGGER erratum_no_delete BEFORE DELETE ON erratum
BEGIN
    SELECT RAISE(ABORT, 'erratum is append-only');
END;

-- One version of a fact of the year: an event, a number with its source. The newest is the one that holds.
CREATE TABLE notebook_fact (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    slug TEXT NOT NULL,
    rev INTEGER NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, edition_id, slug, rev),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
) STRICT;
CREATE TRIGGER notebook_fact_no_update BEFORE UPDATE ON notebook_fact
BEGIN
    SELECT RAISE(ABORT, 'notebook_fact is append-only');
END;

-- One version of what is written about a row of the report. The newest is the one that holds.
CREATE TABLE notebook_row (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    code TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'in_progress', 'done', 'continuous', 'not_started', 'dropped')),
    content TEXT NOT NULL CHECK (json_valid(content)),
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, edition_id, code, rev),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
) STRICT;
CREATE TRIGGER notebook_row_no_update BEFORE UPDATE ON notebook_row
BEGIN
    SELECT RAISE(ABORT, 'notebook_row is append-only');
END;
