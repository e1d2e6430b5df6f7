-- A row per matter, and how often and when each kind of fact was said about it. The row belongs to
-- topics alone; marks carry their source in the key and add up. Stages are read from the marks.
-- No two :prefixes fit the same area, so a matter is joined once, by an index over all codes that a pattern fits.

-- name: tables
CREATE TABLE matters (
  matter_id uuid        PRIMARY KEY,
  kind      text        NOT NULL,
  area      text        NOT NULL,
  charter   text        NOT NULL,
  title     text        NOT NULL,
  lead_id   uuid,
  opened_by text        NOT NULL,
  opened_at timestamptz NOT NULL,
  receipt   text,
  state     text        NOT NULL,
  state_at  timestamptz NOT NULL
);
CREATE INDEX matters_area ON matters (area, opened_at);
CREATE INDEX matters_lead ON matters (lead_id);
CREATE INDEX matters_receipt ON matters (receipt);
CREATE TABLE threads (
  stream    uuid PRIMARY KEY,
  matter_id uuid NOT NULL
);
CREATE TABLE marks (
  matter_id uuid        NOT NULL,
  source    text        NOT NULL,
  type      text        NOT NULL,
  detail    text        NOT NULL,
  year      integer     NOT NULL,
  n         bigint      NOT NULL,
  first_at  timestamptz NOT NULL,
  last_at   timestamptz NOT NULL,
  PRIMARY KEY (matter_id, source, type, detail, year)
);

-- name: on LeadSubmitted
INSERT INTO matters (matter_id, kind, area, charter, title, opened_by, opened_at, receipt, state, state_at)
SELECT stream, 'lead', area, charter, data->>'title', data->>'submitter', at, data->>'receipt', type, at AS state_at
  FROM batch
 WHERE type = 'LeadSubmitted';

-- name: on TopicProposed
INSERT INTO matters (matter_id, kind, area, charter, title, lead_id, opened_by, opened_at, state, state_at)
SELECT stream, 'topic', area, charter, data->>'title', (data->>'lead_id')::uuid, data->>'proposer', at, type, at AS state_at
  FROM batch
 WHERE type = 'TopicProposed';

-- name: on LeadReturnedForFix, LeadResubmitted, LeadMerged, LeadUnmerged, LeadSplit, LeadAdopted, LeadScreenedOut, PersonalAppealTransferred, TransferAcknowledged, TopicApproved, TopicReturned, TopicWithdrawn, TopicClosed, TopicEnded, TopicReopened
UPDATE matters m
   SET state = CASE WHEN last.type IN ('LeadResubmitted', 'LeadUnmerged') THEN 'LeadSubmitted' ELSE last.type END,
       state_at = last.at
  FROM (SELECT DISTINCT ON (stream) stream, type, at
          FROM batch
         WHERE type IN ('LeadReturnedForFix', 'LeadResubmitted', 'LeadMerged', 'LeadUnmerged', 'LeadSplit', 'LeadAdopted',
                        'LeadScreenedOut', 'PersonalAppealTransferred', 'TransferAcknowledged', 'TopicApproved',
                        'TopicReturned', 'TopicWithdrawn', 'TopicClosed', 'TopicEnded', 'TopicReopened')
         ORDER BY stream, position DESC) last
 WHERE m.matter_id = last.stream;

-- name: on LeadResubmitted  (completed, it may be called otherwise)
UPDATE matters m SET title = last.title
  FROM (SELECT DISTINCT ON (stream) stream, data->>'title' AS title
          FROM batch WHERE type = 'LeadResubmitted' ORDER BY stream, position DESC) last
 WHERE m.matter_id = last.stream;

-- name: on LeadSubmitted, TopicProposed, ResearchPlanned, ResearchNoted, ConsultationPlanned, MinutesDrafted, ResearchReportNoted, AssignmentOpened, FollowUpScheduled, HandlingRated, EvaluationOpened, CaseDrafted, DrawOpened, DeadlineSet, NoticeSent
INSERT INTO threads (stream, matter_id)
SELECT DISTINCT ON (stream) stream, coalesce(data->>'topic_id', data->>'lead_id')::uuid
  FROM batch
 WHERE type IN ('LeadSubmitted', 'TopicProposed', 'ResearchPlanned', 'ResearchNoted', 'ConsultationPlanned',
                'MinutesDrafted', 'ResearchReportNoted', 'AssignmentOpened', 'FollowUpScheduled', 'HandlingRated', 'EvaluationOpened',
                'CaseDrafted', 'DrawOpened', 'DeadlineSet', 'NoticeSent')
   AND coalesce(data->>'topic_id', data->>'lead_id') IS NOT NULL
 ORDER BY stream, position
    ON CONFLICT DO NOTHING;

