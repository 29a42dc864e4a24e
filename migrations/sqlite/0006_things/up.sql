-- Distinct things, and the public lists of entities.

-- What analysts decide about what rows name. Rows are only added; of several about one place the one with the highest
-- number holds. Without `thing_key` the place is again whatever its own text says.
CREATE TABLE thing_decision (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    edition_id BLOB NOT NULL CHECK (length(edition_id) = 16),
    form_id TEXT NOT NULL,
    list TEXT NOT NULL,
    number INTEGER NOT NULL,
    act BLOB NOT NULL CHECK (length(act) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('merged', 'split', 'confirmed', 'undone')),
    question TEXT NOT NULL,
    response BLOB NOT NULL CHECK (length(response) = 16),
    row_id TEXT,
    thing_key TEXT,
    thing_name TEXT,
    raw TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (programme_id, edition_id, form_id, list, number),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, response) REFERENCES invitation (programme_id, id)
) STRICT;
CREATE INDEX thing_decision_by_question ON thing_decision (programme_id, question);
CREATE TRIGGER thing_decision_no_update BEFORE UPDATE ON thing_decision
BEGIN
    SELECT RAISE(ABORT, 'thing_decision is append-only');
END;
CREATE TRIGGER thing_decision_no_delete BEFORE DELETE ON thing_decision
BEGIN
    SELECT RAISE(ABORT, 'thing_decision is append-only');
END;

-- A public list of entities as it was on a day. `number` counts the imports of a list.
CREATE TABLE entity_import (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    list TEXT NOT NULL,
    number INTEGER NOT NULL,
    as_of TEXT NOT NULL CHECK (length(as_of) = 10),
    source TEXT NOT NULL,
    file_name TEXT NOT NULL,
    digest TEXT NOT NULL,
    synthetic INTEGER NOT NULL CHECK (synthetic IN (0, 1)),
    actor TEXT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, list, number),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
) STRICT;
CREATE TRIGGER entity_import_no_update BEFORE UPDATE ON entity_import
BEGIN
    SELECT RAISE(ABORT, 'entity_import is append-only');
END;
CREATE TRIGGER entity_import_no_delete BEFORE DELETE ON entity_import
BEGIN
    SELECT RAISE(ABORT, 'entity_import is append-only');
END;

-- An entity of a list. What is known of it is what lists said.
CREATE TABLE entity (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    list TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
) STRICT;
CREATE TRIGGER entity_no_update BEFORE UPDATE ON entity
BEGIN
    SELECT RAISE(ABORT, 'entity is append-only');
END;
CREATE TRIGGER entity_no_delete BEFORE DELETE ON entity
BEGIN
    SELECT RAISE(ABORT, 'entity is append-only');
END;

-- What a row of a list says about an entity.
CREATE TABLE entity_mention (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    import_id BLOB NOT NULL CHECK (length(import_id) = 16),
    line INTEGER NOT NULL,
    entity_id BLOB NOT NULL CHECK (length(entity_id) = 16),
    nip TEXT,
    krs TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    seat TEXT NOT NULL,
    status_from TEXT CHECK (length(status_from) = 10),
    status_to TEXT CHECK (length(status_to) = 10),
    founded_on TEXT CHECK (length(founded_on) = 10),
    PRIMARY KEY (programme_id, import_id, line),
    FOREIGN KEY (programme_id, import_id) REFERENCES entity_import (programme_id, id),
    FOREIGN KEY (programme_id, entity_id) REFERENCES entity (programme_id, id)
) STRICT;
CREATE INDEX entity_mention_by_entity_id ON entity_mention (programme_id, entity_id);
CREATE TRIGGER entity_mention_no_update BEFORE UPDATE ON entity_mention
BEGIN
    SELECT RAISE(ABORT, 'entity_mention is append-only');
END;
CREATE TRIGGER entity_mention_no_delete BEFORE DELETE ON entity_mention
BEGIN
    SELECT RAISE(ABORT, 'entity_mention is append-only');
END;

-- What people decide about an entity that vanished from a list; the highest number holds.
CREATE TABLE entity_end (
    programme_id BLOB NOT NULL CHECK (length(programme_id) = 16),
    entity_id BLOB NOT NULL CHECK (length(entity_id) = 16),
    number INTEGER NOT NULL,
    import_id BLOB NOT NULL CHECK (length(import_id) = 16),
    verdict TEXT NOT NULL CHECK (verdict IN ('ended', 'stays', 'undone')),
    ended_on TEXT CHECK (length(ended_on) = 10),
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (programme_id, entity_id, number),
    FOREIGN KEY (programme_id, entity_id) REFERENCES entity (programme_id, id),
    FOREIGN KEY (programme_id, import_id) REFERENCES entity_import (programme_id, id)
) STRICT;
CREATE TRIGGER entity_end_no_update BEFORE UPDATE ON entity_end
BEGIN
    SELECT RAISE(ABORT, 'entity_end is append-only');
END;
CREATE TRIGGER entity_end_no_delete BEFORE DELETE ON entity_end
BEGIN
    SELECT RAISE(ABORT, 'entity_end is append-only');
END;
