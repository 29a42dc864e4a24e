-- Answers of earlier years brought in from other tools, and totals of which only the number is known.

-- A file of answers that was imported. Rows are only added.
CREATE TABLE response_import (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    form_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL CHECK (length(file_hash) = 64),
    map TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
) STRICT;
CREATE TRIGGER response_import_no_update BEFORE UPDATE ON response_import
BEGIN
    SELECT RAISE(ABORT, 'response_import is append-only');
END;

-- A submission that came from such a file, with the line on which it stood.
CREATE TABLE imported_submission (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    submission_id BLOB NOT NULL CHECK (length(submission_id) = 16),
    import_id BLOB NOT NULL CHECK (length(import_id) = 16),
    line INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (programme_id, submission_id),
    FOREIGN KEY (programme_id, submission_id) REFERENCES submission (programme_id, id),
    FOREIGN KEY (programme_id, import_id) REFERENCES response_import (programme_id, id)
) STRICT;
CREATE TRIGGER imported_submission_no_update BEFORE UPDATE ON imported_submission
BEGIN
    SELECT RAISE(ABORT, 'imported_submission is append-only');
END;

-- A number of years without answers, given with its source. No value is "no data". Each change is the next `no`.
CREATE TABLE known_total (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    form_id TEXT NOT NULL,
    measure TEXT NOT NULL,
    year_from INTEGER NOT NULL,
    year_to INTEGER NOT NULL,
    no INTEGER NOT NULL,
    value TEXT,
    document TEXT NOT NULL,
    page TEXT NOT NULL,
    accessed_on TEXT NOT NULL CHECK (length(accessed_on) = 10),
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    actor TEXT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (programme_id, form_id, measure, year_from, year_to, no),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
) STRICT;
CREATE TRIGGER known_total_no_update BEFORE UPDATE ON known_total
BEGIN
    SELECT RAISE(ABORT, 'known_total is append-only');
END;
