"""The life of an account (账号).

nothing ──open──▶ open ◀──┐
                   └──────┴── grant, revoke
"""

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from services.portal.domain.account.commands import (
    AccountCommand,
    GrantAppointment,
    OpenAccount,
    RevokeAppointment,
)
from services.portal.domain.account.events import (
    EVENTS,
    AccountEvent,
    AccountOpened,
    AppointmentGranted,
    AppointmentRevoked,
)
from services.portal.rules import PortalRules
from shared.kernel.decider import Claim, Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Nobody entered under this id yet."""


@dataclass(frozen=True)
class Open:
    """A person with any number of appointments."""

    login: str
    appointments: frozenset[UUID] = frozenset()


Account = Nothing | Open


def evolve(account: Account, event: AccountEvent) -> Account:
    """The account after one more fact."""
    match account, event:
        case Nothing(), AccountOpened() as e:
            return Open(login=e.login)
        case Open() as o, AppointmentGranted() as e:
            return replace(o, appointments=o.appointments | {e.appointment_id})
        case Open() as o, AppointmentRevoked() as e:
            return replace(o, appointments=o.appointments - {e.appointment_id})
        case _:
            return account


def decide(
    command: AccountCommand, account: Account, ctx: Context[PortalRules]
) -> list[AccountEvent]:
    """What may happen when."""
    match command, account:
        case OpenAccount() as c, Nothing():
            return [AccountOpened(account_id=c.account_id, login=c.login, name=c.name)]
        case OpenAccount() as c, Open() as o:
            return already_open(c, o)
        case GrantAppointment() as c, Open() as o:
            return grant(c, o, ctx)
        case RevokeAppointment() as c, Open() as o:
            return revoke(c, o)
        case _:
            raise Refused("not-now", command=type(command).__name__, account=type(account).__name__)


def already_open(command: OpenAccount, account: Open) -> list[AccountEvent]:
    """The same login is the same account, however the name was sealed this time."""
    if command.login != account.login:
        raise Refused("account-exists", login=account.login)
    return []


def grant(
    command: GrantAppointment, account: Open, ctx: Context[PortalRules]
) -> list[AccountEvent]:
    """Nobody grants beyond the own area. The same role, area and unit is the same appointment."""
    appointment_id = uuid5(command.account_id, f"{command.role}/{command.within}/{command.unit}")
    if appointment_id in account.appointments:
        return []
    if not ctx.contains(ctx.actor.area, command.within):
        raise Refused("beyond-own-area", area=command.within)

    return [
        AppointmentGranted(
            account_id=command.account_id,
            appointment_id=appointment_id,
            role=command.role,
            within=command.within,
            unit=command.unit,
        )
    ]


def revoke(command: RevokeAppointment, account: Open) -> list[AccountEvent]:
    """An appointment that is over, or never was, needs no ending."""
    if command.appointment_id not in account.appointments:
        return []

    return [
        AppointmentRevoked(account_id=command.account_id, appointment_id=command.appointment_id)
    ]


def claims(event: AccountEvent) -> list[Claim]:
    """A login belongs to one account."""
    return [("login", event.login)] if isinstance(event, AccountOpened) else []


ACCOUNT: Decider[Account, AccountCommand, AccountEvent, PortalRules] = Decider(
    category="account",
    commands=AccountCommand,
    events=EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    claims=claims,
)
