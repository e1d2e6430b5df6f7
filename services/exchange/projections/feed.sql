-- Public facts in the order in which they were told. Facts of exchange only; what is held back is not here.

-- name: tables
CREATE TABLE told (
  position    bigint      PRIMARY KEY,
  fact_id     uuid        NOT NULL,
  topic_id    uuid        NOT NULL,
  area        text        NOT NULL,
  type        text        NOT NULL,
  version     integer     NOT NULL,
  at          timestamptz NOT NULL,
  correlation uuid        NOT NULL,
  data        json        NOT NULL
);
CREATE TABLE told_one (  -- what one agency alone is told, of what it handed over or was handed
  position    bigint      PRIMARY KEY,
  fact_id     uuid        NOT NULL,
  agency_id   uuid        NOT NULL,
  topic_id    uuid        NOT NULL,  -- the handover or the dispatch
  area        text        NOT NULL,
  type        text        NOT NULL,
  version     integer     NOT NULL,
  at          timestamptz NOT NULL,
  correlation uuid        NOT NULL,
  data        json        NOT NULL
);
CREATE INDEX told_one_agency ON told_one (agency_id, position);
CREATE INDEX told_at ON told (at);
CREATE INDEX told_area ON told (area, position);

-- name: on *  (whatever is said of a matter that is public)
INSERT INTO told (position, fact_id, topic_id, area, type, version, at, correlation, data)
SELECT position, id, stream, area, type, version, (data->>'happened_at')::timestamptz, correlation, data
  FROM batch
 WHERE category = 'publication' AND type <> 'FactHeldBack';

-- name: on HandoverReceived, HandoverAdvanced, DispatchOffered, DispatchReminded, DispatchAcknowledged
INSERT INTO told_one (position, fact_id, agency_id, topic_id, area, type, version, at, correlation, data)
SELECT position, id, (data->>'agency_id')::uuid, stream, area, type, version, (data->>'happened_at')::timestamptz,
       correlation, data
  FROM batch
 WHERE type IN ('HandoverReceived', 'HandoverAdvanced', 'DispatchOffered', 'DispatchReminded', 'DispatchAcknowledged');

-- name: after
SELECT position, fact_id, topic_id, area, type, version, at, correlation, data::text AS data
  FROM told
 WHERE position > :after
   AND (:types::text[] = '{}' OR type = ANY(:types::text[]))
   AND (:since::timestamptz IS NULL OR at >= :since::timestamptz)
   AND EXISTS (SELECT FROM unnest(:prefixes::text[]) AS here WHERE area LIKE here)
 ORDER BY position
 LIMIT :most;

-- name: after for agency    (what is public, and what it alone is told)
SELECT position, fact_id, topic_id, area, type, version, at, correlation, data::text AS data
  FROM told
 WHERE position > :after
   AND (:types::text[] = '{}' OR type = ANY(:types::text[]))
   AND EXISTS (SELECT FROM unnest(:prefixes::text[]) AS here WHERE area LIKE here)
 UNION ALL
SELECT position, fact_id, topic_id, area, type, version, at, correlation, data::text AS data
  FROM told_one
 WHERE agency_id = :agency_id AND position > :after
 ORDER BY position
 LIMIT :most;

-- name: at
SELECT position, fact_id, topic_id, area, type, version, at, correlation, data::text AS data
  FROM told
 WHERE position = ANY(:positions::bigint[])
 UNION ALL
SELECT position, fact_id, topic_id, area, type, version, at, correlation, data::text AS data
  FROM told_one
 WHERE position = ANY(:positions::bigint[]);

-- name: place of    (the position before the first that happened then or later; none where nothing did)
SELECT min(position) - 1 AS place
  FROM (
    SELECT position, at FROM told
     UNION ALL
    SELECT position, at FROM told_one
  ) AS said
 WHERE at >= :moment::timestamptz;
