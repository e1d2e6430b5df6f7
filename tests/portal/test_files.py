"""Files: made harmless, sealed, kept with what they belong to, and unreadable once it is erased."""

import io
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest
from PIL import Image

from services.portal.domain import DECIDERS
from services.portal.domain.file.commands import KeepFile, RemoveFile
from services.portal.domain.file.decide import FILE
from services.portal.edge.files.chest import FILES_MAX, Chest
from services.portal.edge.files.kinds import (
    DOCX,
    JPEG,
    LONG_SIDE_MAX,
    PDF,
    XLSX,
    Harmless,
    harmless,
    named,
)
from services.portal.edge.tables import make_tables
from services.portal.projections.files import FILES
from shared.kernel.errors import Invalid, Refused
from shared.runtime.vault import Vault, is_sealed
from tests.portal import pictures
from tests.portal.kept import FILE_ID, KEPT, REMOVED, SUBJECT
from tests.portal.test_account import RULES
from tests.servers import Postgres
from tests.spec import Spec, by
from tests.views import filled, history, keeps_the_law

COUNTY = "511623000000"

file = Spec(FILE, RULES)
he, clerk = by("he", "resident", COUNTY), by("wen", "clerk", COUNTY)
keep = KeepFile(area=COUNTY, **KEPT.model_dump(exclude={"keeper"}))
remove = RemoveFile(file_id=FILE_ID, reason=REMOVED.reason)


def test_a_file_is_kept_once() -> None:
    file.given().when(keep, he).then(KEPT)
    file.given(KEPT).when(keep, he).then_nothing()


@pytest.mark.parametrize("other", [{"digest": "00" * 32}, {"subject_id": uuid4()}])
def test_another_file_does_not_take_its_place(other: dict[str, object]) -> None:
    file.given(KEPT).when(keep.model_copy(update=other), he).then_refused("another-file")


def test_a_file_is_removed_once_and_does_not_come_back() -> None:
    file.given(KEPT).when(remove, clerk).then(REMOVED)
    file.given(KEPT, REMOVED).when(remove, clerk).then_nothing()
    file.given(KEPT, REMOVED).when(keep, he).then_refused(
        "not-now", command="KeepFile", file="Removed"
    )


def test_nothing_is_removed_that_is_not_there() -> None:
    file.given().when(remove, clerk).then_refused("not-now", command="RemoveFile", file="Nothing")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_of_a_picture_only_the_pixels_are_kept(kind: str) -> None:
    came = pictures.photo(kind=kind)
    made = harmless("院坝.photo", came)

    with Image.open(io.BytesIO(made.content)) as kept:
        assert "JPEG" == kept.format
        assert {} == dict(kept.getexif())
        assert not {"exif", "icc_profile", "comment"} & kept.info.keys()
    assert "何女士".encode() not in made.content
    assert b"Exif" not in made.content
    assert ("院坝.jpg", JPEG) == (made.name, made.media)


def test_a_picture_that_was_taken_upright_stands_upright() -> None:
    made = harmless("photo.jpg", pictures.photo(400, 300, turned=True))
    with Image.open(io.BytesIO(made.content)) as kept:
        assert (300, 400) == kept.size
        red, _, blue = kept.convert("RGB").getpixel((150, 20))  # type: ignore[misc]
        assert blue > red


def test_a_large_picture_becomes_as_large_as_anybody_looks_at_it() -> None:
    made = harmless("photo.jpg", pictures.photo(4000, 3000))
    with Image.open(io.BytesIO(made.content)) as kept, Image.open(io.BytesIO(made.small)) as small:
        assert (LONG_SIDE_MAX, 1500) == kept.size
        assert (320, 240) == small.size


@pytest.mark.parametrize(
    ("content", "media", "name"),
    [
        (pictures.PDF, PDF, "报告.pdf"),
        (pictures.paper(), DOCX, "报告.docx"),
        (pictures.paper(kind="xl/workbook.xml"), XLSX, "报告.xlsx"),
    ],
)
def test_a_paper_is_kept_as_it_came_under_what_it_really_is(
    content: bytes, media: str, name: str
) -> None:
    assert Harmless(name, media, content) == harmless("报告.exe", content)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("empty-file", b""),
        ("unknown-kind", pictures.SVG),
        ("unknown-kind", b"MZ\x90\x00"),
        ("unknown-kind", b"GIF89a" + bytes(40)),
        ("unknown-kind", pictures.paper(kind="index.html")),
        ("unknown-kind", b"RIFF\x00\x00\x00\x00WAVE"),
        ("bad-picture", pictures.photo()[:400]),
        ("bad-picture", b"\xff\xd8\xff" + pictures.SVG),
        ("bad-picture", pictures.bomb(0, 0)),
        ("bad-picture", pictures.bomb(600, 600)),
        ("too-many-pixels", pictures.bomb(8000, 8000)),
        ("too-many-pixels", pictures.bomb(60_000, 60_000)),
        ("bad-paper", b"PK\x03\x04" + bytes(60)),
        ("bad-paper", pictures.paper(*map(str, range(2500)))),
        ("bad-paper", pictures.paper(fill=110 * 1024 * 1024)),
        ("macros", pictures.paper("word/vbaProject.bin")),
    ],
)
def test_what_is_hostile_broken_or_unknown_is_not_kept(code: str, content: bytes) -> None:
    with pytest.raises(Invalid, match=code):
        harmless("照片.jpg", content)


