-- What the last check of the closed loop found: a plain table, made anew each night.

-- name: tables
CREATE SCHEMA IF NOT EXISTS portal__loop;
CREATE TABLE IF NOT EXISTS portal__loop.checks (
  checked_at timestamptz PRIMARY KEY,
  stuck      integer     NOT NULL
);
CREATE TABLE IF NOT EXISTS portal__loop.stuck (
  matter_id uuid        PRIMARY KEY,
  area      text        NOT NULL,
  charter   text        NOT NULL,
  title     text        NOT NULL,
  state     text        NOT NULL,
  since     timestamptz NOT NULL,
  reason    text        NOT NULL
);

-- name: forget  (one check at a time keeps what it found: another would keep the same matters again)
LOCK TABLE portal__loop.stuck IN SHARE ROW EXCLUSIVE MODE;
DELETE FROM portal__loop.stuck;

-- name: keep
INSERT INTO portal__loop.stuck (matter_id, area, charter, title, state, since, reason)
VALUES (:matter_id, :area, :charter, :title, :state, :since, :reason);

-- name: checked
INSERT INTO portal__loop.checks (checked_at, stuck) VALUES (:now, :stuck)
    ON CONFLICT (checked_at) DO NOTHING;

-- name: last
SELECT max(checked_at) FROM portal__loop.checks;

-- name: found
SELECT matter_id, area, charter, title, state, since, reason FROM portal__loop.stuck
 ORDER BY reason DESC, since, matter_id;
