-- What units and offices are measured by: tasks, promises and votes. A table belongs to one source: topics to
-- topics, promises to meetings, clocks and late to notify, all others to outcomes.

-- name: tables
CREATE TABLE topics (
  topic_id uuid PRIMARY KEY,
  title    text NOT NULL,
  charter  text NOT NULL
);
CREATE TABLE promises (
  position bigint PRIMARY KEY,
  topic_id uuid   NOT NULL,
  area     text   NOT NULL,
  unit     text   NOT NULL,
  promise  text   NOT NULL,
  made_on  date   NOT NULL,
  due      date   NOT NULL
);
CREATE INDEX promises_area ON promises (area text_pattern_ops);
CREATE TABLE tasks (
  assignment_id uuid        PRIMARY KEY,
  topic_id      uuid        NOT NULL,
  item_no       integer     NOT NULL,
  item          text        NOT NULL,
  area          text        NOT NULL,
  unit          text        NOT NULL,
  assists       text[]      NOT NULL,
  due           date        NOT NULL,
  opened_at     timestamptz NOT NULL,
  state         text        NOT NULL,
  class         text,                 -- of the reply that holds
  year          integer     NOT NULL GENERATED ALWAYS AS (extract(YEAR FROM opened_at AT TIME ZONE 'Asia/Shanghai')) STORED,
  replied_at    timestamptz,          -- the first time
  answered_at   timestamptz,          -- the last time
  progress      text
);
CREATE INDEX tasks_area ON tasks (area text_pattern_ops);
CREATE INDEX tasks_topic ON tasks (topic_id);
CREATE TABLE steps (
  position      bigint      PRIMARY KEY,
  assignment_id uuid        NOT NULL,
  type          text        NOT NULL,
  unit          text,                 -- those who turn the second key name none
  at            timestamptz NOT NULL
);
CREATE INDEX steps_task ON steps (assignment_id);
CREATE TABLE visits (
  followup_id   uuid PRIMARY KEY,
  assignment_id uuid NOT NULL,
  kind          text NOT NULL,
  due           date NOT NULL,
  passed        boolean
);
CREATE INDEX visits_task ON visits (assignment_id);
CREATE TABLE evaluations (
  evaluation_id uuid        PRIMARY KEY,
  topic_id      uuid        NOT NULL,
  area          text        NOT NULL,
  forum         text        NOT NULL,
  units         text[]      NOT NULL,
  opened_at     timestamptz NOT NULL,
  voters        integer,
  cast_         integer,              -- ballots that came back
  counts        json,
  verdict       text,
  same          boolean,              -- whether the last recount found the same
  reported_at   timestamptz
);
CREATE INDEX evaluations_area ON evaluations (area text_pattern_ops);
CREATE TABLE clocks (
  deadline_id uuid PRIMARY KEY,
  due         date NOT NULL,
  state       text NOT NULL
);
CREATE TABLE late (
  position    bigint  PRIMARY KEY,
  deadline_id uuid    NOT NULL,
  days        integer NOT NULL        -- after the day; 0 is in time
);
CREATE INDEX late_clock ON late (deadline_id);
CREATE VIEW desks AS  -- late_from: since when one without an answer is late
SELECT k.*, (k.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS opened_on,
       (k.replied_at AT TIME ZONE 'Asia/Shanghai')::date AS replied_on,
       extract(EPOCH FROM k.replied_at - k.opened_at) / 86400 AS days,
       CASE WHEN k.state NOT IN ('HandlingReplied', 'AssignmentReturned') AND coalesce(c.state, '') <> 'DeadlinePaused'
            THEN greatest(k.due, c.due) + 1 END AS late_from,
       (SELECT l.days FROM late l WHERE l.deadline_id = k.assignment_id ORDER BY l.position LIMIT 1) AS first_late
  FROM tasks k LEFT JOIN clocks c ON c.deadline_id = k.assignment_id;
CREATE VIEW pledges AS  -- kept: all the unit has in the matter is answered, not only kept for reference, and in time
SELECT p.*, extract(YEAR FROM p.made_on)::integer AS year, done.n > 0 AS proven, done.on_day,
       coalesce(done.held AND done.on_day <= p.due, FALSE) AS kept
  FROM promises p
 CROSS JOIN LATERAL
       (SELECT count(*) AS n, bool_and(k.state = 'HandlingReplied' AND k.class <> 'D') AS held,
               (max(k.answered_at) AT TIME ZONE 'Asia/Shanghai')::date AS on_day
          FROM tasks k
         WHERE k.topic_id = p.topic_id AND k.unit = p.unit AND k.state <> 'AssignmentReturned') done;
CREATE VIEW evidence AS  -- every case an indicator counts, from the day it counts: n of d
SELECT 'on-time' AS indicator, area, topic_id, item AS what, unit, year, coalesce(replied_on, late_from) AS since,
       (first_late = 0)::integer::numeric AS n, 1 AS d
  FROM desks WHERE first_late IS NOT NULL
 UNION ALL
SELECT 'on-time', area, topic_id, item, unit, year, late_from, 0, 1
  FROM desks WHERE first_late IS NULL AND late_from IS NOT NULL
 UNION ALL
SELECT 'answered', area, topic_id, item, unit, year, opened_on, (replied_at IS NOT NULL)::integer, 1 FROM desks
 UNION ALL
SELECT 'solved', area, topic_id, item, unit, year, opened_on, (coalesce(class, '') = 'A')::integer, 1 FROM desks
 UNION ALL
SELECT 'days', area, topic_id, item, unit, year, replied_on, days, 1 FROM desks WHERE replied_at IS NOT NULL
 UNION ALL
SELECT 'overdue', area, topic_id, item, unit, NULL, late_from, 1, 0 FROM desks WHERE late_from IS NOT NULL
 UNION ALL
SELECT 'satisfied', k.area, k.topic_id, k.item, k.unit, k.year, (s.at AT TIME ZONE 'Asia/Shanghai')::date,
       (s.type = 'SolutionConfirmed')::integer, 1
  FROM steps s JOIN desks k USING (assignment_id)
 WHERE s.type IN ('SolutionConfirmed', 'SolutionDisputed')
 UNION ALL
SELECT 'kept', area, topic_id, promise, unit, year, CASE WHEN kept THEN on_day ELSE due + 1 END, kept::integer, 1
  FROM pledges WHERE proven;

-- name: on TopicProposed
INSERT INTO topics (topic_id, title, charter)
SELECT stream, data->>'title', charter FROM batch WHERE type = 'TopicProposed';

-- name: on CommitmentMade
INSERT INTO promises (position, topic_id, area, unit, promise, made_on, due)
SELECT position, (data->>'topic_id')::uuid, area, data->>'unit', data->>'promise',
       (at AT TIME ZONE 'Asia/Shanghai')::date, (data->>'due')::date
  FROM batch
 WHERE type = 'CommitmentMade';

-- name: on AssignmentOpened  (again, where the unit before gave it back)
INSERT INTO tasks (assignment_id, topic_id, item_no, item, area, unit, assists, due, opened_at, state)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, (data->>'item_no')::integer, data->>'text', area, data->>'lead_unit',
       '{}'::text[], (data->>'due')::date, at, type AS state
  FROM batch
 WHERE type = 'AssignmentOpened'
 ORDER BY stream, position
    ON CONFLICT DO NOTHING;

-- name: on AssignmentOpened, AssignmentArbitrated
UPDATE tasks k SET unit = last.unit, assists = last.assists
  FROM (SELECT DISTINCT ON (stream)
               stream, data->>'lead_unit' AS unit, ARRAY(SELECT json_array_elements_text(data->'assist_units')) AS assists
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentArbitrated')
         ORDER BY stream, position DESC) last
 WHERE k.assignment_id = last.stream;

-- name: on AssignmentOpened, AssignmentArbitrated, ExtensionGranted, HandlingRejected
UPDATE tasks k SET due = last.due
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'due')::date AS due
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentArbitrated', 'ExtensionGranted', 'HandlingRejected')
         ORDER BY stream, position DESC) last
 WHERE k.assignment_id = last.stream;

