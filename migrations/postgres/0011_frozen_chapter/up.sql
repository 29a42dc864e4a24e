-- The chapter of a frozen state as it was when the state was frozen, under a hash of its own. States of earlier versions have none.
-- Rows are only added.
CREATE TABLE frozen_chapter (
    programme_id uuid NOT NULL,
    state_id uuid NOT NULL,
    content text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (programme_id, state_id),
    FOREIGN KEY (programme_id, state_id) REFERENCES frozen_state (programme_id, id)
);
CREATE TRIGGER frozen_chapter_no_update BEFORE UPDATE ON frozen_chapter
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen_chapter_no_delete BEFORE DELETE ON frozen_chapter
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
