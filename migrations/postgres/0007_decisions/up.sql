-- What people decided about the numbers of an edition, and why. Rows are only added. A row that follows another says
-- whether that decision still holds; one decision is followed once in an edition.
CREATE TABLE decision (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    edition_id uuid NOT NULL,
    topic text COLLATE "C" NOT NULL CHECK (topic IN ('merge', 'coding', 'base', 'exclusion', 'plan', 'withdrawal', 'indicator', 'note')),
    subject text COLLATE "C" NOT NULL,
    what text COLLATE "C" NOT NULL,
    why text COLLATE "C" NOT NULL,
    verdict text COLLATE "C" NOT NULL CHECK (verdict IN ('made', 'noted', 'holds', 'ends')),
    follows uuid,
    actor text COLLATE "C" NOT NULL,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, edition_id, follows),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, follows) REFERENCES decision (programme_id, id)
);
CREATE INDEX decision_by_edition_id ON decision (programme_id, edition_id, id);
CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
