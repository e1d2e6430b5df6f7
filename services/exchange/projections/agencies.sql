-- Agencies, what they are told, and by which keys they are known. Facts of exchange only.

-- name: tables
CREATE TABLE agencies (
  agency_id     uuid        PRIMARY KEY,
  area          text        NOT NULL,
  name          text        NOT NULL,
  kind          text        NOT NULL,
  registered_at timestamptz NOT NULL,
  places        integer     NOT NULL,
  per_minute    integer     NOT NULL,
  in_flight     integer     NOT NULL,
  state         text        NOT NULL DEFAULT 'connected',
  reason        text        NOT NULL DEFAULT ''
);
CREATE INDEX agencies_area ON agencies (area);
CREATE TABLE subscriptions (
  subscription_id uuid        PRIMARY KEY,
  agency_id       uuid        NOT NULL,
  areas           text[]      NOT NULL,
  kinds           text[]      NOT NULL,  -- none: all
  channel         text        NOT NULL,
  url             text        NOT NULL,
  purpose         text        NOT NULL,
  asked_at        timestamptz NOT NULL,
  state           text        NOT NULL DEFAULT 'asked',
  since           timestamptz NOT NULL,  -- of the state
  approved_at     timestamptz,
  reason          text        NOT NULL DEFAULT '',
  replay          bigint      NOT NULL DEFAULT 0,  -- the position of the last order to tell again
  replay_since    timestamptz,
  replay_after    bigint,
  waiting         integer,
  lost_at         timestamptz
);
CREATE INDEX subscriptions_agency ON subscriptions (agency_id, asked_at);
CREATE TABLE holds (
  subscription_id uuid    NOT NULL,
  hold            text    NOT NULL,
  held            boolean NOT NULL,
  PRIMARY KEY (subscription_id, hold)
);
CREATE TABLE credentials (
  subscription_id uuid        NOT NULL,
  revision        integer     NOT NULL,
  key_sha256      text        NOT NULL,
  secret          text        NOT NULL,
  issued_at       timestamptz NOT NULL,
  old_until       timestamptz,
  PRIMARY KEY (subscription_id, revision)
);
CREATE INDEX credentials_key ON credentials (key_sha256);
CREATE TABLE steps (
  position        bigint      PRIMARY KEY,
  subscription_id uuid        NOT NULL,
  type            text        NOT NULL,
  at              timestamptz NOT NULL,
  actor           text        NOT NULL,
  hold            text        NOT NULL,
  reason          text        NOT NULL
);
CREATE INDEX steps_subscription ON steps (subscription_id, position);

-- name: on AgencyRegistered
INSERT INTO agencies (agency_id, area, name, kind, registered_at, places, per_minute, in_flight)
SELECT stream, data->>'area', data->>'name', data->>'kind', at, (data->>'places')::integer,
       (data->>'per_minute')::integer, (data->>'in_flight')::integer
  FROM batch
 WHERE type = 'AgencyRegistered';

-- name: on QuotasChanged
UPDATE agencies a SET places = last.places, per_minute = last.per_minute, in_flight = last.in_flight
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'places')::integer AS places,
               (data->>'per_minute')::integer AS per_minute, (data->>'in_flight')::integer AS in_flight
          FROM batch
         WHERE type = 'QuotasChanged'
         ORDER BY stream, position DESC) last
 WHERE a.agency_id = last.stream;

-- name: on AgencySuspended, AgencyResumed, AgencyRemoved
UPDATE agencies a
   SET state = CASE last.type
                 WHEN 'AgencySuspended' THEN 'suspended' WHEN 'AgencyRemoved' THEN 'removed' ELSE 'connected' END,
       reason = last.reason
  FROM (SELECT DISTINCT ON (stream) stream, type, coalesce(data->>'reason', '') AS reason
          FROM batch
         WHERE type IN ('AgencySuspended', 'AgencyResumed', 'AgencyRemoved')
         ORDER BY stream, position DESC) last
 WHERE a.agency_id = last.stream;

-- name: on SubscriptionOpened
INSERT INTO subscriptions (subscription_id, agency_id, areas, kinds, channel, url, purpose, asked_at, since)
SELECT stream, (data->>'agency_id')::uuid, ARRAY(SELECT json_array_elements_text(data->'areas')),
       ARRAY(SELECT json_array_elements_text(data->'kinds')), data->>'channel', data->>'url',
       data->>'purpose', at, at AS since
  FROM batch
 WHERE type = 'SubscriptionOpened';

