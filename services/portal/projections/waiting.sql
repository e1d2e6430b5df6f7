-- What waits to be done: for each open stream the steps whose turn it is, for whom, and since when.
-- A stream belongs to one source, and whether it is a step's turn follows from its stream alone: `turns` are
-- counted anew for the streams of a batch. What two streams or a charter decide is laid beside them when asked.

-- name: tables
CREATE TABLE steps (           -- pages/steps.py, without the side steps; a test holds the two together
  command text NOT NULL,
  kind    text NOT NULL,       -- of the stream it is taken on
  task    text NOT NULL,       -- what people call it: steps of one task are one entry of a list
  after   text[] NOT NULL,
  until   text[] NOT NULL,
  again   text[] NOT NULL,
  trusted text[],              -- roles that may take it besides whom the stream names; NULL: it is not only theirs
  PRIMARY KEY (kind, command)
);
INSERT INTO steps (command, kind, task, after, until, again, trusted)
SELECT unnest(row.commands::text[]), row.kind, row.task, row.after::text[], row.until::text[], row.again::text[], row.trusted::text[]
  FROM (VALUES
  ('{AdoptLead}', 'lead', 'screen', '{}',
   '{LeadAdopted,LeadScreenedOut,PersonalAppealTransferred,LeadSplit,LeadMerged,LeadReturnedForFix}', '{LeadResubmitted,LeadUnmerged,MergeTurnedDown}', NULL),
  ('{TransferAppeal,ScreenOutLead}', 'lead', 'screen', '{}',
   '{LeadAdopted,LeadScreenedOut,PersonalAppealTransferred,LeadSplit,LeadMerged}', '{LeadUnmerged,MergeTurnedDown}', NULL),
  ('{ResubmitLead}', 'lead', 'fix', '{LeadReturnedForFix}',
   '{LeadAdopted,LeadScreenedOut,PersonalAppealTransferred,LeadSplit,LeadMerged,LeadResubmitted}', '{LeadReturnedForFix}', '{clerk}'),
  ('{AcknowledgeTransfer}', 'lead', 'receive', '{PersonalAppealTransferred}', '{TransferAcknowledged}', '{}', NULL),
  ('{AssessCriteria}', 'topic', 'assess', '{}', '{TopicCriteriaAssessed,TopicApproved,TopicReturned,TopicWithdrawn}', '{}', NULL),
  ('{FileReport}', 'topic', 'report', '{}', '{TopicApproved,TopicReturned,TopicWithdrawn}', '{}', NULL),
  ('{ReviewTopic}', 'topic', 'review', '{TopicReportFiled}', '{TopicApproved,TopicReturned,TopicWithdrawn}', '{}', NULL),
  ('{EndTopic}', 'topic', 'end', '{TopicApproved}', '{TopicClosed,TopicEnded}', '{TopicReopened}', NULL),
  ('{PlanResearch}', 'topic', 'research', '{TopicApproved}', '{TopicClosed,TopicEnded}', '{TopicReopened}', NULL),
  ('{ConductResearch}', 'research', 'research', '{}', '{ResearchReportFiled}', '{}', NULL),
  ('{FileResearchReport}', 'research', 'research', '{ResearchConducted}', '{ResearchReportFiled}', '{}', NULL),
  ('{DetermineParties}', 'consultation', 'prepare', '{ConsultationPlanned}',
   '{PartiesDetermined,MeetingHeld,ConsultationCancelled}', '{}', NULL),
  ('{IssueWorkPlan}', 'consultation', 'prepare', '{ConsultationPlanned}',
   '{WorkPlanIssued,MeetingHeld,ConsultationCancelled}', '{}', NULL),
  ('{ScheduleConsultation}', 'consultation', 'schedule', '{ConsultationPlanned,PartiesDetermined,WorkPlanIssued}',
   '{ConsultationScheduled,MeetingHeld,ConsultationCancelled}', '{ConsultationPostponed}', NULL),
  ('{GivePriorNotice}', 'consultation', 'prepare', '{ConsultationScheduled}',
   '{PriorNoticeGiven,ConsultationPostponed,ConsultationOpened,MeetingHeld,ConsultationCancelled}', '{ConsultationScheduled}', NULL),
  ('{CheckIn}', 'consultation', 'meet', '{PriorNoticeGiven}',
   '{ConsultationPostponed,MeetingHeld,ConsultationCancelled}', '{ConsultationScheduled}', NULL),
  ('{OpenConsultation}', 'consultation', 'meet', '{AttendeeCheckedIn}',
   '{ConsultationPostponed,ConsultationOpened,MeetingHeld,ConsultationCancelled}', '{ConsultationScheduled}', NULL),
  ('{RecordConsensus,RecordDissent,MakeCommitment,RecordStatement,SignRecord}', 'consultation', 'meet', '{ConsultationOpened}',
   '{MeetingHeld,ConsultationCancelled}', '{}', NULL),
  ('{DraftReport}', 'outcome', 'draft', '{ResearchReportNoted}', '{MinutesDrafted,ReportDrafted,OutcomeClosed}', '{}', NULL),
  ('{IssueMinutes}', 'outcome', 'draft', '{}', '{ResearchReportNoted,MinutesIssued}', '{MinutesDrafted,ReportDrafted}', NULL),
  ('{SubmitOutcome}', 'outcome', 'draft', '{MinutesIssued}', '{OutcomeSubmitted}', '{}', NULL),
  ('{AdoptOutcome}', 'outcome', 'adopt', '{OutcomeSubmitted}', '{OutcomeClosed}', '{}', NULL),
  ('{AssignItem}', 'outcome', 'assign', '{OutcomeAdopted}', '{OutcomeClosed}', '{}', NULL),
  ('{UpreportItem}', 'outcome', 'upreport', '{OutcomeSubmitted}', '{OutcomeClosed}', '{}', NULL),
  ('{AcceptAssignment}', 'assignment', 'accept', '{}',
   '{AssignmentAccepted,AssignmentArbitrated,AssignmentReturned,HandlingReplied}', '{AssignmentOpened}', '{}'),
  ('{ApproveExtension}', 'assignment', 'extension', '{ExtensionRequested}',
   '{HandlingReplied,ExtensionGranted,ExtensionDeclined}', '{ExtensionRequested}', NULL),
  ('{ReplyHandling}', 'assignment', 'reply', '{}', '{AssignmentOpened,HandlingReplied}',
   '{AssignmentAccepted,AssignmentArbitrated,HandlingRejected}', '{}'),
  ('{ConfirmSolved}', 'assignment', 'confirm', '{HandlingReplied}', '{SolutionConfirmed,HandlingRejected}', '{HandlingReplied}', NULL),
  ('{ConductFollowUp}', 'followup', 'lookback', '{}', '{FollowUpConducted}', '{}', NULL),
  ('{GiveFeedback}', 'outcome', 'feedback', '{OutcomeAdopted}', '{OutcomeClosed}', '{}', NULL),
  ('{PublishCase}', 'case', 'case', '{}', '{CasePublished}', '{}', NULL),
  ('{OpenPoll}', 'evaluation', 'evaluate', '{}', '{PollOpened,EvaluationTallied}', '{}', NULL),
  ('{TallyEvaluation}', 'evaluation', 'evaluate', '{PollOpened}', '{EvaluationTallied}', '{}', NULL),
  ('{ReportEvaluation}', 'evaluation', 'evaluate', '{EvaluationTallied}', '{EvaluationReported}', '{}', NULL),
  ('{CloseOutcome}', 'outcome', 'close', '{FeedbackGiven}', '{OutcomeClosed}', '{}', NULL)) AS row (commands, kind, task, after, until, again, trusted);
