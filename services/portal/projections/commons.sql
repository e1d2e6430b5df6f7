-- What everybody may read. This file is the rule of it: a matter is in `matters` from the day it is approved or posted,
-- not before; no lead is; and of what is said about it `told` keeps these kinds of fact and these words of them alone.
-- Nobody's name, no private words and no reasons given between offices are taken over. Facts may arrive before their
-- matter is public: every question starts from `matters`. A table belongs to one source, or has it in its key.
-- Words are searched by their single characters and pairs, without any extension: `grams` of NFKC in small letters.

-- name: tables
CREATE TABLE proposed (
  topic_id uuid PRIMARY KEY,
  area     text NOT NULL,
  charter  text NOT NULL,
  title    text NOT NULL,
  origin   text NOT NULL
);
CREATE TABLE matters (
  topic_id uuid        PRIMARY KEY,
  area     text        NOT NULL,
  charter  text        NOT NULL,
  title    text        NOT NULL,
  origin   text        NOT NULL,
  since    timestamptz NOT NULL,
  year     integer     NOT NULL,
  state    text        NOT NULL,   -- open, closed, ended
  state_at timestamptz NOT NULL
);
CREATE INDEX matters_area ON matters (area, since);
CREATE INDEX matters_since ON matters (since, topic_id);
CREATE TABLE counts (
  pattern text    NOT NULL,
  year    integer NOT NULL,
  state   text    NOT NULL,
  n       bigint  NOT NULL,
  PRIMARY KEY (pattern, year, state)
);
CREATE TABLE threads (
  stream   uuid PRIMARY KEY,
  topic_id uuid NOT NULL
);
CREATE TABLE told (
  source   text        NOT NULL,
  position bigint      NOT NULL,
  topic_id uuid        NOT NULL,
  stream   uuid        NOT NULL,
  type     text        NOT NULL,
  at       timestamptz NOT NULL,
  said     json        NOT NULL,
  PRIMARY KEY (source, position)
);
CREATE INDEX told_topic ON told (topic_id);
CREATE INDEX told_at ON told (at);
CREATE INDEX told_steps ON told (type, topic_id)
 WHERE type IN ('MeetingHeld', 'ItemAssigned', 'HandlingReplied', 'FeedbackGiven', 'EvaluationTallied');
CREATE TABLE docs (
  source   text   NOT NULL,
  position bigint NOT NULL,
  topic_id uuid   NOT NULL,
  words    text   NOT NULL,
  grams    text[] NOT NULL,
  PRIMARY KEY (source, position)
);
CREATE INDEX docs_topic ON docs (topic_id);
CREATE INDEX docs_grams ON docs USING gin (grams);
CREATE TABLE meetings (
  consultation_id uuid        PRIMARY KEY,
  topic_id        uuid        NOT NULL,
  starts          timestamptz NOT NULL,
  place           text        NOT NULL,
  form            text        NOT NULL,
  mode            text        NOT NULL,
  state           text        NOT NULL,
  state_at        timestamptz NOT NULL
);
CREATE INDEX meetings_topic ON meetings (topic_id);
CREATE INDEX meetings_starts ON meetings (starts) WHERE state = 'ConsultationScheduled';
CREATE TABLE duties (
  assignment_id uuid    PRIMARY KEY,
  topic_id      uuid    NOT NULL,
  item_no       integer NOT NULL,
  unit          text    NOT NULL,
  assist        text[]  NOT NULL,
  due           date    NOT NULL,
  paused        boolean NOT NULL,
  state         text    NOT NULL,
  class         text,
  state_at      timestamptz NOT NULL
);
CREATE INDEX duties_topic ON duties (topic_id);
CREATE INDEX duties_due ON duties (due) WHERE state NOT IN ('HandlingReplied', 'AssignmentReturned') AND NOT paused;
CREATE TABLE clocks (
  deadline_id uuid PRIMARY KEY,
  topic_id    uuid NOT NULL,
  unit        text NOT NULL,
  due         date NOT NULL,
  why         text NOT NULL,
  counted     json,
  moved_by    text NOT NULL,
  state       text NOT NULL
);
CREATE INDEX clocks_topic ON clocks (topic_id);
CREATE TABLE cases (
  case_id      uuid        PRIMARY KEY,
  topic_id     uuid        NOT NULL,
  headline     text        NOT NULL,
  sections     json        NOT NULL,
  basis        text        NOT NULL,
  published_at timestamptz NOT NULL
);
CREATE INDEX cases_topic ON cases (topic_id);

