-- Every clock: who has to reply by when, and why that day. Facts of notify only.

-- name: tables
CREATE TABLE deadlines (
  deadline_id uuid        PRIMARY KEY,
  topic_id    uuid        NOT NULL,
  area        text        NOT NULL,
  places      text[]      NOT NULL,  -- the patterns that fit the area
  unit        text        NOT NULL,
  due         date        NOT NULL,
  why         text        NOT NULL,
  params      json        NOT NULL,
  counted     json,                  -- how the day was counted
  mark        text,                  -- the next reminder or warning
  mark_at     timestamptz,
  level       text,                  -- the warning that stands
  rung        json,                  -- the next level to be told of a missed day
  rung_at     timestamptz,
  told        text,                  -- the last level that was
  told_count  json,
  state       text        NOT NULL,  -- the last fact that changed it
  late_days   integer,
  since       timestamptz NOT NULL
);
CREATE INDEX deadlines_places ON deadlines USING gin (places);
CREATE INDEX deadlines_topic ON deadlines (topic_id);
CREATE INDEX deadlines_running ON deadlines (due)
 WHERE state IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended');
CREATE INDEX deadlines_marked ON deadlines (mark_at)
 WHERE state IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended');
CREATE INDEX deadlines_late ON deadlines (rung_at) WHERE state = 'DeadlineBreached';

-- name: on DeadlineSet  (again, where the clock was started anew)
INSERT INTO deadlines (deadline_id, topic_id, area, places, unit, due, why, params, state, since)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, area,
       area || ARRAY(SELECT left(area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits),
       data->>'unit', (data->>'due')::date, data->>'why', data->'params', type, at
  FROM batch
 WHERE type = 'DeadlineSet'
 ORDER BY stream, position DESC
    ON CONFLICT (deadline_id) DO UPDATE
   SET unit = excluded.unit, due = excluded.due, why = excluded.why, params = excluded.params;

-- name: on DeadlineSet, DeadlineResumed, DeadlineExtended
UPDATE deadlines d SET due = last.due, counted = last.counted
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'due')::date AS due,
               (data->>'count')::json AS counted
          FROM batch
         WHERE type IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended')
         ORDER BY stream, position DESC) last
 WHERE d.deadline_id = last.stream;

-- name: on DeadlineSet, DeadlineResumed, DeadlineExtended, ReminderSent, WarningLevelRaised
UPDATE deadlines d SET mark = last.mark->>'what', mark_at = (last.mark->>'at')::timestamptz
  FROM (SELECT DISTINCT ON (stream) stream, data->'marks'->0 AS mark
          FROM batch
         WHERE type IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended',
                        'ReminderSent', 'WarningLevelRaised')
         ORDER BY stream, position DESC) last
 WHERE d.deadline_id = last.stream;

-- name: on DeadlineSet, DeadlineResumed, DeadlineExtended, WarningLevelRaised  (a new day, no level)
UPDATE deadlines d SET level = last.level
  FROM (SELECT DISTINCT ON (stream) stream, data->>'level' AS level
          FROM batch
         WHERE type IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended', 'WarningLevelRaised')
         ORDER BY stream, position DESC) last
 WHERE d.deadline_id = last.stream;

-- name: on DeadlineSet, DeadlinePaused, DeadlineResumed, DeadlineExtended, DeadlineMet, DeadlineLifted, DeadlineBreached
UPDATE deadlines d SET state = last.type, late_days = last.late_days, since = last.at
  FROM (SELECT DISTINCT ON (stream) stream, type, at, (data->>'late_days')::integer AS late_days
          FROM batch
         WHERE type IN ('DeadlineSet', 'DeadlinePaused', 'DeadlineResumed', 'DeadlineExtended',
                        'DeadlineMet', 'DeadlineLifted', 'DeadlineBreached')
         ORDER BY stream, position DESC) last
 WHERE d.deadline_id = last.stream;

-- name: on DeadlineSet, DeadlineResumed, DeadlineExtended, DeadlineBreached, DeadlineEscalated  (each says who is next)
UPDATE deadlines d SET rung = last.rung, rung_at = (last.rung->>'at')::timestamptz, told = last.told,
       told_count = last.told_count
  FROM (SELECT DISTINCT ON (stream) stream, data->'rungs'->0 AS rung, data->>'to' AS told,
               CASE type WHEN 'DeadlineEscalated' THEN (data->>'count')::json END AS told_count
          FROM batch
         WHERE type IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended', 'DeadlineBreached', 'DeadlineEscalated')
         ORDER BY stream, position DESC) last
 WHERE d.deadline_id = last.stream;

-- name: rungs reached
SELECT deadline_id, rung::text AS rung, deadline_id::text || '/' || (rung->>'to') || '/' || rung_at AS clock
  FROM deadlines
 WHERE state = 'DeadlineBreached' AND rung_at <= :now
 ORDER BY rung_at, deadline_id
 LIMIT 500;

-- name: overdue  (a day is over at midnight in China)
SELECT deadline_id, due, deadline_id::text || '/' || due AS clock
  FROM deadlines
 WHERE state IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended')
   AND due < (:now::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
 ORDER BY due, deadline_id
 LIMIT 500;

-- name: running and late  (everywhere)
SELECT count(*) FILTER (WHERE state <> 'DeadlineBreached') AS running,
       count(*) FILTER (WHERE state = 'DeadlineBreached') AS late
  FROM deadlines
 WHERE state IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended') OR state = 'DeadlineBreached';

-- name: marks reached
SELECT deadline_id, mark, mark_at,
       deadline_id::text || '/' || mark || '/' || extract(EPOCH FROM mark_at) AS clock
  FROM deadlines
 WHERE state IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended') AND mark_at <= :now
 ORDER BY mark_at, deadline_id
 LIMIT 500;

-- name: in area
SELECT deadline_id, topic_id, area, unit, due, why, params::text AS params,
       counted::text AS count, state, level, late_days, told, told_count::text AS told_count, since
  FROM deadlines
 WHERE places && :prefixes::text[]
 ORDER BY due, deadline_id
 LIMIT :most;

-- name: of topic
SELECT deadline_id, topic_id, area, unit, due, why, params::text AS params,
       counted::text AS count, state, level, late_days, told, told_count::text AS told_count, since
  FROM deadlines
 WHERE topic_id = :topic_id
 ORDER BY due, deadline_id;
