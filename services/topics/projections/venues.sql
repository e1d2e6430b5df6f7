-- Where people consult: rooms, their 六有, convenors and money, and what is short. Facts of topics only.

-- name: tables
CREATE TABLE venues (
  venue_id       uuid        PRIMARY KEY,
  area           text        NOT NULL,
  places         text[]      NOT NULL,  -- the patterns that fit the area
  type           text        NOT NULL,
  name           text        NOT NULL,
  host_kind      text        NOT NULL,
  host           text        NOT NULL,
  shared_with    text[]      NOT NULL,
  parent_id      uuid,
  ranks          integer[]   NOT NULL,  -- which need a convenor
  standard       text[]      NOT NULL,
  children       text,
  children_least integer,
  children_most  integer,
  activities_min integer     NOT NULL,
  state          text        NOT NULL,
  since          timestamptz NOT NULL,
  met            text[]      NOT NULL
);
CREATE INDEX venues_places ON venues USING gin (places);
CREATE INDEX venues_parent ON venues (parent_id);
CREATE TABLE convenors (
  venue_id  uuid    NOT NULL,
  rank      integer NOT NULL,
  person    text,                       -- none once relieved
  qualities text[]  NOT NULL,
  PRIMARY KEY (venue_id, rank)
);
CREATE TABLE budgets (
  venue_id uuid    NOT NULL,
  year     integer NOT NULL,
  line     text    NOT NULL,
  allotted bigint  NOT NULL,
  spent    bigint  NOT NULL,
  PRIMARY KEY (venue_id, year, line)
);
CREATE TABLE activities (
  venue_id uuid    NOT NULL,
  year     integer NOT NULL,
  held     integer NOT NULL,
  PRIMARY KEY (venue_id, year)
);

-- name: on VenueEstablished
INSERT INTO venues (venue_id, area, places, type, name, host_kind, host, shared_with, parent_id, ranks, standard,
                    children, children_least, children_most, activities_min, state, since, met)
SELECT stream, area,
       area || ARRAY(SELECT left(area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits),
       data->>'type', data->>'name', data->>'host_kind', data->>'host',
       ARRAY(SELECT json_array_elements_text(data->'shared_with')), (data->>'parent_id')::uuid,
       ARRAY(SELECT json_array_elements_text(data->'ranks')::integer),
       ARRAY(SELECT json_array_elements_text(data->'standard')),
       data->>'children', (data->>'children_least')::integer, (data->>'children_most')::integer,
       (data->>'activities_min')::integer, 'in-use', at, '{}'
  FROM batch
 WHERE type = 'VenueEstablished';

-- name: on VenueStandardChecked  (the last check counts)
UPDATE venues v SET met = last.met
  FROM (SELECT DISTINCT ON (stream) stream,
               ARRAY(SELECT key FROM json_each_text(data->'met') WHERE value = 'true' ORDER BY 1) AS met
          FROM batch
         WHERE type = 'VenueStandardChecked'
         ORDER BY stream, position DESC) last
 WHERE v.venue_id = last.stream;

-- name: on VenueSuspended, VenueResumed
UPDATE venues v SET state = last.state, since = last.at
  FROM (SELECT DISTINCT ON (stream) stream, at,
               CASE type WHEN 'VenueSuspended' THEN 'suspended' WHEN 'VenueResumed' THEN 'in-use' END AS state
          FROM batch
         WHERE type IN ('VenueSuspended', 'VenueResumed')
         ORDER BY stream, position DESC) last
 WHERE v.venue_id = last.stream;

-- name: on ConvenorAppointed, ConvenorRelieved
INSERT INTO convenors (venue_id, rank, person, qualities)
SELECT DISTINCT ON (stream, data->>'rank') stream, (data->>'rank')::integer,
       CASE type WHEN 'ConvenorAppointed' THEN data->>'person' END,
       CASE type WHEN 'ConvenorAppointed' THEN ARRAY(SELECT json_array_elements_text(data->'qualities')) ELSE '{}' END
  FROM batch
 WHERE type IN ('ConvenorAppointed', 'ConvenorRelieved')
 ORDER BY stream, data->>'rank', position DESC
ON CONFLICT (venue_id, rank) DO UPDATE SET person = excluded.person, qualities = excluded.qualities;

-- name: on BudgetAllotted, BudgetSpent
INSERT INTO budgets AS b (venue_id, year, line, allotted, spent)
SELECT stream, (data->>'year')::integer, data->>'line',
       sum(CASE type WHEN 'BudgetAllotted' THEN (data->>'amount')::bigint ELSE 0 END),
       sum(CASE type WHEN 'BudgetSpent' THEN (data->>'amount')::bigint ELSE 0 END)
  FROM batch
 WHERE type IN ('BudgetAllotted', 'BudgetSpent')
 GROUP BY 1, 2, 3
ON CONFLICT (venue_id, year, line) DO UPDATE SET allotted = b.allotted + excluded.allotted,
                                                 spent = b.spent + excluded.spent;

-- name: on VenueActivityHeld
INSERT INTO activities AS a (venue_id, year, held)
SELECT stream, extract(YEAR FROM (data->>'on')::date)::integer, count(*)
  FROM batch
 WHERE type = 'VenueActivityHeld'
 GROUP BY 1, 2
ON CONFLICT (venue_id, year) DO UPDATE SET held = a.held + excluded.held;

-- name: in area  (with what a year has brought, and what is short of what is expected)
SELECT v.venue_id, v.area, v.type, v.name, v.host_kind, v.host, v.shared_with, v.parent_id, v.state, v.since,
       v.standard, v.met, first.person AS convenor_1, second.person AS convenor_2,
       below.here AS children_here, v.children_least, v.children_most,
       coalesce(a.held, 0) AS activities, v.activities_min, money.allotted, money.spent,
       array_remove(ARRAY[
         CASE WHEN NOT v.met @> v.standard THEN 'standard-unmet' END,
         CASE WHEN (1 = ANY(v.ranks) AND first.person IS NULL) OR (2 = ANY(v.ranks) AND second.person IS NULL)
              THEN 'convenor-missing' END,
         CASE WHEN below.here < v.children_least THEN 'children-too-few' END,
         CASE WHEN below.here > v.children_most THEN 'children-too-many' END,
         CASE WHEN coalesce(a.held, 0) < v.activities_min THEN 'activities-too-few' END
       ], NULL) AS warnings
  FROM venues v
  LEFT JOIN convenors first ON v.venue_id = first.venue_id AND first.rank = 1
  LEFT JOIN convenors second ON v.venue_id = second.venue_id AND second.rank = 2
  LEFT JOIN activities a ON v.venue_id = a.venue_id AND a.year = :year::integer
 CROSS JOIN LATERAL (SELECT count(*) AS here FROM venues c
                      WHERE c.parent_id = v.venue_id AND c.type = v.children AND c.state = 'in-use') below
 CROSS JOIN LATERAL (SELECT coalesce(sum(b.allotted), 0)::bigint AS allotted, coalesce(sum(b.spent), 0)::bigint AS spent
                       FROM budgets b WHERE b.venue_id = v.venue_id AND b.year = :year::integer) money
 WHERE v.places && :prefixes::text[] AND (:type::text IS NULL OR v.type = :type::text)
 ORDER BY v.area, v.type, v.name, v.venue_id
 LIMIT :most;

-- name: budget of venue
SELECT year, line, allotted, spent, allotted - spent AS unspent FROM budgets
 WHERE venue_id = :venue_id
 ORDER BY year DESC, line;
