"""The addresses of what people are told."""

from starlette.routing import Route

from services.portal.edge.gate import page
from services.portal.edge.site import Site
from services.portal.edge.told import inbox, telling


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/inbox", page(site, inbox.show_inbox), methods=["GET"]),
        Route("/notice-settings", page(site, telling.show_settings), methods=["GET"]),
        Route("/notice-settings", page(site, telling.save_settings), methods=["POST"]),
        Route("/notice-settings/try", page(site, telling.try_channel), methods=["POST"]),
        Route("/notices-told", page(site, telling.show_ledger), methods=["GET"]),
        Route("/matters/{matter_id}/follow", page(site, telling.follow), methods=["POST"]),
        Route("/inbox/all", page(site, inbox.mark_all), methods=["POST"]),
        Route("/inbox/{notice_id}", page(site, inbox.mark_read), methods=["POST"]),
    ]