-- name: on TopicProposed
INSERT INTO proposed (topic_id, area, charter, title, origin)
SELECT stream, area, charter, data->>'title', data->>'origin' FROM batch WHERE type = 'TopicProposed';

-- name: on TopicApproved, TopicPublicised  (whichever came first made it public)
WITH new AS (
  INSERT INTO matters (topic_id, area, charter, title, origin, since, year, state, state_at)
  SELECT DISTINCT ON (b.stream) b.stream, p.area, p.charter, p.title, p.origin, b.at,
         extract(YEAR FROM b.at AT TIME ZONE 'Asia/Shanghai')::integer, 'open', b.at AS state_at
    FROM batch b JOIN proposed p ON p.topic_id = b.stream
   WHERE b.type IN ('TopicApproved', 'TopicPublicised')
   ORDER BY b.stream, b.position
      ON CONFLICT DO NOTHING
  RETURNING area, year
)
INSERT INTO counts (pattern, year, state, n)
SELECT fits.pattern, new.year, 'open', count(*)
  FROM new
 CROSS JOIN LATERAL (SELECT new.area AS pattern
                      UNION ALL
                     SELECT left(new.area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits) fits
 GROUP BY fits.pattern, new.year
    ON CONFLICT (pattern, year, state) DO UPDATE SET n = counts.n + excluded.n;

-- name: on TopicClosed, TopicEnded, TopicReopened  (from what it was to what it is last)
WITH last AS (
  SELECT DISTINCT ON (stream) stream, at,
         CASE type WHEN 'TopicClosed' THEN 'closed' WHEN 'TopicEnded' THEN 'ended' ELSE 'open' END AS state
    FROM batch
   WHERE type IN ('TopicClosed', 'TopicEnded', 'TopicReopened')
   ORDER BY stream, position DESC
),
moved AS (
  UPDATE matters m SET state = last.state, state_at = last.at
    FROM last JOIN matters was ON was.topic_id = last.stream
   WHERE m.topic_id = last.stream
  RETURNING m.area, m.year, was.state AS left_state, m.state AS state
)
INSERT INTO counts (pattern, year, state, n)
SELECT fits.pattern, moved.year, side.state, sum(side.n)
  FROM moved
 CROSS JOIN LATERAL (VALUES (moved.left_state, -1), (moved.state, 1)) AS side (state, n)
 CROSS JOIN LATERAL (SELECT moved.area AS pattern
                      UNION ALL
                     SELECT left(moved.area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits) fits
 GROUP BY fits.pattern, moved.year, side.state
    ON CONFLICT (pattern, year, state) DO UPDATE SET n = counts.n + excluded.n;

-- name: on TopicReopened, TopicClosed, TopicEnded  (none is no row, however often it came and went)
DELETE FROM counts
 WHERE n = 0 AND EXISTS (SELECT FROM batch WHERE type IN ('TopicReopened', 'TopicClosed', 'TopicEnded'));

-- name: on ResearchPlanned, ResearchNoted, ConsultationPlanned, MinutesDrafted, ResearchReportNoted
INSERT INTO threads (stream, topic_id)
SELECT DISTINCT ON (stream) stream, (data->>'topic_id')::uuid
  FROM batch
 WHERE type IN ('ResearchPlanned', 'ResearchNoted', 'ConsultationPlanned', 'MinutesDrafted', 'ResearchReportNoted')
 ORDER BY stream, position
    ON CONFLICT DO NOTHING;

-- name: on *  (of these kinds, these words)
INSERT INTO told (source, position, topic_id, stream, type, at, said)
SELECT b.source, b.position, coalesce((b.data->>'topic_id')::uuid, t.topic_id), b.stream, b.type, b.at,
       CASE b.type
         WHEN 'TopicPublicised' THEN json_build_object('where', b.data->'where')
         WHEN 'ConsultationScheduled' THEN json_build_object(
           'starts', b.data->'starts', 'place', b.data->'place', 'form', b.data->'form', 'mode', b.data->'mode')
         WHEN 'MeetingHeld' THEN json_build_object('place', b.data->'place', 'form', b.data->'form', 'mode', b.data->'mode')
         WHEN 'CommitmentMade' THEN json_build_object(
           'unit', b.data->'unit', 'promise', b.data->'promise', 'due', b.data->'due')
         WHEN 'MinutesIssued' THEN json_build_object('number', b.data->'number')
         WHEN 'AssignmentOpened' THEN json_build_object('unit', b.data->'lead_unit', 'due', b.data->'due')
         WHEN 'HandlingReplied' THEN json_build_object('unit', b.data->'unit', 'class', b.data->'result_class')
         WHEN 'FollowUpConducted' THEN json_build_object('passed', b.data->'passed')
         WHEN 'FeedbackGiven' THEN json_build_object(
           'to', b.data->'to', 'content', CASE b.data->>'to' WHEN 'people' THEN b.data->'content' END)
         WHEN 'EvaluationTallied' THEN json_build_object(
           'of', b.data->'of', 'voters', b.data->'voters', 'taken', b.data->'taken', 'cast', b.data->'cast',
           'counts', b.data->'counts', 'verdict', b.data->'verdict')
         WHEN 'EvaluationRecounted' THEN json_build_object('same', b.data->'same')
         WHEN 'CasePublished' THEN json_build_object('headline', b.data->'headline')
         WHEN 'MediaReported' THEN json_build_object('outlet', b.data->'outlet', 'headline', b.data->'headline')
         WHEN 'DeadlineExtended' THEN json_build_object('unit', b.data->'unit', 'due', b.data->'due')
         ELSE '{}'
       END
  FROM batch b LEFT JOIN threads t USING (stream)
 WHERE b.type IN ('TopicProposed', 'TopicCriteriaAssessed', 'TopicReportFiled', 'TopicReviewedByPartyBody', 'TopicApproved',
                  'TopicPublicised', 'PlanNoted', 'TopicClosed', 'TopicEnded', 'TopicReopened', 'PartiesDetermined',
                  'WorkPlanIssued', 'PriorNoticeGiven', 'ResearchPlanned', 'ResearchConducted', 'ResearchReportFiled',
                  'ConsultationScheduled', 'ConsultationOpened', 'ConsultationPostponed', 'ConsultationCancelled',
                  'MeetingHeld', 'CommitmentMade', 'MinutesDrafted', 'ReportDrafted', 'MinutesIssued', 'OutcomeSubmitted',
                  'OutcomeAdopted', 'ItemAssigned', 'AssignmentOpened', 'AssignmentReturned', 'HandlingReplied', 'HandlingRejected',
                  'SolutionConfirmed', 'SolutionDisputed', 'FollowUpScheduled', 'FollowUpConducted', 'FeedbackGiven',
                  'EvaluationOpened', 'EvaluationTallied', 'EvaluationRecounted', 'CaseDrafted', 'CasePublished',
                  'MediaReported', 'DeadlineExtended')
   AND coalesce((b.data->>'topic_id')::uuid, t.topic_id) IS NOT NULL;

-- name: on TopicProposed, CasePublished, FeedbackGiven, CommitmentMade  (titles and public documents, word by word)
INSERT INTO docs (source, position, topic_id, words, grams)
SELECT source, position, topic_id, words,
       ARRAY(SELECT DISTINCT gram
               FROM (SELECT c, c || lead(c) OVER (ORDER BY n) AS pair
                       FROM string_to_table(words, NULL) WITH ORDINALITY AS one (c, n)) s
              CROSS JOIN LATERAL unnest(ARRAY[c, pair]) AS gram
              WHERE gram !~ '\s' ORDER BY gram)
  FROM (SELECT source, position, (data->>'topic_id')::uuid AS topic_id,
               lower(normalize(CASE type
                 WHEN 'TopicProposed' THEN data->>'title'
                 WHEN 'CasePublished' THEN concat_ws(E'\n', data->>'headline', data->'sections'->>'background',
                   data->'sections'->>'participants', data->'sections'->>'process', data->'sections'->>'opinions',
                   data->'sections'->>'effect')
                 WHEN 'FeedbackGiven' THEN data->>'content'
                 ELSE data->>'promise' END, nfkc)) AS words
          FROM batch
         WHERE type IN ('TopicProposed', 'CasePublished', 'FeedbackGiven', 'CommitmentMade')
           AND coalesce(data->>'to', 'people') = 'people') d;

-- name: on ConsultationScheduled
INSERT INTO meetings (consultation_id, topic_id, starts, place, form, mode, state, state_at)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, (data->>'starts')::timestamptz, data->>'place', data->>'form', data->>'mode',
       type, at
  FROM batch
 WHERE type = 'ConsultationScheduled'
 ORDER BY stream, position DESC
    ON CONFLICT (consultation_id) DO UPDATE
   SET starts = excluded.starts, place = excluded.place, form = excluded.form, mode = excluded.mode;

-- name: on ConsultationScheduled, ConsultationPostponed, ConsultationCancelled, MeetingHeld
UPDATE meetings m SET state = last.type, state_at = last.at
  FROM (SELECT DISTINCT ON (stream) stream, type, at
          FROM batch
         WHERE type IN ('ConsultationScheduled', 'ConsultationPostponed', 'ConsultationCancelled', 'MeetingHeld')
         ORDER BY stream, position DESC) last
 WHERE m.consultation_id = last.stream;

-- name: on AssignmentOpened  (again, where the unit before gave it back)
INSERT INTO duties (assignment_id, topic_id, item_no, unit, assist, due, paused, state, state_at)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, (data->>'item_no')::integer, data->>'lead_unit',
       ARRAY(SELECT json_array_elements_text(data->'assist_units')), (data->>'due')::date, FALSE, type, at
  FROM batch
 WHERE type = 'AssignmentOpened'
 ORDER BY stream, position DESC
    ON CONFLICT DO NOTHING;

-- name: on AssignmentOpened, AssignmentArbitrated  (either says whose it is)
UPDATE duties d SET unit = last.unit, assist = last.assist
  FROM (SELECT DISTINCT ON (stream) stream, data->>'lead_unit' AS unit,
               ARRAY(SELECT json_array_elements_text(data->'assist_units')) AS assist
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentArbitrated')
         ORDER BY stream, position DESC) last
 WHERE d.assignment_id = last.stream;

-- name: on AssignmentOpened, AssignmentArbitrated, ExtensionGranted, HandlingRejected, DueNoted, PauseNoted
UPDATE duties d SET due = coalesce(last.due, d.due), paused = last.paused
  FROM (SELECT stream, (array_agg((data->>'due')::date ORDER BY position DESC) FILTER (WHERE data->>'due' <> ''))[1] AS due,
               (array_agg(type ORDER BY position DESC))[1] = 'PauseNoted' AS paused
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentArbitrated', 'ExtensionGranted', 'HandlingRejected', 'DueNoted',
                        'PauseNoted')
         GROUP BY stream) last
 WHERE d.assignment_id = last.stream;

-- name: on AssignmentOpened, AssignmentAccepted, AssignmentReturned, AssignmentArbitrated, HandlingReplied, HandlingRejected
UPDATE duties d SET state = last.type, class = last.class, state_at = last.at
  FROM (SELECT DISTINCT ON (stream) stream, type, data->>'result_class' AS class, at
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentAccepted', 'AssignmentReturned', 'AssignmentArbitrated',
                        'HandlingReplied', 'HandlingRejected')
         ORDER BY stream, position DESC) last
 WHERE d.assignment_id = last.stream;

