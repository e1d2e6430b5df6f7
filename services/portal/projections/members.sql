-- Who consults in an area, and how: members (委员) with their duty files, talents with their draws.
-- Facts of meetings only. Names are ciphertext; nobody is ranked here.

-- name: tables
CREATE TABLE members (
  member_id    uuid        PRIMARY KEY,
  area         text        NOT NULL,
  name         text        NOT NULL,  -- sealed
  account      text        NOT NULL,
  party_member boolean     NOT NULL,
  standing     boolean     NOT NULL,
  sector       text        NOT NULL,
  district     text        NOT NULL,
  term         integer     NOT NULL,
  admitted_at  timestamptz NOT NULL,
  ended_at     timestamptz,
  ended        text
);
CREATE INDEX members_area ON members (area text_pattern_ops);
CREATE INDEX members_account ON members (account);
CREATE TABLE pairs (
  member_id  uuid    NOT NULL,  -- the one in the Party
  partner_id uuid    NOT NULL,
  lasts      boolean NOT NULL,
  PRIMARY KEY (member_id, partner_id)
);
CREATE TABLE duties (
  member_id uuid    NOT NULL,
  kind      text    NOT NULL,
  done_on   date    NOT NULL,
  reference text    NOT NULL,
  points    integer NOT NULL,
  PRIMARY KEY (member_id, done_on, kind, reference)
);
CREATE TABLE evaluations (
  member_id uuid    NOT NULL,
  year      integer NOT NULL,
  total     integer NOT NULL,
  grade     text    NOT NULL,
  PRIMARY KEY (member_id, year)
);
CREATE TABLE reports (
  member_id uuid        NOT NULL,
  year      integer     NOT NULL,
  content   text        NOT NULL,
  filed_at  timestamptz NOT NULL,
  PRIMARY KEY (member_id, year)
);
CREATE TABLE observing (
  member_id uuid    NOT NULL,
  session   text    NOT NULL,
  held_on   date    NOT NULL,
  batch     integer NOT NULL,
  PRIMARY KEY (member_id, held_on, session)
);
CREATE TABLE attended (
  consultation_id uuid   NOT NULL,
  member_id       uuid   NOT NULL,
  area            text   NOT NULL,
  came            bigint NOT NULL,
  spoke           bigint NOT NULL,
  PRIMARY KEY (consultation_id, member_id)
);
CREATE INDEX attended_member ON attended (member_id);
CREATE TABLE held (
  consultation_id uuid        PRIMARY KEY,
  topic_id        uuid        NOT NULL,
  title           text        NOT NULL,
  form            text        NOT NULL,
  held_at         timestamptz NOT NULL,
  year            integer     NOT NULL GENERATED ALWAYS AS (extract(YEAR FROM held_at AT TIME ZONE 'Asia/Shanghai')) STORED
);
CREATE TABLE researchers (
  research_id uuid NOT NULL,
  member_id   uuid NOT NULL,
  topic_id    uuid NOT NULL,
  PRIMARY KEY (research_id, member_id)
);
CREATE INDEX researchers_member ON researchers (member_id);
CREATE TABLE researched (
  research_id uuid        PRIMARY KEY,
  title       text        NOT NULL,
  filed_at    timestamptz NOT NULL,
  year        integer     NOT NULL GENERATED ALWAYS AS (extract(YEAR FROM filed_at AT TIME ZONE 'Asia/Shanghai')) STORED
);
CREATE TABLE talents (
  talent_id       uuid        PRIMARY KEY,
  area            text        NOT NULL,
  name            text        NOT NULL,  -- sealed
  source          text        NOT NULL,
  specialties     text[]      NOT NULL,
  admitted_at     timestamptz NOT NULL,
  until           date        NOT NULL,
  suspended_until date,
  assessed        integer,
  grade           text,
  rewards         bigint      NOT NULL,
  sanctions       bigint      NOT NULL,
  left_at         timestamptz,
  left_for        text
);
CREATE INDEX talents_area ON talents (area text_pattern_ops);
CREATE TABLE draws (
  draw_id      uuid        PRIMARY KEY,
  topic_id     uuid        NOT NULL,
  area         text        NOT NULL,
  purpose      text        NOT NULL,
  specialty    text        NOT NULL,
  wanted       integer     NOT NULL,
  seed_source  text        NOT NULL,
  seed_day     date        NOT NULL,
  opened_at    timestamptz NOT NULL,
  state        text        NOT NULL,  -- the last fact of it but replacements
  since        timestamptz NOT NULL,
  pool_hash    text,
  seed         text,
  published_in text,
  reason       text,
  luck         uuid[]      NOT NULL   -- all who could be drawn, in the order of the seed
);
CREATE INDEX draws_area ON draws (area text_pattern_ops, since);
CREATE TABLE lots (
  draw_id   uuid NOT NULL,
  talent_id uuid NOT NULL,
  lot       text NOT NULL,
  reason    text,
  PRIMARY KEY (draw_id, talent_id)
);
CREATE INDEX lots_talent ON lots (talent_id);

