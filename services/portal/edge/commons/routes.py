"""The addresses of what everybody may read."""

from starlette.routing import Route

from services.portal.edge.commons import (
    alike,
    cases,
    contracts,
    home,
    opened,
    rankings,
    topic,
    wall,
)
from services.portal.edge.gate import page
from services.portal.edge.site import Site


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/", page(site, home.show_home, to_all=True), methods=["GET"]),
        Route("/places/{code}", page(site, home.show_place, to_all=True), methods=["GET"]),
        Route("/places/{code}/matters", page(site, wall.show_wall, to_all=True), methods=["GET"]),
        Route("/places/{code}/cases", page(site, cases.show_cases, to_all=True), methods=["GET"]),
        Route(
            "/places/{code}/rankings",
            page(site, rankings.show_rankings, to_all=True),
            methods=["GET"],
        ),
        Route("/open", page(site, opened.show_open, to_all=True), methods=["GET"]),
        Route("/open/{list}", page(site, opened.send_list, to_all=True), methods=["GET"]),
        Route("/contracts", page(site, contracts.show_contracts, to_all=True), methods=["GET"]),
        Route(
            "/contracts/{document:path}",
            page(site, contracts.send_contract, to_all=True),
            methods=["GET"],
        ),
        Route("/topics/{topic_id}", page(site, topic.show_topic, to_all=True), methods=["GET"]),
        Route("/topics/{topic_id}/qr", page(site, topic.show_code, to_all=True), methods=["GET"]),
        Route("/similar", page(site, alike.show_alike, to_all=True), methods=["GET"]),
    ]
