-- The log of one service. Everything here runs with the service's schema as its search_path.
--
-- A step runs once in every database, in the order of this file. It is never changed after it has run anywhere:
-- what comes later is a new step.

-- name: steps
CREATE TABLE IF NOT EXISTS steps (name text PRIMARY KEY, sha256 text NOT NULL, at timestamptz NOT NULL);

-- name: step 1 tables
CREATE TABLE events (
    position bigint PRIMARY KEY,               -- gapless, in commit order
    stream uuid NOT NULL,
    category text NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    id uuid NOT NULL,
    type text NOT NULL,
    version smallint NOT NULL,
    area text NOT NULL,
    charter text NOT NULL,
    actor text NOT NULL,
    at timestamptz NOT NULL,
    causation uuid NOT NULL,
    correlation uuid NOT NULL,
    data json NOT NULL,                        -- json keeps the bytes it was given; jsonb does not
    CONSTRAINT one_line CHECK (strpos(category || type || area || charter || actor, E'\n') = 0)
) PARTITION BY RANGE (position);

-- Where each stream stands: the authority for expected revisions.
CREATE TABLE streams (
    stream uuid PRIMARY KEY,
    category text NOT NULL,
    area text NOT NULL,
    revision integer NOT NULL
) WITH (fillfactor = 70);

-- One row per commit: what it recorded, and the chain over all commits so far.
CREATE TABLE batches (
    last_position bigint PRIMARY KEY,
    first_position bigint NOT NULL,
    at timestamptz NOT NULL,
    root bytea NOT NULL,
    chain bytea NOT NULL
);

-- Names that at most one stream may hold.
CREATE TABLE claims (
    scope text NOT NULL,
    key text NOT NULL,
    stream uuid NOT NULL,
    PRIMARY KEY (scope, key)
);

-- How far each reader of this service has come in each log it reads.
CREATE TABLE checkpoints (
    name text NOT NULL,
    source text NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (name, source)
);

-- Facts that a reader could not take in, and every later fact of their streams.
CREATE TABLE dead_letters (
    name text NOT NULL,
    source text NOT NULL,
    position bigint NOT NULL,
    stream uuid NOT NULL,
    type text NOT NULL,
    error text NOT NULL,
    envelope json NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (name, source, position)
);
CREATE INDEX ON dead_letters (name, source, stream);

-- name: step 2 only inserted
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only inserted into', tg_table_name USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER only_inserted BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER only_inserted BEFORE UPDATE OR DELETE ON batches FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON batches FOR EACH STATEMENT EXECUTE FUNCTION refuse();

-- name: step 3 partitions
CREATE FUNCTION partition_size() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 5000000::bigint';

