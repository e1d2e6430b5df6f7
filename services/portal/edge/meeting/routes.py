"""The addresses of meetings."""

from starlette.routing import Route

from services.portal.edge.gate import page
from services.portal.edge.meeting import (
    board,
    calendar,
    checkin,
    dates,
    door,
    minutes,
    preparing,
    proof,
    recording,
    research,
)
from services.portal.edge.site import Site

ONE = "/meetings/{consultation_id}"


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    return [
        Route("/areas/{code}/meetings", page(site, calendar.show_calendar), methods=["GET"]),
        Route(
            "/areas/{code}/meetings.ics", page(site, dates.send_feed, to_all=True), methods=["GET"]
        ),
        Route(
            "/places/{code}/meetings.ics",
            page(site, dates.send_public, to_all=True),
            methods=["GET"],
        ),
        Route(ONE + "/meeting.ics", page(site, dates.send_one), methods=["GET"]),
        Route("/topics/{topic_id}/research", page(site, research.show_research), methods=["GET"]),
        Route(
            "/topics/{topic_id}/research/papers/{research_id}",
            page(site, research.bring_papers, files=True),
            methods=["POST"],
        ),
        Route(
            "/topics/{topic_id}/research/{command}",
            page(site, research.do_research),
            methods=["POST"],
        ),
        Route("/draws/{draw_id}/proof.txt", page(site, proof.send_proof), methods=["GET"]),
        Route("/checkin", page(site, checkin.show_checkin), methods=["GET"]),
        Route("/checkin", page(site, checkin.check_in), methods=["POST"]),
        Route("/checkin/{token}", page(site, checkin.show_code, to_all=True), methods=["GET"]),
        Route(ONE, page(site, preparing.show_preparation), methods=["GET"]),
        Route(
            ONE + "/materials", page(site, preparing.keep_materials, files=True), methods=["POST"]
        ),
        Route(ONE + "/door", page(site, door.show_door), methods=["GET"]),
        Route(ONE + "/door", page(site, door.check_in), methods=["POST"]),
        Route(ONE + "/code.svg", page(site, door.show_wall_code), methods=["GET"]),
        Route(ONE + "/run", page(site, recording.show_run), methods=["GET"]),
        Route(ONE + "/record/{command}", page(site, recording.record), methods=["POST"]),
        Route(ONE + "/board", page(site, board.show_board), methods=["GET"]),
        Route(ONE + "/minutes", page(site, minutes.show_minutes), methods=["GET"]),
        Route(ONE + "/minutes", page(site, minutes.save_section), methods=["POST"]),
        Route(ONE + "/minutes/issue", page(site, minutes.issue), methods=["POST"]),
        Route(ONE + "/do/{command}", page(site, preparing.do_step), methods=["POST"]),
    ]
