"""Every address of the portal."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from services.portal.edge.agencies.routes import routes as of_agencies
from services.portal.edge.api.routes import routes as of_api
from services.portal.edge.boards.routes import routes as of_boards
from services.portal.edge.commons.routes import routes as of_commons
from services.portal.edge.desk.routes import routes as of_desk
from services.portal.edge.ease.routes import routes as of_ease
from services.portal.edge.files.kinds import DOCX, PDF, XLSX
from services.portal.edge.files.routes import routes as of_files
from services.portal.edge.gate import page
from services.portal.edge.handing.routes import routes as of_handing
from services.portal.edge.live import live
from services.portal.edge.matters.routes import routes as of_matters
from services.portal.edge.meeting.routes import routes as of_meetings
from services.portal.edge.operate.routes import routes as of_operators
from services.portal.edge.paper.routes import routes as of_paper
from services.portal.edge.people.routes import routes as of_people
from services.portal.edge.polls.routes import routes as of_polls
from services.portal.edge.residents.routes import routes as of_residents
from services.portal.edge.site import Site
from services.portal.edge.told.routes import routes as of_told
from services.portal.edge.traced import Traced
from services.portal.edge.visit import Visit
from services.portal.edge.webhooks.routes import routes as of_webhooks
from services.portal.pages.render import STATIC
from shared.kernel.errors import Missing

PACKED_ALREADY = (DOCX, PDF, XLSX)
YEAR_S = 365 * 24 * 3600
PACKED_MIN, PACKED_LEVEL = 1024, 5
"""Bytes from which an answer is packed, and how hard: more than this costs more than it saves."""


def portal(site: Site) -> Starlette:
    """The site as an ASGI application."""
    return Starlette(
        middleware=[
            Middleware(Traced),
            Middleware(
                GZipMiddleware,
                minimum_size=PACKED_MIN,
                compresslevel=PACKED_LEVEL,
                exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, *PACKED_ALREADY),
            ),
        ],
        routes=[
            *of_ease(site),
            *of_people(site),
            *of_agencies(site),
            *of_residents(site),
            *of_matters(site),
            *of_desk(site),
            *of_told(site),
            *of_polls(site),
            *of_files(site),
            *of_meetings(site),
            *of_handing(site),
            *of_api(site),
            *of_paper(site),
            *of_operators(site),
            *of_webhooks(site),
            *of_commons(site),
            *of_boards(site),
            Route("/live", live(site), methods=["GET"]),
            Mount("/static", Kept(directory=STATIC)),
            Route("/{path:path}", page(site, _no_such_page, to_all=True)),
        ],
    )


class Kept(StaticFiles):
    """Files whose address changes with their content, so that browsers keep them."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file, to be kept for a year."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
        return response


async def _no_such_page(_visit: Visit) -> Response:
    raise Missing("no-such-page")
