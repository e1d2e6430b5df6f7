"""Appointments have terms, and may be lent for some days; a deputy acts under the own name."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid5

import httpx
import pytest
from pydantic import ValidationError

from services.portal.domain import DECIDERS
from services.portal.domain.account.commands import (
    AppointDeputy,
    GrantAppointment,
    RevokeAppointment,
)
from services.portal.domain.account.events import (
    AccountOpened,
    AppointmentGranted,
    AppointmentRevoked,
)
from services.portal.edge.people.newcomers import account_of
from services.portal.projections.people import PEOPLE
from shared.runtime import clock
from tests.portal.conftest import COUNTY, Portal
from tests.portal.test_account import OPENED, account, operator
from tests.portal.test_pages import csrf_of, log_in
from tests.servers import Postgres
from tests.spec import Actor, by
from tests.views import Said, filled, history

LIN, WANG = account_of("lin"), account_of("wang")
OFFICE = uuid5(WANG, "clerk")
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
DEPUTY = AppointDeputy(
    account_id=LIN, of_account=WANG, of_appointment=OFFICE, role="clerk", within=COUNTY,
    since=FIRST, until=LAST,
)  # fmt: skip
LENT = AppointmentGranted(
    **DEPUTY.model_dump(exclude={"of_account"}), deputy_for=WANG,
    appointment_id=uuid5(LIN, f"deputy/{OFFICE}"),
)  # fmt: skip
HOLDER = by(str(WANG), "clerk", COUNTY)
END = RevokeAppointment(account_id=LIN, appointment_id=LENT.appointment_id)
ENDED = AppointmentRevoked(account_id=LIN, appointment_id=LENT.appointment_id)


def granted(person: UUID, appointment: UUID, **term: date | UUID | None) -> Said:
    """Somebody is appointed, in a term or in somebody's stead."""
    free = dict.fromkeys(("since", "until", "deputy_for", "of_appointment"))
    return ("portal", person, AppointmentGranted(
        account_id=person, appointment_id=appointment, role="clerk", within=COUNTY, unit="",
        **free | term,
    ))  # fmt: skip


def test_the_holder_lends_the_own_appointment_for_some_days() -> None:
    account.given(OPENED).when(DEPUTY, HOLDER).then(LENT)
    account.given(OPENED, LENT).when(DEPUTY, HOLDER).then_nothing()


def test_an_operator_lends_for_those_who_cannot() -> None:
    account.given(OPENED).when(DEPUTY, operator).then(LENT)


@pytest.mark.parametrize(
    "who",
    [by("somebody", "clerk", COUNTY), by(str(WANG), "convenor", COUNTY)],
    ids=["another person", "another office"],
)
def test_nobody_lends_what_they_do_not_hold(who: Actor) -> None:
    account.given(OPENED).when(DEPUTY, who).then_refused("not-yours-to-lend")


def test_nobody_is_the_own_deputy() -> None:
    oneself = DEPUTY.model_copy(update={"account_id": WANG})
    account.given(OPENED).when(oneself, HOLDER).then_refused("own-deputy")


@pytest.mark.parametrize("until", [FIRST - timedelta(days=1), FIRST + timedelta(days=366)])
def test_a_deputy_acts_for_a_year_at_most(until: date) -> None:
    long = DEPUTY.model_copy(update={"until": until})
    account.given(OPENED).when(long, HOLDER).then_refused("deputy-term", days_max=366)


def test_who_lent_it_ends_it() -> None:
    account.given(OPENED, LENT).when(END, HOLDER).then(ENDED)
    account.given(OPENED, LENT).when(END, by("somebody", "clerk", COUNTY)).then_refused(
        "not-yours-to-end"
    )


def test_an_appointment_granted_again_has_another_term() -> None:
    short = GrantAppointment(account_id=LIN, role="clerk", within=COUNTY, until=LAST)
    (first,) = account.given(OPENED).when(short, operator).said
    longer = short.model_copy(update={"until": LAST + timedelta(days=30)})
    (second,) = account.given(OPENED, first).when(longer, operator).said
    assert first.appointment_id == second.appointment_id
    assert longer.until == second.until


def test_a_term_begins_before_it_ends() -> None:
    with pytest.raises(ValidationError, match="before it ends"):
        GrantAppointment(account_id=LIN, role="clerk", within=COUNTY, since=LAST, until=FIRST)


@pytest.mark.servers
@pytest.mark.parametrize(
    ("day", "holds"),
    [(FIRST - timedelta(days=1), False), (FIRST, True), (LAST, True),
     (LAST + timedelta(days=1), False)],
)  # fmt: skip
async def test_a_term_counts_from_its_first_to_its_last_day(
    pg: Postgres, day: date, holds: bool
) -> None:
    said = [granted(LIN, OFFICE, since=FIRST, until=LAST)]
    async with history(pg, said) as dsn, filled(dsn, "portal", PEOPLE, DECIDERS) as people:
        assert holds == bool(await people.ask("held by", account_id=LIN, today=day))


@pytest.mark.servers
async def test_what_is_lent_ends_with_what_it_was_lent_of(pg: Postgres) -> None:
    opened = ("portal", LIN, AccountOpened(account_id=LIN, login="lin", name="sealed"))
    lent = ("portal", LIN, LENT)
    over = ("portal", WANG, AppointmentRevoked(account_id=WANG, appointment_id=OFFICE))
    passed_on = granted(
        account_of("hu"), uuid5(LIN, "again"), deputy_for=LIN, of_appointment=LENT.appointment_id
    )
    said = [opened, granted(WANG, OFFICE), lent, passed_on]
    async with history(pg, said) as dsn, filled(dsn, "portal", PEOPLE, DECIDERS) as people:
        (held,) = await people.ask("held by", account_id=LIN, today=FIRST)
        assert [] == await people.ask("held by", account_id=account_of("hu"), today=FIRST)
        assert 2 == len(await people.ask("all held", today=FIRST))
    assert WANG == held["deputy_for"]
    async with (
        history(pg, [*said, over]) as dsn,
        filled(dsn, "portal", PEOPLE, DECIDERS) as people,
    ):
        assert [] == await people.ask("held by", account_id=LIN, today=FIRST)


@pytest.mark.servers
async def test_a_clerk_lends_the_desk_from_a_page_and_takes_it_back(portal: Portal) -> None:
    async with portal.client() as clerk, portal.client() as member:
        await log_in(clerk, "clerk")
        page = await clerk.get("/deputies")
        today = clock.today()
        form = {"csrf": csrf_of(page), "login": "member", "since": today.isoformat()}
        late = await clerk.post("/deputies", data=form | {"until": "2001-01-01"})
        assert (409, True) == (late.status_code, "起止日期不对" in late.text)
        lent = await clerk.post("/deputies", data=form | {"until": today.isoformat()})
        shown = await clerk.get(lent.headers["location"])
        assert "结束代理" in shown.text

        await log_in(member, "member")
        assert "代理" in (await member.get("/matters")).text

        ended = await clerk.post("/deputies/end", data=_hidden(shown))
        gone = await clerk.get(ended.headers["location"])
        assert "结束代理" not in gone.text


def _hidden(page: httpx.Response) -> dict[str, str]:
    fields = re.findall(r'name="(csrf|account_id|appointment_id)" value="([^"]+)"', page.text)
    return dict(fields)
