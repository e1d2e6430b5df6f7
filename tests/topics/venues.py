"""A room in 栀子村, as the tests of topics know it."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from services.topics.domain.venue import commands as asked
from services.topics.domain.venue import events as said
from services.topics.domain.venue.decide import VENUE
from services.topics.words import Quality, Rank
from shared.kernel.message import SYSTEM, Event
from tests.spec import Spec, by
from tests.topics.counties import LINSHUI, SIX, YINGSHAN

VENUE_ID = UUID("01890000-0000-7000-8000-00000000c001")
STATION_ID = uuid5(VENUE_ID, "station")
MEETING = uuid5(VENUE_ID, "consultation")
VILLAGE, TOWN = "511623100013", "511623100000"

venue = Spec(VENUE, LINSHUI)
yingshan_room = Spec(VENUE, YINGSHAN)
STAFF, CONVENOR = by("qin", "cppcc"), by("lin")
MEETINGS = by("topics:note_the_activity", SYSTEM)

ESTABLISH = asked.EstablishVenue(
    venue_id=VENUE_ID,
    area=VILLAGE,
    type="village-room",
    name="栀子村协商议事室",
    host_kind="village",
    host="栀子村村民委员会",
    shared_with=frozenset({"party-service", "mediation"}),
    parent_id=STATION_ID,
)
CHECK = asked.CheckVenueStandard(venue_id=VENUE_ID, met=dict.fromkeys(SIX, True))
SUSPEND = asked.SuspendVenue(venue_id=VENUE_ID, reason="房屋维修")
RESUME = asked.ResumeVenue(venue_id=VENUE_ID)
RELIEVE = asked.RelieveConvenor(venue_id=VENUE_ID, rank=1, reason="换届")
ALLOT = asked.AllotBudget(
    venue_id=VENUE_ID, line="operating", year=2026, amount=5000, voucher="邻财〔2026〕8号"
)
SPEND = asked.SpendBudget(
    venue_id=VENUE_ID, line="operating", year=2026, amount=1200, voucher="0031", purpose="资料印制"
)
OFFER = asked.OfferVenue(venue_id=VENUE_ID, consultation_id=MEETING)
NOTE_ACTIVITY = asked.NoteActivity(venue_id=VENUE_ID, consultation_id=MEETING, on=date(2026, 3, 2))


def appoint(person: str, *qualities: Quality, rank: Rank = 1) -> asked.AppointConvenor:
    """Somebody shall convene."""
    return asked.AppointConvenor(
        venue_id=VENUE_ID, rank=rank, person=person, qualities=frozenset(qualities)
    )


def established(**changes: Any) -> said.VenueEstablished:
    """There is a room."""
    told: dict[str, Any] = {
        "venue_id": VENUE_ID,
        "type": "village-room",
        "name": "栀子村协商议事室",
        "host_kind": "village",
        "host": "栀子村村民委员会",
        "shared_with": ("mediation", "party-service"),
        "parent_id": STATION_ID,
        "ranks": (1,),
        "standard": SIX,
        "children": None,
        "children_least": None,
        "children_most": None,
        "activities_min": 0,
    }
    return said.VenueEstablished(**told | changes)


def appointed(person: str, *qualities: Quality, rank: Rank = 1) -> said.ConvenorAppointed:
    """Somebody convenes."""
    return said.ConvenorAppointed(
        venue_id=VENUE_ID, rank=rank, person=person, qualities=tuple(sorted(qualities))
    )


ESTABLISHED = established()
STATION = established(
    venue_id=STATION_ID,
    type="station",
    name="鼎屏片区协商驿站",
    host_kind="area-group",
    host="鼎屏片区委员活动小组",
    parent_id=None,
    children="village-room",
    children_least=1,
    children_most=2,
)
CHECKED = said.VenueStandardChecked(venue_id=VENUE_ID, met=dict.fromkeys(SIX, True), remark="")
SUSPENDED = said.VenueSuspended(venue_id=VENUE_ID, reason="房屋维修")
RESUMED = said.VenueResumed(venue_id=VENUE_ID)
APPOINTED = appointed("lin", "area-group")
RELIEVED = said.ConvenorRelieved(venue_id=VENUE_ID, rank=1, person="lin", reason="换届")
ALLOTTED = said.BudgetAllotted(
    venue_id=VENUE_ID, line="operating", year=2026, amount=5000, voucher="邻财〔2026〕8号"
)
SPENT = said.BudgetSpent(
    venue_id=VENUE_ID, line="operating", year=2026, amount=1200, voucher="0031", purpose="资料印制"
)
OFFERED = said.VenueOffered(venue_id=VENUE_ID, consultation_id=MEETING, name="栀子村协商议事室")
TAKEN_BACK = said.VenueOffersWithdrawn(venue_id=VENUE_ID, consultations=(MEETING,))
ACTIVITY = said.VenueActivityHeld(venue_id=VENUE_ID, consultation_id=MEETING, on=date(2026, 3, 2))

VENUE_SAID: tuple[Event, ...] = (
    ESTABLISHED,
    CHECKED,
    SUSPENDED,
    RESUMED,
    APPOINTED,
    RELIEVED,
    ALLOTTED,
    SPENT,
    OFFERED,
    TAKEN_BACK,
    ACTIVITY,
)
