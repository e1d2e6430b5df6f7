"""Venues set up, with convenors, the 六有 looked at twice a year, and money allotted and spent."""

from datetime import date

from deploy.year.county import County
from deploy.year.rooms import Venue
from deploy.year.script import Script
from services.topics.domain.venue import commands as venue
from services.topics.rules import ConvenorRule

SPENT = ("协商会议场地布置", "调研交通", "资料印刷", "宣传栏制作", "茶水与会务用品")
TITLES = {
    "party-secretary": "党组织书记",
    "deputy-secretary": "党委专职副书记",
    "liaison-head": "政协联络组组长",
    "town-convenor": "政协活动召集人",
    "sector-convenor": "活动召集人",
    "area-group": "片区委员活动小组召集人",
    "linked-member": "联系委员",
    "party-member": "党员委员",
    "member": "驻点委员",
}
SUMS = {"operating": (6000, 20000), "construction": (20000, 80000)}


def tell_venues(county: County) -> list[Script]:
    """Each venue of the county from the day it was entered."""
    return [_tell(county, one) for one in county.venues]


def _tell(county: County, one: Venue) -> Script:
    luck, diary, cast = county.luck(f"venue-{one.id}"), county.diary, county.cast
    script = Script(diary, luck, one.id, diary.office(diary.first, luck))
    if one.parent:
        script.wait(1, 1)
    known = {"venue_id": one.id}
    script.ask(
        cast.cppcc,
        venue.EstablishVenue,
        **known,
        area=one.place.code,
        type=one.plan.type,
        name=one.name,
        host_kind=_host_kind(one),
        host=one.host,
        shared_with=one.plan.shared,
        parent_id=one.parent,
    )
    rule = county.topics.venue(one.plan.type)
    assert rule, f"{county.code} has no venues of type {one.plan.type}"
    for convenor in rule.convenors:
        extra = one.plan.qualities[min(convenor.rank, len(one.plan.qualities)) - 1]
        script.ask(
            cast.cppcc,
            venue.AppointConvenor,
            **known,
            rank=convenor.rank,
            person=_convenor(one, convenor),
            qualities=sorted(convenor.needs | set(extra)),
        )
    _check(county, script, one, gaps=35)
    _money(county, script, one)
    for month in (6, 12):
        for year in range(diary.first.year, diary.last.year + 1):
            if diary.first < (day := date(year, month, luck.randrange(3, 26))):
                script.at = max(script.at, diary.office(day, luck))
                _check(county, script, one, gaps=12)
    return script


def _convenor(one: Venue, rule: ConvenorRule) -> str:
    """Who convenes, by office and not by name: the first title that the rule's needs speak of."""
    title = next(title for quality, title in TITLES.items() if quality in rule.needs)
    return f"{one.host}{title}"


def _host_kind(one: Venue) -> str:
    """A town may be a 街道, a village a 社区."""
    if one.plan.host == "town" and one.place.name.endswith("街道"):
        return "subdistrict"
    if one.plan.host == "village" and one.place.site == "community":
        return "community"
    return one.plan.host


def _check(county: County, script: Script, one: Venue, gaps: int) -> None:
    six = list(county.topics.standard)
    met = dict.fromkeys(six, True)
    if script.chance(gaps):
        met[script.luck.choice(six[1:])] = False
    remark = "达到“六有”要求。" if all(met.values()) else "有一项未达标，请尽快补齐。"
    script.ask(
        county.cast.convenor, venue.CheckVenueStandard, venue_id=one.id, met=met, remark=remark
    )


def _money(county: County, script: Script, one: Venue) -> None:
    """Each line of the budget for the running year, and the operating one for the next as well."""
    first = county.diary.first.year
    for year in range(first, county.diary.last.year + 1):
        if year > first:
            script.at = max(script.at, county.diary.office(date(year, 2, 24), script.luck))
        for line in sorted(county.topics.budget_lines):
            if line == "construction" and year > first:
                continue
            least, most = SUMS.get(line, SUMS["operating"])
            amount = script.luck.randrange(least, most, 500)
            known = {"venue_id": one.id, "line": line, "year": year}
            script.ask(
                county.cast.cppcc,
                venue.AllotBudget,
                **known,
                amount=amount,
                voucher=f"{county.short}财〔{year}〕{one.id.int % 900}-{line}",
            )
            _spend(county, script, known, amount)


def _spend(county: County, script: Script, known: dict[str, object], amount: int) -> None:
    pieces = script.luck.randrange(1, 3)
    for number in range(pieces):
        share = amount // pieces * script.luck.randrange(50, 96) // 100
        script.ask(
            county.cast.clerk,
            venue.SpendBudget,
            **known,
            amount=max(1, share),
            voucher=f"{known['line']}-{known['year']}-{number + 1}",
            purpose=script.luck.choice(SPENT),
        )
