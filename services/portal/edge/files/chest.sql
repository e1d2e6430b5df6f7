-- The sealed bytes of files: a plain table beside the log. A row is staged until its file is kept.

-- name: tables
CREATE SCHEMA IF NOT EXISTS portal__chest;
CREATE TABLE IF NOT EXISTS portal__chest.bytes (
  file_id    uuid        PRIMARY KEY,
  subject_id uuid        NOT NULL,
  name       text        NOT NULL,
  media      text        NOT NULL,
  size       integer     NOT NULL,
  digest     text        NOT NULL,
  content    bytea       NOT NULL,
  small      bytea       NOT NULL,
  staged_at  timestamptz NOT NULL,
  kept       boolean     NOT NULL DEFAULT FALSE
);
ALTER TABLE portal__chest.bytes ALTER COLUMN content SET STORAGE EXTERNAL, ALTER COLUMN small SET STORAGE EXTERNAL;
CREATE INDEX IF NOT EXISTS bytes_subject ON portal__chest.bytes (subject_id);
CREATE INDEX IF NOT EXISTS bytes_staged ON portal__chest.bytes (staged_at) WHERE NOT kept;

-- name: stage
INSERT INTO portal__chest.bytes (file_id, subject_id, name, media, size, digest, content, small, staged_at)
VALUES (:file_id, :subject_id, :name, :media, :size, :digest, :content, :small, :now)
    ON CONFLICT (file_id) DO NOTHING;

-- name: staged
SELECT file_id, name, media, size, digest FROM portal__chest.bytes
 WHERE subject_id = :subject_id AND NOT kept
 ORDER BY staged_at, file_id;

-- name: others staged
SELECT count(*) FROM portal__chest.bytes WHERE subject_id = :subject_id AND file_id <> :file_id AND NOT kept;

-- name: keep
UPDATE portal__chest.bytes SET kept = TRUE WHERE file_id = :file_id;

-- name: content
SELECT subject_id, digest, content FROM portal__chest.bytes WHERE file_id = :file_id;

-- name: small
SELECT subject_id, digest, small AS content FROM portal__chest.bytes WHERE file_id = :file_id;

-- name: take away
DELETE FROM portal__chest.bytes WHERE file_id = :file_id;

-- name: drop
DELETE FROM portal__chest.bytes WHERE file_id = :file_id AND subject_id = :subject_id AND NOT kept;

-- name: sweep
DELETE FROM portal__chest.bytes WHERE NOT kept AND staged_at < :long_ago;
