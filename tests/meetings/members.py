"""Members as the tests of meetings know them: paired, evaluated and heard as in 襄城."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from services.meetings.domain.member import commands as ask
from services.meetings.domain.member import events as say
from services.meetings.rules import DutyRule, GradeRule, MemberRules
from tests.spec import HERE, by

MEMBER_RULES = MemberRules(
    duties=(
        DutyRule(kind="meeting", points=10, year_max=30),
        DutyRule(kind="proposal", points=15, year_max=20),
    ),
    grades=(
        GradeRule(grade="excellent", least=45),
        GradeRule(grade="competent", least=20),
        GradeRule(grade="not-competent", least=0),
    ),
    report_before_evaluation=True,
    pairs_max=2,
    observer_batches=2,
    observes_once_a="year",
)
STAFF = by("tang", "cppcc")
GU = by("gu", "member")
OF = UUID("01890000-0000-7000-8000-00000000c001")


def sealed(person: str) -> str:
    """What the vault makes of a person's words; the same each time, as it never is there."""
    return f"sealed:1:{uuid5(OF, person)}:{'A' * 56}"


GU_ID, MENG_ID, XIE_ID, WU_ID = (uuid5(OF, name) for name in ("gu", "meng", "xie", "wu"))
"""顾, 中共党员、常务委员; 孟, 谢 and 吴 are in no party."""


def admit(member_id: UUID = GU_ID, **changes: Any) -> ask.AdmitMember:
    """Enter 顾, or somebody else."""
    asked: dict[str, Any] = {
        "member_id": member_id,
        "area": HERE,
        "name": sealed("gu"),
        "account": "gu",
        "party_member": True,
        "standing": True,
        "sector": "农业界",
        "district": "城南片区",
        "term": 14,
    }
    return ask.AdmitMember(**asked | changes)


def admitted(member_id: UUID = GU_ID, **changes: Any) -> say.MemberAdmitted:
    """顾, or somebody else, is a member."""
    asked = admit(member_id, **changes).model_dump(exclude={"area"})
    return say.MemberAdmitted(**asked)


def outside(member_id: UUID = MENG_ID) -> say.MemberAdmitted:
    """A member outside the Party who does not stand on the committee."""
    return admitted(member_id, account="meng", party_member=False, standing=False)


ADMITTED = admitted()
PAIR = ask.PairMembers(member_id=GU_ID, partner_id=MENG_ID)
ANSWER = ask.AnswerPair(member_id=MENG_ID, partner_id=GU_ID)
NOTE_PAIR = ask.NotePair(member_id=GU_ID, partner_id=MENG_ID, obstacle="")
END_PAIR = ask.EndPair(member_id=GU_ID, partner_id=MENG_ID, reason="工作调整")
EVALUATE = ask.EvaluateMember(member_id=GU_ID, year=2025)
REPORT = ask.FileDutyReport(member_id=GU_ID, year=2025, content="全年参加常委会会议六次。")
OBSERVE = ask.AssignObserver(
    member_id=MENG_ID, session="第3次常委会会议", on=date(2026, 3, 20), batch=1
)
END = ask.EndMembership(member_id=GU_ID, reason="term-over")

PROPOSED = say.PairProposed(member_id=GU_ID, partner_id=MENG_ID)
ANSWERED = say.PairAnswered(member_id=MENG_ID, partner_id=GU_ID, obstacle="")
PAIRED = say.MembersPaired(member_id=GU_ID, partner_id=MENG_ID)
DECLINED = say.PairDeclined(member_id=GU_ID, partner_id=MENG_ID, obstacle="party-member")
UNPAIRED = say.PairEnded(member_id=GU_ID, partner_id=MENG_ID, reason="工作调整")
REPORTED = say.DutyReportFiled(member_id=GU_ID, year=2025, content="全年参加常委会会议六次。")
EVALUATED = say.MemberEvaluated(
    member_id=GU_ID,
    year=2025,
    points={"meeting": 30, "proposal": 15},
    total=45,
    grade="excellent",
)
OBSERVED = say.ObserverAssigned(
    member_id=MENG_ID, session="第3次常委会会议", on=date(2026, 3, 20), batch=1
)
ENDED = say.MembershipEnded(member_id=GU_ID, reason="term-over")


def do(kind: str = "meeting", n: int = 1, year: int = 2025) -> ask.RecordDuty:
    """顾 did something, for the nth time that year."""
    return ask.RecordDuty(member_id=GU_ID, kind=kind, on=date(year, 1, n), reference=f"第{n}次")


def done(kind: str = "meeting", n: int = 1, year: int = 2025, points: int = 10) -> say.DutyRecorded:
    """顾 did it."""
    return say.DutyRecorded(**dict(do(kind, n, year)), points=points)


DUTY = done()


SAID = (
    ADMITTED,
    PROPOSED,
    ANSWERED,
    PAIRED,
    DECLINED,
    UNPAIRED,
    DUTY,
    REPORTED,
    EVALUATED,
    OBSERVED,
    ENDED,
)
"""A good example of every fact about members."""
