-- Who may enter, and as what. Names are ciphertext; passwords are not here.

-- name: tables
CREATE TABLE people (
  account_id uuid PRIMARY KEY,
  area       text NOT NULL,
  login      text NOT NULL,
  name       text NOT NULL,
  opened_at  timestamptz NOT NULL
);
CREATE INDEX people_area ON people (area text_pattern_ops);
CREATE TABLE appointments (
  appointment_id uuid PRIMARY KEY,
  account_id     uuid NOT NULL,
  role           text NOT NULL,
  area           text NOT NULL,
  unit           text NOT NULL,
  granted_at     timestamptz NOT NULL,
  held           boolean NOT NULL
);
CREATE INDEX appointments_account ON appointments (account_id);

-- name: on AccountOpened
INSERT INTO people (account_id, area, login, name, opened_at)
SELECT stream, area, data->>'login', data->>'name', at FROM batch WHERE type = 'AccountOpened';

-- name: on AppointmentGranted, AppointmentRevoked  (the last of an appointment says if it is held)
INSERT INTO appointments (appointment_id, account_id, role, area, unit, granted_at, held)
SELECT DISTINCT ON (data->>'appointment_id')
       (data->>'appointment_id')::uuid, stream, data->>'role', data->>'within', data->>'unit', at,
       true
  FROM batch
 WHERE type = 'AppointmentGranted'
 ORDER BY data->>'appointment_id', position DESC
    ON CONFLICT (appointment_id) DO UPDATE SET granted_at = excluded.granted_at;
UPDATE appointments a SET held = (last.type = 'AppointmentGranted')
  FROM (SELECT DISTINCT ON (data->>'appointment_id')
               (data->>'appointment_id')::uuid AS appointment_id, type
          FROM batch
         WHERE type IN ('AppointmentGranted', 'AppointmentRevoked')
         ORDER BY data->>'appointment_id', position DESC) last
 WHERE a.appointment_id = last.appointment_id;

-- name: by login
SELECT account_id, area, login, name FROM people WHERE login = :login;

-- name: named
SELECT account_id, area, login, name FROM people WHERE account_id = ANY(:account_ids::uuid[]);

-- name: held by
SELECT appointment_id, role, area, unit FROM appointments
 WHERE account_id = :account_id AND held
 ORDER BY granted_at, appointment_id;

-- name: all held
SELECT account_id, role, area, unit FROM appointments WHERE held;

-- name: in area
SELECT p.account_id, p.area, p.login, p.name, p.opened_at,
       a.appointment_id, a.role, a.area AS within, a.unit
  FROM people p LEFT JOIN appointments a ON p.account_id = a.account_id AND a.held
 WHERE p.area LIKE ANY(:prefixes::text[])
 ORDER BY p.area, p.login, a.granted_at, a.appointment_id
 LIMIT :most;
