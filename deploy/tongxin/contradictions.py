"""What the tables of a charter say against one another, though each is good by itself.

No service knows the rules of another, so this is asked where a charter is made: `charter check`.
"""

import re
from collections.abc import Iterator
from typing import Any

from deploy.tongxin.home import SERVICES
from deploy.tongxin.mend import app_of
from services.notify.rules import NotifyRules
from services.outcomes.rules import OutcomeRules
from services.portal.pages.texts import read
from services.portal.rules import PortalRules
from shared.runtime.charter import Charter

DECIDING = ("topics", "meetings", "outcomes", "notify")
SMALL_VALUE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
BRANCHES = ("values", "roles", "levels", "stages")


def contradictions(charter: Charter) -> Iterator[tuple[str, str]]:
    """Dotted keys and reasons; each service's table has to be good already."""
    outcomes = charter.rules("outcomes", OutcomeRules)
    notify = charter.rules("notify", NotifyRules)
    portal = charter.rules("portal", PortalRules)
    yield from _unnamed(charter, portal)
    yield from _unheard_of(portal)
    yield from _out_of_step(outcomes, portal)
    yield from _before_the_clock(outcomes, notify)
    yield from _counted_twice(outcomes, notify)


def _unnamed(charter: Charter, portal: PortalRules) -> Iterator[tuple[str, str]]:
    """A body, venue or kind that no page has a word for is one that nobody there has heard of."""
    words = read().words
    known = {*portal.words, *(name for branch in BRANCHES for name in words[branch].names())}
    for service in DECIDING:
        for key, value in _values(charter.table(service), service):
            if SMALL_VALUE.fullmatch(value) and value not in known:
                yield key, f"there is no '{value}': name it in [portal.words] if it is new"


def _unheard_of(portal: PortalRules) -> Iterator[tuple[str, str]]:
    """A name for a step or a fact that no service knows would never be read."""
    named = {name for name in portal.words if name[0].isupper()}
    deciders = [one for service in SERVICES for one in app_of(service).deciders]
    asked = {command.__name__ for one in deciders for command in one.asked()}
    said = {name for one in deciders for name in one.events.classes}
    for name in sorted(named - asked - said):
        yield f"portal.words.{name}", "no service is asked for this, nor says it"


def _out_of_step(outcomes: OutcomeRules, portal: PortalRules) -> Iterator[tuple[str, str]]:
    followed = any("FOLLOWUP" in stage.of for stage in portal.stages)
    if outcomes.followups and not followed:
        yield "portal.stages", "no stage is for FOLLOWUP, and outcomes.followups asks for it"
    for stage in portal.stages:
        if stage.of == ["FOLLOWUP"] and not outcomes.followups:
            yield "portal.stages", f"nobody reaches {stage.label}: outcomes.followups is empty"


def _before_the_clock(outcomes: OutcomeRules, notify: NotifyRules) -> Iterator[tuple[str, str]]:
    marks = {
        "notify.reminded_before": max(notify.reminded_before, default=0),
        "notify.warned_before": max(notify.warned_before.values(), default=0),
    }
    for key, days in marks.items():
        if days >= outcomes.reply_days:
            reason = f"{days} days before is not after the start of {outcomes.reply_days} days"
            yield key, f"{reason} (outcomes.reply_days)"


def _counted_twice(outcomes: OutcomeRules, notify: NotifyRules) -> Iterator[tuple[str, str]]:
    for key in ("extra_days_off", "extra_working_days"):
        if getattr(outcomes, key) != getattr(notify, key):
            yield f"outcomes.{key}", f"the days of one county are the same: see notify.{key}"


def _values(value: Any, key: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield key, value
        case dict():
            for name, inner in value.items():
                yield from _values(inner, f"{key}.{name}")
        case list():
            for inner in value:
                yield from _values(inner, key)
