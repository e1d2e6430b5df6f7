-- How far matters came, and in which month: what leaders look at. A matter comes so far once, the first time; each
-- measure is told by one source alone, so the months add up however the facts arrive. Patterns as in the board.

-- name: tables
CREATE TABLE titles (
  matter_id uuid PRIMARY KEY,
  title     text NOT NULL
);
CREATE TABLE reached (
  matter_id uuid        NOT NULL,
  measure   text        NOT NULL,
  area      text        NOT NULL,
  at        timestamptz NOT NULL,
  month     date        NOT NULL GENERATED ALWAYS AS ((date_trunc('month', at AT TIME ZONE 'Asia/Shanghai'))::date) STORED,
  PRIMARY KEY (matter_id, measure)
);
CREATE INDEX reached_measure ON reached (measure, month, area);
CREATE TABLE monthly (
  pattern text   NOT NULL,
  month   date   NOT NULL,
  measure text   NOT NULL,
  n       bigint NOT NULL,
  PRIMARY KEY (pattern, month, measure)
);

CREATE TABLE tasks (
  assignment_id uuid        PRIMARY KEY,
  topic_id      uuid        NOT NULL,
  area          text        NOT NULL,
  unit          text        NOT NULL,
  opened_at     timestamptz NOT NULL,
  due           date        NOT NULL,
  state         text        NOT NULL,
  replied_at    timestamptz,          -- the first time
  year          integer     NOT NULL GENERATED ALWAYS AS (extract(YEAR FROM opened_at AT TIME ZONE 'Asia/Shanghai')) STORED
);
CREATE INDEX tasks_area ON tasks (area);
CREATE TABLE clocks (  -- of notify; everything else is of topics, meetings or outcomes
  deadline_id uuid PRIMARY KEY,
  due         date NOT NULL,
  state       text NOT NULL
);

-- name: on LeadSubmitted, TopicProposed
INSERT INTO titles (matter_id, title)
SELECT stream, data->>'title' FROM batch WHERE type IN ('LeadSubmitted', 'TopicProposed');

-- name: on LeadResubmitted  (completed, it may be called otherwise)
UPDATE titles t SET title = last.title
  FROM (SELECT DISTINCT ON (stream) stream, data->>'title' AS title
          FROM batch WHERE type = 'LeadResubmitted' ORDER BY stream, position DESC) last
 WHERE t.matter_id = last.stream;

