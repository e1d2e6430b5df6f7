"""An official document before anything sets it: its parts, in the order of GB/T 9704-2012.

The standard's parts: 版头 (issuing body, number), 主体 (title, addressee, body, attachments,
signature, date), 版记 (copies). A form has a table for a body; slips are cut from one sheet; a
sheet is one wide table, no official document.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from services.portal.pages.signs import chinese_signs

Form = Literal["letter", "minutes", "table", "slips", "sheet"]


@dataclass(frozen=True)
class Part:
    """One part of the body.

    head      a heading of a `level`: 一、 黑体; (一) 楷体
    text      a paragraph
    labelled  a paragraph that begins with what it is in 黑体: '出席:'
    table     rows under heads; `widths` are shares of the line
    pairs     a form of two columns, labels and values
    """

    kind: Literal["head", "text", "labelled", "table", "pairs"]
    text: str = ""
    label: str = ""
    level: int = 1
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[int] = ()


@dataclass(frozen=True)
class Paper:
    """The whole document. `mark` stands outside of what is printed on: '省级默认,待确认'."""

    kind: str
    name: str
    title: str
    parts: Sequence[Part]
    form: Form = "letter"
    issuer: str = ""
    number: str = ""
    to: str = ""
    attachments: Sequence[str] = ()
    signed: str = ""
    dated: str = ""
    copies: Sequence[str] = ()
    mark: str = ""
    slips: int = 1
    notes: Sequence[str] = ()
    """Of a sheet: how it is filtered, of which moment it is, who asked for it."""

    large: bool = False
    """Of a sheet: on A3."""

    @property
    def has_red_head(self) -> bool:
        """Whether a body of the charter issued it under a number; nothing else may look so."""
        return bool(self.issuer and self.number)

    def printed(self) -> "Paper":
        """The same with the signs of Chinese print: commas and brackets are wide."""
        return replace(
            self,
            title=chinese_signs(self.title),
            to=chinese_signs(self.to),
            copies=[chinese_signs(one) for one in self.copies],
            parts=[
                replace(
                    part,
                    text=chinese_signs(part.text),
                    rows=[[chinese_signs(one) for one in row] for row in part.rows],
                )
                for part in self.parts
            ],
        )

    def as_plain(self) -> dict[str, Any]:
        """As values that JSON knows."""
        return asdict(self) | {"red": self.has_red_head, "lines": title_lines(self.title)}


LINE = 20
"""Characters of 2号 that a line of 156 mm holds."""

WORDS = re.compile(
    r"协商|会议|纪要|通知|报告|方案|调研|成果|社区|小区|街道|片区|村委|公路|道路|路灯|桥梁|河道|学校|家庭|群众"
    r"|治理|改造|建设|管护|运行|问题|工作|隐患|质量|服务|安全|产业|发展|老化|老旧|老院|院落|线路|加装|电梯|停车"
    r"|养老|饮水|燃气|消防|医疗|卫生|防火|灾害|矛盾|产销|对接|种植|适老|就业|创业|用地|征地|垃圾|污水|签约|门口"
)


def title_lines(title: str) -> list[str]:
    """A title in lines of about one length, none of which begins or ends within a word.

    One that does not fit on two lines is left to whoever sets it.
    """
    if len(title) <= LINE:
        return [title]
    within = {at for word in WORDS.finditer(title) for at in range(word.start() + 1, word.end())}
    places = [
        at
        for at in range(len(title) - LINE, LINE + 1)
        if at not in within
        and title[at] not in "的”》)、,之"
        and title[at - 1] not in "“《(第与和及"
    ]
    if not places:
        return [title]
    best = min(places, key=lambda at: (abs(2 * at - len(title)), -at))
    return [title[:best], title[best:]]


def head(text: str, level: int = 1) -> Part:
    """A heading."""
    return Part("head", text, level=level)


def text(words: str) -> list[Part]:
    """A paragraph for each line that says something."""
    return [Part("text", line.strip()) for line in words.splitlines() if line.strip()]


def labelled(label: str, words: str) -> list[Part]:
    """A paragraph under its label; nothing where there is nothing to say."""
    return [Part("labelled", words, label)] if words else []


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Part:
    """Rows under heads."""
    return Part("table", heads=heads, rows=rows, widths=widths)


def pairs(rows: Sequence[tuple[str, str]]) -> Part:
    """A form: what is asked on the left, what is said on the right."""
    return Part("pairs", rows=rows)


DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number up to 99 as headings are counted: 一, 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return before + (DIGITS[ones] if ones or not tens else "")


def numbered(sections: Sequence[tuple[str, Sequence[Part]]]) -> list[Part]:
    """Sections under headings 一、 二、 …; a section that says nothing is left out."""
    told = [(title, parts) for title, parts in sections if parts]
    return [
        part
        for no, (title, parts) in enumerate(told, 1)
        for part in (head(f"{chinese(no)}、{title}"), *parts)
    ]


def day(one: date) -> str:
    """'2026年3月2日'."""
    return f"{one.year}年{one.month}月{one.day}日"
