-- name: old transactions
SELECT pid, coalesce(usename, '') AS who, extract(EPOCH FROM now() - xact_start)::double precision AS seconds
  FROM pg_stat_activity
 WHERE xact_start IS NOT NULL AND pid <> pg_backend_pid() AND backend_type = 'client backend'
   AND datname = current_database() AND extract(EPOCH FROM now() - xact_start) > :seconds
 ORDER BY xact_start;

-- name: connections
SELECT count(*) AS used, current_setting('max_connections')::integer AS most FROM pg_stat_activity;
