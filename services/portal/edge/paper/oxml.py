"""What the library for files of Word has no names for: fonts of all scripts, lines, elements."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


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
