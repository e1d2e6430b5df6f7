-- The register of units: each name a unit ever had is a row, the last one is what it is called. Facts of outcomes only.

-- name: tables
CREATE TABLE units (
  unit_id     uuid   PRIMARY KEY,
  area        text   NOT NULL,
  places      text[] NOT NULL,  -- the patterns that fit the area
  kind        text   NOT NULL,
  short_names text[] NOT NULL,
  retired_on  date,
  reason      text,
  successor   uuid
);
CREATE INDEX units_places ON units USING gin (places);
CREATE TABLE names (
  unit_id uuid    NOT NULL,
  number  integer NOT NULL,
  name    text    NOT NULL,
  since   date,                 -- none for the first
  PRIMARY KEY (unit_id, number)
);

-- name: on UnitRegistered
INSERT INTO units (unit_id, area, places, kind, short_names)
SELECT stream, area,
       area || ARRAY(SELECT left(area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits),
       data->>'kind', ARRAY(SELECT json_array_elements_text(data->'short_names'))
  FROM batch
 WHERE type = 'UnitRegistered';

-- name: on UnitRegistered, UnitRenamed
INSERT INTO names (unit_id, number, name, since)
SELECT stream, revision, data->>'name', (data->>'since')::date
  FROM batch
 WHERE type IN ('UnitRegistered', 'UnitRenamed');

-- name: on UnitRetired
UPDATE units u
   SET retired_on = (b.data->>'since')::date, reason = b.data->>'reason', successor = (b.data->>'successor')::uuid
  FROM batch b
 WHERE b.type = 'UnitRetired' AND u.unit_id = b.stream;

-- name: in area
SELECT u.unit_id, u.area, n.name, u.kind, u.short_names,
       ARRAY(SELECT f.name FROM names f
              WHERE f.unit_id = u.unit_id AND f.name <> n.name GROUP BY f.name ORDER BY min(f.number)) AS aliases,
       CASE WHEN u.retired_on IS NULL THEN 'registered' ELSE 'retired' END AS state,
       coalesce(u.retired_on, n.since) AS since, u.reason, u.successor
  FROM units u
 CROSS JOIN LATERAL (SELECT * FROM names l WHERE l.unit_id = u.unit_id ORDER BY l.number DESC LIMIT 1) n
 WHERE u.places && :prefixes::text[] AND (:retired::boolean OR u.retired_on IS NULL)
 ORDER BY u.kind, n.name, u.unit_id
 LIMIT :most;
