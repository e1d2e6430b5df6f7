"""From what pages show to what questions answer: one function a question."""

import json
from collections.abc import Iterable
from typing import Any

from services.portal.edge.api.reading import Reading, Values
from services.portal.pages.figures import MEASURES
from shared.kernel.errors import Unavailable

Told = dict[str, Any]


def listed(_reading: Reading, shown: Values) -> list[Told]:
    """The matters of a list."""
    return [{**one.row, "stage": one.stand} for one in shown["matters"]]


def whole(_reading: Reading, shown: Values) -> Told:
    """One matter."""
    drawn = [*shown["main"], *shown["side"]]
    return {
        **shown["row"],
        "place": shown["place"],
        "brand": shown["brand"],
        "topic_id": shown["topic_id"],
        "stages": shown["bar"],
        "next": [
            {
                "service": one.offer.step.service,
                "command": one.offer.step.command,
                "label": one.label,
                "fixed": json.loads(one.fixed),
            }
            for one in drawn
        ],
        "waits_for": shown["waits_for"],
        "facts": shown["count"],
    }


def story(_reading: Reading, shown: Values) -> list[Told]:
    """The facts of a matter, as the page tells them."""
    return [
        {
            **{
                name: getattr(one.fact, name)
                for name in ("source", "position", "stream", "revision", "type", "area", "charter")
            },
            "at": one.fact.at,
            "label": one.title,
            "role": one.fact.role,
            "who": one.who,
            "details": one.details,
        }
        for chapter in shown["chapters"]
        for one in chapter
    ]


def readings(_reading: Reading, shown: Values) -> list[Told]:
    """A matter by the charter of each county."""
    return [
        {"charter": one.charter.id, "brand": one.brand, "own": one.own, "stages": one.bar}
        for one in shown["readings"]
    ]


def awaited(_reading: Reading, shown: Values) -> list[Told]:
    """What waits for me."""
    waiting = [one for _, group in shown["groups"] for one in group]
    return [{**one.row, "labels": [turn.label for turn in one.turns]} for one in waiting]


def poll(_reading: Reading, shown: Values) -> Told:
    """One poll."""
    row = shown["poll"]
    return {**row, "voters": len(row["voters"]), "counts": shown["counts"]}


def notices(_reading: Reading, shown: Values) -> list[Any]:
    """My notices. Raises Unavailable where the page, too, has to say so."""
    if shown["away"]:
        raise Unavailable("away", service="notify")
    return list(shown["notices"])


def delivered(_reading: Reading, shown: Values) -> list[Told]:
    """The ledger of notices."""
    return [{**one, "name": shown["names"].get(one["account"], "")} for one in shown["lines"]]


def accounts(_reading: Reading, shown: Values) -> list[Told]:
    """Who may enter."""
    return list(shown["found"].accounts)


def as_shown(name: str) -> Any:
    """The values a page shows under a name, as they are."""
    return lambda _reading, shown: shown[name]


def board(_reading: Reading, shown: Values) -> Told:
    """The board of an area."""
    return {
        "area": shown["code"],
        "year": shown["year"],
        "going_on": shown["going_on"],
        "overdue": shown["overdue"],
        "whole": _row(shown["whole"]),
        "below": [_row(one) for one in shown["rows"]],
    }


def indicators(_reading: Reading, shown: Values) -> Told:
    """The indicators of an area and of those below it."""
    return {
        "area": shown["code"],
        "year": shown["year"],
        "figures": _figures(shown["whole"]),
        "below": [
            {"area": area, "figures": _figures(ones)} for area, ones in shown["below"].items()
        ],
    }


def rankings(_reading: Reading, shown: Values) -> list[Told]:
    """The ranking that is asked for, or the newest; none where none was published."""
    found = shown["ranking"]
    if found is None:
        return []
    return [
        {
            **found.sheet,
            "issue": found.issue,
            "weights": dict(found.weights),
            "lines": [
                {
                    "subject": line.subject,
                    "place": line.place,
                    "total": line.total,
                    "change": line.change,
                    "scores": [one.score if one else None for one in line.scores],
                }
                for line in found.lines
            ],
        }
    ]


def charters(_reading: Reading, shown: Values) -> list[Told]:
    """The charters of an area's counties."""
    return [
        {
            "area": one.area,
            "charter": one.charter.id,
            "brand": one.brand,
            "own": one.own,
            "in_force": one.charter.in_force,
            "stages": [stage.label for stage in one.stages],
            "provisional": one.keys,
            "topics": {row["charter"]: row["topics"] for row in one.versions},
            "text": one.text,
            "deviations": one.deviations,
        }
        for one in shown["entries"]
    ]


def _row(row: Any) -> Told:
    return {"area": row.area, "counts": dict(zip(MEASURES, row.figures, strict=True))}


def _figures(ones: Iterable[Any]) -> list[Told]:
    return [{"indicator": one.of.name, "kind": one.of.kind, "n": one.n, "d": one.d} for one in ones]