-- name: on MemberAdmitted
INSERT INTO members (member_id, area, name, account, party_member, standing, sector, district, term, admitted_at)
SELECT stream, area, data->>'name', data->>'account', (data->>'party_member')::boolean, (data->>'standing')::boolean,
       data->>'sector', data->>'district', (data->>'term')::integer, at
  FROM batch
 WHERE type = 'MemberAdmitted';

-- name: on MembershipEnded
UPDATE members m SET ended = b.data->>'reason', ended_at = b.at
  FROM batch b
 WHERE b.type = 'MembershipEnded' AND m.member_id = b.stream;

-- name: on MembersPaired
INSERT INTO pairs (member_id, partner_id, lasts)
SELECT DISTINCT stream, (data->>'partner_id')::uuid, TRUE FROM batch WHERE type = 'MembersPaired'
    ON CONFLICT DO NOTHING;

-- name: on MembersPaired, PairEnded  (the last word of the one in the Party counts)
UPDATE pairs p SET lasts = last.type = 'MembersPaired'
  FROM (SELECT DISTINCT ON (stream, data->>'partner_id') stream, (data->>'partner_id')::uuid AS partner_id, type
          FROM batch
         WHERE type IN ('MembersPaired', 'PairEnded')
         ORDER BY stream, data->>'partner_id', position DESC) last
 WHERE p.member_id = last.stream AND p.partner_id = last.partner_id;

-- name: on DutyRecorded
INSERT INTO duties (member_id, kind, done_on, reference, points)
SELECT stream, data->>'kind', (data->>'on')::date, data->>'reference', (data->>'points')::integer
  FROM batch
 WHERE type = 'DutyRecorded';

-- name: on MemberEvaluated
INSERT INTO evaluations (member_id, year, total, grade)
SELECT stream, (data->>'year')::integer, (data->>'total')::integer, data->>'grade'
  FROM batch
 WHERE type = 'MemberEvaluated';

-- name: on DutyReportFiled
INSERT INTO reports (member_id, year, content, filed_at)
SELECT stream, (data->>'year')::integer, data->>'content', at FROM batch WHERE type = 'DutyReportFiled';

-- name: on ObserverAssigned
INSERT INTO observing (member_id, session, held_on, batch)
SELECT stream, data->>'session', (data->>'on')::date, (data->>'batch')::integer
  FROM batch
 WHERE type = 'ObserverAssigned';

-- name: on AttendeeCheckedIn, StatementRecorded
INSERT INTO attended AS a (consultation_id, member_id, area, came, spoke)
SELECT stream, (data->>'member_id')::uuid, area, count(*) FILTER (WHERE type = 'AttendeeCheckedIn'),
       count(*) FILTER (WHERE type = 'StatementRecorded')
  FROM batch
 WHERE type IN ('AttendeeCheckedIn', 'StatementRecorded') AND data->>'member_id' IS NOT NULL
 GROUP BY 1, 2, 3
    ON CONFLICT (consultation_id, member_id) DO UPDATE SET came = a.came + excluded.came,
                                                           spoke = a.spoke + excluded.spoke;

