"""What a deployment says about webhooks is read as it is meant, or not at all."""

from ipaddress import ip_network

import pytest
from pydantic import ValidationError

from services.exchange.effects.hooks.settings import HookSettings


def test_networks_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGXIN_WEBHOOK_NETWORKS", "10.20.0.0/16, fd12::/16")
    assert (ip_network("10.20.0.0/16"), ip_network("fd12::/16")) == HookSettings().listed


@pytest.mark.parametrize("text", ["10.20.0.1/16", "everywhere", "10.20.0.0/16;10.30.0.0/16"])
def test_what_is_no_network_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(ValidationError):
        HookSettings(networks=text)
