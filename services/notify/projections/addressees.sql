-- Who is meant by a recipient, and how they want to be told. Accounts and offices are said by the
-- portal, lineage and proposers by topics, wishes and addresses by notify: three sources, and no
-- table has two. They meet when somebody asks.

-- name: tables
CREATE TABLE people (
  account uuid PRIMARY KEY,
  area    text NOT NULL
);
CREATE TABLE offices (
  appointment_id uuid    PRIMARY KEY,
  account        uuid    NOT NULL,
  role           text    NOT NULL,
  unit           text    NOT NULL,
  area           text    NOT NULL,
  since          date,
  until          date,
  of_appointment uuid,           -- which a deputy's ends with
  held           boolean NOT NULL
);
CREATE INDEX offices_role ON offices (role, area) WHERE held;
CREATE INDEX offices_unit ON offices (unit, area) WHERE held;
CREATE TABLE leads (
  lead_id   uuid PRIMARY KEY,
  submitter text NOT NULL
);
CREATE TABLE merged (
  lead_id uuid    PRIMARY KEY,
  into_id uuid    NOT NULL,
  held    boolean NOT NULL
);
CREATE INDEX merged_into ON merged (into_id) WHERE held;
CREATE TABLE matters (
  topic_id uuid PRIMARY KEY,
  lead_id  uuid,
  proposer text NOT NULL
);
CREATE TABLE claimers (
  topic_id uuid NOT NULL,
  claimer  text NOT NULL,
  PRIMARY KEY (topic_id, claimer)
);
CREATE TABLE follows (
  topic_id uuid    NOT NULL,
  account  uuid    NOT NULL,
  held     boolean NOT NULL,
  PRIMARY KEY (topic_id, account)
);
CREATE TABLE wishes (
  account uuid PRIMARY KEY,
  wishes  json NOT NULL
);
CREATE TABLE addresses (
  account uuid NOT NULL,
  channel text NOT NULL,
  address text,                 -- sealed; nothing once it was removed
  PRIMARY KEY (account, channel)
);

-- name: on AccountOpened
INSERT INTO people (account, area)
SELECT stream, area FROM batch WHERE type = 'AccountOpened';

-- name: on AppointmentGranted, AppointmentRevoked  (the last of an appointment says if it is held)
INSERT INTO offices (appointment_id, account, role, unit, area, since, until, of_appointment, held)
SELECT DISTINCT ON (data->>'appointment_id')
       (data->>'appointment_id')::uuid, stream, data->>'role', data->>'unit', data->>'within',
       (data->>'since')::date, (data->>'until')::date, (data->>'of_appointment')::uuid, TRUE
  FROM batch
 WHERE type = 'AppointmentGranted'
 ORDER BY data->>'appointment_id', position DESC
    ON CONFLICT (appointment_id) DO UPDATE SET since = excluded.since, until = excluded.until;
UPDATE offices o SET held = (last.type = 'AppointmentGranted')
  FROM (SELECT DISTINCT ON (data->>'appointment_id')
               (data->>'appointment_id')::uuid AS appointment_id, type
          FROM batch
         WHERE type IN ('AppointmentGranted', 'AppointmentRevoked')
         ORDER BY data->>'appointment_id', position DESC) last
 WHERE o.appointment_id = last.appointment_id;

-- name: on LeadSubmitted
INSERT INTO leads (lead_id, submitter)
SELECT stream, data->>'submitter' FROM batch WHERE type = 'LeadSubmitted';

-- name: on LeadMerged, LeadUnmerged
INSERT INTO merged (lead_id, into_id, held)
SELECT DISTINCT ON (stream) stream, (data->>'into')::uuid, type = 'LeadMerged'
  FROM batch
 WHERE type IN ('LeadMerged', 'LeadUnmerged')
 ORDER BY stream, position DESC
    ON CONFLICT (lead_id) DO UPDATE SET into_id = excluded.into_id, held = excluded.held;

-- name: on TopicProposed
INSERT INTO matters (topic_id, lead_id, proposer)
SELECT stream, (data->>'lead_id')::uuid, data->>'proposer' FROM batch WHERE type = 'TopicProposed';

-- name: on TopicClaimed
INSERT INTO claimers (topic_id, claimer)
SELECT DISTINCT stream, data->>'claimer' FROM batch WHERE type = 'TopicClaimed'
    ON CONFLICT DO NOTHING;

