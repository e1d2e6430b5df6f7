"""What the wall may be asked for; every combination has an address of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from services.portal.pages.finding import words_of

STATES = ("open", "late", "closed", "ended")
ORIGINS = ("resident", "member", "party", "agency", "clerk")
SORTS = ("newest", "oldest", "moved")
REACHED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "": ("", ()),
    "waiting": ("", ("MeetingHeld", "ItemAssigned")),
    "consulted": ("MeetingHeld", ("ItemAssigned",)),
    "assigned": ("ItemAssigned", ("HandlingReplied",)),
    "replied": ("HandlingReplied", ("FeedbackGiven",)),
    "told": ("FeedbackGiven", ()),
}
"""How far a matter has come: what was said about it, and what was not yet."""


@dataclass(frozen=True)
class Asked:
    """What the wall is asked for; every combination has an address of its own."""

    area: str
    q: str = ""
    year: int = 0
    state: str = ""
    origin: str = ""
    stage: str = ""
    by: str = "newest"

    def link(self, **changes: Any) -> str:
        """The address of this wall, or of one that is asked for otherwise."""
        asked = replace(self, **{name: one for name, one in changes.items() if name != "after"})
        told = {
            name: value
            for name in ("q", "year", "state", "origin", "stage")
            if (value := getattr(asked, name))
        }
        if asked.by != SORTS[0]:
            told["by"] = asked.by
        if after := changes.get("after", ""):
            told["after"] = after
        return f"/places/{asked.area}/matters" + (f"?{urlencode(told)}" if told else "")

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.year or self.state or self.origin or self.stage)

    @property
    def words(self) -> list[str]:
        """What is looked for."""
        return words_of(self.q)
