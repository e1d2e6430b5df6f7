-- What units have in hand: their clocks, what they promised on the spot, and who goes back to look.
-- A table belongs to one source; they are joined when asked.

-- name: tables
CREATE TABLE topics (
  topic_id uuid PRIMARY KEY,
  title    text NOT NULL,
  charter  text NOT NULL
);
CREATE TABLE tasks (
  assignment_id uuid    PRIMARY KEY,
  topic_id      uuid    NOT NULL,
  area          text    NOT NULL,
  item_no       integer NOT NULL,
  item          text    NOT NULL,
  unit          text    NOT NULL,
  assist        text[]  NOT NULL,  -- units that help
  returns       integer NOT NULL,  -- how often a unit gave it back
  state         text    NOT NULL,
  class         text,
  replied_on    date
);
CREATE INDEX tasks_unit ON tasks (unit);
CREATE INDEX tasks_assist ON tasks USING gin (assist);
CREATE INDEX tasks_topic ON tasks (topic_id);
CREATE TABLE clocks (
  deadline_id uuid PRIMARY KEY,
  topic_id    uuid NOT NULL,
  area        text NOT NULL,
  unit        text NOT NULL,
  due         date NOT NULL,
  why         text NOT NULL,
  params      json NOT NULL,
  counted     json,            -- how the day was counted
  moved_by    text NOT NULL,   -- the fact that settled the day
  moved_why   text,
  level       text,
  state       text NOT NULL,
  paused_on   date,
  paused_why  text
);
CREATE INDEX clocks_area ON clocks (area text_pattern_ops, due);
CREATE TABLE visits (
  followup_id   uuid    PRIMARY KEY,
  assignment_id uuid    NOT NULL,
  topic_id      uuid    NOT NULL,
  area          text    NOT NULL,
  round         integer NOT NULL,
  kind          text    NOT NULL,
  due           date    NOT NULL,
  led_by        text    NOT NULL,
  made_on       date,
  passed        boolean
);
CREATE INDEX visits_area ON visits (area text_pattern_ops, due);
CREATE TABLE ratings (
  assignment_id uuid    NOT NULL,
  round         integer NOT NULL,
  solved        integer NOT NULL,  -- how many of those whom it concerns said so
  unsolved      integer NOT NULL,
  PRIMARY KEY (assignment_id, round)
);
CREATE TABLE promises (
  consultation_id uuid   NOT NULL,
  position        bigint NOT NULL,
  topic_id        uuid   NOT NULL,
  area            text   NOT NULL,
  unit            text   NOT NULL,
  promise         text   NOT NULL,
  made_on         date   NOT NULL,
  due             date   NOT NULL,
  PRIMARY KEY (consultation_id, position)
);
CREATE INDEX promises_area ON promises (area text_pattern_ops, due);

-- name: on TopicProposed
INSERT INTO topics (topic_id, title, charter)
SELECT stream, data->>'title', charter FROM batch WHERE type = 'TopicProposed';

-- name: on AssignmentOpened  (again, where the unit before gave it back)
INSERT INTO tasks (assignment_id, topic_id, area, item_no, item, unit, assist, returns, state)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, area, (data->>'item_no')::integer, data->>'text', data->>'lead_unit',
       '{}'::text[] AS assist, 0 AS returns, type
  FROM batch
 WHERE type = 'AssignmentOpened'
 ORDER BY stream, position DESC
    ON CONFLICT DO NOTHING;

