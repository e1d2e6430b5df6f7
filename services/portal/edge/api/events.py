"""Public facts over HTTP, for everybody: CloudEvents after a position, from the very first one."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

import orjson
from pydantic import BaseModel, Field
from starlette.datastructures import QueryParams
from starlette.responses import Response

from services.portal.edge.api.answering import Call, tagged
from services.portal.edge.catalogue import READER
from services.portal.edge.handing.holder import count_somebody
from services.portal.edge.site import Site
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Invalid, Missing
from shared.runtime import log

PATH = "/events"
LIMIT, LIMIT_MAX = 100, 500
DIGITS_MAX = 18


class PublicEvent(BaseModel):
    """One public fact as a CloudEvent in JSON; its data are in the shape that `dataschema` says."""

    specversion: Literal["1.0"] = Field(default="1.0", title="规范版本")
    id: UUID = Field(title="事实编号")
    source: str = Field(title="来源县")
    type: str = Field(title="类型")
    subject: UUID = Field(title="事项编号")
    time: datetime = Field(title="发生时间")
    dataschema: str = Field(title="数据结构")
    datacontenttype: Literal["application/json"] = Field(
        default="application/json", title="数据格式"
    )
    sequence: str = Field(title="位置")
    area: str = Field(title="区划")
    correlationid: UUID = Field(title="关联编号")
    data: dict[str, Any] = Field(title="内容")


async def send_events(call: Call) -> Response:
    """GET /api/v1/events?after=&area=&type=&since=&limit=; asks for no token.

    An agency that shows its key is counted as such, and not by its address.
    """
    await count_somebody(call)
    params = call.request.query_params
    asked = _asked(call.site, params)
    answer = await call.site.asker.question(
        "exchange", "PublicFacts", asked, READER, log.correlation()
    )
    rows = answer["rows"]
    last = rows[-1]["position"] if rows else asked["after"]
    told: dict[str, Any] = {"items": [_event(row) for row in rows], "after": last, "next": None}
    if len(rows) == asked["most"]:
        more = [(k, v) for k, v in params.multi_items() if k != "after"] + [("after", last)]
        told["next"] = f"{call.request.url.path}?{urlencode(more)}"
    return tagged(call.request, orjson.dumps(told))


def _asked(site: Site, params: QueryParams) -> dict[str, Any]:
    """What is wanted. Raises Invalid, Missing."""
    area = params.get("area") or EVERYWHERE
    if area != EVERYWHERE and area not in site.areas:
        raise Missing("unknown-area", area=area)
    types = [one for told in params.getlist("type") for one in told.split(",") if one]
    return {
        "area": area,
        "after": number_in(params, "after", 0, 10**DIGITS_MAX - 1),
        "types": types,
        "since": since_in(params.get("since", "")),
        "most": max(1, number_in(params, "limit", LIMIT, LIMIT_MAX)),
    }


def number_in(params: Mapping[str, str], name: str, default: int, most: int) -> int:
    """A number behind the question mark. Raises Invalid."""
    text = params.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdecimal() or len(text) > DIGITS_MAX or int(text) > most:
        raise Invalid("malformed", param=name, reason=f"a number up to {most} is needed")
    return int(text)


def since_in(text: str) -> str | None:
    """A moment in ISO 8601. Raises Invalid."""
    if not text:
        return None
    try:
        since = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid("not-a-day", day=text) from error
    return (since if since.tzinfo else since.replace(tzinfo=UTC)).isoformat()


def _event(row: Mapping[str, Any]) -> dict[str, Any]:
    name = f"{row['type']}.v{row['version']}"
    event = PublicEvent(
        id=row["fact_id"],
        source=f"/tongxin/{row['area'][:6]}",
        type=f"tongxin.{name}",
        subject=row["topic_id"],
        time=row["at"],
        dataschema=f"/contracts/schemas/{name}.json",
        sequence=str(row["position"]),
        area=row["area"],
        correlationid=row["correlation"],
        data=row["data"],
    )
    return event.model_dump(mode="json")