CREATE TABLE heeded (type text PRIMARY KEY);
INSERT INTO heeded (type) SELECT DISTINCT unnest(after || until || again || '{TopicReopened,MeetingHeld}'::text[]) FROM steps;
CREATE TABLE matters (
  matter_id uuid PRIMARY KEY,
  kind      text NOT NULL,
  charter   text NOT NULL,
  title     text NOT NULL
);
CREATE TABLE streams (
  stream    uuid        PRIMARY KEY,
  kind      text        NOT NULL,
  matter_id uuid        NOT NULL,
  area      text        NOT NULL,
  round     integer     NOT NULL,  -- of research
  opened_at timestamptz NOT NULL
);
CREATE INDEX streams_matter ON streams (matter_id, kind);
CREATE TABLE said (
  stream   uuid        NOT NULL,
  type     text        NOT NULL,
  revision integer     NOT NULL,  -- of the last
  n        bigint      NOT NULL,
  last_at  timestamptz NOT NULL,
  PRIMARY KEY (stream, type)
);
CREATE TABLE told (               -- what a fact says of one body, group or item
  stream uuid   NOT NULL,
  type   text   NOT NULL,
  key    text   NOT NULL,
  n      bigint NOT NULL,
  PRIMARY KEY (stream, type, key)
);
CREATE TABLE drafts (
  stream uuid PRIMARY KEY,
  items  json NOT NULL
);
CREATE TABLE owners (
  stream uuid PRIMARY KEY,
  whose  text NOT NULL
);
CREATE TABLE dates (              -- by when, where the stream itself says it
  stream uuid PRIMARY KEY,
  due    date
);
CREATE TABLE clocks (
  stream uuid PRIMARY KEY,
  due    date NOT NULL
);
CREATE TABLE pauses (
  stream    uuid PRIMARY KEY,
  paused_on date
);
CREATE TABLE turns (
  stream    uuid        NOT NULL,
  command   text        NOT NULL,
  key       text        NOT NULL,  -- a body, a group or the number of an item; empty: the stream itself
  kind      text        NOT NULL,
  task      text        NOT NULL,
  matter_id uuid        NOT NULL,
  area      text        NOT NULL,
  whose     text[]      NOT NULL,  -- accounts, units or roles; empty: whoever has the role
  since     timestamptz NOT NULL,
  PRIMARY KEY (stream, command, key)
);
CREATE INDEX turns_area ON turns (area, command);
CREATE VIEW due AS         -- turns that what was said elsewhere leaves standing; rules and persons are laid beside it
SELECT t.*, m.title, m.kind AS of, m.charter, p.paused_on,
       CASE WHEN t.command NOT IN ('ConfirmSolved', 'TallyEvaluation', 'ReportEvaluation') THEN coalesce(d.due, c.due) END AS due
  FROM turns t
  JOIN matters m USING (matter_id)
  LEFT JOIN dates d USING (stream)
  LEFT JOIN clocks c USING (stream)  -- a deadline bears the id of what it is for
  LEFT JOIN pauses p USING (stream)
 WHERE CASE
       WHEN t.kind IN ('research', 'consultation')        -- nobody meets any more once the topic has come to its end
       THEN (SELECT coalesce(max(f.revision) FILTER (WHERE f.type IN ('TopicClosed', 'TopicEnded')), -1)
                    <= coalesce(max(f.revision) FILTER (WHERE f.type = 'TopicReopened'), -1)
               FROM said f WHERE f.stream = t.matter_id)
       WHEN t.command = 'PlanResearch'                    -- once a round
       THEN NOT EXISTS (SELECT FROM streams r
                         WHERE r.matter_id = t.matter_id AND r.kind = 'research'
                           AND r.round = 1 + (SELECT coalesce(sum(f.n), 0) FROM said f
                                               WHERE f.stream = t.matter_id AND f.type = 'TopicReopened'))
       WHEN t.command = 'EndTopic'                        -- where nobody will meet, and nothing was drafted
       THEN EXISTS (SELECT FROM streams r WHERE r.matter_id = t.matter_id AND r.kind = 'consultation')
            AND NOT EXISTS (SELECT FROM streams r
                             WHERE r.matter_id = t.matter_id AND r.kind = 'consultation'
                               AND NOT EXISTS (SELECT FROM said f
                                                WHERE f.stream = r.stream AND f.type = 'ConsultationCancelled'))
            AND NOT EXISTS (SELECT FROM streams r JOIN drafts o USING (stream)
                             WHERE r.matter_id = t.matter_id AND json_array_length(o.items) > 0)
       WHEN t.command = 'DraftReport'                     -- as long as nobody has met
       THEN NOT EXISTS (SELECT FROM streams r JOIN said f USING (stream)
                         WHERE r.matter_id = t.matter_id AND r.kind = 'consultation' AND f.type = 'MeetingHeld')
       ELSE TRUE END;
