"""One matter is one trace, through all the processes it passes."""

import json

import httpx
import pytest

from deploy.tongxin.home import SERVICES, read_json
from deploy.tongxin.process import until
from shared.kernel.areas import DRILL
from tests.observe.receiver import Receiver, Span
from tests.platform import Platform

pytestmark = [pytest.mark.servers, pytest.mark.slow]

PATIENCE_S = 120.0
PUBLIC = (
    "/",
    "/places/000000000000/matters",
    "/open/areas.json",
    "/open/matters.json",
    "/api/v1/events?area=000000000000",
    "/api/v1/open/topics?area=000000000000",
    "/api/v1/open/divisions?area=000000000000&after=980000000000",
)
ROAD = [
    ("tongxin-portal", "synthetic step"),
    ("tongxin-topics", "command ReturnLeadForFix"),
    ("tongxin-topics", "event LeadReturnedForFix"),
    ("tongxin-notify", "reaction tell_lead_returned"),
    ("tongxin-notify", "command SendNotice"),
    ("tongxin-notify", "event NoticeSent"),
]


def roads(spans: list[Span]) -> list[list[tuple[str, str]]]:
    """From each root down to each leaf: who did what."""
    below: dict[tuple[str, str], list[Span]] = {}
    for span in spans:
        below.setdefault((span.trace, span.parent), []).append(span)

    def down(span: Span) -> list[list[tuple[str, str]]]:
        here = (span.service, span.name)
        next_ = [road for one in below.get((span.trace, span.id), []) for road in down(one)]
        return [[here, *road] for road in next_] or [[here]]

    return [road for root in spans if not root.parent for road in down(root)]


def test_one_matter_is_one_trace_through_three_services(
    watched: Platform, receiver: Receiver
) -> None:
    assert watched.servers
    until(lambda: ROAD in roads(list(receiver.spans)), PATIENCE_S)
    assert ROAD in roads(list(receiver.spans))


def test_what_is_only_tried_is_shown_to_nobody(watched: Platform, receiver: Receiver) -> None:
    until(lambda: ROAD in roads(list(receiver.spans)), PATIENCE_S)
    url = (read_json(watched.home.run_file) or {})["url"]
    with httpx.Client(base_url=url, timeout=60) as client:
        pages = [client.get(path).raise_for_status().text for path in PUBLIC]
    assert not [page for page in pages if "演练" in page or DRILL in page]


def test_what_is_logged_names_its_service_and_moment_in_one_line_each(watched: Platform) -> None:
    for service in SERVICES:
        lines = [json.loads(line) for line in watched.home.log(service).read_text().splitlines()]
        assert {service} == {line["service"] for line in lines}
        assert all({"event", "level", "at"} <= line.keys() for line in lines)