-- name: on DeadlineSet  (again, where the clock was started anew)
INSERT INTO clocks (deadline_id, topic_id, unit, due, why, moved_by, state)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, data->>'unit', (data->>'due')::date, data->>'why', type, type AS state
  FROM batch
 WHERE type = 'DeadlineSet'
 ORDER BY stream, position DESC
    ON CONFLICT (deadline_id) DO UPDATE SET unit = excluded.unit, why = excluded.why;

-- name: on DeadlineSet, DeadlineResumed, DeadlineExtended
UPDATE clocks c SET due = last.due, counted = last.counted, moved_by = last.type
  FROM (SELECT DISTINCT ON (stream) stream, type, (data->>'due')::date AS due, (data->>'count')::json AS counted
          FROM batch
         WHERE type IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended')
         ORDER BY stream, position DESC) last
 WHERE c.deadline_id = last.stream;

-- name: on DeadlineSet, DeadlinePaused, DeadlineResumed, DeadlineExtended, DeadlineMet, DeadlineLifted, DeadlineBreached
UPDATE clocks c SET state = last.type
  FROM (SELECT DISTINCT ON (stream) stream, type
          FROM batch
         WHERE type IN ('DeadlineSet', 'DeadlinePaused', 'DeadlineResumed', 'DeadlineExtended', 'DeadlineMet',
                        'DeadlineLifted', 'DeadlineBreached')
         ORDER BY stream, position DESC) last
 WHERE c.deadline_id = last.stream;

