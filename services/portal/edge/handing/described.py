"""How the document of the API describes the doors for agencies' programs."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel, Field

from services.portal.edge.api.examples import example
from services.portal.edge.api.shapes import said
from services.portal.edge.handing.receiving import Handed
from services.portal.pages.texts import Texts

KEY: Final = "agency"
"""The name of the security scheme: an access key of an agency."""

TAG = "agencies"
PAGE, PAGE_MAX = 50, 200
REFUSED = ("401", "403", "422", "429", "503")
PROBLEM = {"$ref": "#/components/responses/Problem"}

Json = dict[str, Any]


class HandoverReceipt(BaseModel):
    """The receipt: the same again for the same under the same number."""

    handover_id: UUID = Field(title="转来事项编号")
    number: str = Field(title="机构自编号")
    receipt: str = Field(title="回执号", pattern=r"^\d{12}$")
    same_as: UUID | None = Field(title="相同事项")
    position: int = Field(title="位置")
    href: str = Field(title="查询地址")


class Handover(BaseModel):
    """What was handed over."""

    handover_id: UUID = Field(title="转来事项编号")
    agency_id: UUID = Field(title="机构编号")
    agency: str = Field(title="机构名称")
    area: str = Field(title="所在区划")
    number: str = Field(title="机构自编号")
    title: str = Field(title="事项名称")
    same_as: UUID | None = Field(title="相同事项")
    received_at: datetime = Field(title="收到时间")


class HandoverListed(Handover):
    """One of many, with the last step, and the public facts that were told of it."""

    step: str | None = Field(title="最近进展")
    step_at: datetime | None = Field(title="进展时间")
    said: list[str] = Field(title="已告知的公开事实")


class HandoverStep(BaseModel):
    """One step; `told` holds words such as reason, unit, number and title."""

    cause: str = Field(title="依据")
    step: str = Field(title="进展")
    told: dict[str, str] = Field(title="告知内容")
    topic_id: UUID | None = Field(title="议题编号")
    happened_at: datetime = Field(title="发生时间")


class HandoverSteps(Handover):
    """One, with every step that was told."""

    steps: list[HandoverStep] = Field(title="进展")


class Dispatch(BaseModel):
    """What was handed to the agency; `acknowledged_at` is empty until it confirmed."""

    dispatch_id: UUID = Field(title="转出事项编号")
    lead_id: UUID = Field(title="线索编号")
    agency_id: UUID = Field(title="机构编号")
    agency: str = Field(title="机构名称")
    area: str = Field(title="所在区划")
    title: str = Field(title="事项名称")
    place: str = Field(title="具体地点")
    reason: str = Field(title="转交理由")
    offered_at: datetime = Field(title="转出时间")
    due: datetime = Field(title="签收期限")
    reminded: int = Field(title="已催次数")
    number: str = Field(title="机构自编号")
    on_paper: bool = Field(title="书面回执")
    acknowledged_at: datetime | None = Field(title="签收时间")


class DispatchInClear(Dispatch):
    """One, with the words of whoever brought it."""

    words: str = Field(title="反映人原话")
    contact: str = Field(title="联系方式")


class Acknowledging(BaseModel):
    """The agency has it, as its number."""

    number: str = Field(title="机构自编号", min_length=1, max_length=80)


ASKED: Sequence[type[BaseModel]] = (Handed, Acknowledging)
ANSWERED: Sequence[type[BaseModel]] = (
    HandoverReceipt,
    HandoverListed,
    HandoverSteps,
    Dispatch,
    DispatchInClear,
)


def scheme(texts: Texts) -> Json:
    """How an agency says who it is."""
    return {"type": "http", "scheme": "bearer", "description": texts.api.handing.key}


def operations(texts: Texts, schemas: Json) -> Iterator[tuple[str, str, Json]]:
    """Path, method and operation of each door; examples are made of these schemas."""
    number = _param("number", "query", texts, {"type": "string", "maxLength": 80})
    one = _param("id", "path", texts, {"type": "string", "format": "uuid"})
    handovers, dispatches = "/handovers", "/dispatches"
    yield handovers, "post", _asking(texts, schemas, "handOver", "Handed", "HandoverReceipt")
    yield handovers, "get", _telling(
        texts, "listHandovers", _many("HandoverListed"), [number, *_window(texts)]
    )  # fmt: skip
    yield f"{handovers}/{{id}}", "get", _telling(
        texts, "getHandover", _ref("HandoverSteps"), [one], "404"
    )  # fmt: skip
    yield dispatches, "get", _telling(
        texts, "listDispatches", _many("Dispatch"), _window(texts)
    )  # fmt: skip
    yield f"{dispatches}/{{id}}", "get", _telling(
        texts, "getDispatch", _ref("DispatchInClear"), [one], "404"
    )  # fmt: skip
    yield (
        f"{dispatches}/{{id}}/acknowledge",
        "post",
        {
            **_asking(texts, schemas, "acknowledgeDispatch", "Acknowledging", "Done"),
            "parameters": [one],
        },
    )


def _asking(texts: Texts, schemas: Json, name: str, asked: str, answered: str) -> Json:
    body = _ref(asked)
    content = {"application/json": {"schema": body, "example": example(body, schemas)}}
    told = _telling(texts, name, _ref(answered), [], "404", "409")
    return {**told, "requestBody": {"required": True, "content": content}}


def _telling(texts: Texts, name: str, answer: Json, params: list[Json], *more: str) -> Json:
    summary = str(texts.api.handing[name])
    problems = dict.fromkeys(sorted({*REFUSED, *more}), PROBLEM)
    return {
        "operationId": name,
        "summary": summary.partition("。")[0],
        "description": summary,
        "tags": [TAG],
        "security": [{KEY: []}],
        "x-roles": ["agency"],
        "parameters": params,
        "responses": {"200": said(texts.api.answers.ok, {"schema": answer})}
        | problems
        | {"default": PROBLEM},
    }


def _many(name: str) -> Json:
    items = {"type": "array", "items": _ref(name)}
    return {"type": "object", "required": ["items"], "properties": {"items": items}}


def _window(texts: Texts) -> list[Json]:
    number = {"type": "integer", "minimum": 0}
    return [
        _param("limit", "query", texts, number | {"maximum": PAGE_MAX, "default": PAGE}),
        _param("skip", "query", texts, number | {"default": 0}),
    ]


def _param(name: str, where: str, texts: Texts, form: Json) -> Json:
    told: Json = {"name": name, "in": where, "description": texts.api.handing[name], "schema": form}
    return told | ({"required": True} if where == "path" else {})


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
