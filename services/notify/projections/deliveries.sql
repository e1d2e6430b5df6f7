-- The ledger: who was told what, when and how. Facts of notify, and what topics calls a matter.

-- name: tables
CREATE TABLE notices (
  notice_id uuid        PRIMARY KEY,
  topic_id  uuid,
  area      text        NOT NULL,
  text      text        NOT NULL,
  params    json        NOT NULL,
  sent_at   timestamptz NOT NULL
);
CREATE INDEX notices_topic ON notices (topic_id);
CREATE INDEX notices_sent ON notices (sent_at DESC, notice_id);
CREATE TABLE addressed (
  notice_id uuid    NOT NULL,
  account   uuid    NOT NULL,
  PRIMARY KEY (notice_id, account)
);
CREATE TABLE read (
  notice_id uuid        NOT NULL,
  reader    text        NOT NULL,
  read_at   timestamptz NOT NULL,
  PRIMARY KEY (notice_id, reader)
);
CREATE TABLE deliveries (
  delivery_id uuid        PRIMARY KEY,
  notice_id   uuid        NOT NULL,
  account     uuid        NOT NULL,
  area        text        NOT NULL,
  channel     text        NOT NULL,
  planned_at  timestamptz NOT NULL,
  send_at     timestamptz NOT NULL,
  state       text        NOT NULL,  -- the last fact
  attempts    integer     NOT NULL DEFAULT 0,
  message_id  uuid,
  unsure      boolean     NOT NULL DEFAULT FALSE,  -- a message of it may have arrived twice
  told        text        NOT NULL DEFAULT '',
  since       timestamptz NOT NULL
);
CREATE INDEX deliveries_due ON deliveries (channel, send_at)
 WHERE state IN ('DeliveryPlanned', 'DeliveryFailed', 'DeliveryBegun');
CREATE INDEX deliveries_notice ON deliveries (notice_id);
CREATE TABLE matters (
  topic_id uuid PRIMARY KEY,
  title    text NOT NULL
);

-- name: on TopicProposed
INSERT INTO matters (topic_id, title)
SELECT stream, data->>'title' FROM batch WHERE type = 'TopicProposed';

-- name: on NoticeSent
INSERT INTO notices (notice_id, topic_id, area, text, params, sent_at)
SELECT stream, (data->>'topic_id')::uuid, area, data->>'text', data->'params', at
  FROM batch
 WHERE type = 'NoticeSent';

-- name: on NoticeAddressed
INSERT INTO addressed (notice_id, account)
SELECT stream, json_array_elements_text(data->'accounts')::uuid
  FROM batch
 WHERE type = 'NoticeAddressed'
    ON CONFLICT DO NOTHING;

-- name: on NoticeRead
INSERT INTO read (notice_id, reader, read_at)
SELECT stream, data->>'reader', at FROM batch WHERE type = 'NoticeRead';

-- name: on DeliveryPlanned
INSERT INTO deliveries (delivery_id, notice_id, account, area, channel, planned_at, send_at, state, since)
SELECT stream, (data->>'notice_id')::uuid, (data->>'account')::uuid, area, data->>'channel', at,
       (data->>'send_at')::timestamptz, type, at AS since
  FROM batch
 WHERE type = 'DeliveryPlanned';

-- name: on DeliveryBegun
UPDATE deliveries d SET attempts = last.attempt, message_id = last.message_id
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'attempt')::integer AS attempt,
               (data->>'message_id')::uuid AS message_id
          FROM batch
         WHERE type = 'DeliveryBegun'
         ORDER BY stream, position DESC) last
 WHERE d.delivery_id = last.stream;

-- name: on DeliveryFailed
UPDATE deliveries d SET send_at = last.send_at
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'send_at')::timestamptz AS send_at
          FROM batch
         WHERE type = 'DeliveryFailed'
         ORDER BY stream, position DESC) last
 WHERE d.delivery_id = last.stream;

-- name: on NoticeDelivered, DeliveryBegun, DeliveryFailed
UPDATE deliveries d SET unsure = TRUE
  FROM batch b
 WHERE b.type IN ('NoticeDelivered', 'DeliveryBegun', 'DeliveryFailed') AND d.delivery_id = b.stream
   AND 'true' IN (b.data->>'again', b.data->>'perhaps_twice', b.data->>'unsure');

