"""Stories are lists of commands that the services would understand."""

from pathlib import Path

import pytest

from deploy.tongxin.story import NEIGHBOURS, PROGRAMS, Step, accounts, read
from services.portal.pages.steps import STEPS as WAY

SEALED = "sealed:1:511e0000-0000-7000-8000-000000000001:" + "A" * 40
SCENARIOS = Path(__file__).parents[1] / "journey" / "stories"
MATTERS, TOLD_IN_TESTS = [*read(), *read(folder=NEIGHBOURS)], read(folder=SCENARIOS)
STEPS = [
    pytest.param(step, id=f"{matter.key}-{number}-{step.command.__name__}")
    for matter in [*MATTERS, *TOLD_IN_TESTS]
    for number, step in enumerate(matter.steps, 1)
]
CAST = [*accounts(), *accounts(NEIGHBOURS), *accounts(SCENARIOS)]
ROLES = {account.login: account.role for account in CAST}
ROLES |= {"nobody": "ballot", PROGRAMS: "agency"}

ELSEWHERE = {"ScreenOutLead", "ResubmitLead", "EndTopic", "ApproveExtension", "ConfirmSolved"}
"""Steps that are waited for only where a matter takes another turn than in any story."""


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_a_command_its_actor_may_ask(step: Step) -> None:
    fields = step.command.model_json_schema()["properties"]
    sealed = {name: SEALED for name in step.data if fields[name].get("sealed")}
    step.command.model_validate_json(step.command(**step.data | sealed).model_dump_json())
    assert (ROLES[step.who] in step.command.may) != (step.refused == "wrong-role")


def test_the_same_story_has_the_same_ids_the_next_time() -> None:
    assert [step.id for m in MATTERS for step in m.steps] == [
        step.id for m in [*read(), *read(folder=NEIGHBOURS)] for step in m.steps
    ]


def test_only_a_step_and_its_attempt_share_an_id() -> None:
    for matter in MATTERS:
        accepted = [step.id for step in matter.steps if not step.refused]
        assert len(accepted) == len(set(accepted))


def test_the_stories_go_through_every_step_the_portal_waits_for() -> None:
    told = [*MATTERS, *TOLD_IN_TESTS]
    asked = {step.command.__name__ for matter in told for step in matter.steps if not step.refused}
    waited_for = {step.command for step in WAY if not step.side}
    assert waited_for - asked == ELSEWHERE
