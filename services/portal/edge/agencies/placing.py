"""Opens the tree of divisions in a form, at the level that was asked for."""

from services.portal.edge.visit import Visit
from services.portal.pages.picking import Place, Tree
from shared.kernel.areas import EVERYWHERE, level

LOOK, AT = "look", "at"
"""The button that opens another level, and the level that is open."""


def looks_around(visit: Visit) -> bool:
    """Whether the form was sent to open another level, and not yet to ask."""
    return bool(visit.typed(LOOK))


def tree(visit: Visit, name: str, top: str, first: str, *, many: bool) -> Tree:
    """The areas within `top`; the level of `first` is open until another one is asked for."""
    areas, picked = visit.site.areas, _picked(visit, name)
    wanted = visit.typed(LOOK) or visit.typed(AT) or first
    at = wanted if wanted in areas and areas.contains(top, wanted) else top
    above = [one for one in areas.path(at) if one != top and areas.contains(top, one)]
    codes = areas.below(at)

    def place(code: str, called: str = "") -> Place:
        name = called or visit.area_name(code)
        return Place(code, name, code in picked, level(code) != "village")

    def in_full(code: str) -> Place:
        return place(code, " ".join(map(areas.name, areas.path(code))))

    return Tree(
        name=name,
        at=at,
        path=[place(one) for one in (top, *above)],
        below=[place(one) for one in codes],
        elsewhere=[in_full(one) for one in picked if one not in {at, *codes}],
        many=many,
        itself=None if at == EVERYWHERE else place(at),
    )


def _picked(visit: Visit, name: str) -> list[str]:
    typed = visit.filled.get(name, [])
    codes = typed if isinstance(typed, list) else [typed]
    return [one for one in dict.fromkeys(codes) if one in visit.site.areas]
