"""Sets documents as PDF, in the process of a `Press`: the compiler is kept there with its fonts.

Fonts are those that were brought at set-up, after those an operator adds to the folder: the ones
that offices print with are not free, and are preferred where they are.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import typst
from pydantic_settings import BaseSettings

from services.portal.pages.papers.paper import Paper
from shared.runtime.settings import told_by

HERE = Path(__file__).parents[2] / "pages"
OFFICIAL, WIDE = HERE / "papers/official.typ", HERE / "papers/sheet.typ"
FONTS = HERE / "fonts"
STANDARD: Literal["a-2a"] = "a-2a"
PLAIN: Literal["1.7"] = "1.7"
RARE = "Noto Sans Japanese"
WANTED: dict[str, tuple[str, ...]] = {
    "fang": ("FangSong_GB2312", "FangSong", "STFangsong", "Zhuque Fangsong (technical preview)"),
    "kai": ("KaiTi_GB2312", "KaiTi", "STKaiti"),
    "hei": ("SimHei", "STHeiti"),
    "song": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
}
"""仿宋, 楷体, 黑体 and 小标宋 as offices have them."""

INSTEAD: dict[str, tuple[str, ...]] = {
    "fang": ("LXGW WenKai", "Noto Serif SC"),
    "kai": ("LXGW WenKai", "Noto Serif SC"),
    "hei": ("Noto Sans S Chinese",),
    "song": ("Noto Serif SC",),
}
"""Free fonts that stand in for them, nearest first."""


class NoFonts(Exception):
    """There is no Chinese font: whatever was set would be empty boxes."""


class FontSettings(BaseSettings):
    """Read from the environment as TONGXIN_PORTAL_FONTS."""

    model_config = told_by("TONGXIN_PORTAL_")

    fonts: Path | None = None
    """A folder of fonts that the office has bought; they are preferred to the free ones."""


@dataclass(frozen=True)
class Faces:
    """The font that is seen for each face, and the faces that others stand in for."""

    seen: Mapping[str, str]
    instead: Sequence[str]


def _folders() -> list[str]:
    own = FontSettings().fonts
    return [str(one) for one in (own, FONTS) if one]


@cache
def families() -> dict[str, list[str]]:
    """For each face the fonts that there are, the first being the one that is seen."""
    known = set(typst.Fonts(include_system_fonts=True, font_paths=_folders()).families())
    return {
        face: [one for one in (*wanted, *INSTEAD[face]) if one in known] + [RARE] * (RARE in known)
        for face, wanted in WANTED.items()
    }


def faces() -> Faces:
    """In which fonts documents are set here; none, where there are none."""
    found = families()
    if not all(found.values()):
        return Faces({}, list(WANTED))
    seen = {face: fonts[0] for face, fonts in found.items()}
    return Faces(seen, [face for face, one in seen.items() if one not in WANTED[face]])


@cache
def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(str(template), root=str(template.parent), font_paths=_folders())


def pdf(paper: Paper) -> bytes:
    """The document as PDF/A, which keeps and can be read aloud. Raises NoFonts.

    A sign that no font has is an empty box, which PDF/A does not allow: then it is plain PDF.
    """
    fonts = families()
    if not all(fonts.values()):
        raise NoFonts
    inputs = {
        "paper": json.dumps(paper.printed().as_plain(), ensure_ascii=False),
        "fonts": json.dumps(fonts),
    }
    if paper.form == "sheet":  # Whatever people typed stands in it; a sign no font has is a box.
        compiled = _compiler(WIDE).compile(sys_inputs=inputs)
    else:
        compiled = _official(inputs)
    assert isinstance(compiled, bytes)
    return compiled


def _official(inputs: dict[str, str]) -> bytes | list[bytes] | None:
    try:
        return _compiler(OFFICIAL).compile(sys_inputs=inputs, pdf_standards=STANDARD)
    except typst.TypstError:
        return _compiler(OFFICIAL).compile(sys_inputs=inputs, pdf_standards=PLAIN)
