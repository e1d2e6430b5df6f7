"""The facts of one matter that went all the way, as its documents find them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from services.portal.pages.facts import Fact, Story, Thread
from services.portal.pages.papers.documents import DOCUMENTS
from services.portal.pages.papers.paper import Paper
from services.portal.pages.papers.scene import Scene
from services.portal.pages.texts import read

SPACE = UUID("0190aaaa-0000-7000-8000-0000000000e7")
TOPIC, RESEARCH, MEETING = (uuid5(SPACE, one) for one in ("topic", "research", "meeting"))
OUTCOME = uuid5(MEETING, "outcome")
TASK, POLL, CASE = (uuid5(SPACE, one) for one in ("task", "poll", "case"))
TITLE = "北辰社区停车难"
RARE = "𠮷祥巷与㐂乐街"
TEXTS = read()
WORDS = dict(TEXTS.words["values"].items())
ISSUER = "政协邻水县委员会"
ITEMS = [
    {"no": 1, "text": "划定停车位", "agreed": True, "general": False, "unit": "县交通局"},
    {"no": 2, "text": "修建立体车库", "agreed": False, "general": True, "unit": ""},
]
SAID: list[tuple[str, UUID, str, dict[str, Any]]] = [
    ("topic", TOPIC, "TopicProposed", {
        "topic_id": str(TOPIC), "title": TITLE, "summary": f"{RARE}车多位少", "origin": "resident",
        "proposer": "lin", "lead_id": None, "submitter": None}),
    ("topic", TOPIC, "TopicCriteriaAssessed", {
        "criteria": {"group-interest": True, "foresight": False}, "excluded": None, "remark": ""}),
    ("topic", TOPIC, "TopicReviewedByPartyBody", {
        "body": "cppcc-party-group", "agrees": True, "reason": "切口小"}),
    ("topic", TOPIC, "TopicApproved", {"title": TITLE, "proposer": "lin"}),
    ("research", RESEARCH, "ResearchPlanned", {
        "questions": ["有多少车位", "晚上停在哪里"], "team": ["社法委", "县交通局"], "members": [],
        "round": 1}),
    ("research", RESEARCH, "ResearchConducted", {
        "on": "2026-01-08", "place": RARE, "findings": "三百辆车,八十个车位"}),
    ("research", RESEARCH, "ResearchReportFiled", {
        "title": "北辰社区停车情况调研报告", "findings": "车位缺口二百二十个",
        "suggestions": ["错时共享", "划线"], "round": 1}),
    ("consultation", MEETING, "ConsultationPlanned", {
        "topic_id": str(TOPIC), "consultation_id": str(MEETING), "title": TITLE,
        "proposer": "lin"}),
    ("consultation", MEETING, "PartiesDetermined", {"parties": [
        {"kind": "masses", "name": "住户代表"}, {"kind": "unit", "name": "县交通局"}]}),
    ("consultation", MEETING, "WorkPlanIssued", {"fields": {
        "theme": TITLE, "participants": "住户、物业、交警", "content": "停车位划设",
        "timetable": "一月下旬"}}),
    ("consultation", MEETING, "ConsultationScheduled", {
        "title": TITLE, "starts": "2026-01-20T01:30:00Z", "place": "北辰社区议事厅",
        "form": "small", "mode": "site", "urgency": "", "venue_id": None, "research": [],
        "proposer": "lin"}),
    ("consultation", MEETING, "AgendaSet", {"items": [
        {"title": "通报调研情况", "speaker": "社法委", "minutes": 20},
        {"title": "协商发言", "speaker": "各方", "minutes": 60}]}),
    ("consultation", MEETING, "PriorNoticeGiven", {"content": "请带上意见"}),
    ("consultation", MEETING, "AttendeeCheckedIn", {
        "kind": "masses", "name": "住户代表", "people": 12, "member_id": None}),
    ("consultation", MEETING, "ConsultationOpened", {}),
    ("consultation", MEETING, "StatementRecorded", {
        "speaker": "县交通局", "text": "可以划线", "member_id": None}),
    ("consultation", MEETING, "ConsensusRecorded", {
        "item_no": 1, "text": "划定停车位", "unit": "县交通局", "general": False}),
    ("consultation", MEETING, "DissentRecorded", {
        "item_no": 2, "text": "修建立体车库", "general": True}),
    ("consultation", MEETING, "CommitmentMade", {
        "unit": "县交通局", "promise": "三月底前划好", "due": "2026-03-31"}),
    ("consultation", MEETING, "MeetingHeld", {
        "title": TITLE, "place": "北辰社区议事厅", "form": "small", "mode": "site",
        "items": ITEMS, "commitments": [], "attendees": {"masses": 12, "unit": 2}, "research": [],
        "venue_id": None, "signed_by": ["masses", "unit"], "counted": True, "proposer": "lin"}),
    ("outcome", OUTCOME, "MinutesDrafted", {
        "outcome_id": str(OUTCOME), "consultation_id": str(MEETING), "items": ITEMS}),
    ("outcome", OUTCOME, "MinutesSaved", {
        "section": "minutes-statements", "nth": 1, "text": "一、县交通局表示可以划线。"}),
    ("outcome", OUTCOME, "MinutesIssued", {"number": "邻协纪〔2026〕5号"}),
    ("outcome", OUTCOME, "OutcomeSubmitted", {
        "to": ["county-party-committee", "county-government"]}),
    ("outcome", OUTCOME, "OutcomeCopied", {"to": "target-office"}),
    ("outcome", OUTCOME, "OutcomeUpreported", {
        "item_no": 2, "form": "public-opinion", "headline": "关于老旧小区立体停车的建议"}),
    ("assignment", TASK, "AssignmentOpened", {
        "assignment_id": str(TASK), "item_no": 1, "text": "划定停车位", "lead_unit": "县交通局",
        "assist_units": ["县公安局"], "due": "2026-04-01"}),
    ("assignment", TASK, "CosignGiven", {"unit": "县公安局", "round": 1, "opinion": "同意"}),
    ("assignment", TASK, "HandlingReplied", {
        "unit": "县交通局", "round": 1, "result_class": "A", "content": "已划车位一百二十个",
        "followups": [], "item_no": 1}),
    ("assignment", TASK, "SolutionConfirmed", {"remark": "好"}),
    ("evaluation", POLL, "EvaluationOpened", {
        "of": "topic", "subject_id": str(TOPIC), "forum": "democratic-review",
        "voters": [str(n) for n in range(7)], "handlers": [], "handling_units": ["县交通局"],
        "ballots": []}),
    ("case", CASE, "CasePublished", {
        "headline": "一个车位两家停", "basis": "de-identified", "consents": [],
        "sections": {"background": "车多位少", "participants": "住户、物业、交警",
                     "process": "三次恳谈", "opinions": "错时共享", "effect": "新增车位120个"}}),
]  # fmt: skip


def story() -> Story:
    """All of it, a minute apart."""
    facts = tuple(_facts())
    streams: dict[UUID, list[Fact]] = {}
    for fact in facts:
        streams.setdefault(fact.stream, []).append(fact)
    threads = (Thread(said[0].category, one, tuple(said)) for one, said in streams.items())
    return Story(facts, tuple(threads))


def _facts() -> Iterator[Fact]:
    for n, (category, stream, type_, data) in enumerate(SAID):
        at = datetime(2026, 1, 20, 2, n, tzinfo=UTC)
        yield Fact("meetings", n, stream, category, n, type_, "511623100013", "511623@1",
                   "lin/convenor", at, data)  # fmt: skip


def scene(kind: str, issuer: str = "") -> Scene:
    """What a document of this kind is drawn up from."""
    whole = story()
    category = next(one.category for one in DOCUMENTS if one.kind == kind)
    return Scene(
        story=whole,
        thread=whole.of_kind(category)[0],
        title=TITLE,
        place="邻水县 城北镇 北辰社区",
        issuer=issuer,
        signed=issuer or "邻水县政协",
        rules={"outcomes": {"evaluation": {"scale": ["satisfied", "dissatisfied"]}}},
        own_names={},
        texts=TEXTS.papers,
        drafting=TEXTS.minutes,
        word=lambda value: WORDS.get(str(value), str(value)),
        named=lambda one: {"lin": "林某"}.get(one, ""),
        private={},
    )


def paper(kind: str, issuer: str = "") -> Paper:
    """A document of this kind."""
    document = next(one for one in DOCUMENTS if one.kind == kind)
    return document.draw(scene(kind, issuer))
