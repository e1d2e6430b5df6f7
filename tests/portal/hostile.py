"""What hostile or hapless people send: every form of a page, with each field in turn spoilt."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser
from itertools import count
from urllib.parse import urljoin, urlsplit

import httpx

MARKUP = "<script>alert(1)</script>\"'><b>"
RAW = "<script>alert(1)"
VALUES: Mapping[str, str] = {
    "empty": "",
    "huge": "9" * 20_000,
    "markup": MARKUP,
    "emoji": "👨‍👩‍👧‍👦🚧",
    "rare": "𠮷野㐂一",
    "rtl": "\u202eשלום\u202c",
    "nul": "前\0后",
    "area": "519999999999",
    "id": "0190aaaa-0000-7000-8000-00000000dead",
    "negative": "-1",
    "vast": "99999999999999999999",
    "day": "2026-13-45",
}
EACH = 4
"""How many of the values a field is given; the next field goes on with the following ones."""

STEP = 5
"""From one value to the next; it has no factor in common with their number."""

OURS = ("csrf", "command_id")
UNSENT = ("checkbox", "button", "select")
"""What is not sent until it is ticked, pressed, or has an option."""

PLAUSIBLE = {
    "text": "照实写的一句话",
    "textarea": "照实写的一段话",
    "number": "1",
    "date": str(date.today() + timedelta(days=3)),  # noqa: DTZ011 (the calendar of the test)
    "datetime-local": f"{date.today() + timedelta(days=3)}T09:00",  # noqa: DTZ011
}
"""What is typed into an empty field, so that it is not its neighbour that is refused."""

FREE = ("text", "textarea", "number", "date", "datetime-local", "tel", "search", "email")

_turn = count()


@dataclass
class Input:
    """One control of a form, with the value it was drawn with."""

    name: str
    kind: str
    value: str = ""
    sent: bool = True


@dataclass
class Form:
    """A form of a page, and where it goes."""

    page: str
    to: str
    method: str
    files: bool
    inputs: list[Input] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, ...]:
        """What it has in common with the same form about something else."""
        path = "/".join(part for part in urlsplit(self.to).path.split("/") if not _is_id(part))
        return (self.method, path, *sorted({one.name for one in self.inputs}))

    @property
    def names(self) -> list[str]:
        """Its fields, without those that nobody but us fills."""
        return list(dict.fromkeys(one.name for one in self.inputs if one.name not in OURS))

    def drawn(self) -> dict[str, list[str]]:
        """What is sent by whoever fills it in sensibly."""
        came: dict[str, list[str]] = {}
        for one in self.inputs:
            again = one.kind == "radio" and one.name in came
            if one.sent and one.kind != "file" and not again:
                came.setdefault(one.name, []).append(one.value or PLAUSIBLE.get(one.kind, ""))
        return came

    def is_free(self, name: str) -> bool:
        """Whether somebody types into this field what can be read on the screen."""
        return any(one.name == name and one.kind in FREE for one in self.inputs)

    def is_file(self, name: str) -> bool:
        """Whether this field brings a file."""
        return any(one.name == name and one.kind == "file" for one in self.inputs)


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms = page, list[Form]()
        self.open: Form | None = None
        self.text: Input | None = None
        self.select: Input | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            to = urljoin(self.page, given.get("action", ""))
            files = given.get("enctype") == "multipart/form-data"
            self.open = Form(self.page, to, given.get("method", "get"), files)
            self.forms.append(self.open)
        elif self.open and tag == "option" and self.select:
            if "selected" in given or not self.select.value:
                self.select.value, self.select.sent = given.get("value", ""), True
        elif self.open and tag in ("input", "textarea", "select", "button") and given.get("name"):
            self._control(tag, given)

    def _control(self, tag: str, given: Mapping[str, str]) -> None:
        assert self.open
        kind = given.get("type", "text") if tag == "input" else tag
        one = Input(given["name"], kind, given.get("value", ""))
        first = kind == "button" and all(other.kind != "button" for other in self.open.inputs)
        one.sent = kind not in UNSENT or "checked" in given or first
        self.open.inputs.append(one)
        if tag == "textarea":
            self.text = one
        elif tag == "select":
            self.select = one

    def handle_data(self, data: str) -> None:
        if self.text:
            self.text.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "textarea":
            self.text = None
        elif tag == "select":
            self.select = None


def forms(page: str, text: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader(page)
    reader.feed(text)
    return reader.forms


def spoilings(form: Form) -> Iterator[tuple[str, str]]:
    """Each field with some of the values, by name; over all forms every pair comes in its turn."""
    kinds = list(VALUES)
    for name in form.names:
        first = next(_turn)
        for nth in range(EACH):
            yield name, kinds[(first + nth * STEP) % len(kinds)]


async def send(
    client: httpx.AsyncClient, form: Form, name: str = "", value: str = ""
) -> httpx.Response:
    """The answer to a form as it was drawn, but for one field."""
    filled, files = form.drawn(), []
    if name and form.is_file(name):
        files = [(name, (f"{value[:60]}.pdf", value.encode(), "application/pdf"))]
    elif name:
        filled[name] = [value]
    if form.method == "get":
        return await client.get(urlsplit(form.to).path, params=filled)
    if form.files:
        files = files or [("", ("", b"", "application/octet-stream"))]
        return await client.post(form.to, data=filled, files=files)
    return await client.post(form.to, data=filled)


def shows(answer: httpx.Response, value: str) -> bool:
    """Whether a page still holds what was typed."""
    return _plain(value) in _plain(unescape(answer.text))


def carried(answer: httpx.Response) -> list[str]:
    """What the page on which one logs in again keeps of a form."""
    (carry,) = [
        one.value
        for form in forms(str(answer.url), answer.text)
        for one in form.inputs
        if one.name == "carry"
    ]
    return [value for _, value in json.loads(carry)["filled"]]


def told(answer: httpx.Response) -> bool:
    """Whether a refusal is a page that says so in words."""
    return any(mark in answer.text for mark in ('role="alert"', "<h1"))


def _plain(text: str) -> str:
    # A form comes back with the lines ended as they are sent, and without what no text holds.
    return "".join(text.replace("\0", "").split())


def _is_id(part: str) -> bool:
    return any(sign.isdigit() for sign in part)


def in_the_middle(form: Form) -> dict[str, list[str]]:
    """A form in which every field that somebody types into says which it is."""
    typed = {name: [f"写到一半 <{name}>"] for name in form.names if form.is_free(name)}
    return {**form.drawn(), **typed}


def kept(form: Form, filled: Mapping[str, Sequence[str]]) -> list[str]:
    """What somebody typed or was given to correct, out of all that is sent."""
    return [one for name, some in filled.items() if form.is_free(name) for one in some if one]
