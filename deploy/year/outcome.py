"""What a consultation leads to: minutes, where they go, and who takes them up."""

from datetime import timedelta

from deploy.year.matter import Matter
from deploy.year.script import Script
from services.outcomes.domain.outcome import commands as outcome
from shared.kernel.message import Actor

WORDS = (
    "意见采纳。请责任单位按纪要逐项办理，按期答复。",
    "民生小事也是大事，请抓紧落实。",
    "同意，纳入近期重点工作，办理情况报告我处。",
    "请有关单位对照办理，并举一反三。",
)


def draw_up(matter: Matter) -> None:
    """The minutes; or the report, where research alone leads to an outcome."""
    script, cast, known = matter.script, matter.county.cast, {"outcome_id": matter.outcome_id}
    script.wait(2, 6)
    if matter.research_only:
        items = [
            {
                "no": number,
                "text": matter.say(item.text),
                "agreed": True,
                "general": number == 1,
                "unit": matter.unit(item.unit),
            }
            for number, item in enumerate(matter.kind.items, start=1)
        ]
        script.ask(cast.cppcc, outcome.DraftReport, **known, items=items)
    script.ask(cast.clerk, outcome.IssueMinutes, **known, number=_number(matter))
    script.wait(1, 3)
    to = set(matter.county.outcomes.submitted_to)
    script.ask(cast.cppcc, outcome.SubmitOutcome, **known, to=sorted(to))


def _number(matter: Matter) -> str:
    """Of the same series through the year: by the day, and by the topic within it."""
    county, day = matter.county, matter.script.today
    serial = day.timetuple().tm_yday * 10 + matter.topic_id.int % 10
    return f"{county.file.number}{'研' if matter.research_only else '纪'}〔{day.year}〕{serial}号"


def take_up(matter: Matter) -> tuple[str, Actor]:
    """The body adopts it; by which way its items then reach the units, and who assigns them."""
    script, rules, known = matter.script, matter.county.outcomes, {"outcome_id": matter.outcome_id}
    body, leader = matter.leader()
    script.wait(2, 7)
    via = "assign" if "assign" in rules.routes else min(rules.routes)
    if "charge" in rules.routes and matter.place.site in ("county", "town") and script.chance(30):
        via, body = "charge", min(rules.charged_by)
        script.ask(
            matter.county.cast.cppcc,
            outcome.EscalateOutcome,
            **known,
            to=body,
            charged=matter.unit("town"),
            reason="事关全局，需统筹推进，提请责成落实。",
        )
        leader = matter.county.cast.leader(body, matter.county.places.county)
        script.wait(2, 6)
    instruction = script.luck.choice(WORDS)
    script.ask(leader, outcome.AdoptOutcome, **known, body=body, instruction=instruction)
    if via == "forward":
        units = tuple(dict.fromkeys(matter.unit(item.unit) for item in matter.kind.items))
        script.ask(
            leader,
            outcome.EndorseOutcome,
            **known,
            body=body,
            units=units,
            instruction="请学习研究，结合职责抓好落实。",
        )
    return via, leader


def pass_on(matter: Matter, script: Script) -> None:
    """What was not agreed and concerns many goes up, or it is written why not."""
    if not matter.disputed or matter.research_only:
        return
    rules, cast = matter.county.outcomes, matter.county.cast
    number = len(matter.kind.items) + bool(matter.kind.share) + 1
    known = {"outcome_id": matter.outcome_id, "item_no": number}
    script.wait(2, 10)
    if script.chance(15):
        script.ask(
            cast.cppcc, outcome.RecordReason, **known, reason="正在与主管部门进一步沟通，暂不转报。"
        )
        return
    form = script.luck.choice(sorted(rules.upreport_forms))
    tail = "社情民意" if form == "public-opinion" else "提案"
    script.ask(
        cast.cppcc,
        outcome.UpreportItem,
        **known,
        form=form,
        headline=f"关于{matter.place.name}{matter.what}相关问题的{tail}"[:100],
    )
    if script.chance(45):
        by = script.luck.choices(("county", "city", "province", "national"), (70, 22, 7, 1))[0]
        script.wait(15, 50).ask(cast.cppcc, outcome.RecordUpreportAdoption, **known, by=by)


def tell_people(matter: Matter, script: Script) -> None:
    """Members and the people concerned hear what was adopted and done."""
    cast, known = matter.county.cast, {"outcome_id": matter.outcome_id}
    done = f"{matter.title}：意见已采纳，{len(matter.kind.items)}项事项均已答复。"
    script.ask(cast.member, outcome.GiveFeedback, **known, to="members", content=done)
    script.at += timedelta(minutes=20)
    script.ask(
        cast.convenor,
        outcome.GiveFeedback,
        **known,
        to="people",
        content=f"在{matter.place.name}公示栏和群众会上通报：{matter.say(matter.kind.items[0].reply)}",
    )
