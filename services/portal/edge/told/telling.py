"""How I want to be told, whom I follow, and for staff: who was told what, when and how."""

import re
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.following import ask, question, seen
from services.portal.edge.matters.matter import find
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.notices import notice
from shared.kernel.errors import Invalid, No, Unavailable

KINDS = ("task", "clock", "progress")
WHEN = ("at-once", "daily", "weekly")
ADDRESSES = {
    "email": re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,255}"),
    "sms": re.compile(r"1\d{10}"),
    "wecom": re.compile(r"1\d{10}"),
    "dingtalk": re.compile(r"1\d{10}"),
}
STATES = (
    "NoticeSent", "NoticeRead", "DeliveryPlanned", "DeliveryBegun", "NoticeDelivered",
    "DeliveryFailed", "DeliveryGivenUp",
)  # fmt: skip


async def show_settings(visit: Visit) -> Response:
    """What I chose, and where I am reached."""
    return await _settings(visit)


async def save_settings(visit: Visit) -> Response:
    """Take every address and choice of the form; what stayed the same says nothing."""
    try:
        for channel, shape in ADDRESSES.items():
            await _save_address(visit, channel, shape)
        answer = await ask(visit, "ChooseChannels", wishes=_wishes(visit))
    except Exception as error:
        return await _settings(visit, as_no(error))
    return go_to(f"/notice-settings?told=saved&after=notify:{answer['position']}")


async def try_channel(visit: Visit) -> Response:
    """Send myself a message."""
    try:
        await ask(visit, "TryChannel", channel=visit.typed("channel"))
    except Exception as error:
        return await _settings(visit, as_no(error))
    return go_to("/notice-settings?told=tried")


async def follow(visit: Visit) -> Response:
    """Be told of a matter from now on, or no more."""
    row = await find(visit.site.matters, visit.id("matter_id"))
    visit.person.must_see(row["area"])
    leaves = bool(visit.typed("leave"))
    command = "UnfollowMatter" if leaves else "FollowMatter"
    await ask(visit, command, topic_id=str(row["matter_id"]))
    await seen(visit, row["matter_id"], followed=not leaves)
    return go_to(f"/matters/{row['matter_id']}")


async def show_ledger(visit: Visit) -> Response:
    """Who in my area was told what, when, how, and what became of it."""
    site, area = visit.site, visit.person.actor.area
    page, window = visit.page_number, visit.window
    channel, state = visit.query("channel"), visit.query("state")
    asked = {"area": area, "channel": channel, "state": state}
    rows = await question(visit, "LedgerOfArea", {**asked, **window, "most": window["most"] + 1})
    teller = site.teller(site.charter(area))
    lines = [
        {**row, "sentence": notice({**row, "sent_at": row["planned_at"], "read_at": None},
                                   site.pages.texts, teller).sentence}
        for row in rows[: window["most"]]
    ]  # fmt: skip
    return visit.page(
        "told.html",
        lines=lines,
        names=await site.names({row["account"] for row in lines}),
        page=page,
        more=len(rows) > window["most"],
        channel=channel,
        state=state,
        channels=("inbox", *ADDRESSES),
        states=STATES,
    )


async def _settings(visit: Visit, no: No | None = None) -> Response:
    site, me = visit.site, visit.person.actor
    mine: dict[str, Any] = {"wishes": None, "addresses": {}}
    away = False
    try:
        rows = await question(visit, "SubscriptionOf", {"reader": me.id})
        mine = rows[0] if rows else mine
    except Unavailable:
        away = True
    wishes = mine["wishes"] or {"channels": {}, **site.charter(me.area).table("notify")["wishes"]}
    clear = await site.vault.unseal(mine["addresses"].values())
    before = {name: clear.get(mine["addresses"].get(name, "")) or "" for name in ADDRESSES}
    typed = {name: visit.typed(f"to.{name}") for name in ADDRESSES if f"to.{name}" in visit.filled}
    if typed:
        wishes = _wishes(visit)
    return visit.page(
        "telling.html",
        no.status if no else 200,
        away=away,
        own=mine["wishes"] is not None,
        wishes=wishes,
        addresses=before | typed,
        before=before,
        kinds=KINDS,
        whens=WHEN,
        told=visit.query("told") if visit.query("told") in ("saved", "tried") else "",
        sentence=say(site, no) if no else None,
    )


async def _save_address(visit: Visit, channel: str, shape: re.Pattern[str]) -> None:
    typed, before = visit.typed(f"to.{channel}"), visit.typed(f"was.{channel}")
    if typed == before:
        return
    if not typed:
        await ask(visit, "RemoveAddress", channel=channel)
        return
    if not shape.fullmatch(typed):
        raise Invalid("wrong-address", channel=channel)
    sealed = await visit.site.vault.seal(UUID(visit.person.actor.id), typed)
    await ask(visit, "GiveAddress", channel=channel, address=sealed)


def _wishes(visit: Visit) -> dict[str, Any]:
    quiet = {"since": visit.typed("quiet.since"), "until": visit.typed("quiet.until")}
    ticked = {
        kind: [one for one in ADDRESSES if visit.typed(f"{kind}.{one}") == "yes"] for kind in KINDS
    }
    return {
        "channels": ticked,
        "when": {kind: visit.typed(f"{kind}.when") for kind in KINDS},
        "digest_at": visit.typed("digest_at"),
        "quiet": quiet if all(quiet.values()) else None,
    }
