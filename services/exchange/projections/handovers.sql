-- What agencies handed over, what became of each, and which of it they were told. What is told of a
-- topic is what exchange itself said of it aloud; of a lead, its steps as topics said them.

-- name: tables
CREATE TABLE handovers (
  handover_id uuid        PRIMARY KEY,
  agency_id   uuid        NOT NULL,
  agency      text        NOT NULL,
  area        text        NOT NULL,
  number      text        NOT NULL,
  title       text        NOT NULL,
  matter      text        NOT NULL,
  again       boolean     NOT NULL,
  same_as     uuid,
  received_at timestamptz NOT NULL,
  position    bigint      NOT NULL
);
CREATE INDEX handovers_position ON handovers (position);
CREATE INDEX handovers_agency ON handovers (agency_id, received_at);
CREATE INDEX handovers_area ON handovers (area, received_at);
CREATE INDEX handovers_matter ON handovers (matter);
CREATE INDEX handovers_lead ON handovers ((coalesce(same_as, handover_id)));
CREATE TABLE told (
  handover_id uuid        NOT NULL,
  cause       text        NOT NULL,
  step        text        NOT NULL,
  told        json        NOT NULL,
  topic_id    uuid,
  happened_at timestamptz NOT NULL,
  position    bigint      NOT NULL,
  PRIMARY KEY (handover_id, cause)
);
CREATE TABLE happened (
  source   text        NOT NULL,
  position bigint      NOT NULL,
  matter   uuid        NOT NULL,  -- a lead or a topic
  step     text        NOT NULL,
  told     json        NOT NULL,
  topic_id uuid,
  at       timestamptz NOT NULL,
  PRIMARY KEY (source, position)
);
CREATE INDEX happened_matter ON happened (matter);
CREATE TABLE paths (
  of_matter uuid    NOT NULL,
  to_matter uuid    NOT NULL,  -- as which, or as part of which, it goes on
  goes_on   boolean NOT NULL,
  position  bigint  NOT NULL,  -- of topics: where that was said last
  PRIMARY KEY (of_matter, to_matter)
);
CREATE INDEX paths_back ON paths (to_matter) WHERE goes_on;
CREATE INDEX paths_position ON paths (position);

-- name: on MatterHandedOver
INSERT INTO handovers (handover_id, agency_id, agency, area, number, title, matter, again, same_as, received_at, position)
SELECT stream, (data->>'agency_id')::uuid, data->>'agency', area, data->>'number', data->>'title', data->>'matter',
       (data->>'again')::boolean, (data->>'same_as')::uuid, at AS received_at, position
  FROM batch
 WHERE type = 'MatterHandedOver';

-- name: on MatterCompleted
UPDATE handovers h SET title = last.title, matter = last.matter
  FROM (SELECT DISTINCT ON (stream) stream, data->>'title' AS title, data->>'matter' AS matter
          FROM batch
         WHERE type = 'MatterCompleted'
         ORDER BY stream, position DESC) last
 WHERE h.handover_id = last.stream;

-- name: on HandoverAdvanced
INSERT INTO told (handover_id, cause, step, told, topic_id, happened_at, position)
SELECT stream, data->>'cause', data->>'step', data->'told', (data->>'topic_id')::uuid,
       (data->>'happened_at')::timestamptz, position
  FROM batch
 WHERE type = 'HandoverAdvanced';

-- name: on LeadSubmitted, LeadReturnedForFix, LeadResubmitted, LeadMerged, LeadUnmerged, LeadSplit, LeadScreenedOut, PersonalAppealTransferred, TransferAcknowledged, LeadAdopted
INSERT INTO happened (source, position, matter, step, told, topic_id, at)
SELECT source, position, stream,
       CASE type WHEN 'LeadSubmitted' THEN 'accepted' WHEN 'LeadReturnedForFix' THEN 'returned'
         WHEN 'LeadResubmitted' THEN 'completed' WHEN 'LeadMerged' THEN 'merged' WHEN 'LeadUnmerged' THEN 'unmerged'
         WHEN 'LeadSplit' THEN 'split' WHEN 'LeadScreenedOut' THEN 'screened-out'
         WHEN 'PersonalAppealTransferred' THEN 'transferred' WHEN 'TransferAcknowledged' THEN 'acknowledged'
         ELSE 'adopted' END,
       json_strip_nulls(json_build_object(
         'reason', CASE WHEN type IN ('LeadReturnedForFix', 'LeadScreenedOut', 'PersonalAppealTransferred')
                         AND data->>'submitter' LIKE 'agency:%'
                        THEN data->>'reason' END,
         'unit', data->>'to_unit', 'number', data->>'receipt_no',
         'title', CASE type WHEN 'LeadAdopted' THEN data->>'title' END)),
       NULL, at
  FROM batch
 WHERE type IN ('LeadSubmitted', 'LeadReturnedForFix', 'LeadResubmitted', 'LeadMerged', 'LeadUnmerged', 'LeadSplit',
                'LeadScreenedOut', 'PersonalAppealTransferred', 'TransferAcknowledged', 'LeadAdopted');