-- name: on MeetingHeld
INSERT INTO held (consultation_id, topic_id, title, form, held_at)
SELECT stream, (data->>'topic_id')::uuid, data->>'title', data->>'form', at FROM batch WHERE type = 'MeetingHeld';

-- name: on ResearchPlanned
INSERT INTO researchers (research_id, member_id, topic_id)
SELECT b.stream, m.member_id::uuid, (b.data->>'topic_id')::uuid
  FROM batch b
 CROSS JOIN LATERAL json_array_elements_text(b.data->'members') AS m (member_id)
 WHERE b.type = 'ResearchPlanned';

-- name: on ResearchReportFiled
INSERT INTO researched (research_id, title, filed_at)
SELECT stream, data->>'title', at FROM batch WHERE type = 'ResearchReportFiled';

-- name: on TalentAdmitted
INSERT INTO talents (talent_id, area, name, source, specialties, admitted_at, until, rewards, sanctions)
SELECT stream, area, data->>'name', data->>'group', ARRAY(SELECT json_array_elements_text(data->'specialties')),
       at AS admitted_at, (data->>'until')::date, 0, 0
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
UPDATE talents t SET left_for = b.data->>'reason', left_at = b.at
  FROM batch b
 WHERE b.type = 'TalentExited' AND t.talent_id = b.stream;

-- name: on DrawOpened
INSERT INTO draws (draw_id, topic_id, area, purpose, specialty, wanted, seed_source, seed_day, opened_at, state, since,
                   luck)
SELECT stream, (data->>'topic_id')::uuid, area, data->>'purpose', data->>'specialty', (data->>'wanted')::integer,
       data->>'seed_source', (data->>'seed_day')::date, at, type, at AS since, '{}'
  FROM batch
 WHERE type = 'DrawOpened';

-- name: on PoolCommitted, TalentDrawn, DrawCancelled
UPDATE draws d SET state = last.type, since = last.at
  FROM (SELECT DISTINCT ON (stream) stream, type, at
          FROM batch
         WHERE type IN ('PoolCommitted', 'TalentDrawn', 'DrawCancelled')
         ORDER BY stream, position DESC) last
 WHERE d.draw_id = last.stream;

-- name: on PoolCommitted
UPDATE draws d SET pool_hash = b.data->>'pool_hash'
  FROM batch b
 WHERE b.type = 'PoolCommitted' AND d.draw_id = b.stream;

-- name: on TalentDrawn
UPDATE draws d SET seed = b.data->>'seed', published_in = b.data->>'published_in',
       luck = ARRAY(SELECT json_array_elements_text(b.data->'drawn')::uuid)
              || ARRAY(SELECT json_array_elements_text(b.data->'reserve')::uuid)
  FROM batch b
 WHERE b.type = 'TalentDrawn' AND d.draw_id = b.stream;

-- name: on DrawCancelled
UPDATE draws d SET reason = b.data->>'reason'
  FROM batch b
 WHERE b.type = 'DrawCancelled' AND d.draw_id = b.stream;

