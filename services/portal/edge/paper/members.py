"""The duty file of a member as PDF or Word, for whoever may see its page."""

from starlette.responses import Response

from services.portal.edge.paper.documents import give
from services.portal.edge.people.persons import file_of
from services.portal.edge.visit import Visit
from services.portal.pages.papers.of_members import DutyFile, duty_file


async def show_file(visit: Visit) -> Response:
    """One duty file of a year, as the address ends: .pdf or .docx."""
    found = await file_of(visit)
    paper = duty_file(
        DutyFile(
            row=found.row,
            told=found.told,
            names=found.names,
            year=found.year,
            place=visit.site.full_name(found.row["area"]),
            say=visit.site.pages.texts.persons,
            word=visit.word(visit.site.charter(found.row["area"])),
            today=visit.today,
        )
    )
    return await give(visit, paper, visit.path("form"))
