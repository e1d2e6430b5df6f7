-- Names in capitals stand for the names of a view's schema and table.

-- name: tables
SELECT c.relname AS name,
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'area') AS by_area
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = :schema AND c.relkind IN ('r', 'p') AND c.relname NOT IN ('checkpoint', 'made_of')
 ORDER BY c.relname;

-- name: all
SELECT '' AS area, count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text AS sum
  FROM "SCHEMA"."TABLE" t;

-- name: by area
SELECT coalesce(area, '') AS area, count(*) AS rows, sum(hashtextextended(t::text, 0))::text AS sum
  FROM "SCHEMA"."TABLE" t
 GROUP BY area;
