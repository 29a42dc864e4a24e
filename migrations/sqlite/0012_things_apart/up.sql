-- Things that analysts decided not to be one, however alike they look.

-- A row is about two keys of a list, the smaller one first; of several about the same two the one with the highest number
-- holds. `apart` says whether they are told apart since or, taken back, may be proposed again. Numbers are counted
-- together with those of `thing_decision`. Rows are only added.
CREATE TABLE thing_apart (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    form_id TEXT NOT NULL,
    list TEXT NOT NULL,
    number INTEGER NOT NULL,
    act BLOB NOT NULL CHECK (length(act) = 16),
    question TEXT NOT NULL,
    one_key TEXT NOT NULL,
    one_name TEXT NOT NULL,
    other_key TEXT NOT NULL,
    other_name TEXT NOT NULL,
    apart INTEGER NOT NULL CHECK (apart IN (0, 1)),
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (programme_id, edition_id, form_id, list, number),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
) STRICT;
CREATE INDEX thing_apart_by_question ON thing_apart (programme_id, question);
CREATE TRIGGER thing_apart_no_update BEFORE UPDATE ON thing_apart
BEGIN
    SELECT RAISE(ABORT, 'thing_apart is append-only');
END;
CREATE TRIGGER thing_apart_no_delete BEFORE DELETE ON thing_apart
BEGIN
    SELECT RAISE(ABORT, 'thing_apart is append-only');
END;
