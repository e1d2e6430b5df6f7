"""Everything that can be said has words: refusals, notices, small values, states, steps."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from services.notify.words import Text
from services.portal.edge.boards.board import figures
from services.portal.edge.matters.matters import STATES
from services.portal.pages.facts import Story
from services.portal.pages.offers import Scene
from services.portal.pages.schemas import fields, values
from services.portal.pages.sentences import Sayer
from services.portal.pages.signs import in_print
from services.portal.pages.steps import STEPS
from services.portal.pages.teller import Teller
from services.portal.pages.texts import read
from services.portal.rules import PortalRules
from shared.kernel.errors import Forbidden, Invalid, No, Refused, Unavailable
from shared.runtime.asked import CommandRoute
from shared.runtime.charter import Charters

TEXTS = read()
CHARTERS = Charters(Path("deploy/charters"), {"portal": PortalRules})
SPEAKERS = ("topics", "meetings", "outcomes")
SERVICES = (*SPEAKERS, "notify", "portal")
SAYER = Sayer(
    TEXTS,
    word=lambda value: TEXTS.words["values"].get(str(value), str(value)),
    area=lambda code: code,
    role=lambda role: TEXTS.words.roles.get(role, role),
    title=lambda name: name,
)


def codes(*folders: str) -> Iterator[str]:
    """Every code that is written down where something is refused."""
    for folder in folders or ("services", "shared"):
        for file in Path(folder).rglob("*.py"):
            for call in ast.walk(ast.parse(file.read_text("utf-8"))):
                match call:
                    case ast.Call(
                        func=ast.Name(id="Refused" | "Forbidden" | "Invalid"),
                        args=[ast.Constant(value=str(code)), *_],
                    ):
                        yield code


def routes(service: str) -> list[CommandRoute]:
    """The commands that a service answers."""
    api = importlib.import_module(f"services.{service}.api")
    return [route for route in api.ROUTES if isinstance(route, CommandRoute)]


def facts(service: str) -> set[str]:
    """The facts that a service says."""
    domain = importlib.import_module(f"services.{service}.domain")
    return {name for decider in domain.DECIDERS for name in decider.events.classes}


def small_values(schema: Any) -> Iterator[str]:
    """Every value of every enumeration in a schema."""
    match schema:
        case dict():
            yield from values(schema)
            for below in schema.values():
                yield from small_values(below)
        case list():
            for one in schema:
                yield from small_values(one)


def words_of_counties() -> set[str]:
    """What some county has a word for; only there it can be chosen."""
    charters = (CHARTERS.at(one) for one in CHARTERS.ids())
    return {word for one in charters for word in one.rules("portal", PortalRules).words}


@pytest.mark.parametrize("code", sorted(set(codes()) - {"unknown-session"}))
def test_every_refusal_has_a_sentence_and_says_what_to_do(code: str) -> None:
    sentence = SAYER.sentence(Refused(code))
    assert code not in sentence.what
    assert sentence.what.endswith(("。", "。)"))
    assert sentence.next


def test_a_sentence_tells_the_facts_in_words() -> None:
    no = Refused("report-missing", to=["cppcc-party-group", "town-party-committee"])
    assert "还没有向县政协党组、镇党委报送书面报告，不能审核。" == SAYER.sentence(no).what

    no = Refused("notice-too-short", days=3, earliest="2026-03-05")
    assert "要提前 3 天通报，最早可以定在 2026年3月5日。" == SAYER.sentence(no).what

    no = Forbidden("wrong-role", role="member", needed=["party"])
    assert "您当前的身份是政协委员，这一步由党委（党组）办理。" == SAYER.sentence(no).what

    no = Invalid("invalid", errors=[{"field": "to_unit", "code": "missing", "detail": ""}])
    assert "有的内容没有填对：to_unit：必须填写。" == SAYER.sentence(no).what

    no = Refused("parties-missing", needed={"masses": 1, "unit": 2})
    assert "协商主体不全，还需要：群众 1 名、责任单位 2 名。" == SAYER.sentence(no).what


def test_away_and_not_now_are_two_things() -> None:
    assert "什么都没有丢" in SAYER.sentence(Unavailable("away")).what
    late = Refused("not-now", command="SignRecord", consultation="Planned")
    assert "筹备中" in SAYER.sentence(late).what


def test_what_nobody_foresaw_is_told_with_its_code() -> None:
    assert "quite-new" in SAYER.sentence(No("quite-new")).what


@pytest.mark.parametrize("service", SPEAKERS)
def test_every_small_value_that_people_choose_has_a_word(service: str) -> None:
    schemas = [route.asked.model_json_schema() for route in routes(service)]
    named = {value for value in small_values(schemas) if isinstance(value, str)}
    assert set() == named - set(TEXTS.words["values"].names()) - words_of_counties()


@pytest.mark.parametrize("service", SERVICES)
def test_every_small_value_that_a_fact_says_has_a_word(service: str) -> None:
    domain = importlib.import_module(f"services.{service}.domain")
    events = [one for decider in domain.DECIDERS for one in decider.events.classes.values()]
    schemas = [event.model_json_schema() for event in events]
    named = {value for value in small_values(schemas) if isinstance(value, str) and value}
    known = {*TEXTS.words["values"].names(), *TEXTS.words.roles.names()}
    assert set() == named - known - words_of_counties()


def test_every_key_that_nobody_confirmed_has_a_name() -> None:
    keys = {key for one in CHARTERS.ids() for key in CHARTERS.at(one).provisional}
    assert set() == keys - set(TEXTS.words.charter_keys.names())


@pytest.mark.parametrize("charter", CHARTERS.ids())
def test_a_word_of_the_county_is_told_before_the_usual_one(charter: str) -> None:
    words = CHARTERS.at(charter).rules("portal", PortalRules).words
    teller = Teller(TEXTS, {}, words)
    roles = {f"role-{role}": teller.role(role) for role in TEXTS.words.roles.names()}
    told = {key: roles.get(key) or teller.word(key) for key in words}
    assert in_print(words) == told


def test_every_notice_has_a_sentence() -> None:
    (literal, *_) = get_args(Text)
    assert set(get_args(literal)) == set(TEXTS.notices.names())


def test_every_state_a_list_filters_by_and_every_figure_has_a_name() -> None:
    assert set() == {one for some in STATES.values() for one in some} - set(
        TEXTS.words.states.names()
    )
    assert set(figures.MEASURES) == set(TEXTS.board.measures.names())


def test_every_step_asks_what_a_service_answers_after_what_it_says() -> None:
    for step in STEPS:
        asked = {route.asked.__name__: route.asked for route in routes(step.service)}
        schema = fields(asked[step.command].model_json_schema())
        said = facts("topics") if step.on == "topic" else facts(step.service)
        assert {*step.after, *step.until, *step.again} <= said, step
        assert {*step.choices, *step.keys} <= schema.keys(), step


@pytest.mark.parametrize("charter", CHARTERS.ids())
def test_every_list_a_step_takes_from_the_charter_is_there(charter: str) -> None:
    scene = Scene(Story((), ()), CHARTERS.at(charter).tables)
    for step in STEPS:
        for path in (*step.choices.values(), *step.keys.values()):
            assert scene.rule(path), (step.command, path)


def test_every_text_a_template_names_is_there() -> None:
    for file in Path("services/portal/pages/templates").glob("*.html"):
        for name in re.findall(r"\bt((?:\.\w+)+)", file.read_text("utf-8")):
            branch = TEXTS
            for part in name.strip(".").split("."):
                if part in ("format", "get", "values") or not hasattr(branch, "names"):
                    break
                branch = branch[part]
