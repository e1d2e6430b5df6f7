"""Every sheet as a question: its columns are the fields, its filters the parameters."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import Field, create_model

from services.portal.edge.api.answers import Answer
from services.portal.edge.api.reading import Param, Question, Reading, Values
from services.portal.edge.boards.sheets import show_sheet
from services.portal.pages.lists import SHEETS
from services.portal.pages.rates import Rate
from services.portal.pages.sheets import Column, Kind, Mark, Saying, Sheet
from services.portal.pages.texts import Texts


class Share(Answer):
    """So many of so many."""

    n: float = Field(title="分子")
    d: int = Field(title="分母")


class Sign(Answer):
    """One of several things, and whether it is there."""

    label: str = Field(title="项目")
    done: bool = Field(title="已有")


FORMS: dict[Kind, Any] = {
    "lines": list[str],
    "words": list[str],
    "sayings": list[str],
    "day": date,
    "count": int,
    "money": float,
    "percent": float,
    "rate": Share,
    "marks": list[Sign],
    "people": dict[str, int],
    "yes": bool,
    "provisional": bool,
}
"""How a value of a kind is told; every other kind is a text."""


def questions(texts: Texts) -> list[Question]:
    """One a sheet."""
    return [_question(sheet, texts) for sheet in SHEETS]


def _question(sheet: Sheet, texts: Texts) -> Question:
    told = texts.sheets[sheet.name]
    fields = {
        one.key: (_form(one) | None, Field(title=told.columns[one.key])) for one in sheet.columns
    }
    if any(one.kind == "matter" for one in sheet.columns):
        title = texts.api.matter_id
        fields.setdefault("matter_id", (UUID | None, Field(title=title)))
    name = "".join(part.title() for part in sheet.name.split("-"))
    row = create_model(f"{name}Row", __base__=Answer, __doc__=told.title, **fields)  # type: ignore[call-overload]
    return Question(
        name=f"sheet{name}",
        path=f"/areas/{{code}}/sheets/{sheet.name}",
        tag="sheets",
        show=show_sheet,
        row=row,
        tell=partial(_rows, sheet),
        params=(
            Param("year", kind="integer"),
            Param("by", kind="column"),
            *(Param(one.key, one.options) for one in sheet.filters),
        ),
        many=True,
        roles=sheet.may,
        title=f"{told.title}。{told.note}",
        fixed={"sheet": sheet.name},
    )


def _form(column: Column) -> Any:
    return FORMS.get(column.kind, str)


def _rows(sheet: Sheet, reading: Reading, shown: Values) -> list[dict[str, Any]]:
    told, word = shown["told"], shown["word"]

    def cell(row: Mapping[str, Any], column: Column) -> Any:
        value = row.get(column.key)
        if value is None:
            return None
        if column.kind == "person":
            return shown["names"].get(value)
        if column.kind == "sayings":
            return [_said(told, one, row, word) for one in value]
        return _plain(value) if column.kind in FORMS else str(value)

    return [
        {one.key: cell(row, one) for one in sheet.columns} | {"matter_id": row.get("matter_id")}
        for row in shown["rows"]
    ]


def _plain(value: Any) -> Any:
    match value:
        case Rate():
            return {"n": value.n, "d": value.d}
        case list() | tuple():
            return [
                {"label": one.label, "done": one.done} if isinstance(one, Mark) else one
                for one in value
            ]
        case _:
            return value


def _said(told: Texts, one: Saying, row: Mapping[str, Any], word: Any) -> str:
    values = {name: word(row, value) for name, value in one.values.items()}
    return str(told.sayings[one.key].format(**values))
