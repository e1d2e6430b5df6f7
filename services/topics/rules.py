"""What a county may choose about leads and topics: the table [topics] of its charter."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from services.topics.words import Criterion, PartyBody, Slug

EXCLUSIONS = frozenset(
    {
        "secret",
        "forbidden",
        "party-personnel",
        "inside-a-party",
        "in-legal-proceedings",
        "academic",
        "for-oneself-or-kin",
        "promotion",
        "names-an-accused",
        "empty",
    }
)
"""What no county may take up, after the grounds on which proposals are not filed (不予立案):
秘密, 明令禁止, 党内人事, 党派内部, 进入诉讼、仲裁、行政程序, 学术, 为本人或亲属解决个人问题,
推介产品, 指名举报, 空泛."""


def _none_removed(exclusions: frozenset[str]) -> frozenset[str]:
    if removed := EXCLUSIONS - exclusions:
        raise PydanticCustomError(
            "may-not-remove",
            "a county may add to these, not remove {removed}",
            {"removed": sorted(removed)},
        )
    return exclusions


class TopicRules(BaseModel):
    """邻水: "政治性、群众性、前瞻性、民主性、可行性" are its criteria.

    Every stream of one matter is born at its own time: a lead and the topic it becomes may live
    under two versions of a charter.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    criteria: frozenset[Criterion] = Field(title="选题原则", min_length=1)
    exclusions: Annotated[frozenset[Slug], AfterValidator(_none_removed)] = Field(
        title="不予受理情形"
    )
    evidence_pieces: int = Field(title="个人诉求转为群体事项所需佐证件数", ge=1)
    approved_by: frozenset[PartyBody] = Field(title="审核议题的党委(党组)", min_length=1)
