-- One key per person. A destroyed key leaves its row behind, so that it is never made again; a
-- locked one is kept, and neither seals nor opens anything.

-- name: tables
CREATE SCHEMA IF NOT EXISTS vault;
CREATE TABLE IF NOT EXISTS vault.keys (
  person       uuid        PRIMARY KEY,
  key          bytea,
  made_at      timestamptz NOT NULL DEFAULT now(),
  forgotten_at timestamptz,
  locked_at    timestamptz
);
ALTER TABLE vault.keys ADD COLUMN IF NOT EXISTS locked_at timestamptz;

-- name: key to seal with
INSERT INTO vault.keys (person, key) VALUES (:person, :fresh)
    ON CONFLICT (person) DO UPDATE SET person = excluded.person
RETURNING key, locked_at;

-- name: keys of persons
SELECT person, key, locked_at IS NOT NULL AS locked FROM vault.keys
 WHERE person = ANY(:persons::uuid[]) AND key IS NOT NULL;

-- name: forget
INSERT INTO vault.keys (person, forgotten_at) VALUES (:person, now())
    ON CONFLICT (person) DO UPDATE SET key = NULL, forgotten_at = now()
 WHERE keys.key IS NOT NULL;

-- name: lock
UPDATE vault.keys SET locked_at = coalesce(locked_at, now()) WHERE person = :person;
