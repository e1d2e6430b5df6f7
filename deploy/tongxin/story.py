"""Reads stories: matters told as lists of commands, in the words of `deploy/demo/*.toml`.

A file names its `key`, `title` and `area`, and lists its steps. A step names `who` asks, by login,
and has one table, named as the command, with its fields. Beside them may stand:

    name            so that another step can speak of it
    wait            codes of refusals that only mean: a note from elsewhere has not arrived yet
    refused         the code with which it is refused
    because         facts that have to stand in that refusal, which may be a while in coming
    early           in place of a command: the step of that name, tried too soon or by the wrong
                    person, and refused
    item, kind, round   which assignment or follow-up of the matter is meant
    unit            which referral of the matter is meant: the one about this unit
    research_alone  that the outcome of the research is meant, and no meeting
    at              the moment at which it was taken, in the past

Ids are not written: they follow from the matter. A field may name one as '$topic_id', an account as
'@login', and a digest as '#words'. Days are '+30d' or '-2d', moments '+4d 09:30', from today on.
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from services.exchange import domain as exchange
from services.meetings import domain as meetings
from services.outcomes import domain as outcomes
from services.portal.edge.people.newcomers import account_of
from services.topics import domain as topics
from shared.kernel.message import Command
from shared.runtime import clock

FOLDER = Path(__file__).parents[1] / "demo"
NEIGHBOURS = FOLDER / "neighbours"
"""Stories of other agencies: told once in a place, since an agency is registered there once."""

PROGRAMS = "agency's programs"
"""Who asks where no person does."""

NAMESPACE = uuid5(NAMESPACE_URL, "tongxin:demo")
DAY = re.compile(r"([+-]\d+)d(?: (\d\d):(\d\d))?")

DOMAINS = {"topics": topics, "meetings": meetings, "outcomes": outcomes, "exchange": exchange}
COMMANDS: dict[str, tuple[str, type[Command]]] = {
    command.__name__: (name, command)
    for name, domain in DOMAINS.items()
    for decider in domain.DECIDERS
    for command in decider.asked()
}


@dataclass(frozen=True)
class Account:
    """One of the people of the story: a role within an area, perhaps in an office."""

    login: str
    name: str
    role: str
    within: str
    unit: str
    home: str = ""
    """Where the account belongs, of somebody who acts for all areas."""


@dataclass(frozen=True)
class Step:
    """One command of one person, and what may come back.

    The step that is tried too soon has the same id as when its time has come: whoever tells the
    demo a second time does nothing twice, and nothing too soon.
    """

    id: UUID
    who: str
    service: str
    command: type[Command]
    data: dict[str, Any]
    wait: frozenset[str]
    refused: str
    because: dict[str, Any]
    at: datetime | None
    """In the past; None: whenever its turn comes."""


@dataclass(frozen=True)
class Matter:
    """One matter from its beginning to its end."""

    key: str
    title: str
    steps: list[Step]


def read(telling: str = "demo", today: date | None = None, folder: Path = FOLDER) -> list[Matter]:
    """Every matter of the demo. KeyError: it speaks of a command or step that is not there.

    All ids follow from the `telling`: the same one again adds nothing, another one tells it anew.
    Days are counted from `today`, if it is not the present day.
    """
    files = sorted(folder.glob("[0-9]*.toml"))
    day = today or clock.today()
    return [_matter(tomllib.loads(file.read_text("utf-8")), telling, day) for file in files]


def accounts(folder: Path = FOLDER) -> list[Account]:
    """Those who act."""
    told = tomllib.loads((folder / "accounts.toml").read_text("utf-8"))
    return [Account(**account) for account in told["account"]]


def _matter(told: dict[str, Any], telling: str, today: date) -> Matter:
    cause = uuid5(NAMESPACE, f"{telling}/{told['key']}")
    tally = Counter[str]()
    dated = [_dated(raw, today) for raw in told["step"]]
    asked = [(raw, _step(cause, told["area"], raw, tally)) for raw in dated if "early" not in raw]
    named = {raw["name"]: step for raw, step in asked if "name" in raw}
    in_time = (step for _, step in asked)
    steps = [
        _too_soon(raw, named[raw["early"]]) if "early" in raw else next(in_time) for raw in dated
    ]
    return Matter(told["key"], told["title"], steps)


def _step(cause: UUID, area: str, raw: dict[str, Any], tally: Counter[str]) -> Step:
    (name,) = raw.keys() & COMMANDS.keys()
    service, command = COMMANDS[name]
    tally[name] += 1
    known = {**_ids(cause, raw), "area": area}
    implied = {key: value for key, value in known.items() if key in command.model_fields}
    return Step(
        id=uuid5(cause, f"{name}/{tally[name]}"),
        who=raw["who"],
        service=service,
        command=command,
        data=implied | _meant(raw[name], known),
        wait=frozenset(raw.get("wait", ())),
        refused=raw.get("refused", ""),
        because=raw.get("because", {}),
        at=datetime.fromisoformat(raw["at"]) if "at" in raw else None,
    )


def _too_soon(raw: dict[str, Any], step: Step) -> Step:
    return replace(
        step,
        who=raw.get("who", step.who),
        wait=frozenset(raw.get("wait", ())),
        refused=raw["refused"],
        because=raw.get("because", {}),
    )


def _ids(cause: UUID, raw: dict[str, Any]) -> dict[str, str]:
    """As the policies of the services derive them."""
    lead = uuid5(cause, "lead")
    topic = uuid5(lead, "topic")
    research, consultation = uuid5(topic, "research"), uuid5(topic, "consultation")
    outcome = uuid5(research if raw.get("research_alone") else consultation, "outcome")
    assignment = uuid5(outcome, str(raw.get("item", "")))
    ids = {
        "lead_id": lead,
        "topic_id": topic,
        "research_id": research,
        "consultation_id": consultation,
        "outcome_id": outcome,
        "assignment_id": assignment,
        "followup_id": uuid5(assignment, f"followup-{raw.get('kind')}-{raw.get('round', 1)}"),
        "evaluation_id": uuid5(topic, "evaluation"),
        "case_id": uuid5(outcome, "case"),
        "referral_id": uuid5(topic, f"referral-{raw.get('unit')}"),
        "venue_id": uuid5(cause, "venue"),
        "plan_id": uuid5(cause, "plan"),
        "agency_id": uuid5(cause, "agency"),
        "subscription_id": uuid5(cause, "subscription"),
        "other_id": uuid5(cause, "other"),
    }
    return {name: str(follows) for name, follows in ids.items()}


def _meant(told: Any, known: dict[str, str]) -> Any:
    """The same, with what is only named put in its place."""
    match told:
        case dict():
            return {key: _meant(value, known) for key, value in told.items()}
        case list():
            return [_meant(one, known) for one in told]
        case str() if told.startswith("$"):
            return known[told[1:]]
        case str() if told.startswith("@"):
            return str(account_of(told[1:]))
        case str() if told.startswith("#"):
            return sha256(told[1:].encode()).hexdigest()
        case _:
            return told


def _dated(told: Any, today: date) -> Any:
    """The same with its days in the calendar."""
    if isinstance(told, dict):
        return {key: _dated(value, today) for key, value in told.items()}
    found = DAY.fullmatch(told) if isinstance(told, str) else None
    if not found:
        return told
    day = today + timedelta(days=int(found[1]))
    if found[2] is None:
        return day.isoformat()
    return datetime.combine(day, time(int(found[2]), int(found[3])), clock.SHANGHAI).isoformat()
