-- How the log of one service is read and written. What stands behind it is made by migrate.sql.

-- name: append
SELECT base, conflicting, taken FROM append(:facts::events[], :wanted::claims[]);

-- name: read
SELECT position, stream, category, revision, id, type, version, area, charter, actor, at, causation, correlation, data
  FROM events
 WHERE stream = :stream
 ORDER BY revision;

-- name: read many
SELECT position, stream, category, revision, id, type, version, area, charter, actor, at, causation, correlation, data
  FROM events
 WHERE stream = any(:streams::uuid[])
 ORDER BY stream, revision;

-- name: after    (both ends are given, so that only the partitions between them are looked at)
SELECT position, stream, category, revision, id, type, version, area, charter, actor, at, causation, correlation, data
  FROM events
 WHERE position > :position AND position <= :position + :most
 ORDER BY position;

-- name: last
SELECT coalesce(max(last_position), 0) AS position FROM batches;

-- name: recorded
SELECT position FROM events WHERE stream = :stream AND revision = :revision AND id = :id;

-- name: batches after
SELECT first_position, last_position, root, chain
  FROM batches
 WHERE last_position > :position
 ORDER BY last_position
 LIMIT :most;
