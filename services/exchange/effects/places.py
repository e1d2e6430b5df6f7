"""Where in the stream of public facts something stands."""

from base64 import b64decode
from datetime import datetime
from typing import Any

from nats.aio.client import Client

from services.exchange.effects.public import STREAM as PUBLIC
from shared.runtime import jetstream

SEQUENCE = b"ce-sequence:"
STEPS_MAX = 64
ANY = ">"


async def place_after(nats: Client, position: int) -> int:
    """The sequence of the first message that says a fact after this position of our own log.

    Positions grow along the stream, so it is found by halving; behind the last where there is none.
    """
    state = (await jetstream.request(nats, f"STREAM.INFO.{PUBLIC}"))["state"]
    low: int = max(1, state["first_seq"])
    high: int = state["last_seq"] + 1
    for _ in range(STEPS_MAX):
        if low >= high:
            break
        middle = (low + high) // 2
        found = await message(nats, middle)
        if found is None or position_of(found) > position:
            high = middle
        else:
            low = found["seq"] + 1
    return low


async def is_told(nats: Client, position: int) -> bool:
    """Whether the stream, which may just be told anew, has come to this position of our own log."""
    state = (await jetstream.request(nats, f"STREAM.INFO.{PUBLIC}"))["state"]
    last = await message(nats, state["last_seq"]) if state["messages"] else None
    return last is not None and position_of(last) >= position


async def message(nats: Client, sequence: int, subject: str = ANY) -> dict[str, Any] | None:
    """The first message at a sequence or after it whose subject fits; None without one."""
    asked = {"seq": sequence, "next_by_subj": subject}
    try:
        told = await jetstream.request(nats, f"STREAM.MSG.GET.{PUBLIC}", asked)
    except jetstream.Rejected as no:
        if no.code != jetstream.NO_MESSAGE:
            raise
        return None
    found: dict[str, Any] = told["message"]
    return found


def stored_at(found: dict[str, Any]) -> datetime:
    """When a message was stored: from then on the retention time runs."""
    return datetime.fromisoformat(found["time"])


def position_of(found: dict[str, Any]) -> int:
    """Of our own log, as the message says it; 0 where it says none."""
    for line in b64decode(found.get("hdrs", "")).splitlines():
        if line.lower().startswith(SEQUENCE):
            return int(line[len(SEQUENCE) :])
    return 0
