"""The pages of jobs: how far one is, its file, and all that somebody asked for within a day."""

from starlette.responses import Response, StreamingResponse

from services.portal.edge.files.kinds import XLSX
from services.portal.edge.paper.handing import disposition
from services.portal.edge.paper.jobs import KEPT, Row, is_gone
from services.portal.edge.visit import HEADERS, Visit
from shared.kernel.errors import Missing


async def show_job(visit: Visit) -> Response:
    """One job, as far as it is; the page looks again by itself until the job has ended."""
    job = await _own(visit)
    state = "gone" if is_gone(job) else job["state"]
    until = job["made_at"] + KEPT
    return visit.page("paper/job.html", job=job, state=state, until=until)


async def show_jobs(visit: Visit) -> Response:
    """What the person asked for within a day."""
    jobs = await visit.site.jobs.of(visit.person.account_id)
    return visit.page("paper/jobs.html", jobs=[(job, is_gone(job)) for job in jobs])


async def give_file(visit: Visit) -> Response:
    """The file of a job that is done."""
    job = await _own(visit)
    if job["state"] != "done":
        raise Missing("no-such-page")
    headers = HEADERS | disposition(job["file"]) | {"Content-Length": str(job["size"])}
    pieces = visit.site.jobs.pieces(job["job_id"])
    return StreamingResponse(pieces, headers=headers, media_type=XLSX)


async def _own(visit: Visit) -> Row:
    """The job of the address. Raises Missing, also where it is somebody else's."""
    job = await visit.site.jobs.one(visit.id("job_id"), visit.person.account_id)
    if job is None:
        raise Missing("no-such-page")
    return job
