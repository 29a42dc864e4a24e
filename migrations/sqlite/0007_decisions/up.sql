-- What people decided about the numbers of an edition, and why. Rows are only added. A row that follows another says
-- whether that decision still holds; one decision is followed once in an edition.
CREATE TABLE decision (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    topic TEXT NOT NULL CHECK (topic IN ('merge', 'coding', 'base', 'exclusion', 'plan', 'withdrawal', 'indicator', 'note')),
    subject TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('made', 'noted', 'holds', 'ends')),
    follows BLOB CHECK (length(follows) = 16),
    actor TEXT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, edition_id, follows),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, follows) REFERENCES decision (programme_id, id)
) STRICT;
CREATE INDEX decision_by_edition_id ON decision (programme_id, edition_id, id);
CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision
BEGIN
    SELECT RAISE(ABORT, 'decision is append-only');
END;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
BEGIN
    SELECT RAISE(ABORT, 'decision is append-only');
END;
