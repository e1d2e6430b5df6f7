-- Who was told what, and has read it. A notice belongs to notify, and so does who followed its
-- matter then; what the matter is called is said by topics. They meet only when somebody looks.

-- name: tables
CREATE TABLE notices (
  notice_id uuid        PRIMARY KEY,
  topic_id  uuid,
  kind      text        NOT NULL,  -- account, topic, unit, role
  name      text        NOT NULL,
  places    text[]      NOT NULL,  -- of a unit or role: the patterns that fit its area
  text      text        NOT NULL,
  params    json        NOT NULL,
  sent_at   timestamptz NOT NULL
);
CREATE INDEX notices_name ON notices (name, kind);
CREATE TABLE readers (
  notice_id uuid        NOT NULL,
  reader    text        NOT NULL,
  read_at   timestamptz NOT NULL,
  PRIMARY KEY (notice_id, reader)
);
CREATE TABLE matters (
  topic_id  uuid PRIMARY KEY,
  title     text NOT NULL,
  proposer  text NOT NULL,
  submitter text             -- who brought the lead, if there was one
);
CREATE INDEX matters_proposer ON matters (proposer);
CREATE INDEX matters_submitter ON matters (submitter);

CREATE TABLE addressed (
  notice_id uuid NOT NULL,
  account   text NOT NULL,
  PRIMARY KEY (notice_id, account)
);
CREATE INDEX addressed_account ON addressed (account);

-- name: on NoticeAddressed
INSERT INTO addressed (notice_id, account)
SELECT stream, json_array_elements_text(data->'accounts')
  FROM batch
 WHERE type = 'NoticeAddressed'
    ON CONFLICT DO NOTHING;

-- name: on NoticeSent
INSERT INTO notices (notice_id, topic_id, kind, name, places, text, params, sent_at)
SELECT b.stream, (b.data->>'topic_id')::uuid, split_part(b.data->>'to', ':', 1),
       regexp_replace(b.data->>'to', '^[a-z]+:|@\d{12}$', '', 'g'),
       CASE WHEN place.code IS NULL THEN '{}'
            ELSE place.code || ARRAY(SELECT left(place.code, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits)
       END AS places,
       b.data->>'text', b.data->'params', b.at
  FROM batch b
 CROSS JOIN LATERAL (SELECT substring(b.data->>'to' FROM '@(\d{12})$') AS code) place
 WHERE b.type = 'NoticeSent';

-- name: on NoticeRead
INSERT INTO readers (notice_id, reader, read_at)
SELECT stream, data->>'reader', at
  FROM batch
 WHERE type = 'NoticeRead';

-- name: on TopicProposed
INSERT INTO matters (topic_id, title, proposer, submitter)
SELECT stream, data->>'title', data->>'proposer', data->>'submitter'
  FROM batch
 WHERE type = 'TopicProposed';

-- name: of reader  (in the one role, unit and area the reader acts in now)
SELECT n.notice_id, n.topic_id, m.title, n.text, n.params::text AS params, n.sent_at, r.read_at
  FROM notices n
  LEFT JOIN matters m ON n.topic_id = m.topic_id
  LEFT JOIN readers r ON n.notice_id = r.notice_id AND r.reader = :reader
 WHERE (n.kind = 'account' AND n.name = :reader
        OR n.kind = 'unit' AND n.name = :unit AND n.places && :prefixes::text[]
        OR n.kind = 'role' AND n.name = :role AND n.places && :prefixes::text[]
        OR n.kind = 'topic' AND :reader IN (m.proposer, m.submitter)
        OR n.kind = 'topic' AND EXISTS (SELECT FROM addressed a
                                         WHERE a.notice_id = n.notice_id AND a.account = :reader))
   AND (r.read_at IS NULL OR NOT :unread_only)
 ORDER BY n.sent_at DESC, n.notice_id
 LIMIT :most;
