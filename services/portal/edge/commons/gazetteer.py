"""Areas by their names: a place is a word one may look for."""

from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from services.portal.pages.alike import folded
from shared.kernel.areas import EVERYWHERE, contains, prefix
from shared.runtime import clock
from shared.runtime.areas import Areas

FRESH = timedelta(minutes=10)
PLACES_MAX = 200
"""A word that stands in more names than this says nothing about a place: 村."""

Names = list[tuple[str, str]]

_read: WeakKeyDictionary[Areas, tuple[datetime, Names]] = WeakKeyDictionary()


def places_named(areas: Areas, within: str, word: str) -> list[str]:
    """LIKE patterns of the areas within one whose names have a word in them; none for too many."""
    plain = folded(word)
    found: list[str] = []
    for name, code in _names(areas):
        if plain in name and contains(within, code) and not (found and contains(found[-1], code)):
            found.append(code)
            if len(found) > PLACES_MAX:
                return []
    return [prefix(code) + "%" for code in found]


def _names(areas: Areas) -> Names:
    """Every area there is, in order of code, read again now and then: the table may change."""
    now = clock.now()
    at, names = _read.get(areas, (None, []))
    if at is None or now - at > FRESH:
        names = []
        waiting = areas.below(EVERYWHERE)
        while waiting:
            code = waiting.pop()
            names.append((folded(areas.name(code)), code))
            waiting.extend(areas.below(code))
        names.sort(key=lambda one: one[1])
        _read[areas] = now, names
    return names
