-- What a county set out to consult on and where: yearly plans with what became of each item, the
-- meetings held by form, and the venues. Topics' rows and those of meetings and outcomes are kept
-- apart, and are joined when asked.

-- name: tables
CREATE TABLE plans (
  plan_id           uuid        PRIMARY KEY,
  area              text        NOT NULL,
  charter           text        NOT NULL,
  year              integer     NOT NULL,
  title             text        NOT NULL,
  state             text        NOT NULL,  -- PlanDrafted, PlanReturned, PlanApproved or PlanIssued
  state_at          timestamptz NOT NULL,
  approved_by       text,
  approved_at       timestamptz,
  number            text,
  issuers           text[]      NOT NULL,
  issued_at         timestamptz,
  min_planned_share integer
);
CREATE INDEX plans_area ON plans (area text_pattern_ops, year);
CREATE TABLE items (
  plan_id     uuid    NOT NULL,
  item_no     integer NOT NULL,
  title       text    NOT NULL,
  led_by      text    NOT NULL,
  month       integer,
  deferred_at timestamptz,
  deferral    text,
  PRIMARY KEY (plan_id, item_no)
);
CREATE TABLE served (
  plan_id    uuid        NOT NULL,
  topic_id   uuid        NOT NULL,
  item_no    integer     NOT NULL,
  adopted_at timestamptz NOT NULL,
  PRIMARY KEY (plan_id, topic_id)
);
CREATE TABLE topics (
  topic_id    uuid   PRIMARY KEY,
  area        text   NOT NULL,
  places      text[] NOT NULL,  -- the area and all above it
  title       text   NOT NULL,
  approved_at timestamptz,
  ended       boolean NOT NULL, -- returned or withdrawn
  closed_at   timestamptz
);
CREATE INDEX topics_places ON topics USING gin (places);
CREATE TABLE sessions (
  consultation_id uuid        PRIMARY KEY,
  topic_id        uuid        NOT NULL,
  area            text        NOT NULL,
  charter         text        NOT NULL,
  title           text        NOT NULL,
  held_at         timestamptz NOT NULL,
  place           text        NOT NULL,
  form            text        NOT NULL,
  mode            text        NOT NULL,
  leaders         integer     NOT NULL,
  people          integer     NOT NULL,
  counted         boolean     NOT NULL
);
CREATE INDEX sessions_area ON sessions (area text_pattern_ops, held_at);
CREATE INDEX sessions_topic ON sessions (topic_id);
CREATE TABLE converted (
  topic_id uuid        PRIMARY KEY,
  first_at timestamptz NOT NULL
);
CREATE TABLE venues (
  venue_id       uuid        PRIMARY KEY,
  area           text        NOT NULL,
  charter        text        NOT NULL,
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
  suspended_at   timestamptz,
  suspended_for  text,
  met            text[]      NOT NULL,
  checked_at     timestamptz
);
CREATE INDEX venues_area ON venues (area text_pattern_ops);
CREATE INDEX venues_parent ON venues (parent_id);
CREATE TABLE convenors (
  venue_id uuid    NOT NULL,
  rank     integer NOT NULL,
  person   text,                        -- an account; none once relieved
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

-- name: on PlanDrafted
INSERT INTO plans (plan_id, area, charter, year, title, state, state_at, issuers)
SELECT stream, area, charter, (data->>'year')::integer, data->>'title', type, at, '{}'
  FROM batch
 WHERE type = 'PlanDrafted';

-- name: on PlanReturned, PlanApproved, PlanIssued
UPDATE plans p SET state = last.type, state_at = last.at
  FROM (SELECT DISTINCT ON (stream) stream, type, at
          FROM batch
         WHERE type IN ('PlanReturned', 'PlanApproved', 'PlanIssued')
         ORDER BY stream, position DESC) last
 WHERE p.plan_id = last.stream;

-- name: on PlanApproved
UPDATE plans p SET approved_by = b.data->>'by', approved_at = b.at
  FROM batch b
 WHERE b.type = 'PlanApproved' AND p.plan_id = b.stream;

-- name: on PlanIssued
UPDATE plans p SET number = b.data->>'number', issued_at = b.at,
       issuers = ARRAY(SELECT json_array_elements_text(b.data->'issuers')),
       min_planned_share = (b.data->>'min_planned_share')::integer
  FROM batch b
 WHERE b.type = 'PlanIssued' AND p.plan_id = b.stream;

-- name: on PlanItemAdded  (the last word on an item number counts)
INSERT INTO items (plan_id, item_no, title, led_by, month)
SELECT DISTINCT ON (stream, data->>'item_no')
       stream, (data->>'item_no')::integer, data->>'title', data->>'led_by', (data->>'month')::integer
  FROM batch
 WHERE type = 'PlanItemAdded'
 ORDER BY stream, data->>'item_no', position DESC
    ON CONFLICT (plan_id, item_no) DO UPDATE
   SET title = excluded.title, led_by = excluded.led_by, month = excluded.month;

-- name: on PlanItemDeferred
UPDATE items i SET deferred_at = b.at, deferral = b.data->>'reason'
  FROM batch b
 WHERE b.type = 'PlanItemDeferred' AND i.plan_id = b.stream AND i.item_no = (b.data->>'item_no')::integer;

-- name: on TopicAdoptedIntoPlan
INSERT INTO served (plan_id, topic_id, item_no, adopted_at)
SELECT stream, (data->>'topic_id')::uuid, (data->>'item_no')::integer, at
  FROM batch
 WHERE type = 'TopicAdoptedIntoPlan';

-- name: on TopicProposed
INSERT INTO topics (topic_id, area, places, title, ended)
SELECT stream, area,
       ARRAY(SELECT DISTINCT rpad(left(area, digits), 12, '0')
               FROM unnest('{2,4,6,9,12}'::integer[]) AS digits ORDER BY 1),
       data->>'title', FALSE
  FROM batch
 WHERE type = 'TopicProposed';

-- name: on TopicApproved  (the first time)
UPDATE topics t SET approved_at = coalesce(t.approved_at, first.at)
  FROM (SELECT DISTINCT ON (stream) stream, at
          FROM batch
         WHERE type = 'TopicApproved'
         ORDER BY stream, position) first
 WHERE t.topic_id = first.stream;

-- name: on TopicReturned, TopicWithdrawn
UPDATE topics t SET ended = TRUE
  FROM batch b
 WHERE b.type IN ('TopicReturned', 'TopicWithdrawn') AND t.topic_id = b.stream;

-- name: on TopicClosed, TopicReopened  (what is taken up again is not closed)
UPDATE topics t SET closed_at = last.closed_at
  FROM (SELECT DISTINCT ON (stream) stream, CASE type WHEN 'TopicClosed' THEN at END AS closed_at
          FROM batch
         WHERE type IN ('TopicClosed', 'TopicReopened')
         ORDER BY stream, position DESC) last
 WHERE t.topic_id = last.stream;

-- name: on MeetingHeld
INSERT INTO sessions (consultation_id, topic_id, area, charter, title, held_at, place, form, mode, leaders, people,
                      counted)
SELECT stream, (data->>'topic_id')::uuid, area, charter, data->>'title', at, data->>'place', data->>'form',
       data->>'mode',
       (SELECT coalesce(sum(value::integer), 0) FROM json_each_text(data->'attendees') WHERE key = 'leader'),
       (SELECT coalesce(sum(value::integer), 0) FROM json_each_text(data->'attendees')),
       (data->>'counted')::boolean
  FROM batch
 WHERE type = 'MeetingHeld';

-- name: on OutcomeAdopted, OutcomeEndorsed, MajorOutcomeEscalated, ItemAssigned, OutcomeUpreported  (whichever is first)
INSERT INTO converted (topic_id, first_at)
SELECT (data->>'topic_id')::uuid, min(at)
  FROM batch
 WHERE type IN ('OutcomeAdopted', 'OutcomeEndorsed', 'MajorOutcomeEscalated', 'ItemAssigned', 'OutcomeUpreported')
 GROUP BY 1
    ON CONFLICT (topic_id) DO UPDATE SET first_at = least(converted.first_at, excluded.first_at);

-- name: on VenueEstablished
INSERT INTO venues (venue_id, area, charter, type, name, host_kind, host, shared_with, parent_id, ranks, standard,
                    children, children_least, children_most, activities_min, met)
SELECT stream, area, charter, data->>'type', data->>'name', data->>'host_kind', data->>'host',
       ARRAY(SELECT json_array_elements_text(data->'shared_with')), (data->>'parent_id')::uuid,
       ARRAY(SELECT json_array_elements_text(data->'ranks')::integer),
       ARRAY(SELECT json_array_elements_text(data->'standard')),
       data->>'children', (data->>'children_least')::integer, (data->>'children_most')::integer,
       (data->>'activities_min')::integer, '{}'
  FROM batch
 WHERE type = 'VenueEstablished';

-- name: on VenueStandardChecked  (the last check counts)
UPDATE venues v SET met = last.met, checked_at = last.at
  FROM (SELECT DISTINCT ON (stream) stream, at,
               ARRAY(SELECT key FROM json_each_text(data->'met') WHERE value = 'true' ORDER BY 1) AS met
          FROM batch
         WHERE type = 'VenueStandardChecked'
         ORDER BY stream, position DESC) last
 WHERE v.venue_id = last.stream;

-- name: on VenueSuspended, VenueResumed
UPDATE venues v SET suspended_at = last.at, suspended_for = last.reason
  FROM (SELECT DISTINCT ON (stream) stream, CASE type WHEN 'VenueSuspended' THEN at END AS at,
               CASE type WHEN 'VenueSuspended' THEN data->>'reason' END AS reason
          FROM batch
         WHERE type IN ('VenueSuspended', 'VenueResumed')
         ORDER BY stream, position DESC) last
 WHERE v.venue_id = last.stream;

-- name: on ConvenorAppointed, ConvenorRelieved
INSERT INTO convenors (venue_id, rank, person)
SELECT DISTINCT ON (stream, data->>'rank') stream, (data->>'rank')::integer,
       CASE type WHEN 'ConvenorAppointed' THEN data->>'person' END
  FROM batch
 WHERE type IN ('ConvenorAppointed', 'ConvenorRelieved')
 ORDER BY stream, data->>'rank', position DESC
    ON CONFLICT (venue_id, rank) DO UPDATE SET person = excluded.person;

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

-- name: plan items of areas  (an item is as far as the topic that serves it first, and over with the last)
SELECT *
  FROM (
       SELECT p.plan_id, p.area, p.year, i.item_no, i.title, i.led_by, i.month, i.deferral,
              (p.issued_at AT TIME ZONE 'Asia/Shanghai')::date AS planned_on,
              (w.approved_at AT TIME ZONE 'Asia/Shanghai')::date AS approved_on,
              (w.held_at AT TIME ZONE 'Asia/Shanghai')::date AS held_on,
              (w.converted_at AT TIME ZONE 'Asia/Shanghai')::date AS converted_on,
              (w.closed_at AT TIME ZONE 'Asia/Shanghai')::date AS closed_on,
              (i.deferred_at AT TIME ZONE 'Asia/Shanghai')::date AS deferred_on,
              w.topics, w.matter_id,
              CASE WHEN w.closed_at IS NOT NULL THEN 'item-closed'
                   WHEN i.deferred_at IS NOT NULL THEN 'item-deferred'
                   WHEN w.converted_at IS NOT NULL THEN 'item-converted'
                   WHEN w.held_at IS NOT NULL THEN 'item-held'
                   WHEN w.approved_at IS NOT NULL THEN 'item-approved'
                   WHEN p.issued_at IS NOT NULL THEN 'item-planned'
                   ELSE 'item-drafted' END AS stand
         FROM plans p JOIN items i ON p.plan_id = i.plan_id
        CROSS JOIN LATERAL (
              SELECT count(s.topic_id) AS topics,
                     (array_agg(s.topic_id ORDER BY s.adopted_at, s.topic_id))[1] AS matter_id,
                     min(t.approved_at) AS approved_at, min(m.held_at) AS held_at, min(c.first_at) AS converted_at,
                     CASE WHEN bool_and(t.ended OR t.closed_at IS NOT NULL) THEN max(t.closed_at) END AS closed_at
                FROM served s
                LEFT JOIN topics t ON s.topic_id = t.topic_id
                LEFT JOIN LATERAL (SELECT min(held_at) AS held_at FROM sessions
                                    WHERE topic_id = s.topic_id) m ON TRUE
                LEFT JOIN converted c ON s.topic_id = c.topic_id
               WHERE s.plan_id = i.plan_id AND s.item_no = i.item_no) w
        WHERE p.area LIKE ANY(:prefixes::text[]) AND p.year = :year::integer) item
 WHERE :stand::text = '' OR stand = :stand::text
 ORDER BY area, plan_id, item_no;

-- name: plans of areas  (who settled and issued each, how many items have come how far, and how much was planned)
SELECT p.plan_id, p.area, p.charter, p.year, p.title, p.state, p.approved_by, p.number, p.issuers, p.min_planned_share,
       (p.approved_at AT TIME ZONE 'Asia/Shanghai')::date AS approved_on,
       (p.issued_at AT TIME ZONE 'Asia/Shanghai')::date AS issued_on,
       of_plan.items, of_plan.approved, of_plan.held, of_plan.converted, of_plan.closed, of_plan.deferred,
       of_year.topics, of_year.planned
  FROM plans p
 CROSS JOIN LATERAL (
       SELECT count(*) AS items, count(i.deferred_at) AS deferred, count(*) FILTER (WHERE w.approved) AS approved,
              count(*) FILTER (WHERE w.held) AS held, count(*) FILTER (WHERE w.converted) AS converted,
              count(*) FILTER (WHERE w.closed) AS closed
         FROM items i
        CROSS JOIN LATERAL (
              SELECT bool_or(t.approved_at IS NOT NULL) AS approved, bool_or(m.topic_id IS NOT NULL) AS held,
                     bool_or(c.topic_id IS NOT NULL) AS converted,
                     bool_and(t.ended OR t.closed_at IS NOT NULL) AND bool_or(t.closed_at IS NOT NULL) AS closed
                FROM served s
                LEFT JOIN topics t ON s.topic_id = t.topic_id
                LEFT JOIN sessions m ON s.topic_id = m.topic_id
                LEFT JOIN converted c ON s.topic_id = c.topic_id
               WHERE s.plan_id = i.plan_id AND s.item_no = i.item_no) w
        WHERE i.plan_id = p.plan_id) of_plan
 CROSS JOIN LATERAL (
       SELECT count(*) AS topics,
              count(*) FILTER (WHERE EXISTS (SELECT FROM served s
                                              WHERE s.plan_id = p.plan_id AND s.topic_id = t.topic_id)) AS planned
         FROM topics t
        WHERE t.places @> ARRAY[p.area]
          AND extract(YEAR FROM t.approved_at AT TIME ZONE 'Asia/Shanghai') = p.year) of_year
 WHERE p.area LIKE ANY(:prefixes::text[]) AND p.year = :year::integer
 ORDER BY p.area, p.plan_id;

-- name: topics of year  (approved in it, and whether a plan had foreseen them; or all that serve one item)
SELECT t.topic_id AS matter_id, t.area, t.title, (t.approved_at AT TIME ZONE 'Asia/Shanghai')::date AS approved_on,
       s.item_no IS NOT NULL AS planned, s.item_no
  FROM topics t
  LEFT JOIN (SELECT f.topic_id, min(f.item_no) AS item_no
               FROM served f JOIN plans p ON f.plan_id = p.plan_id AND p.year = :year::integer
              GROUP BY f.topic_id) s ON t.topic_id = s.topic_id
 WHERE t.area LIKE ANY(:prefixes::text[])
   AND CASE :item_no::text
       WHEN '' THEN extract(YEAR FROM t.approved_at AT TIME ZONE 'Asia/Shanghai') = :year::integer
       ELSE s.item_no::text = :item_no::text END
   AND (:planned::text = '' OR (s.item_no IS NOT NULL) = (:planned::text = 'yes'))
 ORDER BY t.approved_at, t.topic_id;

-- name: forms of areas  (how often each form met, how often that counts, and how often leaders were there)
SELECT form, count(*) AS held, count(*) FILTER (WHERE counted) AS counted,
       count(*) FILTER (WHERE NOT counted) AS uncounted, count(*) FILTER (WHERE leaders > 0) AS led
  FROM sessions
 WHERE area LIKE ANY(:prefixes::text[]) AND extract(YEAR FROM held_at AT TIME ZONE 'Asia/Shanghai') = :year::integer
 GROUP BY form
 ORDER BY form;

-- name: sessions of areas
SELECT consultation_id, topic_id AS matter_id, area, charter, title, place, form, mode, leaders, people, counted,
       (held_at AT TIME ZONE 'Asia/Shanghai')::date AS held_on
  FROM sessions
 WHERE area LIKE ANY(:prefixes::text[]) AND extract(YEAR FROM held_at AT TIME ZONE 'Asia/Shanghai') = :year::integer
   AND (:form::text = '' OR form = :form::text)
   AND (:counted::text = '' OR counted = (:counted::text = 'yes'))
 ORDER BY held_at, consultation_id;

-- name: venue
SELECT venue_id, area, name, suspended_at FROM venues WHERE venue_id = :venue_id;

-- name: venues of areas  (with what a year has brought, and what is short of what is expected)
SELECT v.venue_id, v.area, v.charter, v.type, v.name, v.host_kind, v.host, v.shared_with, v.standard, v.met,
       (v.checked_at AT TIME ZONE 'Asia/Shanghai')::date AS checked_on,
       (v.suspended_at AT TIME ZONE 'Asia/Shanghai')::date AS suspended_on, v.suspended_for,
       ARRAY(SELECT c.person FROM convenors c
              WHERE c.venue_id = v.venue_id AND c.person IS NOT NULL ORDER BY c.rank) AS convenors,
       below.here AS children_here, v.children_least, v.children_most,
       coalesce(a.held, 0) AS activities, v.activities_min, money.allotted, money.spent,
       array_remove(ARRAY[
         CASE WHEN NOT v.met @> v.standard THEN 'standard-unmet' END,
         CASE WHEN EXISTS (SELECT FROM unnest(v.ranks) AS needed
                            WHERE NOT EXISTS (SELECT FROM convenors c WHERE c.venue_id = v.venue_id AND c.rank = needed
                                                                        AND c.person IS NOT NULL))
              THEN 'convenor-missing' END,
         CASE WHEN below.here < v.children_least THEN 'children-too-few' END,
         CASE WHEN below.here > v.children_most THEN 'children-too-many' END,
         CASE WHEN coalesce(a.held, 0) < v.activities_min THEN 'activities-too-few' END
       ], NULL) AS warnings
  FROM venues v
  LEFT JOIN activities a ON v.venue_id = a.venue_id AND a.year = :year::integer
 CROSS JOIN LATERAL (SELECT count(*) AS here FROM venues c
                      WHERE c.parent_id = v.venue_id AND c.type = v.children AND c.suspended_at IS NULL) below
 CROSS JOIN LATERAL (SELECT coalesce(sum(b.allotted), 0)::bigint AS allotted, coalesce(sum(b.spent), 0)::bigint AS spent
                       FROM budgets b WHERE b.venue_id = v.venue_id AND b.year = :year::integer) money
 WHERE v.area LIKE ANY(:prefixes::text[])
 ORDER BY v.type, v.area, v.name, v.venue_id;

-- name: coverage of areas  (by town; a venue of the county itself is under the county)
SELECT rpad(left(v.area, 9), 12, '0') AS area, count(*) AS venues,
       count(DISTINCT v.area) FILTER (WHERE right(v.area, 3) <> '000') AS villages_with,
       bool_or(right(v.area, 3) = '000') AS has_own,
       count(*) FILTER (WHERE v.met @> v.standard) AS up_to_standard,
       coalesce(sum(a.held), 0)::bigint AS activities
  FROM venues v
  LEFT JOIN activities a ON v.venue_id = a.venue_id AND a.year = :year::integer
 WHERE v.area LIKE ANY(:prefixes::text[]) AND v.suspended_at IS NULL
 GROUP BY 1
 ORDER BY 1;

-- name: budget of areas
SELECT b.line, count(*) AS venues, sum(b.allotted)::bigint AS allotted, sum(b.spent)::bigint AS spent,
       (sum(b.allotted) - sum(b.spent))::bigint AS unspent,
       (sum(b.spent) / nullif(sum(b.allotted), 0))::float8 AS rate
  FROM budgets b JOIN venues v ON b.venue_id = v.venue_id
 WHERE v.area LIKE ANY(:prefixes::text[]) AND b.year = :year::integer
 GROUP BY b.line
 ORDER BY b.line;
