-- How matters go through a county: what was consulted on, where, with whom and on what research, how long each step
-- took, what was passed on upwards, and what became a case. A table belongs to one source: topics, venues and appeals
-- to topics, meetings and reports to meetings, all others to outcomes. They are joined when asked.

-- name: tables
CREATE TABLE topics (
  topic_id uuid PRIMARY KEY,
  area     text NOT NULL,
  charter  text NOT NULL,
  title    text NOT NULL
);
CREATE INDEX topics_area ON topics (area text_pattern_ops);
CREATE TABLE moments (  -- when each kind of fact was first said about a topic
  topic_id uuid        NOT NULL,
  source   text        NOT NULL,
  type     text        NOT NULL,
  first_at timestamptz NOT NULL,
  year     integer     NOT NULL GENERATED ALWAYS AS (extract(YEAR FROM first_at AT TIME ZONE 'Asia/Shanghai')) STORED,
  PRIMARY KEY (topic_id, source, type)
);
CREATE TABLE venues (
  venue_id uuid    PRIMARY KEY,
  area     text    NOT NULL,
  type     text    NOT NULL,
  name     text    NOT NULL,
  standing boolean NOT NULL,
  met      boolean           -- the whole checklist, when it was last gone through
);
CREATE INDEX venues_area ON venues (area text_pattern_ops);
CREATE TABLE appeals (
  lead_id         uuid        PRIMARY KEY,
  area            text        NOT NULL,
  transferred_at  timestamptz NOT NULL,
  acknowledged_at timestamptz
);
CREATE INDEX appeals_area ON appeals (area text_pattern_ops);
CREATE TABLE reports (
  position    bigint PRIMARY KEY,
  research_id uuid   NOT NULL
);
CREATE INDEX reports_research ON reports (research_id);
CREATE TABLE meetings (
  position bigint      PRIMARY KEY,
  topic_id uuid        NOT NULL,
  area     text        NOT NULL,
  title    text        NOT NULL,
  venue_id uuid,
  held_at  timestamptz NOT NULL,
  year     integer     NOT NULL GENERATED ALWAYS AS (extract(YEAR FROM held_at AT TIME ZONE 'Asia/Shanghai')) STORED,
  masses   integer     NOT NULL,
  leaders  integer     NOT NULL,
  people   integer     NOT NULL,
  research uuid[]      NOT NULL
);
CREATE INDEX meetings_area ON meetings (area text_pattern_ops);
CREATE TABLE outcomes (
  outcome_id uuid PRIMARY KEY,
  topic_id   uuid NOT NULL
);
CREATE INDEX outcomes_topic ON outcomes (topic_id);
CREATE TABLE media (
  outcome_id uuid PRIMARY KEY
);
CREATE TABLE answers (
  assignment_id uuid PRIMARY KEY,
  topic_id      uuid NOT NULL,
  class         text            -- none where the reply did not hold
);
CREATE INDEX answers_topic ON answers (topic_id);
CREATE TABLE cases (
  case_id      uuid        PRIMARY KEY,
  topic_id     uuid        NOT NULL,
  area         text        NOT NULL,
  headline     text        NOT NULL,
  published_at timestamptz NOT NULL
);
CREATE INDEX cases_area ON cases (area text_pattern_ops);
CREATE INDEX cases_topic ON cases (topic_id);
CREATE TABLE upreports (
  position    bigint      PRIMARY KEY,
  outcome_id  uuid        NOT NULL,
  item_no     integer     NOT NULL,
  topic_id    uuid        NOT NULL,
  area        text        NOT NULL,
  form        text        NOT NULL,
  headline    text        NOT NULL,
  at          timestamptz NOT NULL
);
CREATE INDEX upreports_area ON upreports (area text_pattern_ops);
CREATE TABLE adoptions (
  position   bigint      PRIMARY KEY,
  outcome_id uuid        NOT NULL,
  item_no    integer     NOT NULL,
  by_level   text        NOT NULL,
  at         timestamptz NOT NULL
);
CREATE INDEX adoptions_item ON adoptions (outcome_id, item_no);
CREATE VIEW approved AS  -- topics from the day they were decided on, and the five things that are to come of each
SELECT t.topic_id, t.area, t.title, t.charter, (m.first_at AT TIME ZONE 'Asia/Shanghai')::date AS since,
       m.year,
       EXISTS (SELECT FROM moments o
                WHERE o.topic_id = t.topic_id
                  AND o.type IN ('OutcomeAdopted', 'OutcomeEndorsed', 'MajorOutcomeEscalated', 'ItemAssigned',
                                 'OutcomeUpreported')) AS converted,
       EXISTS (SELECT FROM moments o WHERE o.topic_id = t.topic_id AND o.type = 'MeetingHeld') AS held,
       EXISTS (SELECT FROM answers a WHERE a.topic_id = t.topic_id AND a.class = 'A') AS solved,
       EXISTS (SELECT FROM cases c WHERE c.topic_id = t.topic_id) AS told,
       EXISTS (SELECT FROM outcomes o JOIN media USING (outcome_id) WHERE o.topic_id = t.topic_id) AS reported
  FROM topics t JOIN moments m ON m.topic_id = t.topic_id AND m.type = 'TopicApproved';
