"""The menu of each role, as data: add a line here, and its name to texts/<language>/menu.toml."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.portal.pages.sheets import EVERY, LOCAL
from shared.kernel.areas import Level, level

VISITOR = "visitor"
"""Who is not logged in, or holds no office."""

PEOPLE = frozenset({VISITOR, "resident"})
STAFF = frozenset({"clerk", "convenor", "member", "cppcc", "party", "unit", "leader", "operator"})
ALL = PEOPLE | STAFF
PLANNERS = frozenset({"cppcc", "convenor", "party", "leader"})
EXCHANGING = frozenset({"clerk", "convenor", "cppcc", "operator"})
FLAT_MAX = 6
"""So few entries need no groups."""


@dataclass(frozen=True)
class Entry:
    """A place to go: `{area}` in the path is the own area.

    `covers` are beginnings of other addresses that lie there too. An entry that is not `simple` is
    left out for visitors and residents who chose the simple mode. `levels` are those
    on which there is such a page.
    """

    name: str
    path: str
    may: frozenset[str]
    covers: Sequence[str] = ()
    simple: bool = True
    levels: tuple[Level, ...] = EVERY


@dataclass(frozen=True)
class Group:
    """Entries under one heading."""

    name: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Link:
    """An entry as a reader sees it."""

    name: str
    to: str
    here: bool


@dataclass(frozen=True)
class Shown:
    """A group as a reader sees it; `here`: the page that is open lies in it."""

    name: str
    links: Sequence[Link]
    here: bool


PUBLIC = ("/places/", "/topics/", "/open", "/contracts")

GROUPS = (
    Group("work", (
        Entry("awaiting", "/awaiting", STAFF),
        Entry("calendar", "/desk/calendar", STAFF - {"operator"}),
        Entry("plan", "/desk/plan", PLANNERS, levels=LOCAL),
        Entry("unit", "/desk/unit", frozenset({"unit"})),
        Entry("screening", "/desk/screening", frozenset({"clerk", "convenor", "cppcc"})),
        Entry("matters", "/matters", STAFF),
        Entry("propose", "/propose", frozenset({"convenor", "cppcc", "member", "party"})),
        Entry("duty-file", "/duty-file", frozenset({"member"})),
        Entry("meetings", "/areas/{area}/meetings", STAFF, covers=("/meetings/",)),
        Entry("exports", "/paper/jobs", STAFF, covers=("/paper/",)),
        Entry("exchanged", "/areas/{area}/handovers", EXCHANGING,
              covers=("/areas/{area}/dispatches", "/handovers/")),
        Entry("handovers", "/agency/handovers", frozenset({"agency"}), covers=("/handovers/",)),
        Entry("dispatches", "/agency/dispatches", frozenset({"agency"}), covers=("/dispatches/",)),
        Entry("agency", "/agency", frozenset({"agency"}), covers=("/agencies/", "/subscriptions/")),
        Entry("inbox", "/inbox", STAFF | {"resident", "agency"}),
    )),
    Group("boards", (
        Entry("leading", "/areas/{area}/leading", STAFF),
        Entry("board", "/areas/{area}", STAFF, covers=("/areas/",)),
        Entry("commons", "/places/{area}", STAFF, covers=PUBLIC),
    )),
    Group("raise", (
        Entry("home", "/", PEOPLE | {"agency"}, covers=PUBLIC),
        Entry("raise", "/raise", ALL),
        Entry("receipt", "/receipt", PEOPLE | {"clerk"}, covers=("/r/", "/leads/")),
        Entry("mine", "/mine", frozenset({"resident"})),
        Entry("drafts", "/drafts", PEOPLE | {"clerk"}, simple=False),
        Entry("posters", "/areas/{area}/qr", frozenset({"clerk", "convenor", "cppcc"})),
    )),
    Group("office", (
        Entry("operate", "/operate", frozenset({"operator"}), levels=("everywhere",)),
        Entry("agencies", "/agencies", frozenset({"operator"}), covers=("/subscriptions/",)),
        Entry("accounts", "/accounts", frozenset({"operator"})),
        Entry("erasures", "/erasures", frozenset({"operator", "cppcc"})),
        Entry("deputies", "/deputies", STAFF),
        Entry("notices-told", "/notices-told", frozenset({"clerk", "cppcc", "operator"})),
        Entry("notice-settings", "/notice-settings", STAFF | {"resident", "agency"}, simple=False),
        Entry("tokens", "/tokens", STAFF),
        Entry("docs", "/api/v1/docs", STAFF | {"agency"}),
    )),
)  # fmt: skip
"""In the order in which they are shown."""


def menu(role: str, area: str, here: str, *, simple: bool = False) -> list[Shown]:
    """What a role finds in the menu; `here` is the address of the page that is open."""
    found = [
        (group.name, [one for one in group.entries if _shows(one, role, area, simple=simple)])
        for group in GROUPS
    ]
    open_ = _open([one for _, entries in found for one in entries], area, here)
    groups = [(name, _links(entries, area, open_)) for name, entries in found if entries]
    if sum(len(links) for _, links in groups) <= FLAT_MAX:
        groups = [(link.name, [link]) for _, links in groups for link in links]
    return [Shown(name, links, any(link.here for link in links)) for name, links in groups]


def _shows(entry: Entry, role: str, area: str, *, simple: bool) -> bool:
    if area and level(area) not in entry.levels:
        return False
    return role in entry.may and (entry.simple or not simple or role not in PEOPLE)


def _links(entries: Sequence[Entry], area: str, open_: Entry | None) -> list[Link]:
    return [Link(one.name, one.path.format(area=area), one is open_) for one in entries]


def _open(entries: Sequence[Entry], area: str, here: str) -> Entry | None:
    """The entry whose address, or what it covers, is the longest beginning of this one."""
    fitting = {entry: _fit(entry, area, here) for entry in entries}
    best = max(fitting, key=lambda one: fitting[one], default=None)
    return best if best and fitting[best] else None


def _fit(entry: Entry, area: str, here: str) -> int:
    """How many characters of an address lie in what the entry is for."""
    path = entry.path.format(area=area)
    covers = [one.format(area=area) for one in entry.covers]
    begun = [path + "/", *covers] if path != "/" else covers
    fits = [len(one) for one in begun if here.startswith(one)]
    return max(fits, default=0) if here != path else len(here) + 1


KEYS = {
    "awaiting": "w", "matters": "m", "board": "b", "inbox": "n", "raise": "r", "home": "h",
    "accounts": "a", "propose": "p", "receipt": "q",
}  # fmt: skip
"""The letter that goes to an entry after a `g`."""