-- name: on AssignmentOpened, AssignmentAccepted, AssignmentReturned, AssignmentArbitrated, HandlingReplied, HandlingRejected
UPDATE tasks k SET state = last.type, class = last.class
  FROM (SELECT DISTINCT ON (stream) stream, type, data->>'result_class' AS class
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentAccepted', 'AssignmentReturned', 'AssignmentArbitrated',
                        'HandlingReplied', 'HandlingRejected')
         ORDER BY stream, position DESC) last
 WHERE k.assignment_id = last.stream;

-- name: on HandlingReplied
UPDATE tasks k SET replied_at = least(k.replied_at, replies.first_at), answered_at = greatest(k.answered_at, replies.last_at)
  FROM (SELECT stream, min(at) AS first_at, max(at) AS last_at FROM batch WHERE type = 'HandlingReplied' GROUP BY stream) replies
 WHERE k.assignment_id = replies.stream;

-- name: on HandlingProgressReported
UPDATE tasks k SET progress = last.progress
  FROM (SELECT DISTINCT ON (stream) stream, data->>'progress' AS progress
          FROM batch
         WHERE type = 'HandlingProgressReported'
         ORDER BY stream, position DESC) last
 WHERE k.assignment_id = last.stream;

-- name: on AssignmentOpened, AssignmentAccepted, AssignmentReturned, AssignmentArbitrated, HandlingRejected, SolutionConfirmed, SolutionDisputed
INSERT INTO steps (position, assignment_id, type, unit, at)
SELECT position, stream, type, coalesce(data->>'lead_unit', data->>'unit'), at
  FROM batch
 WHERE type IN ('AssignmentOpened', 'AssignmentAccepted', 'AssignmentReturned', 'AssignmentArbitrated',
                'HandlingRejected', 'SolutionConfirmed', 'SolutionDisputed');

