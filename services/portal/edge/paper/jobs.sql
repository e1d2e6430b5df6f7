-- What takes long to put on paper, or to read from it: plain tables, beside the log and never in it.
-- A job whose process went away beats no more; whoever asked for it is offered to ask again.

-- name: tables
CREATE SCHEMA IF NOT EXISTS portal__paper;
CREATE TABLE IF NOT EXISTS portal__paper.jobs (
  job_id   uuid        PRIMARY KEY,
  account  uuid        NOT NULL,
  label    text        NOT NULL,
  address  text        NOT NULL,
  file     text        NOT NULL,
  state    text        NOT NULL,
  done     bigint      NOT NULL DEFAULT 0,
  total    bigint      NOT NULL DEFAULT 0,
  made_at  timestamptz NOT NULL,
  beat_at  timestamptz NOT NULL,
  ended_at timestamptz,
  size     bigint      NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS jobs_account ON portal__paper.jobs (account, made_at);
CREATE TABLE IF NOT EXISTS portal__paper.pieces (
  job_id uuid    NOT NULL REFERENCES portal__paper.jobs ON DELETE CASCADE,
  no     integer NOT NULL,
  bytes  bytea   NOT NULL,
  PRIMARY KEY (job_id, no)
);
-- What was uploaded and is not imported yet. Its rows are sealed: they may hold names.
CREATE TABLE IF NOT EXISTS portal__paper.imports (
  import_id uuid        PRIMARY KEY,
  account   uuid        NOT NULL,
  kind      text        NOT NULL,
  area      text        NOT NULL,
  file      text        NOT NULL,
  digest    text        NOT NULL,
  rows      text        NOT NULL,
  made_at   timestamptz NOT NULL
);

-- name: begin  (what the same person asked for already, and goes on, is not asked for twice)
INSERT INTO portal__paper.jobs (job_id, account, label, address, file, state, total, made_at, beat_at)
SELECT :job_id::uuid, :account::uuid, :label::text, :address::text, :file::text, 'waiting', :total::bigint,
       :now::timestamptz, :now::timestamptz
 WHERE NOT EXISTS (SELECT FROM portal__paper.jobs j
                    WHERE j.account = :account::uuid AND j.address = :address::text
                      AND j.state IN ('waiting', 'running') AND j.beat_at > :alive::timestamptz)
RETURNING job_id;

-- name: under way
SELECT job_id FROM portal__paper.jobs
 WHERE account = :account::uuid AND address = :address::text AND state IN ('waiting', 'running')
   AND beat_at > :alive::timestamptz
 ORDER BY made_at DESC LIMIT 1;

-- name: beat
UPDATE portal__paper.jobs SET beat_at = :now::timestamptz WHERE job_id = :job_id;

-- name: move
UPDATE portal__paper.jobs
   SET state = :state::text, done = :done::bigint, total = greatest(total, :done::bigint), beat_at = :now::timestamptz
 WHERE job_id = :job_id;

-- name: end
UPDATE portal__paper.jobs
   SET state = :state::text, size = :size::bigint, beat_at = :now::timestamptz, ended_at = :now::timestamptz
 WHERE job_id = :job_id;

-- name: one
SELECT * FROM portal__paper.jobs WHERE job_id = :job_id;

-- name: of account
SELECT * FROM portal__paper.jobs WHERE account = :account ORDER BY made_at DESC, job_id LIMIT :most;

-- name: keep piece
INSERT INTO portal__paper.pieces (job_id, no, bytes) VALUES (:job_id, :no, :bytes);

-- name: piece
SELECT bytes FROM portal__paper.pieces WHERE job_id = :job_id AND no = :no;

-- name: let go
DELETE FROM portal__paper.jobs WHERE made_at < :before::timestamptz;
