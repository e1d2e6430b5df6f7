"""Who was told what, and has read it."""

from datetime import datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field, Json

from services.notify import heard
from services.notify.domain.notice.events import NoticeAddressed, NoticeRead, NoticeSent
from services.notify.words import EVERYBODY
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.runtime.projection import Projection

INBOX = Projection(
    "inbox",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[NoticeSent, NoticeAddressed, NoticeRead, heard.TopicProposed],
    sources=("notify", "topics"),
)


class NoticesOfReader(Question):
    """What a person was told, in the one role, unit and area the person acts in now."""

    may: ClassVar[frozenset[str] | None] = EVERYBODY
    own: ClassVar[str | None] = "reader"

    reader: str
    role: str
    unit: str = ""
    area: AreaCode
    unread_only: bool = False
    most: int = Field(title="最多条数", default=100, ge=1, le=500)


class Notice(BaseModel):
    """`text` names what it says and `params` fill it in; `title` is what its matter is called."""

    notice_id: UUID
    topic_id: UUID | None
    title: str | None
    text: str
    params: Json[dict[str, str]]
    sent_at: datetime
    read_at: datetime | None
