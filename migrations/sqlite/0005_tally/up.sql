-- Saved tallies.

-- A tally up to `as_of`, to start from.
CREATE TABLE saved_tally (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    form_id TEXT NOT NULL,
    plan_hash TEXT NOT NULL,
    as_of INTEGER NOT NULL,
    body TEXT NOT NULL,
    saved_at TEXT NOT NULL CHECK (length(saved_at) = 24),
    PRIMARY KEY (programme_id, edition_id, form_id, plan_hash),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
) STRICT;
