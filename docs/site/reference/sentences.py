"""What people read: refusals with what to do next, and the help of each page."""

import tomllib
from collections.abc import Iterator
from typing import Any

from docs.site.reference.grid import code, grid, plain
from docs.site.sources import ROOT

TEXTS = ROOT / "services" / "portal" / "pages" / "texts" / "zh-CN"


def refusals() -> str:
    """Each code, what happened, and what to do next."""
    told = _read("refusals")
    rows = [
        [code(name), plain(one.get("what", "")), plain(one.get("next", ""))]
        for name, one in sorted(told.items())
        if isinstance(one, dict) and "what" in one
    ]
    head = "# 拒绝和原因\n\n不能办时,页面和接口都说明发生了什么、怎么办。花括号里是当时的事实。\n"
    return "\n".join([head, *grid(("代码", "发生了什么", "怎么办"), rows)])


def helps() -> str:
    """The help of every page, as it is shown under 本页帮助."""
    return "\n".join(["# 每一页的帮助\n", *_helps()])


def _helps() -> Iterator[str]:
    for one in _read("help").values():
        if isinstance(one, dict) and "who" in one:
            yield f"## {plain(one['title'])}\n"
            yield f"{plain(one['who'])}\n"
            for line in (*one.get("can", ()), *one.get("steps", ()), *one.get("what_if", ())):
                yield f"- {plain(line)}"
            yield ""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))
