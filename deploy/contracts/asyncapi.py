"""The AsyncAPI 3 document: where which facts are told, and how an agency takes them."""

from collections.abc import Mapping
from typing import Any

from deploy.contracts import handing
from deploy.contracts.facts import attributes, body
from services.exchange.effects.hooks.messages import TEST
from services.exchange.effects.public import TOLD

Json = dict[str, Any]

PLACES = ("province", "city", "county", "town", "village")
DIGITS = {"province": 2, "city": 2, "county": 2, "town": 3, "village": 3}
TAKEN = "$JS.API.CONSUMER.MSG.NEXT.PUBLIC.{consumer}"
ACKNOWLEDGED = "$JS.ACK.PUBLIC.{consumer}.{delivery}"
CONSUMER = {"consumer": {"description": "The durable consumer of the subscription."}}


def document(version: str, schemas: Mapping[str, Json]) -> Json:
    """The whole document; schemas are those of the files beside it."""
    names = list(schemas)
    kept = [name for name in names if _fact(name) != TEST]
    channels = {_fact(name): _channel(name) for name in names}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Tongxin public facts 同心公开事实",
            "version": version,
            "description": "What of the consultation work of counties is for everybody, as "
            "CloudEvents 1.0. Rules of change: /contracts.",
        },
        "defaultContentType": "application/json",
        "servers": {"platform": _server()},
        "channels": {
            **channels,
            "take": _take(),
            "taken": _taken(kept),
            "acknowledge": _ack(),
            **handing.channels(),
        },
        "operations": {f"tell{_fact(name)}": _tell(name) for name in names}
        | {"take": _taking(kept), "acknowledge": _acknowledging(), **handing.operations()},
        "components": {
            "messages": {_fact(name): _message(name, schemas[name]) for name in names},
            "securitySchemes": {
                "password": {
                    "type": "userPassword",
                    "description": "The user and password shown once when a subscription is made.",
                }
            },
        },
    }


def _fact(name: str) -> str:
    """'MeetingHeld', and 'MeetingHeldV2' for later versions."""
    fact, _, version = name.partition(".v")
    return fact if version == "1" else f"{fact}V{version}"


def _server() -> Json:
    return {
        "host": "{host}:{port}",
        "protocol": "nats",
        "description": "NATS with JetStream. All facts lie in the stream PUBLIC.",
        "variables": {"host": {"default": "localhost"}, "port": {"default": "4222"}},
        "security": [{"$ref": "#/components/securitySchemes/password"}],
    }


def _channel(name: str) -> Json:
    fact = name.partition(".")[0]
    if fact == TEST:
        return {
            "address": None,
            "description": "Webhooks only: posted, structured, when somebody tries one.",
            "messages": {_fact(name): {"$ref": f"#/components/messages/{_fact(name)}"}},
        }
    if fact in TOLD:
        return {
            "address": f"agency.{{agency}}.{fact}",
            "parameters": {"agency": {"description": "The id of the one agency that is told."}},
            "messages": {_fact(name): {"$ref": f"#/components/messages/{_fact(name)}"}},
        }
    places = ".".join(f"{{{place}}}" for place in PLACES)
    return {
        "address": f"public.{places}.{fact}",
        "parameters": {
            place: {"description": f"{DIGITS[place]} digits of the area; zeros above its level"}
            for place in PLACES
        },
        "messages": {_fact(name): {"$ref": f"#/components/messages/{_fact(name)}"}},
    }


def _tell(name: str) -> Json:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{_fact(name)}"},
        "summary": f"Tells {_fact(name)} once, in the order of ce-sequence"
        if _fact(name) != TEST
        else "Sends a message that says nothing, to see whether it is taken",
    }


def _take() -> Json:
    asked = {
        "name": "Take",
        "contentType": "application/json",
        "payload": {
            "type": "object",
            "properties": {
                "batch": {"type": "integer", "minimum": 1},
                "expires": {"type": "integer", "description": "nanoseconds"},
            },
        },
        "examples": [{"payload": {"batch": 100, "expires": 5_000_000_000}}],
    }
    return {"address": TAKEN, "parameters": CONSUMER, "messages": {"Take": asked}}


def _taken(names: list[str]) -> Json:
    facts = {_fact(name): {"$ref": f"#/components/messages/{_fact(name)}"} for name in names}
    return {"address": None, "messages": facts}


def _taking(names: list[str]) -> Json:
    return {
        "action": "receive",
        "channel": {"$ref": "#/channels/take"},
        "summary": "An agency asks for the next facts of its subscription",
        "messages": [{"$ref": "#/channels/take/messages/Take"}],
        "reply": {
            "address": {"location": "$message.header#/reply-to"},
            "channel": {"$ref": "#/channels/taken"},
            "messages": [{"$ref": f"#/channels/taken/messages/{_fact(name)}"} for name in names],
        },
    }


def _ack() -> Json:
    told = {
        "name": "Acknowledge",
        "contentType": "text/plain",
        "payload": {"type": "string", "enum": ["+ACK", "-NAK", "+WPI"]},
        "examples": [{"payload": "+ACK"}],
    }
    named = {**CONSUMER, "delivery": {"description": "As in the reply subject of the fact."}}
    return {"address": ACKNOWLEDGED, "parameters": named, "messages": {"Acknowledge": told}}


def _acknowledging() -> Json:
    return {
        "action": "receive",
        "channel": {"$ref": "#/channels/acknowledge"},
        "summary": "An agency says that it has a fact; what it does not say so of comes again",
    }


def _message(name: str, schema: Json) -> Json:
    given = {f"ce-{key}": value for key, value in attributes(name).items()}
    headers = {**given, "content-type": "application/json"}
    return {
        "name": _fact(name),
        "title": schema["title"],
        "summary": schema["description"],
        "contentType": "application/json",
        "headers": {
            "type": "object",
            "required": list(headers),
            "properties": {
                key: {"const": value} if _is_fixed(key) else {"type": "string"}
                for key, value in headers.items()
            },
        },
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"schemas/{name}.json"},
        },
        **_correlated(given),
        "examples": [{"headers": headers, "payload": body(name, schema)}],
    }


def _correlated(headers: Json) -> Json:
    name = "ce-correlationid"
    return {"correlationId": {"location": f"$message.header#/{name}"}} if name in headers else {}


def _is_fixed(key: str) -> bool:
    return key in ("ce-specversion", "ce-type", "ce-dataschema", "content-type")
