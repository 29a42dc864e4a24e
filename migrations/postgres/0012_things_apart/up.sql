-- Things that analysts decided not to be one, however alike they look.

-- A row is about two keys of a list, the smaller one first; of several about the same two the one with the highest number
-- holds. `apart` says whether they are told apart since or, taken back, may be proposed again. Numbers are counted
-- together with those of `thing_decision`. Rows are only added.
CREATE TABLE thing_apart (
    programme_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    form_id text COLLATE "C" NOT NULL,
    list text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    act uuid NOT NULL,
    question text COLLATE "C" NOT NULL,
    one_key text COLLATE "C" NOT NULL,
    one_name text COLLATE "C" NOT NULL,
    other_key text COLLATE "C" NOT NULL,
    other_name text COLLATE "C" NOT NULL,
    apart boolean NOT NULL,
    reason text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, edition_id, form_id, list, number),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
);
CREATE INDEX thing_apart_by_question ON thing_apart (programme_id, question);
CREATE TRIGGER thing_apart_no_update BEFORE UPDATE ON thing_apart
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER thing_apart_no_delete BEFORE DELETE ON thing_apart
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
