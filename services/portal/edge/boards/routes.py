"""The addresses of boards."""

from starlette.routing import Route

from services.portal.edge.boards import (
    assessing,
    board,
    charter,
    closing,
    indicators,
    leading,
    opening,
    ranking,
    registry,
    sheets,
)
from services.portal.edge.gate import page
from services.portal.edge.site import Site

CHARTER = "/areas/{code}/charter"
ASSESSMENTS = "/areas/{code}/assessments"
LOOP = "/areas/{code}/closed-loop"


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/areas/{code}", page(site, board.show_board), methods=["GET"]),
        Route(LOOP, page(site, closing.show_loop), methods=["GET"]),
        Route(LOOP, page(site, closing.check_loop), methods=["POST"]),
        Route("/areas/{code}/leading", page(site, leading.show_leading), methods=["GET"]),
        Route("/areas/{code}/leading/{list}", page(site, leading.show_behind), methods=["GET"]),
        Route("/areas/{code}/indicators", page(site, indicators.show_indicators), methods=["GET"]),
        Route(
            "/areas/{code}/indicators/{indicator}",
            page(site, indicators.show_behind),
            methods=["GET"],
        ),
        Route(CHARTER, page(site, charter.show_charter), methods=["GET"]),
        Route(CHARTER, page(site, charter.check_draft), methods=["POST"]),
        Route("/areas/{code}/ranking", page(site, ranking.show_ranking), methods=["GET"]),
        Route(ASSESSMENTS, page(site, opening.show_assessments), methods=["GET"]),
        Route(ASSESSMENTS, page(site, opening.open_sheet), methods=["POST"]),
        Route("/assessments/{sheet_id}", page(site, assessing.show_assessment), methods=["GET"]),
        Route("/assessments/{sheet_id}/{command}", page(site, assessing.assess), methods=["POST"]),
        Route(
            "/areas/{code}/charter-registry", page(site, registry.show_registry), methods=["GET"]
        ),
        Route("/areas/{code}/{sheet}", page(site, sheets.show_sheet), methods=["GET"]),
    ]
