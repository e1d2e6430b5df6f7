"""Search in Chinese without a dictionary: each two signs beside each other are a word."""

import re

from sphinx.search import SearchLanguage, languages

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
WORD = re.compile(rf"[{HAN}]+|[\w.-]+")


def words(text: str) -> list[str]:
    """The words by which a text is found."""
    return [part for found in WORD.findall(text) for part in _parts(found)]


def _parts(word: str) -> list[str]:
    if not re.match(rf"[{HAN}]", word) or len(word) < 2:
        return [word.lower()]
    return [word[at : at + 2] for at in range(len(word) - 1)]


class Pairs(SearchLanguage):
    """Pairs of signs; what is asked is split in the browser in the same way."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = """
function splitQuery(query) {
  const han = /[\\u3400-\\u4dbf\\u4e00-\\u9fff]/;
  const found = query.match(/[\\u3400-\\u4dbf\\u4e00-\\u9fff]+|[\\p{L}\\p{N}_.-]+/gu) || [];
  return found.flatMap(word => !han.test(word) || word.length < 2 ? [word] :
    Array.from({length: word.length - 1}, (_, at) => word.slice(at, at + 2)));
}
"""

    def split(self, input: str) -> list[str]:  # noqa: A002 (the name that Sphinx gives it)
        """As `words`."""
        return words(input)

    def word_filter(self, word: str) -> bool:
        """Every word counts."""
        return bool(word)


def use() -> None:
    """Put it in the place of the one that wants a dictionary."""
    languages["zh"] = Pairs
