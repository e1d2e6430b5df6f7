"""Spans kept with OpenTelemetry: request → command → event → reaction, across processes.

The trace is the correlation, and a span's id is the second half of the id of what was done.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO
from uuid import UUID

from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import (
    BatchSpanProcessor,
    ConsoleSpanExporter,
    SimpleSpanProcessor,
)
from opentelemetry.sdk.trace.id_generator import IdGenerator
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

_inside: ContextVar[UUID | None] = ContextVar("inside", default=None)


class Spans:
    """The spans of one process."""

    def __init__(self, service: str, processor: SpanProcessor) -> None:
        self._ids = _Ids()
        provider = TracerProvider(
            resource=Resource.create({"service.name": f"tongxin-{service}"}),
            id_generator=self._ids,
        )
        provider.add_span_processor(processor)
        self._tracer = provider.get_tracer("tongxin")

    @contextmanager
    def span(
        self, name: str, span_id: UUID, correlation: UUID, parent: UUID | None
    ) -> Iterator[None]:
        """See `telemetry.span`; what is raised inside is noted on the span."""
        self._ids.trace, self._ids.span = correlation.int, half(span_id)
        if span_id == correlation:
            above = Context()
        else:
            above = _under(correlation, parent or _inside.get() or correlation)
        here = _inside.set(span_id)
        try:
            with self._tracer.start_as_current_span(name, above):
                yield
        finally:
            _inside.reset(here)


class _Ids(IdGenerator):
    """Hands out the ids that were laid ready."""

    trace = 0
    span = 0

    def generate_trace_id(self) -> int:
        return self.trace

    def generate_span_id(self) -> int:
        return self.span


def half(span_id: UUID) -> int:
    """The 64 bits that name a span; of a uuid5 or uuid7 the second half, which is chance."""
    return span_id.int & (1 << 64) - 1


def to(where: str) -> SpanProcessor:
    """What keeps the spans: 'console', 'file:PATH' or 'otlp:URL'."""
    kind, _, place = where.partition(":")
    if kind == "otlp":
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,  # It brings protobuf, for those who want it.
        )

        return BatchSpanProcessor(OTLPSpanExporter(endpoint=place))
    if kind == "file":
        return _lines(Path(place).open("a", encoding="utf-8"))
    return _lines(sys.stdout)


def _lines(out: IO[str]) -> SpanProcessor:
    """One line of JSON per span, as soon as it ends."""

    def line(span: ReadableSpan) -> str:
        return f"{span.to_json(indent=None)}\n"

    return SimpleSpanProcessor(ConsoleSpanExporter(out=out, formatter=line))


def _under(correlation: UUID, parent: UUID) -> Context:
    flags = TraceFlags(TraceFlags.SAMPLED)
    above = SpanContext(correlation.int, half(parent), is_remote=True, trace_flags=flags)
    return set_span_in_context(NonRecordingSpan(above), Context())
