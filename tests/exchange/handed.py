"""What 邻水县网格中心 (fictional) hands over and is handed, as the tests of exchange know it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from services.exchange.domain.dispatch import commands as dispatch_commands
from services.exchange.domain.dispatch import events as dispatch_events
from services.exchange.domain.dispatch.decide import DISPATCH
from services.exchange.domain.handover import commands as handover_commands
from services.exchange.domain.handover import events as handover_events
from services.exchange.domain.handover.decide import HANDOVER
from services.exchange.rules import ExchangeRules
from services.exchange.words.inbound import dispatch_of
from shared.kernel.message import SYSTEM
from tests.spec import NOW, Spec, by

AGENCY_ID = UUID("01890000-0000-7000-8000-00000000e001")
OTHER_AGENCY = UUID("01890000-0000-7000-8000-00000000e002")
NUMBER = "WG-2026-0017"
HANDOVER_ID = uuid5(AGENCY_ID, NUMBER)
FIRST_ID = uuid5(OTHER_AGENCY, "12345-7")
APPEAL_ID = UUID("01890000-0000-7000-8000-00000000a001")
DISPATCH_ID = dispatch_of(APPEAL_ID)
BEICHEN = "511623100013"
GRID = "邻水县网格化服务管理中心"

ITSELF = by("exchange:tell_the_step", SYSTEM)
WORKER = replace(by("grid", "agency"), unit=str(AGENCY_ID))
STRANGER = replace(by("hotline", "agency"), unit=str(OTHER_AGENCY))

handover = Spec(HANDOVER, ExchangeRules())
dispatch = Spec(DISPATCH, ExchangeRules())

HAND_OVER = handover_commands.HandOver(
    area=BEICHEN,
    agency_id=AGENCY_ID,
    agency=GRID,
    number=NUMBER,
    title="北辰小区东门路灯不亮",
    place="北辰小区东门",
    content="c" * 24,
    matter="m" * 24,
)
HANDED: dict[str, Any] = {
    "handover_id": HANDOVER_ID,
    "agency_id": AGENCY_ID,
    "agency": GRID,
    "number": NUMBER,
    "title": "北辰小区东门路灯不亮",
    "place": "北辰小区东门",
    "words": "",
    "contact": "",
    "content": "c" * 24,
    "matter": "m" * 24,
}
HANDED_OVER = handover_events.MatterHandedOver(**HANDED, personal=False, again=False, same_as=None)
RECEIVED = handover_events.HandoverReceived(
    handover_id=HANDOVER_ID,
    agency_id=AGENCY_ID,
    number=NUMBER,
    receipt=f"{HANDOVER_ID.int % 10**12:012}",
    title="北辰小区东门路灯不亮",
    same_as=None,
    happened_at=NOW,
)
RETURNED_STEP = handover_commands.TellStep(
    handover_id=HANDOVER_ID,
    cause="topics:12",
    step="returned",
    told={"reason": "请写明是哪一盏灯"},
    happened_at=NOW,
)
RETURNED = handover_events.HandoverAdvanced(
    handover_id=HANDOVER_ID,
    agency_id=AGENCY_ID,
    number=NUMBER,
    cause="topics:12",
    step="returned",
    told={"reason": "请写明是哪一盏灯"},
    topic_id=None,
    happened_at=NOW,
)
HAND_OVER_COMPLETED = HAND_OVER.model_copy(
    update={"title": "北辰小区东门第三盏路灯不亮", "content": "d" * 24, "matter": "n" * 24}
)
COMPLETED = handover_events.MatterCompleted(
    **HANDED | {"title": "北辰小区东门第三盏路灯不亮", "content": "d" * 24, "matter": "n" * 24}
)

OFFER = dispatch_commands.OfferDispatch(
    dispatch_id=DISPATCH_ID,
    lead_id=APPEAL_ID,
    area=BEICHEN,
    agency_id=AGENCY_ID,
    agency=GRID,
    title="本户户籍登记问题",
    place="",
    reason="只涉及一户",
)
LATER = NOW + timedelta(days=3)
OFFERED = dispatch_events.DispatchOffered(
    dispatch_id=DISPATCH_ID,
    lead_id=APPEAL_ID,
    agency_id=AGENCY_ID,
    agency=GRID,
    title="本户户籍登记问题",
    place="",
    reason="只涉及一户",
    happened_at=NOW,
    due=LATER,
)
REMIND = dispatch_commands.RemindDispatch(dispatch_id=DISPATCH_ID, nth=1)
REMINDED = dispatch_events.DispatchReminded(
    dispatch_id=DISPATCH_ID,
    agency_id=AGENCY_ID,
    agency=GRID,
    title="本户户籍登记问题",
    nth=1,
    happened_at=LATER,
    due=LATER + timedelta(days=3),
)
ACKNOWLEDGE = dispatch_commands.AcknowledgeDispatch(
    dispatch_id=DISPATCH_ID, agency_id=AGENCY_ID, number="WG-S-31"
)
ACKNOWLEDGED = dispatch_events.DispatchAcknowledged(
    dispatch_id=DISPATCH_ID,
    lead_id=APPEAL_ID,
    agency_id=AGENCY_ID,
    number="WG-S-31",
    on_paper=False,
    happened_at=NOW,
)
NOTE_RECEIPT = dispatch_commands.NoteReceipt(
    dispatch_id=DISPATCH_ID, area=BEICHEN, number="WG-S-31"
)

HANDED_SAID = (HANDED_OVER, RECEIVED, RETURNED, COMPLETED, OFFERED, REMINDED, ACKNOWLEDGED)
