-- A board as provinces have it: every topic, what was heard of it, and counts rolled up to every level.

-- name: tables
CREATE TABLE topics (
    topic_id uuid PRIMARY KEY,
    area text,
    title text,
    state text,
    held integer NOT NULL DEFAULT 0
);
CREATE TABLE counts (area text, type text, facts bigint NOT NULL, PRIMARY KEY (area, type));

-- name: on TopicProposed
INSERT INTO topics (topic_id, area, title, state)
SELECT stream, area, data->>'title', 'proposed' FROM batch WHERE type = 'TopicProposed'
ON CONFLICT (topic_id) DO UPDATE SET area = excluded.area, title = excluded.title, state = excluded.state;

-- name: on TopicApproved, TopicClosed    (the last one wins)
UPDATE topics t SET state = l.state
  FROM (SELECT DISTINCT ON (stream) stream, CASE type WHEN 'TopicApproved' THEN 'approved' ELSE 'closed' END AS state
          FROM batch
         WHERE type IN ('TopicApproved', 'TopicClosed')
         ORDER BY stream, position DESC) l
 WHERE t.topic_id = l.stream;

-- name: on MeetingHeld    (from another service: it may come before the topic does)
INSERT INTO topics (topic_id, held)
SELECT (data->>'topic_id')::uuid, count(*) FROM batch WHERE type = 'MeetingHeld' GROUP BY 1
ON CONFLICT (topic_id) DO UPDATE SET held = topics.held + excluded.held;

-- name: on *
INSERT INTO counts (area, type, facts)
SELECT l.area, b.type, sum(b.facts)
  FROM (SELECT area, type, count(*) AS facts FROM batch GROUP BY area, type) b
 CROSS JOIN LATERAL (SELECT DISTINCT rpad(left(b.area, digits), 12, '0') FROM unnest(ARRAY[2, 4, 6, 9, 12]) AS digits) l (area)
 GROUP BY l.area, b.type
ON CONFLICT (area, type) DO UPDATE SET facts = counts.facts + excluded.facts;

-- name: of area
SELECT type, facts FROM counts WHERE area = :area ORDER BY type;

-- name: titles
SELECT title FROM topics WHERE title IS NOT NULL ORDER BY title;

-- name: topic
SELECT area, title, state, held FROM topics WHERE topic_id = :topic_id;

-- name: old enough
SELECT topic_id, title FROM topics WHERE state = 'proposed' AND :now::timestamptz IS NOT NULL ORDER BY title;
