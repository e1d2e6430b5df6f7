-- What keeps a view, with the schema of one copy of it as the search_path.

-- name: batch    (one for each connection, empty between transactions)
CREATE TEMPORARY TABLE IF NOT EXISTS batch (
    source text NOT NULL,
    position bigint NOT NULL,
    stream uuid NOT NULL,
    category text NOT NULL,
    revision integer NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    version integer NOT NULL,
    area text NOT NULL,
    charter text NOT NULL,
    actor text NOT NULL,
    at timestamptz NOT NULL,
    correlation uuid NOT NULL,
    data json NOT NULL
) ON COMMIT DELETE ROWS;

-- name: advance    (whoever finds another position is a zombie, or has one as a neighbour; a copy that is made of
-- another file is kept by those who know that file)
UPDATE checkpoint SET position = :upto
 WHERE source = :source AND position = :after AND (SELECT fingerprint FROM made_of) = :fingerprint
RETURNING pg_notify(current_schema(), source || ':' || position);

-- name: seen
SELECT position FROM checkpoint WHERE source = :source;

-- name: types
SELECT coalesce(array_agg(DISTINCT type), '{}') FROM batch;

-- name: old
SELECT b.position, b.type, b.version, b.data
  FROM batch b
  JOIN unnest(:types::text[], :versions::integer[]) AS old (type, version) USING (type, version)
 WHERE b.source = :service;

-- name: lift
UPDATE batch b SET version = l.version, data = l.data
  FROM unnest(:positions::bigint[], :versions::integer[], :data::json[]) AS l (position, version, data)
 WHERE b.position = l.position;