-- name: on FollowUpScheduled
INSERT INTO visits (followup_id, assignment_id, kind, due)
SELECT stream, (data->>'assignment_id')::uuid, data->>'kind', (data->>'due')::date
  FROM batch
 WHERE type = 'FollowUpScheduled'
    ON CONFLICT DO NOTHING;

-- name: on FollowUpConducted
UPDATE visits v SET passed = (b.data->>'passed')::boolean
  FROM batch b
 WHERE b.type = 'FollowUpConducted' AND v.followup_id = b.stream;

-- name: on EvaluationOpened
INSERT INTO evaluations (evaluation_id, topic_id, area, forum, units, opened_at)
SELECT stream, (data->>'topic_id')::uuid, area, data->>'forum',
       ARRAY(SELECT json_array_elements_text(data->'handling_units')), at
  FROM batch
 WHERE type = 'EvaluationOpened';

-- name: on EvaluationTallied
UPDATE evaluations e
   SET voters = (b.data->>'voters')::integer, cast_ = (b.data->>'cast')::integer, counts = b.data->'counts',
       verdict = b.data->>'verdict'
  FROM batch b
 WHERE b.type = 'EvaluationTallied' AND e.evaluation_id = b.stream;

-- name: on EvaluationRecounted
UPDATE evaluations e SET same = last.same
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'same')::boolean AS same
          FROM batch
         WHERE type = 'EvaluationRecounted'
         ORDER BY stream, position DESC) last
 WHERE e.evaluation_id = last.stream;

-- name: on EvaluationReported
UPDATE evaluations e SET reported_at = b.at
  FROM batch b
 WHERE b.type = 'EvaluationReported' AND e.evaluation_id = b.stream;

