"""A no becomes a problem detail and comes back the same."""

import pytest
from pydantic import BaseModel, Field, ValidationError

from shared.kernel.areas import LocalArea
from shared.kernel.errors import Forbidden, Invalid, Missing, No, Refused, Unavailable
from shared.runtime import problems


@pytest.mark.parametrize("cls", [Invalid, Forbidden, Missing, Refused, Unavailable, No])
def test_there_and_back(cls: type[No]) -> None:
    no = cls("some-code", missing=["media"], title="a fact named title", status="closed")
    told = problems.problem(no)
    assert (cls.status, "some-code") == (told["status"], told["code"])
    back = problems.no(told)
    assert (cls, no.code, no.facts) == (type(back), back.code, back.facts)


def test_it_looks_as_the_standard_says() -> None:
    assert {
        "type": "urn:tongxin:problem:report-missing",
        "title": "The rules or the present state say no",
        "status": 409,
        "code": "report-missing",
        "detail": "report-missing (to=['cppcc-party-group'])",
        "to": ["cppcc-party-group"],
    } == problems.problem(Refused("report-missing", to=["cppcc-party-group"]))


class Form(BaseModel):
    """Something to fill in."""

    area: LocalArea
    title: str = Field(min_length=3)


def found(data: str) -> Invalid:
    with pytest.raises(ValidationError) as error:
        Form.model_validate_json(data)
    return problems.invalid(error.value)


def test_every_field_that_is_wrong_is_named() -> None:
    no = found('{"area": "1", "title": "x", "secret": 1}')
    errors = no.facts["errors"]
    assert "invalid" == no.code
    assert isinstance(errors, list)
    assert {("area", "string-pattern-mismatch"), ("title", "string-too-short")} == {
        (error["field"], error["code"]) for error in errors
    }


def test_a_lone_error_of_our_own_lends_its_code() -> None:
    assert "wrong-level" == found('{"area": "510000000000", "title": "long"}').code
    assert "invalid" == found('{"area": "510000000000", "title": "x"}').code


def test_what_was_sent_is_not_sent_back() -> None:
    assert "1380013800" not in str(found('{"area": "13800138000", "title": "long"}').facts)
