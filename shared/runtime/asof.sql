-- The past views that are kept, and when somebody last asked for each.

-- name: tables
CREATE SCHEMA IF NOT EXISTS past;
CREATE TABLE IF NOT EXISTS past.kept (
  schema      text        PRIMARY KEY,
  live        text        NOT NULL,   -- the schema of the view it is a past of
  fingerprint text        NOT NULL,
  used_at     timestamptz NOT NULL
);
-- What the view could not take either, and waits among its dead letters.
CREATE TABLE IF NOT EXISTS past.left_out (
  schema   text   NOT NULL REFERENCES past.kept ON DELETE CASCADE,
  source   text   NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (schema, source, position)
);

-- name: alone
-- One replica at a time begins a past, until the end of its transaction. Who waited for a table, unlike who waited for
-- an advisory lock, sees the schemas that were made meanwhile.
LOCK TABLE past.kept IN SHARE UPDATE EXCLUSIVE MODE;

-- name: keep
INSERT INTO past.kept (schema, live, fingerprint, used_at) VALUES (:schema, :live, :fingerprint, clock_timestamp())
    ON CONFLICT (schema) DO UPDATE SET fingerprint = excluded.fingerprint, used_at = clock_timestamp();

-- name: begin without gaps
DELETE FROM past.left_out WHERE schema = :schema;

-- name: left out
SELECT count(*) FROM past.left_out WHERE schema = :schema;

-- name: taken since    (by the view, of what a past went without; `log` stands for the schema of the service)
SELECT EXISTS (SELECT FROM past.left_out l
                WHERE l.schema = :schema
                  AND NOT EXISTS (SELECT FROM log.dead_letters d
                                   WHERE d.name = :view AND d.source = l.source AND d.position = l.position));

-- name: use
UPDATE past.kept SET used_at = clock_timestamp() WHERE schema = :schema;

-- name: let go    (all but those that were asked for last, and what is of another file)
DELETE FROM past.kept
 WHERE live = :live
   AND (fingerprint <> :fingerprint
        OR schema NOT IN (SELECT last.schema
                            FROM past.kept last
                           WHERE last.live = :live AND last.fingerprint = :fingerprint
                           ORDER BY last.used_at DESC
                           LIMIT :most))
RETURNING schema;

-- name: anything before    (`log` stands for the schema of the source)
SELECT EXISTS (SELECT FROM log.events WHERE at < :before);

-- name: first    (`log` stands for the schema of the source)
SELECT min(at) FROM log.events;
