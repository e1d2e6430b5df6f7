-- What somebody uploaded and has not imported yet. The rows are sealed: they may hold names.

-- name: keep
INSERT INTO portal__paper.imports (import_id, account, kind, area, file, digest, rows, made_at)
VALUES (:import_id, :account, :kind, :area, :file, :digest, :rows, :now);

-- name: one
SELECT * FROM portal__paper.imports WHERE import_id = :import_id AND account = :account;

-- name: let go
DELETE FROM portal__paper.imports WHERE made_at < :before::timestamptz RETURNING import_id;
