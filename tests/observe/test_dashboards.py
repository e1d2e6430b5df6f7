"""Dashboards show what is measured."""

import json
import re

import pytest

from deploy.observe.dashboards import BOARDS, COLUMNS, FOLDER, text
from tests.observe.metrics import known, unknown


@pytest.mark.parametrize("name", BOARDS)
def test_the_file_is_what_the_tables_say(name: str) -> None:
    assert text(name) == (FOLDER / f"{name}.json").read_text("utf-8")


@pytest.mark.parametrize("name", BOARDS)
def test_every_line_is_of_something_measured_and_its_legend_has_a_value(name: str) -> None:
    for panel in json.loads(text(name))["panels"]:
        assert panel["gridPos"]["x"] + panel["gridPos"]["w"] <= COLUMNS
        for target in panel["targets"]:
            assert [] == list(unknown(target["expr"])), target
            kept = re.findall(r"by \(([\w, ]+)\)", target["expr"])
            for label in re.findall(r"{{(\w+)}}", target["legendFormat"]):
                assert not kept or label in kept[0].split(", "), target


def test_what_the_platform_measures_is_shown_or_raises_an_alarm() -> None:
    shown = "".join(text(name) for name in BOARDS)
    alarms = (FOLDER.parent / "alerts.yaml").read_text("utf-8")
    measured = {
        re.sub(r"_(total|bucket|count|sum|created|info)$", "", name)
        for name in known()
        if name.startswith("tongxin_")
    }
    assert [] == sorted(name for name in measured if name not in shown + alarms)