-- name: on AssignmentOpened, AssignmentAccepted, AssignmentReturned, AssignmentArbitrated, HandlingReplied, HandlingRejected
UPDATE tasks k
   SET state = last.type, unit = coalesce(last.unit, k.unit), class = coalesce(last.class, k.class),
       replied_on = coalesce(last.replied_on, k.replied_on)
  FROM (SELECT stream, (array_agg(type ORDER BY position DESC))[1] AS type,
               (array_agg(data->>'lead_unit' ORDER BY position DESC) FILTER (WHERE data->>'lead_unit' <> ''))[1] AS unit,
               (array_agg(data->>'result_class' ORDER BY position DESC) FILTER (WHERE data->>'result_class' <> ''))[1] AS class,
               (max(at) FILTER (WHERE type = 'HandlingReplied') AT TIME ZONE 'Asia/Shanghai')::date AS replied_on
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentAccepted', 'AssignmentReturned', 'AssignmentArbitrated',
                        'HandlingReplied', 'HandlingRejected')
         GROUP BY stream) last
 WHERE k.assignment_id = last.stream;

-- name: on AssignmentOpened, AssignmentArbitrated  (either says who helps)
UPDATE tasks k SET assist = last.assist
  FROM (SELECT DISTINCT ON (stream) stream,
               ARRAY(SELECT json_array_elements_text(data->'assist_units')) AS assist
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentArbitrated')
         ORDER BY stream, position DESC) last
 WHERE k.assignment_id = last.stream;

-- name: on AssignmentReturned
UPDATE tasks k SET returns = k.returns + more.n
  FROM (SELECT stream, count(*)::integer AS n FROM batch WHERE type = 'AssignmentReturned' GROUP BY stream) more
 WHERE k.assignment_id = more.stream;

-- name: on DeadlineSet  (again, where the clock was started anew)
INSERT INTO clocks (deadline_id, topic_id, area, unit, due, why, params, moved_by, state)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, area, data->>'unit', (data->>'due')::date, data->>'why', data->'params',
       type, type AS state
  FROM batch
 WHERE type = 'DeadlineSet'
 ORDER BY stream, position DESC
    ON CONFLICT (deadline_id) DO UPDATE
   SET unit = excluded.unit, why = excluded.why, params = excluded.params;

-- name: on DeadlineSet, DeadlineResumed, DeadlineExtended
UPDATE clocks c SET due = last.due, counted = last.counted, moved_by = last.type, moved_why = last.reason
  FROM (SELECT DISTINCT ON (stream)
               stream, type, (data->>'due')::date AS due, (data->>'count')::json AS counted, data->>'reason' AS reason
          FROM batch
         WHERE type IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended')
         ORDER BY stream, position DESC) last
 WHERE c.deadline_id = last.stream;

-- name: on DeadlineSet, DeadlineResumed, DeadlineExtended, WarningLevelRaised  (a new day, no level)
UPDATE clocks c SET level = last.level
  FROM (SELECT DISTINCT ON (stream) stream, data->>'level' AS level
          FROM batch
         WHERE type IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended', 'WarningLevelRaised')
         ORDER BY stream, position DESC) last
 WHERE c.deadline_id = last.stream;

-- name: on DeadlineSet, DeadlinePaused, DeadlineResumed, DeadlineExtended, DeadlineMet, DeadlineLifted, DeadlineBreached
UPDATE clocks c SET state = last.type, paused_on = last.since, paused_why = last.reason
  FROM (SELECT DISTINCT ON (stream) stream, type, (data->>'since')::date AS since, data->>'reason' AS reason
          FROM batch
         WHERE type IN ('DeadlineSet', 'DeadlinePaused', 'DeadlineResumed', 'DeadlineExtended', 'DeadlineMet',
                        'DeadlineLifted', 'DeadlineBreached')
         ORDER BY stream, position DESC) last
 WHERE c.deadline_id = last.stream;

-- name: on FollowUpScheduled
INSERT INTO visits (followup_id, assignment_id, topic_id, area, round, kind, due, led_by)
SELECT stream, (data->>'assignment_id')::uuid, (data->>'topic_id')::uuid, area, (data->>'round')::integer,
       data->>'kind', (data->>'due')::date, data->>'led_by'
  FROM batch
 WHERE type = 'FollowUpScheduled'
    ON CONFLICT DO NOTHING;

