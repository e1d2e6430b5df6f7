"""Who stands at the door: a person with appointments, or a visitor without a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from secrets import token_urlsafe
from uuid import UUID

from starlette.requests import Request

from services.portal.edge.site import Site
from services.portal.words import OPERATOR
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Forbidden
from shared.kernel.message import Actor
from shared.runtime import clock
from shared.runtime.areas import Areas

SESSION_COOKIE = "tongxin_session"
VISITOR_COOKIE = "tongxin_visitor"
TOKEN_BYTES = 24


@dataclass(frozen=True)
class Appointment:
    """One role a person holds, where, and in which office."""

    appointment_id: UUID
    role: str
    area: str
    unit: str
    deputy_for: UUID | None = None
    """In whose stead, where it is a deputy's."""


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in, under one of the own appointments."""

    account_id: UUID
    name: str
    appointments: Sequence[Appointment]
    current: Appointment | None
    csrf: str
    token: str
    areas: Areas
    tours: Mapping[str, int] = field(default_factory=dict)
    """At which card of the first walk each role is; 0 where it is not named."""

    @property
    def actor(self) -> Actor:
        """As whom the person acts. Raises Forbidden('no-appointment')."""
        if self.current is None:
            raise Forbidden("no-appointment")
        here = self.current
        return Actor(str(self.account_id), here.role, here.area, here.unit)

    def may_see(self, area: str) -> bool:
        """Matters of the own area, of all within it, and of those it lies in."""
        own = self.actor.area
        return self.areas.contains(own, area) or self.areas.contains(area, own)

    def within(self, path: Sequence[str]) -> list[str]:
        """The areas of a path that lie in the own one."""
        return [area for area in path if self.areas.contains(self.actor.area, area)]

    def must_hold(self, area: str) -> None:
        """Raises Forbidden('wrong-place') for an area that is not the own one, nor within it."""
        if not self.areas.contains(self.actor.area, area):
            raise Forbidden("wrong-place", area=area, yours=self.actor.area)

    def must_see(self, area: str) -> None:
        """Raises Forbidden('wrong-place') for an area that is not the person's business."""
        if not self.may_see(area):
            raise Forbidden("wrong-place", area=area, yours=self.actor.area)


@dataclass(frozen=True)
class Visitor:
    """Somebody who is not logged in. The csrf token is a cookie of the browser's."""

    csrf: str


Who = Person | Visitor


def looks_after_all(here: Who) -> bool:
    """Whether this is an operator of the whole deployment."""
    held = here.current if isinstance(here, Person) else None
    return held is not None and (held.role, held.area) == (OPERATOR, EVERYWHERE)


async def who(site: Site, request: Request) -> Who:
    """Who sent this request."""
    token = request.cookies.get(SESSION_COOKIE, "")
    person = await recognise(site, token) if token else None
    return person or Visitor(request.cookies.get(VISITOR_COOKIE) or token_urlsafe(TOKEN_BYTES))


async def recognise(site: Site, token: str) -> Person | None:
    """The person whose session it is, unless the session has ended."""
    session = await site.door.session(token)
    if session is None:
        return None
    told = session.account_id, session.appointment_id, token, session.csrf
    return replace(await somebody(site, *told), tours=session.tours)


async def somebody(
    site: Site, account: UUID, appointment: UUID | None, token: str, csrf: str = ""
) -> Person:
    """A person under one of the own appointments: that one, or else the first."""
    rows = await site.people.ask("held by", account_id=account, today=clock.today())
    held = [Appointment(**dict(row)) for row in rows]
    chosen = (one for one in held if one.appointment_id == appointment)
    names = await site.names([str(account)])
    return Person(
        account_id=account,
        name=names.get(str(account), ""),
        appointments=held,
        current=next(chosen, held[0] if held else None),
        csrf=csrf,
        token=token,
        areas=site.areas,
    )
