"""Who acts in a county: one person a role, the offices, and the bodies that decide."""

from collections.abc import Mapping
from dataclasses import dataclass

from deploy.year.places import Place, Places
from services.portal.edge.people.newcomers import account_of
from shared.kernel.message import Actor

TOWN_BODIES = frozenset({"town-party-committee", "town-government"})
"""Bodies that every town has of its own."""


@dataclass(frozen=True)
class Cast:
    """The actors of one county. Their ids follow from their logins, `login` before each.

    `mains` are the bodies whose people log in under the plain name of their role; `units` are the
    short names of the offices; at `home` lives the resident who may log in.
    """

    login: str
    places: Places
    mains: frozenset[str]
    units: Mapping[str, str]
    home: Place

    def actor(self, role: str, name: str = "", within: str = "", unit: str = "") -> Actor:
        """Somebody in a role, for the county unless `within` says less."""
        account = account_of(f"{self.login}{name or role}")
        return Actor(str(account), role, within or self.places.county.code, unit)

    @property
    def clerk(self) -> Actor:
        """Keeps records and screens leads."""
        return self.actor("clerk")

    @property
    def convenor(self) -> Actor:
        """Prepares consultations."""
        return self.actor("convenor")

    @property
    def member(self) -> Actor:
        """Goes and looks, and tells members."""
        return self.actor("member")

    @property
    def cppcc(self) -> Actor:
        """The office of the county's CPPCC."""
        return self.actor("cppcc")

    def resident(self, place: Place, number: int) -> Actor:
        """One of the people of a place."""
        at_home = number == 1 and place.code == self.home.code
        name = "resident" if at_home else f"resident-{place.code}-{number}"
        return self.actor("resident", name, place.code)

    def unit(self, name: str) -> Actor:
        """The office of a unit."""
        return self.actor("unit", f"unit-{self.units.get(name, name)}", unit=name)

    def party(self, body: str, place: Place, *, second: bool = False) -> Actor:
        """Who speaks for a Party body; the second where the first has put the matter forward."""
        return self._of_body("party", "party-second" if second else "party", body, place)

    def leader(self, body: str, place: Place) -> Actor:
        """Who speaks for a body that receives outcomes."""
        return self._of_body("leader", "leader", body, place)

    def _of_body(self, role: str, name: str, body: str, place: Place) -> Actor:
        """A town has its own people for its own bodies."""
        if body not in self.mains:
            name = f"{name}-{body}"
        if body in TOWN_BODIES and place.site != "county":
            return self.actor(role, f"{name}-{place.town_code[6:9]}", place.town_code, body)
        return self.actor(role, name, unit=body)