CREATE VIEW held AS  -- researched: every report it rests on was filed before
SELECT m.*, (m.held_at AT TIME ZONE 'Asia/Shanghai')::date AS since,
       m.research <> '{}' AND NOT EXISTS (
         SELECT FROM unnest(m.research) AS one
          WHERE NOT EXISTS (SELECT FROM reports r WHERE r.research_id = one AND r.position < m.position)) AS researched
  FROM meetings m;
CREATE VIEW evidence AS  -- every case an indicator counts, from the day it counts: n of d
SELECT 'converted' AS indicator, area, topic_id, title AS what, year, since, converted::integer AS n, 1 AS d FROM approved
 UNION ALL
SELECT 'five-ones', area, topic_id, title, year, since, (held AND solved AND told AND reported)::integer, 1 FROM approved
 UNION ALL
SELECT 'led', area, topic_id, title, year, since, (leaders > 0)::integer, 1 FROM held
 UNION ALL
SELECT 'masses', area, topic_id, title, year, since, masses, people FROM held
 UNION ALL
SELECT 'researched', area, topic_id, title, year, since, researched::integer, 1 FROM held
 UNION ALL
SELECT 'standard', area, NULL, name, NULL, NULL, (met IS TRUE)::integer, 1 FROM venues WHERE standing
 UNION ALL
SELECT 'per-room', area, NULL, name, NULL, NULL, 0, 1 FROM venues WHERE standing
 UNION ALL
SELECT 'per-room', v.area, h.topic_id, h.title, h.year, h.since, 1, 0
  FROM held h JOIN venues v USING (venue_id)
 WHERE v.standing;

-- name: on TopicProposed
INSERT INTO topics (topic_id, area, charter, title)
SELECT stream, area, charter, data->>'title' FROM batch WHERE type = 'TopicProposed';

-- name: on TopicProposed, TopicApproved, TopicClosed, ResearchReportFiled, ConsultationScheduled, MeetingHeld, OutcomeSubmitted, OutcomeAdopted, OutcomeEndorsed, MajorOutcomeEscalated, ItemAssigned, OutcomeUpreported, HandlingReplied, FeedbackGiven
INSERT INTO moments (topic_id, source, type, first_at)
SELECT (data->>'topic_id')::uuid AS topic_id, source, type, min(at)
  FROM batch
 WHERE type IN ('TopicProposed', 'TopicApproved', 'TopicClosed', 'ResearchReportFiled', 'ConsultationScheduled', 'MeetingHeld',
                'OutcomeSubmitted', 'OutcomeAdopted', 'OutcomeEndorsed', 'MajorOutcomeEscalated', 'ItemAssigned',
                'OutcomeUpreported', 'HandlingReplied', 'FeedbackGiven')
 GROUP BY (data->>'topic_id')::uuid, source, type
    ON CONFLICT (topic_id, source, type) DO UPDATE SET first_at = least(moments.first_at, excluded.first_at);

-- name: on VenueEstablished
INSERT INTO venues (venue_id, area, type, name, standing)
SELECT stream, area, data->>'type', data->>'name', TRUE FROM batch WHERE type = 'VenueEstablished';

