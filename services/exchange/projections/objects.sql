-- What there is by now, out of public facts alone: topics, meetings, outcomes, assignments, evaluations and cases, each
-- with the words last said of it. Whoever asks goes on behind the position of the last change: what changes meanwhile
-- comes again at the end, and nothing is passed over. What was called off stays, as gone. Facts of exchange only.

-- name: tables
CREATE TABLE objects (
  list      text        NOT NULL,
  object_id uuid        NOT NULL,
  topic_id  uuid        NOT NULL,
  area      text        NOT NULL,
  position  bigint      NOT NULL,  -- of the last fact about it
  created   timestamptz NOT NULL,
  modified  timestamptz NOT NULL,
  state     text        NOT NULL,  -- the type of that fact
  said      jsonb       NOT NULL,
  PRIMARY KEY (list, object_id)
);
CREATE INDEX objects_position ON objects (list, position);
CREATE INDEX objects_modified ON objects (list, modified);

-- name: on *  (the last word counts, and what only an earlier fact said is kept)
WITH facts AS (
  SELECT b.position, b.stream, b.area, b.type, b.at, b.data::jsonb AS data, of.list,
         coalesce((b.data->>of.field)::uuid, b.stream) AS object_id
    FROM batch b
    JOIN (VALUES ('TopicProposed', 'topics', 'topic_id'), ('TopicApproved', 'topics', 'topic_id'),
                 ('TopicPublicised', 'topics', 'topic_id'), ('TopicClosed', 'topics', 'topic_id'),
                 ('TopicEnded', 'topics', 'topic_id'), ('TopicReopened', 'topics', 'topic_id'),
                 ('ConsultationScheduled', 'meetings', 'consultation_id'),
                 ('ConsultationPostponed', 'meetings', 'consultation_id'),
                 ('ConsultationCancelled', 'meetings', 'consultation_id'), ('MeetingHeld', 'meetings', 'consultation_id'),
                 ('OutcomeSubmitted', 'outcomes', 'outcome_id'), ('OutcomeAdopted', 'outcomes', 'outcome_id'),
                 ('FeedbackGiven', 'outcomes', 'outcome_id'), ('ItemAssigned', 'assignments', 'assignment_id'),
                 ('HandlingReplied', 'assignments', 'assignment_id'), ('HandlingRejected', 'assignments', 'assignment_id'),
                 ('FollowUpConducted', 'assignments', 'assignment_id'),
                 ('SolutionConfirmed', 'assignments', 'assignment_id'), ('SolutionDisputed', 'assignments', 'assignment_id'),
                 ('EvaluationTallied', 'evaluations', 'evaluation_id'), ('CasePublished', 'cases', 'case_id')
         ) AS of (fact, list, field) ON of.fact = b.type
   WHERE b.category = 'publication'
),
last AS (
  SELECT DISTINCT ON (list, object_id) list, object_id, stream, area, position, at, type
    FROM facts
   ORDER BY list, object_id, position DESC
),
words AS (
  SELECT f.list, f.object_id, min(f.at) AS created, jsonb_object_agg(w.key, w.value ORDER BY f.position) AS said
    FROM facts f CROSS JOIN LATERAL jsonb_each(f.data - 'topic_id' - 'happened_at') AS w
   GROUP BY f.list, f.object_id
)
INSERT INTO objects AS o (list, object_id, topic_id, area, position, created, modified, state, said)
SELECT l.list, l.object_id, l.stream, l.area, l.position, w.created, l.at, l.type, w.said
  FROM last l JOIN words w ON w.list = l.list AND w.object_id = l.object_id
    ON CONFLICT (list, object_id) DO UPDATE
   SET position = excluded.position, modified = excluded.modified, state = excluded.state,
       said = o.said || excluded.said;

-- name: in list
SELECT object_id, topic_id, area, position, created, modified, state, said::text AS said
  FROM objects
 WHERE list = :list AND position > :after
   AND (:since::timestamptz IS NULL OR modified >= :since::timestamptz)
   AND EXISTS (SELECT FROM unnest(:prefixes::text[]) AS here WHERE area LIKE here)
 ORDER BY position
 LIMIT :most;
