-- What is known of indicators.

-- One value of an indicator for a year or a span of years, or of one part of it; `part` is empty for the whole.
-- Rows are only added: the newest of a code, span and part holds. `no` counts the changes of an indicator, so that of
-- two people who change it at once the second is refused. `number` is exact (`238`, `68/74`), empty for "no data".
CREATE TABLE indicator_value (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    code text COLLATE "C" NOT NULL,
    no integer NOT NULL,
    year_from integer NOT NULL,
    year_to integer NOT NULL,
    part text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('entered', 'withdrawn')),
    number text COLLATE "C",
    source text COLLATE "C" NOT NULL CHECK (source IN ('manual', 'file', 'measure')),
    measure text COLLATE "C",
    edition_id uuid,
    document text COLLATE "C",
    page text COLLATE "C",
    accessed_on date,
    file text COLLATE "C",
    incomplete boolean NOT NULL,
    redefined boolean NOT NULL,
    note text COLLATE "C",
    reason text COLLATE "C",
    author text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, code, no),
    FOREIGN KEY (programme_id) REFERENCES programme (id),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
);
CREATE TRIGGER indicator_value_no_update BEFORE UPDATE ON indicator_value
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER indicator_value_no_delete BEFORE DELETE ON indicator_value
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