-- name: on CasePublished
INSERT INTO cases (case_id, topic_id, headline, sections, basis, published_at)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, data->>'headline', data->'sections', data->>'basis', at
  FROM batch
 WHERE type = 'CasePublished'
 ORDER BY stream, position DESC
    ON CONFLICT (case_id) DO UPDATE
   SET headline = excluded.headline, sections = excluded.sections, basis = excluded.basis,
       published_at = excluded.published_at;

-- name: one
SELECT topic_id, area, charter, title, origin, since, state, state_at FROM matters WHERE topic_id = :topic_id;

-- name: told of
SELECT t.topic_id, t.source, t.position, t.stream, t.type, t.at, t.said::text AS said
  FROM told t JOIN matters USING (topic_id)
 WHERE t.topic_id = ANY(:topic_ids::uuid[])
 ORDER BY t.at, t.source, t.position;

-- name: marks of
SELECT t.topic_id, t.type, coalesce(t.said->>'to', '') AS detail, count(*) AS n, min(t.at) AS first_at, max(t.at) AS last_at
  FROM told t JOIN matters USING (topic_id)
 WHERE t.topic_id = ANY(:topic_ids::uuid[])
 GROUP BY 1, 2, 3;

-- name: duties of
SELECT d.topic_id, d.assignment_id, d.item_no, d.unit, d.assist, d.due, d.paused, d.state, d.class, d.state_at,
       c.due AS clock_due, c.why, c.counted::text AS counted, c.moved_by, c.state AS clock
  FROM duties d JOIN matters USING (topic_id) LEFT JOIN clocks c ON c.deadline_id = d.assignment_id
 WHERE d.topic_id = ANY(:topic_ids::uuid[])
 ORDER BY d.topic_id, d.item_no, d.assignment_id;

