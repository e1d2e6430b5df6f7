"""Paragraphs of a file of Word as the standard wants them, and what the library cannot name."""

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

BODY = Pt(16)
PITCH = Pt(28.95)
"""22 lines on 225 mm."""

CHARACTER = "-5"
"""What is taken from each character of 3号, in twentieths of a point, so that 28 fill 156 mm.

A grid of characters would say the same to Word, and something else to other writers.
"""


def line_of(  # noqa: PLR0913 - a paragraph has these properties, and no more
    made: Document,
    words: str,
    font: str,
    size: Pt = BODY,
    align: ALIGN = ALIGN.JUSTIFY,
    *,
    color: RGBColor | None = None,
    indent: int = 0,
) -> Paragraph:
    """A new paragraph at the end."""
    line = made.add_paragraph()
    line.alignment = align
    form = line.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, PITCH
    form.first_line_indent = Pt(size.pt * indent) if indent else None
    run_of(line, words, font, size, color)
    return line


def run_of(line: Paragraph, words: str, font: str, size: Pt, color: RGBColor | None = None) -> None:
    """Words at the end of a paragraph; what no file of Word may hold is left out."""
    run = line.add_run("".join(one for one in words if one >= " " or one in "\n\t"))
    run.font.size = size
    if color is not None:
        run.font.color.rgb = color
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - the library knows Latin fonts only
    if size == BODY:
        properties.insert_element_before(element("w:spacing", val=CHARACTER), "w:sz")
    named(properties, font)


def bordered(line: Paragraph, color: str = "auto", **sides: str) -> None:
    """Lines at these sides of a paragraph."""
    borders = element("w:pBdr")
    for side, kind in sides.items():
        borders.append(element(f"w:{side}", val=kind, sz="8", space="4", color=color))
    properties = line._p.get_or_add_pPr()  # noqa: SLF001 - it knows no lines
    properties.insert_element_before(borders, "w:spacing")


def named(properties: Any, font: str) -> None:
    """The font for every script; the library names the one of Latin letters only."""
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def element(name: str, **values: str) -> Any:
    """An element as 'w:pBdr' with attributes."""
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made
