-- Letters and the outbox.

-- A text of a letter, kept as long as mail was made from it.
CREATE TABLE letter_template (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    hash TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, name, version),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
) STRICT;
CREATE TRIGGER letter_template_no_update BEFORE UPDATE ON letter_template
BEGIN
    SELECT RAISE(ABORT, 'letter_template is append-only');
END;

-- One mail to one recipient. The text is made when it is sent.
CREATE TABLE outbox (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    invitation_id BLOB NOT NULL CHECK (length(invitation_id) = 16),
    template TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    wave TEXT NOT NULL,
    recipient TEXT NOT NULL,
    params TEXT NOT NULL CHECK (json_valid(params)),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'refused', 'uncertain')),
    message_id TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TEXT NOT NULL CHECK (length(next_attempt_at) = 24),
    lease_until TEXT CHECK (length(lease_until) = 24),
    last_error TEXT,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 24),
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, invitation_id, template, wave, recipient),
    UNIQUE (message_id),
    FOREIGN KEY (programme_id, invitation_id) REFERENCES invitation (programme_id, id),
    FOREIGN KEY (programme_id, template, template_version) REFERENCES letter_template (programme_id, name, version)
) STRICT;
CREATE INDEX outbox_by_state_next_attempt_at ON outbox (programme_id, state, next_attempt_at);
