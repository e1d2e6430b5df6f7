-- name: fill    (`log` stands for the schema of the service whose log is read)
INSERT INTO batch (source, position, stream, category, revision, id, type, version, area, charter, actor, at, correlation, data)
SELECT :source::text, position, stream, category, revision, id, type, version, area, charter, actor, at, correlation, data
  FROM log.events
 WHERE position > :after AND position <= :upto AND (:types::text[] IS NULL OR type = ANY (:types))
   AND (:before::timestamptz IS NULL OR at < :before)
 ORDER BY position;
