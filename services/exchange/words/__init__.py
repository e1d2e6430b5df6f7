"""The small values that facts for others are made of. The title of each is its Chinese label."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, JsonValue

from shared.kernel.areas import AreaCode, LocalArea

Kind = Annotated[
    Literal[
        "TopicProposed",
        "TopicApproved",
        "TopicPublicised",
        "TopicClosed",
        "TopicEnded",
        "TopicReopened",
    ],
    Field(title="公开事实种类"),
]
"""The kinds of fact that others are told: the names of the public contract."""

OPENING: frozenset[Kind] = frozenset({"TopicApproved", "TopicPublicised"})
"""Whichever comes first makes a matter public, with all that was said of it before."""

TopicId = Annotated[UUID, Field(title="议题编号")]
Area = Annotated[LocalArea, Field(title="行政区划")]
AnyArea = Annotated[AreaCode, Field(title="行政区划")]
HappenedAt = Annotated[AwareDatetime, Field(title="发生时间")]
Title = Annotated[str, Field(title="议题名称", max_length=200)]
Said = Annotated[dict[str, JsonValue], Field(title="公开内容")]
