-- The secret of each meeting from which the codes on its wall are made: no record, and gone with it.

-- name: tables
CREATE TABLE IF NOT EXISTS portal__door.wall_codes (
  consultation_id uuid        PRIMARY KEY,
  secret          bytea       NOT NULL,
  made_at         timestamptz NOT NULL
);

-- name: make
INSERT INTO portal__door.wall_codes (consultation_id, secret, made_at)
VALUES (:consultation_id, :secret, :now)
    ON CONFLICT DO NOTHING;

-- name: secret
SELECT secret FROM portal__door.wall_codes WHERE consultation_id = :consultation_id;

-- name: forget old
DELETE FROM portal__door.wall_codes WHERE made_at < :before;
