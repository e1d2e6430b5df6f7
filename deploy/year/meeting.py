"""The meeting itself: fixed, announced, perhaps put off; held, and its record signed."""

from datetime import datetime, time, timedelta

from deploy.year.matter import Matter
from deploy.year.people import delegates
from deploy.year.preparing import parties
from services.meetings.domain.consultation import commands as asked
from shared.runtime.clock import SHANGHAI

URGENT = "隐患仍在发展，拖延将影响群众安全。"
PUT_OFF = ("连日降雨，现场不具备条件。", "主要责任单位参加全县应急演练，改期。")
GIVEN_UP = "协商前有关单位已把问题解决，不再召开。"
BEFORE = timedelta(minutes=25)
"""So long before the hour the first people sign in."""

CROWDS = {"masses": (6, 42), "unit": (1, 4)}
"""How many people come of each kind; others come by one or two."""


def gather(matter: Matter) -> bool:
    """Fix the day, tell everybody, meet. False where the meeting was given up."""
    script, convenor = matter.script, matter.county.cast.convenor
    script.wait(1, 2)
    starts = _announce(matter)
    if script.chance(4):
        script.wait(1, 1)
        matter.meet(convenor, asked.PostponeConsultation, reason=script.luck.choice(PUT_OFF))
        script.wait(1, 3)
        starts = _announce(matter)
    if script.chance(0.8):
        matter.meet(convenor, asked.CancelConsultation, reason=GIVEN_UP)
        return False
    script.at = max(starts - BEFORE, script.at)
    _meet(matter)
    return True


def _announce(matter: Matter) -> datetime:
    """When it is to begin."""
    script, cast, rules = matter.script, matter.county.cast, matter.county.meetings
    urgent = "urgent-site" in rules.modes and script.chance(6)
    mode = "urgent-site" if urgent else script.luck.choice(sorted(rules.modes - {"urgent-site"}))
    starts = _hour(matter, rules.urgent_notice_days if urgent else rules.notice_days)
    matter.meet(
        cast.convenor,
        asked.ScheduleConsultation,
        starts=starts,
        place=f"{matter.place.name}{'现场' if 'site' in mode else '协商议事场所'}",
        form=matter.form,
        mode=mode,
        urgency=URGENT if urgent else "",
    )
    content = f"协商{matter.title}，请围绕“{matter.say(matter.kind.ask[0])}”等问题准备意见。"
    matter.meet(cast.clerk, asked.GivePriorNotice, content=content)
    return starts


def _hour(matter: Matter, notice_days: int) -> datetime:
    """A morning or afternoon on which people work, or an evening in the courtyard (院坝会)."""
    script = matter.script
    day = script.today + timedelta(days=notice_days + script.luck.randrange(1, 5))
    day = matter.county.diary.office(day, script.luck).date()
    hours = [time(9, 30), time(10, 0), time(14, 40), time(15, 0)]
    if matter.form == "small" and matter.place.site in ("village", "community"):
        hours.append(time(19, 0))
    return datetime.combine(day, script.luck.choice(hours), SHANGHAI)


def _meet(matter: Matter) -> None:
    script, cast, kind = matter.script, matter.county.cast, matter.kind
    here = parties(matter)
    _sign_in(matter, here)
    matter.meet(cast.convenor, asked.OpenConsultation)
    promise = matter.say(kind.promise)
    said = [(f"{matter.place.name}群众代表", matter.say(one)) for one in kind.voice]
    for speaker, text in [*said, (matter.units[0], f"情况属实。{promise}")]:
        matter.meet(cast.clerk, asked.RecordStatement, speaker=speaker, text=text)
    member = {"speaker": "政协委员", "member_id": delegates(matter)[0].id}
    view = f"建议先急后缓：{matter.say(kind.items[0].text)}"
    matter.meet(cast.clerk, asked.RecordStatement, **member, text=view)
    if script.chance(65):
        due = script.today + timedelta(days=script.luck.choice((7, 10, 15, 30)))
        made = {"unit": matter.units[0], "promise": promise, "due": due}
        matter.meet(cast.clerk, asked.MakeCommitment, **made)
    _record(matter)
    signed_by = ["masses", "member", "unit"]
    matter.meet(cast.convenor, asked.SignRecord, signed_by=signed_by)


def _sign_in(matter: Matter, here: list[dict[str, str]]) -> None:
    """Offices and groups by their number; members one by one."""
    clerk = matter.county.cast.clerk
    for party in (one for one in here if one["kind"] != "member"):
        people = matter.luck.randrange(*CROWDS.get(party["kind"], (1, 3)))
        matter.meet(clerk, asked.CheckIn, **party, people=people)
    for seat in delegates(matter):
        told = {"kind": "member", "name": f"{seat.sector}界委员", "member_id": seat.id}
        matter.meet(clerk, asked.CheckIn, **told)


def _record(matter: Matter) -> None:
    """Each item that was agreed, then what was only understood, then what was not agreed."""
    clerk, kind = matter.county.cast.clerk, matter.kind
    agreed = [
        {"text": matter.say(item.text), "unit": unit}
        for item, unit in zip(kind.items, matter.units, strict=True)
    ]
    if kind.share:
        agreed.append({"text": matter.say(kind.share)})
    for number, item in enumerate(agreed, start=1):
        matter.meet(clerk, asked.RecordConsensus, item_no=number, **item)
    if matter.disputed:
        split = {"item_no": len(agreed) + 1, "text": matter.say(kind.split), "general": True}
        matter.meet(clerk, asked.RecordDissent, **split)