-- name: on DeliveryBegun, NoticeDelivered, DeliveryFailed, DeliveryGivenUp
UPDATE deliveries d SET state = last.type, told = last.told, since = last.at
  FROM (SELECT DISTINCT ON (stream) stream, type, at, coalesce(data->>'told', '') AS told
          FROM batch
         WHERE type IN ('DeliveryBegun', 'NoticeDelivered', 'DeliveryFailed', 'DeliveryGivenUp')
         ORDER BY stream, position DESC) last
 WHERE d.delivery_id = last.stream;

-- name: due  (or begun by somebody who may be gone)
SELECT d.delivery_id, d.account, d.attempts, d.message_id, d.unsure, d.state, n.text, n.params::text AS params,
       n.topic_id, n.sent_at, m.title
  FROM deliveries d
  JOIN notices n ON d.notice_id = n.notice_id
  LEFT JOIN matters m ON n.topic_id = m.topic_id
 WHERE d.channel = :channel AND d.send_at <= :now
   AND d.state IN ('DeliveryPlanned', 'DeliveryFailed', 'DeliveryBegun')
   AND d.delivery_id <> ALL(:mine::uuid[])
 ORDER BY d.send_at, d.account, d.delivery_id
 LIMIT 200;

-- name: waiting  (of each way that has any: how many should have gone out, and for how long)
SELECT channel, count(*) AS n, extract(EPOCH FROM :now - min(send_at))::double precision AS seconds
  FROM deliveries
 WHERE state IN ('DeliveryPlanned', 'DeliveryFailed', 'DeliveryBegun') AND send_at <= :now::timestamptz
 GROUP BY channel;

-- name: by state  (everywhere; `oldest`: since when the first of them waits)
SELECT channel, state, count(*) AS n, min(send_at) AS oldest FROM deliveries GROUP BY channel, state ORDER BY channel, state;

-- name: ledger of area  (a line for each person and way; the inbox is one of them)
SELECT n.notice_id, n.topic_id, m.title, n.text, n.params::text AS params, n.area, w.*
  FROM notices n
 CROSS JOIN LATERAL (
   SELECT a.account, 'inbox' AS channel, n.sent_at AS planned_at, n.sent_at AS send_at,
          CASE WHEN r.read_at IS NULL THEN 'NoticeSent' ELSE 'NoticeRead' END AS state,
          1 AS attempts, FALSE AS unsure, '' AS told, coalesce(r.read_at, n.sent_at) AS since
     FROM addressed a LEFT JOIN read r ON r.notice_id = n.notice_id AND r.reader = a.account::text
    WHERE a.notice_id = n.notice_id
    UNION ALL
   SELECT d.account, d.channel, d.planned_at, d.send_at, d.state, d.attempts, d.unsure, d.told, d.since
     FROM deliveries d
    WHERE d.notice_id = n.notice_id
 ) w
  LEFT JOIN matters m ON n.topic_id = m.topic_id
 WHERE n.area LIKE ANY(:prefixes::text[])
   AND (:channel::text = '' OR w.channel = :channel)
   AND (:state::text = '' OR w.state = :state)
 ORDER BY n.sent_at DESC, n.notice_id, w.account, w.channel
 LIMIT :most OFFSET :skipped;

-- name: ledger of matter  (the same, of one matter, for notices that say one of these things)
SELECT n.notice_id, n.topic_id, m.title, n.text, n.params::text AS params, n.area, w.*
  FROM notices n
 CROSS JOIN LATERAL (
   SELECT a.account, 'inbox' AS channel, n.sent_at AS planned_at, n.sent_at AS send_at,
          CASE WHEN r.read_at IS NULL THEN 'NoticeSent' ELSE 'NoticeRead' END AS state,
          1 AS attempts, FALSE AS unsure, '' AS told, coalesce(r.read_at, n.sent_at) AS since
     FROM addressed a LEFT JOIN read r ON r.notice_id = n.notice_id AND r.reader = a.account::text
    WHERE a.notice_id = n.notice_id
    UNION ALL
   SELECT d.account, d.channel, d.planned_at, d.send_at, d.state, d.attempts, d.unsure, d.told, d.since
     FROM deliveries d
    WHERE d.notice_id = n.notice_id
 ) w
  LEFT JOIN matters m ON n.topic_id = m.topic_id
 WHERE n.topic_id = :topic_id AND n.area LIKE ANY(:prefixes::text[]) AND n.text = ANY(:texts::text[])
 ORDER BY n.sent_at DESC, n.notice_id, w.account, w.channel
 LIMIT :most;
