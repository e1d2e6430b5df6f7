"""What a file really is, and what of it is kept: pictures anew and bare, papers as they came.

Nothing here trusts a name or a declared type: only the bytes count.
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import Image, ImageOps

from services.portal.words import Media
from shared.kernel.errors import Invalid

LONG_SIDE_MAX = 2000
SMALL_SIDE_MAX = 320
PIXELS_MAX = 50_000_000
"""More than cameras of phones make; a picture of so many pixels takes 200 MB to look at."""

QUALITY, SMALL_QUALITY = 85, 70
MEMBERS_MAX = 2000
UNPACKED_MAX = 200 * 1024 * 1024
NAME_MAX = 120

JPEG: Media = "image/jpeg"
PDF: Media = "application/pdf"
DOCX: Media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS: dict[Media, str] = {JPEG: ".jpg", PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx"}
OFFICE: dict[str, Media] = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
MACROS = "vbaproject.bin"


@dataclass(frozen=True)
class Harmless:
    """What is kept of a file. `small` is a picture to show in lists; papers have none."""

    name: str
    media: Media
    content: bytes
    small: bytes = b""


def harmless(name: str, content: bytes) -> Harmless:
    """The file, made harmless.

    Raises Invalid: 'empty-file', 'unknown-kind', 'bad-picture', 'too-many-pixels', 'bad-paper',
    'macros'. It takes a while: call it in a thread.
    """
    if not content:
        raise Invalid("empty-file", name=_short(name))
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_webp(content):
        return _picture(name, content)
    if content.startswith(b"%PDF-"):
        return Harmless(named(name, PDF), PDF, content)
    if content.startswith(b"PK\x03\x04"):
        media = _office(name, content)
        return Harmless(named(name, media), media, content)
    raise Invalid("unknown-kind", name=_short(name))


def named(name: str, media: Media) -> str:
    """The name without folders and signs that no file has, with the ending of what it really is."""
    last = PurePosixPath(name.replace("\\", "/").replace("\0", "")).name
    plain = "".join(sign for sign in last if sign.isprintable())
    stem = plain.rpartition(".")[0] or plain
    return (stem.strip(" .")[: NAME_MAX - 5] or "附件") + ENDINGS[media]


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _picture(name: str, content: bytes) -> Harmless:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as found:
            _must_fit(name, found)
            found.draft("RGB", (LONG_SIDE_MAX, LONG_SIDE_MAX))
            bare = _bare(found)
    except Invalid:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many(name) from error
    except Exception as error:  # Decoders raise whatever comes to them on broken bytes.
        raise Invalid("bad-picture", name=_short(name)) from error
    small = bare.copy()
    small.thumbnail((SMALL_SIDE_MAX, SMALL_SIDE_MAX))
    return Harmless(named(name, JPEG), JPEG, _jpeg(bare, QUALITY), _jpeg(small, SMALL_QUALITY))


def _must_fit(name: str, found: Image.Image) -> None:
    if found.width * found.height > PIXELS_MAX:
        raise _too_many(name)


def _too_many(name: str) -> Invalid:
    return Invalid("too-many-pixels", name=_short(name), limit=PIXELS_MAX // 10**6)


def _bare(found: Image.Image) -> Image.Image:
    """The pixels alone, upright: no place, no time, no name of a phone."""
    found.thumbnail((LONG_SIDE_MAX, LONG_SIDE_MAX))
    upright = ImageOps.exif_transpose(found)
    clear = upright.convert("RGBA")
    bare = Image.new("RGB", clear.size, "white")
    bare.paste(clear, mask=clear.getchannel("A"))
    return bare


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _office(name: str, content: bytes) -> Media:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except Exception as error:  # As above.
        raise Invalid("bad-paper", name=_short(name)) from error
    names = {one.filename for one in members}
    media = next((media for part, media in OFFICE.items() if part in names), None)
    if media is None or "[Content_Types].xml" not in names:
        raise Invalid("unknown-kind", name=_short(name))
    if len(members) > MEMBERS_MAX or sum(one.file_size for one in members) > UNPACKED_MAX:
        raise Invalid("bad-paper", name=_short(name))
    if any(one.lower().endswith(MACROS) for one in names):
        raise Invalid("macros", name=_short(name))
    return media


def _short(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable())[:40] or "附件"
