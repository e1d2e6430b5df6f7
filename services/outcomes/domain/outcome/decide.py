"""The life of an outcome (协商成果).

nothing ──note a report──▶ researched ──draft──▶ drafted     (without a meeting)

nothing ──draft──▶ drafted ──issue──▶ issued ──submit──▶ submitted ──close──▶ closed
                                    adopt, assign, reply, look back, feed back

An agreed item that names a unit has to be assigned. An item that was not agreed although it
concerns many has to be passed on, or it is written why not. Members and people are always told.
"""

from datetime import date
from uuid import uuid5

from services.outcomes.domain.outcome import commands as asked
from services.outcomes.domain.outcome import events as said
from services.outcomes.domain.outcome import notes
from services.outcomes.domain.outcome.state import (
    Closed,
    Drafted,
    Issued,
    Nothing,
    Outcome,
    Researched,
    Submitted,
    Track,
    evolve,
)
from services.outcomes.rules import OutcomeRules
from services.outcomes.words import ClosingNeed, Via, day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[OutcomeRules]


def decide(command: asked.OutcomeCommand, outcome: Outcome, ctx: Ctx) -> list[said.OutcomeEvent]:
    """What may happen when."""
    match command, outcome:
        case asked.DraftMinutes() as c, Nothing():
            return [said.MinutesDrafted(**c.model_dump(exclude={"area"}))]
        case asked.DraftMinutes(), _:
            return []
        case asked.DraftReport() as c, Researched() as o:
            return [said.ReportDrafted(**dict(c), topic_id=o.topic_id, research_id=o.research_id)]
        case asked.SaveMinutes() as c, Drafted() as o:
            return save_minutes(c, o)
        case asked.IssueMinutes() as c, Drafted() as o:
            return [said.MinutesIssued(**dict(c), topic_id=o.topic_id)]
        case asked.SubmitOutcome() as c, Issued() as o:
            return submit(c, o, ctx)
        case asked.SubmitOutcome() as c, Submitted() as o if o.to == set(c.to):
            return []
        case asked.AdoptOutcome() as c, Submitted() as o:
            return adopt(c, o, ctx)
        case asked.EndorseOutcome() as c, Submitted() as o:
            return endorse(c, o, ctx)
        case asked.EscalateOutcome() as c, Submitted() as o:
            return escalate(c, o, ctx)
        case asked.RecordUpreportAdoption() as c, Submitted() as o:
            return record_adoption(c, o)
        case asked.AssignItem() as c, Submitted() as o:
            return assign(c, o, ctx)
        case asked.UpreportItem() | asked.RecordReason() as c, Submitted() as o:
            return settle(c, o, ctx)
        case asked.GiveFeedback() as c, Submitted() as o:
            return [said.FeedbackGiven(**dict(c), topic_id=o.topic_id)]
        case asked.ReportMedia() as c, Submitted() as o:
            return [said.MediaReported(**dict(c), topic_id=o.topic_id)]
        case asked.CloseOutcome() as c, Submitted() as o:
            return close(c, o, ctx)
        case asked.CloseOutcome(), Closed():
            return []
        case _:
            return note(command, outcome, ctx)


def note(command: asked.OutcomeCommand, outcome: Outcome, ctx: Ctx) -> list[said.OutcomeEvent]:
    """What other streams of ours said, noted where it has to be known."""
    match command, outcome:
        case notes.NoteResearchReport() as c, Nothing() if ctx.rules.from_research:
            return [notes.ResearchReportNoted(**c.model_dump(exclude={"area"}))]
        case notes.NoteResearchReport(), _:
            return []
        case notes.NoteReturn() as c, Submitted() as o:
            return [notes.ReturnNoted(**dict(c))] if _item(c.item_no, o).unit == c.unit else []
        case notes.NoteReply() as c, Submitted() as o:
            return [notes.ReplyNoted(**dict(c))] if _item(c.item_no, o).round < c.round else []
        case notes.NoteFollowUp() as c, Submitted() as o:
            return note_follow_up(c, o)
        case notes.NoteSolution() as c, Submitted() as o:
            return note_solution(c, o)
        case notes.NoteCase() as c, Submitted() as o:
            return [] if o.in_library else [notes.CaseNoted(**dict(c))]
        case _:
            raise Refused("not-now", command=type(command).__name__, outcome=type(outcome).__name__)


