-- How far agencies on NATS have come, in positions of our log: what NATS keeps of it is lost with its store.

-- name: tables
CREATE SCHEMA IF NOT EXISTS exchange__taken;
CREATE TABLE IF NOT EXISTS exchange__taken.places (
  subscription_id uuid   PRIMARY KEY,
  replay          text   NOT NULL,  -- the order to tell again that its consumer had followed
  position        bigint NOT NULL   -- of the last fact before which it has acknowledged all
);

-- name: note
INSERT INTO exchange__taken.places (subscription_id, replay, position)
VALUES (:subscription_id::uuid, :replay, :position::bigint)
    ON CONFLICT (subscription_id) DO UPDATE SET replay = excluded.replay, position = excluded.position;

-- name: known
SELECT position FROM exchange__taken.places WHERE subscription_id = :subscription_id::uuid AND replay = :replay;
