"""Talents as the tests of meetings know them: admitted, and drawn by lot, as in 邻水."""

from datetime import date
from uuid import UUID, uuid5

from services.meetings.domain.draw import commands as ask_draw
from services.meetings.domain.draw import events as draw_said
from services.meetings.domain.draw.decide import hash_of
from services.meetings.domain.pool import commands as ask_pool
from services.meetings.domain.pool import events as pool_said
from services.meetings.domain.talent import commands as ask
from services.meetings.domain.talent import events as say
from services.meetings.rules import TalentRules
from tests.meetings.members import OF, sealed
from tests.spec import HERE

TALENT_RULES = TalentRules(
    groups=frozenset({"professional", "five-elders"}),
    specialties=frozenset({"法律", "交通", "医疗卫生"}),
    term_years=3,
    grades=frozenset({"excellent", "qualified", "unqualified"}),
    fails=frozenset({"unqualified"}),
    fails_max=2,
    suspension_days=180,
    seed_wait_days=1,
)

LUO_ID = uuid5(OF, "luo")
"""罗, a lawyer and doctor."""

ADMIT_TALENT = ask.AdmitTalent(
    talent_id=LUO_ID,
    area=HERE,
    name=sealed("luo"),
    contact=sealed("luo"),
    group="professional",
    specialties=("医疗卫生", "法律", "法律"),
    willing=True,
)
ASSESS = ask.AssessTalent(
    talent_id=LUO_ID, year=2025, grade="unqualified", remark="全年未参加活动。"
)
REWARD = ask.RewardTalent(
    talent_id=LUO_ID, document="邻协〔2026〕5号", honour="优秀协商人才", reason="调研扎实"
)
WARN = ask.SanctionTalent(
    talent_id=LUO_ID, document="邻协〔2026〕6号", measure="warning", reason="两次无故缺席"
)
SUSPEND = WARN.model_copy(update={"document": "邻协〔2026〕7号", "measure": "suspension"})
EXIT = ask.ExitTalent(talent_id=LUO_ID, reason="own-wish")

TALENT_ADMITTED = say.TalentAdmitted(
    talent_id=LUO_ID,
    name=sealed("luo"),
    contact=sealed("luo"),
    group="professional",
    specialties=("医疗卫生", "法律"),
    until=date(2029, 3, 2),
)
REWARDED = say.TalentRewarded(**dict(REWARD))
WARNED = say.TalentSanctioned(**dict(WARN), until=None)
SUSPENDED = say.TalentSanctioned(**dict(SUSPEND), until=date(2026, 8, 29))
EXITED = say.TalentExited(talent_id=LUO_ID, reason="own-wish")


def assessed(year: int = 2025, grade: str = "unqualified") -> say.TalentAssessed:
    """How 罗 did in a year."""
    return say.TalentAssessed(
        talent_id=LUO_ID,
        year=year,
        grade=grade,
        passed=grade != "unqualified",
        remark="全年未参加活动。",
    )


ASSESSED = assessed()

POOL_ID = uuid5(OF, "pool")
TALENTS = tuple(sorted(uuid5(OF, f"talent-{n}") for n in range(6)))
SEED_DAY = date(2026, 3, 5)
DRAW_ID, MATTER_ID = uuid5(OF, "draw"), uuid5(OF, "topic")


def note_talent(
    talent_id: UUID, *specialties: str, until: date = date(2029, 3, 2)
) -> ask_pool.NoteTalent:
    """Somebody may be drawn."""
    return ask_pool.NoteTalent(
        pool_id=POOL_ID, area=HERE, talent_id=talent_id, specialties=specialties, until=until
    )


def talent_noted(
    talent_id: UUID, *specialties: str, until: date = date(2029, 3, 2)
) -> pool_said.TalentNoted:
    """Somebody may be drawn now."""
    return pool_said.TalentNoted(
        pool_id=POOL_ID, talent_id=talent_id, specialties=specialties, until=until
    )


