"""One story told in five counties of four provinces: whose words stand there, and what adds up."""

import re
from collections.abc import AsyncIterator, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from services.portal.pages.lists import shelves
from services.portal.rules import PortalRules
from shared.kernel.areas import EVERYWHERE
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from tests.portal.examples import HISTORY
from tests.portal.test_pages import log_in
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres
from tests.views import NOW, Frame, Said

AREAS = Areas.read(Path("deploy/areas.csv"))
CHARTERS = Charters(Path("deploy/charters"))
COUNTIES = ("371621000000", "411025000000", "421124000000", "510521000000", "511623000000")
AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")
each = pytest.mark.parametrize("county", COUNTIES, ids=AREAS.name)
pytestmark = pytest.mark.servers


def elsewhere(county: str) -> Iterator[Said]:
    """The examples again, as streams of their own."""
    for service, stream, event in HISTORY:
        told = AN_ID.sub(lambda one: str(uuid5(UUID(one[0]), county)), event.model_dump_json())
        yield service, uuid5(stream, county), type(event).model_validate_json(told)


def frame(county: str) -> Frame:
    """A village of the county, under the county's own rules."""
    village = AREAS.below(AREAS.below(county)[0])[0]
    return Frame(village, NOW, f"{county[:6]}@1")


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    """The portal after the same story was told in each county."""
    said = [one for county in COUNTIES for one in elsewhere(county)]
    frames = [frame(county) for county in COUNTIES for _ in HISTORY]
    async with told_portal(pg, said, frames=frames) as portal:
        yield portal


def text_of(page: str) -> str:
    """What a page says, without its tags."""
    body = page.partition("</head>")[2]
    return unescape(re.sub(r"<[^>]+>", " ", body))


def slugs_of(table: Any) -> Iterator[str]:
    """The small values of a charter that are names for programs."""
    match table:
        case dict():
            for below in table.values():
                yield from slugs_of(below)
        case list():
            for below in table:
                yield from slugs_of(below)
        case str() if SLUG.fullmatch(table):
            yield table


@each
async def test_a_county_reads_its_own_words_and_no_name_for_programs(
    told: ToldPortal, county: str
) -> None:
    charter = CHARTERS.at(f"{county[:6]}@1")
    rules = charter.rules("portal", PortalRules)
    paths = [to for shelf in shelves(county, "leader", own=False) for to in shelf.links.values()]
    async with told.client() as client:
        await log_in(client, "everywhere")
        pages = {
            path: text_of((await client.get(path)).text)
            for path in (f"/areas/{county}", f"/matters?area={county}", *paths)
        }

    slugs = set(slugs_of(charter.tables))
    shown = {path: slugs & set(re.findall(r"(?<![\w-])[a-z-]+(?![\w-])", text))
             for path, text in pages.items()}  # fmt: skip
    assert {} == {path: found for path, found in shown.items() if found}
    assert rules.brand in pages[f"/areas/{county}"]
    assert any(stage.label in pages[f"/matters?area={county}"] for stage in rules.stages)


async def test_the_whole_is_the_sum_of_provinces_and_each_of_these_the_sum_of_its_cities(
    told: ToldPortal,
) -> None:
    async def board(code: str) -> list[list[str]]:
        """The rows of figures: a name and a number for each measure."""
        page = await client.get(f"/areas/{code}", params={"year": NOW.year})
        assert 200 == page.status_code
        figures = page.text.partition('<table class="figures">')[2].partition("</table>")[0]
        lines = figures.partition("<tbody>")[2].split("</tr>")[:-1]
        return [text_of(f"</head>{line}").split() for line in lines]

    def sums(rows: list[list[str]]) -> list[int]:
        return [sum(map(int, column)) for column in zip(*(row[1:] for row in rows), strict=True)]

    async with told.client() as client:
        await log_in(client, "everywhere")
        whole, *provinces = await board(EVERYWHERE)
        of_each = {
            row[0]: await board(code)
            for row in provinces
            for code in AREAS.below(EVERYWHERE)
            if AREAS.name(code) == row[0]
        }
        charters = text_of((await client.get(f"/areas/{EVERYWHERE}/charter-registry")).text)

    assert {"山东省", "河南省", "湖北省", "四川省"} == of_each.keys()
    assert list(map(int, whole[1:])) == sums(provinces)
    for row in provinces:
        total, *cities = of_each[row[0]]
        assert row[1:] == total[1:]
        assert list(map(int, total[1:])) == sums(cities)
    assert ["泸州市", "广安市"] == [row[0] for row in of_each["四川省"][1:]]
    assert all(AREAS.name(county) in charters for county in COUNTIES)


async def test_indicators_of_all_compare_provinces(told: ToldPortal) -> None:
    async with told.client() as client:
        await log_in(client, "everywhere")
        page = await client.get(f"/areas/{EVERYWHERE}/indicators", params={"year": NOW.year})
    compared = text_of(page.text)
    assert 200 == page.status_code
    assert all(name in compared for name in ("山东省", "河南省", "湖北省", "四川省"))