-- name: on LeadSubmitted, LeadAdopted, TopicProposed, TopicApproved, TopicClosed, MeetingHeld, OutcomeAdopted, OutcomeEndorsed, MajorOutcomeEscalated, ItemAssigned, OutcomeUpreported, HandlingReplied, SolutionConfirmed, SolutionDisputed
WITH said AS (
  SELECT coalesce((data->>'topic_id')::uuid, stream) AS matter_id, area, at, position,
         CASE type WHEN 'LeadSubmitted' THEN 'lead' WHEN 'LeadAdopted' THEN 'adopted' WHEN 'TopicProposed' THEN 'topic'
                   WHEN 'TopicApproved' THEN 'approved' WHEN 'MeetingHeld' THEN 'held' WHEN 'HandlingReplied' THEN 'replied'
                   WHEN 'SolutionConfirmed' THEN 'confirmed' WHEN 'SolutionDisputed' THEN 'disputed'
                   WHEN 'TopicClosed' THEN 'closed' ELSE 'converted' END AS measure
    FROM batch
   WHERE type IN ('LeadSubmitted', 'LeadAdopted', 'TopicProposed', 'TopicApproved', 'TopicClosed', 'MeetingHeld',
                  'OutcomeAdopted', 'OutcomeEndorsed', 'MajorOutcomeEscalated', 'ItemAssigned', 'OutcomeUpreported',
                  'HandlingReplied', 'SolutionConfirmed', 'SolutionDisputed')
   UNION ALL
  SELECT (data->>'topic_id')::uuid, area, at, position, 'spoke' FROM batch WHERE type IN ('SolutionConfirmed', 'SolutionDisputed')
), came AS (
  INSERT INTO reached (matter_id, measure, area, at)
  SELECT DISTINCT ON (matter_id, measure) matter_id, measure, area, at FROM said ORDER BY matter_id, measure, position
      ON CONFLICT (matter_id, measure) DO NOTHING
  RETURNING area, month, measure
)
INSERT INTO monthly (pattern, month, measure, n)
SELECT fits.pattern, came.month, came.measure, count(*)
  FROM came
 CROSS JOIN LATERAL (SELECT came.area AS pattern
                      UNION ALL
                     SELECT left(came.area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits) fits
 GROUP BY fits.pattern, came.month, came.measure
    ON CONFLICT (pattern, month, measure) DO UPDATE SET n = monthly.n + excluded.n;

-- name: on AssignmentOpened  (again, where the unit before gave it back)
INSERT INTO tasks (assignment_id, topic_id, area, unit, opened_at, due, state)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, area, data->>'lead_unit', at, (data->>'due')::date, type AS state
  FROM batch
 WHERE type = 'AssignmentOpened'
 ORDER BY stream, position
    ON CONFLICT DO NOTHING;

-- name: on AssignmentOpened, AssignmentArbitrated
UPDATE tasks k SET unit = last.unit
  FROM (SELECT DISTINCT ON (stream) stream, data->>'lead_unit' AS unit
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
UPDATE tasks k SET state = last.type
  FROM (SELECT DISTINCT ON (stream) stream, type
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentAccepted', 'AssignmentReturned', 'AssignmentArbitrated',
                        'HandlingReplied', 'HandlingRejected')
         ORDER BY stream, position DESC) last
 WHERE k.assignment_id = last.stream;

-- name: on HandlingReplied
UPDATE tasks k SET replied_at = least(k.replied_at, replies.first_at)
  FROM (SELECT stream, min(at) AS first_at FROM batch WHERE type = 'HandlingReplied' GROUP BY stream) replies
 WHERE k.assignment_id = replies.stream;

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

-- name: of areas by month  (an area is named once for each of the patterns that are added or taken away there)
SELECT here.area, m.month, m.measure, sum(m.n * here.sign)::bigint AS n
  FROM unnest(:areas::text[], :patterns::text[], :signs::integer[]) AS here (area, pattern, sign)
  JOIN monthly m ON m.pattern = here.pattern
 WHERE m.month BETWEEN make_date(:year, 1, 1) AND make_date(:year, 12, 1)
 GROUP BY here.area, m.month, m.measure;

-- name: counties with matters  (those in which anything happened in the year)
SELECT DISTINCT left(m.pattern, 6) || '000000' AS area
  FROM unnest(:prefixes::text[]) AS here
  JOIN monthly m ON length(m.pattern) = 7 AND m.pattern LIKE here
 WHERE m.month BETWEEN make_date(:year, 1, 1) AND make_date(:year, 12, 1)
 ORDER BY 1;

-- name: conversion of areas  (of the leads, of the topics, and of the matters first judged in one year: how many have come how far since)
SELECT b.area, far.began, far.measure, sum(far.n)::bigint AS n
  FROM (SELECT began.area, began.measure AS began, far.measure, count(*) AS n
          FROM unnest(:within::text[]) AS here
          JOIN reached began ON began.measure IN ('lead', 'topic', 'spoke')
                            AND began.month BETWEEN make_date(:year, 1, 1) AND make_date(:year, 12, 1)
                            AND began.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
          JOIN reached far USING (matter_id)
         GROUP BY began.area, began.measure, far.measure) far
 CROSS JOIN LATERAL (SELECT far.area AS pattern
                      UNION ALL
                     SELECT left(far.area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits) fits
  JOIN unnest(:areas::text[], :prefixes::text[]) AS b (area, pattern) USING (pattern)
 GROUP BY b.area, far.began, far.measure;

-- name: desks of area  (by unit and place: what was given in the year, what was answered and how fast, what is late now)
SELECT k.unit, k.area, count(*) AS given, count(k.replied_at) AS answered,
       array_agg(extract(EPOCH FROM k.replied_at - k.opened_at)::double precision / 86400)
         FILTER (WHERE k.replied_at IS NOT NULL) AS days
  FROM unnest(:prefixes::text[]) AS here
  JOIN tasks k ON k.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
 WHERE k.year = :year
 GROUP BY k.unit, k.area;

-- name: late in area  (what waits for an answer after its day, whatever its year; no clock that stands)
SELECT k.area, k.unit, count(*) AS n
  FROM unnest(:prefixes::text[]) AS here
  JOIN tasks k ON k.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
  LEFT JOIN clocks c ON c.deadline_id = k.assignment_id
 WHERE k.state NOT IN ('HandlingReplied', 'AssignmentReturned') AND coalesce(c.state, '') <> 'DeadlinePaused'
   AND greatest(k.due, c.due) < :today::date
 GROUP BY k.area, k.unit
 ORDER BY k.area, k.unit;

-- name: time between  (from one measure to the next, over the matters that made it in the year; done before its turn: no time)
SELECT step.no, step.left_at, step.came_to, count(*) AS matters,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY passed.days) AS median,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY passed.days) AS nine_tenths
  FROM unnest(:prefixes::text[]) AS here
 CROSS JOIN (VALUES (1, 'topic', 'approved'), (2, 'approved', 'held'), (3, 'held', 'converted'),
                    (4, 'converted', 'replied'), (5, 'replied', 'closed'), (6, 'topic', 'closed')) AS step (no, left_at, came_to)
  JOIN reached b ON b.measure = step.came_to
                AND b.month BETWEEN make_date(:year, 1, 1) AND make_date(:year, 12, 1)
                AND b.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
  JOIN reached a ON a.matter_id = b.matter_id AND a.measure = step.left_at
 CROSS JOIN LATERAL
       (SELECT greatest(extract(EPOCH FROM b.at - a.at) / 86400, 0)::double precision AS days) passed
 GROUP BY step.no, step.left_at, step.came_to
 ORDER BY step.no;

