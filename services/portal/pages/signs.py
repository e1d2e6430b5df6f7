"""The signs of Chinese print: commas, colons and brackets beside Chinese characters are wide."""

import re
from collections.abc import Mapping
from typing import Any

HAN = "\u3400-\u9fff\U00020000-\U0003ffff“”《》〔〕"
NEAR = re.compile(rf"(?<=[{HAN}])[,:;?!]|[,:;?!](?=[{HAN}])")
IN_BRACKETS = re.compile(
    rf"(?<=[{HAN}])\(([^()]*)\)|\(([^()]*)\)(?=[{HAN}])|\(([^()]*[{HAN}][^()]*)\)"
)
WIDE = {ord(one): ord(one) + 0xFEE0 for one in ",:;?!"}
"""What ASCII has narrow, Unicode has wide that much further on."""

BESIDE_A_BLANK = re.compile(r"(?<=[}\uff09])[,:;?!]|[,:;?!](?=\{)")
BLANK_IN_BRACKETS = re.compile(r"\((\{[^()]*)\)")
"""What is around what is filled in, as '{unit}:{promise}({day})'."""


def chinese_signs(words: str) -> str:
    """Commas, colons and brackets beside Chinese characters as Chinese print has them."""
    wide = NEAR.sub(_wide, words)
    return IN_BRACKETS.sub(_wide_brackets, wide)


def in_print(texts: Any) -> Any:
    """The same for all texts of a catalogue, which people fill in before they are read."""
    if isinstance(texts, Mapping):
        return {name: in_print(one) for name, one in texts.items()}
    if isinstance(texts, list):
        return [in_print(one) for one in texts]
    return _with_blanks(chinese_signs(texts)) if isinstance(texts, str) else texts


def _with_blanks(text: str) -> str:
    return BESIDE_A_BLANK.sub(_wide, BLANK_IN_BRACKETS.sub("\uff08\\1\uff09", text))


def _wide(found: re.Match[str]) -> str:
    return found[0].translate(WIDE)


def _wide_brackets(found: re.Match[str]) -> str:
    return f"\uff08{found[1] or found[2] or found[3] or ''}\uff09"
