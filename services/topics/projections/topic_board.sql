-- Which leads lie on the screening desk, and how far each topic is. Facts of topics only.

-- name: tables
CREATE TABLE leads (
  lead_id    uuid        PRIMARY KEY,
  area       text        NOT NULL,
  places     text[]      NOT NULL,  -- the patterns that fit the area
  title      text        NOT NULL,
  origin     text        NOT NULL,
  personal   boolean     NOT NULL,
  proxy      boolean     NOT NULL,
  words      text        NOT NULL,  -- sealed
  contact    text        NOT NULL,  -- sealed
  receipt    text        NOT NULL,
  state      text        NOT NULL,
  since      timestamptz NOT NULL,
  reason     text,
  to_unit    text,
  receipt_no text,
  place      text        NOT NULL,
  photos     text[]      NOT NULL,
  split_from uuid,
  into_lead  uuid,                  -- which it goes on as part of
  joined     integer     NOT NULL   -- how many go on as part of it
);
CREATE INDEX leads_places ON leads USING gin (places);
CREATE INDEX leads_receipt ON leads (receipt);
CREATE TABLE topics (
  topic_id uuid        PRIMARY KEY,
  area     text        NOT NULL,
  places   text[]      NOT NULL,
  title    text        NOT NULL,
  summary  text        NOT NULL,
  origin   text        NOT NULL,
  proposer text        NOT NULL,
  lead_id  uuid,
  state    text        NOT NULL,
  since    timestamptz NOT NULL,
  reason   text,
  met      text[]      NOT NULL,
  unmet    text[]      NOT NULL,
  excluded text,
  told     text[]      NOT NULL,
  agreed   text[]      NOT NULL,
  posted   text[]      NOT NULL,
  claimed  text,                    -- by which group
  planned  integer,                 -- in the plan of which year
  round    integer     NOT NULL DEFAULT 1
);
CREATE INDEX topics_places ON topics USING gin (places);

-- name: on LeadSubmitted
INSERT INTO leads (lead_id, area, places, title, origin, personal, proxy, words, contact, receipt, state, since,
                   place, photos, split_from, joined)
