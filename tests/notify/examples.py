"""Good examples of everything notify says."""

from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

from services.notify.domain.deadline import events as deadline
from services.notify.domain.notice import events as notice
from services.notify.rules import NotifyRules
from services.notify.words import to_unit
from shared.runtime.charter import Charters

DEFAULT = Charters(Path("deploy/charters")).at("default@1").rules("notify", NotifyRules)

AREA = "511623100013"
COUNTY = "511623000000"
TOPIC_ID = UUID("01960000-0000-7000-8000-000000000001")
FACT_ID = UUID("01960000-0000-7000-8000-000000000003")
DEADLINE_ID = UUID("01960000-0000-7000-8000-000000000004")
HEALTH = "县卫生健康局"
NOTICE_ID = uuid5(FACT_ID, to_unit(HEALTH, AREA))

SENT = notice.NoticeSent(
    notice_id=NOTICE_ID,
    topic_id=TOPIC_ID,
    to=to_unit(HEALTH, AREA),
    text="item-assigned",
    params={"lead_unit": HEALTH, "text": "增设社区卫生服务中心", "due": "2026-05-31"},
)
READ = notice.NoticeRead(notice_id=NOTICE_ID, reader="chen")

SET = deadline.DeadlineSet(
    deadline_id=DEADLINE_ID,
    topic_id=TOPIC_ID,
    unit=HEALTH,
    due=date(2026, 5, 31),
    why="reply-days-of-the-charter",
    params={"from": "2026-03-02"},
)
MET = deadline.DeadlineMet(deadline_id=DEADLINE_ID, late_days=0)
LIFTED = deadline.DeadlineLifted(deadline_id=DEADLINE_ID)
BREACHED = deadline.DeadlineBreached(
    deadline_id=DEADLINE_ID, topic_id=TOPIC_ID, unit=HEALTH, due=date(2026, 5, 31)
)