-- name: on VenueSuspended, VenueResumed
UPDATE venues v SET standing = (last.type = 'VenueResumed')
  FROM (SELECT DISTINCT ON (stream) stream, type
          FROM batch
         WHERE type IN ('VenueSuspended', 'VenueResumed')
         ORDER BY stream, position DESC) last
 WHERE v.venue_id = last.stream;

-- name: on VenueStandardChecked
UPDATE venues v SET met = last.met
  FROM (SELECT DISTINCT ON (stream)
               stream, (SELECT bool_and(one.value::boolean) FROM json_each_text(data->'met') AS one) AS met
          FROM batch
         WHERE type = 'VenueStandardChecked'
         ORDER BY stream, position DESC) last
 WHERE v.venue_id = last.stream;

-- name: on PersonalAppealTransferred
INSERT INTO appeals (lead_id, area, transferred_at)
SELECT stream, area, at FROM batch WHERE type = 'PersonalAppealTransferred';

-- name: on TransferAcknowledged
UPDATE appeals a SET acknowledged_at = b.at
  FROM batch b
 WHERE b.type = 'TransferAcknowledged' AND a.lead_id = b.stream;

-- name: on ResearchReportFiled
INSERT INTO reports (position, research_id)
SELECT position, stream FROM batch WHERE type = 'ResearchReportFiled';

-- name: on MeetingHeld
INSERT INTO meetings (position, topic_id, area, title, venue_id, held_at, masses, leaders, people, research)
SELECT b.position, (b.data->>'topic_id')::uuid, b.area, b.data->>'title', (b.data->>'venue_id')::uuid, b.at,
       coalesce((b.data->'attendees'->>'masses')::integer, 0), coalesce((b.data->'attendees'->>'leader')::integer, 0),
       (SELECT coalesce(sum(one.value::integer), 0) FROM json_each_text(b.data->'attendees') AS one),
       ARRAY(SELECT json_array_elements_text(b.data->'research')::uuid)
  FROM batch b
 WHERE b.type = 'MeetingHeld';

-- name: on MinutesDrafted, ReportDrafted
INSERT INTO outcomes (outcome_id, topic_id)
SELECT DISTINCT stream, (data->>'topic_id')::uuid FROM batch WHERE type IN ('MinutesDrafted', 'ReportDrafted')
    ON CONFLICT DO NOTHING;

-- name: on MediaReported
INSERT INTO media (outcome_id) SELECT DISTINCT stream FROM batch WHERE type = 'MediaReported' ON CONFLICT DO NOTHING;

-- name: on HandlingReplied, HandlingRejected  (the last says whether a reply holds)
INSERT INTO answers (assignment_id, topic_id, class)
SELECT DISTINCT ON (stream) stream, (data->>'topic_id')::uuid, data->>'result_class'
  FROM batch
 WHERE type IN ('HandlingReplied', 'HandlingRejected')
 ORDER BY stream, position DESC
    ON CONFLICT (assignment_id) DO UPDATE SET class = excluded.class;

-- name: on CasePublished
INSERT INTO cases (case_id, topic_id, area, headline, published_at)
SELECT stream, (data->>'topic_id')::uuid, area, data->>'headline', at FROM batch WHERE type = 'CasePublished'
    ON CONFLICT DO NOTHING;

-- name: on OutcomeUpreported
INSERT INTO upreports (position, outcome_id, item_no, topic_id, area, form, headline, at)
SELECT position, stream, (data->>'item_no')::integer, (data->>'topic_id')::uuid, area, data->>'form', data->>'headline', at
  FROM batch
 WHERE type = 'OutcomeUpreported';

-- name: on UpreportAdopted
INSERT INTO adoptions (position, outcome_id, item_no, by_level, at)
SELECT position, stream, (data->>'item_no')::integer, data->>'by', at FROM batch WHERE type = 'UpreportAdopted';

