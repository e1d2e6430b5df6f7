-- What is handed to agencies: appeals that were transferred to one of them, until it confirmed.

-- name: tables
CREATE TABLE leads (
  lead_id uuid PRIMARY KEY,
  title   text NOT NULL,
  place   text NOT NULL,
  words   text NOT NULL,  -- sealed
  contact text NOT NULL   -- sealed
);
CREATE TABLE transfers (
  lead_id   uuid        PRIMARY KEY,
  area      text        NOT NULL,
  to_unit   text        NOT NULL,
  reason    text        NOT NULL,
  at        timestamptz NOT NULL,
  confirmed boolean     NOT NULL DEFAULT FALSE
);
CREATE INDEX transfers_waiting ON transfers (to_unit) WHERE NOT confirmed;
CREATE TABLE agencies (
  agency_id uuid    PRIMARY KEY,
  name      text    NOT NULL,
  place     text    NOT NULL,  -- the pattern of its area
  connected boolean NOT NULL DEFAULT TRUE
);
CREATE INDEX agencies_name ON agencies (name);
CREATE TABLE dispatches (
  dispatch_id     uuid        PRIMARY KEY,
  lead_id         uuid        NOT NULL,
  agency_id       uuid        NOT NULL,
  agency          text        NOT NULL,
  area            text        NOT NULL,
  title           text        NOT NULL,
  place           text        NOT NULL,
  reason          text        NOT NULL,
  offered_at      timestamptz NOT NULL,
  due             timestamptz NOT NULL,
  reminded        integer     NOT NULL DEFAULT 0,
  number          text        NOT NULL DEFAULT '',
  on_paper        boolean     NOT NULL DEFAULT FALSE,
  acknowledged_at timestamptz
);
CREATE INDEX dispatches_lead ON dispatches (lead_id);
CREATE INDEX dispatches_agency ON dispatches (agency_id, offered_at);
CREATE INDEX dispatches_area ON dispatches (area, offered_at);
CREATE INDEX dispatches_due ON dispatches (due) WHERE acknowledged_at IS NULL;

-- name: on LeadSubmitted
INSERT INTO leads (lead_id, title, place, words, contact)
SELECT stream, data->>'title', data->>'place', data->>'words', data->>'contact'
  FROM batch
 WHERE type = 'LeadSubmitted';

-- name: on LeadResubmitted  (words and contact left empty stay as they are)
UPDATE leads l SET title = last.title, place = last.place,
                   words = coalesce(last.words, l.words), contact = coalesce(last.contact, l.contact)
  FROM (SELECT stream, (array_agg(data->>'title' ORDER BY position DESC))[1] AS title,
               (array_agg(data->>'place' ORDER BY position DESC))[1] AS place,
               (array_agg(data->>'words' ORDER BY position DESC) FILTER (WHERE data->>'words' <> ''))[1] AS words,
               (array_agg(data->>'contact' ORDER BY position DESC) FILTER (WHERE data->>'contact' <> ''))[1] AS contact
          FROM batch
         WHERE type = 'LeadResubmitted'
         GROUP BY stream) last
 WHERE l.lead_id = last.stream;

-- name: on PersonalAppealTransferred
INSERT INTO transfers (lead_id, area, to_unit, reason, at)
SELECT stream, area, data->>'to_unit', data->>'reason', at
  FROM batch
 WHERE type = 'PersonalAppealTransferred';

-- name: on TransferAcknowledged
UPDATE transfers t SET confirmed = TRUE
  FROM batch b
 WHERE b.type = 'TransferAcknowledged' AND t.lead_id = b.stream;

-- name: on LeadAdopted, LeadScreenedOut, LeadSplit  (nothing more of these is handed to anybody)
DELETE FROM leads l USING batch b
 WHERE b.type IN ('LeadAdopted', 'LeadScreenedOut', 'LeadSplit') AND l.lead_id = b.stream;

-- name: on AgencyRegistered
INSERT INTO agencies (agency_id, name, place)
SELECT stream, data->>'name',
       CASE WHEN area = '000000000000' THEN '' WHEN area LIKE '%0000000000' THEN left(area, 2)
         WHEN area LIKE '%00000000' THEN left(area, 4) WHEN area LIKE '%000000' THEN left(area, 6)
         WHEN area LIKE '%000' THEN left(area, 9) ELSE area END || '%'
  FROM batch
 WHERE type = 'AgencyRegistered';

-- name: on AgencySuspended, AgencyResumed, AgencyRemoved
UPDATE agencies a SET connected = last.type = 'AgencyResumed'
  FROM (SELECT DISTINCT ON (stream) stream, type
          FROM batch
         WHERE type IN ('AgencySuspended', 'AgencyResumed', 'AgencyRemoved')
         ORDER BY stream, position DESC) last
 WHERE a.agency_id = last.stream;

