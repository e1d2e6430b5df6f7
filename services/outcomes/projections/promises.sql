-- What was assigned, to whom, by when, and who will go and look. Facts of outcomes only.

-- name: tables
CREATE TABLE promises (
  assignment_id uuid        PRIMARY KEY,
  outcome_id    uuid        NOT NULL,
  topic_id      uuid        NOT NULL,
  item_no       integer     NOT NULL,
  area          text        NOT NULL,
  places        text[]      NOT NULL,  -- the patterns that fit the area
  text          text        NOT NULL,
  lead_unit     text        NOT NULL,
  assist_units  text[]      NOT NULL,
  due           date        NOT NULL,
  paused        boolean     NOT NULL DEFAULT FALSE,
  state         text        NOT NULL,
  result_class  text,
  since         timestamptz NOT NULL,
  rejected      integer     NOT NULL   -- the last round that did not hold; 0: none
);
CREATE INDEX promises_places ON promises USING gin (places);
CREATE TABLE closed (
  outcome_id uuid PRIMARY KEY
);
CREATE TABLE looks (
  followup_id   uuid    PRIMARY KEY,
  assignment_id uuid    NOT NULL,
  topic_id      uuid    NOT NULL,
  area          text    NOT NULL,
  places        text[]  NOT NULL,
  round         integer NOT NULL,
  kind          text    NOT NULL,
  led_by        text    NOT NULL,
  due           date    NOT NULL,
  passed        boolean
);
CREATE INDEX looks_places ON looks USING gin (places);

-- name: on AssignmentOpened  (again, where the unit before gave it back)
INSERT INTO promises (assignment_id, outcome_id, topic_id, item_no, area, places, text, lead_unit,
                      assist_units, due, state, since, rejected)
SELECT DISTINCT ON (stream)
       stream, (data->>'outcome_id')::uuid, (data->>'topic_id')::uuid, (data->>'item_no')::integer, area,
       area || ARRAY(SELECT left(area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits),
       data->>'text', data->>'lead_unit',
       ARRAY(SELECT json_array_elements_text(data->'assist_units')),
       (data->>'due')::date, 'opened', at, 0
  FROM batch
 WHERE type = 'AssignmentOpened'
 ORDER BY stream, position DESC
    ON CONFLICT (assignment_id) DO UPDATE
   SET lead_unit = excluded.lead_unit, assist_units = excluded.assist_units;

-- name: on AssignmentArbitrated  (after which it is not opened again)
UPDATE promises p
   SET lead_unit = b.data->>'lead_unit',
       assist_units = ARRAY(SELECT json_array_elements_text(b.data->'assist_units'))
  FROM batch b
 WHERE b.type = 'AssignmentArbitrated' AND p.assignment_id = b.stream;

-- name: on AssignmentOpened, AssignmentArbitrated, ExtensionGranted, HandlingRejected, DueNoted  (each sets the day)
UPDATE promises p SET due = last.due
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'due')::date AS due
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentArbitrated', 'ExtensionGranted', 'HandlingRejected', 'DueNoted')
         ORDER BY stream, position DESC) last
 WHERE p.assignment_id = last.stream;

-- name: on AssignmentOpened, AssignmentArbitrated, ExtensionGranted, HandlingRejected, DueNoted, PauseNoted
UPDATE promises p SET paused = (last.type = 'PauseNoted')
  FROM (SELECT DISTINCT ON (stream) stream, type
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentArbitrated', 'ExtensionGranted', 'HandlingRejected', 'DueNoted',
                        'PauseNoted')
         ORDER BY stream, position DESC) last
 WHERE p.assignment_id = last.stream;

-- name: on AssignmentOpened, AssignmentAccepted, AssignmentArbitrated, AssignmentReturned, HandlingReplied, HandlingRejected
UPDATE promises p SET state = last.state, result_class = last.result_class, since = last.at
  FROM (SELECT DISTINCT ON (stream) stream, at, data->>'result_class' AS result_class,
               CASE type WHEN 'AssignmentOpened' THEN 'opened'
                         WHEN 'AssignmentAccepted' THEN 'accepted'
                         WHEN 'AssignmentArbitrated' THEN 'accepted'
                         WHEN 'AssignmentReturned' THEN 'returned'
                         WHEN 'HandlingReplied' THEN 'replied'
                         WHEN 'HandlingRejected' THEN 'rejected' END AS state
          FROM batch
         WHERE type IN ('AssignmentOpened', 'AssignmentAccepted', 'AssignmentArbitrated', 'AssignmentReturned',
                        'HandlingReplied', 'HandlingRejected')
         ORDER BY stream, position DESC) last
 WHERE p.assignment_id = last.stream;

-- name: on HandlingRejected
UPDATE promises p SET rejected = last.round
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'round')::integer AS round
          FROM batch
         WHERE type = 'HandlingRejected'
         ORDER BY stream, position DESC) last
 WHERE p.assignment_id = last.stream;

-- name: on OutcomeClosed
INSERT INTO closed (outcome_id)
SELECT stream FROM batch WHERE type = 'OutcomeClosed'
    ON CONFLICT DO NOTHING;

-- name: on FollowUpScheduled
INSERT INTO looks (followup_id, assignment_id, topic_id, area, places, round, kind, led_by, due)
SELECT stream, (data->>'assignment_id')::uuid, (data->>'topic_id')::uuid, area,
       area || ARRAY(SELECT left(area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits),
       (data->>'round')::integer, data->>'kind', data->>'led_by', (data->>'due')::date
  FROM batch
 WHERE type = 'FollowUpScheduled';

-- name: on FollowUpConducted
UPDATE looks l SET passed = (b.data->>'passed')::boolean
  FROM batch b
 WHERE b.type = 'FollowUpConducted' AND l.followup_id = b.stream;

-- name: in area
SELECT * FROM promises
 WHERE places && :prefixes::text[]
 ORDER BY due, assignment_id
 LIMIT :most;

-- name: overdue in area
SELECT * FROM promises
 WHERE places && :prefixes::text[] AND due < :today AND NOT paused AND state NOT IN ('replied', 'returned')
 ORDER BY due, assignment_id
 LIMIT :most;

-- name: of unit  (what it leads or assists, until the outcome is closed)
SELECT p.* FROM promises p
 WHERE p.places && :prefixes::text[] AND p.state <> 'returned'
   AND (p.lead_unit = :unit OR :unit = ANY(p.assist_units))
   AND NOT EXISTS (SELECT FROM closed c WHERE c.outcome_id = p.outcome_id)
 ORDER BY p.due, p.assignment_id
 LIMIT :most;

-- name: looks in area  (still to be taken; nobody looks at a reply that was sent back)
SELECT l.*, p.text, p.lead_unit
  FROM looks l JOIN promises p USING (assignment_id)
 WHERE l.places && :prefixes::text[] AND l.passed IS NULL AND l.round > p.rejected
 ORDER BY l.due, l.followup_id
 LIMIT :most;
