-- The polls of matters. Of ballots nothing is heard here, so nothing can be told before the count.
-- People name a poll by eight digits that follow from its id; two polls may share them.

-- name: tables
CREATE TABLE polls (
  evaluation_id  uuid        PRIMARY KEY,
  number         text        NOT NULL,
  topic_id       uuid        NOT NULL,
  area           text        NOT NULL,
  charter        text        NOT NULL,
  of             text        NOT NULL,
  subject_id     uuid        NOT NULL,
  forum          text        NOT NULL,
  voters         text[]      NOT NULL,
  handling_units text[]      NOT NULL,
  poll_ends      timestamptz NOT NULL,
  opened_at      timestamptz NOT NULL,
  state          text        NOT NULL,
  taken          integer,
  polled         integer,
  counts         json,
  verdict        text,
  recounts       integer     NOT NULL DEFAULT 0,
  stands         boolean     NOT NULL DEFAULT true
);
CREATE INDEX polls_number ON polls (number);
CREATE INDEX polls_topic ON polls (topic_id);

-- name: on EvaluationOpened
INSERT INTO polls (evaluation_id, number, topic_id, area, charter, of, subject_id, forum, voters, handling_units, poll_ends,
                   opened_at, state)
SELECT stream, lpad((('x' || right(stream::text, 7))::bit(28)::bigint % 100000000)::text, 8, '0'), (data->>'topic_id')::uuid,
       area, charter, data->>'of', (data->>'subject_id')::uuid, data->>'forum',
       ARRAY(SELECT json_array_elements_text(data->'voters')), ARRAY(SELECT json_array_elements_text(data->'handling_units')),
       (data->>'poll_ends')::timestamptz, at, type
  FROM batch
 WHERE type = 'EvaluationOpened';

-- name: on PollOpened, EvaluationTallied, EvaluationReported  (in this order; a recount changes nothing)
UPDATE polls p SET state = last.type
  FROM (SELECT DISTINCT ON (stream) stream, type
          FROM batch
         WHERE type IN ('PollOpened', 'EvaluationTallied', 'EvaluationReported')
         ORDER BY stream, position DESC) last
 WHERE p.evaluation_id = last.stream;

-- name: on EvaluationTallied
UPDATE polls p
   SET taken = (b.data->>'taken')::integer, polled = (b.data->>'cast')::integer, counts = b.data->'counts',
       verdict = b.data->>'verdict'
  FROM batch b
 WHERE b.type = 'EvaluationTallied' AND p.evaluation_id = b.stream;

-- name: on EvaluationRecounted
UPDATE polls p SET recounts = p.recounts + again.n, stands = p.stands AND again.same
  FROM (SELECT stream, count(*) AS n, bool_and((data->>'same')::boolean) AS same
          FROM batch
         WHERE type = 'EvaluationRecounted'
         GROUP BY stream) again
 WHERE p.evaluation_id = again.stream;

-- name: one
SELECT evaluation_id, number, topic_id, area, charter, of, forum, voters, handling_units, poll_ends, opened_at, state, taken,
       polled, counts::text AS counts, verdict, recounts, stands
  FROM polls
 WHERE evaluation_id = :evaluation_id;

-- name: numbered
SELECT evaluation_id, number, topic_id, area, charter, of, forum, poll_ends, state FROM polls
 WHERE number = :number
 ORDER BY opened_at DESC
 LIMIT 9;

-- name: of topic
SELECT evaluation_id, number, of, forum, poll_ends, opened_at, state, verdict, charter FROM polls
 WHERE topic_id = :topic_id
 ORDER BY opened_at DESC, evaluation_id;
