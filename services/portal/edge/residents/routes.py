"""The addresses of what residents do."""

from starlette.routing import Route

from services.portal.edge.gate import page
from services.portal.edge.residents import following, lookup, offline, raising, rooms, speaking
from services.portal.edge.site import Site

LINK = "/r/{lead_id}/{key}"
MINE = "/mine/{lead_id}"


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    raise_matter = page(site, raising.raise_matter, to_all=True, files=True)
    complete = page(site, speaking.complete, to_all=True, files=True)
    return [
        Route("/raise", page(site, raising.show_raise, to_all=True), methods=["GET"]),
        Route("/raise", raise_matter, methods=["POST"]),
        Route("/rooms/{code}", page(site, rooms.show_room_door, to_all=True), methods=["GET"]),
        Route("/areas/{code}/qr", page(site, rooms.show_posters), methods=["GET"]),
        Route("/receipt", page(site, lookup.show_receipt, to_all=True), methods=["GET"]),
        Route("/leads/{lead_id}", page(site, lookup.show_lead, to_all=True), methods=["GET"]),
        Route(LINK, page(site, following.show_own, to_all=True), methods=["GET"]),
        Route(f"{LINK}/fix", complete, methods=["POST"]),
        Route(f"{LINK}/rate", page(site, speaking.rate, to_all=True), methods=["POST"]),
        Route("/drafts", page(site, offline.show_drafts, unseen=True), methods=["GET"]),
        Route("/drafts/new", page(site, offline.show_draft_form, unseen=True), methods=["GET"]),
        Route("/drafts/token", page(site, offline.token, to_all=True), methods=["GET"]),
        Route("/drafts/send", page(site, offline.send, to_all=True, files=True), methods=["POST"]),
        Route("/worker.js", page(site, offline.worker, unseen=True), methods=["GET"]),
        Route("/manifest.webmanifest", page(site, offline.manifest, unseen=True), methods=["GET"]),
        Route("/mine", page(site, following.show_all_own), methods=["GET"]),
        Route(MINE, page(site, following.show_own), methods=["GET"]),
        Route(f"{MINE}/fix", page(site, speaking.complete, files=True), methods=["POST"]),
        Route(f"{MINE}/rate", page(site, speaking.rate), methods=["POST"]),
    ]