-- name: on FollowUpConducted
UPDATE visits v SET made_on = last.made_on, passed = last.passed
  FROM (SELECT DISTINCT ON (stream) stream, (at AT TIME ZONE 'Asia/Shanghai')::date AS made_on,
               (data->>'passed')::boolean AS passed
          FROM batch
         WHERE type = 'FollowUpConducted'
         ORDER BY stream, position DESC) last
 WHERE v.followup_id = last.stream;

-- name: on HandlingRated  (how many, never who nor in which words)
INSERT INTO ratings (assignment_id, round, solved, unsolved)
SELECT (data->>'assignment_id')::uuid AS assignment_id, (data->>'round')::integer AS round,
       count(*) FILTER (WHERE (data->>'solved')::boolean), count(*) FILTER (WHERE NOT (data->>'solved')::boolean)
  FROM batch
 WHERE type = 'HandlingRated'
 GROUP BY 1, 2
    ON CONFLICT (assignment_id, round) DO UPDATE
   SET solved = ratings.solved + excluded.solved, unsolved = ratings.unsolved + excluded.unsolved;

-- name: on CommitmentMade
INSERT INTO promises (consultation_id, position, topic_id, area, unit, promise, made_on, due)
SELECT stream, position, (data->>'topic_id')::uuid, area, data->>'unit', data->>'promise',
       (at AT TIME ZONE 'Asia/Shanghai')::date, (data->>'due')::date
  FROM batch
 WHERE type = 'CommitmentMade';

-- name: late or warned  (a clock that runs and is over, or near; or one that stands still)
SELECT row.*, count(*) OVER () AS found
  FROM (SELECT c.topic_id AS matter_id, t.title, t.charter, c.area, coalesce(k.unit, c.unit) AS unit, k.item, c.due, c.level, c.why,
               c.params::text AS params, c.counted::text AS counted, c.moved_by, c.moved_why, c.paused_on,
               c.paused_why,
               CASE WHEN c.state <> 'DeadlinePaused' AND c.due < :today::date THEN :today::date - c.due END AS late,
               CASE WHEN c.state = 'DeadlinePaused' THEN 'paused'
                    WHEN c.due < :today::date THEN 'late'
                    ELSE 'warned' END AS state,
               c.deadline_id
          FROM clocks c
          JOIN topics t USING (topic_id)
          LEFT JOIN tasks k ON k.assignment_id = c.deadline_id
         WHERE c.area LIKE ANY(:prefixes::text[]) AND c.state NOT IN ('DeadlineMet', 'DeadlineLifted')
           AND (c.due < :today::date OR c.level IS NOT NULL OR c.state = 'DeadlinePaused')) row
 WHERE (:state::text = '' OR row.state = :state::text)
   AND (:level::text = '' OR row.level = :level::text)
   AND (:unit::text = '' OR strpos(row.unit, :unit::text) > 0)
 ORDER BY CASE :by::text WHEN 'unit' THEN row.unit WHEN 'area' THEN row.area END,
          row.due, row.deadline_id
 LIMIT :most OFFSET :skipped;

-- name: follow-ups of year
SELECT row.*
  FROM (SELECT v.topic_id AS matter_id, t.title, t.charter, v.area, k.item, k.unit, v.kind, v.round, v.due, v.led_by,
               v.made_on, to_char(v.due, 'MM') AS month, v.followup_id,
               CASE WHEN v.passed THEN 'passed' WHEN NOT v.passed THEN 'failed'
                    WHEN v.due < :today::date THEN 'missed' ELSE 'ahead' END AS state
          FROM visits v
          JOIN topics t USING (topic_id)
          JOIN tasks k USING (assignment_id)
         WHERE v.area LIKE ANY(:prefixes::text[])
           AND v.due >= make_date(:year, 1, 1) AND v.due < make_date(:year::integer + 1, 1, 1)) row
 WHERE (:state::text = '' OR row.state = :state::text) AND (:kind::text = '' OR row.kind = :kind::text)
 ORDER BY row.due, row.followup_id;

