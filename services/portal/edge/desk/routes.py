"""The addresses of the workbench."""

from starlette.routing import Route

from services.portal.edge.desk import awaiting, calendar, certifying, planning, screening, unit
from services.portal.edge.gate import page
from services.portal.edge.site import Site


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/awaiting", page(site, awaiting.show_awaiting), methods=["GET"]),
        Route("/desk/screening", page(site, screening.show_screening), methods=["GET"]),
        Route("/desk/screening", page(site, screening.decide), methods=["POST"]),
        Route("/desk/screening/undo", page(site, screening.undo), methods=["POST"]),
        Route(
            "/areas/{code}/certification",
            page(site, certifying.show_certification),
            methods=["GET"],
        ),
        Route("/areas/{code}/certification", page(site, certifying.certify), methods=["POST"]),
        Route("/desk/calendar", page(site, calendar.show_calendar), methods=["GET"]),
        Route("/desk/plan", page(site, planning.this_year), methods=["GET"]),
        Route("/desk/plan/{year}", page(site, planning.show_plan), methods=["GET"]),
        Route("/desk/plan/{year}/{command}", page(site, planning.plan_step), methods=["POST"]),
        Route("/desk/unit", page(site, unit.show_unit), methods=["GET"]),
        Route("/desk/unit/{item}", page(site, unit.show_unit), methods=["GET"]),
        Route(
            "/desk/unit/{item}/progress",
            page(site, unit.report_progress, files=True),
            methods=["POST"],
        ),
    ]
