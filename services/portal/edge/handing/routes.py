"""The addresses for agencies' programs."""

from starlette.routing import Route

from services.portal.edge.api.answering import api
from services.portal.edge.api.meter import Meter
from services.portal.edge.handing import doors
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
    return [Route(path, api(site, meter, answer), methods=[how]) for path, answer, how in asked]
