"""Who holds a token: a session's, or one that was made for a program."""

from dataclasses import dataclass, replace
from typing import Literal, cast

from starlette.requests import Request

from services.portal.edge.api.keys import MARK
from services.portal.edge.site import Site
from services.portal.edge.who import Person, recognise, somebody
from services.portal.words import Scope
from shared.kernel.errors import Forbidden
from shared.runtime import clock

NOBODY = "unknown-session"

Wanted = Literal["read", "ask"]


@dataclass(frozen=True)
class Bearer:
    """Somebody, or a program of theirs, and what the token is good for."""

    person: Person
    scope: Scope

    def must(self, wanted: Wanted) -> Person:
        """The person. Raises Forbidden('read-only-token')."""
        if wanted == "ask" and self.scope != "ask":
            raise Forbidden("read-only-token")
        return self.person


def token_in(request: Request) -> str:
    """The token that was sent; empty without one. Cookies don't count here.

    So no other site can ask in anybody's name.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def bearer(site: Site, token: str) -> Bearer:
    """Who holds the token. Raises Forbidden."""
    found = await (_of_program(site, token) if token.startswith(MARK) else _of_session(site, token))
    if found is None:
        raise Forbidden(NOBODY)
    if found.person.current is None:
        raise Forbidden("no-appointment")
    return found


async def _of_session(site: Site, token: str) -> Bearer | None:
    person = await recognise(site, token) if token else None
    return Bearer(person, "ask") if person else None


async def _of_program(site: Site, token: str) -> Bearer | None:
    """A token acts under its own appointment alone, as long as that is held."""
    found = await site.keys.find(token)
    if found is None:
        return None
    for row in await site.people.ask("token", token_id=found[0], today=clock.today()):
        person = await somebody(site, row["account_id"], row["appointment_id"], token)
        held = [one for one in person.appointments if one.appointment_id == row["appointment_id"]]
        kept = replace(person, appointments=held, current=next(iter(held), None))
        return Bearer(kept, cast("Scope", row["scope"]))
    return None