-- name: matters between  (the slowest first)
SELECT b.matter_id, t.title, b.area, (b.at AT TIME ZONE 'Asia/Shanghai')::date AS since,
       greatest(extract(EPOCH FROM b.at - a.at) / 86400, 0)::double precision AS days, count(*) OVER () AS found
  FROM unnest(:prefixes::text[]) AS here
  JOIN reached b ON b.measure = :measure::text
                AND b.month BETWEEN make_date(:year, 1, 1) AND make_date(:year, 12, 1)
                AND b.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
  JOIN reached a ON a.matter_id = b.matter_id AND a.measure = :began::text
  LEFT JOIN titles t ON t.matter_id = b.matter_id
 ORDER BY days DESC, b.matter_id
 LIMIT :most OFFSET :skipped;

-- name: tasks of unit  (given in the year: those that wait longest first, then the slowest answers)
SELECT k.topic_id AS matter_id, t.title, k.area, k.unit, (k.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS since,
       greatest(k.due, c.due) AS due, (k.replied_at AT TIME ZONE 'Asia/Shanghai')::date AS replied_on,
       (extract(EPOCH FROM k.replied_at - k.opened_at) / 86400)::double precision AS days, count(*) OVER () AS found
  FROM unnest(:prefixes::text[]) AS here
  JOIN tasks k ON k.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
  LEFT JOIN clocks c ON c.deadline_id = k.assignment_id
  LEFT JOIN titles t ON t.matter_id = k.topic_id
 WHERE k.year = :year AND k.unit = :unit::text
 ORDER BY k.replied_at IS NOT NULL, CASE WHEN k.replied_at IS NULL THEN k.opened_at END, days DESC, k.assignment_id
 LIMIT :most OFFSET :skipped;

-- name: matters that came so far  (in a year or one month of it; or those that began in the year, whenever they did)
SELECT far.matter_id, t.title, far.area, (far.at AT TIME ZONE 'Asia/Shanghai')::date AS since, count(*) OVER () AS found
  FROM unnest(:prefixes::text[]) AS here
  JOIN reached far ON far.measure = :measure::text
                  AND far.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
  LEFT JOIN titles t USING (matter_id)
 WHERE CASE WHEN :began::text = ''
            THEN far.month BETWEEN make_date(:year, greatest(:month::integer, 1), 1)
                               AND make_date(:year, CASE WHEN :month::integer = 0 THEN 12 ELSE :month::integer END, 1)
            ELSE EXISTS (SELECT FROM reached began
                          WHERE began.matter_id = far.matter_id AND began.measure = :began::text
                            AND began.month BETWEEN make_date(:year, 1, 1) AND make_date(:year, 12, 1)) END
 ORDER BY far.at DESC, far.matter_id
 LIMIT :most OFFSET :skipped;