CREATE FUNCTION waits(prefixes text[], rules json, commands text[], me text[], body text) RETURNS SETOF due
LANGUAGE sql STABLE AS $$   -- for somebody; of a charter come the bodies that must agree, and two rules
SELECT d.*
  FROM unnest(prefixes) AS here
  JOIN due d ON d.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
  JOIN json_to_recordset(rules)
       AS r (charter text, bodies text[], choice text[], two_keys boolean, from_research boolean) USING (charter)
 WHERE d.command = ANY(commands)
   AND (d.whose = '{}' OR d.whose && me)
   AND (body = '' OR d.command NOT IN ('ReviewTopic', 'AdoptOutcome') OR d.key = body)
   AND CASE d.command
       WHEN 'ConfirmSolved' THEN r.two_keys
       WHEN 'DraftReport' THEN r.from_research
       WHEN 'FileReport'
       THEN (SELECT NOT r.bodies <@ coalesce(array_agg(f.key), '{}')
                    OR r.choice <> '{}' AND NOT r.choice && coalesce(array_agg(f.key), '{}')
               FROM told f WHERE f.stream = d.stream AND f.type = 'TopicReportFiled')
       ELSE TRUE END
$$;

-- name: on LeadSubmitted
INSERT INTO matters (matter_id, kind, charter, title)
SELECT stream, 'lead', charter, data->>'title' FROM batch WHERE type = 'LeadSubmitted';

