-- Sessions, users, keys, the audit trail and the leases of jobs.

-- A respondent at work. Ends with the generation of its access.
CREATE TABLE session (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    access_id uuid NOT NULL,
    generation integer NOT NULL,
    created_at timestamptz(3) NOT NULL,
    last_seen_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (fingerprint),
    FOREIGN KEY (programme_id, access_id) REFERENCES access (programme_id, id)
);
CREATE INDEX session_by_access_id ON session (programme_id, access_id);

-- A person who uses the panel, whatever the programme.
CREATE TABLE panel_user (
    id uuid NOT NULL,
    login text COLLATE "C" NOT NULL,
    password_hash text COLLATE "C" NOT NULL,
    totp_secret text COLLATE "C",
    failed integer NOT NULL,
    locked_until timestamptz(3),
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (login)
);

-- What a person may do in a programme.
CREATE TABLE panel_role (
    programme_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text COLLATE "C" NOT NULL CHECK (role IN ('analyst', 'administrator')),
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, user_id),
    FOREIGN KEY (programme_id) REFERENCES programme (id),
    FOREIGN KEY (user_id) REFERENCES panel_user (id)
);

-- A person at work in the panel.
CREATE TABLE panel_session (
    id uuid NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamptz(3) NOT NULL,
    last_seen_at timestamptz(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (fingerprint),
    FOREIGN KEY (user_id) REFERENCES panel_user (id)
);
CREATE INDEX panel_session_by_user_id ON panel_session (user_id);

-- A bearer key of the API; only its fingerprint is kept.
CREATE TABLE api_key (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    revoked_at timestamptz(3),
    PRIMARY KEY (programme_id, id),
    UNIQUE (fingerprint),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
);

-- A key that links and codes are derived from: never the key, only what tells it from another one.
CREATE TABLE link_key (
    id text COLLATE "C" NOT NULL,
    check_value text COLLATE "C" NOT NULL,
    purpose text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    retired_at timestamptz(3),
    PRIMARY KEY (id)
);

-- Who did what in a programme. Rows are only added.
CREATE TABLE audit (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    actor text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL,
    subject text COLLATE "C",
    details jsonb NOT NULL,
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Who did what to the whole instance. Rows are only added.
CREATE TABLE instance_audit (
    id uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    actor text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL,
    subject text COLLATE "C",
    details jsonb NOT NULL,
    PRIMARY KEY (id)
);
CREATE TRIGGER instance_audit_no_update BEFORE UPDATE ON instance_audit
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER instance_audit_no_delete BEFORE DELETE ON instance_audit
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Which process does a job now.
CREATE TABLE job_lease (
    name text COLLATE "C" NOT NULL,
    holder text COLLATE "C" NOT NULL,
    until timestamptz(3) NOT NULL,
    PRIMARY KEY (name)
);
