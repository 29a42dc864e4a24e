-- Code frames and the codes that analysts give to open answers.

-- A text of a code frame; never changed, only followed by another one.
CREATE TABLE code_frame (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, edition_id, name, version),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
) STRICT;
CREATE TRIGGER code_frame_no_update BEFORE UPDATE ON code_frame
BEGIN
    SELECT RAISE(ABORT, 'code_frame is append-only');
END;
CREATE TRIGGER code_frame_no_delete BEFORE DELETE ON code_frame
BEGIN
    SELECT RAISE(ABORT, 'code_frame is append-only');
END;

-- The codes of one open answer as somebody left them. `row_id` is empty outside of lists; `coder` tells the codes that
-- count from those of an independent second person; `no` counts the decisions about the answer, the last one holds.
-- `answer_hash` tells whether the answer is still the one that was coded.
CREATE TABLE coding (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    form_id TEXT NOT NULL,
    question TEXT NOT NULL,
    invitation_id BLOB NOT NULL CHECK (length(invitation_id) = 16),
    row_id TEXT NOT NULL,
    coder TEXT NOT NULL CHECK (coder IN ('first', 'second')),
    no INTEGER NOT NULL,
    codes TEXT NOT NULL,
    answer_hash TEXT NOT NULL,
    frame_version INTEGER NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (programme_id, edition_id, form_id, question, invitation_id, row_id, coder, no),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id)
) STRICT;
CREATE TRIGGER coding_no_update BEFORE UPDATE ON coding
BEGIN
    SELECT RAISE(ABORT, 'coding is append-only');
END;
CREATE TRIGGER coding_no_delete BEFORE DELETE ON coding
BEGIN
    SELECT RAISE(ABORT, 'coding is append-only');
END;