-- name: promises of year  (what is kept is derived as pages/sheets_of_handling.py says)
SELECT row.*
  FROM (SELECT p.topic_id AS matter_id, t.title, t.charter, p.area, p.unit, p.promise, p.made_on, p.due, done.classes,
               CASE WHEN done.held THEN done.on_day END AS done_on, p.consultation_id, p.position,
               CASE WHEN done.held AND done.on_day <= p.due THEN 'kept' WHEN p.due >= :today::date THEN 'open'
                    WHEN done.n = 0 THEN 'unproven' ELSE 'broken' END AS state
          FROM promises p
          JOIN topics t USING (topic_id)
         CROSS JOIN LATERAL
               (SELECT count(*) AS n, bool_and(k.state = 'HandlingReplied' AND k.class <> 'D') AS held,
                       max(k.replied_on) AS on_day, string_agg(DISTINCT k.class, ' ') AS classes
                  FROM tasks k
                 WHERE k.topic_id = p.topic_id AND k.unit = p.unit AND k.state <> 'AssignmentReturned') done
         WHERE p.area LIKE ANY(:prefixes::text[])
           AND p.made_on >= make_date(:year, 1, 1) AND p.made_on < make_date(:year::integer + 1, 1, 1)) row
 WHERE (:state::text = '' OR row.state = :state::text) AND (:unit::text = '' OR strpos(row.unit, :unit::text) > 0)
 ORDER BY row.due, row.consultation_id, row.position;

-- name: clocks of  (why each of these runs to its day)
SELECT c.deadline_id, c.due, c.why, c.params::text AS params, c.counted::text AS counted, c.moved_by, c.moved_why,
       c.paused_on, c.paused_why, k.item, coalesce(k.unit, c.unit) AS unit,
       CASE WHEN c.state = 'DeadlinePaused' THEN 'paused' ELSE 'runs' END AS state
  FROM clocks c
  LEFT JOIN tasks k ON k.assignment_id = c.deadline_id
 WHERE c.deadline_id = ANY(:ids::uuid[]);

-- name: ratings of  (of each assignment, how many said what of its last reply that anybody spoke of)
SELECT DISTINCT ON (assignment_id) assignment_id, round, solved, unsolved
  FROM ratings
 WHERE assignment_id = ANY(:ids::uuid[])
 ORDER BY assignment_id, round DESC;

-- name: of unit  (what a unit leads or helps with; what is not done yet first, by its day)
SELECT row.*, count(*) OVER () AS found
  FROM (SELECT k.assignment_id, k.topic_id AS matter_id, t.title, t.charter, k.area, k.item_no, k.item, k.unit, k.assist,
               k.returns, k.state, k.class, k.replied_on, c.due, c.paused_on, r.solved, r.unsolved,
               CASE WHEN k.state = 'HandlingReplied' THEN 'replied'
                    WHEN k.state = 'AssignmentReturned' THEN 'returned'
                    WHEN k.state IN ('AssignmentAccepted', 'AssignmentArbitrated', 'HandlingRejected') THEN 'handling'
                    ELSE 'new' END AS stage
          FROM tasks k
          JOIN topics t USING (topic_id)
          LEFT JOIN clocks c ON c.deadline_id = k.assignment_id
          LEFT JOIN LATERAL (SELECT solved, unsolved FROM ratings WHERE assignment_id = k.assignment_id
                              ORDER BY round DESC LIMIT 1) r ON TRUE
         WHERE (k.unit = :unit::text OR k.assist @> ARRAY[:unit::text])
           AND EXISTS (SELECT FROM unnest(:prefixes::text[]) AS here WHERE k.area LIKE here)) row
 WHERE (:stage::text = '' OR row.stage = :stage::text)
   AND (:title::text = '' OR strpos(row.title || row.item, :title::text) > 0)
 ORDER BY row.stage IN ('replied', 'returned'), CASE WHEN row.stage IN ('new', 'handling') THEN row.due END,
          row.replied_on DESC NULLS LAST, row.assignment_id
 LIMIT :most;