-- name: on TopicProposed
INSERT INTO matters (matter_id, kind, charter, title)
SELECT stream, 'topic', charter, data->>'title' FROM batch WHERE type = 'TopicProposed';

-- name: on LeadResubmitted  (completed, it may be called otherwise)
UPDATE matters m SET title = last.title
  FROM (SELECT DISTINCT ON (stream) stream, data->>'title' AS title
          FROM batch WHERE type = 'LeadResubmitted' ORDER BY stream, position DESC) last
 WHERE m.matter_id = last.stream;

-- name: on LeadSubmitted, TopicProposed, ResearchPlanned, ResearchNoted, ConsultationPlanned, MinutesDrafted, ResearchReportNoted, AssignmentOpened, FollowUpScheduled, EvaluationOpened, CaseDrafted
INSERT INTO streams (stream, kind, matter_id, area, round, opened_at)
SELECT DISTINCT ON (stream)
       stream, category AS kind, coalesce(data->>'topic_id', data->>'lead_id')::uuid, area,
       coalesce((data->>'round')::integer, 1), at AS opened_at
  FROM batch
 WHERE type IN ('LeadSubmitted', 'TopicProposed', 'ResearchPlanned', 'ResearchNoted', 'ConsultationPlanned',
                'MinutesDrafted', 'ResearchReportNoted', 'AssignmentOpened', 'FollowUpScheduled', 'EvaluationOpened',
                'CaseDrafted')
   AND coalesce(data->>'topic_id', data->>'lead_id') IS NOT NULL
 ORDER BY stream, position
    ON CONFLICT DO NOTHING;

