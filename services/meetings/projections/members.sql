-- Who the members are, whom they are paired with, and what they did. Facts of meetings only.

-- name: tables
CREATE TABLE members (
  member_id    uuid    PRIMARY KEY,
  area         text    NOT NULL,
  places       text[]  NOT NULL,  -- the patterns that fit the area
  name         text    NOT NULL,  -- sealed
  account      text    NOT NULL,
  party_member boolean NOT NULL,
  standing     boolean NOT NULL,
  sector       text    NOT NULL,
  district     text    NOT NULL,
  term         integer NOT NULL,
  ended        text
);
CREATE INDEX members_places ON members USING gin (places);
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
  member_id uuid    NOT NULL,
  year      integer NOT NULL,
  PRIMARY KEY (member_id, year)
);
CREATE TABLE observing (
  member_id uuid    NOT NULL,
  session   text    NOT NULL,
  held_on   date    NOT NULL,
  batch     integer NOT NULL,
  PRIMARY KEY (member_id, held_on, session)
);

-- name: on MemberAdmitted
INSERT INTO members (member_id, area, places, name, account, party_member, standing, sector, district, term)
SELECT stream, area,
       area || ARRAY(SELECT left(area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits),
       data->>'name', data->>'account', (data->>'party_member')::boolean, (data->>'standing')::boolean,
       data->>'sector', data->>'district', (data->>'term')::integer
  FROM batch
 WHERE type = 'MemberAdmitted';

-- name: on MembershipEnded
UPDATE members m SET ended = b.data->>'reason'
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
INSERT INTO reports (member_id, year)
SELECT stream, (data->>'year')::integer FROM batch WHERE type = 'DutyReportFiled';

-- name: on ObserverAssigned
INSERT INTO observing (member_id, session, held_on, batch)
SELECT stream, data->>'session', (data->>'on')::date, (data->>'batch')::integer
  FROM batch
 WHERE type = 'ObserverAssigned';

-- name: in area  (with what they did in a year)
SELECT m.member_id, m.area, m.name, m.account, m.party_member, m.standing, m.sector, m.district, m.term, m.ended,
       ARRAY(SELECT CASE WHEN p.member_id = m.member_id THEN p.partner_id ELSE p.member_id END
               FROM pairs p
              WHERE p.lasts AND m.member_id IN (p.member_id, p.partner_id) ORDER BY 1) AS paired_with,
       coalesce(d.duties, 0) AS duties, coalesce(d.points, 0) AS points, e.total, e.grade,
       r.year IS NOT NULL AS reported,
       (SELECT max(o.held_on) FROM observing o WHERE o.member_id = m.member_id) AS observed_on
  FROM members m
  LEFT JOIN (SELECT member_id, count(*) AS duties, sum(points) AS points
               FROM duties
              WHERE extract(YEAR FROM done_on) = :year::integer
              GROUP BY member_id) d ON m.member_id = d.member_id
  LEFT JOIN evaluations e ON m.member_id = e.member_id AND e.year = :year::integer
  LEFT JOIN reports r ON m.member_id = r.member_id AND r.year = :year::integer
 WHERE m.places && :prefixes::text[] AND (:account::text IS NULL OR m.account = :account::text)
 ORDER BY m.term DESC, m.sector, m.member_id
 LIMIT :most;

-- name: duties of member  (in a year, in order of time)
SELECT kind, done_on, reference, points FROM duties
 WHERE member_id = :member_id AND extract(YEAR FROM done_on) = :year::integer
 ORDER BY done_on, kind, reference;
