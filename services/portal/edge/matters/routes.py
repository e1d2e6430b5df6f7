"""The addresses of matters."""

from starlette.routing import Route

from services.portal.edge.gate import page
from services.portal.edge.matters import (
    acting,
    comparing,
    doing,
    matter,
    matters,
    proposing,
    room,
)
from services.portal.edge.site import Site

STEP = "/matters/{matter_id}/do/{service}/{command}"


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/areas/{code}/do/{command}", page(site, acting.show_act), methods=["GET"]),
        Route("/areas/{code}/do/{command}", page(site, acting.act), methods=["POST"]),
        Route("/areas/{code}/room", page(site, room.show_room), methods=["GET"]),
        Route("/matters", page(site, matters.show_matters), methods=["GET"]),
        Route("/propose", page(site, proposing.show_propose), methods=["GET"]),
        Route("/propose", page(site, proposing.propose), methods=["POST"]),
        Route("/matters/{matter_id}", page(site, matter.show_matter), methods=["GET"]),
        Route(
            "/matters/{matter_id}/charters",
            page(site, comparing.compare_charters),
            methods=["GET"],
        ),
        Route(STEP, page(site, doing.do_step), methods=["POST"]),
    ]
