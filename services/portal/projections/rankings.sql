-- How areas and units are ranked period by period, and why: points, appeals, corrections. Facts of outcomes only.

-- name: tables
CREATE TABLE rankings (
  sheet_id     uuid        PRIMARY KEY,
  area         text        NOT NULL,
  charter      text        NOT NULL,
  period       text        NOT NULL,
  assessor     text        NOT NULL,
  subjects     json        NOT NULL,
  weights      json        NOT NULL,
  published_at timestamptz,
  appeals_until date,
  frozen_at    timestamptz
);
CREATE INDEX rankings_area ON rankings (area);
CREATE TABLE standings (  -- issue -1 was published, 0 was frozen, n is the n-th correction
  sheet_id uuid        NOT NULL,
  issue    integer     NOT NULL,
  subject  text        NOT NULL,
  total    numeric     NOT NULL,
  place    integer     NOT NULL,
  at       timestamptz NOT NULL,
  PRIMARY KEY (sheet_id, issue, subject)
);
CREATE TABLE points (
  position  bigint      PRIMARY KEY,
  sheet_id  uuid        NOT NULL,
  subject   text        NOT NULL,
  dimension text        NOT NULL,
  type      text        NOT NULL,     -- recorded, amended, appealed, turned down
  score     numeric,
  before    numeric,
  reason    text,
  evidence  uuid[]      NOT NULL,
  at        timestamptz NOT NULL
);
CREATE INDEX points_sheet ON points (sheet_id);

-- name: on SheetOpened
INSERT INTO rankings (sheet_id, area, charter, period, assessor, subjects, weights)
SELECT stream, area, charter, data->>'period', data->>'assessor', data->'subjects', data->'weights' FROM batch WHERE type = 'SheetOpened';

-- name: on AssessmentPublished
UPDATE rankings r SET published_at = b.at, appeals_until = (b.data->>'appeals_until')::date
  FROM batch b
 WHERE b.type = 'AssessmentPublished' AND r.sheet_id = b.stream;

-- name: on RankingFrozen
UPDATE rankings r SET frozen_at = b.at FROM batch b WHERE b.type = 'RankingFrozen' AND r.sheet_id = b.stream;

-- name: on AssessmentPublished, RankingFrozen, RankingCorrected  (what was fixed stays as it was)
INSERT INTO standings (sheet_id, issue, subject, total, place, at)
SELECT b.stream, CASE b.type WHEN 'AssessmentPublished' THEN -1 WHEN 'RankingFrozen' THEN 0
                             ELSE (b.data->>'number')::integer END,
       one->>'subject', (one->>'total')::numeric, (one->>'rank')::integer, b.at
  FROM batch b CROSS JOIN LATERAL json_array_elements(b.data->'standings') AS one
 WHERE b.type IN ('AssessmentPublished', 'RankingFrozen', 'RankingCorrected');

-- name: on ScoreRecorded, ScoreAmended, ScoreAppealed, AppealTurnedDown
INSERT INTO points (position, sheet_id, subject, dimension, type, score, before, reason, evidence, at)
SELECT position, stream, data->>'subject', data->>'dimension', type, (data->>'score')::numeric,
       (data->>'before')::numeric, data->>'reason',
       ARRAY(SELECT json_array_elements_text(data->'evidence')::uuid), at
  FROM batch
 WHERE type IN ('ScoreRecorded', 'ScoreAmended', 'ScoreAppealed', 'AppealTurnedDown');

-- name: rankings about  (those of the areas, and of the areas above them; once published)
SELECT sheet_id, area, charter, period, assessor, weights::text AS weights, published_at, appeals_until, frozen_at
  FROM rankings
 WHERE published_at IS NOT NULL AND (area = ANY(:above::text[]) OR area LIKE ANY(:prefixes::text[]))
 ORDER BY period DESC, area, assessor, sheet_id;

-- name: sheets of areas  (published or not: who may not know of one is not shown it)
SELECT r.sheet_id, r.area, r.charter, r.period, r.assessor, r.subjects::text AS subjects, r.published_at, r.appeals_until,
       r.frozen_at, json_array_length(r.subjects) * json_array_length(r.weights) AS places,
       (SELECT count(*)
          FROM (SELECT DISTINCT p.subject, p.dimension FROM points p
                 WHERE p.sheet_id = r.sheet_id AND p.type = 'ScoreRecorded') scored) AS filled,
       (SELECT count(*) FROM points p
         WHERE p.sheet_id = r.sheet_id AND p.type = 'ScoreAppealed'
           AND NOT EXISTS (SELECT FROM points a
                            WHERE a.sheet_id = p.sheet_id AND a.subject = p.subject AND a.dimension = p.dimension
                              AND a.type IN ('AppealTurnedDown', 'ScoreAmended') AND a.position > p.position)) AS appeals
  FROM rankings r
 WHERE r.area = ANY(:areas::text[])
 ORDER BY r.period DESC, r.assessor, r.sheet_id;

-- name: one sheet
SELECT sheet_id, area, charter, period, assessor, subjects::text AS subjects, weights::text AS weights, published_at,
       appeals_until, frozen_at
  FROM rankings
 WHERE sheet_id = :sheet_id;

-- name: standings of rankings
SELECT sheet_id, issue, subject, total, place, at FROM standings
 WHERE sheet_id = ANY(:sheet_ids::uuid[])
 ORDER BY sheet_id, issue, place, subject;

-- name: points of ranking
SELECT subject, dimension, type, score, before, reason, evidence, at FROM points
 WHERE sheet_id = :sheet_id
 ORDER BY position;
