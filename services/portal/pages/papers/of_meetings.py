"""Documents of research and of consultations: work plan, notice, minutes, research report."""

import re

from services.portal.pages.minutes import Telling, minutes_of
from services.portal.pages.papers.paper import Paper, Part, labelled, numbered, table, text
from services.portal.pages.papers.scene import Scene, at, on
from services.portal.pages.render import day
from services.portal.pages.sitting import Sitting

ITEM = re.compile(r"^([一二三四五六七八九十]+)、", re.MULTILINE)


def work_plan(scene: Scene) -> Paper:
    """工作方案, in the order of its fields; 英山 asks for eight, from 协商主题 to 组织领导."""
    issued = scene.last("WorkPlanIssued")
    assert issued
    sections = [(scene.word(field), text(words)) for field, words in issued.data["fields"].items()]
    return scene.paper("work-plan", numbered(sections), issued)


def notice(scene: Scene) -> Paper:
    """会议通知: when, where, who, what about, in which order."""
    say = scene.texts["notice"]
    scheduled = scene.last("ConsultationScheduled")
    assert scheduled
    told = scene.last("PriorNoticeGiven")
    data = scheduled.data
    about = [
        *labelled(say.time, at(data["starts"])),
        *labelled(say.place, data["place"]),
        *labelled(say.form, f"{scene.word(data['form'])}({scene.word(data['mode'])})"),
    ]
    sections = [
        (say.arranged, about),
        (say.who, _invited(scene)),
        (say.agenda, _agenda(scene)),
        (say.content, text(scene.clear(told.data["content"])) if told else []),
        (say.wishes, text(say.asked)),
    ]
    opening = text(say.opening.format(title=scene.title))
    to = scene.listed(one["name"] for one in _parties(scene)) or say.to
    return scene.paper("notice", [*opening, *numbered(sections)], told or scheduled, to=to)


def minutes(scene: Scene) -> Paper:
    """协商纪要: drafted from the facts, in the wording that people gave it since."""
    sitting = Sitting(scene.thread)
    threads = scene.story.of_kind("outcome")
    outcome = next((one for one in threads if one.stream == sitting.outcome_id), None)
    drafted = minutes_of(sitting, outcome, Telling(scene.drafting, scene.word, scene.named))
    heading, opening, *sections = drafted.sections
    parts = [*text(opening.text)]
    told = []
    for section in sections:
        words = text(ITEM.sub(r"(\1)", section.text))
        told.append((section.heading, words))
    copies = outcome.said("OutcomeCopied") if outcome else []
    say = scene.texts["outcome-report"]
    to = "、".join(scene.word(one.data["to"]) for one in copies)
    return scene.paper(
        "minutes",
        [*parts, *numbered(told)],
        scene.last("MeetingHeld", "ConsultationOpened"),
        form="minutes",
        title=heading.text,
        number=drafted.number,
        copies=[say.copies.format(to=to)] if to else [],
        **({"dated": day(drafted.issued_at)} if drafted.issued_at else {}),
    )


def research_report(scene: Scene) -> Paper:
    """调研报告: what was asked, who went where, what they found, what they suggest."""
    say = scene.texts["research-report"]
    planned, filed = scene.last("ResearchPlanned"), scene.last("ResearchReportFiled")
    assert planned
    assert filed
    visits = [
        (on(one.data["on"]), scene.clear(one.data["place"]), scene.clear(one.data["findings"]))
        for one in scene.thread.said("ResearchConducted")
    ]
    went = [table(say.heads, visits, (3, 3, 6))] if visits else []
    suggestions = [f"({n})" + one for n, one in enumerate(filed.data["suggestions"], 1)]
    sections = [
        (say.questions, text("\n".join(planned.data["questions"]))),
        (say.team, text(scene.listed(planned.data["team"]))),
        (say.went, went),
        (say.findings, text(scene.clear(filed.data["findings"]))),
        (say.suggestions, text("\n".join(suggestions))),
    ]
    return scene.paper(
        "research-report", numbered(sections), filed, title=scene.clear(filed.data["title"])
    )


def _parties(scene: Scene) -> list[dict[str, str]]:
    settled = scene.last("PartiesDetermined")
    return list(settled.data["parties"]) if settled else []


def _invited(scene: Scene) -> list[Part]:
    """Who is to come, side by side with what they stand for."""
    kinds: dict[str, list[str]] = {}
    for one in [*_parties(scene), *(fact.data for fact in scene.thread.said("InvitationRecorded"))]:
        names = kinds.setdefault(one["kind"], [])
        if one["name"] not in names:
            names.append(one["name"])
    return [
        part
        for kind, names in kinds.items()
        for part in labelled(scene.word(kind), "、".join(names))
    ]


def _agenda(scene: Scene) -> list[Part]:
    settled = scene.last("AgendaSet")
    if not settled:
        return []
    say = scene.texts["notice"]
    rows = [
        (str(n), one["title"], one["speaker"], say.minutes.format(n=one["minutes"]))
        for n, one in enumerate(settled.data["items"], 1)
    ]
    return [table(say.heads, rows, (1, 5, 3, 2))]
