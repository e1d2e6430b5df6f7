-- Whose private words are asked to be deleted, and what was decided. No names: ids and keys only.

-- name: tables
CREATE TABLE erasures (
  erasure_id   uuid        PRIMARY KEY,
  area         text        NOT NULL,
  of           text        NOT NULL,
  subject_id   uuid        NOT NULL,
  keys         uuid[]      NOT NULL,
  applicant    text        NOT NULL,
  ground       text        NOT NULL,
  received     text        NOT NULL,
  received_on  date        NOT NULL,
  requester    text        NOT NULL,
  requested_at timestamptz NOT NULL,
  state        text        NOT NULL,
  decided_at   timestamptz,
  decided_by   text,
  because      text,
  law          text,
  until        date
);
CREATE INDEX erasures_area ON erasures (area text_pattern_ops);
CREATE TABLE decided (
  position   bigint  PRIMARY KEY,
  of         text    NOT NULL,
  subject_id uuid    NOT NULL,
  keys       uuid[]  NOT NULL,
  what       text    NOT NULL
);

-- name: on ErasureRequested
INSERT INTO erasures (erasure_id, area, of, subject_id, keys, applicant, ground, received, received_on, requester,
                      requested_at, state)
SELECT DISTINCT ON (stream)
       stream, area, data->>'of', (data->>'subject_id')::uuid,
       ARRAY(SELECT json_array_elements_text(data->'keys')::uuid), data->>'applicant', data->>'ground', data->>'received',
       (data->>'received_on')::date, data->>'requester', at, type
  FROM batch
 WHERE type = 'ErasureRequested'
 ORDER BY stream, position DESC
    ON CONFLICT (erasure_id) DO UPDATE
   SET keys = excluded.keys, applicant = excluded.applicant, ground = excluded.ground, received = excluded.received,
       received_on = excluded.received_on, requester = excluded.requester, requested_at = excluded.requested_at;

-- name: on ErasureRequested, SubjectErased, ErasureRefused  (the last says how it stands)
UPDATE erasures e
   SET state = CASE WHEN last.type = 'ErasureRefused' AND (last.data->>'locked')::boolean THEN 'SubjectLocked'
                    ELSE last.type END,
       decided_at = CASE WHEN last.type <> 'ErasureRequested' THEN last.at END,
       decided_by = CASE WHEN last.type <> 'ErasureRequested' THEN split_part(last.actor, '/', 1) END,
       because = last.data->>'because', law = last.data->>'law', until = (last.data->>'until')::date
  FROM (SELECT DISTINCT ON (stream) stream, type, at, actor, data
          FROM batch
         WHERE type IN ('ErasureRequested', 'SubjectErased', 'ErasureRefused')
         ORDER BY stream, position DESC) last
 WHERE e.erasure_id = last.stream;

-- name: on SubjectErased, ErasureRefused  (what has to be done to the keys, in this order)
INSERT INTO decided (position, of, subject_id, keys, what)
SELECT position, data->>'of', (data->>'subject_id')::uuid, ARRAY(SELECT json_array_elements_text(data->'keys')::uuid),
       CASE WHEN type = 'SubjectErased' THEN 'erased' ELSE 'locked' END
  FROM batch
 WHERE type = 'SubjectErased' OR (type = 'ErasureRefused' AND (data->>'locked')::boolean);

-- name: in area
SELECT erasure_id, area, of, subject_id, cardinality(keys) AS n, ground, requested_at, state, decided_at
  FROM erasures
 WHERE area LIKE ANY(:prefixes::text[])
 ORDER BY state = 'ErasureRequested' DESC, requested_at DESC
 LIMIT :most;

-- name: one
SELECT * FROM erasures WHERE erasure_id = :erasure_id;

-- name: decided after
SELECT position, of, subject_id, keys, what FROM decided WHERE position > :position ORDER BY position LIMIT :most;
