"""The duty file of a member (委员履职档案) on paper: what its page shows of a year."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.portal.pages.papers.paper import Paper, Part, day, numbered, pairs, table, text
from services.portal.pages.render import SHANGHAI
from services.portal.pages.texts import Texts

Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True)
class DutyFile:
    """One member's year: rows by the questions they answer, and how things are called."""

    row: Row
    told: Mapping[str, Rows]
    names: Mapping[str, str]
    year: int
    place: str
    say: Texts
    word: Callable[[Any], str]
    today: date


def duty_file(of: DutyFile) -> Paper:
    """The document; what there is nothing of is told in a sentence."""
    say, told = of.say, of.told
    came, research = told["consultations of member"], told["research of member"]
    duties = told["duties of member"]
    basics = [
        (str(say.of_area), of.place),
        (str(say.of_term), str(say.term.format(n=of.row["term"]))),
        (str(say.of_sector), str(of.row["sector"])),
    ]
    sections: list[tuple[str, Sequence[Part]]] = [
        (say.came.format(year=of.year, n=len(came)), _came(of, came) or text(say.came_none)),
        (
            say.research.format(year=of.year, n=len(research)),
            _research(of, research) or text(say.research_none),
        ),
        (
            say.duties.format(year=of.year, n=len(duties)),
            _duties(of, duties) or text(say.duties_none),
        ),
        (str(say.years), _years(of, told["years of member"]) or text(say.years_none)),
        (str(say.others), _others(of)),
    ]
    return Paper(
        kind="duty-file",
        name=str(say.file),
        title=say.title.format(name=of.names[of.row["name"]]),
        parts=[pairs(basics), *numbered(sections)],
        form="table",
        dated=day(of.today),
    )


def _came(of: DutyFile, rows: Rows) -> list[Part]:
    say = of.say
    heads = [str(one) for one in (say.matter, say.on, say.form, say.spoke)]
    body = [
        (one["title"], _day(one["held_on"]), of.word(one["form"]), say.times.format(n=one["spoke"]))
        for one in rows
    ]
    return [table(heads, body, (6, 3, 3, 2))] if rows else []


def _research(of: DutyFile, rows: Rows) -> list[Part]:
    heads = [str(of.say.matter), str(of.say.on)]
    body = [(one["title"], _day(one["filed_on"])) for one in rows]
    return [table(heads, body, (8, 3))] if rows else []


def _duties(of: DutyFile, rows: Rows) -> list[Part]:
    say = of.say
    heads = [str(one) for one in (say.duty, say.on, say.reference, say.points)]
    body = [
        (of.word(one["kind"]), _day(one["done_on"]), one["reference"], str(one["points"]))
        for one in rows
    ]
    return [table(heads, body, (3, 3, 6, 2))] if rows else []


def _years(of: DutyFile, rows: Rows) -> list[Part]:
    found: list[Part] = []
    for one in rows:
        grade = (
            of.say.evaluated.format(grade=of.word(one["grade"]), total=one["total"])
            if one["grade"]
            else ""
        )
        found += text(";".join(filter(None, [str(one["year"]), grade, one["content"] or ""])))
    return found


def _others(of: DutyFile) -> list[Part]:
    say, none = of.say, str(of.say.nothing)
    paired = [of.names[one["name"]] for one in of.told["pairs of member"]]
    observed = [
        say.observed.format(session=one["session"], on=_day(one["held_on"]), batch=one["batch"])
        for one in of.told["observing of member"]
    ]
    return [
        pairs(
            [
                (str(say.pairs), "、".join(paired) or none),
                (str(say.observing), ";".join(observed) or none),
            ]
        )
    ]


def _day(one: date | datetime) -> str:
    return day(one.astimezone(SHANGHAI) if isinstance(one, datetime) else one)
