-- When and where is consulted on what, and what a consultation still lacks. Facts of meetings only.

-- name: tables
CREATE TABLE consultations (
  consultation_id uuid        PRIMARY KEY,
  topic_id        uuid        NOT NULL,
  area            text        NOT NULL,
  places          text[]      NOT NULL,  -- the patterns that fit the area
  title           text        NOT NULL,
  state           text        NOT NULL,
  since           timestamptz NOT NULL,
  parties         boolean     NOT NULL,
  work_plan       boolean     NOT NULL,
  starts          timestamptz,
  place           text,
  form            text,
  mode            text,
  held_at         timestamptz,
  counted         boolean,
  people          bigint,
  agreed          bigint,
  items           bigint
);
CREATE INDEX consultations_places ON consultations USING gin (places);
CREATE INDEX consultations_topic ON consultations (topic_id);
CREATE TABLE noted (
  consultation_id uuid NOT NULL,
  research_id     uuid NOT NULL,
  PRIMARY KEY (consultation_id, research_id)
);

-- name: on ResearchNoted  (perhaps before the consultation is planned)
INSERT INTO noted (consultation_id, research_id)
SELECT stream, (data->>'research_id')::uuid FROM batch WHERE type = 'ResearchNoted'
    ON CONFLICT DO NOTHING;

-- name: on ConsultationPlanned
INSERT INTO consultations (consultation_id, topic_id, area, places, title, state, since, parties, work_plan)
SELECT stream, (data->>'topic_id')::uuid, area,
       area || ARRAY(SELECT left(area, digits) || '%' FROM unnest('{0,2,4,6,9}'::integer[]) AS digits),
       data->>'title', 'planned', at, FALSE, FALSE
  FROM batch
 WHERE type = 'ConsultationPlanned';

-- name: on PartiesDetermined
UPDATE consultations c SET parties = TRUE
  FROM batch b
 WHERE b.type = 'PartiesDetermined' AND c.consultation_id = b.stream;

-- name: on WorkPlanIssued
UPDATE consultations c SET work_plan = TRUE
  FROM batch b
 WHERE b.type = 'WorkPlanIssued' AND c.consultation_id = b.stream;

-- name: on ConsultationScheduled, ConsultationPostponed  (a postponed one has no time and place)
UPDATE consultations c SET starts = last.starts, place = last.place, form = last.form, mode = last.mode
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'starts')::timestamptz AS starts, data->>'place' AS place,
               data->>'form' AS form, data->>'mode' AS mode
          FROM batch
         WHERE type IN ('ConsultationScheduled', 'ConsultationPostponed')
         ORDER BY stream, position DESC) last
 WHERE c.consultation_id = last.stream;

-- name: on MeetingHeld
UPDATE consultations c SET held_at = h.at, counted = h.counted, people = h.people, agreed = h.agreed, items = h.items
  FROM (SELECT stream, at, (data->>'counted')::boolean AS counted,
               (SELECT coalesce(sum(value::bigint), 0) FROM json_each_text(data->'attendees')) AS people,
               (SELECT count(*) FROM json_array_elements(data->'items') WHERE (value->>'agreed')::boolean) AS agreed,
               json_array_length(data->'items') AS items
          FROM batch
         WHERE type = 'MeetingHeld') h
 WHERE c.consultation_id = h.stream;

-- name: on ConsultationScheduled, ConsultationOpened, MeetingHeld, ConsultationPostponed, ConsultationCancelled
UPDATE consultations c SET state = last.state, since = last.at
  FROM (SELECT DISTINCT ON (stream) stream, at,
               CASE type WHEN 'ConsultationScheduled' THEN 'scheduled'
                         WHEN 'ConsultationOpened' THEN 'open'
                         WHEN 'MeetingHeld' THEN 'held'
                         WHEN 'ConsultationPostponed' THEN 'planned'
                         WHEN 'ConsultationCancelled' THEN 'cancelled' END AS state
          FROM batch
         WHERE type IN ('ConsultationScheduled', 'ConsultationOpened', 'MeetingHeld', 'ConsultationPostponed',
                        'ConsultationCancelled')
         ORDER BY stream, position DESC) last
 WHERE c.consultation_id = last.stream;

-- name: in area  (the latest step first)
SELECT c.*, (SELECT count(*) FROM noted n WHERE n.consultation_id = c.consultation_id) AS reports
  FROM consultations c
 WHERE c.places && :prefixes::text[] AND (:state::text IS NULL OR c.state = :state::text)
 ORDER BY c.since DESC, c.consultation_id
 LIMIT :most;

-- name: between  (from the first of these days to the last, as days are in China)
SELECT c.*, (SELECT count(*) FROM noted n WHERE n.consultation_id = c.consultation_id) AS reports
  FROM consultations c
 WHERE c.places && :prefixes::text[] AND c.state <> 'cancelled'
   AND (c.starts AT TIME ZONE 'Asia/Shanghai')::date BETWEEN :first_day AND :last_day
 ORDER BY c.starts, c.consultation_id
 LIMIT :most;

-- name: of topic
SELECT c.*, (SELECT count(*) FROM noted n WHERE n.consultation_id = c.consultation_id) AS reports
  FROM consultations c
 WHERE c.topic_id = :topic_id
 ORDER BY c.consultation_id;

-- name: held in year  (how often each form met, and how often it counted)
SELECT form, count(*) AS held, count(*) FILTER (WHERE counted) AS counted
  FROM consultations
 WHERE places && :prefixes::text[] AND extract(YEAR FROM held_at AT TIME ZONE 'Asia/Shanghai') = :year
 GROUP BY form
 ORDER BY form;
