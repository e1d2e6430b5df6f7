"""What reads the rows of an upload: the form of a command under the charter of a place."""

from collections import Counter
from typing import Any

from services.portal.edge.matters.matters import may_ask
from services.portal.edge.visit import Visit
from services.portal.pages.forms import Blank, Field
from services.portal.pages.papers.imports import IMPORTS, Import, Reader
from services.portal.pages.sheets import LOCAL, OFFICES
from shared.kernel.areas import level
from shared.kernel.errors import Forbidden, Missing
from shared.runtime.charter import Charter

SHEETS = {
    "unit-register": "units",
    "members": "members",
    "talents": "talents",
    "venues": "venues",
}
"""The sheets on which imported rows show, and the kind of import."""

KIND = {one.kind: one for one in IMPORTS}
FREE = {
    "EstablishVenue": {"type": ("topics", "venues", "type")},
    "AdmitTalent": {"group": ("meetings", "talent.groups", "")},
}
"""Fields that are free by their schema, and the list of the charter they are picked from."""


def reader_here(visit: Visit) -> Reader:
    """That of the address."""
    return reader_of(visit, visit.path("kind"), visit.path("code"))


def reader_of(visit: Visit, kind: str, code: str) -> Reader:
    """Raises Missing or Forbidden."""
    site, what = visit.site, KIND.get(kind)
    if what is None or code not in site.areas or level(code) not in LOCAL:
        raise Missing("no-such-page")
    visit.person.must_hold(code)
    role = visit.person.actor.role
    if role not in OFFICES or not may_import(visit, what):
        needed = sorted(site.catalogue.roles(what.service, what.command) & OFFICES)
        raise Forbidden("wrong-role", role=role, needed=needed)
    charter = site.charter(code)
    schema = site.catalogue.command(what.service, what.command)["schema"]
    blank = Blank(schema, choices=_choices(what, charter))
    word = visit.word(charter)
    known = {value for one in blank.draw() for value in one.options}
    yes_no = {site.pages.texts.site.yes: "yes", site.pages.texts.site.no: "no"}
    words = {word(value): value for value in known} | yes_no
    return Reader(what, blank, words, _areas(visit, code), code)


def _choices(what: Import, charter: Charter) -> dict[str, list[str]]:
    found = {}
    for name, (service, path, key) in FREE.get(what.command, {}).items():
        listed: Any = charter.table(service)
        for step in path.split("."):
            listed = listed[step]
        found[name] = [one[key] if key else one for one in listed]
    return found


def may_import(visit: Visit, what: Import) -> bool:
    """Whether the present role may ask the command of a row."""
    return may_ask(visit, what.service, what.command)


def import_of(visit: Visit, sheet: str, code: str) -> str:
    """Where rows of a sheet are imported; nothing where there is no such import for the reader."""
    what = KIND.get(SHEETS.get(sheet, ""))
    if what is None or visit.as_of or level(code) not in LOCAL or not may_import(visit, what):
        return ""
    return f"/areas/{code}/import/{what.kind}"


def _areas(visit: Visit, code: str) -> dict[str, str]:
    """The areas that rows may name: by code, by full name, and by what they are called alone."""
    site = visit.site
    codes, names = [code], Counter[str]()
    for one in codes:
        codes.extend(site.areas.below(one))
    names.update(site.areas.name(one) for one in codes)
    alone = {site.areas.name(one): one for one in codes if names[site.areas.name(one)] == 1}
    return {site.full_name(one): one for one in codes} | alone | {one: one for one in codes}


def options(reader: Reader, field: Field) -> list[str]:
    """The values that are offered for a column, in words."""
    if field.name == "area":
        return [name for name, code in reader.areas.items() if " " in name or code == reader.home]
    said = {value: word for word, value in reader.words.items()}
    return [said[one] for one in field.options if one in said]


def hint(visit: Visit, field: Field) -> str:
    """What to write: the hint of the form, and how several values or days are written."""
    say_ = visit.site.pages.texts.imports.hints
    how = {"ticks": say_.several, "lines": say_.several, "date": say_.date}.get(field.kind, "")
    if field.name == "area":
        how = str(say_.area)
    return " ".join(one for one in (field.hint, how) if one)
