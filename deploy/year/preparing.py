"""What comes before a meeting: research, parties, a work plan, a venue."""

from uuid import uuid5

from deploy.year.matter import Matter
from deploy.year.people import delegates
from services.meetings.domain.consultation.commands import DetermineParties, IssueWorkPlan
from services.meetings.domain.research import commands as research
from services.topics.domain.venue.commands import OfferVenue

PLACES = ("{p}现场", "{p}三个小组", "沿线住户家中", "{t}便民服务中心", "相关单位")


def study(matter: Matter) -> None:
    """不调研不协商: a plan, some visits, a report; as many reports as the charter asks for."""
    for number in range(matter.county.meetings.reports_per_topic):
        _study_once(matter, number)


def _study_once(matter: Matter, number: int) -> None:
    script, member, kind = matter.script, matter.county.cast.member, matter.kind
    research_id = uuid5(matter.research_id, str(number)) if number else matter.research_id
    script.wait(1, 3)
    script.ask(
        member,
        research.PlanResearch,
        research_id=research_id,
        area=matter.place.code,
        topic_id=matter.topic_id,
        questions=tuple(matter.say(one) for one in kind.ask),
        team=(script.luck.choice(matter.county.file.groups), matter.units[0]),
        members=frozenset(seat.id for seat in delegates(matter)),
        round=matter.round,
    )
    for seen in kind.seen:
        script.wait(1, 3)
        script.ask(
            member,
            research.ConductResearch,
            research_id=research_id,
            on=script.today,
            place=matter.pick(PLACES),
            findings=matter.say(seen),
        )
    script.wait(1, 4)
    script.ask(
        member,
        research.FileResearchReport,
        research_id=research_id,
        title=f"关于{matter.title}的调研报告"[:80],
        findings=matter.say("".join(kind.seen)),
        suggestions=tuple(matter.say(item.text) for item in kind.items),
    )


def prepare(matter: Matter) -> None:
    """Parties, work plan, and a venue where the county has one for the place."""
    script, convenor = matter.script, matter.county.cast.convenor
    script.wait(1, 3)
    matter.meet(convenor, DetermineParties, parties=parties(matter))
    needed = matter.county.meetings.workplan_fields
    fields = {name: text for name, text in _work_plan(matter).items() if name in needed}
    matter.meet(convenor, IssueWorkPlan, fields=fields)
    if venue := matter.county.venue_for(matter.place, script.luck):
        matter.meet(convenor, OfferVenue, venue_id=venue)


def parties(matter: Matter) -> list[dict[str, str]]:
    """At least as many of each kind as the charter asks for; always the same ones."""
    county, luck = matter.county, matter.again("parties")
    named = {
        "masses": [f"{matter.place.name}群众代表", "相关住户代表"],
        "unit": list(dict.fromkeys(matter.units)),
        "member": [luck.choice(county.file.groups), "联系委员"],
        "expert": ["协商人才库专业人才"],
        "leader": ["县委、县政府联系领导"],
    }
    rule = next((one for one in county.meetings.forms if one.form == matter.form), None)
    least = dict(county.meetings.parties_min) | {"leader": rule.leaders if rule else 0}
    usual = {"masses": 1, "unit": 9, "member": 1, "expert": int(luck.random() < 0.3)}
    return [
        {"kind": kind, "name": name}
        for kind, all_ in named.items()
        for name in all_[: max(least.get(kind, 0), usual.get(kind, 0))]
    ]


def _work_plan(matter: Matter) -> dict[str, str]:
    units = "、".join(dict.fromkeys(matter.units))
    return {
        "theme": matter.title,
        "participants": f"{matter.place.name}群众代表、{units}、政协委员",
        "content": ";".join(matter.say(one) for one in matter.kind.ask),
        "research-steps": "实地踏勘、入户走访、部门座谈",
        "timetable": "调研后提前通报，一次协商，纪要印发后跟踪办理",
        "agenda": "通报情况、群众发言、部门回应、逐条合议、签认记录",
        "conversion": "形成纪要报送有关机关，逐条明确责任单位",
        "leadership": f"{matter.luck.choice(matter.county.file.groups)}召集",
    }
