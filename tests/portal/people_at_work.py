"""Members and talents as the services say them: duty files, pairs, and two draws.

Told from 2026-03-02 on, an hour apart.
"""

from base64 import urlsafe_b64encode
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.meetings.domain.consultation import events as meeting
from services.meetings.domain.draw import events as draw
from services.meetings.domain.draw.decide import hash_of, order
from services.meetings.domain.member import events as member
from services.meetings.domain.research import events as research
from services.meetings.domain.talent import events as talent
from services.portal.edge.people.newcomers import account_of
from tests.views import Said

SPACE = UUID("0190aaaa-0000-7000-8000-0000000000c4")
COUNTY = "511623000000"
GU, MENG, XIE = (uuid5(SPACE, name) for name in ("gu", "meng", "xie"))
"""顾 is in the Party and stands on the committee; 孟 is neither; 谢 left."""
ELSEWHERE, NOBODY = uuid5(SPACE, "elsewhere"), uuid5(SPACE, "nobody")
"""A member of another county, and a number that belongs to no member."""
LUO, TAN, HE, FEI, SHI = (uuid5(SPACE, name) for name in ("luo", "tan", "he", "fei", "shi"))
TALENTS = tuple(sorted((LUO, TAN, HE, FEI), key=str))
TOPIC, CONSULTATION, OPEN_YET = (uuid5(SPACE, name) for name in ("topic", "first", "second"))
RESEARCH, UNFINISHED = uuid5(SPACE, "research"), uuid5(SPACE, "unfinished")
DRAW, CANCELLED = uuid5(SPACE, "draw"), uuid5(SPACE, "cancelled")
UNTIL = date(2029, 3, 2)


KEYS = {one: sha256(one.bytes).digest() for one in (GU, MENG, LUO, TAN, HE, FEI)}
"""Of 谢 and 施 the keys are gone, and with them the names."""
NAMES = {GU: "顾远山", MENG: "孟繁星", LUO: "罗启明", TAN: "谭文", HE: "何其芳", FEI: "费长林"}


def sealed(person: UUID) -> str:
    """A name as the vault seals it, though always with the same nonce."""
    if person not in KEYS:
        return f"sealed:1:{person}:{'A' * 56}"
    nonce = bytes(12)
    words = nonce + AESGCM(KEYS[person]).encrypt(nonce, NAMES[person].encode(), person.bytes)
    return f"sealed:1:{person}:{urlsafe_b64encode(words).decode()}"


def admitted(member_id: UUID, account: str, *, party: bool, sector: str) -> Said:
    """Somebody is a member."""
    return ("meetings", member_id, member.MemberAdmitted(
        member_id=member_id, name=sealed(member_id), account=str(account_of(account)),
        party_member=party,
        standing=party, sector=sector, district="城南片区", term=14,
    ))  # fmt: skip


def came(consultation_id: UUID, member_id: UUID | None) -> Said:
    """A member is there, or somebody else."""
    return ("meetings", consultation_id, meeting.AttendeeCheckedIn(
        consultation_id=consultation_id, kind="member" if member_id else "masses",
        name="片区委员活动小组" if member_id else "住户代表", people=1, member_id=member_id,
    ))  # fmt: skip


def spoke(member_id: UUID | None) -> Said:
    """A member spoke, or somebody else."""
    return ("meetings", CONSULTATION, meeting.StatementRecorded(
        consultation_id=CONSULTATION, speaker="某方", text="路烂了。", member_id=member_id,
    ))  # fmt: skip


def research_planned(research_id: UUID, *members: UUID) -> Said:
    """Somebody shall go and look."""
    return ("meetings", research_id, research.ResearchPlanned(
        research_id=research_id, topic_id=TOPIC, questions=("为何",), team=("委员",),
        members=members, round=1,
    ))  # fmt: skip


def duty(member_id: UUID, kind: str, on: date, points: int) -> Said:
    """A member did something."""
    return ("meetings", member_id, member.DutyRecorded(
        member_id=member_id, kind=kind, on=on, reference="第3次", points=points))  # fmt: skip


def taken_in(talent_id: UUID, group: str, *specialties: str) -> Said:
    """Somebody may be drawn."""
    return ("meetings", talent_id, talent.TalentAdmitted(
        talent_id=talent_id, name=sealed(talent_id), contact="", group=group,
        specialties=specialties, until=UNTIL,
    ))  # fmt: skip


def opened(draw_id: UUID) -> Said:
    """There will be a draw."""
    return ("meetings", draw_id, draw.DrawOpened(
        draw_id=draw_id, topic_id=TOPIC, purpose="research", specialty="交通", wanted=1,
        seed_source="3月5日双色球开奖号码", seed_day=date(2026, 3, 5),
    ))  # fmt: skip


def committed(draw_id: UUID, pool_hash: str) -> Said:
    """Its pool is fixed."""
    return ("meetings", draw_id, draw.PoolCommitted(
        draw_id=draw_id, topic_id=TOPIC, pool=TALENTS, pool_hash=pool_hash))  # fmt: skip