-- name: on SubscriptionApproved
UPDATE subscriptions s SET approved_at = b.at
  FROM batch b
 WHERE b.type = 'SubscriptionApproved' AND s.subscription_id = b.stream;

-- name: on SubscriptionApproved, SubscriptionDeclined, SubscriptionRevoked
UPDATE subscriptions s
   SET state = CASE last.type
                 WHEN 'SubscriptionApproved' THEN 'live' WHEN 'SubscriptionDeclined' THEN 'declined' ELSE 'revoked' END,
       since = last.at, reason = last.reason
  FROM (SELECT DISTINCT ON (stream) stream, type, at, coalesce(data->>'reason', '') AS reason
          FROM batch
         WHERE type IN ('SubscriptionApproved', 'SubscriptionDeclined', 'SubscriptionRevoked')
         ORDER BY stream, position DESC) last
 WHERE s.subscription_id = last.stream;

-- name: on CredentialsIssued
INSERT INTO credentials (subscription_id, revision, key_sha256, secret, issued_at, old_until)
SELECT stream, revision, data->>'key_sha256', data->>'secret', at, (data->>'old_until')::timestamptz
  FROM batch
 WHERE type = 'CredentialsIssued';

-- name: on SubscriptionPaused, SubscriptionResumed
INSERT INTO holds (subscription_id, hold, held)
SELECT DISTINCT ON (stream, data->>'hold') stream, data->>'hold', type = 'SubscriptionPaused'
  FROM batch
 WHERE type IN ('SubscriptionPaused', 'SubscriptionResumed')
 ORDER BY stream, data->>'hold', position DESC
    ON CONFLICT (subscription_id, hold) DO UPDATE SET held = excluded.held;

-- name: on SubscriptionReplayed
UPDATE subscriptions s
   SET replay = last.position, replay_since = last.since, replay_after = last.after
  FROM (SELECT DISTINCT ON (stream) stream, position, (data->>'since')::timestamptz AS since,
               (data->>'after')::bigint AS after
          FROM batch
         WHERE type = 'SubscriptionReplayed'
         ORDER BY stream, position DESC) last
 WHERE s.subscription_id = last.stream;

-- name: on RetentionNeared
UPDATE subscriptions s SET waiting = last.waiting, lost_at = last.lost_at
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'waiting')::integer AS waiting,
               (data->>'lost_at')::timestamptz AS lost_at
          FROM batch
         WHERE type = 'RetentionNeared'
         ORDER BY stream, position DESC) last
 WHERE s.subscription_id = last.stream;

-- name: on SubscriptionOpened, SubscriptionApproved, SubscriptionDeclined, CredentialsIssued, SubscriptionPaused, SubscriptionResumed, SubscriptionReplayed, RedeliveryAsked, WebhookTried, RetentionNeared, MessagesGivenUp, SubscriptionRevoked
INSERT INTO steps (position, subscription_id, type, at, actor, hold, reason)
SELECT position, stream, type, at, actor, coalesce(data->>'hold', ''), coalesce(data->>'reason', '')
  FROM batch
 WHERE type IN (
   'SubscriptionOpened', 'SubscriptionApproved', 'SubscriptionDeclined', 'CredentialsIssued', 'SubscriptionPaused',
   'SubscriptionResumed', 'SubscriptionReplayed', 'RedeliveryAsked', 'WebhookTried', 'RetentionNeared',
   'MessagesGivenUp', 'SubscriptionRevoked'
 );

-- name: in area
SELECT a.agency_id, a.area, a.name, a.kind, a.registered_at, a.places, a.per_minute, a.in_flight, a.state, a.reason,
       count(s.subscription_id) FILTER (WHERE s.state IN ('asked', 'live')) AS taken,
       count(s.subscription_id) FILTER (WHERE s.state = 'asked') AS asked
  FROM agencies a LEFT JOIN subscriptions s ON a.agency_id = s.agency_id
 WHERE EXISTS (SELECT FROM unnest(:prefixes::text[]) AS here WHERE a.area LIKE here)
 GROUP BY a.agency_id
 ORDER BY asked DESC, a.state, a.area, a.name
 LIMIT :most;

