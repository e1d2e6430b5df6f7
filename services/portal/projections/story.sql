-- The story of one matter: every fact, one row each, and which streams belong to which matter.
-- A matter is a topic, or a lead as long as no topic came of it. Facts and links are only ever
-- added, so neither the cut of the batches nor the order of the sources matters.

-- name: tables
CREATE TABLE facts (
  source      text        NOT NULL,
  position    bigint      NOT NULL,
  stream      uuid        NOT NULL,
  category    text        NOT NULL,
  revision    integer     NOT NULL,
  id          uuid        NOT NULL,
  type        text        NOT NULL,
  area        text        NOT NULL,
  charter     text        NOT NULL,
  actor       text        NOT NULL,
  at          timestamptz NOT NULL,
  correlation uuid        NOT NULL,
  data        json        NOT NULL,
  PRIMARY KEY (source, position)
);
CREATE INDEX facts_stream ON facts (stream);
CREATE INDEX facts_id ON facts (id);
CREATE INDEX facts_deviation ON facts ((data->>'topic_id')) WHERE type = 'CharterDeviationRecorded';
CREATE INDEX facts_shown ON facts (area, at)  -- what offices are assessed by, see 'shown in areas'
 WHERE type IN ('VenueEstablished', 'VenueStandardChecked', 'TopicApproved', 'PlanIssued', 'ResearchPlanned',
                'ResearchReportFiled', 'MeetingHeld', 'TalentAdmitted', 'MinutesIssued', 'OutcomeAdopted',
                'HandlingReplied', 'HandlingRejected', 'FollowUpConducted', 'CasePublished', 'MediaReported',
                'DeadlineBreached');
CREATE TABLE links (
  matter_id uuid NOT NULL,
  stream    uuid NOT NULL,
  PRIMARY KEY (matter_id, stream)
);
CREATE INDEX links_stream ON links (stream);

-- name: on *
INSERT INTO facts
SELECT source, position, stream, category, revision, id, type, area, charter, actor, at,
       correlation, data
  FROM batch;

-- name: on LeadSubmitted, TopicProposed, ResearchPlanned, ResearchNoted, ConsultationPlanned, MinutesDrafted, ResearchReportNoted, AssignmentOpened, FollowUpScheduled, HandlingRated, EvaluationOpened, CaseDrafted, DrawOpened, DeadlineSet, NoticeSent
INSERT INTO links (matter_id, stream)
SELECT DISTINCT coalesce(data->>'topic_id', data->>'lead_id')::uuid, stream
  FROM batch
 WHERE type IN ('LeadSubmitted', 'TopicProposed', 'ResearchPlanned', 'ResearchNoted', 'ConsultationPlanned',
                'MinutesDrafted', 'ResearchReportNoted', 'AssignmentOpened', 'FollowUpScheduled', 'HandlingRated', 'EvaluationOpened',
                'CaseDrafted', 'DrawOpened', 'DeadlineSet', 'NoticeSent')
   AND coalesce(data->>'topic_id', data->>'lead_id') IS NOT NULL
    ON CONFLICT DO NOTHING;

-- name: on TopicProposed  (what was said of the lead belongs to the topic that came of it)
INSERT INTO links (matter_id, stream)
SELECT DISTINCT (data->>'topic_id')::uuid, (data->>'lead_id')::uuid
  FROM batch
 WHERE type = 'TopicProposed' AND data->>'lead_id' IS NOT NULL
    ON CONFLICT DO NOTHING;

-- name: of matter  (ballots are nobody's to look at; where a charter was left is told in the charter's own stream)
SELECT f.source, f.position, f.stream, f.category, f.revision, f.type, f.area, f.charter, f.actor,
       f.at, f.data::text AS data
  FROM (SELECT f.* FROM facts f JOIN links l USING (stream)
         WHERE l.matter_id = :matter_id AND f.type NOT IN ('BallotTaken', 'BallotCast')
         UNION ALL
        SELECT d.* FROM facts d
         WHERE d.type = 'CharterDeviationRecorded' AND d.data->>'topic_id' = (:matter_id::uuid)::text) f
 ORDER BY f.at, array_position('{topics,meetings,outcomes,notify}'::text[], f.source), f.position
 LIMIT :most;

-- name: of matters  (enough of each fact to know what is to be done next)
SELECT l.matter_id, f.source, f.position, f.stream, f.category, f.revision, f.type, f.area,
       f.charter, f.actor, f.at, f.data::text AS data
  FROM facts f JOIN links l USING (stream)
 WHERE l.matter_id = ANY(:matter_ids::uuid[]) AND f.category NOT IN ('notice', 'deadline')
   AND f.type NOT IN ('BallotTaken', 'BallotCast')
 ORDER BY f.at, array_position('{topics,meetings,outcomes,notify}'::text[], f.source), f.position;

-- name: of kinds  (the streams of some aggregates of a matter, in the order of time)
SELECT f.source, f.position, f.stream, f.category, f.revision, f.type, f.area, f.charter, f.actor,
       f.at, f.data::text AS data
  FROM facts f JOIN links l USING (stream)
 WHERE l.matter_id = :matter_id AND f.category = ANY(:categories::text[])
   AND f.type NOT IN ('BallotTaken', 'BallotCast')
 ORDER BY f.at, array_position('{topics,meetings,outcomes,notify}'::text[], f.source), f.position
 LIMIT :most;

-- name: of streams
SELECT stream, area, data::text AS data FROM facts WHERE stream = ANY(:streams::uuid[]);

-- name: how much of matters  (a topic that came of a lead counts as one more of the lead)
SELECT l.matter_id, count(*) + (SELECT count(*) FROM links t WHERE t.stream = l.matter_id AND t.matter_id <> l.matter_id) AS n
  FROM links l JOIN facts f USING (stream)
 WHERE l.matter_id = ANY(:matter_ids::uuid[])
 GROUP BY l.matter_id;

-- name: matters of facts  (evidence names a fact, or a whole stream)
SELECT f.id, min(l.matter_id::text)::uuid AS matter_id
  FROM facts f JOIN links l USING (stream)
 WHERE f.id = ANY(:ids::uuid[])
 GROUP BY f.id
 UNION
SELECT l.stream, min(l.matter_id::text)::uuid FROM links l WHERE l.stream = ANY(:ids::uuid[]) GROUP BY l.stream;

-- name: facts named
SELECT f.id, f.type, f.area, f.at, (SELECT min(l.matter_id::text)::uuid FROM links l WHERE l.stream = f.stream) AS matter_id
  FROM facts f
 WHERE f.id = ANY(:ids::uuid[]);

-- name: shown in areas  (by which an office may be assessed: those that name it, or all; the latest first)
SELECT f.id, f.type, f.area, f.at, (SELECT min(l.matter_id::text)::uuid FROM links l WHERE l.stream = f.stream) AS matter_id
  FROM unnest(:prefixes::text[]) AS here
  JOIN facts f ON f.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
 WHERE f.type IN ('VenueEstablished', 'VenueStandardChecked', 'TopicApproved', 'PlanIssued', 'ResearchPlanned',
                  'ResearchReportFiled', 'MeetingHeld', 'TalentAdmitted', 'MinutesIssued', 'OutcomeAdopted',
                  'HandlingReplied', 'HandlingRejected', 'FollowUpConducted', 'CasePublished', 'MediaReported',
                  'DeadlineBreached')
   AND f.at >= :since AND f.at < :until
   AND (:name::text = '' OR strpos(f.data::text, '"' || :name::text || '"') > 0)
 ORDER BY f.at DESC, f.id
 LIMIT :most;
