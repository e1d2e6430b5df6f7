"""Tables in Markdown, and text that stays text in them."""

from collections.abc import Iterable, Iterator, Sequence


def plain(text: object) -> str:
    """A text on one line in which nothing is markup."""
    line = " ".join(str(text).split())
    for sign in ("\\", "|", "<", "*", "_", "[", "]", "{", "$"):
        line = line.replace(sign, f"\\{sign}")
    return line


def code(text: object) -> str:
    """A name as it stands in code, or nothing."""
    return f"`{text}`" if str(text) else ""


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; none if there is no row."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if lines:
        yield ""
        yield f"| {' | '.join(head)} |"
        yield "|---" * len(head) + "|"
        yield from lines
        yield ""
