"""The page of the twenty rules names tests and codes that exist, and leaves none of them out."""

import ast
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.meetings.domain.draw.commands import ReplaceDrawn
from tests.meetings.talents import TALENTS, replace

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/invariants.md").read_text(encoding="utf-8")
RULES = {
    int(number): text
    for number, text in re.findall(r"^## (\d+)\. (.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
}
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FILE = re.compile(r"`((?:services|shared)/[\w/]+\.(?:py|sql))`")
CODE = re.compile(r"`([a-z]+(?:-[a-z]+)*)` \(")
EACH = pytest.mark.parametrize("number", sorted(RULES))


def test_none_of_the_twenty_is_left_out() -> None:
    assert list(range(1, 21)) == sorted(RULES)


@EACH
def test_a_rule_is_told_in_both_languages_with_where_it_is_decided(number: int) -> None:
    heading, _, rest = RULES[number].partition("\n")
    chinese, _, english = heading.partition(" · ")
    assert re.search(r"[一-鿿]", chinese)
    assert english
    assert re.match(r"\n(H|C)\b", rest)
    files = FILE.findall(rest)
    assert files
    assert all((ROOT / file).exists() for file in files)


@EACH
def test_every_test_that_is_named_exists(number: int) -> None:
    named = NAMED.findall(RULES[number])
    assert named
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        functions = ast.FunctionDef | ast.AsyncFunctionDef
        assert test in {one.name for one in tree.body if isinstance(one, functions)}, test


@EACH
def test_a_rule_holds_and_has_its_twin(number: int) -> None:
    holds, *twins = re.split(r"^- (?:Refused|Twin)", RULES[number], flags=re.MULTILINE)
    assert NAMED.search(holds)
    assert any(NAMED.search(twin) or number == 18 for twin in twins)


@EACH
def test_every_code_is_one_of_the_file_that_decides_and_is_asked_for_by_its_test(
    number: int,
) -> None:
    decided = "".join((ROOT / file).read_text("utf-8") for file in FILE.findall(RULES[number]))
    for line in RULES[number].splitlines():
        for code in CODE.findall(line) if line.startswith("- Refused as") else ():
            assert f'Refused("{code}"' in decided, code
            tests = "".join((ROOT / file).read_text("utf-8") for file, _ in NAMED.findall(line))
            assert f'"{code}"' in tests, code


def test_nobody_is_replaced_without_a_reason() -> None:
    command = replace(TALENTS[0])
    assert command.reason
    for reason in ({}, {"reason": ""}, {"reason": " "}):
        with pytest.raises(ValidationError):
            ReplaceDrawn.model_validate(command.model_dump(exclude={"reason"}) | reason)
