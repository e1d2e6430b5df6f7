"""What is asked of agencies and subscriptions: a form for each, and keys that are shown once."""

from base64 import b64encode
from hashlib import sha256
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.agencies.known import agency_of, subscription_of, user_of
from services.portal.edge.agencies.pages import OF_AGENCY, OF_SUBSCRIPTION, kinds_of
from services.portal.edge.agencies.placing import looks_around, tree
from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import Doing, command_id, do, send, show_form
from services.portal.edge.visit import Visit
from services.portal.pages.picking import Tree
from services.portal.words import AGENCY, OPERATOR
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Forbidden, Invalid, Missing, No
from shared.runtime.vault import Vault

SERVICE = "exchange"
MARK = "txagency_"
"""Every key of an agency begins like this, so that one that got out is easily found."""

SIGNING = "whsec_"
OLD_HOURS = (0, 24, 72, 168)


async def show_registering(visit: Visit) -> Response:
    """The form for another agency."""
    return show_form(visit, _registering(visit))


async def register(visit: Visit) -> Response:
    """Register it."""
    return await _do_or_look(visit, _registering(visit))


async def show_agency_form(visit: Visit) -> Response:
    """A form about an agency."""
    return show_form(visit, await _of_agency(visit))


async def act_on_agency(visit: Visit) -> Response:
    """Ask what the form says."""
    return await _do_or_look(visit, await _of_agency(visit))


async def show_subscription_form(visit: Visit) -> Response:
    """A form about a subscription."""
    return show_form(visit, await _of_subscription(visit))


async def act_on_subscription(visit: Visit) -> Response:
    """Ask what the form says."""
    return await do(visit, await _of_subscription(visit))


async def _do_or_look(visit: Visit, doing: Doing) -> Response:
    if doing.tree and looks_around(visit):
        return show_form(visit, doing, again=True)
    return await do(visit, doing)


async def show_key_form(visit: Visit) -> Response:
    """What a new key means, before there is one."""
    return await _key_page(visit)


async def issue_key(visit: Visit) -> Response:
    """Make a key, and for a webhook a secret, and show them this once.

    They follow from the form's own id and a key of the vault: sent twice, the same is shown.
    """
    row = await subscription_of(visit)
    subscription_id, form = UUID(row["subscription_id"]), command_id(visit)
    vault, webhook = visit.site.vault, row["channel"] == "webhook"
    try:
        key = MARK + await vault.token(subscription_id, f"key/{form}")
        secret = await webhook_secret(vault, subscription_id, form) if webhook else ""
        data = {
            "subscription_id": str(subscription_id),
            "key_sha256": sha256(key.encode()).hexdigest(),
            "secret": await vault.seal(subscription_id, secret) if webhook else "",
            "old_hours": _hours(visit),
        }
        await send(visit, SERVICE, "IssueCredentials", data)
    except Exception as error:
        return await _key_page(visit, as_no(error))
    return await _key_page(visit, key=key, secret=secret)


async def webhook_secret(vault: Vault, subscription_id: UUID, form: UUID) -> str:
    """What a webhook's messages are signed with, as Standard Webhooks writes it."""
    halves = [await vault.token(subscription_id, f"{n}/{form}") for n in (1, 2)]
    return SIGNING + b64encode("".join(halves).encode()).decode()


async def _key_page(
    visit: Visit, no: No | None = None, key: str = "", secret: str = ""
) -> Response:
    row = await subscription_of(visit)
    if visit.person.actor.role != AGENCY:
        raise Forbidden("wrong-role", role=visit.person.actor.role, needed=[AGENCY])
    return visit.page(
        "agencies/key.html",
        no.status if no else 200,
        row=row,
        user=user_of(row["subscription_id"]),
        key=key,
        secret=secret,
        hours=OLD_HOURS,
        command_id=command_id(visit),
        sentence=say(visit.site, no) if no else None,
    )


def _hours(visit: Visit) -> int:
    typed = visit.typed("old_hours") or "0"
    if typed not in map(str, OLD_HOURS):
        raise Invalid("malformed", field="old_hours")
    return int(typed)


def _registering(visit: Visit) -> Doing:
    actor, site = visit.person.actor, visit.site
    if actor.role != OPERATOR:
        raise Forbidden("wrong-role", role=actor.role, needed=[OPERATOR])
    return Doing(
        service=SERVICE,
        command="RegisterAgency",
        charter=site.charter(actor.area),
        back="/agencies",
        fixed={"agency_id": str(command_id(visit))},
        area=actor.area,
        tree=tree(visit, "area", actor.area, actor.area, many=False),
    )


async def _of_agency(visit: Visit) -> Doing:
    row, command = await agency_of(visit, visit.id("agency_id")), visit.path("command")
    if command not in {"AskSubscription"}.union(*OF_AGENCY.values()):
        raise Missing("no-such-page")
    fixed: dict[str, Any] = {"agency_id": row["agency_id"]}
    places: Tree | None = None
    words: dict[str, str] = {}
    if command == "AskSubscription":
        fixed["subscription_id"] = str(command_id(visit))
        places = tree(visit, "areas", EVERYWHERE, row["area"], many=True)
        channels = visit.site.pages.texts.agencies.channels
        ways = {one: channels[one] for one in channels.names()}
        words = kinds_of(visit) | ways
    return Doing(
        service=SERVICE,
        command=command,
        charter=visit.site.charter(row["area"]),
        back=f"/agencies/{row['agency_id']}",
        fixed=fixed,
        words=words,
        tree=places,
        title=row["name"],
        area=row["area"],
    )


async def _of_subscription(visit: Visit) -> Doing:
    row, command = await subscription_of(visit), visit.path("command")
    if command not in set[str]().union(*OF_SUBSCRIPTION.values()):
        raise Missing("no-such-page")
    return Doing(
        service=SERVICE,
        command=command,
        charter=visit.site.charter(row["area"]),
        back=f"/subscriptions/{row['subscription_id']}",
        fixed={"subscription_id": row["subscription_id"]},
        title=row["agency"],
        area=row["area"],
    )
