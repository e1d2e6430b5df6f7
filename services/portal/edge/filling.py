"""Reads what was filled into a form: fields, and files where a page takes them."""

from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from services.portal.words import FILE_BYTES_MAX
from shared.kernel.errors import Invalid

BODY_MAX = 256 * 1024
FIELDS_MAX = 1000
FILES_MAX = 8
PARTS_MAX = 32
"""Parts with a file name, those that nobody chose a file for among them."""

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
            raise Invalid("file-too-large", name=self.name[:40], limit=FILE_BYTES_MAX // 1024**2)
        return await self.came.read()


@dataclass(frozen=True)
class Form:
    """What came. `refused` says why files are missing: the fields are there all the same."""

    filled: dict[str, str | list[str]]
    files: Sequence[Upload] = ()
    refused: Invalid | None = None

    async def close(self) -> None:
        """Give back the room on the disk that the files took."""
        for one in self.files:
            await one.came.close()


async def read(request: Request, *, files: bool) -> Form:
    """What a form holds. Raises Invalid for what is too large, or is no form."""
    if request.method != "POST":
        return Form({})
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _parts(request, files=files)
    body = b"".join([chunk async for chunk in _limited(request, BODY_MAX)])
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS_MAX)
    except ValueError as error:
        raise Invalid("malformed", reason=str(error)) from error
    return Form(collect(pairs))


def collect(pairs: Iterable[tuple[str, str]]) -> dict[str, str | list[str]]:
    """What came in a form by name; a field that came several times is a list."""
    came: dict[str, list[str]] = {}
    for name, value in pairs:
        came.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in came.items()}


class _Parser(MultiPartParser):
    """Reads all fields; of files only what there is room for."""

    room = FORM_MAX

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Part of a field or of a file."""
        if self._current_part.file is not None:
            self.room -= end - start
            if self.room < 0:
                return
        super().on_part_data(data, start, end)


async def _parts(request: Request, *, files: bool) -> Form:
    parser = _Parser(
        request.headers,
        _limited(request, DRAIN_MAX if files else BODY_MAX),
        max_files=PARTS_MAX,
        max_fields=FIELDS_MAX,
        max_part_size=BODY_MAX,
    )
    try:
        await parser.parse()
    except MultiPartException as error:
        raise Invalid("malformed", reason=error.message) from error
    came = [one for _, one in parser.items if isinstance(one, UploadFile)]
    chosen = [Upload(one.filename or "", one.size or 0, one) for one in came if one.filename]
    form = Form(_fields(parser), chosen)
    if parser.room >= 0 and len(chosen) <= FILES_MAX:
        return form
    await form.close()
    if parser.room < 0:
        return Form(form.filled, refused=Invalid("files-too-large", limit=FORM_MAX // 1024**2))
    return Form(form.filled, refused=Invalid("too-many-files", limit=FILES_MAX))


def _fields(parser: MultiPartParser) -> dict[str, str | list[str]]:
    return collect((name, value) for name, value in parser.items if isinstance(value, str))


async def _limited(request: Request, limit: int) -> AsyncGenerator[bytes]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise Invalid("too-large", limit=limit)
        yield chunk
