-- What a copy of a view holds beside the view's own tables, with the copy's schema as the search_path.

-- name: keep    (how far it has come, and of which file it is made)
CREATE TABLE checkpoint (source text PRIMARY KEY, position bigint NOT NULL);
CREATE TABLE made_of (fingerprint text NOT NULL, at timestamptz NOT NULL DEFAULT now());

-- name: begin
INSERT INTO checkpoint (source, position) SELECT unnest(:sources::text[]), 0;

-- name: sign
INSERT INTO made_of (fingerprint) VALUES (:fingerprint);

-- name: signed
SELECT fingerprint FROM made_of;

-- name: exists
SELECT to_regclass('made_of') IS NOT NULL;

-- name: positions
SELECT source, position FROM checkpoint;

-- name: is there
SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = :schema);

-- name: tell    (open pages that the view is another)
SELECT pg_notify(:schema, source || ':' || position) FROM "SCHEMA".checkpoint;
