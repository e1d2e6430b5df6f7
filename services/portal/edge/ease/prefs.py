"""Size of type, language and simple mode, kept in the browser."""

from starlette.responses import Response

from services.portal.edge.visit import Visit, go_to, local
from services.portal.pages.ease import COOKIE, LANGUAGES, SIZES

YEAR_S = 365 * 24 * 3600


async def show_prefs(visit: Visit) -> Response:
    """What is chosen, and what may be."""
    saved = visit.query("saved") == "yes"
    return visit.page("prefs.html", sizes=SIZES, languages=LANGUAGES, saved=saved)


async def save_prefs(visit: Visit) -> Response:
    """Keep what was chosen, and go back to where the reader was."""
    chosen = {name: visit.typed(name) for name in visit.filled}
    response = go_to(local(visit.typed("back")) if "back" in chosen else "/prefs?saved=yes")
    response.set_cookie(
        COOKIE, visit.ease.changed(chosen).cookie, YEAR_S,
        httponly=True, samesite="lax", secure=visit.request.url.scheme == "https", path="/",
    )  # fmt: skip
    return response
