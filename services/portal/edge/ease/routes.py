"""The addresses of what makes pages easy."""

from starlette.routing import Route

from services.portal.edge.ease import helping, prefs, touring
from services.portal.edge.gate import page
from services.portal.edge.site import Site


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/prefs", page(site, prefs.show_prefs, to_all=True), methods=["GET"]),
        Route("/prefs", page(site, prefs.save_prefs, to_all=True), methods=["POST"]),
        Route("/help", page(site, helping.show_index, to_all=True), methods=["GET"]),
        Route("/help/{page}", page(site, helping.show_help, to_all=True), methods=["GET"]),
        Route("/tour", page(site, touring.go_on), methods=["POST"]),
    ]
