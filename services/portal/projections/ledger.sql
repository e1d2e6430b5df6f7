-- The ledger: every consultation and every outcome of research alone, with all that shows how far it came; and the
-- case library. A table belongs to one source; they are joined when asked.

-- name: tables
CREATE TABLE topics (
  topic_id uuid PRIMARY KEY,
  area     text NOT NULL,
  title    text NOT NULL,
  origin   text NOT NULL,
  state    text NOT NULL,
  criteria json
);
CREATE INDEX topics_area ON topics (area text_pattern_ops);
CREATE TABLE activities (
  consultation_id uuid PRIMARY KEY,
  topic_id        uuid NOT NULL,
  area            text NOT NULL,
  charter         text NOT NULL,
  planned_on      date NOT NULL,
  state           text NOT NULL,
  starts          timestamptz,
  place           text,
  form            text,
  mode            text,
  convenor        text,
  attendees       json,
  items           json
);
CREATE INDEX activities_area ON activities (area text_pattern_ops);
CREATE TABLE outcomes (
  outcome_id      uuid PRIMARY KEY,
  consultation_id uuid,           -- none, where it came of research alone
  topic_id        uuid NOT NULL,
  area            text NOT NULL,
  charter         text NOT NULL,
  drafted_on      date NOT NULL,
  items           json NOT NULL,
  number          text,
  endorsed        json,
  media           text
);
CREATE UNIQUE INDEX outcomes_consultation ON outcomes (consultation_id);
CREATE INDEX outcomes_area ON outcomes (area text_pattern_ops);
CREATE TABLE tasks (
  assignment_id uuid    PRIMARY KEY,
  outcome_id    uuid    NOT NULL,
  item_no       integer NOT NULL,
  unit          text    NOT NULL,
  due           date    NOT NULL,
  state         text    NOT NULL,
  round         integer,
  class         text,
  content       text,
  position      bigint          -- of the reply
);
CREATE INDEX tasks_outcome ON tasks (outcome_id);
CREATE TABLE visits (
  followup_id   uuid    PRIMARY KEY,
  assignment_id uuid    NOT NULL,
  round         integer NOT NULL,
  passed        boolean
);
CREATE INDEX visits_assignment ON visits (assignment_id);
CREATE TABLE proofs (             -- the first fact of each kind that a stream says
  stream   uuid   NOT NULL,
  type     text   NOT NULL,
  detail   text   NOT NULL,
  source   text   NOT NULL,
  position bigint NOT NULL,
  day      date   NOT NULL,
  PRIMARY KEY (stream, type, detail)
);
CREATE TABLE cases (
  case_id      uuid PRIMARY KEY,
  topic_id     uuid NOT NULL,
  outcome_id   uuid NOT NULL,
  area         text NOT NULL,
  charter      text NOT NULL,
  headline     text NOT NULL,
  sections     json NOT NULL,
  basis        text NOT NULL,
  published_on date NOT NULL
);
CREATE INDEX cases_area ON cases (area text_pattern_ops);
CREATE INDEX cases_outcome ON cases (outcome_id);

-- name: on TopicProposed
INSERT INTO topics (topic_id, area, title, origin, state)
SELECT stream, area, data->>'title', data->>'origin', type FROM batch WHERE type = 'TopicProposed';

-- name: on TopicApproved, TopicReturned, TopicWithdrawn, TopicClosed, TopicEnded, TopicReopened
UPDATE topics t SET state = last.type
  FROM (SELECT DISTINCT ON (stream) stream, type
          FROM batch
         WHERE type IN ('TopicApproved', 'TopicReturned', 'TopicWithdrawn', 'TopicClosed', 'TopicEnded',
                        'TopicReopened')
         ORDER BY stream, position DESC) last
 WHERE t.topic_id = last.stream;

-- name: on TopicCriteriaAssessed
UPDATE topics t SET criteria = last.criteria
  FROM (SELECT DISTINCT ON (stream) stream, data->'criteria' AS criteria
          FROM batch WHERE type = 'TopicCriteriaAssessed' ORDER BY stream, position DESC) last
 WHERE t.topic_id = last.stream;

-- name: on ConsultationPlanned
INSERT INTO activities (consultation_id, topic_id, area, charter, planned_on, state)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, area, charter, (at AT TIME ZONE 'Asia/Shanghai')::date, type
  FROM batch WHERE type = 'ConsultationPlanned' ORDER BY stream, position
    ON CONFLICT DO NOTHING;

