-- The chapter of a frozen state as it was when the state was frozen, under a hash of its own. States of earlier versions have none.
-- Rows are only added.
CREATE TABLE frozen_chapter (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    state_id BLOB NOT NULL CHECK (length(state_id) = 16),
    content TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (programme_id, state_id),
    FOREIGN KEY (programme_id, state_id) REFERENCES frozen_state (programme_id, id)
) STRICT;
CREATE TRIGGER frozen_chapter_no_update BEFORE UPDATE ON frozen_chapter
BEGIN
    SELECT RAISE(ABORT, 'frozen_chapter is append-only');
END;
CREATE TRIGGER frozen_chapter_no_delete BEFORE DELETE ON frozen_chapter
BEGIN
    SELECT RAISE(ABORT, 'frozen_chapter is append-only');
END;
