"""How matters come in: by leads of residents, members, the Party and agencies, or put forward."""

from typing import Any
from uuid import uuid5

from deploy.year.matter import Matter
from deploy.year.places import Place
from deploy.year.private import SEAL
from deploy.year.script import Script
from services.topics.domain.lead import commands as lead
from services.topics.domain.topic.commands import ProposeTopic
from shared.kernel.message import Actor

FIXES = (
    "请补充具体地点和涉及户数。",
    "请说明反映的是一户的事还是多户的事。",
    "请补充发生的时间和现状照片。",
)


def bring(matter: Matter) -> None:
    """Until the topic is there: raised from a lead, or put forward by somebody who may."""
    script, cast = matter.script, matter.county.cast
    if not matter.by_lead:
        who = (
            cast.party(_first_body(matter), matter.place)
            if matter.origin == "party"
            else cast.member
        )
        script.ask(
            who,
            ProposeTopic,
            topic_id=matter.topic_id,
            area=matter.place.code,
            title=matter.title,
            summary=matter.summary,
            origin=matter.origin,
        )
        return
    who = _submitter(matter)
    brought = {"origin": matter.origin, "proxy": matter.origin == "clerk"}
    title = matter.say(matter.kind.lead)[:80]
    submit(script, who, matter.place, lead_id=matter.lead_id, title=title, **brought)
    if script.chance(6):
        _mend(matter, who)
    if matter.origin == "resident" and script.chance(12):
        _also(matter)
    script.wait(1, 4)
    script.ask(
        cast.clerk,
        lead.AdoptLead,
        lead_id=matter.lead_id,
        title=matter.title,
        summary=matter.summary,
        evidence=_evidence(matter),
    )


def _first_body(matter: Matter) -> str:
    return min(matter.county.topics.approved_by)


def _submitter(matter: Matter) -> Actor:
    cast = matter.county.cast
    if matter.origin == "resident":
        return cast.resident(matter.place, matter.luck.randrange(1, 6))
    if matter.origin == "agency":
        return cast.unit(matter.unit(matter.kind.items[0].unit))
    return cast.clerk if matter.origin == "clerk" else cast.member


def submit(script: Script, who: Actor, place: Place, **brought: Any) -> None:
    """Bring a lead about a place; the words of whoever brings it are for the vault."""
    script.ask(who, lead.SubmitLead, area=place.code, place=place.name, words=SEAL, **brought)


def _mend(matter: Matter, who: Actor) -> None:
    script = matter.script
    script.wait(1, 2).ask(
        matter.county.cast.clerk,
        lead.ReturnLeadForFix,
        lead_id=matter.lead_id,
        reason=matter.luck.choice(FIXES),
    )
    script.wait(1, 4).ask(
        who,
        lead.ResubmitLead,
        lead_id=matter.lead_id,
        title=matter.say(matter.kind.lead)[:80],
        place=matter.place.name,
    )


def _also(matter: Matter) -> None:
    """A neighbour writes about the same thing; both go on as one."""
    other = uuid5(matter.script.cause, "lead-also")
    neighbour = matter.county.cast.resident(matter.place, 9)
    title = f"{matter.place.name}的{matter.what}，盼着早点解决"
    submit(matter.script, neighbour, matter.place, lead_id=other, title=title, origin="resident")
    matter.script.ask(
        matter.county.cast.clerk,
        lead.MergeLead,
        lead_id=other,
        into=matter.lead_id,
        reason="与已收到的线索反映同一事项，并案办理。",
    )


def _evidence(matter: Matter) -> tuple[str, ...]:
    households = matter.luck.randrange(11, 160)
    return (f"{matter.place.name}{households}户联名意见", "村(居)民代表会议记录")
