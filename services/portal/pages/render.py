"""Draws pages: Jinja2 templates, our texts, and how days are written."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2

from services.portal.pages.texts import Texts, read

HERE = Path(__file__).parent
STATIC = HERE / "static"
SHANGHAI = ZoneInfo("Asia/Shanghai")


DAY = "{year}年{month}月{day}日"


def day(moment: date | datetime, form: str = DAY) -> str:
    """'2026年3月2日'; a datetime is told as the day it is in China, in any language."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(SHANGHAI).date()
    return form.format(year=moment.year, month=moment.month, day=moment.day)


def minute(moment: datetime, form: str = DAY) -> str:
    """'2026年3月2日 17:00', as clocks in China show it."""
    return f"{day(moment, form)} {moment.astimezone(SHANGHAI):%H:%M}"


def period(texts: Texts, code: str) -> str:
    """'2026年上半年' of '2026-H1'; a period of another make as it stands."""
    year, _, part = code.partition("-")
    return str(texts.site.periods.get(part, "{year}-{part}")).format(year=year, part=part)


class Pages:
    """The templates of a language. A name that a template does not know is an error."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        form = str(texts.site.day)
        self._templates.filters |= {
            "instant": lambda text: minute(datetime.fromisoformat(text), form),
            "day": lambda moment: day(moment, form),
            "minute": lambda moment: minute(moment, form),
            "period": lambda code: period(texts, code),
        }
        self._templates.globals |= {"t": texts, "static": _static_names()}

    def draw(self, template: str, values: Mapping[str, Any]) -> str:
        """A page as HTML."""
        return self._templates.get_template(template).render(values)


@cache
def pages_in(language: str) -> Pages:
    """The pages in a language of `texts`."""
    return Pages(read(language))


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