-- name: agency
SELECT a.agency_id, a.area, a.name, a.kind, a.registered_at, a.places, a.per_minute, a.in_flight, a.state, a.reason,
       count(s.subscription_id) FILTER (WHERE s.state IN ('asked', 'live')) AS taken,
       count(s.subscription_id) FILTER (WHERE s.state = 'asked') AS asked
  FROM agencies a LEFT JOIN subscriptions s ON a.agency_id = s.agency_id
 WHERE a.agency_id = :agency_id::uuid
 GROUP BY a.agency_id;

-- name: agency named
SELECT agency_id FROM agencies WHERE name = :name AND state <> 'removed';

-- name: subscriptions of
SELECT s.subscription_id, s.agency_id, a.name AS agency, a.area, s.areas, s.kinds, s.channel, s.url, s.purpose,
       s.asked_at, s.state, s.since, s.reason, s.replay_since, s.replay_after, s.waiting, s.lost_at,
       ARRAY(SELECT h.hold FROM holds h WHERE h.subscription_id = s.subscription_id AND h.held ORDER BY h.hold) AS holds,
       c.issued_at, c.old_until
  FROM subscriptions s
  JOIN agencies a ON s.agency_id = a.agency_id
  LEFT JOIN LATERAL (SELECT i.issued_at, i.old_until FROM credentials i
                      WHERE i.subscription_id = s.subscription_id
                      ORDER BY i.revision DESC LIMIT 1) c ON TRUE
 WHERE s.agency_id = :agency_id::uuid
 ORDER BY s.asked_at DESC, s.subscription_id;

-- name: subscription
SELECT s.subscription_id, s.agency_id, a.name AS agency, a.area, s.areas, s.kinds, s.channel, s.url, s.purpose,
       s.asked_at, s.state, s.since, s.reason, s.replay_since, s.replay_after, s.waiting, s.lost_at,
       ARRAY(SELECT h.hold FROM holds h WHERE h.subscription_id = s.subscription_id AND h.held ORDER BY h.hold) AS holds,
       c.issued_at, c.old_until
  FROM subscriptions s
  JOIN agencies a ON s.agency_id = a.agency_id
  LEFT JOIN LATERAL (SELECT i.issued_at, i.old_until FROM credentials i
                      WHERE i.subscription_id = s.subscription_id
                      ORDER BY i.revision DESC LIMIT 1) c ON TRUE
 WHERE s.subscription_id = :subscription_id::uuid;

-- name: steps of  (the newest first)
SELECT position, type, at, actor, hold, reason FROM steps
 WHERE subscription_id = :subscription_id::uuid
 ORDER BY position DESC
 LIMIT 200;

-- name: holder of key  (one that is good now; nobody, of a subscription that is held or over)
SELECT s.subscription_id, s.agency_id, a.name, a.area, a.per_minute, s.areas, s.kinds, s.channel
  FROM (SELECT k.subscription_id, k.key_sha256,
               row_number() OVER newest AS nth, lag(k.old_until) OVER newest AS good_until
          FROM credentials k
         WHERE k.subscription_id IN (SELECT x.subscription_id FROM credentials x WHERE x.key_sha256 = :key_sha256)
        WINDOW newest AS (PARTITION BY k.subscription_id ORDER BY k.revision DESC)) c
  JOIN subscriptions s ON c.subscription_id = s.subscription_id
  JOIN agencies a ON s.agency_id = a.agency_id
 WHERE c.key_sha256 = :key_sha256 AND (c.nth = 1 OR c.nth = 2 AND c.good_until > :now)
   AND s.state = 'live' AND a.state = 'connected'
   AND NOT EXISTS (SELECT FROM holds h WHERE h.subscription_id = s.subscription_id AND h.held)
 ORDER BY s.subscription_id
 LIMIT 1;

-- name: live on channel  (what is to be told, with how much at a time)
SELECT s.subscription_id, s.agency_id, a.area, s.areas, s.kinds, s.url, s.approved_at, s.replay, s.replay_since,
       s.replay_after, a.in_flight,
       EXISTS (SELECT FROM holds h WHERE h.subscription_id = s.subscription_id AND h.held) AS held,
       (SELECT max(c.revision) FROM credentials c WHERE c.subscription_id = s.subscription_id) AS credentials
  FROM subscriptions s JOIN agencies a ON s.agency_id = a.agency_id
 WHERE s.state = 'live' AND s.channel = :channel
 ORDER BY s.subscription_id;

-- name: secrets of  (sealed; the newest first: two, while the one before signs as well)
SELECT secret, key_sha256, issued_at, old_until FROM credentials
 WHERE subscription_id = :subscription_id::uuid
 ORDER BY revision DESC
 LIMIT 2;