def drawn(pool_hash: str, seed: str, luck: tuple[UUID, ...]) -> Said:
    """The seed is known."""
    return ("meetings", DRAW, draw.TalentDrawn(
        draw_id=DRAW, topic_id=TOPIC, seed=seed, published_in="中国福彩网", pool_hash=pool_hash,
        drawn=luck[:1], reserve=luck[1:],
    ))  # fmt: skip


HASH, SEED = hash_of(TALENTS), "03081722293014"
LUCK = order({*TALENTS} - {FEI}, HASH, SEED)
FIRST, SECOND, THIRD = LUCK

WORK: list[Said] = [
    admitted(GU, "gu", party=True, sector="农业界"),
    admitted(MENG, "meng", party=False, sector="医卫界"),
    admitted(XIE, "xie", party=False, sector="医卫界"),
    ("meetings", GU, member.MembersPaired(member_id=GU, partner_id=MENG)),
    ("meetings", GU, member.MembersPaired(member_id=GU, partner_id=XIE)),
    ("meetings", XIE, member.PairEnded(member_id=XIE, partner_id=GU, reason="调离")),
    ("meetings", GU, member.PairEnded(member_id=GU, partner_id=XIE, reason="调离")),
    ("meetings", XIE, member.MembershipEnded(member_id=XIE, reason="moved-away")),
    research_planned(RESEARCH, GU, MENG),
    research_planned(UNFINISHED, MENG),
    ("meetings", RESEARCH, research.ResearchReportFiled(
        research_id=RESEARCH, topic_id=TOPIC, title="公路质量调研报告", findings="有",
        suggestions=("返工",), round=1)),
    came(CONSULTATION, GU),
    came(CONSULTATION, None),
    admitted(ELSEWHERE, "elsewhere", party=False, sector="经济界"),
    came(CONSULTATION, ELSEWHERE),
    came(CONSULTATION, NOBODY),
    came(OPEN_YET, GU),
    came(OPEN_YET, NOBODY),
    spoke(GU),
    spoke(None),
    spoke(GU),
    ("meetings", CONSULTATION, meeting.MeetingHeld(
        consultation_id=CONSULTATION, topic_id=TOPIC, title="擂鼓坪公路质量", place="擂鼓坪",
        form="small", mode="site", venue_id=None, items=(), commitments=(),
        attendees={"member": 1, "masses": 1}, research=(RESEARCH,), signed_by=("masses",),
        counted=True, proposer="lin")),
    duty(GU, "meeting", date(2026, 3, 1), 10),
    duty(GU, "proposal", date(2026, 2, 1), 15),
    duty(GU, "proposal", date(2025, 2, 1), 15),
    ("meetings", GU, member.DutyReportFiled(member_id=GU, year=2025, content="全年参会六次。")),
    ("meetings", GU, member.MemberEvaluated(
        member_id=GU, year=2025, points={"meeting": 30}, total=45, grade="excellent")),
    ("meetings", MENG, member.ObserverAssigned(
        member_id=MENG, session="第3次常委会会议", on=date(2026, 3, 20), batch=1)),
    taken_in(LUO, "professional", "法律", "交通"),
    taken_in(TAN, "professional", "交通"),
    taken_in(HE, "five-elders", "交通"),
    taken_in(FEI, "five-elders", "交通"),
    taken_in(SHI, "five-elders", "教育"),
    ("meetings", HE, talent.TalentAssessed(
        talent_id=HE, year=2025, grade="qualified", passed=True, remark="好")),
    ("meetings", HE, talent.TalentRewarded(
        talent_id=HE, document="邻协〔2026〕5号", honour="优秀协商人才", reason="调研扎实")),
    ("meetings", LUO, talent.TalentSanctioned(
        talent_id=LUO, document="邻协〔2026〕7号", measure="suspension", reason="缺席",
        until=date(2026, 8, 29))),
    opened(DRAW),
    opened(CANCELLED),
    committed(DRAW, HASH),
    committed(CANCELLED, HASH),
    ("meetings", DRAW, draw.TalentExcluded(
        draw_id=DRAW, topic_id=TOPIC, talent_id=FEI, reason="系施工单位负责人")),
    ("meetings", CANCELLED, draw.DrawCancelled(
        draw_id=CANCELLED, topic_id=TOPIC, reason="双方已和解")),
    drawn(HASH, SEED, LUCK),
    ("meetings", DRAW, draw.DrawnReplaced(
        draw_id=DRAW, topic_id=TOPIC, talent_id=FIRST, by=SECOND, reason="当日住院")),
    ("meetings", SHI, talent.TalentExited(talent_id=SHI, reason="own-wish")),
]  # fmt: skip

AREAS = {
    **dict.fromkeys((GU, MENG, XIE, *TALENTS, SHI, DRAW, CANCELLED), COUNTY),
    ELSEWHERE: "510521000000",
}
STEP = timedelta(hours=1)