-- name: on *  (of all that is said only what makes or ends somebody's turn; whose turn it was is open again)
WITH open_again AS (DELETE FROM turns WHERE stream IN (SELECT b.stream FROM batch b))
INSERT INTO said (stream, type, revision, n, last_at)
SELECT b.stream, b.type, max(b.revision), count(*), max(b.at)
  FROM batch b JOIN heeded h ON h.type = b.type
 GROUP BY b.stream, b.type
    ON CONFLICT (stream, type) DO UPDATE
   SET revision = greatest(said.revision, excluded.revision), n = said.n + excluded.n,
       last_at = greatest(said.last_at, excluded.last_at);

-- name: on TopicReportFiled, TopicReviewedByPartyBody, OutcomeSubmitted, OutcomeAdopted, FeedbackGiven, ItemAssigned, ReturnNoted, OutcomeUpreported, ReasonRecorded
INSERT INTO told (stream, type, key, n)
SELECT stream, type, key, count(*)
  FROM (SELECT stream, type, coalesce(data->>'body', data->>'to', data->>'item_no') AS key
          FROM batch
         WHERE type IN ('TopicReportFiled', 'TopicReviewedByPartyBody', 'OutcomeAdopted', 'FeedbackGiven', 'ItemAssigned',
                        'ReturnNoted', 'OutcomeUpreported', 'ReasonRecorded')
         UNION ALL
        SELECT b.stream, b.type, receiver.key
          FROM batch b, json_array_elements_text(b.data->'to') AS receiver (key)
         WHERE b.type = 'OutcomeSubmitted') one
 GROUP BY stream, type, key
    ON CONFLICT (stream, type, key) DO UPDATE SET n = told.n + excluded.n;

-- name: on MinutesDrafted, ReportDrafted
INSERT INTO drafts (stream, items)
SELECT DISTINCT ON (stream) stream, data->'items'
  FROM batch WHERE type IN ('MinutesDrafted', 'ReportDrafted')
 ORDER BY stream, position DESC
    ON CONFLICT (stream) DO UPDATE SET items = excluded.items;

-- name: on LeadSubmitted, AssignmentOpened, AssignmentArbitrated
INSERT INTO owners (stream, whose)
SELECT DISTINCT ON (stream) stream, coalesce(data->>'lead_unit', data->>'submitter')
  FROM batch WHERE type IN ('LeadSubmitted', 'AssignmentOpened', 'AssignmentArbitrated')
 ORDER BY stream, position DESC
    ON CONFLICT (stream) DO UPDATE SET whose = excluded.whose;

-- name: on FollowUpScheduled, ConsultationScheduled, ConsultationPostponed, EvaluationOpened
INSERT INTO dates (stream, due)
SELECT DISTINCT ON (stream) stream,
       CASE type WHEN 'FollowUpScheduled' THEN (data->>'due')::date
                 WHEN 'ConsultationScheduled' THEN ((data->>'starts')::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
                 WHEN 'EvaluationOpened' THEN ((data->>'poll_ends')::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
       END
  FROM batch
 WHERE type IN ('FollowUpScheduled', 'ConsultationScheduled', 'ConsultationPostponed', 'EvaluationOpened')
 ORDER BY stream, position DESC
    ON CONFLICT (stream) DO UPDATE SET due = excluded.due;

-- name: on DeadlineSet, DeadlineResumed, DeadlineExtended
INSERT INTO clocks (stream, due)
SELECT DISTINCT ON (stream) stream, (data->>'due')::date
  FROM batch WHERE type IN ('DeadlineSet', 'DeadlineResumed', 'DeadlineExtended')
 ORDER BY stream, position DESC
    ON CONFLICT (stream) DO UPDATE SET due = excluded.due;

-- name: on DeadlineSet, DeadlinePaused, DeadlineResumed
INSERT INTO pauses (stream, paused_on)
SELECT DISTINCT ON (stream) stream, CASE type WHEN 'DeadlinePaused' THEN (data->>'since')::date END
  FROM batch WHERE type IN ('DeadlineSet', 'DeadlinePaused', 'DeadlineResumed')
 ORDER BY stream, position DESC
    ON CONFLICT (stream) DO UPDATE SET paused_on = excluded.paused_on;

-- name: on *, *  (once more, after all else: whose turn it is now, in each stream of the batch)
INSERT INTO turns (stream, command, key, kind, task, matter_id, area, whose, since)
SELECT s.stream, p.command, k.key, s.kind, p.task, s.matter_id, s.area,
       CASE WHEN p.trusted IS NULL OR o.whose IS NULL THEN '{}' ELSE o.whose || p.trusted END,
       greatest(s.opened_at, turn.since)
  FROM (SELECT DISTINCT b.stream FROM batch b) heard
  JOIN streams s USING (stream)
  JOIN steps p ON p.kind = s.kind
  LEFT JOIN owners o ON o.stream = s.stream
 CROSS JOIN LATERAL
       (SELECT coalesce(max(f.revision) FILTER (WHERE f.type = ANY(p.until)), -1) AS ended,
               coalesce(max(f.revision) FILTER (WHERE f.type = ANY(p.again)), -1) AS begun,
               count(*) FILTER (WHERE f.type = ANY(p.after)) AS before,
               max(f.last_at) FILTER (WHERE f.type = ANY(p.after || p.again)) AS since
          FROM said f WHERE f.stream = s.stream) turn
 CROSS JOIN LATERAL
       (SELECT '' AS key
         WHERE p.command NOT IN ('ReviewTopic', 'AdoptOutcome', 'GiveFeedback', 'AssignItem', 'UpreportItem')
         UNION ALL
        SELECT a.key FROM told a
         WHERE a.stream = s.stream
           AND (p.command = 'ReviewTopic' AND a.type = 'TopicReportFiled'
                OR p.command = 'AdoptOutcome' AND a.type = 'OutcomeSubmitted')
           AND NOT EXISTS (SELECT FROM told done
                            WHERE done.stream = a.stream AND done.key = a.key
                              AND done.type = CASE p.command WHEN 'ReviewTopic' THEN 'TopicReviewedByPartyBody'
                                                             ELSE 'OutcomeAdopted' END)
         UNION ALL
        SELECT given.key FROM unnest('{members,people}'::text[]) AS given (key)
         WHERE p.command = 'GiveFeedback'
           AND NOT EXISTS (SELECT FROM told done
                            WHERE done.stream = s.stream AND done.key = given.key AND done.type = 'FeedbackGiven')
         UNION ALL
        SELECT item.value->>'no'
          FROM drafts d, json_array_elements(d.items) AS item
         WHERE d.stream = s.stream
           AND CASE p.command
               WHEN 'AssignItem'
               THEN (item.value->>'agreed')::boolean AND item.value->>'unit' <> ''
                    AND (SELECT coalesce(sum(done.n) FILTER (WHERE done.type = 'ItemAssigned'), 0)
                                <= coalesce(sum(done.n) FILTER (WHERE done.type = 'ReturnNoted'), 0)
                           FROM told done WHERE done.stream = s.stream AND done.key = item.value->>'no')
               WHEN 'UpreportItem'
               THEN (item.value->>'general')::boolean AND NOT (item.value->>'agreed')::boolean
                    AND NOT EXISTS (SELECT FROM told done
                                     WHERE done.stream = s.stream AND done.key = item.value->>'no'
                                       AND done.type = ANY('{OutcomeUpreported,ReasonRecorded}'::text[]))
               ELSE FALSE END) k
 WHERE turn.before = cardinality(p.after) AND turn.ended <= turn.begun;

-- name: how much  (of each task)
SELECT one.task, count(*) AS n, count(*) FILTER (WHERE one.late) AS late
  FROM (SELECT stream, task, bool_or(due < :today::date AND paused_on IS NULL) AS late
          FROM waits(:prefixes, :rules, :commands, :me, :body)
         GROUP BY stream, task) one
 GROUP BY one.task;

-- name: waiting  (page by page: what is late or soon due first, then what waits longest)
SELECT one.*, count(*) OVER () AS found
  FROM (SELECT stream, task, matter_id, of, title, area, charter, due, paused_on, min(since) AS since,
               array_agg(command || ' ' || key ORDER BY array_position(:commands, command), key) AS steps
          FROM waits(:prefixes, :rules, :commands, :me, :body)
         WHERE (:task::text = '' OR task = :task::text)
           AND (:title::text = '' OR strpos(title, :title::text) > 0)
           AND (:late::boolean IS FALSE OR due < :today::date AND paused_on IS NULL)
         GROUP BY stream, task, matter_id, of, title, area, charter, due, paused_on) one
 ORDER BY one.paused_on IS NOT NULL, one.due, one.since, one.stream, one.task
 LIMIT :most OFFSET :skipped;

-- name: days between  (follow-ups, replies, meetings and ends of polls, and whether they still lie ahead)
SELECT s.kind, s.stream, s.matter_id, s.area, m.title, m.charter, coalesce(d.due, c.due) AS due, p.paused_on, o.whose,
       EXISTS (SELECT FROM turns t WHERE t.stream = s.stream AND t.command <> 'ConfirmSolved') AS open
  FROM unnest(:prefixes::text[]) AS here
  JOIN streams s ON s.area BETWEEN rpad(rtrim(here, '%'), 12, '0') AND rpad(rtrim(here, '%'), 12, '9')
  JOIN matters m USING (matter_id)
  LEFT JOIN dates d USING (stream)
  LEFT JOIN clocks c USING (stream)
  LEFT JOIN pauses p USING (stream)
  LEFT JOIN owners o USING (stream)
 WHERE s.kind IN ('followup', 'consultation', 'evaluation', 'assignment')
   AND coalesce(d.due, c.due) BETWEEN :first::date AND :last::date
   AND (:kind::text = '' OR s.kind = :kind::text)
   AND (:unit::text = '' OR s.kind <> 'assignment' OR o.whose = :unit::text)
 ORDER BY due, s.kind, s.stream
 LIMIT :most;