-- name: docs of
SELECT d.topic_id, d.words FROM docs d JOIN matters USING (topic_id)
 WHERE d.topic_id = ANY(:topic_ids::uuid[]) AND d.source <> 'topics'
 ORDER BY d.source, d.position;

-- name: wall  (as it is filtered; without words all there are. `reached` is said of it, nothing of `beyond` is)
WITH asked AS (
  SELECT n.no, w.word, ARRAY(SELECT substr(w.word, at, 2) FROM generate_series(1, greatest(1, length(w.word) - 1)) AS at) AS grams
    FROM unnest(:words::text[]) WITH ORDINALITY AS n (raw, no)
   CROSS JOIN LATERAL (SELECT lower(normalize(n.raw, nfkc)) AS word) w
),
hits AS (
  SELECT a.no, d.topic_id FROM asked a JOIN docs d ON d.grams @> a.grams AND strpos(d.words, a.word) > 0
   UNION
  SELECT p.no, m.topic_id
    FROM unnest(:nos::bigint[], :places::text[]) AS p (no, place)
    JOIN matters m ON m.area BETWEEN rpad(rtrim(p.place, '%'), 12, '0') AND rpad(rtrim(p.place, '%'), 12, '9')
),
found AS (SELECT topic_id FROM hits GROUP BY topic_id HAVING count(DISTINCT no) = cardinality(:words::text[])
),
shown AS NOT MATERIALIZED (
  SELECT m.topic_id, m.area, m.charter, m.title, m.origin, m.since, m.year, m.state, m.state_at,
         CASE :by::text WHEN 'oldest' THEN - extract(EPOCH FROM m.since) WHEN 'moved' THEN extract(EPOCH FROM m.state_at)
                        ELSE extract(EPOCH FROM m.since) END::numeric AS rank
    FROM unnest(:prefixes::text[]) AS here
    JOIN matters m ON m.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
   WHERE (:year::integer = 0 OR m.year = :year::integer)
     AND (:state::text IN ('', 'late') OR m.state = :state::text)
     AND (:state::text <> 'late' OR m.state = 'open' AND m.topic_id IN (
           SELECT d.topic_id FROM duties d
            WHERE d.due < :today AND d.state NOT IN ('HandlingReplied', 'AssignmentReturned') AND NOT d.paused))
     AND (:origin::text = '' OR m.origin = :origin::text)
     AND (:reached::text = '' OR EXISTS (SELECT FROM told t WHERE t.topic_id = m.topic_id AND t.type = :reached::text))
     AND (:beyond::text[] = '{}' OR NOT EXISTS (
           SELECT FROM told t WHERE t.topic_id = m.topic_id AND t.type = ANY(:beyond::text[])))
     AND (:words::text[] = '{}' OR m.topic_id IN (SELECT topic_id FROM found))
)
SELECT *, (SELECT count(*) FROM (SELECT 1 AS one FROM shown FETCH FIRST 1001 ROWS ONLY) AS s) AS found
  FROM shown
 WHERE (:rank::numeric IS NULL OR (rank, topic_id) < (:rank::numeric, :last::uuid))
 ORDER BY rank DESC, topic_id DESC
 LIMIT :most;

