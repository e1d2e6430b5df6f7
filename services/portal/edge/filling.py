"""Reads what was filled into a form: fields, and files where a page takes them."""

from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from services.portal.words import FILE_BYTES_MAX
from shared.kernel.errors import Invalid

BODY_MAX = 256 * 1024
READ_MAX = 2 * 1024 * 1024
"""How much text is read, so that what is too long to be done can be given back."""

FIELDS_MAX = 1000
FILES_MAX = 8
PARTS_MAX = 32
"""Parts with a file name, those that nobody chose a file for among them."""

NAMED_MAX = 40
"""Of a file's name, so many signs are told."""

FORM_MAX = BODY_MAX + FILES_MAX * FILE_BYTES_MAX
DRAIN_MAX = 4 * FORM_MAX
"""How much of a form is read though its files are thrown away.

A browser that still sends does not read: it would show a broken connection, not our answer.
"""


@dataclass(frozen=True)
class Upload:
    """One file as it came. Its name and size are what the sender said, and what arrived."""

    name: str
    size: int
    came: UploadFile

    async def read(self) -> bytes:
        """All its bytes. Raises Invalid('file-too-large')."""
        if self.size > FILE_BYTES_MAX:
            raise Invalid(
                "file-too-large", name=self.name[:NAMED_MAX], limit=FILE_BYTES_MAX // 1024**2
            )
        return await self.came.read()


@dataclass(frozen=True)
class Form:
    """What came. `refused` says why some files are missing: all else is there all the same.

    `cut` says why the fields are not to be used: the text is too long, or the rest never came.
    """

    filled: dict[str, str | list[str]]
    files: Sequence[Upload] = ()
    refused: Invalid | None = None
    cut: Invalid | None = None

    async def close(self) -> None:
        """Give back the room on the disk that the files took."""
        for one in self.files:
            await one.came.close()


async def read(request: Request, *, files: bool, text_max: int = BODY_MAX) -> Form:
    """What a form holds. Raises Invalid for what is no form."""
    if request.method != "POST":
        return Form({})
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _parts(request, files=files)
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        body += chunk[: READ_MAX - len(body)]
        if size > DRAIN_MAX:
            break
    cut = Invalid("too-large", limit=text_max // 1024) if size > text_max else None
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS_MAX)
    except ValueError as error:
        raise Invalid("malformed", reason=str(error)) from error
    return Form(collect(pairs), cut=cut)


def collect(pairs: Iterable[tuple[str, str]]) -> dict[str, str | list[str]]:
    """What came in a form by name; a field that came several times is a list."""
    came: dict[str, list[str]] = {}
    for name, value in pairs:
        came.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in came.items()}


class _Parser(MultiPartParser):
    """Reads all fields; of a file that is too large only as much as shows it."""

    room = FORM_MAX

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.sizes: Counter[int] = Counter()
        """How much came of each file, kept or not."""

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Part of a field or of a file."""
        file = self._current_part.file
        if file is not None:
            self.sizes[id(file)] += end - start
            if self.sizes[id(file)] > FILE_BYTES_MAX:
                return
            self.room -= end - start
            if self.room < 0:
                return
        super().on_part_data(data, start, end)


async def _parts(request: Request, *, files: bool) -> Form:
    parser = _Parser(
        request.headers,
        _limited(request, DRAIN_MAX if files else READ_MAX),
        max_files=PARTS_MAX,
        max_fields=FIELDS_MAX,
        max_part_size=READ_MAX,
    )
    cut: Invalid | None = None
    try:
        await parser.parse()
    except MultiPartException as error:
        cut = Invalid("malformed", reason=error.message)
    except Invalid as error:
        cut = error
    filled = collect((name, value) for name, value in parser.items if isinstance(value, str))
    if sum(len(value.encode()) for value in _texts(filled)) > BODY_MAX:
        cut = Invalid("too-large", limit=BODY_MAX // 1024)
    return await _with_files(parser, Form(filled, cut=cut), files=files)


async def _with_files(parser: _Parser, form: Form, *, files: bool) -> Form:
    """The form with its files, the first ones if there are too many."""
    came = [one for _, one in parser.items if isinstance(one, UploadFile)]
    if not files and any(one.filename for one in came):
        form = replace(form, cut=form.cut or Invalid("malformed", reason="no files belong here"))
    chosen = [one for one in came if one.filename and not form.cut]
    for one in came:
        if one not in chosen[:FILES_MAX]:
            await one.close()
    kept = [Upload(one.filename or "", parser.sizes[id(one)], one) for one in chosen[:FILES_MAX]]
    too_many = Invalid("too-many-files", limit=FILES_MAX) if len(chosen) > FILES_MAX else None
    return replace(form, files=kept, refused=too_many)


def _texts(filled: Mapping[str, str | list[str]]) -> Iterator[str]:
    for value in filled.values():
        yield from [value] if isinstance(value, str) else value


async def _limited(request: Request, limit: int) -> AsyncGenerator[bytes]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise Invalid("too-large", limit=limit // 1024)
        yield chunk