-- name: on *  (what a stream says first names its matter; the rest is found by the thread)
INSERT INTO marks (matter_id, source, type, detail, year, n, first_at, last_at)
SELECT t.matter_id, b.source, b.type,
       CASE b.type WHEN 'FeedbackGiven' THEN b.data->>'to' ELSE '' END AS detail,
       extract(YEAR FROM b.at AT TIME ZONE 'Asia/Shanghai')::integer AS year,
       count(*), min(b.at), max(b.at)
  FROM batch b JOIN threads t USING (stream)
 GROUP BY t.matter_id, b.source, b.type, detail, year
    ON CONFLICT (matter_id, source, type, detail, year) DO UPDATE
   SET n = marks.n + excluded.n,
       first_at = least(marks.first_at, excluded.first_at),
       last_at = greatest(marks.last_at, excluded.last_at);

-- name: one
SELECT * FROM matters WHERE matter_id = :matter_id;

-- name: titled
SELECT matter_id, title FROM matters WHERE matter_id = ANY(:matter_ids::uuid[]);

-- name: titles in areas  (of leads; one that became a topic counts under the words it was brought in)
SELECT title, area FROM matters WHERE area = ANY(:areas::text[]) AND kind = 'lead';

-- name: of stream  (the matter that it belongs to)
SELECT matter_id FROM threads WHERE stream = :stream;

-- name: topic of lead
SELECT matter_id FROM matters WHERE lead_id = :lead_id;

-- name: leads of account
SELECT matter_id, title, area, receipt, state, opened_at
  FROM matters WHERE kind = 'lead' AND opened_by = :account
 ORDER BY opened_at DESC, matter_id;

-- name: by receipt
SELECT matter_id FROM matters WHERE receipt = :receipt;

-- name: in area  (without the leads that became topics, unless that is what is asked for)
SELECT m.matter_id, m.kind, m.area, m.charter, m.title, m.opened_at, m.receipt, m.state, m.state_at,
       count(*) OVER () AS found
  FROM unnest(:prefixes::text[]) AS here
  JOIN matters m ON m.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
 WHERE (:states::text[] = '{}' OR m.state = ANY(:states::text[]))
   AND (:title::text = '' OR strpos(m.title, :title::text) > 0)
   AND (:type::text = '' AND m.state <> 'LeadAdopted'
        OR EXISTS (SELECT FROM marks k
                    WHERE k.matter_id = m.matter_id AND k.type = :type::text AND k.year = :year))
 ORDER BY m.opened_at DESC, m.matter_id
 LIMIT :most OFFSET :skipped;

-- name: leads alike  (open ones whose titles share most of these pairs of signs)
SELECT m.matter_id, m.area, m.title, m.state, m.opened_at AS since
  FROM unnest(:prefixes::text[]) AS here
  JOIN matters m ON m.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
 CROSS JOIN LATERAL (SELECT lower(normalize(m.title, nfkc)) AS words) w
 CROSS JOIN LATERAL (SELECT count(*) AS shared FROM unnest(:pairs::text[]) AS pair WHERE strpos(w.words, pair) > 0) s
 WHERE m.state IN ('LeadSubmitted', 'LeadReturnedForFix') AND s.shared > 0
 ORDER BY s.shared DESC, m.opened_at DESC, m.matter_id
 LIMIT :most;

-- name: marks of matters
SELECT matter_id, type, detail, sum(n)::bigint AS n, min(first_at) AS first_at, max(last_at) AS last_at
  FROM marks
 WHERE matter_id = ANY(:matter_ids::uuid[])
 GROUP BY matter_id, type, detail;

-- name: going on in area  (what was taken up again is consulted on like what was approved)
SELECT CASE state WHEN 'TopicReopened' THEN 'TopicApproved' ELSE state END AS state, count(*) AS n
  FROM unnest(:prefixes::text[]) AS here
  JOIN matters m ON m.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
 WHERE m.state IN ('LeadSubmitted', 'TopicProposed', 'TopicApproved', 'TopicReopened')
 GROUP BY 1;

-- name: not ended  (page by page: what comes after a matter)
SELECT matter_id, area, charter, title, state, state_at
  FROM matters
 WHERE matter_id > :after
   AND state NOT IN ('LeadAdopted', 'LeadScreenedOut', 'LeadMerged', 'LeadSplit', 'TransferAcknowledged',
                     'TopicReturned', 'TopicWithdrawn', 'TopicClosed', 'TopicEnded')
 ORDER BY matter_id
 LIMIT :most;