-- name: on LeadMerged, LeadUnmerged
INSERT INTO paths (of_matter, to_matter, goes_on, position)
SELECT DISTINCT ON (stream, data->>'into') stream, (data->>'into')::uuid, type = 'LeadMerged', position
  FROM batch
 WHERE type IN ('LeadMerged', 'LeadUnmerged')
 ORDER BY stream, data->>'into', position DESC
    ON CONFLICT (of_matter, to_matter) DO UPDATE SET goes_on = excluded.goes_on, position = excluded.position;

-- name: on LeadSplit
INSERT INTO paths (of_matter, to_matter, goes_on, position)
SELECT stream, (part->>'lead_id')::uuid, TRUE, position
  FROM batch, json_array_elements(data->'parts') AS part
 WHERE type = 'LeadSplit'
    ON CONFLICT (of_matter, to_matter) DO NOTHING;

-- name: on TopicProposed  (the topic of a lead, as topics tells it)
INSERT INTO paths (of_matter, to_matter, goes_on, position)
SELECT (data->>'lead_id')::uuid, stream, TRUE, position
  FROM batch
 WHERE type = 'TopicProposed' AND source = 'topics' AND data->>'lead_id' IS NOT NULL
    ON CONFLICT (of_matter, to_matter) DO NOTHING;

-- name: on *  (whatever was said aloud of a topic)
INSERT INTO happened (source, position, matter, step, told, topic_id, at)
SELECT source, position, stream AS matter,
       CASE type WHEN 'TopicClosed' THEN 'closed' WHEN 'TopicEnded' THEN 'ended' ELSE 'published' END,
       json_strip_nulls(json_build_object('type', type, 'title', data->>'title')),
       stream AS topic_id, (data->>'happened_at')::timestamptz
  FROM batch
 WHERE source = 'exchange' AND category = 'publication' AND type <> 'FactHeldBack';

-- name: to be told  (each step that was not told yet, of what was handed over or goes on since these positions)
-- How much moved is not to be foreseen: OFFSET 0 has each of it looked up by itself, and no table read through.
WITH RECURSIVE moved (matter) AS (
  SELECT matter FROM happened WHERE source = 'topics' AND position > :after_topics::bigint
   UNION
  SELECT matter FROM happened WHERE source = 'exchange' AND position > :after_exchange::bigint
   UNION
  SELECT of_matter FROM paths WHERE position > :after_topics::bigint
), back (matter) AS (
  SELECT matter FROM moved WHERE :after_exchange::bigint > 0  -- At first all are looked at anyway.
   UNION
  SELECT p.of_matter
    FROM back b
   CROSS JOIN LATERAL (SELECT of_matter FROM paths
                        WHERE to_matter = b.matter AND goes_on ORDER BY of_matter OFFSET 0) p
), whose (handover_id, matter) AS (
  SELECT handover_id, coalesce(same_as, handover_id) FROM handovers WHERE position > :after_exchange::bigint
   UNION
  SELECT h.handover_id, b.matter
    FROM back b
   CROSS JOIN LATERAL (SELECT handover_id FROM handovers
                        WHERE coalesce(same_as, handover_id) = b.matter ORDER BY handover_id OFFSET 0) h
), reach (handover_id, matter) AS (
  SELECT handover_id, matter FROM whose
   UNION
  SELECT r.handover_id, p.to_matter
    FROM reach r
   CROSS JOIN LATERAL (SELECT to_matter FROM paths
                        WHERE of_matter = r.matter AND goes_on ORDER BY to_matter OFFSET 0) p
)
SELECT r.handover_id, h.source || ':' || h.position AS cause, h.step, h.told::text AS told, h.topic_id, h.at,
       r.handover_id::text || '/' || h.source || ':' || h.position AS clock
  FROM reach r
 CROSS JOIN LATERAL (SELECT * FROM happened WHERE matter = r.matter ORDER BY position OFFSET 0) h
 WHERE NOT EXISTS (SELECT FROM told t
                    WHERE t.handover_id = r.handover_id AND t.cause = h.source || ':' || h.position)
 ORDER BY h.at, h.source, h.position, r.handover_id
 LIMIT :most;