def save_minutes(command: asked.SaveMinutes, outcome: Drafted) -> list[said.OutcomeEvent]:
    """A wording replaces the one it was written over, and no other."""
    version, text = outcome.wordings.get(command.section, (0, ""))
    if version and command.text == text:
        return []
    if command.base != version:
        raise Refused("edited-meanwhile", versions=version)

    return [
        said.MinutesSaved(
            outcome_id=command.outcome_id,
            section=command.section,
            nth=version + 1,
            text=command.text,
        )
    ]


def submit(command: asked.SubmitOutcome, outcome: Issued, ctx: Ctx) -> list[said.OutcomeEvent]:
    """邻水: “报送了县委、县政府,并抄送县委目标绩效办”; 泸县: “报县政协联络委备案”."""
    to = tuple(sorted(set(command.to)))
    if missing := ctx.rules.submitted_to - set(to):
        raise Refused("body-missing", to=sorted(missing))

    outcome_id = command.outcome_id
    submitted = said.OutcomeSubmitted(outcome_id=outcome_id, topic_id=outcome.topic_id, to=to)
    copies = [
        said.OutcomeCopied(outcome_id=outcome_id, to=body) for body in sorted(ctx.rules.copies_to)
    ]
    files = [
        said.OutcomeFiled(outcome_id=outcome_id, topic_id=outcome.topic_id, at_body=body)
        for body in sorted(ctx.rules.files_to)
    ]
    return [submitted, *copies, *files]


def adopt(command: asked.AdoptOutcome, outcome: Submitted, ctx: Ctx) -> list[said.OutcomeEvent]:
    """Only who received it can take it up, and everybody speaks for their own body."""
    if command.body in outcome.adopted:
        return []
    _must_have_received(command.body, outcome, ctx)

    return [said.OutcomeAdopted(**dict(command), topic_id=outcome.topic_id)]


def _must_have_received(body: str, outcome: Submitted, ctx: Ctx) -> None:
    if body not in outcome.to:
        raise Refused("not-submitted", to=body)
    if ctx.actor.unit != body:
        raise Refused("not-your-body", body=body, yours=ctx.actor.unit)


def endorse(command: asked.EndorseOutcome, outcome: Submitted, ctx: Ctx) -> list[said.OutcomeEvent]:
    """襄城: “批转相关部门学习、研究、落实”."""
    _must_know("forward", ctx)
    _must_have_received(command.body, outcome, ctx)

    endorsed = said.OutcomeEndorsed(**dict(command), topic_id=outcome.topic_id)
    return [] if endorsed in outcome.endorsed else [endorsed]


def escalate(
    command: asked.EscalateOutcome, outcome: Submitted, ctx: Ctx
) -> list[said.OutcomeEvent]:
    """泸县: “对于事关全县大局的重大协商成果,由县政协提请县委责成镇(街)落实”."""
    _must_know("charge", ctx)
    if command.to not in ctx.rules.charged_by:
        raise Refused("no-such-body", bodies=sorted(ctx.rules.charged_by))

    escalated = said.MajorOutcomeEscalated(**dict(command), topic_id=outcome.topic_id)
    return [] if escalated in outcome.escalated else [escalated]


def _must_know(via: Via, ctx: Ctx) -> None:
    if via not in ctx.rules.routes:
        raise Refused("no-such-route", routes=sorted(ctx.rules.routes))


def record_adoption(
    command: asked.RecordUpreportAdoption, outcome: Submitted
) -> list[said.OutcomeEvent]:
    """Each level may adopt it once."""
    track = _item(command.item_no, outcome)
    if track.upreported is None:
        raise Refused("not-upreported", item_no=command.item_no)
    if command.by in track.adopted_by:
        return []

    return [said.UpreportAdopted(**dict(command), topic_id=outcome.topic_id, form=track.upreported)]