-- name: on DispatchOffered
INSERT INTO dispatches (dispatch_id, lead_id, agency_id, agency, area, title, place, reason, offered_at, due)
SELECT stream, (data->>'lead_id')::uuid, (data->>'agency_id')::uuid, data->>'agency', area, data->>'title', data->>'place', data->>'reason',
       at AS offered_at, (data->>'due')::timestamptz
  FROM batch
 WHERE type = 'DispatchOffered';

-- name: on DispatchReminded
UPDATE dispatches d SET reminded = last.nth, due = last.due
  FROM (SELECT DISTINCT ON (stream) stream, (data->>'nth')::integer AS nth, (data->>'due')::timestamptz AS due
          FROM batch
         WHERE type = 'DispatchReminded'
         ORDER BY stream, position DESC) last
 WHERE d.dispatch_id = last.stream;

-- name: on DispatchAcknowledged
UPDATE dispatches d SET number = b.data->>'number', on_paper = (b.data->>'on_paper')::boolean, acknowledged_at = b.at
  FROM batch b
 WHERE b.type = 'DispatchAcknowledged' AND d.dispatch_id = b.stream;

-- name: to be offered  (to the agency of that name whose area it lies in)
SELECT t.lead_id, t.area, t.reason, a.agency_id, a.name AS agency, l.title, l.place
  FROM transfers t
  JOIN agencies a ON t.to_unit = a.name AND t.area LIKE a.place
  JOIN leads l ON t.lead_id = l.lead_id
 WHERE a.connected AND NOT t.confirmed AND t.at <= :now
   AND NOT EXISTS (SELECT FROM dispatches d WHERE d.lead_id = t.lead_id)
 ORDER BY t.at, t.lead_id, a.agency_id
 LIMIT 500;

-- name: to be reminded of
SELECT dispatch_id, reminded + 1 AS nth, dispatch_id::text || '/' || reminded + 1 AS clock
  FROM dispatches
 WHERE acknowledged_at IS NULL AND due <= :now
 ORDER BY due, dispatch_id
 LIMIT 500;

-- name: of agency  (those that wait for an answer first, the latest before others)
SELECT dispatch_id, lead_id, agency_id, agency, area, title, place, reason, offered_at, due, reminded, number, on_paper,
       acknowledged_at
  FROM dispatches
 WHERE agency_id = :agency_id
   AND CASE :standing::text WHEN 'waiting' THEN acknowledged_at IS NULL
         WHEN 'late' THEN acknowledged_at IS NULL AND reminded > 0
         WHEN 'acknowledged' THEN acknowledged_at IS NOT NULL ELSE TRUE END
   AND (:text::text = '' OR strpos(lower(title || ' ' || number), lower(:text::text)) > 0)
 ORDER BY acknowledged_at IS NOT NULL, reminded DESC, offered_at DESC, dispatch_id
 LIMIT :most OFFSET :skipped;

-- name: in area  (those that wait for an answer first; of all agencies, or of this one)
SELECT dispatch_id, lead_id, agency_id, agency, area, title, place, reason, offered_at, due, reminded, number, on_paper,
       acknowledged_at
  FROM dispatches
 WHERE EXISTS (SELECT FROM unnest(:prefixes::text[]) AS here WHERE area LIKE here)
   AND (:agency_id::uuid IS NULL OR agency_id = :agency_id::uuid)
   AND CASE :standing::text WHEN 'waiting' THEN acknowledged_at IS NULL
         WHEN 'late' THEN acknowledged_at IS NULL AND reminded > 0
         WHEN 'acknowledged' THEN acknowledged_at IS NOT NULL ELSE TRUE END
   AND (:text::text = '' OR strpos(lower(title || ' ' || number || ' ' || agency), lower(:text::text)) > 0)
 ORDER BY acknowledged_at IS NOT NULL, reminded DESC, offered_at DESC, dispatch_id
 LIMIT :most OFFSET :skipped;

-- name: of lead
SELECT dispatch_id, lead_id, agency_id, agency, area, title, place, reason, offered_at, due, reminded, number, on_paper,
       acknowledged_at
  FROM dispatches
 WHERE lead_id = :lead_id
 ORDER BY offered_at
 LIMIT 10;

-- name: one  (with the private words, sealed)
SELECT d.dispatch_id, d.lead_id, d.agency_id, d.agency, d.area, d.title, d.place, d.reason, d.offered_at, d.due, d.reminded,
       d.number, d.on_paper, d.acknowledged_at, coalesce(l.words, '') AS words, coalesce(l.contact, '') AS contact
  FROM dispatches d LEFT JOIN leads l ON d.lead_id = l.lead_id
 WHERE d.dispatch_id = :dispatch_id;
