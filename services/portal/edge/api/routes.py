"""The addresses of the API."""

from starlette.routing import Route

from services.portal.edge.api import asking
from services.portal.edge.site import Site


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/api/v1", asking.api(site, asking.catalogue), methods=["GET"]),
        Route("/api/v1/sessions", asking.api(site, asking.open_session), methods=["POST"]),
        Route("/api/v1/{service}/{command}", asking.api(site, asking.ask), methods=["POST"]),
    ]
