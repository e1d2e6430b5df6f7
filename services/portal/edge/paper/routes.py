"""The addresses of what is put on paper."""

from starlette.routing import Route

from services.portal.edge.gate import page
from services.portal.edge.paper import documents, sheets, waiting
from services.portal.edge.site import Site

PAPERS = "/matters/{matter_id}/papers"


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/paper/jobs", page(site, waiting.show_jobs), methods=["GET"]),
        Route("/paper/jobs/{job_id}", page(site, waiting.show_job), methods=["GET"]),
        Route("/paper/jobs/{job_id}/file", page(site, waiting.give_file), methods=["GET"]),
        Route(PAPERS, page(site, documents.show_documents), methods=["GET"]),
        Route(
            PAPERS + "/{kind}/{stream}.{form}",
            page(site, documents.show_document),
            methods=["GET"],
        ),
        Route("/areas/{code}/{sheet}.xlsx", page(site, sheets.show_workbook), methods=["GET"]),
    ]
