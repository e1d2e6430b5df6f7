-- How often what happened, by area and year, and by each pattern that fits the area: '51%' is the roll-up of a
-- province, '511623100000' what took place at a town office itself. What counts where is a matter of the day one asks,
-- so questions name patterns. Sums only: they come out the same however the facts arrive.

-- name: tables
CREATE TABLE counts (
  pattern text    NOT NULL,
  year    integer NOT NULL,
  type    text    NOT NULL,
  n       bigint  NOT NULL,
  PRIMARY KEY (pattern, year, type)
);

-- name: on *
INSERT INTO counts (pattern, year, type, n)
SELECT fits.pattern, happened.year, happened.type, sum(happened.n)
  FROM (SELECT area, type, count(*) AS n,
               extract(YEAR FROM at AT TIME ZONE 'Asia/Shanghai')::integer AS year
          FROM batch
         GROUP BY area, type, year) happened
 CROSS JOIN LATERAL
       (SELECT happened.area AS pattern
         UNION ALL
        SELECT left(happened.area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits) fits
 GROUP BY fits.pattern, happened.year, happened.type
    ON CONFLICT (pattern, year, type) DO UPDATE SET n = counts.n + excluded.n;

-- name: of areas  (an area is named once for each of the patterns that are added or taken away there; of some types)
SELECT here.area, c.type, sum(c.n * here.sign)::bigint AS n
  FROM unnest(:areas::text[], :patterns::text[], :signs::integer[]) AS here (area, pattern, sign)
  JOIN counts c ON c.pattern = here.pattern
 WHERE c.year = :year AND c.type = ANY(:types::text[])
 GROUP BY here.area, c.type;

-- name: years of area
SELECT DISTINCT year FROM counts WHERE pattern = ANY(:prefixes::text[]) ORDER BY year DESC;

-- name: how much of areas  (each of the areas with each of its patterns)
SELECT here.area, coalesce(sum(c.n), 0)::bigint AS n
  FROM unnest(:areas::text[], :prefixes::text[]) AS here (area, pattern)
  LEFT JOIN counts c USING (pattern)
 GROUP BY here.area;
