"""The addresses of webhooks, for the agency whose they are and for operators."""

from starlette.routing import Route

from services.portal.edge.gate import page
from services.portal.edge.site import Site
from services.portal.edge.webhooks import sent


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    one = "/subscriptions/{subscription_id}/sent"
    return [
        Route(one, page(site, sent.show_log), methods=["GET"]),
        Route(f"{one}/try", page(site, sent.try_it), methods=["POST"]),
        Route(f"{one}/again", page(site, sent.send_again), methods=["POST"]),
        Route(f"{one}/{{message_id}}", page(site, sent.show_message), methods=["GET"]),
    ]
