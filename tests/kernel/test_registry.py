"""Old facts are read in today's shape."""

from typing import Any, ClassVar

import pytest

from shared.kernel.message import Event
from shared.kernel.registry import registry


class LampLit(Event):
    """Somebody lit a lamp."""

    label: ClassVar[str] = "点灯"
    version: ClassVar[int] = 3

    lamp: str
    colour: str


class LampOut(Event):
    """A lamp went out."""

    label: ClassVar[str] = "灭灯"

    lamp: str


def _v1_called_it_a_light(data: dict[str, Any]) -> dict[str, Any]:
    return {"lamp": data["light"]}


def _v2_knew_no_colour(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "colour": "white"}


UPCASTS = {("LampLit", 1): _v1_called_it_a_light, ("LampLit", 2): _v2_knew_no_colour}
LAMPS = registry(LampLit | LampOut, UPCASTS)


@pytest.mark.parametrize(
    ("version", "data"),
    [
        (1, b'{"light":"hall"}'),
        (2, b'{"lamp":"hall"}'),
        (3, b'{"lamp":"hall","colour":"white"}'),
    ],
)
def test_every_version_reads_as_the_same_fact(version: int, data: bytes) -> None:
    assert LampLit(lamp="hall", colour="white") == LAMPS.parse("LampLit", version, data)
    assert LAMPS.parse("LampLit", 3, LAMPS.lift("LampLit", version, data)) == LAMPS.parse(
        "LampLit", version, data
    )


def test_todays_bytes_are_not_touched() -> None:
    data = b'{ "lamp" : "hall" }'

    assert LAMPS.lift("LampOut", 1, data) is data


def test_a_version_nobody_lifts_is_noticed_when_the_registry_is_made() -> None:
    with pytest.raises(TypeError, match="nothing lifts version 2"):
        registry(LampLit, {("LampLit", 1): _v1_called_it_a_light})


def test_a_name_the_aggregate_never_says_is_unknown() -> None:
    with pytest.raises(KeyError):
        LAMPS.parse("LampSold", 1, b"{}")