-- name: indicators of areas  (each of the areas with each of its patterns; all of them lie within some patterns)
SELECT b.area, e.indicator, sum(e.n) AS n, sum(e.d) AS d
  FROM (SELECT area, indicator, sum(n) AS n, sum(d) AS d FROM evidence
         WHERE area LIKE ANY(:within::text[]) AND (year = :year OR year IS NULL) AND (since <= :today::date OR since IS NULL)
         GROUP BY area, indicator) e
 CROSS JOIN LATERAL (SELECT e.area AS pattern
                      UNION ALL
                     SELECT left(e.area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits) fits
  JOIN unnest(:areas::text[], :prefixes::text[]) AS b (area, pattern) USING (pattern)
 GROUP BY b.area, e.indicator;

-- name: behind indicator
SELECT e.topic_id AS matter_id, coalesce(t.title, e.what) AS title, e.area, e.what, e.since, e.n, e.d,
       count(*) OVER () AS found
  FROM evidence e LEFT JOIN topics t USING (topic_id)
 WHERE e.indicator = :indicator AND e.area LIKE ANY(:prefixes::text[]) AND (e.year = :year OR e.year IS NULL)
   AND (e.since <= :today::date OR e.since IS NULL)
 ORDER BY e.since DESC NULLS LAST, e.topic_id, e.what
 LIMIT :most OFFSET :skipped;

-- name: time in stage  (from one step to the next, over the matters that made it in the year; done before its turn: no time)
WITH here AS MATERIALIZED (
  SELECT m.topic_id, m.type, m.first_at, m.year
    FROM topics t JOIN moments m USING (topic_id)
   WHERE t.area LIKE ANY(:prefixes::text[])
)
SELECT step.no, step.left_at AS from_step, step.came_to AS to_step, count(passed.days) AS matters,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY passed.days) AS median,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY passed.days) AS nine_tenths
  FROM (VALUES (1, 'TopicProposed', 'TopicApproved'), (2, 'TopicApproved', 'ResearchReportFiled'),
               (3, 'ResearchReportFiled', 'ConsultationScheduled'), (4, 'ConsultationScheduled', 'MeetingHeld'),
               (5, 'MeetingHeld', 'OutcomeSubmitted'), (6, 'OutcomeSubmitted', 'OutcomeAdopted'),
               (7, 'OutcomeAdopted', 'ItemAssigned'), (8, 'ItemAssigned', 'HandlingReplied'),
               (9, 'HandlingReplied', 'FeedbackGiven'), (10, 'FeedbackGiven', 'TopicClosed'),
               (11, 'TopicProposed', 'TopicClosed')) AS step (no, left_at, came_to)
  LEFT JOIN here b ON step.came_to = b.type AND b.year = :year
  LEFT JOIN here a ON step.left_at = a.type AND b.topic_id = a.topic_id
 CROSS JOIN LATERAL
       (SELECT CASE WHEN a.topic_id IS NOT NULL
                    THEN greatest(extract(EPOCH FROM b.first_at - a.first_at) / 86400, 0)::double precision END AS days) passed
 GROUP BY step.no, step.left_at, step.came_to
 ORDER BY step.no;

-- name: upreports of area
SELECT u.topic_id AS matter_id, t.title, u.area, u.form, u.headline, (u.at AT TIME ZONE 'Asia/Shanghai')::date AS upreported_on, u.item_no,
       ARRAY(SELECT DISTINCT a.by_level FROM adoptions a
              WHERE a.outcome_id = u.outcome_id AND a.item_no = u.item_no ORDER BY 1) AS adopted_by,
       count(*) OVER () AS found
  FROM upreports u LEFT JOIN topics t USING (topic_id)
 WHERE u.area LIKE ANY(:prefixes::text[]) AND extract(YEAR FROM u.at AT TIME ZONE 'Asia/Shanghai') = :year
   AND (:form::text = '' OR u.form = :form::text)
 ORDER BY u.at DESC, u.position
 LIMIT :most OFFSET :skipped;

