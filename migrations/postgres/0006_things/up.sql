-- Distinct things, and the public lists of entities.

-- What analysts decide about what rows name. Rows are only added; of several about one place the one with the highest
-- number holds. Without `thing_key` the place is again whatever its own text says.
CREATE TABLE thing_decision (
    programme_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    form_id text COLLATE "C" NOT NULL,
    list text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    act uuid NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('merged', 'split', 'confirmed', 'undone')),
    question text COLLATE "C" NOT NULL,
    response uuid NOT NULL,
    row_id text COLLATE "C",
    thing_key text COLLATE "C",
    thing_name text COLLATE "C",
    raw text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, edition_id, form_id, list, number),
    FOREIGN KEY (programme_id, edition_id) REFERENCES edition (programme_id, id),
    FOREIGN KEY (programme_id, response) REFERENCES invitation (programme_id, id)
);
CREATE INDEX thing_decision_by_question ON thing_decision (programme_id, question);
CREATE TRIGGER thing_decision_no_update BEFORE UPDATE ON thing_decision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER thing_decision_no_delete BEFORE DELETE ON thing_decision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A public list of entities as it was on a day. `number` counts the imports of a list.
CREATE TABLE entity_import (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    list text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    as_of date NOT NULL,
    source text COLLATE "C" NOT NULL,
    file_name text COLLATE "C" NOT NULL,
    digest text COLLATE "C" NOT NULL,
    synthetic boolean NOT NULL,
    actor text COLLATE "C" NOT NULL,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, list, number),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
);
CREATE TRIGGER entity_import_no_update BEFORE UPDATE ON entity_import
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entity_import_no_delete BEFORE DELETE ON entity_import
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- An entity of a list. What is known of it is what lists said.
CREATE TABLE entity (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    list text COLLATE "C" NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id) REFERENCES programme (id)
);
CREATE TRIGGER entity_no_update BEFORE UPDATE ON entity
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entity_no_delete BEFORE DELETE ON entity
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What a row of a list says about an entity.
CREATE TABLE entity_mention (
    programme_id uuid NOT NULL,
    import_id uuid NOT NULL,
    line bigint NOT NULL,
    entity_id uuid NOT NULL,
    nip text COLLATE "C",
    krs text COLLATE "C",
    name text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    seat text COLLATE "C" NOT NULL,
    status_from date,
    status_to date,
    founded_on date,
    PRIMARY KEY (programme_id, import_id, line),
    FOREIGN KEY (programme_id, import_id) REFERENCES entity_import (programme_id, id),
    FOREIGN KEY (programme_id, entity_id) REFERENCES entity (programme_id, id)
);
CREATE INDEX entity_mention_by_entity_id ON entity_mention (programme_id, entity_id);
CREATE TRIGGER entity_mention_no_update BEFORE UPDATE ON entity_mention
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entity_mention_no_delete BEFORE DELETE ON entity_mention
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What people decide about an entity that vanished from a list; the highest number holds.
CREATE TABLE entity_end (
    programme_id uuid NOT NULL,
    entity_id uuid NOT NULL,
    number bigint NOT NULL,
    import_id uuid NOT NULL,
    verdict text COLLATE "C" NOT NULL CHECK (verdict IN ('ended', 'stays', 'undone')),
    ended_on date,
    reason text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (programme_id, entity_id, number),
    FOREIGN KEY (programme_id, entity_id) REFERENCES entity (programme_id, id),
    FOREIGN KEY (programme_id, import_id) REFERENCES entity_import (programme_id, id)
);
CREATE TRIGGER entity_end_no_update BEFORE UPDATE ON entity_end
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entity_end_no_delete BEFORE DELETE ON entity_end
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
