"""The files of a year: what each county is like, and what people consult about."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from deploy.year.places import Site
from services.topics.words import Centre, HostKind, Quality

FOLDER = Path(__file__).parent


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(_Table):
    """One point of a record: what is agreed, who acts, how far they come, what they reply."""

    text: str
    unit: str
    progress: str
    reply: str


class Kind(_Table):
    """One kind of matter. {p} is the place, {t} its town, {c} the county, {w} one of `what`."""

    theme: str
    where: tuple[Site, ...] = Field(min_length=1)
    what: tuple[str, ...] = Field(min_length=1)
    title: str
    summary: str
    lead: str
    ask: tuple[str, ...] = Field(min_length=1)
    seen: tuple[str, ...] = Field(min_length=1)
    voice: tuple[str, ...] = Field(min_length=1)
    items: tuple[Item, ...] = Field(min_length=2)
    share: str = ""
    split: str = ""
    promise: str
    kept: str
    gap: str


class Own(_Table):
    """A matter that one county's account speaks of: a kind, told of one place."""

    kind: str
    at: str = ""
    what: str
    title: str
    summary: str = ""


class VenuePlan(_Table):
    """How many venues of one type there are, and where: one in each `every` town or village."""

    type: str
    at: Site
    count: int
    host: HostKind
    name: str
    qualities: tuple[tuple[Quality, ...], ...]
    shared: frozenset[Centre] = frozenset()
    hosts: tuple[str, ...] = ()
    below: str = ""


class CountyFile(_Table):
    """What the year of one county is made of; `default.toml` is for every other one."""

    code: str
    login: str
    home: str = ""
    short: str
    number: str
    topics: int = 0
    topics_per_town: float = 0.0
    research_only: int = 0
    members: int
    party_members: int
    paired: bool = False
    talents: int
    draws: int = 0
    evaluations: int = 0
    second_rounds: int = 0
    plan_items: tuple[str, ...] = ()
    plan_share: int = 0
    origins: Mapping[Literal["resident", "member", "party", "agency", "clerk"], int]
    sites: Mapping[Site, int]
    venues: tuple[VenuePlan, ...] = ()
    groups: tuple[str, ...]
    media: tuple[str, ...]
    units: Mapping[str, str]
    own: tuple[Own, ...] = ()


@cache
def own_files() -> dict[str, dict[str, Any]]:
    """What each county's file says, by its six digits; '' for `default.toml`."""
    files = (file for file in FOLDER.glob("*.toml") if file.name != "names.toml")
    return {told["code"]: told for told in map(_read, sorted(files))}


@cache
def county_file(code: str) -> CountyFile:
    """The file of a county, laid over `default.toml`, which serves where there is none."""
    base, own = own_files()[""], own_files().get(code, {})
    units = {**base["units"], **own.get("units", {})}
    return CountyFile.model_validate({**base, **own, "units": units})


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of matter, by its name."""
    found: dict[str, Kind] = {}
    for file in sorted((FOLDER / "matters").glob("*.toml")):
        for name, told in _read(file).items():
            found[name] = Kind.model_validate(
                told | {"items": [_item(one) for one in told["items"]]}
            )
    return found


@cache
def names() -> dict[str, list[str]]:
    """Surnames, given names and sectors, of which fictional persons are made."""
    return {key: value.split() for key, value in _read(FOLDER / "names.toml").items()}


def _item(told: list[str]) -> dict[str, str]:
    return dict(zip(("text", "unit", "progress", "reply"), told, strict=True))


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
