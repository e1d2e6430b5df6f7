"""The addresses of operators."""

from starlette.routing import Route

from services.portal.edge.gate import page
from services.portal.edge.operate import ordering, pages
from services.portal.edge.site import Site


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/operate", page(site, pages.show_services), methods=["GET"]),
        Route("/operate/lag", page(site, pages.show_lag), methods=["GET"]),
        Route("/operate/letters", page(site, pages.show_letters), methods=["GET"]),
        Route("/operate/letters/{service}", page(site, pages.show_letter), methods=["GET"]),
        Route("/operate/chain", page(site, pages.show_chain), methods=["GET"]),
        Route("/operate/capacity", page(site, pages.show_capacity), methods=["GET"]),
        Route("/operate/do/{kind}", page(site, ordering.confirm_order), methods=["GET"]),
        Route("/operate/do/{kind}", page(site, ordering.carry_out), methods=["POST"]),
    ]
