"""What questions about matters answer: the forms of JSON, with a title a field."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel, ConfigDict, Field, model_validator


class Answer(BaseModel):
    """A form. Of what a page shows it takes the fields it names, and leaves the rest."""

    model_config = ConfigDict(extra="ignore", from_attributes=True)

    known_by: ClassVar[tuple[str, ...]] = ()
    """The fields by which a row is found again in a list that changed; all without any."""

    @model_validator(mode="before")
    @classmethod
    def _of_row(cls, told: Any) -> Any:
        """A row of a view has no fields as attributes, and is no mapping either."""
        return dict(told) if isinstance(told, Record) else told


class Step(Answer):
    """One stage of the county, and how far the matter is with it."""

    label: str = Field(title="阶段")
    progress: str = Field(title="进展", description="ahead, underway, done, skipped")
    at: datetime | None = Field(title="时间")
    provisional: bool = Field(title="名称待确认")


class Matter(Answer):
    """A lead or a topic in a list."""

    known_by: ClassVar = ("matter_id",)

    matter_id: UUID = Field(title="事项编号")
    kind: str = Field(title="种类", description="lead, topic")
    area: str = Field(title="地区")
    charter: str = Field(title="规则")
    title: str = Field(title="名称")
    opened_at: datetime = Field(title="提出时间")
    receipt: str | None = Field(title="回执号")
    state: str = Field(title="状态", description="type of the fact that settled it")
    state_at: datetime = Field(title="状态时间")


class Listed(Matter):
    """A matter in a list, and the stage it has come to."""

    stage: Step = Field(title="当前阶段")


class Next(Answer):
    """A command that whoever asks may ask of this matter now, and what it is asked with."""

    service: str = Field(title="服务")
    command: str = Field(title="命令")
    label: str = Field(title="名称")
    fixed: dict[str, Any] = Field(title="已定字段")


class Whole(Matter):
    """One matter, how far it is, and what may be done next."""

    place: str = Field(title="地点全称")
    brand: str = Field(title="品牌")
    topic_id: UUID | None = Field(title="所成议题")
    stages: list[Step] = Field(title="各阶段")
    next: list[Next] = Field(title="我能办理的")
    waits_for: str = Field(title="待谁办理")
    facts: int = Field(title="事实数")


class Detail(Answer):
    """One thing that a fact says, in the words of the county."""

    title: str = Field(title="项目")
    kind: str = Field(title="形式", description="text, lines, table, sealed, erased, locked")
    lines: list[str] = Field(title="内容")
    heads: list[str] = Field(title="表头")
    rows: list[list[str]] = Field(title="表格")


class Told(Answer):
    """One fact of a story. Who said it is named where the page names them."""

    known_by: ClassVar = ("source", "position")

    source: str = Field(title="服务")
    position: int = Field(title="位置")
    stream: UUID = Field(title="流")
    revision: int = Field(title="流内序号", description="If-Match of a command on this stream")
    type: str = Field(title="类型")
    label: str = Field(title="名称")
    area: str = Field(title="地区")
    charter: str = Field(title="规则")
    at: datetime = Field(title="时间")
    role: str = Field(title="角色")
    who: str = Field(title="由谁")
    details: list[Detail] = Field(title="内容")


class Reading(Answer):
    """How far a matter is by the charter of one county."""

    charter: str = Field(title="规则")
    brand: str = Field(title="品牌")
    own: bool = Field(title="本事项所用")
    stages: list[Step] = Field(title="各阶段")


class Awaited(Answer):
    """A stream of a matter on which something is mine to do, and what."""

    known_by: ClassVar = ("task", "stream")

    matter_id: UUID = Field(title="事项编号")
    stream: UUID = Field(title="流")
    task: str = Field(title="事由")
    area: str = Field(title="地区")
    title: str = Field(title="名称")
    since: datetime = Field(title="自何时")
    due: date | None = Field(title="期限")
    steps: list[str] = Field(title="可办命令")
    labels: list[str] = Field(title="步骤名称")


class Choice(Answer):
    """How many ballots one choice got."""

    choice: str = Field(title="选项")
    ballots: int = Field(title="票数")


class Opened(Answer):
    """A poll of a matter."""

    known_by: ClassVar = ("evaluation_id",)

    evaluation_id: UUID = Field(title="测评编号")
    number: str = Field(title="票面编号")
    of: str = Field(title="测评对象")
    forum: str = Field(title="场合")
    state: str = Field(title="状态")
    opened_at: datetime = Field(title="发起时间")
    poll_ends: datetime = Field(title="截止时间")
    verdict: str | None = Field(title="结论")


class Poll(Opened):
    """A poll. Figures there are only once it was counted; who voted what nobody knows."""

    topic_id: UUID = Field(title="议题")
    area: str = Field(title="地区")
    voters: int = Field(title="应投人数")
    taken: int | None = Field(title="领票数")
    polled: int | None = Field(title="投票数")
    counts: list[Choice] = Field(title="计票")
