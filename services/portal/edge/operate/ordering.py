"""Orders of operators: asked to confirm, written down, sent to the service; then watched."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import command_id
from services.portal.edge.operate.pages import must_look_after_all
from services.portal.edge.operate.watch import SERVICES
from services.portal.edge.visit import Visit, go_to
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Invalid, Missing, No
from shared.runtime.asker import Answer

KINDS = ("retry", "rebuild", "verify")
BACK = {"retry": "/operate/letters", "rebuild": "/operate/lag", "verify": "/operate/chain"}
SAID = ("name", "stream", "view", "first", "last")


@dataclass(frozen=True)
class Order:
    """What is to be done where; `data` is what the service is told besides."""

    kind: str
    service: str
    data: dict[str, Any]

    @property
    def what(self) -> str:
        """In a few words, for the record."""
        return " ".join(str(value) for value in self.data.values() if value)


async def confirm_order(visit: Visit) -> Response:
    """What is about to happen, before it does."""
    must_look_after_all(visit)
    order = _read(visit, visit.query)
    return visit.page(
        "operate/confirm.html", order=order, back=BACK[order.kind], command_id=command_id(visit)
    )


async def carry_out(visit: Visit) -> Response:
    """Write it down, then send it. A service that says no is written down as well."""
    must_look_after_all(visit)
    order = _read(visit, visit.typed)
    operation_id = command_id(visit)
    try:
        position = (await _write_down(visit, order, operation_id))["position"]
        await _send(visit, order, operation_id)
    except No as no:
        return visit.page(
            "operate/confirm.html", no.status, order=order, back=BACK[order.kind],
            command_id=operation_id, sentence=say(visit.site, no),
        )  # fmt: skip
    await visit.site.watch.ask_all()
    return go_to(f"{BACK[order.kind]}?after=portal:{position}#operations")


async def _write_down(visit: Visit, order: Order, operation_id: UUID) -> Answer:
    data = {
        "operation_id": str(operation_id),
        "area": visit.site.areas.below(EVERYWHERE)[0],
        "kind": order.kind,
        "service": order.service,
        "what": order.what,
    }
    actor = visit.person.actor
    return await visit.site.asker.ask(
        "portal", "OrderOperation", data, actor, operation_id, operation_id
    )


async def _send(visit: Visit, order: Order, operation_id: UUID) -> None:
    told = {name: value for name, value in order.data.items() if value}
    data = {"operation_id": str(operation_id), "kind": order.kind, **told}
    actor = visit.person.actor
    try:
        await visit.site.asker.operate(order.service, "Order", data, actor, operation_id)
    except Exception as error:
        no = as_no(error)
        await visit.site.watch.end(operation_id, "failed", no.code)
        raise no from error


def _read(visit: Visit, given: Any) -> Order:
    """The order of an address or a form. Raises Missing or Invalid."""
    kind, service = visit.path("kind"), given("service")
    if kind not in KINDS or service not in SERVICES:
        raise Missing("no-such-page")
    data: dict[str, Any] = {name: text for name in SAID if (text := given(name))}
    for name in ("first", "last"):
        if name in data:
            if not data[name].isdecimal() or len(data[name]) > 15:
                raise Invalid("not-a-position", position=data[name])
            data[name] = int(data[name])
    if data.get("last") and data["last"] < data.get("first", 1):
        raise Invalid("range-turned", first=data.get("first", 1), last=data["last"])
    return Order(kind, service, data)
