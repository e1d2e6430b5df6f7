"""The addresses of files."""

from starlette.routing import Route

from services.portal.edge.files import serving
from services.portal.edge.gate import page
from services.portal.edge.site import Site


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/files/{file_id}", page(site, serving.show_file, to_all=True), methods=["GET"]),
        Route("/files/{file_id}/remove", page(site, serving.remove_file), methods=["POST"]),
    ]
