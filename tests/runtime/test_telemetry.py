"""Spans of different processes join, because their ids follow from what was done."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4, uuid5

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import REGISTRY

from shared.runtime import log, telemetry
from shared.runtime.spans import Spans, half, to


@pytest.fixture
def kept() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    telemetry.trace(Spans("notebooks", SimpleSpanProcessor(exporter)))
    yield exporter
    telemetry.trace(None)


def tree(exporter: InMemorySpanExporter) -> dict[str, str | None]:
    """Each span's name, and that of the span above it."""
    spans = exporter.get_finished_spans()
    names = {span.context.span_id: span.name for span in spans}
    return {span.name: span.parent and names[span.parent.span_id] for span in spans}


def test_request_command_event_and_reaction_are_one_trace(kept: InMemorySpanExporter) -> None:
    correlation, command_id = uuid4(), uuid4()
    event_id, reaction_id, next_id = uuid5(command_id, "0"), uuid4(), uuid4()

    # Three processes, none of which is told what span the others are in.
    with telemetry.span("POST /leads", correlation, correlation):
        pass
    with (
        telemetry.span("command SubmitLead", command_id, correlation),
        telemetry.span("event LeadSubmitted", event_id, correlation),
    ):
        pass
    with (
        telemetry.span("reaction", reaction_id, correlation, parent=event_id),
        telemetry.span("command RaiseTopic", next_id, correlation),
    ):
        pass

    assert {
        "POST /leads": None,
        "command SubmitLead": "POST /leads",
        "event LeadSubmitted": "command SubmitLead",
        "reaction": "event LeadSubmitted",
        "command RaiseTopic": "reaction",
    } == tree(kept)
    assert {correlation.int} == {span.context.trace_id for span in kept.get_finished_spans()}


async def test_commands_side_by_side_do_not_adopt_each_others_events(
    kept: InMemorySpanExporter,
) -> None:
    correlation = uuid4()

    async def command(name: str) -> None:
        with telemetry.span(name, uuid4(), correlation):
            await asyncio.sleep(0)
            with telemetry.span(f"event of {name}", uuid4(), correlation):
                await asyncio.sleep(0)

    with telemetry.span("request", correlation, correlation):
        pass
    await asyncio.gather(command("one"), command("two"))
    above = tree(kept)
    assert ("one", "two") == (above["event of one"], above["event of two"])


def test_what_is_raised_inside_is_noted_on_the_span(kept: InMemorySpanExporter) -> None:
    with pytest.raises(ZeroDivisionError), telemetry.span("command", uuid4(), uuid4()):
        raise ZeroDivisionError
    (span,) = kept.get_finished_spans()
    assert "ZeroDivisionError" in str(span.status.description)


def test_spans_are_written_as_lines_of_json(tmp_path: Path) -> None:
    spans = Spans("notebooks", to(f"file:{tmp_path / 'spans'}"))
    correlation = uuid4()
    with spans.span("request", correlation, correlation, None):
        pass
    (line,) = (tmp_path / "spans").read_text().splitlines()
    told = json.loads(line)
    assert ("request", f"0x{half(correlation):016x}") == (told["name"], told["context"]["span_id"])


def test_nothing_is_kept_where_nobody_asked() -> None:
    assert not telemetry.tracing()
    with telemetry.span("command", uuid4(), uuid4()):
        pass


def test_the_sdk_is_not_loaded_where_nobody_asked() -> None:
    script = (
        "import sys; from tests.runtime.example import app; from shared.runtime import replica\n"
        "print([m for m in sys.modules if m.startswith('opentelemetry.sdk')])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "[]" == told.stdout.strip()


def test_commands_are_counted_by_what_became_of_them() -> None:
    def counted() -> float | None:
        labels = {"command": "Frobnicate", "outcome": "taken"}
        return REGISTRY.get_sample_value("tongxin_commands_total", labels)

    telemetry.commanded("Frobnicate", "taken", 0.002)
    telemetry.commanded("Frobnicate", "taken", 0.002)
    assert 2 == counted()


def test_what_belongs_together_has_one_correlation() -> None:
    correlation = uuid4()
    with log.about(correlation):
        assert correlation == log.correlation() == log.correlation()
    assert log.correlation() != log.correlation()
