-- What is to be carried where, and what came of it: plain tables of those who carry, beside the log and no view of it.
-- A fact becomes a message for each target it concerns, in the transaction that moves the target on behind it.

-- name: tables
CREATE SCHEMA IF NOT EXISTS exchange__hooks;
CREATE TABLE IF NOT EXISTS exchange__hooks.targets (
  subscription_id uuid        PRIMARY KEY,
  agency_id       uuid        NOT NULL,
  url             text        NOT NULL,
  areas           text[]      NOT NULL,
  kinds           text[]      NOT NULL,
  state           text        NOT NULL DEFAULT 'asked',  -- then 'live', then 'over'
  holds           text[]      NOT NULL DEFAULT '{}',
  secret          text        NOT NULL DEFAULT '',       -- sealed
  old_secret      text        NOT NULL DEFAULT '',
  old_until       timestamptz,
  upto            bigint      NOT NULL DEFAULT 0,        -- facts up to this position are messages
  fails           integer     NOT NULL DEFAULT 0,        -- in a row
  knock_at        timestamptz NOT NULL DEFAULT '-infinity',
  asked_at        timestamptz,
  taken_at        timestamptz
);
CREATE TABLE IF NOT EXISTS exchange__hooks.messages (
  subscription_id uuid        NOT NULL,
  message_id      uuid        NOT NULL,
  position        bigint,                                -- none: a test
  type            text        NOT NULL,
  area            text        NOT NULL,
  state           text        NOT NULL DEFAULT 'waiting',  -- then 'taken', 'given-up' or 'dropped'
  attempts        integer     NOT NULL DEFAULT 0,
  made_at         timestamptz NOT NULL,
  first_at        timestamptz,
  last_at         timestamptz,
  next_at         timestamptz NOT NULL,
  code            integer     NOT NULL DEFAULT 0,
  took_ms         integer     NOT NULL DEFAULT 0,
  told            text        NOT NULL DEFAULT '',
  PRIMARY KEY (subscription_id, message_id)
);
CREATE INDEX IF NOT EXISTS messages_waiting
    ON exchange__hooks.messages (subscription_id, position NULLS FIRST) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS messages_given_up
    ON exchange__hooks.messages (subscription_id) WHERE state = 'given-up';
CREATE INDEX IF NOT EXISTS messages_made ON exchange__hooks.messages (subscription_id, made_at DESC, position DESC);
CREATE TABLE IF NOT EXISTS exchange__hooks.failures (
  subscription_id uuid        NOT NULL,
  message_id      uuid        NOT NULL,
  at              timestamptz NOT NULL,
  code            integer     NOT NULL,
  took_ms         integer     NOT NULL,
  told            text        NOT NULL,
  PRIMARY KEY (subscription_id, message_id, at)
);

-- name: seen
SELECT position FROM exchange.checkpoints WHERE name = 'hooks' AND source = 'exchange';

-- name: advance    (no row: another was here)
INSERT INTO exchange.checkpoints AS c (name, source, position) VALUES ('hooks', 'exchange', :upto)
ON CONFLICT (name, source) DO UPDATE SET position = excluded.position WHERE c.position = :after
RETURNING position;

-- name: open
INSERT INTO exchange__hooks.targets (subscription_id, agency_id, url, areas, kinds)
VALUES (:subscription_id, :agency_id, :url, :areas, :kinds)
    ON CONFLICT DO NOTHING;

-- name: approve
UPDATE exchange__hooks.targets SET state = 'live', upto = :position
 WHERE subscription_id = :subscription_id AND state = 'asked';

-- name: give secret
UPDATE exchange__hooks.targets
   SET secret = :secret, old_secret = CASE WHEN :old_until::timestamptz IS NULL THEN '' ELSE secret END,
       old_until = :old_until, knock_at = '-infinity', fails = 0
 WHERE subscription_id = :subscription_id AND state <> 'over';

-- name: hold
UPDATE exchange__hooks.targets SET holds = array_append(array_remove(holds, :hold), :hold)
 WHERE subscription_id = :subscription_id;

-- name: let go
UPDATE exchange__hooks.targets SET holds = array_remove(holds, :hold), knock_at = '-infinity', fails = 0
 WHERE subscription_id = :subscription_id;

-- name: go back
UPDATE exchange__hooks.targets SET upto = least(upto, :upto), knock_at = '-infinity'
 WHERE subscription_id = :subscription_id AND state = 'live';

