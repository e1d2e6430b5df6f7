"""A town is merged while a matter of it is under way: its past stays, and counts in the new one."""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import asyncpg
import httpx
import pytest

from deploy.tongxin.demo import Teller
from deploy.tongxin.home import SERVICES, read_json
from deploy.tongxin.story import Matter, Step, read
from services.portal.edge.people.newcomers import Newcomer, open_accounts
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Invalid
from shared.kernel.message import Actor
from shared.runtime import clock
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect
from tests.faults.checker import check, settle
from tests.platform import Platform, people, sealed
from tests.portal.conftest import PASSWORD
from tests.portal.test_pages import log_in
from tests.runtime.logs import until
from tests.servers import home_in
from tests.telling import NotingAsker, Told

pytestmark = [pytest.mark.servers, pytest.mark.slow]

COUNTY = "511623000000"
OLD, OLD_VILLAGE = "511623199000", "511623199001"
NEW, NEW_VILLAGE = "511623100000", "511623100013"
BEFORE = "DetermineParties"
"""The first step of the story that is taken after the change."""

STAFF = [
    Newcomer("county", "何川", PASSWORD, "clerk", COUNTY),
    Newcomer("old.town", "柳青", PASSWORD, "convenor", OLD),
    Newcomer("new.town", "江平", PASSWORD, "convenor", NEW),
]


@pytest.fixture(scope="module")
def table(place: Path) -> Path:
    """The real table, and a town that nobody has merged yet."""
    table = place / "division.csv"
    write(table, "")
    return table


@pytest.fixture(scope="module")
def divided(place: Path, table: Path) -> Iterator[Platform]:
    """A platform with a table of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGXIN_AREAS", str(table))
        platform = Platform(home_in(place / "division"), "--no-demo")
        platform.start_and_wait()
    yield platform
    platform.close()


def write(table: Path, until: str) -> None:
    """The table, with the day on which the old town goes into the new one, if there is one."""
    text = Path("deploy/areas.csv").read_text("utf-8").rstrip("\n").replace("\n", ",,,\n")
    text = text.replace("code,name,level,,,", "code,name,level,from,until,into", 1)
    into = (NEW, NEW_VILLAGE) if until else ("", "")
    table.write_text(
        f"{text},,,\n{OLD},城南镇,town,,{until},{into[0]}\n"
        f"{OLD_VILLAGE},东街社区,village,,{until},{into[1]}\n",
        encoding="utf-8",
    )


def story() -> tuple[Matter, Matter]:
    """One matter of the old town, in two halves; what begins later begins in the new one."""
    matter = next(one for one in read("division") if one.key == "beichen")
    half = next(n for n, step in enumerate(matter.steps) if step.command.__name__ == BEFORE)
    return _in(OLD_VILLAGE, matter, matter.steps[:half]), _in(
        NEW_VILLAGE, matter, matter.steps[half:]
    )


def _in(area: str, matter: Matter, steps: Sequence[Step]) -> Matter:
    """These steps of the matter, taken elsewhere."""
    moved = [
        replace(step, data={k: area if k == "area" else v for k, v in step.data.items()})
        for step in steps
    ]
    return replace(matter, steps=moved)


def town_of(convenor: str, area: str) -> dict[str, Actor]:
    """The people of the story, its convenor and its residents being those of a town."""
    known = people()
    return known | {
        "convenor": replace(known["convenor"], id=convenor, area=area),
        "resident": replace(known["resident"], area=area),
    }


async def everybody_read_it_again(platform: Platform) -> bool:
    """Whether each service has taken up the change, without having been started again."""
    told = [platform.home.log(service).read_text("utf-8") for service in SERVICES]
    return all("table of areas was read again" in one for one in told)


@asynccontextmanager
async def page_of(platform: Platform, login: str) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is logged in."""
    url = read_json(platform.home.run_file)["url"]
    async with httpx.AsyncClient(base_url=url, timeout=60, follow_redirects=True) as client:
        await log_in(client, login)
        yield client