-- name: on ConsultationScheduled, ConsultationPostponed  (what was put off has no time and no place)
UPDATE activities a
   SET starts = last.starts, place = last.place, form = last.form, mode = last.mode, convenor = last.convenor
  FROM (SELECT DISTINCT ON (stream)
               stream, (data->>'starts')::timestamptz AS starts, data->>'place' AS place, data->>'form' AS form,
               data->>'mode' AS mode, split_part(actor, '/', 1) AS convenor
          FROM batch
         WHERE type IN ('ConsultationScheduled', 'ConsultationPostponed')
         ORDER BY stream, position DESC) last
 WHERE a.consultation_id = last.stream;

-- name: on MeetingHeld
UPDATE activities a
   SET place = b.data->>'place', form = b.data->>'form', mode = b.data->>'mode',
       attendees = b.data->'attendees', items = b.data->'items'
  FROM batch b
 WHERE b.type = 'MeetingHeld' AND a.consultation_id = b.stream;

-- name: on ConsultationScheduled, ConsultationPostponed, ConsultationCancelled, MeetingHeld
UPDATE activities a SET state = last.type
  FROM (SELECT DISTINCT ON (stream) stream, type
          FROM batch
         WHERE type IN ('ConsultationScheduled', 'ConsultationPostponed', 'ConsultationCancelled', 'MeetingHeld')
         ORDER BY stream, position DESC) last
 WHERE a.consultation_id = last.stream;

-- name: on MinutesDrafted, ReportDrafted
INSERT INTO outcomes (outcome_id, consultation_id, topic_id, area, charter, drafted_on, items)
SELECT stream, (data->>'consultation_id')::uuid, (data->>'topic_id')::uuid, area, charter,
       (at AT TIME ZONE 'Asia/Shanghai')::date, data->'items'
  FROM batch WHERE type IN ('MinutesDrafted', 'ReportDrafted')
    ON CONFLICT DO NOTHING;

-- name: on MinutesIssued
UPDATE outcomes o SET number = b.data->>'number'
  FROM batch b
 WHERE b.type = 'MinutesIssued' AND o.outcome_id = b.stream;

-- name: on OutcomeEndorsed
UPDATE outcomes o SET endorsed = last.units
  FROM (SELECT DISTINCT ON (stream) stream, data->'units' AS units
          FROM batch WHERE type = 'OutcomeEndorsed' ORDER BY stream, position DESC) last
 WHERE o.outcome_id = last.stream;

-- name: on MediaReported
UPDATE outcomes o SET media = last.media
  FROM (SELECT DISTINCT ON (stream) stream, concat_ws(' ', data->>'outlet', data->>'headline') AS media
          FROM batch WHERE type = 'MediaReported' ORDER BY stream, position DESC) last
 WHERE o.outcome_id = last.stream;

-- name: on AssignmentOpened  (again, where the unit before gave it back)
INSERT INTO tasks (assignment_id, outcome_id, item_no, unit, due, state)
SELECT DISTINCT ON (stream)
       stream, (data->>'outcome_id')::uuid, (data->>'item_no')::integer, data->>'lead_unit', (data->>'due')::date, type
  FROM batch WHERE type = 'AssignmentOpened' ORDER BY stream, position
    ON CONFLICT DO NOTHING;

-- name: on AssignmentOpened, AssignmentArbitrated
UPDATE tasks k SET unit = last.unit
  FROM (SELECT DISTINCT ON (stream) stream, data->>'lead_unit' AS unit
          FROM batch WHERE type IN ('AssignmentOpened', 'AssignmentArbitrated') ORDER BY stream, position DESC) last
 WHERE k.assignment_id = last.stream;

-- name: on AssignmentOpened, AssignmentArbitrated, ExtensionGranted, HandlingRejected  (each settles the day)
UPDATE tasks k SET due = last.due
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'due')::date AS due
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentArbitrated', 'ExtensionGranted', 'HandlingRejected')
         ORDER BY stream, position DESC) last
 WHERE k.assignment_id = last.stream;

-- name: on HandlingReplied
UPDATE tasks k SET round = last.round, class = last.class, content = last.content, position = last.position
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'round')::integer AS round, data->>'result_class' AS class,
               data->>'content' AS content, position
          FROM batch WHERE type = 'HandlingReplied' ORDER BY stream, position DESC) last
 WHERE k.assignment_id = last.stream;

