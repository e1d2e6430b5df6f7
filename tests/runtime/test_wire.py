"""A fact on the wire: the same fact where it arrives, byte for byte."""

from datetime import UTC, datetime
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.envelope import Envelope
from shared.runtime import wire
from tests.runtime.flows import fact

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FACTS = st.builds(
    Envelope,
    position=st.integers(1, 2**53),
    stream=st.uuids(),
    category=st.text(),
    revision=st.integers(1, 2**31 - 1),
    id=st.uuids(),
    type=st.text(),
    version=st.integers(1, 100),
    area=st.from_regex(r"[0-9]{12}", fullmatch=True),
    charter=st.text(),
    actor=st.text() | st.just('","data":{}}'),
    at=st.datetimes(timezones=st.just(UTC)),
    causation=st.uuids(),
    correlation=st.uuids(),
    data=JSON.map(orjson.dumps),
)


@given(FACTS)
def test_what_arrives_is_what_was_sent(sent: Envelope) -> None:
    assert sent == wire.from_json(wire.to_json(sent))


@given(FACTS)
def test_it_is_one_json_object_with_every_field(sent: Envelope) -> None:
    said = orjson.loads(wire.to_json(sent))
    assert set(Envelope.__slots__) == set(said)
    assert said["data"] == orjson.loads(sent.data)
    assert sent.stream == UUID(said["stream"])


@pytest.mark.parametrize("data", [b'{"b":1,  "a":\t[1.10, 1e2]\n}', b'{"data":{"data":1}}', b"{}"])
def test_the_bytes_of_data_stay_as_they_were(data: bytes) -> None:
    assert data == wire.split(wire.to_json(replaced(data=data)))[1]


def test_a_field_of_a_newer_speaker_does_no_harm() -> None:
    newer = wire.to_json(fact(7)).replace(b"{", b'{"mood":"calm",', 1)
    assert 7 == wire.from_json(newer).position


def test_a_time_is_said_in_utc() -> None:
    said = wire.to_json(replaced(at=datetime(2026, 3, 2, 9, 30, 0, 123456, UTC)))
    assert b'"at":"2026-03-02T09:30:00.123456Z"' in said


def test_the_subject_names_place_aggregate_and_fact() -> None:
    assert "ev.topics.51.16.23.100.013.topic.TopicProposed" == wire.subject_of("topics", fact(1))


def replaced(**fields: object) -> Envelope:
    one = fact(1)
    return Envelope(**{name: getattr(one, name) for name in Envelope.__slots__} | fields)
