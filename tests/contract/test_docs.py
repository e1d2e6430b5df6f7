"""The tables in the documents say what the code says."""

from importlib import import_module
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from deploy.tongxin.home import SERVICES
from docs import settings, tables

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("name", "table"), tables.TABLES.items())
def test_the_tables_have_not_drifted(name: str, table: object) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert tables.between(text, table()) == text, "run 'make docs'"  # type: ignore[operator]


def test_no_setting_is_left_out() -> None:
    for service in SERVICES:
        import_module(f"services.{service}.app")
    written = {cls for _, classes in settings.READ_BY for cls in classes}
    packages = ("deploy.", "services.", "shared.")
    ours = {cls for cls in BaseSettings.__subclasses__() if cls.__module__.startswith(packages)}
    assert ours == written


def test_each_setting_says_what_it_means() -> None:
    for _, classes in settings.READ_BY:
        for cls in classes:
            assert [] == [name for name, one in cls.model_fields.items() if not one.description]