-- name: on PoolCommitted, TalentExcluded, TalentDrawn, DrawnReplaced  (the last word on a talent counts)
INSERT INTO lots (draw_id, talent_id, lot, reason)
SELECT DISTINCT ON (b.stream, l.talent_id) b.stream, l.talent_id::uuid, l.lot,
       CASE WHEN l.lot IN ('excluded', 'replaced') THEN b.data->>'reason' END
  FROM batch b
 CROSS JOIN LATERAL (
       SELECT json_array_elements_text(b.data->'pool') AS talent_id, 'pooled' AS lot
        UNION ALL
       SELECT json_array_elements_text(b.data->'drawn'), 'drawn'
        UNION ALL
       SELECT b.data->>'by', 'drawn-later'
        UNION ALL
       SELECT b.data->>'talent_id', CASE b.type WHEN 'TalentExcluded' THEN 'excluded' ELSE 'replaced' END
       ) l
 WHERE b.type IN ('PoolCommitted', 'TalentExcluded', 'TalentDrawn', 'DrawnReplaced') AND l.talent_id IS NOT NULL
 ORDER BY b.stream, l.talent_id, b.position DESC
    ON CONFLICT (draw_id, talent_id) DO UPDATE SET lot = excluded.lot, reason = excluded.reason;

-- name: members of areas  (with what they did in a year, by sector; of one account, or of all)
SELECT m.member_id, m.area, ARRAY[m.name] AS names, :year::integer AS year, m.party_member, m.standing, m.sector, m.district, m.term, m.ended,
       (m.ended_at AT TIME ZONE 'Asia/Shanghai')::date AS ended_on,
       (SELECT count(*) FROM pairs p WHERE p.lasts AND m.member_id IN (p.member_id, p.partner_id)) AS pairs,
       took_part.came, took_part.spoke,
       (SELECT count(*) FROM researchers w JOIN researched f ON w.research_id = f.research_id
         WHERE w.member_id = m.member_id
           AND f.year = :year::integer) AS researched,
       (SELECT count(*) FROM duties d
         WHERE d.member_id = m.member_id AND extract(YEAR FROM d.done_on) = :year::integer) AS duties,
       e.total, e.grade, (r.filed_at AT TIME ZONE 'Asia/Shanghai')::date AS reported_on,
       (SELECT max(o.held_on) FROM observing o
         WHERE o.member_id = m.member_id AND extract(YEAR FROM o.held_on) = :year::integer) AS observed_on,
       count(*) OVER () AS found
  FROM members m
  LEFT JOIN evaluations e ON m.member_id = e.member_id AND e.year = :year::integer
  LEFT JOIN reports r ON m.member_id = r.member_id AND r.year = :year::integer
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE a.came > 0) AS came, coalesce(sum(a.spoke), 0)::bigint AS spoke
         FROM attended a JOIN held h ON a.consultation_id = h.consultation_id
        WHERE a.member_id = m.member_id
          AND h.year = :year::integer) took_part
 WHERE m.area LIKE ANY(:prefixes::text[]) AND strpos(m.sector, :sector::text) > 0
   AND extract(YEAR FROM m.admitted_at AT TIME ZONE 'Asia/Shanghai') <= :year::integer
   AND (m.ended_at IS NULL OR extract(YEAR FROM m.ended_at AT TIME ZONE 'Asia/Shanghai') >= :year::integer)
 ORDER BY m.term DESC, m.sector, m.member_id
 LIMIT :most OFFSET :skipped;

-- name: members to pick  (those whose membership lasts)
SELECT member_id, name, sector FROM members
 WHERE area LIKE ANY(:prefixes::text[]) AND ended_at IS NULL
 ORDER BY sector, member_id;

-- name: named members  (whose membership lasts, by term)
SELECT name, term::text AS of FROM members WHERE area LIKE ANY(:prefixes::text[]) AND ended_at IS NULL;

-- name: named talents  (who are in the pool, by area)
SELECT name, area AS of FROM talents WHERE area LIKE ANY(:prefixes::text[]) AND left_at IS NULL;

-- name: one member
SELECT m.*, count(*) OVER () AS found FROM members m WHERE m.member_id = :member_id;

-- name: memberships of account  (the present one first)
SELECT member_id, term FROM members WHERE account = :account AND account <> '' ORDER BY term DESC, member_id;

