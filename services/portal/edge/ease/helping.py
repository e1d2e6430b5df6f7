"""The help of each page, by the name of its template."""

from starlette.responses import Response

from services.portal.edge.visit import Visit, go_to
from services.portal.edge.who import Person


async def show_help(visit: Visit) -> Response:
    """What one page is for, and how to use it."""
    name, told = visit.path("page"), visit.site.pages.texts.help
    if name not in told:
        return go_to("/help")
    return visit.page("help.html", help=name, told=told[name], tour=_has_tour(visit))


async def show_index(visit: Visit) -> Response:
    """The help of every page, by title."""
    told = visit.site.pages.texts.help
    titles = sorted((str(told[name].title), name) for name in told.names())
    return visit.page("help_index.html", titles=titles, tour=_has_tour(visit))


def _has_tour(visit: Visit) -> bool:
    return isinstance(visit.who, Person) and visit.who.current is not None
