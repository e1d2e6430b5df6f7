"""The addresses of the API."""

from starlette.routing import Route

from services.portal.edge.api import asking, copies, documents, events, tokens
from services.portal.edge.api.answering import api
from services.portal.edge.api.meter import Meter
from services.portal.edge.api.questioning import answering
from services.portal.edge.api.questions import questions
from services.portal.edge.gate import page
from services.portal.edge.site import Site

ROOT = "/api/v1"


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    meter = Meter()
    return [
        Route("/tokens", page(site, tokens.show_tokens), methods=["GET"]),
        Route("/tokens", page(site, tokens.make_token), methods=["POST"]),
        Route("/tokens/{token_id}/revoke", page(site, tokens.revoke_token), methods=["POST"]),
        Route(f"{ROOT}/docs", page(site, documents.show_docs, to_all=True), methods=["GET"]),
        Route(f"{ROOT}/docs/{{tag}}", page(site, documents.show_tag, to_all=True), methods=["GET"]),
        Route(ROOT, api(site, meter, asking.catalogue), methods=["GET"]),
        Route(f"{ROOT}/openapi.json", api(site, meter, documents.document), methods=["GET"]),
        Route(ROOT + events.PATH, api(site, meter, events.send_events), methods=["GET"]),
        Route(ROOT + copies.PATH, api(site, meter, copies.send_system), methods=["GET"]),
        Route(f"{ROOT}{copies.PATH}/{{list}}", api(site, meter, copies.send_list), methods=["GET"]),
        *(
            Route(ROOT + one.path, api(site, meter, answering(one)), methods=["GET"])
            for one in questions()
        ),
        Route(f"{ROOT}/sessions", api(site, meter, asking.open_session), methods=["POST"]),
        Route(f"{ROOT}/{{service}}/{{command}}", api(site, meter, asking.ask), methods=["POST"]),
    ]
