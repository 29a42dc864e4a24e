-- Frozen states of an edition's numbers, errata between two of them, and the notebook that the chapter is written from.

-- All numbers of an edition as they were at one moment, byte for byte. Rows are only added.
CREATE TABLE frozen_state (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    edition_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('rkres', 'board', 'published')),
    label text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    figures text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL,
    measures text COLLATE "C" NOT NULL,
    program text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, edition_id, name),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
);
CREATE TRIGGER frozen_state_no_update BEFORE UPDATE ON frozen_state
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen_state_no_delete BEFORE DELETE ON frozen_state
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Why the numbers of a later state differ from those of an earlier one, and which do. Rows are only added.
CREATE TABLE erratum (
    programme_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    no integer NOT NULL,
    from_state text COLLATE "C" NOT NULL,
    to_state text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL,
    changes jsonb NOT NULL,
    actor text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, edition_id, no),
    UNIQUE (programme_id, edition_id, from_state, to_state),
    FOREIGN KEY (programme_id, edition_id, from_state) REFERENCES frozen_state (programme_id, edition_id, name),
    FOREIGN KEY (programme_id, edition_id, to_state) REFERENCES frozen_state (programme_id, edition_id, name)
);
CREATE TRIGGER erratum_no_update BEFORE UPDATE ON erratum
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erratum_no_delete BEFORE DELETE ON erratum
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- One version of a fact of the year: an event, a number with its source. The newest is the one that holds.
CREATE TABLE notebook_fact (
    programme_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    slug text COLLATE "C" NOT NULL,
    rev integer NOT NULL,
    content jsonb NOT NULL,
    actor text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, edition_id, slug, rev),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
);
CREATE TRIGGER notebook_fact_no_update BEFORE UPDATE ON notebook_fact
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- One version of what is written about a row of the report. The newest is the one that holds.
CREATE TABLE notebook_row (
    programme_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    code text COLLATE "C" NOT NULL,
    rev integer NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('planned', 'in_progress', 'done', 'continuous', 'not_started', 'dropped')),
    content jsonb NOT NULL,
    actor text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, edition_id, code, rev),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
);
CREATE TRIGGER notebook_row_no_update BEFORE UPDATE ON notebook_row
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