def figure(page: httpx.Response, area: str, measure: str = "TopicProposed") -> int:
    """What a board says happened in an area, behind its link to the matters."""
    found = re.search(rf'href="/matters\?area={area}&amp;type={measure}[^>]*>(\d+)<', page.text)
    return int(found[1]) if found else 0


async def test_a_matter_of_a_merged_town_goes_on_to_its_end_and_counts_in_the_new_one(
    divided: Platform, table: Path
) -> None:
    first, second = story()
    told, today = Told(), clock.today()
    client = await connect(divided.servers.login("portal"), "division")
    asker = NotingAsker(client, told)
    async with asyncpg.create_pool(divided.servers.service_dsn("portal"), min_size=0) as pool:
        await open_accounts(Asker(client), pool, STAFF)

    await Teller(asker, town_of("old", OLD), sealed, told.note).tell_all([first])
    await settle(divided.servers)
    async with page_of(divided, "county") as county, page_of(divided, "new.town") as town:
        page = await county.get(f"/areas/{COUNTY}")
        assert (1, 1, 0) == tuple(figure(page, area) for area in (COUNTY, OLD, NEW))
        assert 403 == (await town.get(f"/areas/{OLD}")).status_code

    write(table, today.isoformat())
    await until(lambda: everybody_read_it_again(divided))
    lead = first.steps[0]
    anew = lead.data | {"lead_id": str(clock.new_id()), "words": "", "contact": ""}
    resident = town_of("old", OLD)["resident"]
    with pytest.raises(Invalid) as no:
        await asker.ask("topics", "SubmitLead", anew, resident, clock.new_id(), lead.id)
    assert "retired-area" == no.value.code
    assert [NEW_VILLAGE] == no.value.facts["successors"]

    await Teller(asker, town_of("new", NEW), sealed, told.note).tell_all([second])
    await client.close()
    logs = await check(divided.servers, [told])
    assert _ended(logs)
    assert {OLD_VILLAGE} == _areas(logs, "topics", "topic")
    assert {OLD_VILLAGE} == _areas(logs, "meetings", "consultation")
    assert {NEW_VILLAGE} == _areas(logs, "outcomes", "assignment")

    async with page_of(divided, "county") as county:
        page = await county.get(f"/areas/{COUNTY}")
        assert (1, 0, 1) == tuple(figure(page, area) for area in (COUNTY, OLD, NEW))
        assert (1, 0, 1) == tuple(figure(page, one, "TopicClosed") for one in (COUNTY, OLD, NEW))
    await _see_past(divided)


async def _see_past(divided: Platform) -> None:
    """Both towns know of each other, and the old one has kept its own."""
    async with page_of(divided, "new.town") as town:
        new, old = await town.get(f"/areas/{NEW}"), await town.get(f"/areas/{OLD}")
        assert re.search(rf'含原\s*<a href="/areas/{OLD}">城南镇</a>', new.text)
        assert f'<a href="/areas/{NEW}">鼎屏镇</a>' in old.text
        assert (1, 1) == (figure(new, NEW), figure(old, OLD))
        assert (0, 2) == (figure(old, OLD, "ItemAssigned"), figure(new, NEW, "ItemAssigned"))
        assert OLD not in (await town.get(f"/matters?area={NEW}")).text
        assert "北辰社区卫生服务中心" in (await town.get(f"/matters?area={NEW}")).text
    async with page_of(divided, "old.town") as town:
        assert 1 == figure(await town.get(f"/areas/{OLD}"), OLD)
        assert 403 == (await town.get(f"/areas/{NEW}")).status_code


def _ended(logs: dict[str, list[Envelope]]) -> bool:
    return any(fact.type == "TopicClosed" for fact in logs["topics"])


def _areas(logs: dict[str, list[Envelope]], service: str, category: str) -> set[str]:
    return {fact.area for fact in logs[service] if fact.category == category}
