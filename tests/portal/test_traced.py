"""What a request leads to carries its correlation."""

from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from services.portal.edge.traced import Traced
from shared.runtime import log, telemetry
from shared.runtime.spans import Spans


@pytest.fixture
def kept() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    telemetry.trace(Spans("portal", SimpleSpanProcessor(exporter)))
    yield exporter
    telemetry.trace(None)


async def say_correlation(_request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(log.correlation()))


async def test_a_request_is_the_root_of_its_trace(kept: InMemorySpanExporter) -> None:
    site = Starlette(routes=[Route("/raise", say_correlation)], middleware=[Middleware(Traced)])
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(site), base_url="http://portal"
    ) as client:
        correlation = UUID((await client.get("/raise")).text)
    (span,) = kept.get_finished_spans()
    assert ("GET /raise", None) == (span.name, span.parent)
    assert correlation.int == span.context.trace_id