-- name: consultations of member  (held in a year)
SELECT h.consultation_id, h.topic_id AS matter_id, h.title, h.form, a.spoke,
       (h.held_at AT TIME ZONE 'Asia/Shanghai')::date AS held_on
  FROM attended a JOIN held h ON a.consultation_id = h.consultation_id
 WHERE a.member_id = :member_id AND a.came > 0
   AND h.year = :year::integer
 ORDER BY h.held_at, h.consultation_id;

-- name: research of member  (with a report in a year)
SELECT f.research_id, r.topic_id AS matter_id, f.title, (f.filed_at AT TIME ZONE 'Asia/Shanghai')::date AS filed_on
  FROM researchers r JOIN researched f ON r.research_id = f.research_id
 WHERE r.member_id = :member_id
   AND f.year = :year::integer
 ORDER BY f.filed_at, f.research_id;

-- name: duties of member
SELECT kind, done_on, reference, points FROM duties
 WHERE member_id = :member_id AND extract(YEAR FROM done_on) = :year::integer
 ORDER BY done_on, kind, reference;

-- name: pairs of member
SELECT m.member_id, m.name, m.sector, m.ended
  FROM pairs p JOIN members m ON m.member_id = CASE WHEN p.member_id = :member_id THEN p.partner_id ELSE p.member_id END
 WHERE p.lasts AND :member_id IN (p.member_id, p.partner_id)
 ORDER BY m.sector, m.member_id;

-- name: years of member  (evaluated or reported on, the latest first)
SELECT coalesce(e.year, r.year) AS year, e.total, e.grade, r.content,
       (r.filed_at AT TIME ZONE 'Asia/Shanghai')::date AS filed_on
  FROM (SELECT * FROM evaluations WHERE member_id = :member_id) e
  FULL JOIN (SELECT * FROM reports WHERE member_id = :member_id) r ON e.year = r.year
 ORDER BY 1 DESC;

-- name: observing of areas  (who observes the sessions of the standing committee in a year, batch by batch)
SELECT o.session, o.held_on, o.batch, m.member_id, m.area, ARRAY[m.name] AS names, m.sector, :year::integer AS year
  FROM observing o JOIN members m ON o.member_id = m.member_id
 WHERE m.area LIKE ANY(:prefixes::text[]) AND extract(YEAR FROM o.held_on) = :year::integer
 ORDER BY o.held_on, o.session, o.batch, m.sector, m.member_id;

-- name: observing of member
SELECT session, held_on, batch FROM observing WHERE member_id = :member_id ORDER BY held_on DESC, session;

-- name: strangers in areas  (named at a consultation held in a year, and no member here: nobody knows when somebody checks in)
SELECT h.topic_id AS matter_id, h.title, a.area, a.member_id, (h.held_at AT TIME ZONE 'Asia/Shanghai')::date AS held_on,
       CASE WHEN m.member_id IS NULL THEN 'unknown-member' ELSE 'member-elsewhere' END AS why
  FROM attended a
  JOIN held h ON a.consultation_id = h.consultation_id
  LEFT JOIN members m ON a.member_id = m.member_id
 WHERE a.area LIKE ANY(:prefixes::text[]) AND extract(YEAR FROM h.held_at AT TIME ZONE 'Asia/Shanghai') = :year::integer
   AND (m.area LIKE ANY(:prefixes::text[])) IS NOT TRUE
 ORDER BY h.held_at DESC, a.consultation_id, a.member_id;

