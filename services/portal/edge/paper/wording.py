"""Sets documents as DOCX, to be worked on in an office: the same parts, as GB/T 9704-2012 asks.

Fonts are named as offices have them; a computer without them takes others of its own. It runs in
the process of a `Press`.
"""

import io
from typing import Any

import docx as word
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from services.portal.edge.paper.lines import BODY, bordered, element, line_of, named, run_of
from services.portal.pages.papers.paper import Paper, Part, title_lines

FANG, KAI, HEI, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
TITLE, SMALL, RED_HEAD = Pt(22), Pt(14), Pt(36)
TINY = Pt(8)
RED = RGBColor(0xE6, 0x00, 0x12)


def docx(paper: Paper) -> bytes:
    """The document as a file of Word."""
    made, paper = word.Document(), paper.printed()
    if paper.form == "sheet":
        return _sheet(made, paper)
    _page(made, paper)
    _head(made, paper)
    if paper.form == "slips":
        for _ in range(paper.slips):
            line_of(made, paper.title, SONG, TITLE, ALIGN.CENTER)
            for part in paper.parts:
                _part(made, part)
            _cut(made)
        return _saved(made)
    line_of(made, "", FANG)
    if paper.to:
        line_of(made, f"{paper.to}\uff1a", FANG)
    for part in paper.parts:
        _part(made, part)
    _foot(made, paper)
    return _saved(made)


def _sheet(made: Document, paper: Paper) -> bytes:
    """One wide table across the page, its heads on every one."""
    section, long, short = made.sections[0], *((420, 297) if paper.large else (297, 210))
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(long), Mm(short)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin = section.bottom_margin = Mm(14)
    made.core_properties.title = paper.title
    line_of(made, paper.title, SONG, Pt(18), ALIGN.CENTER)
    for note in paper.notes:
        line = line_of(made, note, FANG, TINY)
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for part in paper.parts:
        rows = [part.heads, *part.rows]
        _table(made, rows, part.widths, header=True, size=TINY, across=long - 24)
    return _saved(made)


def _saved(made: Document) -> bytes:
    to = io.BytesIO()
    made.save(to)
    return to.getvalue()


def _page(made: Document, paper: Paper) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    grid = element("w:docGrid", type="lines", linePitch="579")
    section._sectPr.append(grid)  # noqa: SLF001 - the library has no name for the grid
    about = made.core_properties
    about.title, about.author, about.subject = paper.title, paper.issuer, paper.name
    normal = made.styles["Normal"]
    normal.font.size = BODY
    named(normal.element.get_or_add_rPr(), FANG)
    if paper.mark:
        mark = section.header.paragraphs[0]
        mark.alignment = ALIGN.RIGHT
        run_of(mark, paper.mark, HEI, Pt(9))
    made.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        _page_number(footer.paragraphs[0], side)
    if paper.mark:
        even = section.even_page_header.paragraphs[0]
        even.alignment = ALIGN.RIGHT
        run_of(even, paper.mark, HEI, Pt(9))


def _head(made: Document, paper: Paper) -> None:
    """发文机关标志 and 发文字号, where a body issued it under a number; then the title."""
    title = "\n".join(title_lines(paper.title))
    if paper.form == "slips":
        return
    if not paper.has_red_head:
        line_of(made, title, SONG, TITLE, ALIGN.CENTER)
        if paper.number:
            line_of(made, paper.number, KAI, BODY, ALIGN.CENTER)
        return
    name = paper.name if paper.form == "minutes" else "文件"
    line_of(made, paper.issuer + name, SONG, RED_HEAD, ALIGN.CENTER, color=RED)
    number = line_of(made, paper.number, FANG, BODY, ALIGN.CENTER)
    bordered(number, "E60012", bottom="single")
    line_of(made, title, SONG, TITLE, ALIGN.CENTER)


def _part(made: Document, part: Part) -> None:
    match part.kind:
        case "head":
            line = line_of(made, part.text, HEI if part.level == 1 else KAI, indent=2)
            line.paragraph_format.keep_with_next = True
        case "text":
            line_of(made, part.text, FANG, indent=2)
        case "labelled":
            line = line_of(made, f"{part.label}\uff1a", HEI, indent=2)
            run_of(line, part.text, FANG, BODY)
        case "table":
            _table(made, [part.heads, *part.rows], part.widths, header=True)
        case "pairs":
            _table(made, part.rows, (1, 3), header=False)


def _table(
    made: Document, rows: Any, widths: Any, *, header: bool, size: Pt = SMALL, across: int = 156
) -> None:
    """`across` is how wide it is, in millimetres."""
    table = made.add_table(len(rows), len(widths), style="Table Grid")
    table.autofit = False
    wide = [int(Mm(across) * one / sum(widths)) for one in widths]
    for column, one in zip(table.columns, wide, strict=True):
        column.width = one
    for number, (row, line) in enumerate(zip(rows, table.rows, strict=True)):
        for column, (words, cell) in enumerate(zip(row, line.cells, strict=True)):
            cell.width = wide[column]
            bold = number == 0 if header else column == 0
            first = cell.paragraphs[0]
            first.paragraph_format.space_after = Pt(3)
            run_of(first, words, HEI if bold else FANG, size)
    if header:
        table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001


def _foot(made: Document, paper: Paper) -> None:
    for number, name in enumerate(paper.attachments, 1):
        line_of(made, f"{'附件\uff1a' if number == 1 else '   '}{number}.{name}", FANG, indent=2)
    if paper.signed or paper.dated:
        above = made.paragraphs[-1], line_of(made, "", FANG)
        signed = line_of(made, f"{paper.signed}  ", FANG, BODY, ALIGN.RIGHT)
        for line in (*above, signed):
            line.paragraph_format.keep_with_next = True
        line_of(made, f"{paper.dated}    ", FANG, BODY, ALIGN.RIGHT)
    for copies in paper.copies:
        bordered(line_of(made, copies, FANG, SMALL), top="single", bottom="single")


def _cut(made: Document) -> None:
    """Where a slip ends: it is on one page, and cut off along the line."""
    end = line_of(made, "", FANG, SMALL)
    bordered(end, bottom="dashed")
    for line in reversed(made.paragraphs[:-1]):
        if line.text == "" and line.paragraph_format.keep_with_next is None:
            break
        line.paragraph_format.keep_with_next = True


def _page_number(line: Paragraph, side: ALIGN) -> None:
    """— 1 —, outside: to the right on odd pages, to the left on even ones."""
    line.alignment = side
    run_of(line, "— ", "宋体", SMALL)
    field = element("w:fldSimple", instr="PAGE")
    line._p.append(field)  # noqa: SLF001 - nor for fields
    run_of(line, " —", "宋体", SMALL)
