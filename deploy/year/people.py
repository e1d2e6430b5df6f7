"""Members: entered, paired, on duty, evaluated for a year that is over, sent to observe."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from deploy.year.county import County
from deploy.year.files import names
from deploy.year.matter import Matter
from deploy.year.private import SEAL
from deploy.year.script import Script
from services.meetings.domain.member import commands as member
from shared.kernel.message import Actor

TERM = 11
DUTIES = {
    "meeting": "县政协专题会议",
    "proposal": "提交提案第{n}号",
    "public-opinion": "反映社情民意信息",
    "inspection": "专题视察",
    "consultation": "参加协商活动",
    "research": "参加议前调研",
}
"""What a duty of each kind is called in the file; other kinds go by their own name."""

PARTIES = 5
"""So many of the sectors after the first are parties, and those of none."""

BATCH = 6
"""So many observe a session of the standing committee together."""


@dataclass(frozen=True)
class Seat:
    """One member: in the Party or not, of the standing committee or not, of which sector."""

    id: UUID
    number: int
    party: bool
    standing: bool
    sector: str

    def actor(self, county: County) -> Actor:
        """The account of the member."""
        return county.cast.actor("member", f"member-{self.number}")


def seat(county: County, number: int) -> Seat:
    """The member of that number; every seventh sits in the standing committee."""
    file = county.file
    return Seat(
        id=uuid5(county.root, f"member-{number}"),
        number=number,
        party=number < file.party_members,
        standing=number % 7 == 0,
        sector=_sector(county, number),
    )


def _sector(county: County, number: int) -> str:
    """A third of the Party members sit for the Party; none for another party (民主党派)."""
    sectors, party = names()["sectors"], county.file.party_members
    if number < party // 3:
        return sectors[0]
    open_to = sectors[1 + PARTIES :] if number < party else sectors[1:]
    return open_to[number % len(open_to)]


def seats(county: County) -> list[Seat]:
    """All members of a county."""
    return [seat(county, number) for number in range(county.file.members)]


def delegates(matter: Matter) -> list[Seat]:
    """The members who research a matter and sit at its table."""
    luck, all_ = matter.again("delegates"), range(matter.county.file.members)
    return [seat(matter.county, number) for number in luck.sample(all_, luck.randrange(2, 5))]


def tell_members(county: County) -> Iterator[Script]:
    """Each member by the own clock."""
    all_ = seats(county)
    party = [one for one in all_ if one.party]
    others = [one for one in all_ if not one.party]
    partners = {one.id: party[at % len(party)].id for at, one in enumerate(others)} if party else {}
    for one in all_:
        luck = county.luck(f"member-{one.number}")
        script = Script(county.diary, luck, one.id, county.diary.office(county.diary.first, luck))
        _admit(county, script, one)
        if county.file.paired:
            script.wait(2, 3)
            for other in (other for other, with_ in partners.items() if with_ == one.id):
                _ask(county, script, member.PairMembers, one, partner_id=other)
        _serve(county, script, one)
        yield script


def _admit(county: County, script: Script, of: Seat) -> None:
    _ask(
        county,
        script,
        member.AdmitMember,
        of,
        area=county.area,
        name=SEAL,
        account=of.actor(county).id,
        party_member=of.party,
        standing=of.standing,
        sector=of.sector,
        district=county.file.groups[of.number % len(county.file.groups)],
        term=TERM,
    )


def _ask(
    county: County, script: Script, command: type[member._Ask], of: Seat, **fields: object
) -> None:
    script.ask(county.cast.cppcc, command, member_id=of.id, **fields)


def _serve(county: County, script: Script, of: Seat) -> None:
    """Duties through the year; in the new year a report, where one is due, and the evaluation."""
    diary, luck, rules = county.diary, script.luck, county.meetings.members
    session = 1 + of.number // BATCH % 8
    days = diary.starts(luck.randrange(1, 5), luck, 15)
    year = diary.first.year
    for day in days:
        if day.year > year:
            _review(county, script, of, year)
            year = day.year
        script.at = max(script.at, diary.office(day, luck))
        kind = luck.choice(rules.duties).kind
        reference = DUTIES.get(kind, kind).format(n=luck.randrange(1, 240))
        _ask(county, script, member.RecordDuty, of, kind=kind, on=script.today, reference=reference)
    if year < diary.last.year:
        _review(county, script, of, year)
    if not of.standing and session <= min(4, rules.observer_batches):
        script.at = max(script.at, diary.office(diary.first + timedelta(days=80 * session), luck))
        told = {"session": f"第{session}次常委会会议", "on": script.today, "batch": session}
        _ask(county, script, member.AssignObserver, of, **told)


def _review(county: County, script: Script, of: Seat, year: int) -> None:
    script.at = max(script.at, county.diary.office(date(year + 1, 1, 8), script.luck))
    if of.standing:
        text = "一年来按时参加会议，开展走访调研，提出意见建议，联系界别群众，认真履行委员职责。"
        _ask(county, script, member.FileDutyReport, of, year=year, content=text)
    script.wait(4, 14)
    _ask(county, script, member.EvaluateMember, of, year=year)