-- name: on AssignmentOpened, AssignmentAccepted, AssignmentReturned, AssignmentArbitrated, HandlingReplied, HandlingRejected, SolutionConfirmed, SolutionDisputed
UPDATE tasks k SET state = last.type
  FROM (SELECT DISTINCT ON (stream) stream, type
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentAccepted', 'AssignmentReturned', 'AssignmentArbitrated',
                        'HandlingReplied', 'HandlingRejected', 'SolutionConfirmed', 'SolutionDisputed')
         ORDER BY stream, position DESC) last
 WHERE k.assignment_id = last.stream;

-- name: on FollowUpScheduled
INSERT INTO visits (followup_id, assignment_id, round)
SELECT stream, (data->>'assignment_id')::uuid, (data->>'round')::integer
  FROM batch WHERE type = 'FollowUpScheduled'
    ON CONFLICT DO NOTHING;

-- name: on FollowUpConducted
UPDATE visits v SET passed = last.passed
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'passed')::boolean AS passed
          FROM batch WHERE type = 'FollowUpConducted' ORDER BY stream, position DESC) last
 WHERE v.followup_id = last.stream;

-- name: on TopicApproved, MeetingHeld, MinutesIssued, OutcomeAdopted, FeedbackGiven, MediaReported, CaseNoted, OutcomeClosed
INSERT INTO proofs (stream, type, detail, source, position, day)
SELECT DISTINCT ON (stream, type, detail)
       stream, type, coalesce(data->>'to', '') AS detail, source, position, (at AT TIME ZONE 'Asia/Shanghai')::date
  FROM batch
 WHERE type IN ('TopicApproved', 'MeetingHeld', 'MinutesIssued', 'OutcomeAdopted', 'FeedbackGiven', 'MediaReported',
                'CaseNoted', 'OutcomeClosed')
 ORDER BY stream, type, detail, position
    ON CONFLICT DO NOTHING;

-- name: on CasePublished
INSERT INTO cases (case_id, topic_id, outcome_id, area, charter, headline, sections, basis, published_on)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, (data->>'outcome_id')::uuid, area, charter, data->>'headline', data->'sections',
       data->>'basis', (at AT TIME ZONE 'Asia/Shanghai')::date
  FROM batch WHERE type = 'CasePublished' ORDER BY stream, position DESC
    ON CONFLICT (case_id) DO UPDATE
   SET headline = excluded.headline, sections = excluded.sections, basis = excluded.basis;

-- name: ledger of year  (one row a consultation, and one for what came of research alone)
WITH entries AS (
  SELECT a.topic_id, a.consultation_id, o.outcome_id, a.area, a.charter, a.state, a.place, a.form, a.mode, a.convenor,
         a.attendees::text AS attendees, coalesce(o.items, a.items)::text AS items, o.number, o.endorsed::text AS endorsed,
         o.media, coalesce((a.starts AT TIME ZONE 'Asia/Shanghai')::date, a.planned_on) AS day, a.consultation_id AS entry
    FROM activities a LEFT JOIN outcomes o USING (consultation_id)
   WHERE a.area LIKE ANY(:prefixes::text[])
   UNION ALL
  SELECT topic_id, NULL, outcome_id, area, charter, 'research', NULL, NULL, NULL, NULL, NULL, items::text, number,
         endorsed::text, media, drafted_on, outcome_id AS entry
    FROM outcomes
   WHERE consultation_id IS NULL AND area LIKE ANY(:prefixes::text[])
), page AS (
  SELECT e.*, t.title, t.origin, t.criteria::text AS criteria, count(*) OVER () AS found,
         row_number() OVER (ORDER BY e.day, e.entry) AS no
    FROM entries e JOIN topics t USING (topic_id)
   WHERE extract(YEAR FROM e.day) = :year::integer
     AND (:state::text = '' OR e.state = :state::text) AND (:form::text = '' OR e.form = :form::text)
     AND (:title::text = '' OR strpos(t.title, :title::text) > 0)
     AND (:units::text = '' OR strpos(e.endorsed, :units::text) > 0
          OR EXISTS (SELECT FROM tasks k WHERE k.outcome_id = e.outcome_id AND strpos(k.unit, :units::text) > 0))
   ORDER BY e.day, e.entry
   LIMIT :most OFFSET :skipped
)
SELECT p.*, p.topic_id AS matter_id,
       (SELECT c.headline FROM cases c WHERE c.outcome_id = p.outcome_id ORDER BY c.published_on, c.case_id LIMIT 1) AS story,
       (SELECT coalesce(json_agg(json_build_object(
                 'unit', k.unit, 'due', k.due, 'state', k.state, 'class', k.class, 'position', k.position,
                 'awaits', EXISTS (SELECT FROM visits v WHERE v.assignment_id = k.assignment_id AND v.round = k.round
                                                          AND v.passed IS NOT TRUE)) ORDER BY k.item_no), '[]')::text
          FROM tasks k WHERE k.outcome_id = p.outcome_id AND k.state <> 'AssignmentReturned') AS tasks,
       (SELECT coalesce(json_object_agg(concat_ws('/', f.type, nullif(f.detail, '')),
                                        json_build_object('at', f.source || '-' || f.position, 'day', f.day)), '{}')::text
          FROM proofs f WHERE f.stream IN (p.topic_id, p.consultation_id, p.outcome_id)) AS proofs
  FROM page p
 ORDER BY p.no;

