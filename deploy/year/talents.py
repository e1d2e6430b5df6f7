"""Talents: admitted to the pool, honoured, assessed; and drawn by lot for a matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from deploy.year.county import County
from deploy.year.matter import Matter
from deploy.year.private import SEAL
from deploy.year.script import Script
from services.meetings.domain.draw import commands as draw
from services.meetings.domain.draw.decide import hash_of, order
from services.meetings.domain.talent import commands as talent


@dataclass(frozen=True)
class Expert:
    """One of those who help to consult."""

    id: UUID
    number: int
    group: str
    specialties: tuple[str, ...]


def experts(county: County) -> list[Expert]:
    """The pool of a county: each of its specialties in turn, and a second one for some."""
    rules = county.meetings.talent
    fields, groups = sorted(rules.specialties), sorted(rules.groups)
    luck = county.luck("talents")
    return [
        Expert(
            id=uuid5(county.root, f"talent-{number}"),
            number=number,
            group=luck.choice(groups),
            specialties=tuple(dict.fromkeys((fields[number % len(fields)], luck.choice(fields)))),
        )
        for number in range(county.file.talents)
    ]


def tell_talents(county: County) -> Iterator[Script]:
    """Each talent by the own clock: all are admitted before the first matter begins."""
    year = county.diary.first.year
    for one in experts(county):
        luck = county.luck(f"talent-{one.number}")
        script = Script(county.diary, luck, one.id, county.diary.office(county.diary.first, luck))
        known = {"talent_id": one.id}
        script.ask(
            county.cast.convenor,
            talent.AdmitTalent,
            **known,
            area=county.area,
            name=SEAL,
            group=one.group,
            specialties=one.specialties,
            willing=True,
        )
        if year < county.diary.last.year:
            script.at = county.diary.office(date(year + 1, 1, 15), luck)
            grade = luck.choice(
                sorted(county.meetings.talent.grades - county.meetings.talent.fails)
            )
            told = {"year": year, "grade": grade, "remark": "参与调研协商积极，意见专业。"}
            script.ask(county.cast.cppcc, talent.AssessTalent, **known, **told)
        if luck.random() < 0.05:
            script.wait(5, 60)
            told = {"document": f"{county.file.number}奖〔{script.today.year}〕{one.number}号"}
            honour = {"honour": "优秀协商人才", "reason": "在协商调研中提出的方案被采纳。"}
            script.ask(county.cast.cppcc, talent.RewardTalent, **known, **told, **honour)
        yield script


def draw_lots(matter: Matter) -> None:
    """邻水: "随机抽取相关人才参与调研、协商", by a seed nobody knows when the pool is fixed."""
    script, county = matter.script, matter.county
    convenor, known = county.cast.convenor, {"draw_id": uuid5(matter.topic_id, "draw")}
    pool = sorted(one.id for one in experts(county) if matter.kind.theme in one.specialties)
    wanted = script.luck.randrange(2, 4)
    if len(pool) < wanted + 2:
        return
    seed_day = script.today + timedelta(days=county.meetings.talent.seed_wait_days + 2)
    issue = f"{seed_day.year}{seed_day.timetuple().tm_yday // 2:03}期"
    script.ask(
        convenor,
        draw.OpenDraw,
        **known,
        area=county.area,
        topic_id=matter.topic_id,
        purpose=script.luck.choice(("research", "consultation")),
        specialty=matter.kind.theme,
        wanted=wanted,
        seed_source=f"福利彩票双色球{issue}开奖号码",
        seed_day=seed_day,
    )
    hash_, eligible = hash_of(pool), list(pool)
    if script.chance(25):
        party_to_it = script.luck.choice(pool)
        eligible.remove(party_to_it)
        excluded = {"talent_id": party_to_it, "reason": "与该事项有利害关系，回避。"}
        script.ask(convenor, draw.ExcludeFromDraw, **known, **excluded)
    script.until(seed_day)
    seed = "-".join(f"{n:02}" for n in sorted(script.luck.sample(range(1, 34), 6)))
    published = {"seed": seed, "published_in": f"中国福利彩票发行管理中心公告({issue})"}
    script.ask(convenor, draw.PublishSeed, **known, **published)
    if script.chance(20):
        drawn = order(eligible, hash_, seed)[0]
        away = {"talent_id": drawn, "reason": "本人外出，不能参加。"}
        script.ask(convenor, draw.ReplaceDrawn, **known, **away)
