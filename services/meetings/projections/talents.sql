-- Who may be drawn, what was drawn, and how often luck took whom. Facts of meetings only.

-- name: tables
CREATE TABLE talents (
  talent_id       uuid   PRIMARY KEY,
  area            text   NOT NULL,
  places          text[] NOT NULL,
  name            text   NOT NULL,  -- sealed
  contact         text   NOT NULL,  -- sealed
  source          text   NOT NULL,
  specialties     text[] NOT NULL,
  until           date   NOT NULL,
  suspended_until date,
  assessed        integer,
  grade           text,
  rewards         bigint NOT NULL,
  sanctions       bigint NOT NULL,
  left_for        text
);
CREATE INDEX talents_places ON talents USING gin (places);
CREATE TABLE draws (
  draw_id     uuid        PRIMARY KEY,
  topic_id    uuid        NOT NULL,
  area        text        NOT NULL,
  places      text[]      NOT NULL,
  purpose     text        NOT NULL,
  specialty   text        NOT NULL,
  wanted      integer     NOT NULL,
  seed_source text        NOT NULL,
  seed_day    date        NOT NULL,
  state       text        NOT NULL,
  since       timestamptz NOT NULL,
  pool_hash   text,
  seed        text,
  published_in text
);
CREATE INDEX draws_places ON draws USING gin (places);
CREATE TABLE lots (
  draw_id   uuid NOT NULL,
  talent_id uuid NOT NULL,
  lot       text NOT NULL,
  PRIMARY KEY (draw_id, talent_id)
);
CREATE INDEX lots_talent ON lots (talent_id);

-- name: on TalentAdmitted
INSERT INTO talents (talent_id, area, places, name, contact, source, specialties, until, rewards, sanctions)
SELECT stream, area,
       area || ARRAY(SELECT left(area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits),
       data->>'name', data->>'contact', data->>'group',
       ARRAY(SELECT json_array_elements_text(data->'specialties')), (data->>'until')::date, 0, 0
  FROM batch
 WHERE type = 'TalentAdmitted';

-- name: on TalentAssessed  (the latest year shows)
UPDATE talents t SET assessed = last.year, grade = last.grade
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'year')::integer AS year, data->>'grade' AS grade
          FROM batch
         WHERE type = 'TalentAssessed'
         ORDER BY stream, (data->>'year')::integer DESC) last
 WHERE t.talent_id = last.stream AND coalesce(t.assessed, 0) < last.year;

-- name: on TalentRewarded, TalentSanctioned
UPDATE talents t SET rewards = t.rewards + new.rewards, sanctions = t.sanctions + new.sanctions,
       suspended_until = greatest(t.suspended_until, new.until)
  FROM (SELECT stream, count(*) FILTER (WHERE type = 'TalentRewarded') AS rewards,
               count(*) FILTER (WHERE type = 'TalentSanctioned') AS sanctions, max((data->>'until')::date) AS until
          FROM batch
         WHERE type IN ('TalentRewarded', 'TalentSanctioned')
         GROUP BY stream) new
 WHERE t.talent_id = new.stream;

-- name: on TalentExited
UPDATE talents t SET left_for = b.data->>'reason'
  FROM batch b
 WHERE b.type = 'TalentExited' AND t.talent_id = b.stream;