-- name: same matter  (who was first with it)
SELECT handover_id, received_at FROM handovers
 WHERE matter = :matter AND same_as IS NULL AND NOT again
 ORDER BY received_at, handover_id
 LIMIT 1;

-- name: of agency  (the newest first; of all steps, or where this one was the last)
SELECT h.handover_id, h.agency_id, h.agency, h.area, h.number, h.title, h.same_as, h.received_at,
       l.step, l.happened_at AS step_at,
       ARRAY(SELECT DISTINCT t.told->>'type' FROM told t
              WHERE t.handover_id = h.handover_id AND t.told->>'type' IS NOT NULL
              ORDER BY 1) AS said
  FROM handovers h
  LEFT JOIN LATERAL (SELECT t.step, t.happened_at FROM told t WHERE t.handover_id = h.handover_id
                      ORDER BY t.happened_at DESC, t.position DESC LIMIT 1) l ON TRUE
 WHERE h.agency_id = :agency_id
   AND (:step::text = '' OR coalesce(l.step, 'received') = :step::text)
   AND (:text::text = '' OR strpos(lower(h.title || ' ' || h.number), lower(:text::text)) > 0)
 ORDER BY h.received_at DESC, h.handover_id
 LIMIT :most OFFSET :skipped;

-- name: in area  (the newest first; of all agencies, or of this one)
SELECT h.handover_id, h.agency_id, h.agency, h.area, h.number, h.title, h.same_as, h.received_at,
       l.step, l.happened_at AS step_at,
       ARRAY(SELECT DISTINCT t.told->>'type' FROM told t
              WHERE t.handover_id = h.handover_id AND t.told->>'type' IS NOT NULL
              ORDER BY 1) AS said
  FROM handovers h
  LEFT JOIN LATERAL (SELECT t.step, t.happened_at FROM told t WHERE t.handover_id = h.handover_id
                      ORDER BY t.happened_at DESC, t.position DESC LIMIT 1) l ON TRUE
 WHERE EXISTS (SELECT FROM unnest(:prefixes::text[]) AS here WHERE h.area LIKE here)
   AND (:agency_id::uuid IS NULL OR h.agency_id = :agency_id::uuid)
   AND (:step::text = '' OR coalesce(l.step, 'received') = :step::text)
   AND (:text::text = '' OR strpos(lower(h.title || ' ' || h.number || ' ' || h.agency), lower(:text::text)) > 0)
 ORDER BY h.received_at DESC, h.handover_id
 LIMIT :most OFFSET :skipped;

-- name: brought  (what goes on as this matter, or as part of it; the first one first)
WITH RECURSIVE back (matter) AS (
  SELECT :matter_id::uuid AS matter
   UNION
  SELECT p.of_matter FROM back b JOIN paths p ON b.matter = p.to_matter WHERE p.goes_on
)
SELECT h.handover_id, h.agency_id, h.agency, h.area, h.number, h.title, h.same_as, h.received_at
  FROM handovers h
 WHERE coalesce(h.same_as, h.handover_id) IN (SELECT matter FROM back)
 ORDER BY h.received_at, h.handover_id
 LIMIT 100;

-- name: one
SELECT h.handover_id, h.agency_id, h.agency, h.area, h.number, h.title, h.same_as, h.received_at,
       coalesce((SELECT json_agg(json_build_object('cause', t.cause, 'step', t.step, 'told', t.told,
                                                   'topic_id', t.topic_id, 'happened_at', t.happened_at)
                                 ORDER BY t.happened_at, t.position)
                   FROM told t WHERE t.handover_id = h.handover_id), '[]')::text AS steps
  FROM handovers h
 WHERE h.handover_id = :handover_id;
