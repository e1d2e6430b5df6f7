-- How often what happened, by area and year, rolled up from the village to the province, and to all provinces.
-- Sums only: they come out the same however the facts arrive.

-- name: tables
CREATE TABLE counts (
  area text    NOT NULL,
  year integer NOT NULL,
  type text    NOT NULL,
  n    bigint  NOT NULL,
  PRIMARY KEY (area, year, type)
);

-- name: on *
INSERT INTO counts (area, year, type, n)
SELECT above.area, happened.year, happened.type, sum(happened.n)
  FROM (SELECT area, type, count(*) AS n,
               extract(YEAR FROM at AT TIME ZONE 'Asia/Shanghai')::integer AS year
          FROM batch
         GROUP BY area, type, year) happened
 CROSS JOIN LATERAL
       (SELECT DISTINCT rpad(left(happened.area, digits), 12, '0') AS area
          FROM unnest('{0,2,4,6,9,12}'::integer[]) AS digits) above
 GROUP BY above.area, happened.year, happened.type
    ON CONFLICT (area, year, type) DO UPDATE SET n = counts.n + excluded.n;

-- name: of areas
SELECT area, type, n FROM counts WHERE area = ANY(:areas::text[]) AND year = :year;

-- name: years of area
SELECT DISTINCT year FROM counts WHERE area = :area ORDER BY year DESC;

-- name: how much of area
SELECT coalesce(sum(n), 0)::bigint AS n FROM counts WHERE area = :area;