-- name: alike  (those that share most of these pairs of signs come first)
SELECT m.topic_id, m.area, m.title, m.state, m.since
  FROM unnest(:prefixes::text[]) AS here
  JOIN matters m ON m.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
  JOIN docs d ON d.topic_id = m.topic_id AND d.source = 'topics' AND d.grams && :pairs::text[]
 ORDER BY (SELECT count(*) FROM unnest(d.grams) AS g WHERE g = ANY(:pairs::text[])) DESC, m.since DESC, m.topic_id
 LIMIT :most;

-- name: counts of areas
SELECT here.area, c.state, sum(c.n * here.sign)::bigint AS n
  FROM unnest(:areas::text[], :patterns::text[], :signs::integer[]) AS here (area, pattern, sign)
  JOIN counts c ON c.pattern = here.pattern
 WHERE :year::integer = 0 OR c.year = :year::integer
 GROUP BY here.area, c.state;

-- name: late in areas
WITH late AS MATERIALIZED (
  SELECT DISTINCT m.topic_id, m.area
    FROM duties d JOIN matters m USING (topic_id)
   WHERE m.state = 'open' AND d.due < :today AND d.state NOT IN ('HandlingReplied', 'AssignmentReturned') AND NOT d.paused
)
SELECT here.area, count(*) AS n
  FROM unnest(:areas::text[], :prefixes::text[]) AS here (area, prefix)
  JOIN late ON late.area BETWEEN rpad(rtrim(here.prefix, '%'), 12, '0') AND rpad(rtrim(here.prefix, '%'), 12, '9')
 GROUP BY here.area;

