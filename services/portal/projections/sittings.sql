-- The calendar of consultations: what is being prepared, when and where one meets, what was held.
-- Facts of meetings only; one row a consultation, and the room that was last noted for it.

-- name: tables
CREATE TABLE sittings (
  consultation_id uuid        PRIMARY KEY,
  topic_id        uuid        NOT NULL,
  area            text        NOT NULL,
  charter         text        NOT NULL,
  title           text        NOT NULL,
  planned_at      timestamptz NOT NULL,
  state           text        NOT NULL,
  starts          timestamptz,
  place           text,
  form            text,
  mode            text,
  held_at         timestamptz,
  people          integer,
  counted         boolean
);
CREATE INDEX sittings_area ON sittings (area text_pattern_ops);
CREATE INDEX sittings_topic ON sittings (topic_id);
CREATE TABLE rooms (
  consultation_id uuid PRIMARY KEY,
  venue_id        uuid,             -- none, where it was taken back
  name            text NOT NULL
);

-- name: on ConsultationPlanned
INSERT INTO sittings (consultation_id, topic_id, area, charter, title, planned_at, state)
SELECT DISTINCT ON (stream) stream, (data->>'topic_id')::uuid, area, charter, data->>'title', at, type
  FROM batch WHERE type = 'ConsultationPlanned' ORDER BY stream, position
    ON CONFLICT DO NOTHING;

-- name: on ConsultationScheduled, ConsultationPostponed  (what was put off has no time and no place)
UPDATE sittings s SET starts = last.starts, place = last.place, form = last.form, mode = last.mode
  FROM (SELECT DISTINCT ON (stream)
               stream, (data->>'starts')::timestamptz AS starts, data->>'place' AS place, data->>'form' AS form,
               data->>'mode' AS mode
          FROM batch
         WHERE type IN ('ConsultationScheduled', 'ConsultationPostponed')
         ORDER BY stream, position DESC) last
 WHERE s.consultation_id = last.stream;

-- name: on VenueNoted, VenueDropped  (the last word counts)
INSERT INTO rooms (consultation_id, venue_id, name)
SELECT DISTINCT ON (stream)
       stream, CASE WHEN type = 'VenueNoted' THEN (data->>'venue_id')::uuid END AS venue_id, coalesce(data->>'name', '')
  FROM batch WHERE type IN ('VenueNoted', 'VenueDropped') ORDER BY stream, position DESC
    ON CONFLICT (consultation_id) DO UPDATE SET venue_id = excluded.venue_id, name = excluded.name;

-- name: on MeetingHeld
UPDATE sittings s
   SET held_at = b.at, counted = (b.data->>'counted')::boolean, place = b.data->>'place', form = b.data->>'form',
       mode = b.data->>'mode',
       people = (SELECT sum(n.value::integer) FROM json_each_text(b.data->'attendees') AS n)
  FROM batch b
 WHERE b.type = 'MeetingHeld' AND s.consultation_id = b.stream;

-- name: on ConsultationScheduled, ConsultationPostponed, ConsultationOpened, ConsultationCancelled, MeetingHeld
UPDATE sittings s SET state = last.type
  FROM (SELECT DISTINCT ON (stream) stream, type
          FROM batch
         WHERE type IN ('ConsultationScheduled', 'ConsultationPostponed', 'ConsultationOpened', 'ConsultationCancelled',
                        'MeetingHeld')
         ORDER BY stream, position DESC) last
 WHERE s.consultation_id = last.stream;

-- name: one
SELECT s.*, r.venue_id, coalesce(r.name, '') AS room
  FROM sittings s LEFT JOIN rooms r USING (consultation_id)
 WHERE s.consultation_id = :consultation_id;

-- name: of topic
SELECT consultation_id, state, starts, place FROM sittings WHERE topic_id = :topic_id ORDER BY planned_at, consultation_id;

-- name: of areas  (:which is 'ahead', 'past' or 'undated'; 'ahead' begins with the next, the others with the latest)
SELECT s.*, r.venue_id, coalesce(r.name, '') AS room, count(*) OVER () AS found
  FROM sittings s LEFT JOIN rooms r USING (consultation_id)
 WHERE s.area LIKE ANY(:prefixes::text[])
   AND (:room::text = '' OR strpos(coalesce(r.name, '') || ' ' || coalesce(s.place, ''), :room::text) > 0)
   AND CASE :which::text
       WHEN 'past' THEN s.state IN ('MeetingHeld', 'ConsultationCancelled')
       WHEN 'undated' THEN s.starts IS NULL AND s.state IN ('ConsultationPlanned', 'ConsultationPostponed')
       ELSE s.state IN ('ConsultationScheduled', 'ConsultationOpened') END
 ORDER BY CASE WHEN :which::text = 'ahead' THEN s.starts END,
          CASE WHEN :which::text <> 'ahead' THEN coalesce(s.held_at, s.starts, s.planned_at) END DESC, s.consultation_id
 LIMIT :most OFFSET :skipped;

-- name: dated  (with a time since then, cancelled or not: the first comes first)
SELECT s.consultation_id, s.area, s.charter, s.title, s.state, s.starts, s.place, s.form
  FROM sittings s
 WHERE s.area LIKE ANY(:prefixes::text[]) AND s.starts >= :since
 ORDER BY s.starts, s.consultation_id
 LIMIT :most;

-- name: how many
SELECT count(*) FILTER (WHERE s.state IN ('ConsultationScheduled', 'ConsultationOpened')) AS ahead,
       count(*) FILTER (WHERE s.starts IS NULL AND s.state IN ('ConsultationPlanned', 'ConsultationPostponed')) AS undated,
       count(*) FILTER (WHERE s.state IN ('MeetingHeld', 'ConsultationCancelled')) AS past
  FROM sittings s
 WHERE s.area LIKE ANY(:prefixes::text[]);

-- name: rooms of areas  (how often each was met in, and when next)
SELECT r.venue_id, min(r.name) AS name, count(*) FILTER (WHERE s.state = 'MeetingHeld') AS held,
       min(s.starts) FILTER (WHERE s.state IN ('ConsultationScheduled', 'ConsultationOpened')) AS next
  FROM rooms r JOIN sittings s USING (consultation_id)
 WHERE s.area LIKE ANY(:prefixes::text[]) AND r.venue_id IS NOT NULL
 GROUP BY r.venue_id
 ORDER BY next NULLS LAST, held DESC, name, r.venue_id
 LIMIT :most;
