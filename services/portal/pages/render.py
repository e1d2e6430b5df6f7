"""Draws pages: Jinja2 templates, our texts, and how days and areas are written in Chinese."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2

from services.portal.pages.texts import Texts

HERE = Path(__file__).parent
STATIC = HERE / "static"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def day(moment: date | datetime) -> str:
    """'2026年3月2日'; a datetime is told as the day it is in China."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(SHANGHAI).date()
    return f"{moment.year}年{moment.month}月{moment.day}日"


def minute(moment: datetime) -> str:
    """'2026年3月2日 17:00', as clocks in China show it."""
    return f"{day(moment)} {moment.astimezone(SHANGHAI):%H:%M}"


def _instant(text: str) -> str:
    """A moment out of an answer's JSON, as `minute` has it."""
    return minute(datetime.fromisoformat(text))


class Pages:
    """The templates of a language. A name that a template does not know is an error."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"instant": _instant, "day": day, "minute": minute}
        self._templates.globals |= {"t": texts, "static": _static_names()}

    def draw(self, template: str, values: Mapping[str, Any]) -> str:
        """A page as HTML."""
        return self._templates.get_template(template).render(values)


class _Static(dict[str, str]):
    """Each static file with the hash of its content, so that browsers may keep it for ever."""

    def __missing__(self, name: str) -> str:
        raise LookupError(f"no static file '{name}'; `make assets` fetches those of 'vendor/'")


def _static_names() -> _Static:
    names = {file.relative_to(STATIC).as_posix(): file for file in sorted(STATIC.glob("**/*.*"))}
    return _Static(
        (name, f"/static/{name}?v={sha256(file.read_bytes()).hexdigest()[:12]}")
        for name, file in names.items()
    )
