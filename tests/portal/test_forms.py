"""Forms drawn from schemas: what is shown, what is read back, what is kept."""

from datetime import date
from typing import Any, ClassVar, Literal
from uuid import UUID, uuid4

import pytest
from pydantic import AwareDatetime, BaseModel, Field

from deploy.tongxin.story import COMMANDS
from services.meetings.domain.consultation.commands import CheckIn
from services.portal.edge.matters.matter import blank_of
from services.portal.pages.forms import Blank
from services.portal.pages.forms import Field as FormField
from services.portal.pages.offers import Step
from services.portal.pages.steps import STEPS
from shared.kernel.message import Command
from shared.runtime.charter import Charters
from tests.drafts import FOLDER

CHARTERS = Charters(FOLDER)


class Side(BaseModel):
    """One row of a table."""

    kind: Literal["masses", "unit"] = Field(title="类别")
    name: str = Field(title="名称", max_length=40)


class Chapters(BaseModel):
    """An object with names of its own."""

    background: str = Field(title="背景", max_length=8000)
    effect: str = Field(title="效果", max_length=8000)


class Arrange(Command):
    """Everything that commands are made of."""

    label: ClassVar[str] = "安排"
    may: ClassVar = frozenset({"clerk"})

    thing_id: UUID = Field(title="编号")
    title: str = Field(title="名称", max_length=80)
    text: str = Field(default="", title="说明", description="可不填")
    agrees: bool = Field(title="同意")
    urgent: bool = Field(default=False, title="紧急")
    people: int = Field(default=1, title="人数")
    on: date = Field(title="日期")
    starts: AwareDatetime = Field(title="开始")
    mode: Literal["site", "venue"] = Field(title="方式")
    ground: str | None = Field(default=None, title="情形", max_length=20)
    lines: tuple[str, ...] = Field(title="问题")
    kinds: tuple[Literal["a", "b"], ...] = Field(title="签认方")
    parties: tuple[Side, ...] = Field(title="主体")
    criteria: dict[Literal["political", "feasible"], bool] = Field(title="原则")
    plan: dict[str, str] = Field(title="方案")
    chapters: Chapters = Field(title="案例内容")
    words: str = Field(default="", title="原话", json_schema_extra={"sealed": True})


ID = str(uuid4())
BLANK = Blank(
    Arrange.model_json_schema(),
    fixed={"thing_id": ID},
    given={"title": "路灯"},
    choices={"ground": ["secret", "empty"]},
    keys={"criteria": ["political", "feasible"], "plan": ["theme"]},
)
FILLED: dict[str, str | list[str]] = {
    "title": " 修路灯 ",
    "agrees": "yes",
    "people": "3",
    "on": "2026-03-02",
    "starts": "2026-03-05T09:30",
    "mode": "site",
    "ground": "",
    "lines": "几盏\n\n 谁管 ",
    "kinds": ["a", "b"],
    "parties.0.kind": "masses",
    "parties.0.name": "住户代表",
    "parties.1.kind": "",
    "parties.1.name": "",
    "parties.2.kind": "unit",
    "parties.2.name": "县水务局",
    "criteria.political": "yes",
    "criteria.feasible": "no",
    "plan.theme": "路灯",
    "chapters.background": " 路黑。 ",
    "chapters.effect": "",
}


def drawn(name: str, filled: dict[str, str | list[str]] | None = None) -> Any:
    """One field of the form."""
    return next(one for one in BLANK.draw(filled) if one.name == name)


def test_what_is_fixed_is_not_asked_again() -> None:
    assert "thing_id" not in [one.name for one in BLANK.draw()]
    assert ID == BLANK.read(FILLED)["thing_id"]


def test_what_was_filled_in_becomes_the_command() -> None:
    command = Arrange.model_validate(BLANK.read(FILLED))

    assert "修路灯" == command.title
    assert (True, False, 3) == (command.agrees, command.urgent, command.people)
    assert "2026-03-05T09:30:00+08:00" == command.starts.isoformat()
    assert (None, ("几盏", "谁管"), ("a", "b")) == (command.ground, command.lines, command.kinds)
    assert ["住户代表", "县水务局"] == [side.name for side in command.parties]
    assert {"political": True, "feasible": False} == command.criteria
    assert {"theme": "路灯"} == command.plan
    assert Chapters(background="路黑。", effect="") == command.chapters


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("title", "line"), ("text", "text"), ("agrees", "choice"), ("urgent", "tick"),
        ("people", "number"), ("on", "date"), ("starts", "moment"), ("mode", "choice"),
        ("ground", "choice"), ("lines", "lines"), ("kinds", "ticks"), ("parties", "rows"),
        ("criteria", "keyed"), ("plan", "keyed"), ("chapters", "keyed"),
    ],
)  # fmt: skip
def test_each_type_has_its_kind_of_field(name: str, kind: str) -> None:
    assert kind == drawn(name).kind


