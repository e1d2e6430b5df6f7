"""Everything people see has a Chinese name: forms, stories and ledgers are drawn from it."""

import re

import pytest

from shared.kernel.message import Command, Event
from tests.contract.golden import SERVICES, deciders

CHINESE = re.compile(r"[一-鿿]")
ASKED = [c for service in SERVICES for d in deciders(service) for c in d.asked()]
SAID = [e for service in SERVICES for d in deciders(service) for e in d.events.classes.values()]


@pytest.mark.parametrize("message", [*ASKED, *SAID], ids=lambda cls: cls.__name__)
def test_a_message_and_its_fields_have_chinese_names(message: type[Command] | type[Event]) -> None:
    assert CHINESE.search(message.label)
    fields = message.model_fields.items()
    assert [] == [name for name, field in fields if not CHINESE.search(field.title or "")]


@pytest.mark.parametrize("message", [*ASKED, *SAID], ids=lambda cls: cls.__name__)
def test_a_message_says_what_it_is(message: type[Command] | type[Event]) -> None:
    assert "__doc__" in vars(message)
    assert message.__doc__
