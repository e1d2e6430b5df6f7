-- The registers: units with all their names, ledgers as they were certified, the texts of charters, and deviations.

-- name: tables
CREATE TABLE units (
  unit_id     uuid   PRIMARY KEY,
  area        text   NOT NULL,
  kind        text   NOT NULL,
  short_names text[] NOT NULL,
  retired_on  date,
  reason      text,
  successor   uuid
);
CREATE INDEX units_area ON units (area text_pattern_ops);
CREATE TABLE names (
  unit_id uuid    NOT NULL,
  number  integer NOT NULL,
  name    text    NOT NULL,
  since   date,                 -- none for the first
  PRIMARY KEY (unit_id, number)
);
CREATE TABLE certifications (
  ledger_id    uuid        NOT NULL,
  number       integer     NOT NULL,
  area         text        NOT NULL,
  period       text        NOT NULL,
  rows         integer     NOT NULL,
  entries      json        NOT NULL,
  digest       text        NOT NULL,
  reason       text        NOT NULL,
  certifier    text        NOT NULL,
  certified_at timestamptz NOT NULL,
  PRIMARY KEY (ledger_id, number)
);
CREATE INDEX certifications_area ON certifications (area text_pattern_ops);
CREATE TABLE charters (           -- what was said of the text of each version
  charter  text        NOT NULL,
  revision integer     NOT NULL,
  type     text        NOT NULL,
  digest   text        NOT NULL,
  at       timestamptz NOT NULL,
  PRIMARY KEY (charter, revision)
);
CREATE TABLE deviations (
  stream      uuid    NOT NULL,
  revision    integer NOT NULL,
  area        text    NOT NULL,
  charter     text    NOT NULL,
  topic_id    uuid    NOT NULL,
  key         text    NOT NULL,
  instead     text    NOT NULL,
  reason      text    NOT NULL,
  approved_by text    NOT NULL,
  day         date    NOT NULL,
  PRIMARY KEY (stream, revision)
);
CREATE INDEX deviations_area ON deviations (area text_pattern_ops);
CREATE TABLE topics (
  topic_id uuid PRIMARY KEY,
  title    text NOT NULL
);

-- name: on TopicProposed
INSERT INTO topics (topic_id, title)
SELECT stream, data->>'title' FROM batch WHERE type = 'TopicProposed';

-- name: on UnitRegistered
INSERT INTO units (unit_id, area, kind, short_names)
SELECT stream, area, data->>'kind', ARRAY(SELECT json_array_elements_text(data->'short_names'))
  FROM batch WHERE type = 'UnitRegistered';

-- name: on UnitRegistered, UnitRenamed
INSERT INTO names (unit_id, number, name, since)
SELECT stream, revision, data->>'name', (data->>'since')::date
  FROM batch WHERE type IN ('UnitRegistered', 'UnitRenamed');

-- name: on UnitRetired
UPDATE units u
   SET retired_on = (b.data->>'since')::date, reason = b.data->>'reason', successor = (b.data->>'successor')::uuid
  FROM batch b
 WHERE b.type = 'UnitRetired' AND u.unit_id = b.stream;

-- name: on LedgerCertified
INSERT INTO certifications (ledger_id, number, area, period, rows, entries, digest, reason, certifier, certified_at)
SELECT stream, (data->>'number')::integer, data->>'area', data->>'period', (data->>'rows')::integer, data->'entries',
       data->>'digest', data->>'reason', split_part(actor, '/', 1), at
  FROM batch WHERE type = 'LedgerCertified';

-- name: on CharterDrafted, CharterActivated, CharterTextAccepted
INSERT INTO charters (charter, revision, type, digest, at)
SELECT data->>'charter', revision, type, data->>'digest', at
  FROM batch WHERE type IN ('CharterDrafted', 'CharterActivated', 'CharterTextAccepted');

-- name: on CharterDeviationRecorded
INSERT INTO deviations (stream, revision, area, charter, topic_id, key, instead, reason, approved_by, day)
SELECT stream, revision, area, data->>'charter', (data->>'topic_id')::uuid, data->>'key', data->>'instead',
       data->>'reason', data->>'approved_by', (at AT TIME ZONE 'Asia/Shanghai')::date
  FROM batch WHERE type = 'CharterDeviationRecorded';

-- name: units of areas  (under their names of now; those that are no more come last)
SELECT u.unit_id, u.area, n.name, u.kind, u.short_names,
       ARRAY(SELECT f.name FROM names f
              WHERE f.unit_id = u.unit_id AND f.name <> n.name GROUP BY f.name ORDER BY min(f.number)) AS aliases,
       CASE WHEN u.retired_on IS NULL THEN 'registered' ELSE 'retired' END AS standing,
       coalesce(u.retired_on, n.since) AS since, u.reason,
       (SELECT l.name FROM names l WHERE l.unit_id = u.successor ORDER BY l.number DESC LIMIT 1) AS successor,
       count(*) OVER () AS found
  FROM units u
 CROSS JOIN LATERAL (SELECT * FROM names l WHERE l.unit_id = u.unit_id ORDER BY l.number DESC LIMIT 1) n
 WHERE u.area LIKE ANY(:prefixes::text[])
   AND (:kind::text = '' OR u.kind = :kind::text)
   AND (:name::text = '' OR strpos(array_to_string(u.short_names, ' '), :name::text) > 0
        OR EXISTS (SELECT FROM names f WHERE f.unit_id = u.unit_id AND strpos(f.name, :name::text) > 0))
 ORDER BY u.retired_on IS NOT NULL, u.area, u.kind, n.name, u.unit_id
 LIMIT :most OFFSET :skipped;

-- name: names of units  (every name that means a unit which is still there, and its name of now)
SELECT u.unit_id, u.area, alias, n.name
  FROM units u
 CROSS JOIN LATERAL (SELECT * FROM names l WHERE l.unit_id = u.unit_id ORDER BY l.number DESC LIMIT 1) n
 CROSS JOIN LATERAL (SELECT f.name AS alias FROM names f WHERE f.unit_id = u.unit_id
                      UNION
                     SELECT unnest(u.short_names)) every
 WHERE u.retired_on IS NULL AND u.area LIKE ANY(:prefixes::text[])
 ORDER BY n.name, alias;

-- name: texts of charters  (the text that came into force, or was accepted since; else the last draft)
SELECT DISTINCT ON (charter)
       charter, type, digest,
       (SELECT min(f.at) FROM charters f WHERE f.charter = c.charter AND f.type = 'CharterActivated') AS activated_at
  FROM charters c
 ORDER BY charter, revision DESC;

-- name: deviations of areas
SELECT d.topic_id AS matter_id, t.title, d.area, d.charter AS version, d.key, d.instead, d.reason, d.approved_by,
       d.day, count(*) OVER () AS found
  FROM deviations d LEFT JOIN topics t USING (topic_id)
 WHERE d.area LIKE ANY(:prefixes::text[])
 ORDER BY d.day DESC, d.stream, d.revision DESC
 LIMIT :most OFFSET :skipped;

-- name: deviations by charter
SELECT area, charter, count(*) AS n FROM deviations WHERE area LIKE ANY(:prefixes::text[]) GROUP BY area, charter;

-- name: certifications of ledger  (every time it was certified, the last first)
SELECT ledger_id, number, rows, entries::text AS entries, digest, reason, certifier, certified_at
  FROM certifications
 WHERE area = :area AND period = :period
 ORDER BY number DESC;