-- name: on DrawOpened
INSERT INTO draws (draw_id, topic_id, area, places, purpose, specialty, wanted, seed_source, seed_day, state, since)
SELECT stream, (data->>'topic_id')::uuid, area,
       area || ARRAY(SELECT left(area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits),
       data->>'purpose', data->>'specialty', (data->>'wanted')::integer, data->>'seed_source',
       (data->>'seed_day')::date, 'opened', at
  FROM batch
 WHERE type = 'DrawOpened';

-- name: on PoolCommitted, TalentDrawn, DrawCancelled
UPDATE draws d SET state = last.state, since = last.at
  FROM (SELECT DISTINCT ON (stream) stream, at,
               CASE type WHEN 'PoolCommitted' THEN 'committed'
                         WHEN 'TalentDrawn' THEN 'drawn'
                         WHEN 'DrawCancelled' THEN 'cancelled' END AS state
          FROM batch
         WHERE type IN ('PoolCommitted', 'TalentDrawn', 'DrawCancelled')
         ORDER BY stream, position DESC) last
 WHERE d.draw_id = last.stream;

-- name: on PoolCommitted
UPDATE draws d SET pool_hash = b.data->>'pool_hash'
  FROM batch b
 WHERE b.type = 'PoolCommitted' AND d.draw_id = b.stream;

-- name: on TalentDrawn
UPDATE draws d SET seed = b.data->>'seed', published_in = b.data->>'published_in'
  FROM batch b
 WHERE b.type = 'TalentDrawn' AND d.draw_id = b.stream;

-- name: on PoolCommitted, TalentExcluded, TalentDrawn, DrawnReplaced  (the last word on a talent counts)
INSERT INTO lots (draw_id, talent_id, lot)
SELECT DISTINCT ON (b.stream, l.talent_id) b.stream, l.talent_id::uuid, l.lot
  FROM batch b
 CROSS JOIN LATERAL (
       SELECT json_array_elements_text(b.data->'pool') AS talent_id, 'pooled' AS lot
        UNION ALL
       SELECT json_array_elements_text(b.data->'drawn'), 'drawn'
        UNION ALL
       SELECT b.data->>'by', 'drawn'
        UNION ALL
       SELECT b.data->>'talent_id', CASE b.type WHEN 'TalentExcluded' THEN 'excluded' ELSE 'left' END
       ) l
 WHERE b.type IN ('PoolCommitted', 'TalentExcluded', 'TalentDrawn', 'DrawnReplaced') AND l.talent_id IS NOT NULL
 ORDER BY b.stream, l.talent_id, b.position DESC
    ON CONFLICT (draw_id, talent_id) DO UPDATE SET lot = excluded.lot;

-- name: in area  (those who have not left)
SELECT * FROM talents
 WHERE places && :prefixes::text[] AND left_for IS NULL
   AND (:specialty::text IS NULL OR specialties @> ARRAY[:specialty::text])
 ORDER BY source, talent_id
 LIMIT :most;

-- name: draws in area  (the latest step first)
SELECT d.*, count(l.lot) AS pool, count(l.lot) FILTER (WHERE l.lot = 'excluded') AS excluded
  FROM draws d LEFT JOIN lots l ON d.draw_id = l.draw_id
 WHERE d.places && :prefixes::text[] AND (:state::text IS NULL OR d.state = :state::text)
 GROUP BY d.draw_id
 ORDER BY d.since DESC, d.draw_id
 LIMIT :most;

-- name: lots of draw
SELECT l.talent_id, l.lot, t.name
  FROM lots l LEFT JOIN talents t ON l.talent_id = t.talent_id
 WHERE l.draw_id = :draw_id
 ORDER BY l.lot, l.talent_id;

-- name: draws per talent  (how often drawn, and how often it was to be expected)
SELECT t.talent_id, t.name, count(c.draw_id) AS pooled, count(*) FILTER (WHERE l.lot IN ('drawn', 'left')) AS drawn,
       coalesce(round(sum(c.chance), 2), 0)::float8 AS expected
  FROM talents t
  LEFT JOIN (lots l JOIN (SELECT d.draw_id, avg((o.lot IN ('drawn', 'left'))::integer) AS chance
                            FROM draws d JOIN lots o ON d.draw_id = o.draw_id
                           WHERE d.state = 'drawn' AND o.lot <> 'excluded'
                             AND (:year::integer IS NULL
                                  OR extract(YEAR FROM d.since AT TIME ZONE 'Asia/Shanghai') = :year::integer)
                           GROUP BY d.draw_id) c ON l.draw_id = c.draw_id)
    ON t.talent_id = l.talent_id AND l.lot <> 'excluded'
 WHERE t.places && :prefixes::text[]
 GROUP BY t.talent_id
 ORDER BY drawn DESC, t.talent_id
 LIMIT :most;
