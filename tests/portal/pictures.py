"""Files as people send them: photos of a phone with the place in them, papers, and hostile ones."""

import io
import struct
import zipfile
import zlib

from PIL import Image

GPS = 0x8825


def photo(
    width: int = 640, height: int = 480, kind: str = "JPEG", *, turned: bool = False
) -> bytes:
    """A photo, blue on the left and red on the right, that tells where it was taken."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (width // 2, 0, width, height))
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "何女士的手机"
    exif[0x0112] = 6 if turned else 1
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 20.0, 5.0), 3: "E", 4: (106.0, 56.0, 7.0)})
    picture.save(out, kind, exif=exif.tobytes())
    return out.getvalue()


def paper(*members: str, kind: str = "word/document.xml", fill: int = 10) -> bytes:
    """A paper of an office program, with more members than it needs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", kind, *members):
            archive.writestr(name, b"0" * fill)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is this large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
