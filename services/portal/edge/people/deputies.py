"""Who acts in my stead, for which days: lent by the holder, ended at any time."""

from collections import defaultdict
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.people import newcomers
from services.portal.edge.visit import Visit, go_to
from services.portal.edge.who import Appointment
from shared.kernel.errors import Forbidden, Invalid, No
from shared.runtime import clock
from shared.runtime.asker import Answer

PAGE = "/deputies"


async def show_deputies(visit: Visit) -> Response:
    """Whom I have lent my appointments to, and a form to lend the present one."""
    return await _page(visit)


async def appoint_deputy(visit: Visit) -> Response:
    """Lend the present appointment. A deputy does not pass on what is not the own."""
    held = _own(visit)
    data = {
        "account_id": str(newcomers.account_of(visit.typed("login").lower())),
        "of_account": str(visit.person.account_id),
        "of_appointment": str(held.appointment_id),
        "role": held.role,
        "within": held.area,
        "unit": held.unit,
        "since": visit.typed("since"),
        "until": visit.typed("until"),
    }
    try:
        return _done(
            await newcomers.ask(visit.site.asker, visit.person.actor, "AppointDeputy", data)
        )
    except Exception as error:
        return await _page(visit, as_no(error))


async def end_deputy(visit: Visit) -> Response:
    """From now on nobody acts in my stead there."""
    try:
        account, appointment = UUID(visit.typed("account_id")), UUID(visit.typed("appointment_id"))
    except ValueError as error:
        raise Invalid("malformed", reason=str(error)) from error
    actor = visit.person.actor
    return _done(await newcomers.revoke(visit.site.asker, actor, account, appointment))


async def _page(visit: Visit, no: No | None = None) -> Response:
    site, today = visit.site, clock.today()
    behind = await visit.behind(site.people)
    rows = await site.people.ask("lent by", account_id=visit.person.account_id, today=today)
    names = await site.vault.unseal(row["name"] for row in rows)
    titles = site.pages.texts.deputies
    return visit.page(
        "deputies.html",
        no.status if no else 200,
        behind=behind,
        current=visit.person.current,
        lent=[{**row, "name": names.get(row["name"])} for row in rows],
        today=today,
        typed=defaultdict(str, visit.filled),
        sentence=say(site, no, {name: titles[name] for name in ("since", "until")}) if no else None,
    )


def _own(visit: Visit) -> Appointment:
    """The present appointment. Raises Forbidden where it is lent itself."""
    actor, held = visit.person.actor, visit.person.current
    assert held
    if held.deputy_for is not None:
        raise Forbidden("not-yours-to-lend", role=actor.role)
    return held


def _done(answer: Answer) -> Response:
    return go_to(f"{PAGE}?after=portal:{answer['position']}")
