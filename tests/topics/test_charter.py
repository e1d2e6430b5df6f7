"""It is known which text of a charter came into force, and where a county left it."""

from pathlib import Path
from uuid import uuid5

import pytest
from hypothesis import given, settings

from services.topics.domain.charter import commands as ask
from services.topics.domain.charter import events as said
from services.topics.domain.charter.decide import CHARTER as VERSION
from services.topics.domain.charter.decide import claims
from services.topics.effects import in_force
from shared.kernel.message import SYSTEM
from shared.runtime import clock
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from tests.lives import Asking, Life, lives
from tests.spec import Spec, by
from tests.topics.charters import (
    ACCEPTED,
    ACTIVATED,
    CHARTER,
    CHARTER_ID,
    COUNTY,
    DEVIATION,
    DIGEST,
    DRAFTED,
    OTHER,
    TOPIC_ID,
)
from tests.topics.counties import LINSHUI

charter = Spec(VERSION, LINSHUI)
ITS = {"charter_id": CHARTER_ID, "area": COUNTY, "charter": CHARTER}
DRAFT = ask.DraftCharter(**ITS, digest=DIGEST, in_force=DRAFTED.in_force, note=DRAFTED.note)
ACTIVATE = ask.ActivateCharter(**ITS, digest=DIGEST, in_force=DRAFTED.in_force)
ACCEPT = ask.AcceptCharterText(**ITS, digest=OTHER, reason=ACCEPTED.reason)
DEVIATE = ask.RecordDeviation(**ITS, **DEVIATION.model_dump(exclude={"charter_id", "charter"}))
PROVINCIAL = DEVIATE.model_copy(update={"charter": "default@1"})


def test_a_version_is_drafted_and_drafted_anew() -> None:
    anew = DRAFT.model_copy(update={"digest": OTHER})
    charter.given().when(DRAFT).then(DRAFTED)
    charter.given(DRAFTED).when(DRAFT).then_nothing()
    charter.given(DRAFTED).when(anew).then(DRAFTED.model_copy(update={"digest": OTHER}))
    charter.given(ACTIVATED).when(DRAFT).then_refused(
        "not-now", command="DraftCharter", charter="InForce"
    )


def test_it_comes_into_force_once_drafted_or_not() -> None:
    charter.given().when(ACTIVATE).then(ACTIVATED)
    charter.given(DRAFTED).when(ACTIVATE).then(ACTIVATED)
    charter.given(ACTIVATED).when(ACTIVATE).then_nothing()


def test_a_text_changed_in_place_is_found_until_somebody_stands_for_it() -> None:
    changed = ACTIVATE.model_copy(update={"digest": OTHER})
    charter.given(ACTIVATED).when(changed).then_refused(
        "text-differs", charter=CHARTER, digest=DIGEST
    )
    charter.given(ACTIVATED).when(ACCEPT).then(ACCEPTED)
    charter.given(ACTIVATED, ACCEPTED).when(ACCEPT).then_nothing()
    charter.given(ACTIVATED, ACCEPTED).when(changed).then_nothing()


def test_nobody_stands_for_what_is_not_in_force() -> None:
    charter.given(DRAFTED).when(ACCEPT).then_refused(
        "not-now", command="AcceptCharterText", charter="Drafted"
    )


def test_a_deviation_is_recorded_once() -> None:
    another = DEVIATE.model_copy(update={"instead": "当天通报"})
    charter.given(ACTIVATED).when(DEVIATE).then(DEVIATION)
    charter.given(ACTIVATED, DEVIATION).when(DEVIATE).then_nothing()
    charter.given(ACTIVATED, DEVIATION).when(another).then_refused(
        "deviation-known", key=DEVIATION.key, instead=DEVIATION.instead
    )


def test_nobody_deviates_from_what_is_not_in_force() -> None:
    charter.given().when(DEVIATE).then_refused("charter-not-in-force", charter=CHARTER)
    charter.given(DRAFTED).when(DEVIATE).then_refused(
        "not-now", command="RecordDeviation", charter="Drafted"
    )


