-- What units promised on the spot and did not do. Facts of outcomes only, and only for this service.

-- name: tables
CREATE TABLE referrals (
  referral_id      uuid        PRIMARY KEY,
  topic_id         uuid        NOT NULL,
  area             text        NOT NULL,  -- always a county
  unit             text        NOT NULL,
  commitments      integer     NOT NULL,
  breaches         integer     NOT NULL,
  poor_evaluations integer     NOT NULL,
  reactions        integer     NOT NULL,
  state            text        NOT NULL,
  since            timestamptz NOT NULL
);
CREATE INDEX referrals_area ON referrals (area);

-- name: on CommitmentNoted, BreachNoted, PoorEvaluationNoted  (each may be the first of its stream)
INSERT INTO referrals (referral_id, topic_id, area, unit, commitments, breaches, poor_evaluations, reactions, state, since)
SELECT DISTINCT ON (stream)
       stream, (data->>'topic_id')::uuid, area, data->>'unit', 0, 0, 0, 0, 'gathering', at
  FROM batch
 WHERE type IN ('CommitmentNoted', 'BreachNoted', 'PoorEvaluationNoted')
 ORDER BY stream, position
    ON CONFLICT (referral_id) DO NOTHING;

-- name: on CommitmentNoted, BreachNoted, PoorEvaluationNoted, StrongReactionRecorded
UPDATE referrals r
   SET commitments = r.commitments + more.commitments,
       breaches = r.breaches + more.breaches,
       poor_evaluations = r.poor_evaluations + more.poor_evaluations,
       reactions = r.reactions + more.reactions
  FROM (SELECT stream,
               count(*) FILTER (WHERE type = 'CommitmentNoted') AS commitments,
               count(*) FILTER (WHERE type = 'BreachNoted') AS breaches,
               count(*) FILTER (WHERE type = 'PoorEvaluationNoted') AS poor_evaluations,
               count(*) FILTER (WHERE type = 'StrongReactionRecorded') AS reactions
          FROM batch
         GROUP BY stream) more
 WHERE r.referral_id = more.stream;

-- name: on InactionAlleged, DisciplineReferralApproved, DisciplineReferralDeclined, DisciplineReferred, DisciplineResultReceived
UPDATE referrals r SET state = last.state, since = last.at
  FROM (SELECT DISTINCT ON (stream) stream, at,
               CASE type WHEN 'InactionAlleged' THEN 'alleged'
                         WHEN 'DisciplineReferralApproved' THEN 'approved'
                         WHEN 'DisciplineReferralDeclined' THEN 'declined'
                         WHEN 'DisciplineReferred' THEN 'referred'
                         WHEN 'DisciplineResultReceived' THEN 'answered' END AS state
          FROM batch
         WHERE type IN ('InactionAlleged', 'DisciplineReferralApproved', 'DisciplineReferralDeclined', 'DisciplineReferred',
                        'DisciplineResultReceived')
         ORDER BY stream, position DESC) last
 WHERE r.referral_id = last.stream;

-- name: in area  (a referral lies at its county: who asks about less, or about more, is shown none)
SELECT referral_id, topic_id, unit, commitments, breaches, poor_evaluations, reactions, state, since
  FROM referrals
 WHERE (area = ANY(:prefixes::text[]) OR left(area, 6) || '%' = ANY(:prefixes::text[]))
   AND :area::text NOT LIKE '%00000000'
 ORDER BY since DESC, referral_id
 LIMIT :most;
