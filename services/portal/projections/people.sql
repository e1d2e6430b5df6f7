-- Who may enter, and as what. Names are ciphertext; passwords are not here. Of who is erased nothing is left but an id.

-- name: tables
CREATE TABLE people (
  account_id uuid PRIMARY KEY,
  area       text NOT NULL,
  login      text NOT NULL,
  name       text NOT NULL,
  opened_at  timestamptz NOT NULL,
  closed     boolean     NOT NULL DEFAULT FALSE
);
CREATE INDEX people_area ON people (area text_pattern_ops);
CREATE TABLE appointments (
  appointment_id uuid PRIMARY KEY,
  account_id     uuid NOT NULL,
  role           text NOT NULL,
  area           text NOT NULL,
  unit           text NOT NULL,
  since          date,
  until          date,
  deputy_for     uuid,
  of_appointment uuid,
  granted_at     timestamptz NOT NULL,
  granted_by     text NOT NULL,
  held           boolean NOT NULL
);
CREATE INDEX appointments_account ON appointments (account_id);
CREATE TABLE tokens (
  token_id       uuid        PRIMARY KEY,
  account_id     uuid        NOT NULL,
  appointment_id uuid        NOT NULL,
  name           text        NOT NULL,
  scope          text        NOT NULL,
  until          date        NOT NULL,
  made_at        timestamptz NOT NULL,
  revoked_at     timestamptz
);
CREATE INDEX tokens_account ON tokens (account_id);

-- name: on AccountOpened
INSERT INTO people (account_id, area, login, name, opened_at)
SELECT stream, area, data->>'login', data->>'name', at FROM batch WHERE type = 'AccountOpened';

-- name: on AppointmentGranted, AppointmentRevoked  (the last of an appointment says if it is held)
INSERT INTO appointments (appointment_id, account_id, role, area, unit, since, until, deputy_for,
                          of_appointment, granted_at, granted_by, held)
SELECT DISTINCT ON (data->>'appointment_id')
       (data->>'appointment_id')::uuid, stream, data->>'role', data->>'within', data->>'unit',
       (data->>'since')::date, (data->>'until')::date, (data->>'deputy_for')::uuid,
       (data->>'of_appointment')::uuid, at, split_part(actor, '/', 1), TRUE
  FROM batch
 WHERE type = 'AppointmentGranted'
 ORDER BY data->>'appointment_id', position DESC
    ON CONFLICT (appointment_id) DO UPDATE
   SET granted_at = excluded.granted_at, granted_by = excluded.granted_by, since = excluded.since,
       until = excluded.until;
UPDATE appointments a SET held = (last.type = 'AppointmentGranted')
  FROM (SELECT DISTINCT ON (data->>'appointment_id')
               (data->>'appointment_id')::uuid AS appointment_id, type
          FROM batch
         WHERE type IN ('AppointmentGranted', 'AppointmentRevoked')
         ORDER BY data->>'appointment_id', position DESC) last
 WHERE a.appointment_id = last.appointment_id;

-- name: on TokenMade
INSERT INTO tokens (token_id, account_id, appointment_id, name, scope, until, made_at)
SELECT (data->>'token_id')::uuid, stream, (data->>'appointment_id')::uuid, data->>'name', data->>'scope',
       (data->>'until')::date, at
  FROM batch
 WHERE type = 'TokenMade';

-- name: on TokenRevoked
UPDATE tokens t SET revoked_at = b.at
  FROM batch b
 WHERE b.type = 'TokenRevoked' AND t.token_id = (b.data->>'token_id')::uuid;

-- name: on AccountClosed  (a login often is a name, too)
UPDATE people p SET closed = TRUE, login = '' FROM batch b WHERE b.type = 'AccountClosed' AND p.account_id = b.stream;

-- name: on SubjectErased
UPDATE people p SET name = ''
  FROM batch b
 WHERE b.type = 'SubjectErased' AND b.data->>'of' = 'account' AND p.account_id = (b.data->>'subject_id')::uuid;