def test_a_form_begins_with_what_is_known_and_with_the_usual() -> None:
    assert "路灯" == drawn("title").value
    assert "1" == drawn("people").value
    assert ("说明", "可不填", False) == (
        drawn("text").title,
        drawn("text").hint,
        drawn("text").required,
    )


def test_what_was_typed_is_shown_again() -> None:
    assert " 修路灯 " == drawn("title", FILLED).value
    assert ["a", "b"] == drawn("kinds", FILLED).value
    assert "县水务局" == drawn("parties", FILLED).rows[2][1].value
    assert ["yes", "no"] == [part.value for part in drawn("criteria", FILLED).parts]
    assert "" == drawn("text", FILLED).value
    chapters = [(part.title, part.value, part.required) for part in drawn("chapters", FILLED).parts]
    assert [("背景", " 路黑。 ", False), ("效果", "", False)] == chapters


def test_what_does_not_look_like_its_type_is_left_for_the_service_to_refuse() -> None:
    odd = BLANK.read(FILLED | {"people": "drei", "starts": "bald", "agrees": "vielleicht"})

    assert ("drei", "bald") == (odd["people"], odd["starts"])
    assert "agrees" not in odd


@pytest.mark.parametrize("odd", ["--5", "-", "9" * 5000, "٣", "²"])
def test_what_looks_much_like_a_number_is_left_to_be_refused_too(odd: str) -> None:
    assert odd == BLANK.read(FILLED | {"people": odd})["people"]


@pytest.mark.parametrize("row", ["x", "-1", "", "999999999", "9" * 5000])
def test_a_row_that_no_table_has_is_none(row: str) -> None:
    odd = FILLED | {f"parties.{row}.name": "县水务局", "parties.": "x"}

    assert BLANK.read(FILLED)["parties"] == BLANK.read(odd)["parties"]
    assert len(drawn("parties", FILLED).rows) == len(drawn("parties", odd).rows)


def test_private_words_are_known_by_their_schema() -> None:
    assert ["words"] == BLANK.sealed()


def test_nobody_types_the_ids_of_attachments() -> None:
    class Bring(BaseModel):
        title: str = Field(title="名称", max_length=80)
        photos: tuple[UUID, ...] = Field(default=(), title="照片")

    blank = Blank(Bring.model_json_schema())
    assert ["title"] == [field.name for field in blank.draw()]
    assert {"title": "积水"} == blank.read({"title": "积水"})


def test_nobody_types_an_id_that_may_be_left_out_but_may_choose_one() -> None:
    schema = CheckIn.model_json_schema()
    fixed = {"consultation_id": "1"}
    members = {"member_id": ["m1", "m2"]}

    assert ["kind", "name", "people"] == [one.name for one in Blank(schema, fixed).draw()]
    (*_, member) = Blank(schema, fixed, choices=members).draw()
    assert ("member_id", "choice", False) == (member.name, member.kind, member.required)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.command)
def test_the_form_of_every_step_can_be_drawn_in_every_county(step: Step) -> None:
    schema = COMMANDS[step.command][1].model_json_schema()
    for charter in CHARTERS.ids():
        assert blank_of(step, schema, CHARTERS.at(charter), {}, {}).draw()


def test_a_form_asks_for_the_parts_of_what_has_parts() -> None:
    schema = COMMANDS["DraftCase"][1].model_json_schema()
    step = next(step for step in STEPS if step.command == "DraftCase")
    blank = blank_of(step, schema, CHARTERS.at("371621@1"), {}, {})
    (sections,) = (one for one in blank.draw() if one.name == "sections")
    assert ["协商背景", "协商主体", "协商过程", "协商意见", "协商效果"] == [
        part.title for part in sections.parts
    ]
    filled = {part.name: f"{part.title}如下" for part in sections.parts}
    assert "协商背景如下" == blank.read(filled)["sections"]["background"]


def test_members_are_picked_where_a_step_asks_for_them_and_there_are_some() -> None:
    def drawn(command: str, members: dict[str, str]) -> dict[str, FormField]:
        (step,) = [one for one in STEPS if one.command == command]
        schema = COMMANDS[command][1].model_json_schema()
        blank = blank_of(step, schema, CHARTERS.at("511623@1"), {}, {}, members)
        return {one.name: one for one in blank.draw()}

    picked = {"0190aaaa-0000-7000-8000-0000000000b1": "顾远山 · 教育"}
    assert ("ticks", list(picked)) == (
        drawn("PlanResearch", picked)["members"].kind,
        drawn("PlanResearch", picked)["members"].options,
    )
    assert "choice" == drawn("CheckIn", picked)["member_id"].kind
    assert not drawn("CheckIn", picked)["member_id"].required
    assert "members" not in drawn("PlanResearch", {})
    assert "member_id" not in drawn("CheckIn", {})
