"""From a topic that was put forward to one that is approved, by the rules of its county."""

from deploy.year.matter import Matter
from deploy.year.plans import plan_id
from services.topics.domain.plan.commands import AdoptIntoPlan
from services.topics.domain.topic import commands as topic
from shared.kernel.message import Actor

YES = (
    "同意列入协商，请把责任单位和群众意见调研清楚。",
    "切口小、群众盼，同意。",
    "同意。注意听取不同意见，协商前公示。",
    "同意列入，办理情况及时向群众反馈。",
)
NO = (
    "涉及面较大、条件尚不成熟，退回补充调研后再议。",
    "主管部门已列入年内工程，不再重复协商，请跟踪进度。",
    "与去年已办结事项重复，退回。",
)
REMARKS = (
    "涉及群众面广，责任单位明确，可以协商。",
    "切口小、可操作，建议列入。",
    "群众反映集中，宜早协商。",
)


def approve(matter: Matter) -> bool:
    """Whether it is to be consulted on: assessed, reported, reviewed, posted."""
    script, cast, rules = matter.script, matter.county.cast, matter.county.topics
    script.wait(1, 3)
    script.ask(
        cast.convenor,
        topic.AssessCriteria,
        topic_id=matter.topic_id,
        criteria=dict.fromkeys(rules.criteria, True),
        remark=script.luck.choice(REMARKS),
    )
    if rules.plan.approves_topics and matter.item_no is not None:
        _adopt(matter)
        script.wait(1, 2)
    elif not _reviewed(matter):
        return False
    else:
        script.wait(1, 2)
        if matter.item_no is not None:
            _adopt(matter)
    script.ask(
        cast.convenor,
        topic.PublicizeTopic,
        topic_id=matter.topic_id,
        where=f"{matter.place.name}公示栏",
    )
    if script.chance(35):
        script.ask(
            cast.member,
            topic.ClaimTopic,
            topic_id=matter.topic_id,
            group=script.luck.choice(matter.county.file.groups),
        )
    return True


def _adopt(matter: Matter) -> None:
    county, script = matter.county, matter.script
    if script.today.year != county.diary.first.year and script.today.month == 1:
        script.until(script.today.replace(month=2, day=3))  # The plan of the year is out by then.
    script.ask(
        county.cast.cppcc,
        AdoptIntoPlan,
        plan_id=plan_id(county, script.today.year),
        item_no=matter.item_no,
        topic_id=matter.topic_id,
    )


def _reviewed(matter: Matter) -> bool:
    """Each body that the charter names gets its report, and says its word."""
    script, bodies = matter.script, _bodies(matter)
    for body in bodies:
        script.ask(matter.county.cast.convenor, topic.FileReport, topic_id=matter.topic_id, to=body)
    agrees = not script.chance(4)
    for number, body in enumerate(bodies):
        script.wait(1, 4)
        last = number == len(bodies) - 1
        yes = agrees or not last
        script.ask(
            _reviewer(matter, body),
            topic.ReviewTopic,
            topic_id=matter.topic_id,
            body=body,
            agrees=yes,
            reason=script.luck.choice(YES if yes else NO),
        )
    return agrees


def _bodies(matter: Matter) -> list[str]:
    """All that must agree, and one of those of whom one must."""
    rules = matter.county.topics
    return [*sorted(rules.approved_by), *sorted(rules.approved_by_one_of)[:1]]


def _reviewer(matter: Matter, body: str) -> Actor:
    """Nobody reviews what they have put forward themselves."""
    return matter.county.cast.party(body, matter.place, second=matter.origin == "party")