-- name: tokens of account
SELECT t.token_id, t.appointment_id, t.name, t.scope, t.until, t.made_at, t.revoked_at, a.role, a.area, a.unit
  FROM tokens t LEFT JOIN appointments a USING (appointment_id)
 WHERE t.account_id = :account_id
 ORDER BY t.revoked_at IS NOT NULL, t.made_at DESC, t.token_id;

-- name: token  (as long as it is good for something)
SELECT account_id, appointment_id, scope FROM tokens
 WHERE token_id = :token_id AND revoked_at IS NULL AND until >= :today;

-- name: by login
SELECT account_id, area, login, name FROM people WHERE login = :login;

-- name: named
SELECT account_id, area, login, name, closed FROM people WHERE account_id = ANY(:account_ids::uuid[]);

-- name: held by  (in its term; a deputy as long as the one who lent it holds it)
SELECT a.appointment_id, a.role, a.area, a.unit, a.deputy_for
  FROM appointments a LEFT JOIN appointments lent ON a.of_appointment = lent.appointment_id
 WHERE a.account_id = :account_id AND a.held
   AND coalesce(a.since <= :today, TRUE) AND coalesce(a.until >= :today, TRUE)
   AND (a.of_appointment IS NULL
        OR lent.held AND lent.of_appointment IS NULL
           AND coalesce(lent.since <= :today, TRUE) AND coalesce(lent.until >= :today, TRUE))
 ORDER BY a.granted_at, a.appointment_id;

-- name: all held
SELECT a.account_id, a.role, a.area, a.unit
  FROM appointments a LEFT JOIN appointments lent ON a.of_appointment = lent.appointment_id
 WHERE a.held AND coalesce(a.since <= :today, TRUE) AND coalesce(a.until >= :today, TRUE)
   AND (a.of_appointment IS NULL
        OR lent.held AND lent.of_appointment IS NULL
           AND coalesce(lent.since <= :today, TRUE) AND coalesce(lent.until >= :today, TRUE));

-- name: lent by
SELECT a.appointment_id, a.account_id, a.role, a.area, a.unit, a.since, a.until, p.login, p.name
  FROM appointments a JOIN people p USING (account_id)
 WHERE a.deputy_for = :account_id AND a.held AND coalesce(a.until >= :today, TRUE)
 ORDER BY a.since, a.appointment_id;

-- name: in area
SELECT p.account_id, p.area, p.login, p.name, p.opened_at, p.closed,
       a.appointment_id, a.role, a.area AS within, a.unit, a.since, a.until, a.deputy_for
  FROM people p LEFT JOIN appointments a ON p.account_id = a.account_id AND a.held
 WHERE p.area LIKE ANY(:prefixes::text[])
 ORDER BY p.area, p.login, a.granted_at, a.appointment_id
 LIMIT :most;

-- name: found  (an account is in office with an appointment in its term, whoever lent it)
WITH known AS (
  SELECT p.account_id, p.area, p.login, p.name, p.opened_at, p.closed,
         EXISTS (SELECT FROM appointments a
                  WHERE a.account_id = p.account_id AND a.held AND a.role = :role::text) AS acts,
         CASE WHEN p.closed THEN 'closed'
              WHEN EXISTS (SELECT FROM appointments a
                            WHERE a.account_id = p.account_id AND a.held
                              AND coalesce(a.since <= :today, TRUE) AND coalesce(a.until >= :today, TRUE))
              THEN 'in-office' ELSE 'no-office' END AS state
    FROM people p
   WHERE p.area LIKE ANY(:prefixes::text[])
)
SELECT account_id, area, login, name, opened_at, closed, state, count(*) OVER () AS found
  FROM known
 WHERE (:role::text = '' OR acts) AND (:state::text = '' OR state = :state::text)
 ORDER BY area, login, account_id
 LIMIT :most OFFSET :skipped;

-- name: offices of
SELECT account_id, appointment_id, role, area AS within, unit, since, until, deputy_for, granted_at, granted_by
  FROM appointments
 WHERE held AND account_id = ANY(:account_ids::uuid[])
 ORDER BY granted_at, appointment_id;

-- name: areas of accounts
SELECT DISTINCT area FROM people WHERE area LIKE ANY(:prefixes::text[]) ORDER BY area;
