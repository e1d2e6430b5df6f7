"""The addresses for agencies: for their programs and their people, and for the staff of areas."""

from starlette.routing import Route

from services.portal.edge.api.answering import api
from services.portal.edge.api.meter import Meter
from services.portal.edge.gate import page
from services.portal.edge.handing import bringing, doors, looking, taking
from services.portal.edge.site import Site

ROOT = "/api/v1"
HANDOVERS, DISPATCHES = f"{ROOT}/handovers", f"{ROOT}/dispatches"


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    meter = Meter()
    asked = (
        (HANDOVERS, doors.post_handover, "POST"),
        (HANDOVERS, doors.get_handovers, "GET"),
        (f"{HANDOVERS}/{{id}}", doors.get_handover, "GET"),
        (DISPATCHES, doors.get_dispatches, "GET"),
        (f"{DISPATCHES}/{{id}}", doors.get_dispatch, "GET"),
        (f"{DISPATCHES}/{{id}}/acknowledge", doors.acknowledge, "POST"),
    )
    told = [Route(path, api(site, meter, answer), methods=[how]) for path, answer, how in asked]
    return [*told, *_pages(site)]


def _pages(site: Site) -> list[Route]:
    one, new = "/handovers/{handover_id}", "/agency/handovers/new"
    given = "/dispatches/{dispatch_id}"
    shown = (
        ("/agency/handovers", looking.show_own, "GET"),
        (new, bringing.show_form, "GET"),
        (new, bringing.bring, "POST"),
        ("/agency/dispatches", taking.show_own, "GET"),
        (one, looking.show_handover, "GET"),
        (f"{one}/complete", bringing.show_completing, "GET"),
        (given, taking.show_dispatch, "GET"),
        (given, taking.acknowledge, "POST"),
        ("/areas/{code}/handovers", looking.show_here, "GET"),
        ("/areas/{code}/dispatches", taking.show_here, "GET"),
    )
    return [Route(path, page(site, show), methods=[how]) for path, show, how in shown]