-- name: on MatterFollowed, MatterUnfollowed
INSERT INTO follows (topic_id, account, held)
SELECT DISTINCT ON (stream, data->>'topic_id')
       (data->>'topic_id')::uuid, stream, type = 'MatterFollowed'
  FROM batch
 WHERE type IN ('MatterFollowed', 'MatterUnfollowed')
 ORDER BY stream, data->>'topic_id', position DESC
    ON CONFLICT (topic_id, account) DO UPDATE SET held = excluded.held;

-- name: on ChannelsChosen
INSERT INTO wishes (account, wishes)
SELECT DISTINCT ON (stream) stream, data->'wishes'
  FROM batch
 WHERE type = 'ChannelsChosen'
 ORDER BY stream, position DESC
    ON CONFLICT (account) DO UPDATE SET wishes = excluded.wishes;

-- name: on AddressGiven, AddressRemoved
INSERT INTO addresses (account, channel, address)
SELECT DISTINCT ON (stream, data->>'channel') stream, data->>'channel', data->>'address'
  FROM batch
 WHERE type IN ('AddressGiven', 'AddressRemoved')
 ORDER BY stream, data->>'channel', position DESC
    ON CONFLICT (account, channel) DO UPDATE SET address = excluded.address;

-- name: accounts of  (a recipient, as words write it; `places` are those that contain its own)
WITH RECURSIVE asked AS (
  SELECT split_part(one.meant, ':', 1) AS kind,
         regexp_replace(one.meant, '^[a-z]+:|@\d{12}$', '', 'g') AS name
    FROM (SELECT :recipient::text AS meant) one
), family AS (
  SELECT m.lead_id FROM matters m JOIN asked a ON a.kind = 'topic' AND m.topic_id::text = a.name
   UNION
  SELECT g.lead_id FROM merged g JOIN family f ON g.into_id = f.lead_id WHERE g.held
), followers AS (
  SELECT l.submitter AS account FROM leads l JOIN family f ON l.lead_id = f.lead_id
   UNION
  SELECT m.proposer FROM matters m JOIN asked a ON a.kind = 'topic' AND m.topic_id::text = a.name
   UNION
  SELECT c.claimer FROM claimers c JOIN asked a ON a.kind = 'topic' AND c.topic_id::text = a.name
   UNION
  SELECT f.account::text FROM follows f JOIN asked a ON a.kind = 'topic' AND f.topic_id::text = a.name
   WHERE f.held
), in_office AS (
  SELECT o.account, o.role, o.unit
    FROM offices o LEFT JOIN offices lent ON o.of_appointment = lent.appointment_id
   WHERE o.held AND o.area = ANY(:places::text[])
     AND coalesce(o.since <= :today, TRUE) AND coalesce(o.until >= :today, TRUE)
     AND (o.of_appointment IS NULL
          OR lent.held AND coalesce(lent.since <= :today, TRUE) AND coalesce(lent.until >= :today, TRUE))
), meant AS (
  SELECT p.account FROM people p JOIN asked a ON a.kind = 'account' AND p.account::text = a.name
   UNION
  SELECT o.account FROM in_office o JOIN asked a ON a.kind = 'role' AND o.role = a.name
   UNION
  SELECT o.account FROM in_office o JOIN asked a ON a.kind = 'unit' AND o.unit = a.name
   UNION
  SELECT p.account FROM people p JOIN followers f ON p.account::text = f.account
   WHERE NOT EXISTS (SELECT FROM follows x JOIN asked a ON x.topic_id::text = a.name
                      WHERE x.account = p.account AND NOT x.held)
)
SELECT m.account, w.wishes::text AS wishes, d.channel
  FROM meant m
  LEFT JOIN wishes w ON m.account = w.account
  LEFT JOIN addresses d ON m.account = d.account AND d.address IS NOT NULL
 ORDER BY m.account, d.channel
 LIMIT :most;

-- name: addresses of  (sealed)
SELECT account, address FROM addresses
 WHERE account = ANY(:accounts::uuid[]) AND channel = :channel AND address IS NOT NULL;

-- name: subscription of
SELECT p.account, w.wishes::text AS wishes,
       coalesce((SELECT json_object_agg(d.channel, d.address ORDER BY d.channel) FROM addresses d
                  WHERE d.account = p.account AND d.address IS NOT NULL), '{}')::text AS addresses
  FROM people p LEFT JOIN wishes w ON p.account = w.account
 WHERE p.account = :reader::uuid;

-- name: follows  (whether somebody chose to, or chose not to; nothing where nobody asked)
SELECT held FROM follows WHERE topic_id = :topic_id AND account = :reader::uuid;