SELECT stream, area,
       area || ARRAY(SELECT left(area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits),
       data->>'title', data->>'origin', (data->>'personal')::boolean, (data->>'proxy')::boolean,
       data->>'words', data->>'contact', data->>'receipt', 'submitted', at,
       data->>'place', ARRAY(SELECT json_array_elements_text(data->'photos')), (data->>'split_from')::uuid, 0
  FROM batch
 WHERE type = 'LeadSubmitted';

-- name: on LeadResubmitted  (words and contact left empty stay as they are)
UPDATE leads l SET title = last.title, place = last.place, photos = last.photos,
                   words = coalesce(last.words, l.words), contact = coalesce(last.contact, l.contact)
  FROM (SELECT stream, (array_agg(data->>'title' ORDER BY position DESC))[1] AS title,
               (array_agg(data->>'place' ORDER BY position DESC))[1] AS place,
               string_to_array(translate((array_agg(data->>'photos' ORDER BY position DESC))[1], '[]"', ''), ',') AS photos,
               (array_agg(data->>'words' ORDER BY position DESC) FILTER (WHERE data->>'words' <> ''))[1] AS words,
               (array_agg(data->>'contact' ORDER BY position DESC) FILTER (WHERE data->>'contact' <> ''))[1] AS contact
          FROM batch
         WHERE type = 'LeadResubmitted'
         GROUP BY stream) last
 WHERE l.lead_id = last.stream;

-- name: on LeadScreenedOut, PersonalAppealTransferred, LeadReturnedForFix, LeadMerged, LeadUnmerged, LeadSplit
UPDATE leads l SET reason = last.reason, to_unit = last.to_unit, into_lead = last.into_lead
  FROM (SELECT DISTINCT ON (stream) stream, data->>'reason' AS reason, data->>'to_unit' AS to_unit,
               CASE type WHEN 'LeadMerged' THEN (data->>'into')::uuid END AS into_lead
          FROM batch
         WHERE type IN ('LeadScreenedOut', 'PersonalAppealTransferred', 'LeadReturnedForFix', 'LeadMerged',
                        'LeadUnmerged', 'LeadSplit')
         ORDER BY stream, position DESC) last
 WHERE l.lead_id = last.stream;

-- name: on LeadJoined, LeadParted
UPDATE leads l SET joined = l.joined + more.leads
  FROM (SELECT stream, sum(CASE type WHEN 'LeadJoined' THEN 1 ELSE -1 END) AS leads
          FROM batch
         WHERE type IN ('LeadJoined', 'LeadParted')
         GROUP BY stream) more
 WHERE l.lead_id = more.stream;

-- name: on TransferAcknowledged
UPDATE leads l SET receipt_no = b.data->>'receipt_no'
  FROM batch b
 WHERE b.type = 'TransferAcknowledged' AND l.lead_id = b.stream;

-- name: on LeadScreenedOut, PersonalAppealTransferred, TransferAcknowledged, LeadAdopted, LeadReturnedForFix, LeadResubmitted, LeadMerged, LeadUnmerged, LeadSplit
UPDATE leads l SET state = last.state, since = last.at
  FROM (SELECT DISTINCT ON (stream) stream, at,
               CASE type WHEN 'LeadScreenedOut' THEN 'screened-out'
                         WHEN 'PersonalAppealTransferred' THEN 'transferred'
                         WHEN 'TransferAcknowledged' THEN 'acknowledged'
                         WHEN 'LeadAdopted' THEN 'adopted'
                         WHEN 'LeadReturnedForFix' THEN 'returned'
                         WHEN 'LeadMerged' THEN 'merged'
                         WHEN 'LeadSplit' THEN 'split'
                         ELSE 'submitted' END AS state
          FROM batch
         WHERE type IN ('LeadScreenedOut', 'PersonalAppealTransferred', 'TransferAcknowledged', 'LeadAdopted',
                        'LeadReturnedForFix', 'LeadResubmitted', 'LeadMerged', 'LeadUnmerged', 'LeadSplit')
         ORDER BY stream, position DESC) last
 WHERE l.lead_id = last.stream;

-- name: on TopicProposed
INSERT INTO topics (topic_id, area, places, title, summary, origin, proposer, lead_id, state, since,
                    met, unmet, told, agreed, posted)
SELECT stream, area,
       area || ARRAY(SELECT left(area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits),
       data->>'title', data->>'summary', data->>'origin', data->>'proposer', (data->>'lead_id')::uuid,
       'proposed', at, '{}', '{}', '{}', '{}', '{}'
  FROM batch
 WHERE type = 'TopicProposed';

-- name: on TopicCriteriaAssessed  (the last assessment counts)
UPDATE topics t SET met = last.met, unmet = last.unmet, excluded = last.excluded
  FROM (SELECT DISTINCT ON (stream) stream, data->>'excluded' AS excluded,
               ARRAY(SELECT key FROM json_each_text(data->'criteria') WHERE value = 'true' ORDER BY 1) AS met,
               ARRAY(SELECT key FROM json_each_text(data->'criteria') WHERE value = 'false' ORDER BY 1) AS unmet
          FROM batch
         WHERE type = 'TopicCriteriaAssessed'
         ORDER BY stream, position DESC) last
 WHERE t.topic_id = last.stream;

-- name: on TopicReportFiled
UPDATE topics t SET told = t.told || new.bodies
  FROM (SELECT stream, array_agg(data->>'to' ORDER BY position) AS bodies
          FROM batch
         WHERE type = 'TopicReportFiled'
         GROUP BY stream) new
 WHERE t.topic_id = new.stream;

-- name: on TopicReviewedByPartyBody
UPDATE topics t SET agreed = t.agreed || new.bodies
  FROM (SELECT stream, array_agg(data->>'body' ORDER BY position) AS bodies
          FROM batch
         WHERE type = 'TopicReviewedByPartyBody' AND (data->>'agrees')::boolean
         GROUP BY stream) new
 WHERE t.topic_id = new.stream;

-- name: on TopicPublicised
UPDATE topics t SET posted = t.posted || new.places
  FROM (SELECT stream, array_agg(data->>'where' ORDER BY position) AS places
          FROM batch
         WHERE type = 'TopicPublicised'
         GROUP BY stream) new
 WHERE t.topic_id = new.stream;

-- name: on TopicClaimed
UPDATE topics t SET claimed = b.data->>'group' FROM batch b WHERE b.type = 'TopicClaimed' AND t.topic_id = b.stream;

-- name: on PlanNoted
UPDATE topics t SET planned = greatest(t.planned, b.year)
  FROM (SELECT stream, max((data->>'year')::integer) AS year FROM batch WHERE type = 'PlanNoted' GROUP BY stream) b
 WHERE t.topic_id = b.stream;

-- name: on TopicReopened
UPDATE topics t SET round = greatest(t.round, b.round)
  FROM (SELECT stream, max((data->>'round')::integer) AS round FROM batch WHERE type = 'TopicReopened' GROUP BY stream) b
 WHERE t.topic_id = b.stream;

-- name: on TopicApproved, TopicReturned, TopicWithdrawn, TopicClosed, TopicEnded, TopicReopened
UPDATE topics t SET state = last.state, since = last.at, reason = last.reason
  FROM (SELECT DISTINCT ON (stream) stream, at, data->>'reason' AS reason,
               CASE type WHEN 'TopicApproved' THEN 'approved'
                         WHEN 'TopicReturned' THEN 'returned'
                         WHEN 'TopicWithdrawn' THEN 'withdrawn'
                         WHEN 'TopicClosed' THEN 'closed'
                         WHEN 'TopicEnded' THEN 'ended'
                         WHEN 'TopicReopened' THEN 'approved' END AS state
          FROM batch
         WHERE type IN ('TopicApproved', 'TopicReturned', 'TopicWithdrawn', 'TopicClosed', 'TopicEnded',
                        'TopicReopened')
         ORDER BY stream, position DESC) last
 WHERE t.topic_id = last.stream;

-- name: leads in area  (the longest waiting first)
SELECT * FROM leads
 WHERE places && :prefixes::text[] AND (:state::text IS NULL OR state = :state::text)
 ORDER BY since, lead_id
 LIMIT :most;

-- name: similar leads  (of the pairs of neighbouring characters in both titles, the share that both have)
WITH asked AS (
  SELECT DISTINCT substr(said.plain, n, 2) AS pair
    FROM (SELECT regexp_replace(:title::text, '[[:space:],。、;:!?“”()《》]', '', 'g') AS plain) said,
         generate_series(1, length(said.plain) - 1) AS n
),

alike AS (
  SELECT l.lead_id, l.area, l.title, l.state, l.since, l.joined, common.pairs,
         (200 * cardinality(common.pairs) / (common.asked + length(l.title) - 1))::integer AS percent
    FROM leads l
   CROSS JOIN LATERAL (SELECT count(*) AS asked,
                              array_agg(pair ORDER BY strpos(l.title, pair), pair)
                                FILTER (WHERE strpos(l.title, pair) > 0) AS pairs
                         FROM asked) common
   WHERE l.places && :prefixes::text[] AND l.state IN ('submitted', 'returned', 'adopted')
)

SELECT * FROM alike WHERE percent >= :percent_min ORDER BY percent DESC, since, lead_id LIMIT :most;

-- name: lead by receipt
SELECT l.lead_id, l.title, l.state, l.since, l.reason, l.to_unit, l.receipt_no, t.topic_id, t.state AS topic_state
  FROM leads l LEFT JOIN topics t ON t.lead_id = coalesce(l.into_lead, l.lead_id)
 WHERE l.receipt = :receipt;

-- name: topics in area  (the latest step first)
SELECT * FROM topics
 WHERE places && :prefixes::text[] AND (:state::text IS NULL OR state = :state::text)
 ORDER BY since DESC, topic_id
 LIMIT :most;

-- name: one topic
SELECT * FROM topics WHERE topic_id = :topic_id;
