"""The addresses of agencies and their subscriptions."""

from starlette.routing import Route

from services.portal.edge.agencies import acting, pages
from services.portal.edge.gate import page
from services.portal.edge.site import Site


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    agency, one = "/agencies/{agency_id}", "/subscriptions/{subscription_id}"
    act = "/do/{command}"
    return [
        Route("/agency", page(site, pages.show_own), methods=["GET"]),
        Route("/agencies", page(site, pages.show_agencies), methods=["GET"]),
        Route("/agencies/new", page(site, acting.show_registering), methods=["GET"]),
        Route("/agencies/new", page(site, acting.register), methods=["POST"]),
        Route(agency, page(site, pages.show_agency), methods=["GET"]),
        Route(agency + act, page(site, acting.show_agency_form), methods=["GET"]),
        Route(agency + act, page(site, acting.act_on_agency), methods=["POST"]),
        Route(one, page(site, pages.show_subscription), methods=["GET"]),
        Route(f"{one}/key", page(site, acting.show_key_form), methods=["GET"]),
        Route(f"{one}/key", page(site, acting.issue_key), methods=["POST"]),
        Route(one + act, page(site, acting.show_subscription_form), methods=["GET"]),
        Route(one + act, page(site, acting.act_on_subscription), methods=["POST"]),
    ]
