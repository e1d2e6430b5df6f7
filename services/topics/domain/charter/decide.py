"""The life of one version of a county's charter (规则).

nothing ──draft──▶ drafted ──activate──▶ in force ◀──accept a changed text──┐
   │                 └─draft anew─┘        │    └──────────────────────────┘
   └───────────────activate───────────────▶└─ record a deviation

A version comes into force by being read, not by being asked for: the file says from which day.
What is said here is which text that was, so that one edited in place is found. A county without
rules of its own lives under those of the province, default@n, and records where it left them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.topics.domain.charter import commands as asked
from services.topics.domain.charter import events as said
from services.topics.rules import TopicRules
from shared.kernel.areas import county, level
from shared.kernel.decider import Claim, Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[TopicRules]
type Facts = list[said.CharterEvent]

PROVINCIAL = "default"

Place = tuple[UUID, str]
"""A matter, and the rule it was not dealt with by."""


@dataclass(frozen=True)
class Nothing:
    """Nobody has heard of it."""


@dataclass(frozen=True)
class Drafted:
    """Written, and not in force."""

    digest: str


@dataclass(frozen=True)
class InForce:
    """Its text has this digest; of the rules of the province none is known here."""

    digest: str = ""
    left: Mapping[Place, said.CharterDeviationRecorded] = field(default_factory=dict)


type Charter = Nothing | Drafted | InForce


def evolve(charter: Charter, event: said.CharterEvent) -> Charter:
    """The version after one more fact."""
    match charter, event:
        case Nothing() | Drafted(), said.CharterDrafted() as e:
            return Drafted(e.digest)
        case Nothing() | Drafted(), said.CharterActivated() as e:
            return InForce(e.digest)
        case InForce() as c, said.CharterTextAccepted() as e:
            return replace(c, digest=e.digest)
        case Nothing(), said.CharterDeviationRecorded() as e:
            return InForce(left={(e.topic_id, e.key): e})
        case InForce() as c, said.CharterDeviationRecorded() as e:
            return replace(c, left={**c.left, (e.topic_id, e.key): e})
        case _:
            return charter


def decide(command: asked.CharterCommand, charter: Charter, ctx: Ctx) -> Facts:
    """What may happen when."""
    _must_be_of(command)
    match command, charter:
        case asked.DraftCharter() as c, (Nothing() | Drafted()) as state:
            same = state == Drafted(c.digest)
            return [] if same else [said.CharterDrafted(**_own(c))]
        case asked.ActivateCharter() as c, Nothing() | Drafted():
            return [said.CharterActivated(**_own(c))]
        case asked.ActivateCharter() as c, InForce() as state:
            return read_again(c, state)
        case asked.AcceptCharterText() as c, InForce() as state:
            return accept(c, state)
        case asked.RecordDeviation() as c, (Nothing() | InForce()) as state:
            return deviate(c, state)
        case _:
            raise Refused("not-now", command=type(command).__name__, charter=type(charter).__name__)


def read_again(command: asked.ActivateCharter, charter: InForce) -> Facts:
    """Whoever reads it finds the text that came into force, or says that it is another."""
    if command.digest != charter.digest:
        raise Refused("text-differs", charter=command.charter, digest=charter.digest)
    return []


def accept(command: asked.AcceptCharterText, charter: InForce) -> Facts:
    """A change in place is a correction that stays visible."""
    if command.digest == charter.digest:
        return []
    if not charter.digest:
        raise Refused("not-your-charter", charter=command.charter)

    return [said.CharterTextAccepted(**_own(command), former=charter.digest)]


def deviate(command: asked.RecordDeviation, charter: Nothing | InForce) -> Facts:
    """Once for each rule a matter was not dealt with by."""
    deviation = said.CharterDeviationRecorded(**_own(command))
    left = charter.left if isinstance(charter, InForce) else {}
    known = left.get((command.topic_id, command.key))
    if known == deviation:
        return []
    if known:
        raise Refused("deviation-known", key=command.key, instead=known.instead)
    if isinstance(charter, Nothing) and not _is_provincial(command.charter):
        raise Refused("charter-not-in-force", charter=command.charter)

    return [deviation]


def _must_be_of(command: asked.CharterCommand) -> None:
    """A charter is its county's; under that of the province each county has a stream of its own."""
    if level(command.area) != "county":
        raise Refused("not-a-county", area=command.area)
    if _is_provincial(command.charter):
        if not isinstance(command, asked.RecordDeviation):
            raise Refused("not-your-charter", charter=command.charter)
    elif command.charter.partition("@")[0] != county(command.area):
        raise Refused("not-your-charter", charter=command.charter)


def _is_provincial(charter: str) -> bool:
    return charter.partition("@")[0] == PROVINCIAL


def _own(command: asked.CharterCommand) -> dict[str, object]:
    return command.model_dump(exclude={"area"})


def claims(event: said.CharterEvent) -> Sequence[Claim]:
    """A version comes into force once, and in one stream."""
    match event:
        case said.CharterDrafted() | said.CharterActivated():
            return [("charter", event.charter)]
        case _:
            return ()


CHARTER: Decider[Charter, asked.CharterCommand, said.CharterEvent, TopicRules] = Decider(
    category="charter",
    commands=asked.CharterCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    claims=claims,
)
