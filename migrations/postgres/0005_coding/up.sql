-- Code frames and the codes that analysts give to open answers.

-- A text of a code frame; never changed, only followed by another one.
CREATE TABLE code_frame (
    programme_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    source text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, edition_id, name, version),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
);
CREATE TRIGGER code_frame_no_update BEFORE UPDATE ON code_frame
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER code_frame_no_delete BEFORE DELETE ON code_frame
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The codes of one open answer as somebody left them. `row_id` is empty outside of lists; `coder` tells the codes that
-- count from those of an independent second person; `no` counts the decisions about the answer, the last one holds.
-- `answer_hash` tells whether the answer is still the one that was coded.
CREATE TABLE coding (
    programme_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    form_id text COLLATE "C" NOT NULL,
    question text COLLATE "C" NOT NULL,
    invitation_id uuid NOT NULL,
    row_id text COLLATE "C" NOT NULL,
    coder text COLLATE "C" NOT NULL CHECK (coder IN ('first', 'second')),
    no integer NOT NULL,
    codes text COLLATE "C" NOT NULL,
    answer_hash text COLLATE "C" NOT NULL,
    frame_version integer NOT NULL,
    actor text COLLATE "C" NOT NULL,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, edition_id, form_id, question, invitation_id, row_id, coder, no),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id)
);
CREATE TRIGGER coding_no_update BEFORE UPDATE ON coding
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER coding_no_delete BEFORE DELETE ON coding
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