-- name: on DeadlineSet, DeadlineResumed, DeadlineExtended
INSERT INTO clocks (deadline_id, due, state)
SELECT DISTINCT ON (stream) stream, (data->>'due')::date, type AS state
  FROM batch
 WHERE type IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended')
 ORDER BY stream, position DESC
    ON CONFLICT (deadline_id) DO UPDATE SET due = excluded.due;

-- name: on DeadlineSet, DeadlinePaused, DeadlineResumed, DeadlineExtended
UPDATE clocks c SET state = last.type
  FROM (SELECT DISTINCT ON (stream) stream, type
          FROM batch
         WHERE type IN ('DeadlineSet', 'DeadlinePaused', 'DeadlineResumed', 'DeadlineExtended')
         ORDER BY stream, position DESC) last
 WHERE c.deadline_id = last.stream;

-- name: on DeadlineMet
INSERT INTO late (position, deadline_id, days)
SELECT position, stream, (data->>'late_days')::integer FROM batch WHERE type = 'DeadlineMet';

-- name: units of area  (a task counts for every unit it was put before)
WITH here AS (SELECT * FROM desks WHERE area LIKE ANY(:prefixes::text[]) AND year = :year),
     given AS (SELECT s.unit,
         count(DISTINCT s.assignment_id) FILTER (WHERE s.type IN ('AssignmentOpened', 'AssignmentArbitrated')) AS assigned,
         count(DISTINCT s.assignment_id) FILTER (WHERE s.type IN ('AssignmentAccepted', 'AssignmentArbitrated')) AS accepted,
         count(*) FILTER (WHERE s.type = 'AssignmentReturned') AS refused,
         count(*) FILTER (WHERE s.type = 'HandlingRejected') AS rehandled
         FROM steps s JOIN here USING (assignment_id)
         WHERE s.unit IS NOT NULL
         GROUP BY s.unit
     ),
     done AS (SELECT k.unit,
         count(*) FILTER (WHERE k.class = 'A') AS a, count(*) FILTER (WHERE k.class = 'B') AS b,
         count(*) FILTER (WHERE k.class = 'C') AS c, count(*) FILTER (WHERE k.class = 'D') AS d,
         count(*) FILTER (WHERE k.late_from <= :today::date) AS overdue,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY k.days) AS days
         FROM here k
         GROUP BY k.unit
     ),
     slow AS (SELECT k.unit, count(*) AS late
         FROM late l JOIN here k ON k.assignment_id = l.deadline_id
         WHERE l.days > 0
         GROUP BY k.unit
     ),
     keys AS (SELECT k.unit, count(*) FILTER (WHERE s.type = 'SolutionConfirmed') AS confirmed, count(*) AS keyed
         FROM steps s JOIN here k USING (assignment_id)
         WHERE s.type IN ('SolutionConfirmed', 'SolutionDisputed')
         GROUP BY k.unit
     ),
     votes AS (SELECT e.unit, count(*) FILTER (WHERE e.verdict = 'passed') AS passed, count(*) AS voted
         FROM (SELECT unnest(units) AS unit, verdict, area, opened_at FROM evaluations) e
         WHERE e.verdict IN ('passed', 'failed') AND e.area LIKE ANY(:prefixes::text[])
         AND extract(YEAR FROM e.opened_at AT TIME ZONE 'Asia/Shanghai') = :year
         GROUP BY e.unit
     ),
     said AS (SELECT unit, count(*) AS promised, count(*) FILTER (WHERE kept) AS kept,
         count(*) FILTER (WHERE proven AND (kept OR due < :today::date)) AS fallen_due
         FROM pledges
         WHERE area LIKE ANY(:prefixes::text[]) AND year = :year
         GROUP BY unit
     )
