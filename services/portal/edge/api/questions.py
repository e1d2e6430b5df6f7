"""Every question: its address, the page that knows the answer, and the form of that."""

from functools import cache

from starlette.responses import Response

from services.portal.edge.api import answers, answers_of_areas, answers_of_people, sheets, telling
from services.portal.edge.api.reading import Param, Question, Reading, Values
from services.portal.edge.boards import board, closing, indicators, ranking, registry
from services.portal.edge.desk import awaiting
from services.portal.edge.matters import comparing, matter, matters
from services.portal.edge.past import past_of
from services.portal.edge.people import accounts
from services.portal.edge.people.finding import STATES
from services.portal.edge.polls import polling
from services.portal.edge.told import inbox
from services.portal.edge.told import telling as settings
from services.portal.edge.visit import Visit
from services.portal.pages.figures import MEASURES
from services.portal.pages.lists import LOOP
from services.portal.pages.rates import INDICATORS
from services.portal.pages.sheets import OFFICES
from services.portal.pages.texts import read
from shared.kernel.areas import level
from shared.kernel.errors import Missing

YEAR = Param("year", kind="integer")


async def show_division(visit: Visit) -> Response:
    """An area in the table of areas, which is open to all who may ask."""
    code, areas = visit.path("code"), visit.site.areas
    if code not in areas:
        raise Missing("unknown-area", area=code)
    past = past_of(areas, code, visit.today)
    return visit.page(
        "",
        data={
            "code": code,
            "name": visit.area_name(code),
            "level": level(code),
            "in_force": past.ended is None,
            "path": _places(visit, areas.path(code)),
            "below": _places(visit, areas.below(code, visit.as_of)),
            "ended": past.ended,
            "goes_on": _places(visit, past.goes_on),
            "charter": visit.site.charters.current(code, visit.today).id,
        },
    )


async def show_me(visit: Visit) -> Response:
    """Who is asking."""
    person = visit.person
    held = [{**vars(one), "within": one.area} for one in person.appointments]
    chosen = [one for one in held if one["appointment_id"] == _current(visit)]
    named = {"account_id": person.account_id, "name": person.name}
    return visit.page("", data={**named, "current": chosen[0], "held": held})


def _current(visit: Visit) -> object:
    return visit.person.current.appointment_id if visit.person.current else None


def _places(visit: Visit, codes: object) -> list[dict[str, str]]:
    assert isinstance(codes, list | tuple)
    return [{"code": one, "name": visit.area_name(one)} for one in codes]


def _me(reading: Reading, shown: Values) -> object:
    return {**shown["data"], "scope": reading.scope}


@cache
def questions() -> list[Question]:
    """In the order in which the documents list them."""
    return [*MATTERS, *AREAS, *PEOPLE, *sheets.questions(read())]


MATTERS = [
    Question(
        "matters", "/matters", "matters", matters.show_matters, answers.Listed, telling.listed,
        params=(
            Param("area"), Param("state", tuple(matters.STATES)), Param("title"),
            Param("type", MEASURES), YEAR,
        ),
        many=True,
    ),
    Question(
        "matter", "/matters/{matter_id}", "matters", matter.show_matter, answers.Whole,
        telling.whole,
    ),
    Question(
        "story", "/matters/{matter_id}/story", "matters", matter.show_matter, answers.Told,
        telling.story, many=True, whole=True,
    ),
    Question(
        "stages", "/matters/{matter_id}/stages", "matters", comparing.compare_charters,
        answers.Reading, telling.readings, many=True, whole=True,
    ),
    Question(
        "polls", "/matters/{matter_id}/polls", "matters", polling.show_polls, answers.Opened,
        telling.as_shown("polls"), many=True, whole=True, past=False,
    ),
    Question(
        "poll", "/polls/{evaluation_id}", "matters", polling.show_poll, answers.Poll,
        telling.poll, past=False,
    ),
    Question(
        "awaiting", "/awaiting", "matters", awaiting.show_awaiting, answers.Awaited,
        telling.awaited, many=True, past=False,
    ),
]  # fmt: skip

AREAS = [
    Question(
        "division", "/areas/{code}", "areas", show_division, answers_of_areas.Division,
        telling.as_shown("data"),
    ),
    Question(
        "board", "/areas/{code}/board", "areas", board.show_board, answers_of_areas.Board,
        telling.board, params=(YEAR,),
    ),
    Question(
        "indicators", "/areas/{code}/indicators", "areas", indicators.show_indicators,
        answers_of_areas.Indicators, telling.indicators, params=(YEAR,), roles=OFFICES,
    ),
    Question(
        "behindIndicator", "/areas/{code}/indicators/{indicator}", "areas",
        indicators.show_behind, answers_of_areas.Behind, telling.as_shown("rows"),
        params=(Param("indicator", tuple(one.name for one in INDICATORS)), YEAR), many=True,
        roles=OFFICES,
    ),
    Question(
        "rankings", "/areas/{code}/rankings", "areas", ranking.show_ranking,
        answers_of_areas.Ranking, telling.rankings, params=(Param("of"),), many=True, whole=True,
        roles=OFFICES,
    ),
    Question(
        "charters", "/areas/{code}/charters", "areas", registry.show_registry,
        answers_of_areas.Charter, telling.charters, many=True, whole=True,
        roles=OFFICES,
    ),
    Question(
        "closedLoop", "/areas/{code}/closed-loop", "areas", closing.show_loop,
        answers_of_areas.Stuck, telling.as_shown("found"), many=True, whole=True, past=False,
        roles=LOOP.may,
    ),
]  # fmt: skip

PEOPLE = [
    Question("me", "/me", "people", show_me, answers_of_people.Me, _me, past=False),
    Question(
        "inbox", "/inbox", "people", inbox.show_inbox, answers_of_people.Notice,
        telling.notices, many=True, whole=True, past=False,
    ),
    Question(
        "notices", "/notices", "people", settings.show_ledger, answers_of_people.Delivered,
        telling.delivered,
        params=(Param("channel", ("inbox", *settings.ADDRESSES)), Param("state", settings.STATES)),
        many=True, past=False, roles=frozenset({"clerk", "cppcc", "operator"}),
    ),
    Question(
        "accounts", "/accounts", "people", accounts.show_accounts, answers_of_people.Account,
        telling.accounts,
        params=(Param("who"), Param("role"), Param("area"), Param("state", STATES)),
        many=True, past=False, roles=frozenset({"operator"}),
    ),
]  # fmt: skip
