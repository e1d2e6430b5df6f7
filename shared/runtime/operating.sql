-- What an operator wants to know of one service. `log` stands for its schema.

-- name: end of log
SELECT last_position, first_position, at, encode(root, 'hex') AS root, encode(chain, 'hex') AS chain
  FROM log.batches ORDER BY last_position DESC LIMIT 1;

-- name: consumers
SELECT name, source, position FROM log.checkpoints ORDER BY name, source;

-- name: letters by taker
SELECT name, count(*) AS n, min(at) AS since FROM log.dead_letters GROUP BY name ORDER BY name;

-- name: letters
SELECT name, source, position, stream, type, error, at, envelope::text AS envelope, count(*) OVER () AS found
  FROM log.dead_letters
 ORDER BY at DESC, name, source, position
 LIMIT :most OFFSET :skipped;

-- name: letter
SELECT name, source, position, stream, type, error, at, envelope::text AS envelope
  FROM log.dead_letters
 WHERE name = :name AND source = :source AND position = :position;

-- name: streams with letters
SELECT name, stream, min(position) AS first FROM log.dead_letters
 WHERE (:name = '' OR name = :name) AND (:stream::uuid IS NULL OR stream = :stream::uuid)
 GROUP BY name, stream
 ORDER BY first
 LIMIT :most;

-- name: oldest transaction  (of this service's own role; others are not its business)
SELECT extract(EPOCH FROM now() - min(xact_start))::double precision AS seconds, count(*) AS open
  FROM pg_stat_activity
 WHERE usename = current_user AND pid <> pg_backend_pid() AND xact_start IS NOT NULL;

-- name: sizes
SELECT n.nspname AS schema, sum(pg_total_relation_size(c.oid))::bigint AS bytes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'm') AND (n.nspname = :service OR n.nspname LIKE :service || '\_\_%')
 GROUP BY n.nspname
 ORDER BY n.nspname;

-- name: connections
SELECT count(*) AS used, current_setting('max_connections')::integer AS most FROM pg_stat_activity;

-- name: clock
SELECT clock_timestamp() AS now;

-- name: batch before
SELECT last_position, chain FROM log.batches WHERE last_position <= :position ORDER BY last_position DESC LIMIT 1;