-- Partition 0 holds the positions 1 … size, and so on. It is attached, not created in place: that would wait for
-- every reader of the log, and everybody who appends would wait with it.
CREATE FUNCTION add_partition(number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text := 'events_' || number;
    first bigint := number * partition_size() + 1;
BEGIN
    EXECUTE format('CREATE TABLE %I (LIKE events INCLUDING ALL)', name);
    EXECUTE format('CREATE UNIQUE INDEX ON %I (stream, revision)', name);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse()', name);
    EXECUTE format('ALTER TABLE events ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
                   name, first, first + partition_size());
END $$;

-- Makes room for the positions first … last, and half a partition ahead of them.
CREATE FUNCTION make_room(first bigint, last bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR number IN (first - 1) / partition_size() .. (last - 1 + partition_size() / 2) / partition_size() LOOP
        IF to_regclass('events_' || number) IS NULL THEN
            PERFORM add_partition(number);
        END IF;
    END LOOP;
END $$;

-- name: step 4 merkle root
-- RFC 9162, 2.1.1, a level at a time: neighbours are hashed together, and one without a neighbour rises as it is.
CREATE FUNCTION merkle_root(level bytea[]) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
    WHILE cardinality(level) > 1 LOOP
        level := ARRAY(
            SELECT CASE WHEN i < cardinality(level) THEN sha256('\x01'::bytea || level[i] || level[i + 1]) ELSE level[i] END
              FROM generate_series(1, cardinality(level), 2) AS i);
    END LOOP;
    RETURN level[1];
END $$;

-- name: step 5 append
-- Records the facts of many commands in one commit. `facts` are rows of `events` without their positions, the facts of
-- one command side by side, and one command per stream. Answers the last position before this commit, the streams that
-- are not where their command expects them, and the names that another stream holds: the commands of those streams are
-- left out, and the others take the positions after `base` in their order.
--
-- The lock makes commits one at a time, so that positions become visible in their order and without a gap. It is held
-- for this statement and its commit, and never while a client thinks.
--
-- The settings keep the plans that suit a large log, even where they were made while it was small.
CREATE FUNCTION append(facts events[], wanted claims[], OUT base bigint, OUT conflicting uuid[], OUT taken claims[])
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
SET enable_seqscan = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    previous bytea;
    refused uuid[];
    leaves bytea[];
    root bytea;
    last bigint;
BEGIN
    PERFORM pg_advisory_xact_lock('events'::regclass::bigint);
    SELECT b.last_position, b.chain INTO base, previous FROM batches AS b ORDER BY b.last_position DESC LIMIT 1;
    base := coalesce(base, 0);
    previous := coalesce(previous, sha256(current_schema()::text::bytea));
    PERFORM make_room(base + 1, base + cardinality(facts));

    conflicting := ARRAY(
        SELECT f.stream FROM unnest(facts) AS f
         GROUP BY f.stream
        HAVING min(f.revision) <> 1 + coalesce((SELECT s.revision FROM streams AS s WHERE s.stream = f.stream), 0));
    taken := ARRAY(
        SELECT w FROM unnest(wanted) AS w
         WHERE w.stream <> (SELECT c.stream FROM claims AS c WHERE c.scope = w.scope AND c.key = w.key));
    refused := conflicting || ARRAY(SELECT t.stream FROM unnest(taken) AS t);
    IF cardinality(refused) > 0 THEN
        facts := ARRAY(
            SELECT facts[i] FROM generate_subscripts(facts, 1) AS i WHERE facts[i].stream <> ALL (refused) ORDER BY i);
        wanted := ARRAY(SELECT w FROM unnest(wanted) AS w WHERE w.stream <> ALL (refused));
    END IF;

    INSERT INTO streams (stream, category, area, revision)
    SELECT f.stream, max(f.category), max(f.area), max(f.revision) FROM unnest(facts) AS f GROUP BY f.stream
    ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision;

    INSERT INTO claims (scope, key, stream)
    SELECT DISTINCT w.scope, w.key, w.stream
      FROM unnest(wanted) AS w
     WHERE (SELECT c.stream FROM claims AS c WHERE c.scope = w.scope AND c.key = w.key) IS NULL;

    -- The leaf of a fact, RFC 9162: all that was said, a line each; its place follows from the batch.
    WITH said AS (
        INSERT INTO events
        SELECT base + f.ordinality, f.stream, f.category, f.revision, f.id, f.type, f.version,
               f.area, f.charter, f.actor, f.at, f.causation, f.correlation, f.data
          FROM unnest(facts) WITH ORDINALITY AS f
        RETURNING position, sha256('\x00'::bytea || convert_to(concat_ws(E'\n',
            stream, category, revision, id, type, version, area, charter, actor,
            (extract(EPOCH FROM at) * 1000000)::bigint, causation, correlation, data), 'UTF8')) AS leaf
    )
    SELECT array_agg(leaf ORDER BY position), max(position) INTO leaves, last FROM said;

    IF last IS NOT NULL THEN
        root := merkle_root(leaves);
        INSERT INTO batches (last_position, first_position, at, root, chain)
        VALUES (last, base + 1, clock_timestamp(), root,
                sha256(previous || int8send(base + 1) || int8send(last) || root));
    END IF;
END $$;

-- name: grants   (at every migration, since services come to a database one after the other)
DO $$
DECLARE
    service text := 'tongxin_' || current_schema();
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), service);
    EXECUTE format('REVOKE ALL ON events, streams, batches, claims FROM PUBLIC, %I', service);
    EXECUTE format('GRANT SELECT ON events, streams, batches, claims TO %I', service);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON checkpoints, dead_letters TO %I', service);
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', current_schema());
    EXECUTE format('GRANT EXECUTE ON FUNCTION append TO %I', service);
END $$;
