"""The one place where a no becomes a problem detail (RFC 9457), and a problem detail a no again."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from shared.kernel.errors import Forbidden, Invalid, Missing, No, Refused, Unavailable

Problem = dict[str, Any]

TITLES: dict[type[No], str] = {
    Invalid: "The request is malformed",
    Forbidden: "Not allowed",
    Missing: "Not found",
    Refused: "The rules or the present state say no",
    Unavailable: "Not now; nothing was lost",
    No: "Something went wrong on our side",
}

_BY_STATUS = {cls.status: cls for cls in TITLES}
_MEMBERS = frozenset({"type", "title", "status", "code", "detail"})


def problem(no: No) -> Problem:
    """The problem detail of a no. A fact named like one of its members gets an underscore."""
    facts = {name + "_" * (name in _MEMBERS): fact for name, fact in no.facts.items()}
    return {
        "type": f"urn:tongxin:problem:{no.code}",
        "title": TITLES[_BY_STATUS[no.status]],
        "status": no.status,
        "code": no.code,
        "detail": str(no),
        **facts,
    }


def no(problem: Mapping[str, Any]) -> No:
    """The no that a problem detail came from; facts are as JSON left them."""
    facts = {name: fact for name, fact in problem.items() if name not in _MEMBERS}
    facts = {name[:-1] if name[:-1] in _MEMBERS else name: fact for name, fact in facts.items()}
    return _BY_STATUS.get(problem["status"], No)(problem["code"], **facts)


def is_problem(answer: object) -> bool:
    """Whether an answer is a no."""
    return isinstance(answer, Mapping) and "status" in answer and "code" in answer


def invalid(error: ValidationError) -> Invalid:
    """What pydantic found, field by field. A lone error with a code of our own lends its code."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    if found[0]["type"] == "json_invalid":
        return Invalid("malformed", reason=found[0]["msg"])
    errors = [
        {
            "field": ".".join(map(str, one["loc"])),
            "code": one["type"].replace("_", "-"),
            "detail": one["msg"],
        }
        for one in found
    ]
    # Codes of our own are kebab-case, pydantic's are snake_case.
    ours = len(found) == 1 and "-" in found[0]["type"]
    return Invalid(found[0]["type"] if ours else "invalid", errors=errors)


UNEXPECTED = No("internal")
"""What outsiders learn of an error that nobody foresaw; the log has the rest."""
