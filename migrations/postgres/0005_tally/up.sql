-- Saved tallies.

-- A tally up to `as_of`, to start from.
CREATE TABLE saved_tally (
    programme_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    form_id text COLLATE "C" NOT NULL,
    plan_hash text COLLATE "C" NOT NULL,
    as_of bigint NOT NULL,
    body text COLLATE "C" NOT NULL,
    saved_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, edition_id, form_id, plan_hash),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id)
);
