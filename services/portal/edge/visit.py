"""One request to a page: who it is from, what was filled in, and how the answer is drawn."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from services.portal.edge.filling import Form
from services.portal.edge.marks import Kind, watch
from services.portal.edge.site import Site
from services.portal.edge.who import VISITOR_COOKIE, Person, Visitor, Who
from services.portal.pages.ease import Ease
from services.portal.pages.filled import Filled
from services.portal.pages.lists import Shelf, shelves
from services.portal.pages.menu import KEYS, VISITOR, Shown, menu
from services.portal.pages.teller import Teller
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Missing
from shared.runtime import clock
from shared.runtime.charter import Charter
from shared.runtime.view import View

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}

PAGE = 50
"""How many rows of a list are on one page."""

DIGITS_MAX = 6
POSITION_DIGITS_MAX = 18


@dataclass(frozen=True)
class Visit:
    """A request, once it is known who sent it."""

    site: Site
    request: Request
    who: Who
    filled: Filled
    as_of: date | None = None
    """The past day whose end the page is to show; None: now."""
    form: Form = field(default_factory=lambda: Form({}))
    """What came, with the files that were brought; files.keeping looks at them."""

    ease: Ease = field(default=Ease())
    """How the reader wants pages to be."""
    gaps: dict[str, int] = field(default_factory=dict)
    """How many facts each past view that was asked for goes without."""
    to_do: int = 0
    """How much waits for whoever is logged in: the figure beside the menu."""

    @property
    def person(self) -> Person:
        """Who is logged in; pages that are open to all do not ask."""
        assert isinstance(self.who, Person)
        return self.who

    @property
    def base(self) -> str:
        """Where people reach the portal: what printed and shared addresses begin with."""
        return self.site.public_url or str(self.request.base_url).rstrip("/")

    def path(self, name: str) -> str:
        """A part of the address, by its name in the route."""
        value: str = self.request.path_params[name]
        return value

    def query(self, name: str) -> str:
        """A parameter behind the question mark; empty if it is not there. No text holds a NUL."""
        return self.request.query_params.get(name, "").replace("\0", "").strip()

    def number(self, name: str) -> int:
        """A parameter that is a number; 0 if it is none, or has too many digits to mean one."""
        text = self.query(name)
        return int(text) if text.isdecimal() and len(text) <= DIGITS_MAX else 0

    @property
    def page_number(self) -> int:
        """Which page of a list is asked for; the first, if none is."""
        return max(1, self.number("page"))

    @property
    def window(self) -> dict[str, int]:
        """Which rows of a list are asked for: at most so many, after so many are skipped."""
        return {"most": PAGE, "skipped": (self.page_number - 1) * PAGE}

    def typed(self, name: str) -> str:
        """One field of the form that was sent, trimmed. No text holds a NUL."""
        value = self.filled.get(name, "")
        return (value if isinstance(value, str) else value[0]).replace("\0", "").strip()

    def id(self, name: str) -> UUID:
        """A part of the address that names a stream. Raises Missing."""
        try:
            return UUID(self.path(name))
        except ValueError as error:
            raise Missing("no-such-page") from error

    async def behind(self, *views: View) -> int:
        """How many facts the views still have to see until they show what '?after=' names."""
        source, _, position = self.query("after").partition(":")
        views = tuple(view for view in views if source in view.projection.sources)
        if not position.isdecimal() or len(position) > POSITION_DIGITS_MAX or not views:
            return 0
        wanted = int(position)
        await asyncio.gather(*(view.wait(source, wanted) for view in views))
        seen = await asyncio.gather(*(view.seen(source) for view in views))
        return max(0, wanted - min(seen))

    @property
    def today(self) -> date:
        """The day by which a page says what is late."""
        return self.as_of or clock.today()

    async def view(self, live: View) -> View:
        """A view, as it is or as it was on the day asked about. Raises as AsOf.view does."""
        if self.as_of is None:
            return live
        past = await self.site.past.view(live, self.as_of)
        if past is not live:
            self.gaps[live.name] = await self.site.past.left_out(past)
        return past

    async def watch(self, kind: Kind, what: object) -> str:
        """What the page listens to, see marks.watch; a past changes no more."""
        return "" if self.as_of else await watch(self.site, kind, what)

    def carry(self, to: str) -> str:
        """An address, with the past day it is to show."""
        if self.as_of is None or not to:
            return to
        page, mark, part = to.partition("#")
        return f"{page}{'&' if '?' in page else '?'}as_of={self.as_of}{mark}{part}"

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page, with what every page shows.

        Its help is told under the name of its template, or under `help`.
        """
        shown = {"help": template.removesuffix(".html").replace("/", "-")}
        shown |= {**self._frame(), **values}
        response = HTMLResponse(self.site.pages.draw(template, shown), status, HEADERS)
        if isinstance(self.who, Visitor) and self.who.csrf:
            response.set_cookie(
                VISITOR_COOKIE, self.who.csrf, httponly=True, samesite="lax", path="/"
            )
        return response

    def _frame(self) -> Mapping[str, Any]:
        person = self.who if isinstance(self.who, Person) else None
        return {
            "who": person,
            "csrf": self.who.csrf,
            "to_do": self.to_do,
            "here": self.request.url.path,
            "ease": self.ease,
            "menu": self._menu(),
            "keys": KEYS,
            "tour_card": self._tour(),
            "behind": 0,
            "live": "",
            "as_of": None,
            "left_out": sum(self.gaps.values()),
            "carry": self.carry,
            "now": self._now,
            "today": clock.today(),
            "fresh_id": clock.new_id,
            "area_name": self.area_name,
            "rule_name": self.rule_name,
            "role_name": self.role_name,
            "body_name": self.body_name,
            "shelves": self.shelves,
        }

    def shelves(self, code: str) -> list[Shelf]:
        """What whoever is logged in may read of an area; nothing without an office."""
        held = self.who.current if isinstance(self.who, Person) else None
        return shelves(code, held.role, own=code == held.area) if held else []

    def _menu(self) -> list[Shown]:
        held = self.who.current if isinstance(self.who, Person) else None
        role, area = (held.role, held.area) if held else (VISITOR, "")
        return menu(role, area, self.request.url.path, simple=self.ease.simple)

    def _tour(self) -> Mapping[str, Any] | None:
        """The card of the first walk that is due, where one begins the day and where it leads to.

        None for who has seen them all.
        """
        if not isinstance(self.who, Person) or self.who.current is None:
            return None
        role, area = self.who.current.role, self.who.current.area
        cards = self.site.pages.texts.tour[role]
        at = self.who.tours.get(role, 0)
        if at >= len(cards):
            return None
        here, to = self.request.url.path, cards[at]["to"].format(area=area)
        shown = here == to or here in ("/", "/awaiting", f"/areas/{area}", f"/places/{area}")
        return {"card": cards[at], "at": at, "of": len(cards), "to": to} if shown else None

    def _now(self) -> str:
        """This very page, as it is now."""
        asked = self.request.query_params.multi_items()
        kept = [(name, value) for name, value in asked if name not in ("as_of", "after")]
        return f"{self.request.url.path}?{urlencode(kept)}"

    def area_name(self, code: str) -> str:
        """An area as people call it; a code that is not in the table as it is."""
        if code == EVERYWHERE:
            return str(self.site.pages.texts.site.everywhere)
        areas = self.site.areas
        return areas.name(code, self.as_of) if code in areas else code

    def role_name(self, role: str) -> str:
        """A role as the county of whoever is logged in calls it."""
        return self._teller().role(role)

    def body_name(self, body: str) -> str:
        """An office or body as that county calls it."""
        return self._teller().word(body)

    def _teller(self) -> Teller:
        held = self.who.current if isinstance(self.who, Person) else None
        return self.site.teller(self.site.charter(held.area if held else EVERYWHERE))

    def rule_name(self, charter_id: str) -> str:
        """A charter as people call it: '邻水县规则第 1 版'."""
        place, _, version = charter_id.partition("@")
        texts, code = self.site.pages.texts.matter, place.ljust(12, "0")
        if code not in self.site.areas:
            return str(texts.rule_default.format(version=version))
        return str(texts.rule.format(county=self.site.areas.name(code), version=version))

    def word(self, charter: Charter) -> Callable[[Any], str]:
        """What small values and areas are called under a charter."""
        tell = self.site.teller(charter).word

        def word(value: Any) -> str:
            return self.site.full_name(value) if value in self.site.areas else tell(value)

        return word


Show = Callable[[Visit], Awaitable[Response]]


def local(path: str) -> str:
    """A place on this site; nobody is sent elsewhere, whatever a form says."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def go_to(path: str) -> Response:
    """Look there for what was done."""
    return RedirectResponse(path, status_code=303, headers={"Cache-Control": "no-store"})
