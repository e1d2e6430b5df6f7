"""What a meeting needs before it may begin, by the rules of its county, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from services.portal.pages.render import SHANGHAI
from services.portal.pages.sitting import Sitting

Standing = Literal["done", "due", "late", "later", "free"]
"""done; due now; its day has passed; cannot be done yet; nothing waits for it."""

ORDER = ("parties", "plan", "venue", "research", "date", "notice", "invited", "agenda", "leaders",
         "materials")  # fmt: skip
COMMANDS = {
    "parties": "DetermineParties",
    "plan": "IssueWorkPlan",
    "date": "ScheduleConsultation",
    "notice": "GivePriorNotice",
    "invited": "RecordInvitation",
    "agenda": "SetAgenda",
}
"""The step that does it; what has none is done elsewhere."""

KEYS = {
    "parties": "meetings.parties_min",
    "plan": "meetings.workplan_fields",
    "venue": "meetings.venue_needed",
    "research": "meetings.reports_per_topic",
    "date": "meetings.forms",
    "notice": "meetings.notice_days",
    "leaders": "meetings.forms",
}
"""The place in the charter that asks for it."""


@dataclass(frozen=True)
class Check:
    """One item: how it stands, what of it is there, what is missing, and until which day."""

    name: str
    standing: Standing
    there: int = 0
    of: int = 0
    missing: Sequence[str] = ()
    until: date | None = None

    @property
    def command(self) -> str:
        """The step that does it."""
        return COMMANDS.get(self.name, "")


@dataclass(frozen=True)
class Around:
    """What lies about a meeting: the rules it is held by, today, and how many papers there are."""

    rules: Mapping[str, Any]
    today: date
    papers: int = 0


def checklist(sitting: Sitting, around: Around) -> list[Check]:
    """Every item, in the order of the work."""
    return [_CHECKS[name](sitting, around) for name in ORDER]


def ready(checks: Sequence[Check]) -> bool:
    """Whether nothing stands in the way of the meeting."""
    return all(check.standing in ("done", "free") for check in checks)


def notice_days(sitting: Sitting, rules: Mapping[str, Any]) -> int:
    """How many days before the meeting the parties are to be told."""
    urgent = sitting.announced.get("mode") == "urgent-site"
    days: int = rules["urgent_notice_days" if urgent else "notice_days"]
    return days


def _day(sitting: Sitting) -> date | None:
    return sitting.starts.astimezone(SHANGHAI).date() if sitting.starts else None


def _standing(done: object, until: date | None, today: date) -> Standing:
    if done:
        return "done"
    return "late" if until and until < today else "due"


def _parties(sitting: Sitting, around: Around) -> Check:
    least = {kind: n for kind, n in around.rules["parties_min"].items() if n}
    kinds = [one["kind"] for one in sitting.parties]
    missing = [kind for kind, n in least.items() if kinds.count(kind) < n]
    done = bool(sitting.parties) and not missing
    standing = _standing(done, None, around.today)
    return Check("parties", standing, len(least) - len(missing), len(least), missing)


def _plan(sitting: Sitting, around: Around) -> Check:
    needed = list(around.rules["workplan_fields"])
    missing = [one for one in needed if not sitting.work_plan.get(one)]
    standing = _standing(not missing, None, around.today)
    return Check("plan", standing, len(needed) - len(missing), len(needed), missing)


def _venue(sitting: Sitting, around: Around) -> Check:
    if sitting.room:
        return Check("venue", "done")
    return Check("venue", "due" if around.rules["venue_needed"] else "free")


def _research(sitting: Sitting, around: Around) -> Check:
    there, needed = len(sitting.research), around.rules["reports_per_topic"]
    return Check("research", "done" if there >= needed else "due", there, needed)


def _date(sitting: Sitting, around: Around) -> Check:
    if sitting.announced:
        return Check("date", "done", until=_day(sitting))
    before = (_parties, _plan, _venue, _research)
    waits = [
        check.name
        for check in (one(sitting, around) for one in before)
        if check.standing not in ("done", "free")
    ]
    return Check("date", "later" if waits else "due", missing=waits)


def _notice(sitting: Sitting, around: Around) -> Check:
    day = _day(sitting)
    if day is None:
        return Check("notice", "later", missing=("date",))
    until = day - timedelta(days=notice_days(sitting, around.rules))
    return Check("notice", _standing(sitting.notice is not None, until, around.today), until=until)


def _invited(sitting: Sitting, around: Around) -> Check:
    asked = {(one.data["kind"], one.data["name"]) for one in sitting.invitations}
    parties = {(one["kind"], one["name"]) for one in sitting.parties}
    missing = sorted(name for kind, name in parties - asked)
    if not parties:
        return Check("invited", "later", missing=("parties",))
    until = _notice(sitting, around).until
    # Who was told beforehand was asked; the county does not say by which means.
    standing: Standing = "done" if not missing else "free" if sitting.notice else "due"
    return Check("invited", standing, len(parties & asked), len(parties), missing, until)


def _agenda(sitting: Sitting, around: Around) -> Check:
    asked_for = "agenda" in around.rules["workplan_fields"]
    if not sitting.agenda and not asked_for:
        return Check("agenda", "free")
    until = _day(sitting)
    return Check("agenda", _standing(sitting.agenda, until, around.today), until=until)


def _leaders(sitting: Sitting, around: Around) -> Check:
    form = sitting.announced.get("form")
    rules = [one for one in around.rules["forms"] if one["form"] == form]
    needed = rules[0].get("leaders", 0) if rules else 0
    if not needed:
        return Check("leaders", "free")
    there = sum(one["kind"] == "leader" for one in sitting.parties)
    standing = _standing(there >= needed, _day(sitting), around.today)
    return Check("leaders", standing, there, needed, until=_day(sitting))


def _materials(sitting: Sitting, around: Around) -> Check:
    until = _notice(sitting, around).until
    return Check("materials", "done" if around.papers else "free", around.papers, until=until)


_CHECKS = {
    "parties": _parties,
    "plan": _plan,
    "venue": _venue,
    "research": _research,
    "date": _date,
    "notice": _notice,
    "invited": _invited,
    "agenda": _agenda,
    "leaders": _leaders,
    "materials": _materials,
}
