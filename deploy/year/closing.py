"""The end of a matter: passed on, reported, told, written up, closed; or taken up once more."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid5

from deploy.year.approval import approve
from deploy.year.ballots import evaluate
from deploy.year.handling import handle
from deploy.year.leads import bring
from deploy.year.matter import Matter
from deploy.year.meeting import gather
from deploy.year.outcome import draw_up, pass_on, take_up, tell_people
from deploy.year.preparing import prepare, study
from deploy.year.talents import draw_lots
from services.meetings.domain.consultation.commands import CancelConsultation
from services.outcomes.domain.case.commands import DraftCase, PublishCase
from services.outcomes.domain.outcome.commands import CloseOutcome, ReportMedia
from services.topics.domain.topic.commands import EndTopic, ReopenTopic


def tell_matter(matter: Matter, rounds: int = 1) -> None:
    """One matter from its beginning as far as the diary goes; closed matters may come up again."""
    bring(matter)
    if not approve(matter):
        return
    if not _consult(matter):
        return
    for round_ in range(2, rounds + 1):
        matter.script.wait(15, 40)
        matter.script.ask(
            matter.county.cast.cppcc,
            ReopenTopic,
            topic_id=matter.topic_id,
            reason="群众反映问题有反复，需再次协商巩固。",
        )
        matter.script.wait(1, 2)
        again = replace(matter, round=round_, item_no=None, disputed=False)
        if not _consult(again):
            return


def _consult(matter: Matter) -> bool:
    """One round, from research to closing. False where it ended without a meeting."""
    if matter.drawn and matter.round == 1:
        draw_lots(matter)
    study(matter)
    if matter.research_only:
        matter.script.wait(1, 3)
        matter.script.ask(
            matter.county.cast.convenor,
            CancelConsultation,
            consultation_id=matter.consultation_id,
            reason="以专题调研形成成果，不另行召开协商会议。",
        )
    else:
        prepare(matter)
        if not gather(matter):
            matter.script.wait(1, 6)
            matter.script.ask(
                matter.county.cast.cppcc,
                EndTopic,
                topic_id=matter.topic_id,
                reason="问题在协商前已经解决，经与提出人核实，不再协商。",
            )
            return False
    draw_up(matter)
    via, leader = take_up(matter)
    replies = [
        handle(matter, via, leader, number, item)
        for number, item in enumerate(matter.kind.items, start=1)
    ]
    beside = matter.script.branch()
    pass_on(matter, beside)
    matter.script.at = max(beside.at, *replies)
    _close(matter)
    return True


def _close(matter: Matter) -> None:
    script, cast, known = matter.script, matter.county.cast, {"outcome_id": matter.outcome_id}
    needs = matter.county.outcomes.closing_needs
    script.wait(1, 5)
    if script.chance(3):
        script.refuse(cast.cppcc, CloseOutcome, "not-yet", **known)
    if "media" in needs or script.chance(10):
        script.ask(
            cast.clerk,
            ReportMedia,
            **known,
            outlet=script.luck.choice(matter.county.file.media),
            headline=f"{matter.title}：商量出好办法"[:100],
        )
    if "case" in needs or script.chance(7):
        _write_up(matter)
    if matter.evaluated:
        evaluate(matter)
    tell_people(matter, script)
    script.wait(1, 8)
    script.ask(cast.cppcc, CloseOutcome, **known)


def _write_up(matter: Matter) -> None:
    """惠民's five sections; nobody in it can be recognised."""
    script, cast, say = matter.script, matter.county.cast, matter.say
    case = {"case_id": uuid5(matter.outcome_id, "case")}
    first = matter.unit(matter.kind.items[0].unit)
    sections = {
        "background": matter.summary,
        "participants": f"{matter.place.name}群众代表、{first}等责任单位、政协委员。",
        "process": "".join(say(one) for one in matter.kind.seen)
        + "在此基础上面对面协商，逐条形成共识。",
        "opinions": "".join(say(item.text) for item in matter.kind.items),
        "effect": say(matter.kind.items[0].reply) + say(matter.kind.kept),
    }
    script.ask(
        cast.clerk,
        DraftCase,
        **case,
        area=matter.place.code,
        topic_id=matter.topic_id,
        outcome_id=matter.outcome_id,
        headline=f"“商”出来的变化——{matter.title}"[:100],
        sections=sections,
    )
    script.wait(1, 4)
    script.ask(cast.cppcc, PublishCase, **case, deidentified=True)
    script.at += timedelta(minutes=5)
    script.wait(1, 2)
