-- name: begin alone    (no two rebuilds of one view; the lock ends with the session)
SELECT pg_try_advisory_lock(hashtextextended('rebuild ' || :schema, 0));

-- name: end alone
SELECT pg_advisory_unlock(hashtextextended('rebuild ' || :schema, 0));

-- name: end of log    (`log` stands for the schema of the source)
SELECT coalesce(max(last_position), 0) FROM log.batches;
