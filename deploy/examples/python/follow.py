"""Follow public facts: fetch, write down, acknowledge. Started again, it goes on where it was.

python follow.py FILE      one JSON line a fact; ends when nothing has come for ten seconds
"""

import asyncio
import json
import os
import ssl
import sys
from pathlib import Path
from typing import Any

import nats
from nats.aio.client import Client

STREAM = "PUBLIC"
CONNECT_S = 10
BATCH, IDLE_S = 50, float(os.environ.get("IDLE_S", "10"))


def over_tls(file: str) -> dict[str, Any]:
    """Trust nobody but whom the file vouches for, and say nothing before that is seen."""
    if not file:
        return {}
    return {"tls": ssl.create_default_context(cafile=file), "tls_handshake_first": True}


async def connected(user: str) -> Client:
    """The way in. Ends the program, with the reason, where there is none."""
    complaints: list[str] = []

    async def heard(error: Exception) -> None:
        complaints.append(str(error))

    coming = nats.connect(
        os.environ["TONGXIN_NATS"],
        user=user,
        password=os.environ["TONGXIN_KEY"],
        inbox_prefix=f"_INBOX_{user}",
        error_cb=heard,
        **over_tls(os.environ.get("TONGXIN_CA", "")),
    )
    try:
        return await asyncio.wait_for(coming, CONNECT_S)  # It would try for minutes.
    except TimeoutError:
        sys.exit(f"not let in: {'; '.join(dict.fromkeys(complaints)) or 'no answer'}")


async def follow(file: Path) -> None:
    """Append what comes to the file, and leave out what stands there already."""
    user = os.environ["TONGXIN_USER"]
    client = await connected(user)
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    known = {json.loads(line)["id"] for line in lines}
    consumer = await client.jetstream().pull_subscribe_bind(user, STREAM)
    with file.open("a", encoding="utf-8") as out:
        while True:
            try:
                messages = await consumer.fetch(BATCH, timeout=IDLE_S)
            except TimeoutError:
                break
            for message in messages:
                told = message.headers or {}
                if told["ce-id"] not in known:
                    fact = {
                        "id": told["ce-id"],
                        "sequence": told["ce-sequence"],
                        "type": told["ce-type"],
                        "area": told["ce-area"],
                        "data": json.loads(message.data),
                    }
                    out.write(json.dumps(fact, ensure_ascii=False) + "\n")
                    out.flush()
                    known.add(told["ce-id"])
                await message.ack()
    await client.close()


if __name__ == "__main__":
    asyncio.run(follow(Path(sys.argv[1])))