-- name: years of area
SELECT DISTINCT year FROM counts WHERE pattern = ANY(:patterns::text[]) ORDER BY year DESC;

-- name: meetings ahead
SELECT g.consultation_id, g.topic_id, m.title, m.area, m.charter, g.starts, g.place, g.form, g.mode
  FROM unnest(:prefixes::text[]) AS here
  JOIN matters m ON m.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
  JOIN meetings g USING (topic_id)
 WHERE g.state = 'ConsultationScheduled' AND g.starts >= :since
 ORDER BY g.starts, g.consultation_id
 LIMIT :most;

-- name: cases  (as they are filtered)
SELECT c.case_id, c.topic_id, m.area, m.charter, m.origin, c.headline, c.sections::text AS sections, c.basis,
       c.published_at, count(*) OVER () AS found
  FROM unnest(:prefixes::text[]) AS here
  JOIN matters m ON m.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
  JOIN cases c USING (topic_id)
 WHERE (:year::integer = 0 OR extract(YEAR FROM c.published_at AT TIME ZONE 'Asia/Shanghai') = :year::integer)
   AND (SELECT coalesce(bool_and(strpos(lower(normalize(c.headline || c.sections, nfkc)), lower(normalize(w, nfkc))) > 0), TRUE)
          FROM unnest(:words::text[]) AS w)
   AND (:theme::text[] = '{}' OR EXISTS (SELECT FROM unnest(:theme::text[]) AS w WHERE strpos(c.headline || c.sections, w) > 0))
 ORDER BY c.published_at DESC, c.case_id
 LIMIT :most OFFSET :skipped;

-- name: cases of
SELECT case_id, headline, sections::text AS sections, basis, published_at FROM cases JOIN matters USING (topic_id)
 WHERE topic_id = :topic_id
 ORDER BY published_at, case_id;

-- name: open matters  (after one, in order of their ids; `changed_at` is when anything public was last said)
SELECT m.topic_id, m.area, m.title, m.origin, m.since, m.state, m.state_at,
       (SELECT max(t.at) FROM told t WHERE t.topic_id = m.topic_id) AS changed_at
  FROM unnest(:prefixes::text[]) AS here
  JOIN matters m ON m.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
 WHERE m.topic_id > :last
   AND (:since::timestamptz IS NULL
        OR EXISTS (SELECT FROM told t WHERE t.topic_id = m.topic_id AND t.at >= :since::timestamptz))
 ORDER BY m.topic_id
 LIMIT :most;

-- name: open facts  (of one source, after a position)
SELECT t.position, t.stream, t.topic_id, m.title, m.area, t.type, t.at, t.said::text AS said
  FROM told t JOIN matters m USING (topic_id)
 WHERE t.source = :source AND t.position > :after AND t.type = ANY(:types::text[])
   AND (:since::timestamptz IS NULL OR t.at >= :since::timestamptz)
   AND EXISTS (SELECT FROM unnest(:prefixes::text[]) AS here WHERE m.area LIKE here)
 ORDER BY t.position
 LIMIT :most;

-- name: changed  (when anything public was last said)
SELECT t.at FROM told t JOIN matters USING (topic_id) ORDER BY t.at DESC LIMIT 1;
