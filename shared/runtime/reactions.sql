-- What a reactor keeps in the schema of its service, which `log` stands for.

-- name: seen
SELECT position FROM log.checkpoints WHERE name = :name AND source = :source;

-- name: advance
INSERT INTO log.checkpoints (name, source, position) VALUES (:name, :source, :position)
ON CONFLICT (name, source) DO UPDATE SET position = greatest(checkpoints.position, excluded.position);

-- name: parked
SELECT DISTINCT name, stream FROM log.dead_letters WHERE name = ANY(:names::text[]) AND source = :source;

-- name: park
INSERT INTO log.dead_letters (name, source, position, stream, type, error, envelope, at)
VALUES (:name, :source, :position, :stream, :type, :error, :envelope, now())
ON CONFLICT (name, source, position) DO NOTHING;

-- name: letters
SELECT position, envelope FROM log.dead_letters
 WHERE name = :name AND source = :source AND stream = :stream
 ORDER BY position;

-- name: forget
DELETE FROM log.dead_letters WHERE name = :name AND source = :source AND position = :position;
