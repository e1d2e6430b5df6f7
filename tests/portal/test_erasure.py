"""Erasures: asked for, decided by somebody else, carried out once and for ever."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID, uuid4, uuid5

import asyncpg
import pytest

from services.portal.domain import DECIDERS
from services.portal.domain.account.commands import CloseAccount, OpenAccount
from services.portal.domain.account.events import AccountClosed
from services.portal.domain.erasure.commands import ApproveErasure, RefuseErasure, RequestErasure
from services.portal.domain.erasure.decide import ERASURE
from services.portal.edge.door import Door
from services.portal.edge.people.erasing import Eraser
from services.portal.edge.tables import make_tables
from services.portal.heard.erasures import ErasureRefused, SubjectErased
from services.portal.policies import close_the_account, close_the_locked_account
from services.portal.projections.erasures import ERASURES
from services.portal.projections.people import PEOPLE
from shared.kernel.errors import Refused
from shared.runtime.vault import Vault
from tests.portal.erasures import ERASURE_ID, LAW, MORE, SUBJECT, erased, refused, requested
from tests.portal.test_account import CONVENOR, GRANTED, LIN, OPENED, REVOKED, RULES, account
from tests.servers import Postgres
from tests.spec import Spec, by
from tests.views import Said, filled, history, keeps_the_law

COUNTY = "511623000000"

erasure = Spec(ERASURE, RULES)
cheng, zhong = by("cheng", "cppcc", COUNTY), by("zhong", "operator", COUNTY)

request = RequestErasure(
    erasure_id=ERASURE_ID, area=COUNTY, of="lead", subject_id=SUBJECT, keys=(SUBJECT,),
    applicant="data-subject", ground="consent-withdrawn", received="by-letter",
    received_on=date(2026, 3, 1),
)  # fmt: skip
wider = request.model_copy(update={"keys": (MORE, SUBJECT)})
approve = ApproveErasure(erasure_id=ERASURE_ID)
refuse = RefuseErasure(erasure_id=ERASURE_ID, because="kept-by-law", law=LAW)


def test_an_erasure_is_asked_for_once() -> None:
    erasure.given().when(request, cheng).then(requested())
    erasure.given(requested()).when(request, zhong).then_nothing()


def test_what_was_sealed_since_widens_the_request() -> None:
    both = requested(SUBJECT, MORE)
    erasure.given(requested()).when(wider, cheng).then(both)
    erasure.given(both).when(request, cheng).then_nothing()


def test_a_subject_has_one_erasure() -> None:
    other = request.model_copy(update={"erasure_id": uuid4()})
    erasure.given().when(other, cheng).then_refused("not-its-erasure", subject_id=SUBJECT)


def test_no_request_came_on_a_day_to_come() -> None:
    late = request.model_copy(update={"received_on": date(2026, 3, 3)})
    erasure.given().when(late, cheng).then_refused("day-to-come", day=date(2026, 3, 3))


def test_somebody_else_approves() -> None:
    erasure.given(requested()).when(approve, zhong).then(erased())
    erasure.given(requested()).when(approve, cheng).then_refused("own-request")


def test_somebody_else_refuses() -> None:
    erasure.given(requested()).when(refuse, zhong).then(refused())
    erasure.given(requested()).when(refuse, cheng).then_refused("own-request")


def test_without_a_ground_nothing_is_locked() -> None:
    unfounded = refuse.model_copy(update={"because": "no-ground"})
    erasure.given(requested()).when(unfounded, zhong).then(refused("no-ground"))


def test_what_is_erased_stays_erased() -> None:
    past = requested(), erased()
    erasure.given(*past).when(approve, cheng).then_nothing()
    erasure.given(*past).when(request, cheng).then_nothing()
    erasure.given(*past).when(refuse, zhong).then_refused(
        "not-now", command="RefuseErasure", erasure="Erased"
    )


def test_what_was_sealed_after_an_erasure_can_be_asked_for_and_what_was_refused_again() -> None:
    erasure.given(requested(), erased()).when(wider, cheng).then(requested(SUBJECT, MORE))
    erasure.given(requested(), refused()).when(request, cheng).then(requested())


def test_nothing_is_decided_that_nobody_asked_for() -> None:
    for command in (approve, refuse):
        erasure.given().when(command, zhong).then_refused(
            "not-now", command=type(command).__name__, erasure="Nothing"
        )


def test_a_closed_account_holds_no_office_and_is_not_opened_again() -> None:
    close, closed = CloseAccount(account_id=LIN), AccountClosed(account_id=LIN)
    account.given(OPENED, GRANTED).when(close).then(REVOKED, closed)
    account.given(OPENED, closed).when(close).then_nothing()
    again = OpenAccount(account_id=LIN, area=COUNTY, login="lin", name="sealed")
    account.given(OPENED, closed).when(again).then_refused(
        "not-now", command="OpenAccount", account="Shut"
    )


def test_only_the_account_of_who_is_erased_or_locked_is_closed() -> None:
    close = CloseAccount(account_id=SUBJECT)
    assert close == close_the_account(SubjectErased(of="account", subject_id=SUBJECT))
    assert close_the_account(SubjectErased(of="lead", subject_id=SUBJECT)) is None
    kept = ErasureRefused(of="account", subject_id=SUBJECT, locked=True)
    assert close == close_the_locked_account(kept)
    free = kept.model_copy(update={"locked": False})
    assert close_the_locked_account(free) is None


WORDS = "我家住在田家坝 3 组"
ITS_OWN = uuid5(LIN, "erasure")
OF_LIN = {"of": "account", "subject_id": LIN, "erasure_id": ITS_OWN}
HISTORY: list[Said] = [
    ("portal", LIN, OPENED),
    ("portal", LIN, GRANTED),
    ("portal", ERASURE_ID, requested()),
    ("portal", ERASURE_ID, requested(SUBJECT, MORE)),
    ("portal", ERASURE_ID, refused()),
    ("portal", ITS_OWN, requested(LIN).model_copy(update=OF_LIN)),
    ("portal", ITS_OWN, erased(LIN, **OF_LIN)),
    ("portal", LIN, REVOKED),
    ("portal", LIN, AccountClosed(account_id=LIN)),
]


@pytest.fixture
async def told(pg: Postgres) -> AsyncIterator[str]:
    """A database in whose log one subject was locked, and an account erased."""
    async with history(pg, HISTORY) as dsn:
        yield dsn


@pytest.mark.servers
@pytest.mark.parametrize("projection", [ERASURES, PEOPLE], ids=lambda one: one.name)
async def test_erasures_keep_the_law_of_views(told: str, projection: object) -> None:
    await keeps_the_law(told, "portal", projection, DECIDERS)  # type: ignore[arg-type]


@pytest.mark.servers
async def test_of_who_is_erased_the_view_of_people_keeps_an_id_and_nothing_else(told: str) -> None:
    async with filled(told, "portal", PEOPLE, DECIDERS) as people:
        (row,) = await people.ask("named", account_ids=[LIN])
        assert ("", "", True) == (row["login"], row["name"], row["closed"])
        assert [] == await people.ask("held by", account_id=LIN, today=date(2026, 3, 2))
        assert CONVENOR in {one["appointment_id"] for one in await _all(people.pool)}


async def _all(pool: asyncpg.Pool) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = await pool.fetch(
        'SELECT appointment_id FROM "portal__people".appointments'
    )
    return rows


@pytest.mark.servers
async def test_what_was_decided_is_carried_out_and_again_after_a_start(told: str) -> None:
    async with (
        asyncpg.create_pool(told, min_size=0) as pool,
        filled(told, "portal", ERASURES, DECIDERS) as erasures,
    ):
        await make_tables(pool)
        vault, door = Vault(pool), Door(pool)
        of_lin, of_subject, other = [
            await vault.seal(one, WORDS) for one in (LIN, SUBJECT, uuid4())
        ]
        await door.set_password(LIN, "lin", "correct-horse-7")
        session = await door.enter("lin", "correct-horse-7")
        await Eraser(erasures, vault, door).catch_up()

        assert {of_lin: None, other: WORDS} == await vault.unseal([of_lin, of_subject, other])
        assert await door.session(session) is None
        with pytest.raises(Refused, match="wrong-password"):
            await door.enter("lin", "correct-horse-7")
        with pytest.raises(Refused, match="subject-locked"):
            await vault.seal(SUBJECT, WORDS)
        with pytest.raises(Refused, match="forgotten"):
            await vault.seal(LIN, WORDS)

        await _restore(pool, LIN)
        assert None is not (await vault.unseal([await vault.seal(LIN, WORDS)])).popitem()[1]
        await Eraser(erasures, vault, door).catch_up()
        with pytest.raises(Refused, match="forgotten"):
            await vault.seal(LIN, WORDS)


async def _restore(pool: asyncpg.Pool, person: UUID) -> None:
    """An old backup of the vault is put in place."""
    await pool.execute("DELETE FROM vault.keys WHERE person = $1", person)
