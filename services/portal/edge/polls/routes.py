"""The addresses of evaluations."""

from starlette.routing import Route

from services.portal.edge.gate import page
from services.portal.edge.polls import ballot, polling
from services.portal.edge.site import Site
from services.portal.edge.traced import BALLOT_BOX


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/matters/{matter_id}/polls", page(site, polling.show_polls), methods=["GET"]),
        Route("/matters/{matter_id}/polls", page(site, polling.open_poll), methods=["POST"]),
        Route("/polls/{evaluation_id}", page(site, polling.show_poll), methods=["GET"]),
        Route("/polls/{evaluation_id}/take", page(site, polling.take_ballot), methods=["POST"]),
        Route("/polls/{evaluation_id}/{command}", page(site, polling.go_on), methods=["POST"]),
        Route(BALLOT_BOX, page(site, ballot.show_ballot, unseen=True), methods=["GET"]),
        Route(BALLOT_BOX, page(site, ballot.cast, unseen=True), methods=["POST"]),
    ]
