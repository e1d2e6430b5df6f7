"""What a request leads to carries its correlation."""

from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import REGISTRY
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


async def test_requests_are_counted_by_the_pattern_of_the_page_and_the_answer() -> None:
    def counted(page: str, status: str) -> float:
        labels = {"method": "GET", "page": page, "status": status}
        return REGISTRY.get_sample_value("tongxin_http_seconds_count", labels) or 0

    site = Starlette(
        routes=[Route("/matters/{matter_id}", say_correlation)], middleware=[Middleware(Traced)]
    )
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(site), base_url="http://portal"
    ) as client:
        shown, missing = counted("/matters/{matter_id}", "200"), counted("none", "404")
        for path in ("/matters/1", "/matters/2", "/elsewhere"):
            await client.get(path)
    assert shown + 2 == counted("/matters/{matter_id}", "200")
    assert missing + 1 == counted("none", "404")
