"""What agencies' programs ask over HTTP, with their access key as `Authorization: Bearer`."""

from typing import Any
from uuid import UUID, uuid5

from starlette.responses import Response

from services.portal.edge.api.answering import Call, told
from services.portal.edge.handing.described import PAGE, PAGE_MAX
from services.portal.edge.handing.holder import Holder, holder_in
from services.portal.edge.handing.receiving import hand_over, read
from shared.kernel.errors import Invalid, Missing
from shared.runtime import log

DIGITS_MAX = 6
PRIVATE = ("words", "contact")


async def post_handover(call: Call) -> Response:
    """POST /api/v1/handovers: hand a matter over; the receipt."""
    holder = await holder_in(call)
    return told(await hand_over(call.site, holder, read(await call.raw())))


async def get_handovers(call: Call) -> Response:
    """GET /api/v1/handovers: what the agency handed over; `number` asks for one."""
    holder = await holder_in(call)
    number = call.request.query_params.get("number", "").strip()
    if number:
        return told({"items": [await _one(call, holder, uuid5(holder.agency_id, number))]})
    return told({"items": await _list(call, holder, "HandoversOfAgency")})


async def get_handover(call: Call) -> Response:
    """GET /api/v1/handovers/{id}: one, with every step the agency was told of."""
    return told(await _one(call, await holder_in(call), _id(call)))


async def get_dispatches(call: Call) -> Response:
    """GET /api/v1/dispatches: what the agency was handed, what waits for its answer first."""
    return told({"items": await _list(call, await holder_in(call), "DispatchesOfAgency")})


async def get_dispatch(call: Call) -> Response:
    """GET /api/v1/dispatches/{id}: one, with the words of whoever brought it, in clear."""
    holder, dispatch_id = await holder_in(call), _id(call)
    found = await _rows(call, holder, "DispatchById", {"dispatch_id": str(dispatch_id)})
    for row in found:
        if row["agency_id"] == str(holder.agency_id):
            clear = await call.site.vault.unseal(row[name] for name in PRIVATE)
            return told(row | {name: clear.get(row[name]) or "" for name in PRIVATE})
    raise Missing("unknown-dispatch", dispatch_id=dispatch_id)


async def acknowledge(call: Call) -> Response:
    """POST /api/v1/dispatches/{id}/acknowledge {"number"}: the agency has it, as its number."""
    holder, dispatch_id = await holder_in(call), _id(call)
    asked = await call.body()
    data = {
        "dispatch_id": str(dispatch_id),
        "agency_id": str(holder.agency_id),
        "number": str(asked.get("number", "")),
    }
    command_id = uuid5(dispatch_id, f"acknowledge {data['number']}")
    answer = await call.site.asker.ask(
        "exchange", "AcknowledgeDispatch", data, holder.actor, command_id, log.correlation()
    )
    return told(answer)


async def _one(call: Call, holder: Holder, handover_id: UUID) -> dict[str, Any]:
    """One of the agency's own: that another has it is not told. Raises Missing."""
    found = await _rows(call, holder, "HandoverById", {"handover_id": str(handover_id)})
    for row in found:
        if row["agency_id"] == str(holder.agency_id):
            return row
    raise Missing("unknown-handover", handover_id=handover_id)


async def _list(call: Call, holder: Holder, question: str) -> list[dict[str, Any]]:
    asked = {
        "agency_id": str(holder.agency_id),
        "most": min(_number(call, "limit", PAGE) or PAGE, PAGE_MAX),
        "skipped": _number(call, "skip", 0),
    }
    return await _rows(call, holder, question, asked)


async def _rows(
    call: Call, holder: Holder, question: str, data: dict[str, Any]
) -> list[dict[str, Any]]:
    found = await call.site.asker.question(
        "exchange", question, data, holder.actor, log.correlation()
    )
    rows: list[dict[str, Any]] = found["rows"]
    return rows


def _number(call: Call, name: str, usual: int) -> int:
    text = call.request.query_params.get(name, str(usual))
    if not text.isdecimal() or len(text) > DIGITS_MAX:
        raise Invalid("malformed", field=name)
    return int(text)


def _id(call: Call) -> UUID:
    try:
        return UUID(call.request.path_params["id"])
    except ValueError as error:
        raise Missing("unknown-handover") from error
