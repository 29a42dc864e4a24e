-- Answers of earlier years brought in from other tools, and totals of which only the number is known.

-- A file of answers that was imported. Rows are only added.
CREATE TABLE response_import (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    edition_id uuid NOT NULL,
    form_id text COLLATE "C" NOT NULL,
    file_name text COLLATE "C" NOT NULL,
    file_hash text COLLATE "C" NOT NULL CHECK (length(file_hash) = 64),
    map text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
);
CREATE TRIGGER response_import_no_update BEFORE UPDATE ON response_import
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A submission that came from such a file, with the line on which it stood.
CREATE TABLE imported_submission (
    programme_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    import_id uuid NOT NULL,
    line integer NOT NULL,
    note text COLLATE "C" NOT NULL,
    PRIMARY KEY (programme_id, submission_id),
    FOREIGN KEY (programme_id, submission_id) REFERENCES submission (programme_id, id),
    FOREIGN KEY (programme_id, import_id) REFERENCES response_import (programme_id, id)
);
CREATE TRIGGER imported_submission_no_update BEFORE UPDATE ON imported_submission
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A number of years without answers, given with its source. No value is "no data". Each change is the next `no`.
CREATE TABLE known_total (
    programme_id uuid NOT NULL,
    form_id text COLLATE "C" NOT NULL,
    measure text COLLATE "C" NOT NULL,
    year_from integer NOT NULL,
    year_to integer NOT NULL,
    no integer NOT NULL,
    value text COLLATE "C",
    document text COLLATE "C" NOT NULL,
    page text COLLATE "C" NOT NULL,
    accessed_on date NOT NULL,
    withdrawn boolean NOT NULL,
    actor text COLLATE "C" NOT NULL,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, form_id, measure, year_from, year_to, no),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
);
CREATE TRIGGER known_total_no_update BEFORE UPDATE ON known_total
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
