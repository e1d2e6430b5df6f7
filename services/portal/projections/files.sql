-- Which files are kept with what. Names are ciphertext; the bytes lie elsewhere.

-- name: tables
CREATE TABLE files (
  file_id    uuid        PRIMARY KEY,
  subject_id uuid        NOT NULL,
  area       text        NOT NULL,
  name       text        NOT NULL,
  media      text        NOT NULL,
  size       integer     NOT NULL,
  digest     text        NOT NULL,
  purpose    text        NOT NULL,
  public     boolean     NOT NULL,
  keeper     text        NOT NULL,
  kept_at    timestamptz NOT NULL,
  removed_at timestamptz
);
CREATE INDEX files_subject ON files (subject_id);
CREATE INDEX files_keeper ON files (keeper);

-- name: on FileKept
INSERT INTO files (file_id, subject_id, area, name, media, size, digest, purpose, public, keeper, kept_at)
SELECT stream, (data->>'subject_id')::uuid, area, data->>'name', data->>'media', (data->>'size')::integer, data->>'digest',
       data->>'purpose', (data->>'public')::boolean, data->>'keeper', at
  FROM batch
 WHERE type = 'FileKept';

-- name: on FileRemoved
UPDATE files f SET removed_at = b.at FROM batch b WHERE b.type = 'FileRemoved' AND f.file_id = b.stream;

-- name: one
SELECT * FROM files WHERE file_id = :file_id AND removed_at IS NULL;

-- name: of subjects
SELECT * FROM files WHERE subject_id = ANY(:subject_ids::uuid[]) AND removed_at IS NULL ORDER BY kept_at, file_id;

-- name: sealed for subjects
SELECT name, area FROM files WHERE subject_id = ANY(:subject_ids::uuid[]) ORDER BY kept_at, file_id;
