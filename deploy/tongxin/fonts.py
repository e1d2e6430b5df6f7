"""The fonts of printed documents: packages of package-lock.json, copied beside the pages.

Official documents are set in 仿宋, 楷体, 黑体 and 小标宋. For 黑体 and Song types there are free
fonts in packages; the brush type comes in slices for browsers, which are put together here.
"""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deploy.tongxin.home import Trouble

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

SERIF, SANS = "@expo-google-fonts/noto-serif-sc", "@embedpdf/fonts-sc/fonts"
FILES = {
    "NotoSerifSC-Regular.ttf": f"{SERIF}/400Regular/NotoSerifSC_400Regular.ttf",
    "NotoSerifSC-Black.ttf": f"{SERIF}/900Black/NotoSerifSC_900Black.ttf",
    "NotoSansSC-Regular.otf": f"{SANS}/NotoSansHans-Regular.otf",
    "NotoSansSC-Medium.otf": f"{SANS}/NotoSansHans-Medium.otf",
    "NotoSansJP-Regular.otf": "@embedpdf/fonts-jp/fonts/NotoSansJP-Regular.otf",
}
"""Each font that comes whole, and where the packages have it. The last has what is rare: 𠮷."""

SLICES = "lxgw-wenkai-webfont/files"
JOINED = {"LXGWWenKai-Light.ttf": "light", "LXGWWenKai-Regular.ttf": "regular"}
"""Each font that is put together, and what its slices are called."""

NAMES = (*FILES, *JOINED)
LEFT_OUT = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "gasp", "meta")
"""Tables that speak of glyphs by number, and that upright Chinese text can go without."""


def install(packages: Path, to: Path) -> None:
    """Bring the fonts there. Raises Trouble."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for name, source in FILES.items():
        shutil.copyfile(packages / source, to / name)
    for name, weight in JOINED.items():
        slices = sorted((packages / SLICES).glob(f"lxgwwenkai-{weight}-subset-*.woff2"))
        join(slices, to / name)


def join(slices: list[Path], to: Path) -> None:
    """One font of many, each of which has some of its glyphs. Raises Trouble."""
    try:
        from fontTools.ttLib import TTFont  # noqa: PLC0415 - an extra, needed at set-up only
    except ImportError as error:
        raise Trouble("fontTools is missing: install `tongxin[assets]`") from error
    first, *others = slices
    whole = TTFont(first)
    codes, order = dict(whole.getBestCmap()), list(whole.getGlyphOrder())
    for number, path in enumerate(others, 1):
        names = _take(TTFont(path), whole, f"s{number}.", codes)
        order.extend(names)
    whole.setGlyphOrder(order)
    whole["glyf"].glyphOrder = order
    whole["cmap"].tables = [_cmap(codes)]
    whole["post"].formatType = 3.0
    for tag in LEFT_OUT:
        if tag in whole:
            del whole[tag]
    whole.flavor = None
    whole.save(to)


def _take(one: "TTFont", whole: "TTFont", prefix: str, codes: dict[int, str]) -> list[str]:
    """Add the glyphs of a slice under names of their own; those names."""
    names = {glyph: prefix + glyph for glyph in one.getGlyphOrder()}
    for glyph, name in names.items():
        drawn = one["glyf"][glyph]
        for part in drawn.components if drawn.isComposite() else ():
            part.glyphName = names[part.glyphName]
        whole["glyf"].glyphs[name] = drawn
        whole["hmtx"].metrics[name] = one["hmtx"].metrics[glyph]
    for code, glyph in one.getBestCmap().items():
        codes.setdefault(code, names[glyph])
    return list(names.values())


def _cmap(codes: dict[int, str]) -> Any:
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable  # noqa: PLC0415 - as above

    every = 12  # The format that holds all of Unicode.
    table = CmapSubtable.newSubtable(every)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.length, table.nGroups = every, 0, 0, 0
    table.cmap = codes
    return table