SELECT unit, coalesce(assigned, 0) AS assigned, coalesce(accepted, 0) AS accepted, coalesce(refused, 0) AS refused,
       coalesce(a, 0) AS a, coalesce(b, 0) AS b, coalesce(c, 0) AS c, coalesce(d, 0) AS d,
       coalesce(overdue, 0) AS overdue, coalesce(late, 0) AS late, coalesce(rehandled, 0) AS rehandled,
       coalesce(confirmed, 0) AS confirmed, coalesce(keyed, 0) AS keyed, coalesce(passed, 0) AS passed,
       coalesce(voted, 0) AS voted, coalesce(promised, 0) AS promised, coalesce(kept, 0) AS kept,
       coalesce(fallen_due, 0) AS fallen_due, days, :year::integer AS year
  FROM given FULL JOIN done USING (unit) FULL JOIN slow USING (unit) FULL JOIN keys USING (unit)
  FULL JOIN votes USING (unit) FULL JOIN said USING (unit)
 ORDER BY assigned DESC, unit;

-- name: tasks of area  (for the three lists)
SELECT k.topic_id AS matter_id, t.title, k.area, k.item_no, k.item, k.unit, k.assists, k.opened_on, k.due, k.state,
       k.class, k.progress, k.replied_on, nullif(greatest(:today::date - k.late_from + 1, 0), 0) AS late,
       (SELECT count(*) FROM visits v WHERE v.assignment_id = k.assignment_id) AS visits,
       (SELECT count(*) FROM visits v WHERE v.assignment_id = k.assignment_id AND v.passed) AS passed,
       count(*) OVER () AS found
  FROM desks k LEFT JOIN topics t USING (topic_id)
 WHERE k.area LIKE ANY(:prefixes::text[]) AND k.year = :year
   AND (:unit::text = '' OR k.unit = :unit::text OR :unit::text = ANY(k.assists))
 ORDER BY k.opened_at DESC, k.topic_id, k.item_no
 LIMIT :most OFFSET :skipped;

-- name: evaluations of area
SELECT e.evaluation_id, e.topic_id AS matter_id, t.title, e.area, e.forum, e.units, (e.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS opened_on,
       e.voters, e.cast_ AS ballots, e.counts::text AS counts, e.verdict, e.same,
       (e.reported_at AT TIME ZONE 'Asia/Shanghai')::date AS reported_on, count(*) OVER () AS found
  FROM evaluations e LEFT JOIN topics t USING (topic_id)
 WHERE e.area LIKE ANY(:prefixes::text[]) AND extract(YEAR FROM e.opened_at AT TIME ZONE 'Asia/Shanghai') = :year
 ORDER BY e.opened_at DESC, e.evaluation_id
 LIMIT :most OFFSET :skipped;

-- name: indicators of areas  (each of the areas with each of its patterns; all of them lie within some patterns)
SELECT b.area, e.indicator, sum(e.n) AS n, sum(e.d) AS d
  FROM (SELECT area, indicator, sum(n) AS n, sum(d) AS d FROM evidence
         WHERE area LIKE ANY(:within::text[]) AND (year = :year OR year IS NULL) AND since <= :today::date
         GROUP BY area, indicator) e
 CROSS JOIN LATERAL (SELECT e.area AS pattern
                      UNION ALL
                     SELECT left(e.area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits) fits
  JOIN unnest(:areas::text[], :prefixes::text[]) AS b (area, pattern) USING (pattern)
 GROUP BY b.area, e.indicator;

-- name: behind indicator
SELECT e.topic_id AS matter_id, t.title, e.area, e.what, e.unit, e.since, e.n, e.d, count(*) OVER () AS found
  FROM evidence e LEFT JOIN topics t USING (topic_id)
 WHERE e.indicator = :indicator AND e.area LIKE ANY(:prefixes::text[]) AND (e.year = :year OR e.year IS NULL)
   AND e.since <= :today::date
 ORDER BY e.since DESC, e.topic_id, e.what
 LIMIT :most OFFSET :skipped;
