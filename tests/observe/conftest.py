"""A platform that is watched over: it sends its spans, and a synthetic matter takes its steps."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.kernel.areas import DRILL
from tests.observe.receiver import Receiver
from tests.platform import Platform
from tests.servers import home_in

STEP_S = 0.5


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    """Where its spans go."""
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture(scope="session")
def watched(place: Path, receiver: Receiver) -> Iterator[Platform]:
    """The platform, topics in two replicas; it may be broken and mended."""
    env = {
        "TONGXIN_SPANS": receiver.where,
        "TONGXIN_PORTAL_SYNTHETIC_AREA": DRILL,
        "TONGXIN_PORTAL_SYNTHETIC_S": str(STEP_S),
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }
    platform = Platform(home_in(place / "watched"), "--no-demo", "--replicas", "topics=2", env=env)
    platform.start_and_wait()
    yield platform
    platform.close()