def test_a_county_deviates_from_the_rules_of_the_province_too() -> None:
    recorded = DEVIATION.model_copy(update={"charter": "default@1"})
    charter.given().when(PROVINCIAL).then(recorded)
    charter.given(recorded).when(PROVINCIAL).then_nothing()


@pytest.mark.parametrize("command", [DRAFT, ACTIVATE, ACCEPT])
def test_the_rules_of_the_province_are_no_countys_to_draft_or_activate(
    command: ask.DraftCharter,
) -> None:
    theirs = command.model_copy(update={"charter": "default@1"})
    charter.given().when(theirs).then_refused("not-your-charter", charter="default@1")


def test_nobody_stands_for_a_text_of_the_province() -> None:
    recorded = DEVIATION.model_copy(update={"charter": "default@1"})
    charter.given(recorded).when(ACCEPT).then_refused("not-your-charter", charter=CHARTER)


def test_a_charter_is_its_countys() -> None:
    elsewhere = DEVIATE.model_copy(update={"charter": "421124@1"})
    town = DEVIATE.model_copy(update={"area": "511623100000"})
    charter.given().when(elsewhere).then_refused("not-your-charter", charter="421124@1")
    charter.given().when(town).then_refused("not-a-county", area="511623100000")


def test_a_version_has_one_stream() -> None:
    assert [("charter", CHARTER)] == claims(DRAFTED) == claims(ACTIVATED)
    assert () == claims(DEVIATION)


def test_every_county_with_rules_of_its_own_is_read_and_none_else() -> None:
    charters, areas = Charters(Path("deploy/charters")), Areas.read(Path("deploy/areas.csv"))
    read = {one.charter: one for one in in_force(charters, areas, clock.today())}
    assert {one for one in charters.ids() if not one.startswith("default")} == set(read)
    assert charters.at("511623@1").digest == read["511623@1"].digest
    assert {} == {
        one.charter: one for one in in_force(charters, areas, charters.at("default@1").in_force)
    }


def test_the_digest_is_of_what_it_says_and_not_of_how_it_is_written(tmp_path: Path) -> None:
    def digest(text: str) -> str:
        folder = tmp_path / str(len(list(tmp_path.iterdir()))) / "511623"
        folder.mkdir(parents=True)
        (folder / "1.toml").write_text(f"in_force = 2026-01-01\n{text}", encoding="utf-8")
        return Charters(folder.parent).at("511623@1").digest

    first = digest("[topics]\na = 1\nb = 2\n")
    assert first == digest("# another order\n[topics]\nb = 2\na = 1\n")
    assert first != digest("[topics]\na = 1\nb = 3\n")


WAY: list[Asking] = [
    (DRAFT, by("lin")),
    (ACTIVATE, by("topics", SYSTEM)),
    (DEVIATE, by("lin")),
    (ACCEPT, by("lin")),
]
OTHERS: list[Asking] = [
    (DRAFT.model_copy(update={"digest": OTHER}), by("lin")),
    (ACTIVATE.model_copy(update={"digest": OTHER}), by("topics", SYSTEM)),
    (ACCEPT.model_copy(update={"digest": DIGEST}), by("lin")),
    (DEVIATE.model_copy(update={"topic_id": uuid5(TOPIC_ID, "other")}), by("lin")),
    (DEVIATE.model_copy(update={"instead": "当天通报"}), by("lin")),
    (PROVINCIAL, by("lin")),
]


@settings(max_examples=100, deadline=None)
@given(asked=lives(WAY, OTHERS))
def test_in_any_life_a_version_comes_into_force_once(asked: list[Asking]) -> None:
    life = Life(VERSION, LINSHUI).live(asked)
    assert len(life.facts(said.CharterActivated)) <= 1
    for fact in life.facts(said.CharterDrafted):
        assert not any(isinstance(one, said.CharterActivated) for one in life.before(fact))
    texts = [one.digest for one in life.said if isinstance(one, said.CharterActivated)]
    for fact in life.facts(said.CharterTextAccepted):
        assert texts[-1] == fact.former != fact.digest
        texts.append(fact.digest)
    left = [(one.topic_id, one.key) for one in life.facts(said.CharterDeviationRecorded)]
    assert len(left) == len(set(left))