-- name: end
WITH over AS (
  UPDATE exchange__hooks.targets SET state = 'over', secret = '', old_secret = '', old_until = NULL
   WHERE subscription_id = :subscription_id
)
UPDATE exchange__hooks.messages SET state = 'dropped'
 WHERE subscription_id = :subscription_id AND state = 'waiting';

-- name: again    (the message with this id; without one all that were given up)
WITH knocked AS (
  UPDATE exchange__hooks.targets SET knock_at = '-infinity' WHERE subscription_id = :subscription_id
)
UPDATE exchange__hooks.messages SET state = 'waiting', attempts = 0, first_at = NULL, next_at = :now
 WHERE subscription_id = :subscription_id AND state <> 'dropped'
   AND CASE WHEN :message_id::uuid IS NULL THEN state = 'given-up' ELSE message_id = :message_id END;

-- name: try
WITH knocked AS (
  UPDATE exchange__hooks.targets SET knock_at = '-infinity' WHERE subscription_id = :subscription_id
)
INSERT INTO exchange__hooks.messages (subscription_id, message_id, type, area, made_at, next_at)
SELECT subscription_id, :message_id, 'Test', areas[1], :now, '-infinity'
  FROM exchange__hooks.targets
 WHERE subscription_id = :subscription_id AND state = 'live'
    ON CONFLICT DO NOTHING;

-- name: behind    (targets that facts up to `head` have not become messages for, and that have room for some)
SELECT subscription_id, agency_id, areas, kinds, upto
  FROM exchange__hooks.targets AS t
 WHERE state = 'live' AND holds = '{}' AND secret <> '' AND upto < :head
   AND :room > (SELECT count(*) FROM exchange__hooks.messages AS m
                 WHERE m.subscription_id = t.subscription_id AND m.state = 'waiting');

-- name: move on    (no row: another was here)
UPDATE exchange__hooks.targets SET upto = :upto
 WHERE subscription_id = :subscription_id AND upto = :after
RETURNING upto;

-- name: make    (again where it was told before: then somebody wants everything once more)
INSERT INTO exchange__hooks.messages AS m (subscription_id, message_id, position, type, area, made_at, next_at)
SELECT :subscription_id, message_id, position, type, area, :now, '-infinity'
  FROM unnest(:message_ids::uuid[], :positions::bigint[], :types::text[], :areas::text[])
       AS told (message_id, position, type, area)
    ON CONFLICT (subscription_id, message_id) DO UPDATE
   SET state = 'waiting', attempts = 0, first_at = NULL, made_at = excluded.made_at, next_at = excluded.next_at
 WHERE m.state <> 'waiting';

-- name: due    (one message of a target that is down, and some of any other)
SELECT t.subscription_id, t.url, t.secret, t.old_secret, t.old_until, t.fails,
       d.message_id, d.position, d.type, d.area, d.attempts, d.made_at
  FROM exchange__hooks.targets AS t
 CROSS JOIN LATERAL (
  SELECT m.message_id, m.position, m.type, m.area, m.attempts, m.made_at
    FROM exchange__hooks.messages AS m
   WHERE m.subscription_id = t.subscription_id AND m.state = 'waiting' AND m.next_at <= :now
     AND m.message_id <> ALL(:mine::uuid[])
   ORDER BY m.position NULLS FIRST
   LIMIT CASE WHEN t.fails >= :down_after THEN 1 ELSE :most END
 ) AS d
 WHERE t.state = 'live' AND t.holds = '{}' AND t.secret <> '' AND t.knock_at <= :now
   AND t.subscription_id <> ALL(:busy::uuid[])
 ORDER BY t.subscription_id, d.position NULLS FIRST;

