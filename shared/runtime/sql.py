"""Named statements from .sql files: SQL lives in SQL, and Python calls it by name.

    -- name: in area
    SELECT title FROM topic_board WHERE area LIKE :area || '%' AND opened > :since::date

A name ends at two spaces or an opening bracket; what follows it is a remark.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAMED = re.compile(r"^-- name:[ \t]*(.*)$", re.MULTILINE)
REMARK = re.compile(r"\s{2,}|\s*\(")
COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)

# What may hold a colon without meaning a parameter is matched first, and left as it is.
TOKEN = re.compile(
    r"""
      \b[eE]'(?:\\.|''|[^'\\])*'        # a string with escapes
    | '(?:''|[^'])*'                    # a string
    | "(?:""|[^"])*"                    # a quoted identifier
    | (?P<tag>\$(?:[a-zA-Z_]\w*)?\$).*?(?P=tag)
    | --[^\n]* | /\*.*?\*/
    | (?<![:\w]):(?P<param>[a-z_][a-z0-9_]*)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `text` has $1 … $n where the file has :params, in order of appearance."""

    name: str
    text: str
    params: tuple[str, ...]

    def args(self, values: Mapping[str, object]) -> list[object]:
        """The values for $1 … $n. Raises TypeError unless exactly the parameters are given."""
        if values.keys() != set(self.params):
            raise TypeError(
                f"'{self.name}' takes {sorted(self.params)}, but was given {sorted(values)}"
            )
        return [values[param] for param in self.params]


def load(path: Path) -> dict[str, Statement]:
    """The statements of a file by name, in the order they stand there."""
    return parse(path.read_text(encoding="utf-8"), str(path))


def parse(source: str, origin: str = "sql") -> dict[str, Statement]:
    """The statements of a text. Raises ValueError: no name, the same name twice, or no SQL."""
    head, *parts = NAMED.split(source)
    if COMMENT.sub("", head).strip():
        raise ValueError(f"{origin}: SQL before the first '-- name:'")

    statements: dict[str, Statement] = {}
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        name = REMARK.split(heading.strip(), maxsplit=1)[0]
        if not name or name in statements:
            raise ValueError(f"{origin}: '{name}' is not a new name")
        statements[name] = statement(name, body)
        if not COMMENT.sub("", statements[name].text).strip():
            raise ValueError(f"{origin}: '{name}' has no SQL")
    return statements


def statement(name: str, sql: str) -> Statement:
    """One statement with its :params numbered. Casts, strings and comments stay untouched."""
    params: list[str] = []

    def number(token: re.Match[str]) -> str:
        param = token["param"]
        if param is None:
            return token[0]
        if param not in params:
            params.append(param)
        return f"${params.index(param) + 1}"

    text = TOKEN.sub(number, sql).strip().removesuffix(";").rstrip()
    return Statement(name, text, tuple(params))
