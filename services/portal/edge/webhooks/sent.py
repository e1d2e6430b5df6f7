"""What was sent to a webhook: all messages, or one with its attempts; a test, and once more."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import command_id
from services.portal.edge.visit import Visit, go_to
from services.portal.words import OPERATOR
from shared.kernel.errors import Missing, No
from shared.runtime import log

STATES = ("waiting", "taken", "given-up", "dropped")
TOLD = ("tried", "again")
TEST = "Test"

Row = Mapping[str, Any]


async def show_log(visit: Visit) -> Response:
    """How the webhook fares, and its messages, the newest first."""
    return await _log(visit, await _subscription(visit))


async def try_it(visit: Visit) -> Response:
    """Send a message that says nothing."""
    return await _do(visit, "TryWebhook", "tried")


async def send_again(visit: Visit) -> Response:
    """Send one message again, or all that were given up."""
    chosen = visit.typed("message_id")
    return await _do(visit, "RedeliverMessages", "again", message_id=chosen or None)


async def show_message(visit: Visit) -> Response:
    """One message, and what became of each attempt."""
    subscription = await _subscription(visit)
    message_id = str(visit.id("message_id"))
    rows = await _ask(visit, "hooks.Message", subscription, message_id=message_id)
    if not rows:
        raise Missing("no-such-page")
    return visit.page(
        "webhooks/message.html", subscription=subscription, one=rows[0], kind=_kind(visit)
    )


async def _log(visit: Visit, subscription: Row, no: No | None = None) -> Response:
    state = visit.query("state") if visit.query("state") in STATES else ""
    window = visit.window
    asked = {"state": state, "skipped": window["skipped"], "most": window["most"] + 1}
    fares = await _ask(visit, "hooks.State", subscription)
    messages = await _ask(visit, "hooks.Messages", subscription, **asked)
    return visit.page(
        "webhooks/log.html",
        no.status if no else 200,
        subscription=subscription,
        fares=fares[0] if fares else None,
        messages=messages[: window["most"]],
        more=len(messages) > window["most"],
        page=visit.page_number,
        state=state,
        states=STATES,
        kind=_kind(visit),
        told=visit.query("told") if visit.query("told") in TOLD else "",
        sentence=say(visit.site, no) if no else None,
    )


async def _do(visit: Visit, command: str, told: str, **data: Any) -> Response:
    subscription = await _subscription(visit)
    subscription_id = subscription["subscription_id"]
    try:
        await visit.site.asker.ask(
            "exchange", command, {"subscription_id": subscription_id, **data},
            visit.person.actor, command_id(visit), log.correlation(),
        )  # fmt: skip
    except Exception as error:
        return await _log(visit, subscription, as_no(error))
    return go_to(f"/subscriptions/{subscription_id}/sent?told={told}")


async def _subscription(visit: Visit) -> Row:
    """The webhook of the address, for its agency and for operators of where the agency sits."""
    me, asked = visit.person.actor, {"subscription_id": str(visit.id("subscription_id"))}
    answer = await visit.site.asker.question(
        "exchange", "SubscriptionById", asked, me, log.correlation()
    )
    for row in answer["rows"]:
        ours = me.unit == row["agency"] or (
            me.role == OPERATOR and visit.site.areas.contains(me.area, row["area"])
        )
        if ours and row["channel"] == "webhook":
            found: Row = row
            return found
    raise Missing("no-such-page")


def _kind(visit: Visit) -> Callable[[str], str]:
    """What a kind of message is called: as the fact that it tells."""
    facts, test = visit.site.catalogue.facts, str(visit.site.pages.texts.webhooks.test)
    return lambda name: test if name == TEST else str(facts.get(name, {}).get("label", name))


async def _ask(visit: Visit, name: str, subscription: Row, **asked: Any) -> Sequence[Row]:
    data = {"subscription_id": subscription["subscription_id"], **asked}
    answer = await visit.site.asker.question(
        "exchange", name, data, visit.person.actor, log.correlation()
    )
    rows: Sequence[Row] = answer["rows"]
    return rows
