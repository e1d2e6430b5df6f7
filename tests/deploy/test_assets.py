"""What browsers are given comes from a lock without addresses, and is missed aloud."""

import json
from pathlib import Path

import pytest

from deploy.tongxin import assets, fonts
from deploy.tongxin.home import ROOT, Trouble


def test_the_lock_of_the_assets_names_digests_and_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert "resolved" not in text
    assert "://" not in text
    assert all(one["integrity"].startswith("sha512-") for path, one in packages.items() if path)


def test_the_lock_names_what_the_pages_use() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert wanted["dependencies"] == packages[""]["dependencies"]
    sources = [*assets.FILES.values(), *fonts.FILES.values(), fonts.SLICES]
    assert {package_of(source) for source in sources} == set(wanted["dependencies"])


def package_of(source: str) -> str:
    """The package a file comes from; some have a scope before their name."""
    return "/".join(source.split("/")[: 2 if source.startswith("@") else 1])


def test_a_platform_without_assets_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    (tmp_path / "htmx.min.js").touch()
    with pytest.raises(Trouble, match=r"lack echarts.min.js.*make assets"):
        assets.must_be_there()


def test_nothing_is_asked_of_a_registry_while_the_assets_are_those_of_the_lock(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assets.main()
    capsys.readouterr()
    monkeypatch.setattr(assets, "install", lambda: pytest.fail("installed again"))
    assets.main()
    assert "" == capsys.readouterr().out
