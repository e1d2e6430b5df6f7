-- Passwords and sessions: plain tables that change, beside the log and never in it.

-- name: tables
CREATE SCHEMA IF NOT EXISTS portal__door;
CREATE TABLE IF NOT EXISTS portal__door.credentials (
  account_id uuid        PRIMARY KEY,
  login      text        NOT NULL UNIQUE,
  hash       text        NOT NULL,
  set_at     timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS portal__door.attempts (
  login    text        PRIMARY KEY,
  failures integer     NOT NULL,
  last_at  timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS portal__door.sessions (
  token_sha256   bytea       PRIMARY KEY,
  account_id     uuid        NOT NULL,
  appointment_id uuid,
  csrf           text        NOT NULL,
  opened_at      timestamptz NOT NULL,
  seen_at        timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS sessions_account ON portal__door.sessions (account_id);
CREATE TABLE IF NOT EXISTS portal__door.tours (
  account_id uuid    NOT NULL,
  role       text    NOT NULL,
  card       integer NOT NULL,
  PRIMARY KEY (account_id, role)
);
CREATE TABLE IF NOT EXISTS portal__door.tokens (
  token_sha256 bytea       PRIMARY KEY,
  token_id     uuid        NOT NULL UNIQUE,
  account_id   uuid        NOT NULL,
  seen_at      timestamptz
);
CREATE INDEX IF NOT EXISTS tokens_account ON portal__door.tokens (account_id);
CREATE TABLE IF NOT EXISTS portal__door.asked (
  key         uuid        PRIMARY KEY,
  account_id  uuid        NOT NULL,
  body_sha256 bytea       NOT NULL,
  at          timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS asked_at ON portal__door.asked (at);

-- name: let others unseal  (addresses that notices are carried to, secrets that webhooks are signed with)
-- Each only what is sealed for one of its own subscriptions: keys of other people and matters it does not even see.
DO $$
DECLARE
  other text;
BEGIN
  FOR other IN SELECT unnest('{notify,exchange}'::text[]) LOOP
    CONTINUE WHEN to_regrole('tongxin_' || other) IS NULL OR to_regclass(other || '.streams') IS NULL;
    IF NOT EXISTS (SELECT FROM pg_policies WHERE schemaname = 'vault' AND policyname = other) THEN
      ALTER TABLE vault.keys ENABLE ROW LEVEL SECURITY;
      EXECUTE format(
        'CREATE POLICY %1$I ON vault.keys FOR SELECT TO %2$I USING (EXISTS ('
        'SELECT FROM %1$I.streams s WHERE s.stream = person AND s.category = ''subscription''))',
        other, 'tongxin_' || other
      );
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA vault TO %I', 'tongxin_' || other);
    EXECUTE format('GRANT SELECT ON vault.keys TO %I', 'tongxin_' || other);
  END LOOP;
END $$;

-- name: knock  (counted before the password is looked at; the count begins anew after a quiet while)
INSERT INTO portal__door.attempts AS a (login, failures, last_at) VALUES (:login, 1, :now)
    ON CONFLICT (login) DO UPDATE
   SET failures = CASE WHEN a.last_at < :quiet_since THEN 1 ELSE a.failures + 1 END,
       last_at = CASE WHEN a.failures < :most OR a.last_at < :quiet_since THEN :now ELSE a.last_at END
RETURNING failures, last_at;

-- name: come in
DELETE FROM portal__door.attempts WHERE login = :login OR last_at < :long_ago;

-- name: credential
SELECT account_id, hash FROM portal__door.credentials WHERE login = :login;

-- name: set credential  (whoever has a new password is no longer locked out for having tried others)
WITH forgiven AS (DELETE FROM portal__door.attempts WHERE login = :login)
INSERT INTO portal__door.credentials (account_id, login, hash, set_at) VALUES (:account_id, :login, :hash, :now)
    ON CONFLICT (account_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at;

-- name: open session
INSERT INTO portal__door.sessions (token_sha256, account_id, csrf, opened_at, seen_at)
VALUES (:token_sha256, :account_id, :csrf, :now, :now);

-- name: session
SELECT account_id, appointment_id, csrf, seen_at,
       ARRAY(SELECT t.role || ' ' || t.card FROM portal__door.tours t WHERE t.account_id = s.account_id) AS tours
  FROM portal__door.sessions s
 WHERE token_sha256 = :token_sha256 AND seen_at > :idle_since AND opened_at > :opened_since;

-- name: seen
UPDATE portal__door.sessions SET seen_at = :now WHERE token_sha256 = :token_sha256;

-- name: act as
UPDATE portal__door.sessions SET appointment_id = :appointment_id WHERE token_sha256 = :token_sha256;

-- name: close session
DELETE FROM portal__door.sessions WHERE token_sha256 = :token_sha256;

-- name: close sessions of account
DELETE FROM portal__door.sessions WHERE account_id = :account_id;

-- name: tour
INSERT INTO portal__door.tours (account_id, role, card) VALUES (:account_id, :role, :card)
    ON CONFLICT (account_id, role) DO UPDATE SET card = excluded.card;

-- name: forget
WITH toured AS (DELETE FROM portal__door.tours WHERE account_id = :account_id),
gone AS (DELETE FROM portal__door.credentials WHERE account_id = :account_id RETURNING login)
DELETE FROM portal__door.attempts WHERE login IN (SELECT login FROM gone);

-- name: close old sessions
DELETE FROM portal__door.sessions WHERE seen_at <= :idle_since OR opened_at <= :opened_since;

-- name: keep token
INSERT INTO portal__door.tokens (token_sha256, token_id, account_id) VALUES (:token_sha256, :token_id, :account_id)
    ON CONFLICT (token_id) DO NOTHING
RETURNING token_id;

-- name: token
SELECT token_id, account_id, seen_at FROM portal__door.tokens WHERE token_sha256 = :token_sha256;

-- name: token seen
UPDATE portal__door.tokens SET seen_at = :now WHERE token_id = :token_id;

-- name: tokens seen
SELECT token_id, seen_at FROM portal__door.tokens WHERE account_id = :account_id;

-- name: drop token
DELETE FROM portal__door.tokens WHERE token_id = :token_id;

-- name: drop tokens of account
DELETE FROM portal__door.tokens WHERE account_id = :account_id;

-- name: ask once  (the first who comes with a key settles whose it is, and what was asked with it)
WITH mine AS (
  INSERT INTO portal__door.asked (key, account_id, body_sha256, at) VALUES (:key, :account_id, :body_sha256, :now)
      ON CONFLICT (key) DO NOTHING
  RETURNING account_id, body_sha256
)
SELECT account_id, body_sha256 FROM mine
 UNION ALL
SELECT account_id, body_sha256 FROM portal__door.asked WHERE key = :key;

-- name: forget what was asked
DELETE FROM portal__door.asked WHERE at < :long_ago;
