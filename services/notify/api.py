"""What notify answers."""

from services.notify.domain.deadline.commands import PauseDeadline, ResumeDeadline
from services.notify.domain.notice.commands import ReadNotice
from services.notify.projections.deadlines import (
    DEADLINES,
    Deadline,
    DeadlinesInArea,
    DeadlinesOfTopic,
)
from services.notify.projections.inbox import INBOX, Notice, NoticesOfReader
from shared.runtime.asked import Route, command, question

ROUTES: list[Route] = [
    command(ReadNotice),
    command(PauseDeadline),
    command(ResumeDeadline),
    question(NoticesOfReader, INBOX, "of reader", Notice),
    question(DeadlinesInArea, DEADLINES, "in area", Deadline),
    question(DeadlinesOfTopic, DEADLINES, "of topic", Deadline),
]