-- name: taken    (the target's own row once a second: all its messages would wait for each other there)
WITH m AS (
  UPDATE exchange__hooks.messages
     SET state = 'taken', attempts = attempts + 1, first_at = coalesce(first_at, :at), last_at = :at,
         code = :code, took_ms = :took_ms, told = :told
   WHERE subscription_id = :subscription_id AND message_id = :message_id AND state = 'waiting'
)
UPDATE exchange__hooks.targets SET fails = 0, knock_at = '-infinity', asked_at = :at, taken_at = :at
 WHERE subscription_id = :subscription_id
   AND (fails > 0 OR taken_at IS NULL OR taken_at < :at::timestamptz - interval '1 second');

-- name: up again    (what waits for a target that was down waits no longer)
UPDATE exchange__hooks.messages SET next_at = :now
 WHERE subscription_id = :subscription_id AND state = 'waiting' AND next_at > :now;

-- name: failed    (given up only if it was tried as often as it may, and others were taken meanwhile)
WITH t AS (
  UPDATE exchange__hooks.targets SET fails = :fails, knock_at = greatest(knock_at, :knock_at), asked_at = :at
   WHERE subscription_id = :subscription_id
  RETURNING taken_at
), m AS (
  UPDATE exchange__hooks.messages AS m
     SET attempts = attempts + 1, first_at = coalesce(first_at, :at), last_at = :at, next_at = :next_at,
         state = CASE WHEN :is_over AND t.taken_at >= m.first_at THEN 'given-up' ELSE state END,
         code = :code, took_ms = :took_ms, told = :told
    FROM t
   WHERE subscription_id = :subscription_id AND message_id = :message_id AND state = 'waiting'
)
INSERT INTO exchange__hooks.failures (subscription_id, message_id, at, code, took_ms, told)
VALUES (:subscription_id, :message_id, :at, :code, :took_ms, :told)
    ON CONFLICT DO NOTHING;

-- name: given up    (of targets that go on, and lost something lately)
SELECT m.subscription_id, count(*) AS given_up, max(m.last_at) AS last_at
  FROM exchange__hooks.messages AS m
  JOIN exchange__hooks.targets AS t ON m.subscription_id = t.subscription_id
 WHERE m.state = 'given-up' AND t.state = 'live'
 GROUP BY m.subscription_id
HAVING max(m.last_at) >= :since;

-- name: drop
UPDATE exchange__hooks.messages SET state = 'dropped', told = :told
 WHERE subscription_id = :subscription_id AND message_id = :message_id;

-- name: sweep
WITH old AS (
  DELETE FROM exchange__hooks.messages
   WHERE (state IN ('taken', 'dropped') AND last_at < :taken_before) OR (state <> 'waiting' AND made_at < :before)
)
DELETE FROM exchange__hooks.failures WHERE at < :taken_before;

-- name: measures
SELECT count(*) FILTER (WHERE m.state = 'waiting') AS waiting,
       min(m.made_at) FILTER (WHERE m.state = 'waiting') AS oldest,
       (SELECT count(*) FROM exchange__hooks.targets WHERE state = 'live' AND fails >= :down_after) AS down
  FROM exchange__hooks.messages AS m
 WHERE m.state = 'waiting';

-- name: state of
SELECT t.subscription_id, t.agency_id, t.url, t.state, t.fails, t.fails >= :down_after AS down,
       nullif(t.knock_at, '-infinity') AS knock_at, t.asked_at, t.taken_at, t.upto,
       (SELECT count(*) FROM exchange__hooks.messages AS m
         WHERE m.subscription_id = t.subscription_id AND m.state = 'waiting') AS waiting,
       (SELECT min(m.made_at) FROM exchange__hooks.messages AS m
         WHERE m.subscription_id = t.subscription_id AND m.state = 'waiting') AS oldest,
       (SELECT count(*) FROM exchange__hooks.messages AS m
         WHERE m.subscription_id = t.subscription_id AND m.state = 'given-up') AS given_up
  FROM exchange__hooks.targets AS t
 WHERE t.subscription_id = :subscription_id;

-- name: messages of    (the newest first; of one state, or of all)
SELECT message_id, position, type, area, state, attempts, made_at, first_at, last_at,
       nullif(next_at, '-infinity') AS next_at, code, took_ms, told
  FROM exchange__hooks.messages
 WHERE subscription_id = :subscription_id AND (:state = '' OR state = :state)
 ORDER BY made_at DESC, position DESC NULLS FIRST
 LIMIT :most OFFSET :skipped;

-- name: message of
SELECT message_id, position, type, area, state, attempts, made_at, first_at, last_at,
       nullif(next_at, '-infinity') AS next_at, code, took_ms, told
  FROM exchange__hooks.messages
 WHERE subscription_id = :subscription_id AND message_id = :message_id;

-- name: failures of    (the newest first)
SELECT at, code, took_ms, told FROM exchange__hooks.failures
 WHERE subscription_id = :subscription_id AND message_id = :message_id
 ORDER BY at DESC
 LIMIT 100;
