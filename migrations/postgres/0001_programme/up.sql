-- Programmes and their units.

-- Rows of some tables are only added.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END
$$;

-- What the database says about itself: `oldest_program` is the oldest version that may serve it.
CREATE TABLE meta (
    name text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    PRIMARY KEY (name)
);

-- A tenant. `source` is its description as it was loaded.
CREATE TABLE programme (
    id uuid NOT NULL,
    slug text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    time_zone text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    synthetic boolean NOT NULL,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (slug)
);

-- Who can be asked. `code` is the key within the programme: six digits of TERYT or a code of its own.
CREATE TABLE unit (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    code text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, code),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
);

-- What a unit was called and counted as between two days. An empty day has no bound.
CREATE TABLE unit_period (
    programme_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    position integer NOT NULL,
    valid_from date,
    valid_to date,
    kind text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    name_sort bytea NOT NULL,
    name_fold text COLLATE "C" NOT NULL,
    type_digit integer,
    powiat_teryt text COLLATE "C",
    powiat text COLLATE "C",
    nuts2 text COLLATE "C",
    nuts3 text COLLATE "C",
    extra jsonb NOT NULL,
    PRIMARY KEY (programme_id, unit_id, position),
    FOREIGN KEY (programme_id, unit_id) REFERENCES unit (programme_id, id)
);
CREATE INDEX unit_period_by_name_fold ON unit_period (programme_id, name_fold);

-- Where mail to a unit goes, in order.
CREATE TABLE unit_address (
    programme_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    position integer NOT NULL,
    email text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL,
    PRIMARY KEY (programme_id, unit_id, position),
    UNIQUE (programme_id, unit_id, email),
    FOREIGN KEY (programme_id, unit_id) REFERENCES unit (programme_id, id)
);

INSERT INTO meta (name, value) VALUES ('oldest_program', '0.1.0');
