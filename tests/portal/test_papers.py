"""Documents in the form of GB/T 9704-2012: what they say, as PDF and as Word, read by parsers."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import docx
import pypdfium2
import pytest

from services.portal.edge.paper import setting, wording
from services.portal.pages.papers.documents import DOCUMENTS, documents_of
from services.portal.pages.papers.grid import Grid, Head
from services.portal.pages.papers.of_sheets import sheet_paper
from services.portal.pages.papers.paper import Paper, chinese, text, title_lines
from services.portal.pages.signs import chinese_signs
from tests.portal.papered import ISSUER, RARE, TEXTS, TITLE, paper, story

MM = 72 / 25.4
SAYS = {
    "approval": [TITLE, "林某", "√", RARE, "切口小"],
    "research-report": ["三百辆车", RARE, "错时共享", "有多少车位"],
    "work-plan": ["停车位划设", "一月下旬"],
    "notice": ["2026年1月20日", "09:30", "北辰社区议事厅", "通报调研情况", "请带上意见"],
    "minutes": ["邻协纪〔2026〕5号", "县交通局表示可以划线", "修建立体车库", "抄送"],
    "outcome-report": ["划定停车位", "县交通局", "普遍性问题"],
    "public-opinion": ["关于老旧小区立体停车的建议", "修建立体车库"],
    "assignment": ["县公安局", "2026年4月1日", "邻协纪〔2026〕5号"],
    "reply": ["A 已解决", "已划车位一百二十个", "已确认解决", "县公安局"],
    "ballot": ["□", "满意", "县交通局"],
    "case": ["车多位少", "新增车位120个", "协商效果"],
}
each = pytest.mark.parametrize("kind", [one.kind for one in DOCUMENTS])


def in_pdf(made: Paper) -> str:
    """The text of all pages, without spaces and line breaks."""
    pages = pypdfium2.PdfDocument(setting.pdf(made))
    told = "".join(page.get_textpage().get_text_bounded() for page in pages)
    return re.sub(r"\s", "", told)


def in_docx(made: Paper) -> str:
    """The same of a file of Word, in the order of its body."""
    file = docx.Document(io.BytesIO(wording.docx(made)))
    told = [
        *(one.text for one in file.paragraphs),
        *(cell.text for one in file.tables for row in one.rows for cell in row.cells),
    ]
    return re.sub(r"\s", "", "".join(told))


def test_a_matter_that_went_all_the_way_has_every_document() -> None:
    assert [one.kind for one in DOCUMENTS] == [one.kind for one, _ in documents_of(story())]


@each
def test_a_document_says_the_same_as_pdf_and_as_word(kind: str) -> None:
    made = paper(kind)
    wanted = [re.sub(r"\s", "", one) for one in SAYS[kind]]
    for told in (in_pdf(made), in_docx(made)):
        assert [] == [one for one in wanted if one not in told], told
        assert re.sub(r"\s", "", chinese_signs(made.title)) in told


@each
def test_what_a_county_has_not_published_is_marked_outside_of_the_print_area(kind: str) -> None:
    page = pypdfium2.PdfDocument(setting.pdf(paper(kind)))[0]
    found = page.get_textpage().search(TEXTS.papers.mark).get_next()
    assert found
    left, bottom, _, top = page.get_textpage().get_charbox(found[0])
    assert page.get_height() - bottom < (12 if kind == "ballot" else 37) * MM
    assert left > 100 * MM
    assert top < page.get_height()


def test_only_a_number_and_a_published_issuer_give_a_red_head() -> None:
    assert paper("minutes", ISSUER).has_red_head
    assert f"{ISSUER}纪要" in in_pdf(paper("minutes", ISSUER))
    assert TEXTS.papers.mark not in in_pdf(paper("minutes", ISSUER))
    assert not paper("minutes").has_red_head
    assert not paper("notice", ISSUER).has_red_head


def test_a_page_is_a4_and_holds_22_lines_of_28_characters() -> None:
    made = Paper("minutes", "纪要", "题", text("字" * 28 * 60))
    page = pypdfium2.PdfDocument(setting.pdf(made))[1]
    assert (210, 297) == (round(page.get_width() / MM), round(page.get_height() / MM))
    lines = page.get_textpage().get_text_bounded().strip().splitlines()
    full = [line for line in lines if line.strip("字 \r") == ""]
    assert {28} == {len(line.strip()) for line in full}
    assert 22 == len(full)


def test_a_pdf_is_made_to_be_kept_and_brings_its_fonts() -> None:
    body = setting.pdf(paper("minutes"))
    assert b"pdfaid:part>2<" in body
    assert b"FontFile" in body or b"/FontFile" in body or b"ObjStm" in body


def test_rare_characters_are_drawn_and_not_left_empty() -> None:
    drawn = pypdfium2.PdfDocument(setting.pdf(Paper("x", "x", "题", text("𠮷㐂"))))[0]
    spoken = drawn.get_textpage()
    told = spoken.get_text_bounded()
    assert "𠮷㐂" in told
    at = told.index("𠮷")
    left, bottom, right, top = spoken.get_charbox(at)
    picture = drawn.render(scale=4).to_pil().convert("L")
    height = picture.height
    box = (int(left * 4), height - int(top * 4), int(right * 4), height - int(bottom * 4))
    dark = sum(picture.crop(box).histogram()[:128])
    assert dark > (box[2] - box[0]) * (box[3] - box[1]) * 0.08


def test_a_word_file_names_the_fonts_of_offices_and_the_grid_of_the_standard() -> None:
    file = zipfile.ZipFile(io.BytesIO(wording.docx(paper("minutes", ISSUER))))
    body = file.read("word/document.xml").decode()
    assert all(one in body for one in ("仿宋_GB2312", "方正小标宋简体", "黑体"))
    assert 'w:type="lines" w:linePitch="579"' in body
    assert '<w:spacing w:val="-5"/>' in body
    assert "E60012" in body
    section = docx.Document(io.BytesIO(wording.docx(paper("notice")))).sections[0]
    margins = [section.top_margin, section.left_margin, section.right_margin, section.bottom_margin]
    assert [37, 28, 26, 35] == [round(one.mm) for one in margins if one is not None]


@pytest.mark.parametrize("rude", ['#eval("1")', "<b>", "$x$", "\\u{0}", "=1+1", "]]>", "\x01"])
def test_nothing_that_people_typed_is_markup(rude: str) -> None:
    made = Paper("x", "x", "题", text(f"前{rude}后"))
    kept = "".join(one for one in rude if one >= " ")
    assert chinese_signs(f"前{kept}后") in in_docx(made)
    assert "前" in in_pdf(made)


def test_headings_are_counted_in_chinese_and_signs_are_those_of_chinese_print() -> None:
    assert ["一", "十", "十二", "二十", "二十一"] == [chinese(n) for n in (1, 10, 12, 20, 21)]
    assert "时间\uff1a9:30\uff0c地点" == chinese_signs("时间:9:30,地点")
    assert "\uff081\uff09错时" == chinese_signs("(1)错时")
    assert "f(x), 1,000" == chinese_signs("f(x), 1,000")


def test_a_sheet_is_set_whatever_people_typed_and_tells_days_and_shares_in_short() -> None:
    heads = [Head("事项"), Head("日期", "day"), Head("满意率", "percent"), Head("经费", "money")]
    typed = '路灯😀𠮷㐂 #text("x") $a$ *b* \\ <script> \u202e反'
    grid = Grid("台账", "邻水县台账", heads, ["筛选:全部"])
    paper = sheet_paper(grid, [(typed, date(2026, 3, 9), 0.5, Decimal("1234.5")), (None,) * 4])
    assert b"%PDF-" == setting.pdf(paper)[:5]
    assert [typed, "2026-03-09", "50%", "1,234.50"] == list(paper.parts[0].rows[0])
    told = in_docx(paper)
    assert "2026-03-09" in told
    assert '#text("x")' in told


def test_a_long_title_stands_on_two_lines_and_no_word_is_parted() -> None:
    assert ["关于道路的通知"] == title_lines("关于道路的通知")
    title = "关于召开大桥社区老院落线路老化隐患治理协商会议的通知"
    assert ["关于召开大桥社区老院落线路", "老化隐患治理协商会议的通知"] == title_lines(title)
    assert ["题" * 60] == title_lines("题" * 60)


def test_what_no_font_can_show_is_a_box_and_no_document_is_lost() -> None:
    assert "道路" in in_pdf(Paper("x", "x", "题", text("道路🚧\u2610")))


def test_a_signature_never_stands_on_a_page_alone() -> None:
    for lines in range(12, 24):
        made = Paper("x", "x", "题", text("字\n" * lines), signed="县政协", dated="2026年1月1日")
        pages = pypdfium2.PdfDocument(setting.pdf(made))
        last = pages[len(pages) - 1].get_textpage().get_text_bounded()
        assert "字" in last
        assert "县政协" in last