def test_what_a_picture_carries_behind_it_does_not_come_along() -> None:
    hidden = pictures.paper("payload")
    made = harmless("photo.jpg", pictures.photo() + hidden)

    assert b"payload" not in made.content
    assert b"PK\x03\x04" not in made.content


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\照片\\一.pdf", "一.pdf"),
        ("", "附件.pdf"),
        ("...", "附件.pdf"),
        ("a\r\nSet-Cookie: x", "aSet-Cookie: x.pdf"),
        ("\u202egpj.exe", "gpj.pdf"),
        ("㐂𠮷🙂.pdf", "㐂𠮷🙂.pdf"),
        ("长" * 500 + ".pdf", "长" * 115 + ".pdf"),
    ],
)
def test_a_name_has_no_folders_no_tricks_and_an_end(name: str, kept: str) -> None:
    assert kept == named(name, PDF)


@pytest.fixture
async def pool(pg: Postgres) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(await pg.fresh_database(), min_size=0) as pool:
        await make_tables(pool)
        yield pool


LAMP = Harmless("路灯.jpg", JPEG, b"the picture", b"small")


async def _kept(pool: asyncpg.Pool, subject: UUID) -> tuple[Chest, UUID, str]:
    chest = Chest(pool, Vault(pool))
    file_id = await chest.stage(subject, LAMP)
    (row,) = await chest.staged(subject)
    await chest.keep(file_id)
    return chest, file_id, row["digest"]


@pytest.mark.servers
async def test_bytes_are_sealed_and_can_be_read_again(pool: asyncpg.Pool) -> None:
    chest, file_id, digest = await _kept(pool, SUBJECT)
    row = await pool.fetchrow("SELECT * FROM portal__chest.bytes")
    assert row

    assert LAMP.content not in row["content"]
    assert LAMP.small not in row["small"]
    assert is_sealed(row["name"])
    assert LAMP.content == await chest.content(file_id, digest)
    assert LAMP.small == await chest.content(file_id, digest, small=True)


@pytest.mark.servers
async def test_who_is_erased_takes_the_files_along(pool: asyncpg.Pool) -> None:
    chest, file_id, digest = await _kept(pool, SUBJECT)
    other, other_id, other_digest = await _kept(pool, uuid4())
    await Vault(pool).forget(SUBJECT)

    assert await chest.content(file_id, digest) is None
    assert await chest.content(file_id, digest, small=True) is None
    assert LAMP.content == await other.content(other_id, other_digest)
    with pytest.raises(Refused, match="forgotten"):
        await chest.stage(SUBJECT, LAMP)


@pytest.mark.servers
async def test_who_is_locked_is_stored_and_not_shown(pool: asyncpg.Pool) -> None:
    chest, file_id, digest = await _kept(pool, SUBJECT)
    await Vault(pool).lock(SUBJECT)

    assert await chest.content(file_id, digest) is None
    with pytest.raises(Refused, match="subject-locked"):
        await chest.stage(SUBJECT, LAMP)


@pytest.mark.servers
async def test_bytes_that_were_altered_are_not_shown(pool: asyncpg.Pool) -> None:
    chest, file_id, digest = await _kept(pool, SUBJECT)
    await pool.execute("UPDATE portal__chest.bytes SET content = content || '\\x00'")

    assert await chest.content(file_id, digest) is None


@pytest.mark.servers
async def test_the_same_file_comes_once_and_too_many_do_not_come(pool: asyncpg.Pool) -> None:
    chest = Chest(pool, Vault(pool))
    some = [Harmless(f"{n}.pdf", PDF, bytes([n])) for n in range(FILES_MAX)]
    for one in (*some, *some):
        await chest.stage(SUBJECT, one)

    assert FILES_MAX == len(await chest.staged(SUBJECT))
    with pytest.raises(Refused, match="too-many-files"):
        await chest.stage(SUBJECT, LAMP)


@pytest.mark.servers
async def test_what_nobody_sent_is_swept_away_and_what_is_kept_is_not(pool: asyncpg.Pool) -> None:
    chest, file_id, digest = await _kept(pool, SUBJECT)
    forgotten = await chest.stage(SUBJECT, Harmless("a.pdf", PDF, b"a"))
    await pool.execute("UPDATE portal__chest.bytes SET staged_at = staged_at - interval '2 days'")
    await chest.stage(uuid4(), LAMP)

    assert LAMP.content == await chest.content(file_id, digest)
    assert [] == await chest.staged(SUBJECT)
    assert 0 == await pool.fetchval(
        "SELECT count(*) FROM portal__chest.bytes WHERE file_id = $1", forgotten
    )


@pytest.mark.servers
async def test_a_file_is_dropped_only_by_the_form_it_came_with(pool: asyncpg.Pool) -> None:
    chest = Chest(pool, Vault(pool))
    file_id = await chest.stage(SUBJECT, LAMP)
    await chest.drop(uuid4(), file_id)
    assert [file_id] == [row["file_id"] for row in await chest.staged(SUBJECT)]
    await chest.drop(SUBJECT, file_id)
    assert [] == await chest.staged(SUBJECT)


@pytest.mark.servers
async def test_the_view_of_files_keeps_the_law_and_forgets_what_was_removed(pg: Postgres) -> None:
    other = KEPT.model_copy(update={"file_id": uuid4()})
    said = [("portal", one.file_id, one) for one in (KEPT, other, REMOVED)]
    async with history(pg, said) as dsn:
        await keeps_the_law(dsn, "portal", FILES, DECIDERS)
        async with filled(dsn, "portal", FILES, DECIDERS) as files:
            rows = await files.ask("of subjects", subject_ids=[SUBJECT])
            gone = await files.ask("one", file_id=FILE_ID)

    assert [other.file_id] == [row["file_id"] for row in rows]
    assert [] == gone
