"""What blocks of documents may ask for by `given=…`: prepared once, told by the environment."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import uuid4

from tests.exchange.connected import asking, connected, seen
from tests.exchange.test_handing_over import CLERK, ask, let_in, matter, step_of
from tests.portal.conftest import PASSWORD, Portal

Given = Callable[[Portal], Awaitable[Mapping[str, str]]]


async def login(_portal: Portal) -> Mapping[str, str]:
    """`LOGIN` and `PASSWORD` of a member of staff of 邻水县."""
    return {"LOGIN": "cppcc", "PASSWORD": PASSWORD}


async def agency(portal: Portal) -> Mapping[str, str]:
    """`TONGXIN_KEY` of an agency that was handed an appeal which it did not confirm yet."""
    async with asking(portal.servers) as asker:
        taker, giver = [await let_in(await connected(asker), portal.url) for _ in range(2)]
        answer = await ask(giver, portal.url, "POST", "/handovers", json=matter(personal=True))
        lead_id = answer.json()["handover_id"]
        await step_of(giver, portal.url, lead_id, "accepted")
        moved = {"lead_id": lead_id, "to_unit": taker.name, "reason": "只涉及一户"}
        await asker.ask("topics", "TransferAppeal", moved, CLERK, uuid4(), uuid4())

    async def given() -> list[object]:
        items: list[object] = (await ask(taker, portal.url, "GET", "/dispatches")).json()["items"]
        return items

    await seen(given)
    return {"TONGXIN_KEY": taker.key}


GIVEN: Mapping[str, Given] = {"login": login, "agency": agency}
