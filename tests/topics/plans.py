"""The plan of 2026, as the tests of topics know it."""

from typing import Any
from uuid import UUID, uuid5

from services.topics.domain.plan import commands as asked
from services.topics.domain.plan import events as said
from services.topics.domain.plan.decide import PLAN
from shared.kernel.message import Event
from tests.spec import Spec, by
from tests.topics.counties import LINSHUI

PLAN_ID = UUID("01890000-0000-7000-8000-00000000b001")
SOME_TOPIC, OTHER_TOPIC = uuid5(PLAN_ID, "one"), uuid5(PLAN_ID, "other")
COUNTY = "511623000000"

plan = Spec(PLAN, LINSHUI)
STAFF = by("qin", "cppcc")

DRAFT = asked.DraftPlan(plan_id=PLAN_ID, area=COUNTY, year=2026, title="2026年度协商工作计划")
ADD = asked.AddPlanItem(
    plan_id=PLAN_ID, item_no=1, title="城区医疗资源布局", led_by="社会法制委员会", month=4
)
ADD_SECOND = ADD.model_copy(update={"item_no": 2, "title": "集镇污水排放", "month": None})
SETTLE = asked.DecidePlan(plan_id=PLAN_ID, agrees=True)
SEND_BACK = asked.DecidePlan(plan_id=PLAN_ID, agrees=False, reason="事项过多")
ADOPT_TOPIC = asked.AdoptIntoPlan(plan_id=PLAN_ID, item_no=1, topic_id=SOME_TOPIC)
DEFER = asked.DeferPlanItem(plan_id=PLAN_ID, item_no=2, reason="上级规划未定")


def issue_by(*issuers: str) -> asked.IssuePlan:
    """The plan goes out in these names."""
    return asked.IssuePlan.model_validate(
        {"plan_id": PLAN_ID, "number": "邻协发〔2026〕3号", "issuers": issuers}
    )


def issued(*issuers: str, share: int = 51) -> said.PlanIssued:
    """The plan is out in these names."""
    told: dict[str, Any] = {"issuers": issuers, "min_planned_share": share}
    return said.PlanIssued.model_validate(
        {"plan_id": PLAN_ID, "year": 2026, "number": "邻协发〔2026〕3号"} | told
    )


DRAFTED = said.PlanDrafted(
    plan_id=PLAN_ID, area=COUNTY, year=2026, title="2026年度协商工作计划", drafter="qin"
)
ADDED = said.PlanItemAdded(
    plan_id=PLAN_ID, item_no=1, title="城区医疗资源布局", led_by="社会法制委员会", month=4
)
ADDED_SECOND = ADDED.model_copy(update={"item_no": 2, "title": "集镇污水排放", "month": None})
SETTLED = said.PlanApproved(plan_id=PLAN_ID, year=2026, by="leading-group", items=2)
SENT_BACK = said.PlanReturned(plan_id=PLAN_ID, by="leading-group", reason="事项过多")
ISSUED = issued("county-cppcc")
TAKEN = said.TopicAdoptedIntoPlan(
    plan_id=PLAN_ID,
    item_no=1,
    topic_id=SOME_TOPIC,
    title="城区医疗资源布局",
    year=2026,
    adopter="qin",
)
DEFERRED = said.PlanItemDeferred(plan_id=PLAN_ID, item_no=2, reason="上级规划未定")

OUT: tuple[Event, ...] = (DRAFTED, ADDED, ADDED_SECOND, SETTLED, ISSUED)
PLAN_SAID: tuple[Event, ...] = (*OUT, SENT_BACK, TAKEN, DEFERRED)
