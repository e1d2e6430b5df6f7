"""The public page of a topic: where it is, why it is due that day, and what came of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import segno
from starlette.responses import Response

from services.portal.edge.commons.place import around, commons, place_in
from services.portal.edge.commons.wall import is_waited_for
from services.portal.edge.files.keeping import files_of
from services.portal.edge.marks import watch
from services.portal.edge.visit import HEADERS, Visit
from services.portal.edge.who import Person
from services.portal.pages.render import day
from services.portal.pages.stages import bar, read_marks
from services.portal.pages.texts import Texts
from services.portal.projections.handling import HANDLING
from shared.kernel.errors import Missing

Row = Mapping[str, Any]

SECTIONS = ("background", "participants", "process", "opinions", "effect")
TOLD = (
    "TopicApproved", "TopicPublicised", "ResearchReportFiled", "ConsultationScheduled",
    "ConsultationPostponed", "ConsultationCancelled", "MeetingHeld", "CommitmentMade",
    "MinutesIssued", "OutcomeSubmitted", "OutcomeAdopted", "AssignmentOpened", "HandlingReplied",
    "HandlingRejected", "SolutionConfirmed", "SolutionDisputed", "FollowUpConducted",
    "FeedbackGiven", "EvaluationTallied", "CasePublished", "MediaReported", "DeadlineExtended",
    "TopicClosed", "TopicEnded", "TopicReopened",
)  # fmt: skip
"""What the public course of a matter is made of; the other facts show in the stage bar alone."""


@dataclass(frozen=True)
class Fact:
    """A public fact: what was said, and when."""

    type: str
    at: Any
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Tally:
    """How a poll came out. `stands` is false where a recount came to another result."""

    at: Any
    of: str
    voters: int
    taken: int
    cast: int
    counts: Sequence[Mapping[str, Any]]
    verdict: str
    stands: bool


async def show_topic(visit: Visit) -> Response:
    """A public matter. Raises Missing for one that is not public, as for one there is not."""
    site, view = visit.site, commons(visit)
    behind = await visit.behind(view)
    row = await public_row(visit)
    live = await watch(site, "matter", row["topic_id"])
    ids = [row["topic_id"]]
    facts = await view.ask("told of", topic_ids=ids)
    marks = await view.ask("marks of", topic_ids=ids)
    duties = await view.ask("duties of", topic_ids=ids)
    rated = await _ratings(visit, duties)
    cases = await view.ask("cases of", topic_id=row["topic_id"])
    charter, texts = site.charters.at(row["charter"]), site.pages.texts.commons.because
    told = [Fact(one["type"], one["at"], _said(one)) for one in facts]
    files = await files_of(site, [row["topic_id"], *{one["stream"] for one in facts}])
    return visit.page(
        "commons/topic.html",
        **around(visit, place_in(visit, row["area"])),
        behind=behind,
        live=live,
        row=row,
        bar=bar(site.rules(charter).stages, read_marks(marks)),
        duties=[
            {
                **one,
                "because": why(texts, one),
                "rated": rated.get(one["assignment_id"]),
                **_standing(visit, row, one),
            }
            for one in duties
        ],
        course=[one for one in told if one.type in TOLD],
        commitments=[one for one in told if one.type == "CommitmentMade"],
        feedback=[one for one in told if one.type == "FeedbackGiven" and one.said["content"]],
        tallies=tallies(facts),
        cases=[{**one, "sections": _sections(one)} for one in cases],
        sections=SECTIONS,
        files=[one for one in files if one.public],
        rule=charter.id,
        matter=_matter(visit, row),
        address=_address(visit, row),
        word=visit.word(charter),
    )


async def show_code(visit: Visit) -> Response:
    """The address of the page as a QR code, to be printed or shown to somebody else."""
    row = await public_row(visit)
    code = segno.make(_address(visit, row), error="m")
    drawn = code.svg_inline(scale=4, border=4, dark="#1d2528", light="#ffffff")
    svg = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Response(svg, media_type="image/svg+xml", headers=HEADERS)


async def public_row(visit: Visit) -> Row:
    """The matter the address names. Raises Missing."""
    for row in await commons(visit).ask("one", topic_id=visit.id("topic_id")):
        return dict(row)
    raise Missing("no-such-page")


def why(texts: Texts, duty: Row) -> list[str]:
    """Why a unit has until that day, in sentences; the reasons of offices are not told."""
    if duty["why"] is None:
        return []
    told = [str(texts[duty["why"]])]
    if duty["moved_by"] != "DeadlineSet":
        told.append(str(texts[duty["moved_by"]]))
    if duty["counted"]:
        count = json.loads(duty["counted"])
        count |= {"since": day(date.fromisoformat(count["since"])), "due": day(duty["clock_due"])}
        told.append(str(texts[count["of"]].format(**count)))
        if count["provisional"]:
            told.append(str(texts.unpublished))
    return told


def tallies(facts: Sequence[Row]) -> list[Tally]:
    """The polls that were counted, and whether a recount agreed."""
    wrong = {
        one["stream"]
        for one in facts
        if one["type"] == "EvaluationRecounted" and not json.loads(one["said"])["same"]
    }
    return [
        Tally(at=one["at"], stands=one["stream"] not in wrong, **json.loads(one["said"]))
        for one in facts
        if one["type"] == "EvaluationTallied"
    ]


async def _ratings(visit: Visit, duties: Sequence[Row]) -> Mapping[UUID, Row]:
    """How many of those whom it concerns find each public assignment solved; never who they are."""
    ids = [one["assignment_id"] for one in duties]
    rows = await visit.site.views[HANDLING].ask("ratings of", ids=ids)
    return {row["assignment_id"]: row for row in rows}


def _standing(visit: Visit, row: Row, duty: Row) -> dict[str, Any]:
    waited = is_waited_for(duty) and row["state"] == "open"
    late = waited and not duty["paused"] and duty["due"] < visit.today
    return {
        "waited": waited,
        "late": (visit.today - duty["due"]).days if late else 0,
        "due": duty["clock_due"] or duty["due"],
    }


def _said(fact: Row) -> Mapping[str, Any]:
    said: dict[str, Any] = json.loads(fact["said"])
    return said | ({"due": date.fromisoformat(said["due"])} if "due" in said else {})


def _sections(case: Row) -> Mapping[str, str]:
    told: Mapping[str, str] = json.loads(case["sections"])
    return told


def _matter(visit: Visit, row: Row) -> str:
    """Where those in office go on with it."""
    who = visit.who
    here = isinstance(who, Person) and who.current and who.may_see(row["area"])
    return f"/matters/{row['topic_id']}" if here else ""


def _address(visit: Visit, row: Row) -> str:
    return f"{visit.base}/topics/{row['topic_id']}"