def list_pool(specialty: str = "") -> ask_pool.ListPool:
    """A draw asks who may be drawn."""
    return ask_pool.ListPool(pool_id=POOL_ID, area=HERE, draw_id=DRAW_ID, specialty=specialty)


def listed(*talents: UUID) -> pool_said.PoolListed:
    """These may be drawn."""
    return pool_said.PoolListed(pool_id=POOL_ID, draw_id=DRAW_ID, talents=talents)


NOTE_SUSPENSION = ask_pool.NoteSuspension(
    pool_id=POOL_ID, talent_id=TALENTS[0], until=date(2026, 8, 29)
)
DROP = ask_pool.DropTalent(pool_id=POOL_ID, talent_id=TALENTS[0])
TALENT_NOTED = talent_noted(TALENTS[0], "法律", "交通")
SUSPENSION_NOTED = pool_said.SuspensionNoted(**dict(NOTE_SUSPENSION))
DROPPED = pool_said.TalentDropped(**dict(DROP))

OPEN_DRAW = ask_draw.OpenDraw(
    draw_id=DRAW_ID,
    area=HERE,
    topic_id=MATTER_ID,
    purpose="research",
    specialty="交通",
    wanted=2,
    seed_source="3月5日双色球开奖号码,依开奖顺序连写",
    seed_day=SEED_DAY,
)
COMMIT_POOL = ask_draw.CommitPool(draw_id=DRAW_ID, talents=TALENTS)
PUBLISH = ask_draw.PublishSeed(
    draw_id=DRAW_ID, seed="03081722293014", published_in="中国福彩网3月5日公告"
)
CANCEL_DRAW = ask_draw.CancelDraw(draw_id=DRAW_ID, reason="双方已和解")

OPENED_DRAW = draw_said.DrawOpened(**OPEN_DRAW.model_dump(exclude={"area"}))
COMMITTED_POOL = draw_said.PoolCommitted(
    draw_id=DRAW_ID, topic_id=MATTER_ID, pool=TALENTS, pool_hash=hash_of(TALENTS)
)
DRAW_CANCELLED = draw_said.DrawCancelled(draw_id=DRAW_ID, topic_id=MATTER_ID, reason="双方已和解")


def exclude(talent_id: UUID) -> ask_draw.ExcludeFromDraw:
    """Somebody is party to the dispute."""
    return ask_draw.ExcludeFromDraw(
        draw_id=DRAW_ID, talent_id=talent_id, reason="系该路段施工单位负责人"
    )


def excluded(talent_id: UUID) -> draw_said.TalentExcluded:
    """Somebody will not be drawn."""
    return draw_said.TalentExcluded(**dict(exclude(talent_id)), topic_id=MATTER_ID)


def drawn(*luck: UUID) -> draw_said.TalentDrawn:
    """The first two go, the others are the reserve."""
    return draw_said.TalentDrawn(
        **dict(PUBLISH),
        topic_id=MATTER_ID,
        pool_hash=hash_of(TALENTS),
        drawn=luck[:2],
        reserve=luck[2:],
    )


def replace(talent_id: UUID) -> ask_draw.ReplaceDrawn:
    """Somebody drawn cannot go."""
    return ask_draw.ReplaceDrawn(draw_id=DRAW_ID, talent_id=talent_id, reason="当日住院")


def replaced(talent_id: UUID, by: UUID) -> draw_said.DrawnReplaced:
    """Somebody else goes."""
    return draw_said.DrawnReplaced(**dict(replace(talent_id)), topic_id=MATTER_ID, by=by)


SAID = (
    TALENT_ADMITTED,
    ASSESSED,
    REWARDED,
    SUSPENDED,
    EXITED,
    TALENT_NOTED,
    SUSPENSION_NOTED,
    DROPPED,
    listed(*TALENTS),
    OPENED_DRAW,
    COMMITTED_POOL,
    excluded(TALENTS[0]),
    drawn(*TALENTS),
    replaced(TALENTS[0], TALENTS[2]),
    DRAW_CANCELLED,
)
"""A good example of every fact about talents, pools and draws."""
