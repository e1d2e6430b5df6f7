"""The addresses of what is put on paper."""

from starlette.routing import Route

from services.portal.edge.gate import page
from services.portal.edge.paper import (
    accounts,
    documents,
    figures,
    importing,
    matters,
    members,
    sheets,
    waiting,
)
from services.portal.edge.site import Site

PAPERS = "/matters/{matter_id}/papers"
IMPORT = "/areas/{code}/import/{kind}"
UPLOADED = "/paper/imports/{import_id}"


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
        Route(IMPORT, page(site, importing.show_import), methods=["GET"]),
        Route(IMPORT, page(site, importing.upload, files=True), methods=["POST"]),
        Route(f"{IMPORT}/template.xlsx", page(site, importing.give_template), methods=["GET"]),
        Route(UPLOADED, page(site, importing.show_found), methods=["GET"]),
        Route(f"{UPLOADED}/checked.xlsx", page(site, importing.give_checked), methods=["GET"]),
        Route(f"{UPLOADED}/run", page(site, importing.begin), methods=["POST"]),
        Route("/matters.xlsx", page(site, matters.show_workbook), methods=["GET"]),
        Route(
            "/areas/{code}/indicators.xlsx", page(site, figures.show_indicators), methods=["GET"]
        ),
        Route("/areas/{code}/ranking.xlsx", page(site, figures.show_ranking), methods=["GET"]),
        Route("/areas/{code}/{sheet}.xlsx", page(site, sheets.show_workbook), methods=["GET"]),
        Route("/areas/{code}/{sheet}.pdf", page(site, sheets.show_pdf), methods=["GET"]),
        Route("/areas/{code}/{sheet}.docx", page(site, sheets.show_docx), methods=["GET"]),
        Route("/members/{member_id}/file.{form}", page(site, members.show_file), methods=["GET"]),
        Route("/accounts.xlsx", page(site, accounts.show_workbook), methods=["GET"]),
    ]
