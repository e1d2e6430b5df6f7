-- What the world asks of the log of a service, whose schema `log` stands for.

-- name: append
SELECT base, conflicting, taken FROM log.append(:facts::log.events[], :wanted::log.claims[]);

-- name: reacted    (whoever had reacted to all that stood before has now reacted to this as well)
INSERT INTO log.checkpoints (name, source, position)
SELECT :name, :source, :position
 WHERE :base = coalesce((SELECT position FROM log.checkpoints WHERE name = :name AND source = :source), 0)
ON CONFLICT (name, source) DO UPDATE SET position = excluded.position WHERE checkpoints.position = :base;

-- name: streams
SELECT stream FROM log.streams;

-- name: claims
SELECT scope, key, stream FROM log.claims;

-- name: caused
SELECT DISTINCT causation FROM log.events WHERE stream = ANY(:streams::uuid[]);

-- name: last
SELECT coalesce(max(last_position), 0) FROM log.batches;
