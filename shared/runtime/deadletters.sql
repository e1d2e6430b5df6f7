-- Facts that somebody could not take. `log` stands for the schema of the service.

-- name: park    (all that is in the batch)
INSERT INTO log.dead_letters (name, source, position, stream, type, error, envelope, at)
SELECT :name, source, position, stream, type, :error, row_to_json(b), now() FROM batch b;

-- name: park later    (facts of streams of which something is parked; the others stay in the batch)
WITH parked AS (
    SELECT DISTINCT stream FROM log.dead_letters WHERE name = :name AND source = :source
), later AS (
    DELETE FROM batch b USING parked WHERE b.stream = parked.stream RETURNING b.*
)
INSERT INTO log.dead_letters (name, source, position, stream, type, error, envelope, at)
SELECT :name, source, position, stream, type, 'an earlier fact of its stream is parked', row_to_json(l), now() FROM later l;

-- name: leave out    (what is parked; a past remembers which it went without)
WITH gone AS (
    DELETE FROM batch b USING log.dead_letters d
     WHERE d.name = :name AND d.source = :source AND b.position = d.position
    RETURNING b.position
)
INSERT INTO past.left_out (schema, source, position) SELECT current_schema(), :source, position FROM gone;

-- name: sources
SELECT DISTINCT source FROM log.dead_letters WHERE name = :name AND stream = :stream;

-- name: take out    (into the batch)
WITH letters AS (
    DELETE FROM log.dead_letters WHERE name = :name AND source = :source AND stream = :stream RETURNING envelope
)
INSERT INTO batch
SELECT b.* FROM letters, json_populate_record(NULL::batch, envelope) AS b ORDER BY b.position;

-- name: count
SELECT count(*) FROM log.dead_letters WHERE name = :name;

-- name: forget
DELETE FROM log.dead_letters WHERE name = :name;
