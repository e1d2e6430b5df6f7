"""Documents of what came of it: report, opinions passed on, assignments, replies, cases."""

from services.portal.pages.facts import Fact
from services.portal.pages.papers.paper import Paper, labelled, numbered, pairs, table, text
from services.portal.pages.papers.scene import Scene, on


def outcome_report(scene: Scene) -> Paper:
    """协商成果报告: what was agreed and what not, and to whom it goes."""
    say = scene.texts["outcome-report"]
    drafted = scene.last("MinutesDrafted", "ReportDrafted")
    assert drafted
    sent, issued = scene.last("OutcomeSubmitted"), scene.last("MinutesIssued")
    items = drafted.data["items"]
    agreed = [
        (str(one["no"]), one["text"], one["unit"] or say.no_unit) for one in items if one["agreed"]
    ]
    apart = [
        (str(one["no"]), one["text"], say.general if one["general"] else "")
        for one in items
        if not one["agreed"]
    ]
    sections = [
        (say.about, text(_about(scene))),
        (say.agreed, [table(say.agreed_heads, agreed, (1, 6, 3))] if agreed else []),
        (say.apart, [table(say.apart_heads, apart, (1, 6, 3))] if apart else []),
        (say.asked, text(say.asking)),
    ]
    copies = [scene.word(one.data["to"]) for one in scene.thread.said("OutcomeCopied")]
    return scene.paper(
        "outcome-report",
        numbered(sections),
        sent or issued or drafted,
        to="、".join(map(scene.word, sent.data["to"])) if sent else "",
        number=issued.data["number"] if issued else "",
        copies=[say.copies.format(to="、".join(copies))] if copies else [],
    )


def public_opinion(scene: Scene) -> Paper:
    """社情民意信息 and 提案: one matter a page, passed on upwards (一事一报)."""
    say = scene.texts["public-opinion"]
    passed = scene.last("OutcomeUpreported")
    assert passed
    drafted = scene.last("MinutesDrafted", "ReportDrafted")
    no = passed.data["item_no"]
    items = drafted.data["items"] if drafted else ()
    words = next((one["text"] for one in items if one["no"] == no), "")
    sections = [
        (say.about, text(_about(scene))),
        (say.matter, text(words)),
        (say.why, text(say.general)),
    ]
    form = labelled(say.form, scene.word(passed.data["form"]))
    headline = passed.data["headline"]
    return scene.paper("public-opinion", [*form, *numbered(sections)], passed, title=headline)


def assignment(scene: Scene) -> Paper:
    """交办单: what a unit has to do, with whom, by which day."""
    say = scene.texts["assignment"]
    opened = scene.last("AssignmentOpened", "AssignmentArbitrated")
    first = scene.last("AssignmentOpened")
    assert opened
    assert first
    rows = [
        (say.matter, scene.title),
        (say.number, _number(scene)),
        (say.item, f"{first.data['item_no']}. {first.data['text']}"),
        (say.lead, opened.data["lead_unit"]),
        (say.assist, scene.listed(opened.data["assist_units"]) or say.none),
        (say.due, _due(scene, opened)),
        (say.asked, say.asking),
        (say.received, say.receipt),
    ]
    return scene.paper("assignment", [pairs(rows)], opened, form="table")


def reply(scene: Scene) -> Paper:
    """办理回复单: what was done, and how it is classed (A–D)."""
    say = scene.texts["reply"]
    said, first = scene.last("HandlingReplied"), scene.last("AssignmentOpened")
    assert said
    assert first
    signed = [
        f"{one.data['unit']}:{one.data['opinion']}" for one in scene.thread.said("CosignGiven")
    ]
    held = scene.last("SolutionConfirmed", "SolutionDisputed")
    confirmed = (say.solved if held.type == "SolutionConfirmed" else say.disputed) if held else ""
    rows = [
        (say.matter, scene.title),
        (say.item, f"{first.data['item_no']}. {first.data['text']}"),
        (say.unit, said.data["unit"]),
        (say.round, say.nth.format(n=said.data["round"])),
        (say.result, scene.word(said.data["result_class"])),
        (say.content, scene.clear(said.data["content"])),
        (say.cosigned, "\n".join(signed) or say.none),
        (say.people, confirmed or say.blank),
    ]
    return scene.paper("reply", [pairs(rows)], said, form="table", signed=said.data["unit"])


def case(scene: Scene) -> Paper:
    """案例表. 惠民: "协商背景""协商主体""协商过程""协商意见""协商效果"."""
    written = scene.last("CasePublished") or scene.last("CaseDrafted")
    assert written
    say = scene.texts["case"]
    rows = [
        (say.headline, written.data["headline"]),
        (say.place, scene.place),
        *((say[name], words) for name, words in written.data["sections"].items()),
    ]
    return scene.paper("case", [pairs(rows)], written, form="table")


def _about(scene: Scene) -> str:
    """On what it rests: a meeting, or research alone."""
    say = scene.texts["outcome-report"]
    if held := scene.elsewhere("consultation", "MeetingHeld"):
        data = held[-1].data
        people = "、".join(
            say.so_many.format(kind=scene.word(kind), n=n)
            for kind, n in data["attendees"].items()
            if n
        )
        told = {"day": on(held[-1].at.date()), "place": data["place"], "people": people}
        return str(say.met.format(title=scene.title, **told))
    return str(say.researched.format(title=scene.title))


def _number(scene: Scene) -> str:
    issued = scene.elsewhere("outcome", "MinutesIssued")
    return str(issued[-1].data["number"]) if issued else ""


def _due(scene: Scene, opened: Fact) -> str:
    changed = scene.last("AssignmentArbitrated", "ExtensionGranted", "HandlingRejected")
    return on((changed or opened).data["due"])
