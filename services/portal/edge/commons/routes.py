"""The addresses of what everybody may read."""

from starlette.routing import Route

from services.portal.edge.commons import alike
from services.portal.edge.gate import page
from services.portal.edge.site import Site


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/similar", page(site, alike.show_alike, to_all=True), methods=["GET"]),
    ]
