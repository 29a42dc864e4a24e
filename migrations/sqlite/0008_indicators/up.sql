-- What is known of indicators.

-- One value of an indicator for a year or a span of years, or of one part of it; `part` is empty for the whole.
-- Rows are only added: the newest of a code, span and part holds. `no` counts the changes of an indicator, so that of
-- two people who change it at once the second is refused. `number` is exact (`238`, `68/74`), empty for "no data".
CREATE TABLE indicator_value (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    code TEXT NOT NULL,
    no INTEGER NOT NULL,
    year_from INTEGER NOT NULL,
    year_to INTEGER NOT NULL,
    part TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('entered', 'withdrawn')),
    number TEXT,
    source TEXT NOT NULL CHECK (source IN ('manual', 'file', 'measure')),
    measure TEXT,
    edition_id BLOB CHECK (length(edition_id) = 16),
    document TEXT,
    page TEXT,
    accessed_on TEXT CHECK (length(accessed_on) = 10),
    file TEXT,
    incomplete INTEGER NOT NULL CHECK (incomplete IN (0, 1)),
    redefined INTEGER NOT NULL CHECK (redefined IN (0, 1)),
    note TEXT,
    reason TEXT,
    author TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, code, no),
    FOREIGN KEY (programme_id) REFERENCES programme (id),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
) STRICT;
CREATE TRIGGER indicator_value_no_update BEFORE UPDATE ON indicator_value
BEGIN
    SELECT RAISE(ABORT, 'indicator_value is append-only');
END;
CREATE TRIGGER indicator_value_no_delete BEFORE DELETE ON indicator_value
BEGIN
    SELECT RAISE(ABORT, 'indicator_value is append-only');
END;
