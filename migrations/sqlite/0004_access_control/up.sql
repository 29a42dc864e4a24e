-- Sessions, users, keys, the audit trail and the leases of jobs.

-- A respondent at work. Ends with the generation of its access.
CREATE TABLE session (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    fingerprint TEXT NOT NULL,
    access_id BLOB NOT NULL CHECK (length(access_id) = 16),
    generation INTEGER NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    last_seen_at TEXT NOT NULL CHECK (length(last_seen_at) = 24),
    PRIMARY KEY (programme_id, id),
    UNIQUE (fingerprint),
    FOREIGN KEY (programme_id, access_id) REFERENCES access (programme_id, id)
) STRICT;
CREATE INDEX session_by_access_id ON session (programme_id, access_id);

-- A person who uses the panel, whatever the programme.
CREATE TABLE panel_user (
    id BLOB NOT NULL CHECK (length(id) = 16),
    login TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    totp_secret TEXT,
    failed INTEGER NOT NULL,
    locked_until TEXT CHECK (length(locked_until) = 24),
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 24),
    PRIMARY KEY (id),
    UNIQUE (login)
) STRICT;

-- What a person may do in a programme.
CREATE TABLE panel_role (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    user_id BLOB NOT NULL CHECK (length(user_id) = 16),
    role TEXT NOT NULL CHECK (role IN ('analyst', 'administrator')),
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, user_id),
    FOREIGN KEY (programme_id) REFERENCES programme (id),
    FOREIGN KEY (user_id) REFERENCES panel_user (id)
) STRICT;

-- A person at work in the panel.
CREATE TABLE panel_session (
    id BLOB NOT NULL CHECK (length(id) = 16),
    fingerprint TEXT NOT NULL,
    user_id BLOB NOT NULL CHECK (length(user_id) = 16),
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    last_seen_at TEXT NOT NULL CHECK (length(last_seen_at) = 24),
    PRIMARY KEY (id),
    UNIQUE (fingerprint),
    FOREIGN KEY (user_id) REFERENCES panel_user (id)
) STRICT;
CREATE INDEX panel_session_by_user_id ON panel_session (user_id);

-- A bearer key of the API; only its fingerprint is kept.
CREATE TABLE api_key (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    fingerprint TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    revoked_at TEXT CHECK (length(revoked_at) = 24),
    PRIMARY KEY (programme_id, id),
    UNIQUE (fingerprint),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
) STRICT;

-- A key that links and codes are derived from: never the key, only what tells it from another one.
CREATE TABLE link_key (
    id TEXT NOT NULL,
    check_value TEXT NOT NULL,
    purpose TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    retired_at TEXT CHECK (length(retired_at) = 24),
    PRIMARY KEY (id)
) STRICT;

-- Who did what in a programme. Rows are only added.
CREATE TABLE audit (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    at TEXT NOT NULL CHECK (length(at) = 24),
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT,
    details TEXT NOT NULL CHECK (json_valid(details)),
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;

-- Who did what to the whole instance. Rows are only added.
CREATE TABLE instance_audit (
    id BLOB NOT NULL CHECK (length(id) = 16),
    at TEXT NOT NULL CHECK (length(at) = 24),
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT,
    details TEXT NOT NULL CHECK (json_valid(details)),
    PRIMARY KEY (id)
) STRICT;
CREATE TRIGGER instance_audit_no_update BEFORE UPDATE ON instance_audit
BEGIN
    SELECT RAISE(ABORT, 'instance_audit is append-only');
END;
CREATE TRIGGER instance_audit_no_delete BEFORE DELETE ON instance_audit
BEGIN
    SELECT RAISE(ABORT, 'instance_audit is append-only');
END;

-- Which process does a job now.
CREATE TABLE job_lease (
    name TEXT NOT NULL,
    holder TEXT NOT NULL,
    until TEXT NOT NULL CHECK (length(until) = 24),
    PRIMARY KEY (name)
) STRICT;
