"""The part of the AsyncAPI document on handing over: a request on NATS, and its receipt."""

from typing import Any

from pydantic import BaseModel

from deploy.contracts.facts import AREA
from services.exchange.effects.passes import HAND
from services.portal.edge.api.examples import ID
from services.portal.edge.handing.described import HandoverReceipt
from services.portal.edge.handing.receiving import Handed
from shared.kernel.errors import Refused
from shared.runtime.problems import problem

Json = dict[str, Any]

ASK, TOLD = "handOver", "handedOver"
RECEIPT = "123456789012"
SENT: Json = {
    "number": "WG-2026-0017",
    "area": AREA,
    "title": "北辰小区东门路灯不亮",
    "place": "北辰小区东门",
    "words": "晚上看不见路",
    "contact": "何女士 13900000000",
}
RECEIVED: Json = {
    "handover_id": ID,
    "number": SENT["number"],
    "receipt": RECEIPT,
    "same_as": None,
    "position": 4711,
    "href": f"/api/v1/handovers/{ID}",
}
TAKEN = problem(Refused("number-taken", number=SENT["number"], kept="城南路口红绿灯时间太短"))


def channels() -> Json:
    """Where it is asked, and what comes back to the inbox of whoever asked."""
    refused = {
        "type": "object",
        "required": ["status", "code"],
        "properties": {"status": {"type": "integer"}, "code": {"type": "string"}},
    }
    return {
        ASK: {
            "address": f"{HAND}.{{agency}}",
            "description": "Its steps are told on agency.{agency}.HandoverReceived and "
            "agency.{agency}.HandoverAdvanced, to every subscription of the agency.",
            "parameters": {"agency": {"description": "The id of the agency that hands over."}},
            "messages": {"HandOver": _message("HandOver", _schema(Handed, "validation"), SENT)},
        },
        TOLD: {
            "address": None,
            "messages": {
                "Receipt": _message(
                    "Receipt", _schema(HandoverReceipt, "serialization"), RECEIVED
                ),
                "Problem": _message("Problem", refused, TAKEN),
            },
        },
    }  # fmt: skip


def operations() -> Json:
    """A request and its reply: the same again for the same under the same number."""
    return {
        ASK: {
            "action": "receive",
            "channel": {"$ref": f"#/channels/{ASK}"},
            "summary": "An agency hands a matter over, under a number of its own",
            "messages": [{"$ref": f"#/channels/{ASK}/messages/HandOver"}],
            "reply": {
                "address": {"location": "$message.header#/reply-to"},
                "channel": {"$ref": f"#/channels/{TOLD}"},
                "messages": [
                    {"$ref": f"#/channels/{TOLD}/messages/{name}"}
                    for name in ("Receipt", "Problem")
                ],
            },
        }
    }


def _message(name: str, schema: Json, example: Json) -> Json:
    return {
        "name": name,
        "contentType": "application/json",
        "payload": schema,
        "examples": [{"payload": example}],
    }


def _schema(model: type[BaseModel], mode: Any) -> Json:
    told = model.model_json_schema(mode=mode)
    return {key: one for key, one in told.items() if key not in ("title", "description")}