-- name: talents of areas  (how often drawn in a year, and how often chance would have: shares of the pools they stood in)
SELECT t.talent_id, t.area, ARRAY[t.name] AS names, t.source, t.specialties, t.until, t.suspended_until, t.assessed, t.grade, t.rewards,
       t.sanctions, t.left_for, (t.left_at AT TIME ZONE 'Asia/Shanghai')::date AS left_on,
       (t.admitted_at AT TIME ZONE 'Asia/Shanghai')::date AS admitted_on,
       luck.pooled, luck.drawn, luck.replaced, luck.expected, luck.pooled > 0 AND luck.drawn = 0 AS never,
       count(*) OVER () AS found
  FROM talents t
 CROSS JOIN LATERAL (
       SELECT count(c.draw_id) AS pooled,
              count(*) FILTER (WHERE c.draw_id IS NOT NULL AND l.lot IN ('drawn', 'drawn-later', 'replaced')) AS drawn,
              count(*) FILTER (WHERE c.draw_id IS NOT NULL AND l.lot = 'replaced') AS replaced,
              coalesce(round(sum(c.chance), 2), 0)::float8 AS expected
         FROM lots l
         LEFT JOIN (SELECT d.draw_id, avg((o.lot IN ('drawn', 'drawn-later', 'replaced'))::integer) AS chance
                      FROM draws d JOIN lots o ON d.draw_id = o.draw_id
                     WHERE d.state = 'TalentDrawn' AND o.lot <> 'excluded'
                       AND extract(YEAR FROM d.since AT TIME ZONE 'Asia/Shanghai') = :year::integer
                     GROUP BY d.draw_id) c ON l.draw_id = c.draw_id
        WHERE l.talent_id = t.talent_id AND l.lot <> 'excluded') luck
 WHERE t.area LIKE ANY(:prefixes::text[]) AND strpos(array_to_string(t.specialties, ' '), :specialties::text) > 0
   AND (:source::text = '' OR t.source = :source::text)
 ORDER BY t.left_at IS NOT NULL, t.source, t.talent_id
 LIMIT :most OFFSET :skipped;

-- name: talents by field  (those in the pool today, and what luck gave each field in a year)
SELECT s.field, count(DISTINCT t.talent_id) AS talents,
       count(DISTINCT t.talent_id) FILTER (WHERE t.suspended_until >= :today::date) AS suspended,
       coalesce(sum(l.drawn), 0)::bigint AS drawn,
       count(DISTINCT t.talent_id) FILTER (WHERE l.drawn IS NULL) AS never
  FROM talents t
 CROSS JOIN LATERAL unnest(t.specialties) AS s (field)
  LEFT JOIN (SELECT l.talent_id, count(*) AS drawn
               FROM lots l JOIN draws d ON l.draw_id = d.draw_id
              WHERE d.state = 'TalentDrawn' AND l.lot IN ('drawn', 'drawn-later', 'replaced')
                AND extract(YEAR FROM d.since AT TIME ZONE 'Asia/Shanghai') = :year::integer
              GROUP BY l.talent_id) l ON t.talent_id = l.talent_id
 WHERE t.area LIKE ANY(:prefixes::text[]) AND t.left_at IS NULL AND t.until >= :today::date
 GROUP BY s.field
 ORDER BY s.field;

-- name: draws of areas  (the latest step first)
SELECT d.draw_id, d.topic_id AS matter_id, d.area, d.purpose, d.specialty, d.wanted, d.state, d.seed_source, d.seed_day,
       (d.since AT TIME ZONE 'Asia/Shanghai')::date AS since_on,
       (SELECT count(*) FROM lots l WHERE l.draw_id = d.draw_id) AS pool,
       (SELECT count(*) FROM lots l WHERE l.draw_id = d.draw_id AND l.lot = 'excluded') AS excluded,
       (SELECT count(*) FROM lots l WHERE l.draw_id = d.draw_id AND l.lot = 'replaced') AS replaced
  FROM draws d
 WHERE d.area LIKE ANY(:prefixes::text[])
   AND extract(YEAR FROM d.opened_at AT TIME ZONE 'Asia/Shanghai') = :year::integer
 ORDER BY d.since DESC, d.draw_id;

-- name: one draw
SELECT * FROM draws WHERE draw_id = :draw_id;

-- name: lots of draw
SELECT l.talent_id, l.lot, l.reason, t.name, t.specialties
  FROM lots l LEFT JOIN talents t ON l.talent_id = t.talent_id
 WHERE l.draw_id = :draw_id
 ORDER BY l.talent_id;
