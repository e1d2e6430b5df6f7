"""Each reminder and warning is said once, however many replicas look, and however late the view."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid5

import pytest
from pydantic_core import to_json

from services.notify.app import app
from services.notify.domain import DECIDERS
from services.notify.projections.deadlines import DEADLINES
from services.notify.rules import NotifyRules
from services.notify.words import Mark
from shared.kernel.envelope import Fact
from shared.runtime import copies
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.facts import Logged
from shared.runtime.handle import Handler
from shared.runtime.store import Append, Store
from shared.runtime.ticker import Ticker
from tests.notify.examples import AREA, DEADLINE_ID, FACT_ID, READ, SET, TOPIC_ID
from tests.runtime.flows import running, shown
from tests.runtime.house import AREAS
from tests.servers import Postgres
from tests.spec import NOW
from tests.views import history

pytestmark = pytest.mark.servers

LONG_AGO = SET.model_copy(
    update={
        "marks": tuple(
            Mark(what=mark.what, at=datetime(2020, 1, day, 1, tzinfo=UTC))
            for day, mark in enumerate(SET.marks, 1)
        )
    }
)


async def test_each_mark_is_said_once(pg: Postgres, tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text(AREAS, encoding="utf-8")
    areas, charters = Areas.read(tmp_path / "areas.csv"), Charters(Path("deploy/charters"))
    _, tick, _ = app.ticks
    async with history(pg, [("notify", TOPIC_ID, READ)]) as dsn:
        store = await Store.open(dsn, "notify")
        async with running(store.run()), shown(dsn, "notify", DEADLINES) as clocks:
            await copies.make(clocks.projector)
            fact = Fact(uuid5(FACT_ID, "0"), "DeadlineSet", LONG_AGO.version, to_json(LONG_AGO))
            await store.append(
                Append(
                    stream=DEADLINE_ID, category="deadline", area=AREA, charter="511623@1",
                    actor="notify/system", expected=0, causation=FACT_ID, correlation=FACT_ID,
                    at=NOW, facts=[fact],
                )
            )  # fmt: skip
            handler = Handler("notify", DECIDERS, NotifyRules, store, charters, areas)
            replicas = [Ticker("notify", tick, clocks.view, handler) for _ in range(2)]
            for _ in range(len(SET.marks) + 1):
                seen, last = await clocks.projector.seen("notify"), await store.last()
                if seen < last:
                    await clocks.projector.take(Logged("notify", seen, last))
                await asyncio.gather(*(replica.look() for replica in replicas))
                await replicas[0].look()
            facts = await store.read(DEADLINE_ID)
        await store.close()
    assert [
        "DeadlineSet",
        "WarningLevelRaised",
        "ReminderSent",
        "WarningLevelRaised",
        "WarningLevelRaised",
        "ReminderSent",
    ] == [fact.type for fact in facts]
