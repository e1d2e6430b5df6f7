-- What operators ordered of the running platform, and what came of it.

-- name: tables
CREATE TABLE operations (
  operation_id uuid        PRIMARY KEY,
  kind         text        NOT NULL,
  service      text        NOT NULL,
  what         text        NOT NULL,
  by           text        NOT NULL,
  at           timestamptz NOT NULL,
  outcome      text,
  result       text,
  ended_at     timestamptz
);
CREATE INDEX operations_at ON operations (at);

-- name: on OperationOrdered
INSERT INTO operations (operation_id, kind, service, what, by, at)
SELECT stream, data->>'kind', data->>'service', data->>'what', split_part(actor, '/', 1), at
  FROM batch
 WHERE type = 'OperationOrdered';

-- name: on OperationEnded
UPDATE operations o SET outcome = b.data->>'outcome', result = b.data->>'result', ended_at = b.at
  FROM batch b
 WHERE b.type = 'OperationEnded' AND o.operation_id = b.stream;

-- name: latest
SELECT operation_id, kind, service, what, by, at, outcome, result, ended_at
  FROM operations
 ORDER BY at DESC, operation_id
 LIMIT :most;

-- name: open
SELECT operation_id, service, at FROM operations WHERE outcome IS NULL ORDER BY at;