-- name: counts of areas  (what is only counted: appeals, what was passed on, places with a venue)
SELECT b.area, sum(one.transferred) AS transferred, sum(one.acknowledged) AS acknowledged, sum(one.proposals) AS proposals,
       sum(one.opinions) AS opinions, sum(one.adopted) AS adopted, sum(one.rooms) AS rooms, sum(one.cases) AS cases,
       count(DISTINCT left(one.area, 9)) FILTER (WHERE one.rooms > 0 AND right(one.area, 6) <> '000000') AS towns,
       count(DISTINCT one.area) FILTER (WHERE one.rooms > 0 AND right(one.area, 3) <> '000') AS villages
  FROM (SELECT area, 1 AS transferred, (acknowledged_at IS NOT NULL)::integer AS acknowledged, 0 AS proposals,
               0 AS opinions, 0 AS adopted, 0 AS rooms, 0 AS cases,
               extract(YEAR FROM transferred_at AT TIME ZONE 'Asia/Shanghai')::integer AS year
          FROM appeals
         UNION ALL
        SELECT u.area, 0, 0, (u.form = 'proposal')::integer, (u.form = 'public-opinion')::integer,
               EXISTS (SELECT FROM adoptions a WHERE a.outcome_id = u.outcome_id AND a.item_no = u.item_no)::integer, 0, 0,
               extract(YEAR FROM u.at AT TIME ZONE 'Asia/Shanghai')::integer
          FROM upreports u
         UNION ALL
        SELECT area, 0, 0, 0, 0, 0, 1, 0, NULL FROM venues WHERE standing
         UNION ALL
        SELECT area, 0, 0, 0, 0, 0, 0, 1, extract(YEAR FROM published_at AT TIME ZONE 'Asia/Shanghai')::integer FROM cases
       ) one
 CROSS JOIN LATERAL (SELECT one.area AS pattern
                      UNION ALL
                     SELECT left(one.area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits) fits
  JOIN unnest(:areas::text[], :prefixes::text[]) AS b (area, pattern) USING (pattern)
 WHERE one.year = :year OR one.year IS NULL
 GROUP BY b.area;

-- name: sample of area  (the order of the digests of the published seed and the matter: anybody can draw it again)
SELECT matter_id, title, area, digest, closed_on, :seed::text AS seed, count(*) OVER () AS found
  FROM (SELECT t.topic_id AS matter_id, t.title, t.area, (m.first_at AT TIME ZONE 'Asia/Shanghai')::date AS closed_on,
               encode(sha256(convert_to(:seed::text || ':' || t.topic_id, 'UTF8')), 'hex') AS digest
          FROM topics t JOIN moments m ON m.topic_id = t.topic_id AND m.type = 'TopicClosed'
         WHERE t.area LIKE ANY(:prefixes::text[]) AND :seed::text <> '') drawn
 WHERE extract(YEAR FROM closed_on) = :year
 ORDER BY digest
 LIMIT :most OFFSET :skipped;

-- name: cases of area  (the case library, those first that show most)
SELECT c.topic_id AS matter_id, c.headline, c.area, (c.published_at AT TIME ZONE 'Asia/Shanghai')::date AS published_on, a.solved, a.reported,
       EXISTS (SELECT FROM upreports u JOIN adoptions USING (outcome_id, item_no) WHERE u.topic_id = c.topic_id) AS adopted,
       EXISTS (SELECT FROM moments m WHERE m.topic_id = c.topic_id AND m.type = 'TopicClosed') AS closed,
       count(*) OVER () AS found
  FROM cases c LEFT JOIN approved a USING (topic_id)
 WHERE c.area LIKE ANY(:prefixes::text[]) AND extract(YEAR FROM c.published_at AT TIME ZONE 'Asia/Shanghai') = :year
 ORDER BY coalesce(a.solved, FALSE)::integer + coalesce(a.reported, FALSE)::integer
          + EXISTS (SELECT FROM upreports u JOIN adoptions USING (outcome_id, item_no) WHERE u.topic_id = c.topic_id)::integer
          + EXISTS (SELECT FROM moments m WHERE m.topic_id = c.topic_id AND m.type = 'TopicClosed')::integer DESC,
          c.published_at DESC, c.case_id
 LIMIT :most OFFSET :skipped;

-- name: charters of areas  (how many topics live under which version)
SELECT left(area, 6) || '000000' AS area, charter, count(*) AS topics
  FROM topics
 WHERE area LIKE ANY(:prefixes::text[])
 GROUP BY 1, 2
 ORDER BY 1, 2;
