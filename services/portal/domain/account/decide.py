"""The life of an account (账号).

nothing ──open──▶ open ◀──┐ ──close──▶ closed
                   └──────┴── grant, deputise, revoke, make and revoke tokens
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from services.portal.domain.account.commands import (
    AccountCommand,
    AppointDeputy,
    CloseAccount,
    GrantAppointment,
    MakeToken,
    OpenAccount,
    RevokeAppointment,
    RevokeToken,
)
from services.portal.domain.account.events import (
    EVENTS,
    AccountClosed,
    AccountEvent,
    AccountOpened,
    AppointmentGranted,
    AppointmentRevoked,
    TokenMade,
    TokenRevoked,
)
from services.portal.rules import PortalRules
from services.portal.words import OPERATOR, day
from shared.kernel.decider import Claim, Context, Decider
from shared.kernel.errors import Refused

DEPUTY_DAYS_MAX = 366
TOKEN_DAYS_MAX = 366
TOKENS_MAX = 20


@dataclass(frozen=True)
class Held:
    """The term of an appointment, and in whose stead it is held."""

    since: date | None
    until: date | None
    deputy_for: UUID | None = None


@dataclass(frozen=True)
class Nothing:
    """Nobody entered under this id yet."""


@dataclass(frozen=True)
class Open:
    """A person with any number of appointments, each in its term."""

    login: str
    appointments: Mapping[UUID, Held] = field(default_factory=dict)
    tokens: Mapping[UUID, date | None] = field(default_factory=dict)
    """The last day of each token; None of one that was revoked."""


@dataclass(frozen=True)
class Shut:
    """Nobody enters any more; the login is not given to anybody else."""


Account = Nothing | Open | Shut


def evolve(account: Account, event: AccountEvent) -> Account:
    """The account after one more fact."""
    match account, event:
        case Nothing(), AccountOpened() as e:
            return Open(login=e.login)
        case Open() as o, AppointmentGranted() as e:
            held = Held(e.since, e.until, e.deputy_for)
            return replace(o, appointments={**o.appointments, e.appointment_id: held})
        case Open() as o, AppointmentRevoked() as e:
            left = {one: held for one, held in o.appointments.items() if one != e.appointment_id}
            return replace(o, appointments=left)
        case Open() as o, TokenMade() as e:
            return replace(o, tokens={**o.tokens, e.token_id: e.until})
        case Open() as o, TokenRevoked() as e:
            return replace(o, tokens={**o.tokens, e.token_id: None})
        case Open(), AccountClosed():
            return Shut()
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
        case AppointDeputy() as c, Open() as o:
            return deputise(c, o, ctx)
        case RevokeAppointment() as c, Open() as o:
            return revoke(c, o, ctx)
        case MakeToken() as c, Open() as o:
            return make_token(c, o, ctx)
        case RevokeToken() as c, Open() as o:
            return revoke_token(c, o, ctx)
        case CloseAccount() as c, Open() as o:
            return close(c, o)
        case CloseAccount(), Shut():
            return []
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
    """Nobody grants beyond the own area. The same role, area and unit is the same appointment.

    Granted again in another term, it is held in that one from now on.
    """
    appointment_id = uuid5(command.account_id, f"{command.role}/{command.within}/{command.unit}")
    if account.appointments.get(appointment_id) == Held(command.since, command.until):
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
            since=command.since,
            until=command.until,
            deputy_for=None,
            of_appointment=None,
        )
    ]


def deputise(
    command: AppointDeputy, account: Open, ctx: Context[PortalRules]
) -> list[AccountEvent]:
    """What is lent is what the holder acts as at this moment; an operator lends within the area."""
    appointment_id = uuid5(command.account_id, f"deputy/{command.of_appointment}")
    lent = Held(command.since, command.until, command.of_account)
    if account.appointments.get(appointment_id) == lent:
        return []
    if command.account_id == command.of_account:
        raise Refused("own-deputy")
    if not 0 <= (command.until - command.since).days < DEPUTY_DAYS_MAX:
        raise Refused("deputy-term", days_max=DEPUTY_DAYS_MAX)
    _may_lend(command, ctx)

    return [
        AppointmentGranted(
            **command.model_dump(exclude={"of_account"}),
            appointment_id=appointment_id,
            deputy_for=command.of_account,
        )
    ]


def _may_lend(command: AppointDeputy, ctx: Context[PortalRules]) -> None:
    if ctx.actor.role == OPERATOR:
        if not ctx.contains(ctx.actor.area, command.within):
            raise Refused("beyond-own-area", area=command.within)
        return
    held = (ctx.actor.id, ctx.actor.role, ctx.actor.area, ctx.actor.unit)
    if held != (str(command.of_account), command.role, command.within, command.unit):
        raise Refused("not-yours-to-lend")


def revoke(
    command: RevokeAppointment, account: Open, ctx: Context[PortalRules]
) -> list[AccountEvent]:
    """An appointment that is over, or never was, needs no ending; who lent it may end it too."""
    held = account.appointments.get(command.appointment_id)
    if held is None:
        return []
    if OPERATOR != ctx.actor.role and ctx.actor.id != str(held.deputy_for):
        raise Refused("not-yours-to-end")

    return [
        AppointmentRevoked(account_id=command.account_id, appointment_id=command.appointment_id)
    ]


def make_token(command: MakeToken, account: Open, ctx: Context[PortalRules]) -> list[AccountEvent]:
    """Nobody makes a token for another, nor for an appointment the account does not have."""
    today = day(ctx.now)
    if account.tokens.get(command.token_id):
        return []
    if command.token_id in account.tokens:
        raise Refused("taken", key=command.token_id)
    if ctx.actor.id != str(command.account_id):
        raise Refused("not-your-account")
    if command.appointment_id not in account.appointments:
        raise Refused("no-such-appointment")
    if not today <= command.until < today + timedelta(days=TOKEN_DAYS_MAX):
        raise Refused("token-term", days_max=TOKEN_DAYS_MAX)
    if sum(until is not None and until >= today for until in account.tokens.values()) >= TOKENS_MAX:
        raise Refused("too-many-tokens", limit=TOKENS_MAX)

    return [TokenMade(**command.model_dump())]


def revoke_token(
    command: RevokeToken, account: Open, ctx: Context[PortalRules]
) -> list[AccountEvent]:
    """One that is gone, or never was, needs no revoking."""
    if account.tokens.get(command.token_id) is None:
        return []
    if ctx.actor.role != OPERATOR and ctx.actor.id != str(command.account_id):
        raise Refused("not-your-account")

    return [TokenRevoked(account_id=command.account_id, token_id=command.token_id)]


def close(command: CloseAccount, account: Open) -> list[AccountEvent]:
    """Every appointment and every token ends with it."""
    ended: list[AccountEvent] = [
        AppointmentRevoked(account_id=command.account_id, appointment_id=one)
        for one in sorted(account.appointments)
    ]
    ended += [
        TokenRevoked(account_id=command.account_id, token_id=one)
        for one in sorted(account.tokens)
        if account.tokens[one]
    ]
    return [*ended, AccountClosed(account_id=command.account_id)]


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
