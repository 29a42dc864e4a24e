-- Programmes and their units.

-- What the database says about itself: `oldest_program` is the oldest version that may serve it.
CREATE TABLE meta (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
) STRICT;

-- A tenant. `source` is its description as it was loaded.
CREATE TABLE programme (
    id BLOB NOT NULL CHECK (length(id) = 16),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    source TEXT NOT NULL,
    synthetic INTEGER NOT NULL CHECK (synthetic IN (0, 1)),
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 24),
    PRIMARY KEY (id),
    UNIQUE (slug)
) STRICT;

-- Who can be asked. `code` is the key within the programme: six digits of TERYT or a code of its own.
CREATE TABLE unit (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    code TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 24),
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, code),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
) STRICT;

-- What a unit was called and counted as between two days. An empty day has no bound.
CREATE TABLE unit_period (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    unit_id BLOB NOT NULL CHECK (length(unit_id) = 16),
    position INTEGER NOT NULL,
    valid_from TEXT CHECK (length(valid_from) = 10),
    valid_to TEXT CHECK (length(valid_to) = 10),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_sort BLOB NOT NULL,
    name_fold TEXT NOT NULL,
    type_digit INTEGER,
    powiat_teryt TEXT,
    powiat TEXT,
    nuts2 TEXT,
    nuts3 TEXT,
    extra TEXT NOT NULL CHECK (json_valid(extra)),
    PRIMARY KEY (programme_id, unit_id, position),
    FOREIGN KEY (programme_id, unit_id) REFERENCES unit (programme_id, id)
) STRICT;
CREATE INDEX unit_period_by_name_fold ON unit_period (programme_id, name_fold);

-- Where mail to a unit goes, in order.
CREATE TABLE unit_address (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    unit_id BLOB NOT NULL CHECK (length(unit_id) = 16),
    position INTEGER NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (programme_id, unit_id, position),
    UNIQUE (programme_id, unit_id, email),
    FOREIGN KEY (programme_id, unit_id) REFERENCES unit (programme_id, id)
) STRICT;

INSERT INTO meta (name, value) VALUES ('oldest_program', '0.1.0');
