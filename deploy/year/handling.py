"""How units handle what was assigned: accepted or given back, late or in time, looked at again."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from deploy.year.files import Item
from deploy.year.matter import Matter
from deploy.year.script import Script
from services.outcomes.domain.assignment import commands as asked
from services.outcomes.domain.followup.commands import ConductFollowUp
from services.outcomes.domain.outcome.commands import AssignItem
from shared.kernel.message import Actor, Command

RESULTS = {"A": 66, "B": 22, "C": 8, "D": 4}
"""Of a hundred replies: 已解决, 正在解决, 列入计划, 留作参考."""

LATER = {
    "B": "已启动实施：{progress}余下部分按计划推进。",
    "C": "已列入下一步工作计划，落实资金后实施。",
    "D": "受政策和资金条件限制，留作今后工作参考。",
}
BACK = (
    "该事项主要职责不在我单位，建议由{unit}承办。",
    "对照三定方案，此项由{unit}牵头更合适。",
)
ROUNDS_MAX = 3


@dataclass(frozen=True)
class Task:
    """One item on the desk of a unit, with a clock of its own."""

    matter: Matter
    script: Script
    leader: Actor
    item: Item
    number: int
    unit: str
    due: date
    assist: tuple[str, ...]

    @property
    def id(self) -> UUID:
        """As the outcome derives it."""
        return uuid5(self.matter.outcome_id, str(self.number))

    def by_unit(self, command: type[Command], **fields: Any) -> None:
        """Ask as the office of the unit."""
        office = self.matter.county.cast.unit(self.unit)
        self.script.ask(office, command, assignment_id=self.id, **fields)

    def say(self, text: str) -> str:
        """A text of the kind, of this place."""
        return self.matter.say(text)


def handle(matter: Matter, via: str, leader: Actor, number: int, item: Item) -> datetime:
    """One item from its assignment to the reply that holds: when that was."""
    script = matter.script.branch()
    script.wait(1, 5)
    rules = matter.county.outcomes
    latest = rules.workdays.after(script.today, rules.reply_days)
    due = min(latest, script.today + timedelta(days=script.luck.choice((20, 30, 45, 60))))
    told = script.chance(75)
    unit = matter.unit(item.unit)
    assist = sorted({matter.unit(one.unit) for one in matter.kind.items} - {unit})
    helping = tuple(assist[:1]) if script.chance(35) else ()
    order = {
        "outcome_id": matter.outcome_id, "item_no": number, "via": via, "assist_units": helping,
    }  # fmt: skip
    script.ask(leader, AssignItem, **order, lead_unit=unit, due=due if told else None)
    task = Task(matter, script, leader, item, number, unit, due if told else latest, helping)
    if script.chance(5) and matter.county.outcomes.returns_max:
        task = _given_back(task, order)
    script.wait(1, 3)
    task.by_unit(asked.AcceptAssignment)
    _reply(_on_the_way(task))
    return script.at


def _given_back(task: Task, order: dict[str, Any]) -> Task:
    """A unit says that it is not theirs; another gets it, with days of its own."""
    script = task.script
    others = {task.matter.unit(key) for key in ("town", "housing", "urban")} - {task.unit}
    other = script.luck.choice(sorted(others))
    script.wait(1, 3)
    reason = script.luck.choice(BACK).format(unit=other)
    task.by_unit(asked.ReturnAssignment, reason=reason, counter_proposal=other)
    script.wait(1, 4)
    rules = task.matter.county.outcomes
    latest = rules.workdays.after(script.today, rules.reply_days)
    due = min(latest, script.today + timedelta(days=45))
    again = order | {"due": due, "assist_units": (task.unit,)}
    script.ask(task.leader, AssignItem, **again, lead_unit=other)
    return replace(task, unit=other, due=due, assist=(task.unit,))


def _on_the_way(task: Task) -> Task:
    """Progress, and more time now and then."""
    script, rules = task.script, task.matter.county.outcomes
    if script.chance(80):
        third = (task.due - script.today).days // 3
        script.until(script.today + timedelta(days=max(2, third)))
        task.by_unit(asked.ReportProgress, progress=task.say(task.item.progress))
    in_time = script.today + timedelta(days=4) < task.due
    if not (in_time and rules.extensions_max and script.chance(5)):
        return task
    wanted = rules.workdays.after(task.due, max(1, rules.extension_days // 2))
    reason = "受降雨和材料供应影响，申请延长办理时间。"
    task.by_unit(asked.RequestExtension, until=wanted, reason=reason)
    script.wait(1, 2)
    agrees = not script.chance(25)
    reason = "同意，请倒排工期。" if agrees else "群众等得急，请按期完成。"
    known = {"assignment_id": task.id, "agrees": agrees, "reason": reason}
    script.ask(task.leader, asked.ApproveExtension, **known)
    return replace(task, due=wanted) if agrees else task


def _reply(task: Task) -> None:
    """In time, or some days late; once more where those who look find it wanting."""
    script, matter = task.script, task.matter
    class_ = script.luck.choices(list(RESULTS), list(RESULTS.values()))[0]
    if task.number == 1 and "solved" in matter.county.outcomes.closing_needs:
        class_ = "A"
    late = script.luck.randrange(1, 16) if script.chance(7) else -script.luck.randrange(1, 12)
    script.until(task.due + timedelta(days=late))
    for round_ in range(1, ROUNDS_MAX + 1):
        progress = task.say(task.item.progress)
        text = task.say(task.item.reply)
        content = LATER[class_].format(progress=progress) if class_ in LATER else text
        _signed(task)
        task.by_unit(asked.ReplyHandling, result_class=class_, content=content)
        holds = round_ == ROUNDS_MAX or not script.chance(9)
        if _looked_at(task, round_, holds=holds):
            return
        script.wait(8, 25)
        class_ = "A"


def _signed(task: Task) -> None:
    """Assisting units sign before each reply, where the charter asks for it (会签)."""
    if task.matter.county.outcomes.cosign:
        for unit in task.assist:
            office = task.matter.county.cast.unit(unit)
            known = {"assignment_id": task.id, "opinion": "已会商，同意牵头单位意见。"}
            task.script.ask(office, asked.CoSign, **known)


def _looked_at(task: Task, round_: int, *, holds: bool) -> bool:
    """Each follow-up of the charter in its time; the first that fails sends the reply back."""
    script, cast, kind = task.script, task.matter.county.cast, task.matter.kind
    replied = script.today
    for rule in sorted(task.matter.county.outcomes.followups, key=lambda one: one.after_days):
        early = script.luck.randrange(max(2, rule.after_days // 2))
        script.until(max(script.today, replied + timedelta(days=rule.after_days - early)))
        script.ask(
            cast.member if script.chance(50) else cast.cppcc,
            ConductFollowUp,
            followup_id=uuid5(task.id, f"followup-{rule.kind}-{round_}"),
            passed=holds,
            findings=task.say(kind.kept if holds else kind.gap),
        )
        if not holds:
            return False
    if task.matter.county.outcomes.two_keys:
        script.wait(1, 6)
        known = {
            "assignment_id": task.id,
            "solved": holds,
            "remark": task.say(kind.kept if holds else kind.gap),
        }
        script.ask(cast.convenor, asked.ConfirmSolved, **known)
        return holds
    return True
