"""How a reader wants pages to be: language, size of the type, and the simple mode for the elderly.

Kept in a cookie of the browser, chosen by a form, so that it works for visitors and without a
script.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

COOKIE = "tongxin_ease"
LANGUAGES = ("zh-CN", "en")
SIZES = ("normal", "large", "larger")


@dataclass(frozen=True)
class Ease:
    """What was chosen; whatever a cookie says that we do not know is as if it was not said."""

    language: str = LANGUAGES[0]
    size: str = SIZES[0]
    simple: bool = False

    @property
    def looks(self) -> str:
        """Classes of the page as a whole."""
        return " ".join(filter(None, (f"size-{self.size}", "simple" if self.simple else "")))

    @property
    def cookie(self) -> str:
        """To be read by `ease_of` next time."""
        told = {"language": self.language, "size": self.size, "simple": "yes" * self.simple}
        return urlencode(told)

    def changed(self, chosen: Mapping[str, str]) -> "Ease":
        """With what a form says; what it does not mention stays."""
        language, size = chosen.get("language", ""), chosen.get("size", "")
        return Ease(
            language if language in LANGUAGES else self.language,
            size if size in SIZES else self.size,
            chosen["simple"] == "yes" if "simple" in chosen else self.simple,
        )


def ease_of(cookie: str) -> Ease:
    """What a browser's cookie says."""
    return Ease().changed(dict(parse_qsl(cookie)))