-- name: entries named  (what a row stands for, in whichever year it is now)
SELECT e.entry, e.day, t.topic_id AS matter_id, t.title, e.number
  FROM (SELECT a.consultation_id AS entry, a.topic_id, o.number,
               coalesce((a.starts AT TIME ZONE 'Asia/Shanghai')::date, a.planned_on) AS day
          FROM activities a LEFT JOIN outcomes o USING (consultation_id)
         WHERE a.consultation_id = ANY(:entries::uuid[])
         UNION ALL
        SELECT outcome_id, topic_id, number, drafted_on FROM outcomes WHERE outcome_id = ANY(:entries::uuid[])) e
  JOIN topics t USING (topic_id);

-- name: cases of areas
SELECT c.topic_id AS matter_id, c.area, c.charter, c.headline, c.sections::text AS sections, c.basis, c.published_on, t.origin,
       coalesce(a.form, 'research') AS form, count(*) OVER () AS found
  FROM cases c
  JOIN topics t USING (topic_id)
  LEFT JOIN outcomes o ON c.outcome_id = o.outcome_id
  LEFT JOIN activities a ON o.consultation_id = a.consultation_id
 WHERE c.area LIKE ANY(:prefixes::text[])
   AND (:origin::text = '' OR t.origin = :origin::text)
   AND (:form::text = '' OR coalesce(a.form, 'research') = :form::text)
   AND (:headline::text = '' OR strpos(c.headline || c.sections::text, :headline::text) > 0)
 ORDER BY c.published_on DESC, c.case_id
 LIMIT :most OFFSET :skipped;

-- name: open topics
SELECT topic_id AS matter_id, title, state
  FROM topics
 WHERE area LIKE ANY(:prefixes::text[]) AND state IN ('TopicProposed', 'TopicApproved', 'TopicReopened')
 ORDER BY title, topic_id
 LIMIT :most;

-- name: meetings ahead
SELECT a.consultation_id, a.topic_id AS matter_id, t.title, a.starts, a.place, a.form, a.mode, a.charter
  FROM activities a JOIN topics t USING (topic_id)
 WHERE a.area LIKE ANY(:prefixes::text[]) AND a.state = 'ConsultationScheduled'
   AND (a.starts AT TIME ZONE 'Asia/Shanghai')::date >= :today::date
 ORDER BY a.starts, a.consultation_id
 LIMIT :most;

-- name: replies to be told  (answered, and the people concerned were not told yet)
SELECT o.topic_id AS matter_id, t.title, k.unit, k.class, k.content, k.item_no
  FROM outcomes o
  JOIN topics t USING (topic_id)
  JOIN tasks k USING (outcome_id)
 WHERE o.area LIKE ANY(:prefixes::text[]) AND k.state IN ('HandlingReplied', 'SolutionConfirmed')
   AND NOT EXISTS (SELECT FROM proofs f
                    WHERE f.stream = o.outcome_id AND f.type IN ('FeedbackGiven', 'OutcomeClosed')
                      AND f.detail IN ('people', ''))
 ORDER BY t.title, o.outcome_id, k.item_no
 LIMIT :most;
