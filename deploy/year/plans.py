"""The annual plans: drafted, decided by the county's own body, issued, and served by topics."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from deploy.year.county import County
from deploy.year.script import Script
from services.topics.domain.plan import commands as plan


def plan_id(county: County, year: int) -> UUID:
    """An area has one plan a year."""
    return uuid5(county.root, f"plan-{year}")


def tell_plans(county: County) -> list[Script]:
    """One plan for each calendar year; the first is entered when the platform begins."""
    diary = county.diary
    years = range(diary.first.year, diary.last.year + 1)
    firsts = [diary.first + timedelta(days=1), *(date(year, 1, 5) for year in years[1:])]
    return [_tell(county, year, first) for year, first in zip(years, firsts, strict=True)]


def _tell(county: County, year: int, first: date) -> Script:
    luck, cast, rules = county.luck(f"plan-{year}"), county.cast, county.topics.plan
    script = Script(county.diary, luck, plan_id(county, year), county.diary.office(first, luck))
    known = {"plan_id": plan_id(county, year)}
    name = county.places.county.name
    script.ask(
        cast.cppcc,
        plan.DraftPlan,
        **known,
        area=county.area,
        year=year,
        title=f"{name}{year}年度协商工作计划",
    )
    for number, item in enumerate(county.file.plan_items, start=1):
        script.ask(
            cast.cppcc,
            plan.AddPlanItem,
            **known,
            item_no=number,
            title=item,
            led_by=luck.choice(county.file.groups),
            month=1 + number * 11 // (len(county.file.plan_items) + 1),
        )
    quick = year == county.diary.first.year
    script.wait(1, 2 if quick else 7)
    script.ask(
        cast.party(rules.approver, county.places.county),
        plan.DecidePlan,
        **known,
        agrees=True,
        reason="同意，按计划组织实施。",
    )
    script.wait(1, 2 if quick else 5)
    script.ask(
        cast.cppcc,
        plan.IssuePlan,
        **known,
        number=f"{county.file.number}发〔{year}〕{luck.randrange(2, 9)}号",
        issuers=rules.issuers,
    )
    return script
