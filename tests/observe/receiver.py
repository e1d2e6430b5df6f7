"""A receiver of spans, as a collector of OpenTelemetry is one: OTLP over HTTP."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)


@dataclass(frozen=True)
class Span:
    """What one process did, and because of which step before it."""

    service: str
    name: str
    trace: str
    id: str
    parent: str


class Receiver:
    """Keeps every span it is sent."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.spans += read(body)
                self.send_response(200)
                self.send_header("Content-Type", "application/x-protobuf")
                self.end_headers()
                self.wfile.write(ExportTraceServiceResponse().SerializeToString())

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def where(self) -> str:
        """As the setting `spans` names it."""
        return f"otlp:http://127.0.0.1:{self._server.server_port}/v1/traces"

    def close(self) -> None:
        """Receive no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def read(body: bytes) -> list[Span]:
    """The spans of one request."""
    request = ExportTraceServiceRequest.FromString(body)
    return [
        Span(
            _service(of.resource), s.name, s.trace_id.hex(), s.span_id.hex(), s.parent_span_id.hex()
        )
        for of in request.resource_spans
        for scope in of.scope_spans
        for s in scope.spans
    ]


def _service(resource: object) -> str:
    named = {one.key: one.value.string_value for one in resource.attributes}  # type: ignore[attr-defined]
    return named["service.name"]