def assign(command: asked.AssignItem, outcome: Submitted, ctx: Ctx) -> list[said.OutcomeEvent]:
    """交办: an authority that took the outcome up gives an agreed item to one unit."""
    track = _item(command.item_no, outcome)
    if track.unit == command.lead_unit:
        return []
    if track.unit:
        raise Refused("already-assigned", unit=track.unit)
    if not track.item.agreed:
        raise Refused("not-agreed", item_no=command.item_no)
    if not outcome.adopted:
        raise Refused("not-adopted")
    _must_know(command.via, ctx)

    return [
        said.ItemAssigned(
            **command.model_dump(exclude={"due"}),
            topic_id=outcome.topic_id,
            assignment_id=uuid5(command.outcome_id, str(command.item_no)),
            text=track.item.text,
            due=_due(command, ctx),
            due_set_by="charter" if command.due is None else "assigner",
        )
    ]


def _due(command: asked.AssignItem, ctx: Ctx) -> date:
    today = day(ctx.now)
    latest = ctx.rules.workdays.after(today, ctx.rules.reply_days)
    if command.due is None:
        return latest
    if not today <= command.due <= latest:
        raise Refused("due-out-of-range", earliest=today, latest=latest)
    return command.due


def settle(
    command: asked.UpreportItem | asked.RecordReason, outcome: Submitted, ctx: Ctx
) -> list[said.OutcomeEvent]:
    """泸县: “没有完全达成一致意见且需解决的普遍性问题,积极转化为委员提案或社情民意信息上报”.

    Not passing it on is a decision too, and has its reason in writing.
    """
    item = _item(command.item_no, outcome).item
    if item.agreed:
        raise Refused("item-agreed", item_no=item.no)
    if not item.general:
        raise Refused("not-general", item_no=item.no)
    if isinstance(command, asked.RecordReason):
        return [said.ReasonRecorded(**dict(command))]
    if command.form not in ctx.rules.upreport_forms:
        raise Refused("no-such-form", forms=sorted(ctx.rules.upreport_forms))

    return [said.OutcomeUpreported(**dict(command), topic_id=outcome.topic_id)]


def note_follow_up(command: notes.NoteFollowUp, outcome: Submitted) -> list[said.OutcomeEvent]:
    """A look at an earlier reply, or a second look at the same, says nothing about this one."""
    track = _item(command.item_no, outcome)
    if command.round != track.round or command.kind not in track.awaits:
        return []

    return [notes.FollowUpNoted(**dict(command))]


def note_solution(command: notes.NoteSolution, outcome: Submitted) -> list[said.OutcomeEvent]:
    """Only the reply that holds can be confirmed or disputed."""
    track = _item(command.item_no, outcome)
    if command.round != track.round or not track.replied or track.confirmed:
        return []

    return [notes.SolutionNoted(**dict(command))]


def close(command: asked.CloseOutcome, outcome: Submitted, ctx: Ctx) -> list[said.OutcomeEvent]:
    """Every item has found its way, and all the county needs is done."""
    if missing := ctx.rules.closing_needs - _done(outcome):
        raise Refused("not-yet", missing=sorted(missing))
    if items := [no for no, track in outcome.items.items() if track.stands_open]:
        raise Refused("item-open", items=items)

    return [said.OutcomeClosed(outcome_id=command.outcome_id, topic_id=outcome.topic_id)]


def _done(outcome: Submitted) -> set[ClosingNeed]:
    assigned = [track for track in outcome.items.values() if track.unit]
    holds = [track for track in assigned if track.replied and not track.awaits]
    state: dict[ClosingNeed, bool] = {
        "record": True,
        "adoption": bool(outcome.adopted),
        "reply": all(track.replied for track in assigned),
        "follow-up": len(holds) == len(assigned),
        "feedback-to-members": "members" in outcome.told,
        "feedback-to-people": "people" in outcome.told,
        "solved": any(track.replied == "A" for track in holds),
        "confirmed": all(track.confirmed for track in assigned),
        "case": outcome.in_library,
        "media": outcome.in_media,
    }
    return {need for need, done in state.items() if done}


def _item(item_no: int, outcome: Submitted) -> Track:
    if item_no not in outcome.items:
        raise Refused("no-such-item", item_no=item_no)
    return outcome.items[item_no]


OUTCOME: Decider[Outcome, asked.OutcomeCommand, said.OutcomeEvent, OutcomeRules] = Decider(
    category="outcome",
    commands=asked.OutcomeCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
