-- Letters and the outbox.

-- A text of a letter, kept as long as mail was made from it.
CREATE TABLE letter_template (
    programme_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    source text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, name, version),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
);
CREATE TRIGGER letter_template_no_update BEFORE UPDATE ON letter_template
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- One mail to one recipient. The text is made when it is sent.
CREATE TABLE outbox (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    template text COLLATE "C" NOT NULL,
    template_version integer NOT NULL,
    wave text COLLATE "C" NOT NULL,
    recipient text COLLATE "C" NOT NULL,
    params jsonb NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'refused', 'uncertain')),
    message_id text COLLATE "C" NOT NULL,
    attempts integer NOT NULL,
    next_attempt_at timestamptz(3) NOT NULL,
    lease_until timestamptz(3),
    last_error text COLLATE "C",
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, invitation_id, template, wave, recipient),
    UNIQUE (message_id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id),
    FOREIGN KEY (programme_id, template, template_version) REFERENCES letter_template (programme_id, name, version)
);
CREATE INDEX outbox_by_state_next_attempt_at ON outbox (programme_id, state, next_attempt_at);
