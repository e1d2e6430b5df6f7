"""What printed and shared addresses begin with."""

from types import SimpleNamespace
from typing import cast

import pytest
from pydantic import ValidationError
from starlette.requests import Request

from services.portal.edge.serve import PortalSettings
from services.portal.edge.site import Site
from services.portal.edge.visit import Visit
from services.portal.edge.who import Visitor
from services.portal.pages.filled import Filled

HEADERS = [(b"host", b"10.0.0.7:8080")]
SCOPE = {
    "type": "http",
    "scheme": "http",
    "path": "/raise",
    "query_string": b"",
    "headers": HEADERS,
}


def visit(public_url: str) -> Visit:
    """A visit to a portal of these settings, which was reached within the office."""
    site = cast(Site, SimpleNamespace(public_url=PortalSettings(public_url=public_url).origin))
    return Visit(site, Request(SCOPE), Visitor(csrf=""), cast(Filled, {}))


def test_addresses_begin_where_the_settings_say_or_else_where_one_came_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "http://10.0.0.7:8080" == visit("").base
    assert "https://tongxin.example" == visit("https://tongxin.example/").base
    monkeypatch.setenv("TONGXIN_PORTAL_PUBLIC_URL", "https://xieshang.example:8443")
    assert "https://xieshang.example:8443" == PortalSettings().origin


@pytest.mark.parametrize(
    "wrong",
    ["tongxin.example", "javascript:alert(1)", "https://a.example/x?y", "https://a b", "ftp://a"],
)
def test_what_is_no_address_of_a_site_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        PortalSettings(public_url=wrong)
