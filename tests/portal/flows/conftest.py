"""Something to see on every page, made once for all who go through them."""

from collections.abc import Mapping

import pytest

from tests.portal.conftest import Portal
from tests.portal.everywhere import streams
from tests.portal.examples_everywhere import make_examples
from tests.telling import Told


@pytest.fixture(scope="session")
async def examples(portal: Portal, told: Told) -> Mapping[str, list[str]]:
    """Streams of every kind, by the name of their ids."""
    assert told.acknowledged
    others = await make_examples(portal)
    return await streams(portal.servers) | others
