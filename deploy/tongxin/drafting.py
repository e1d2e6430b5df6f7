"""Publishes a charter and writes down in its county's register who drafted it."""

from pathlib import Path

from deploy.tongxin import rulebook
from deploy.tongxin.accounts import Doorway
from deploy.tongxin.home import Trouble
from services.portal.edge.matters.acting import stream_of
from services.portal.words import CPPCC
from shared.runtime import clock, log
from shared.runtime.charter import DEFAULT


async def publish(door: Doorway, file: Path, login: str, note: str) -> rulebook.Published:
    """Written down first: a file that services read and nobody stands for is the worse half.

    Asked again after the file could not be written, it is one fact. Raises a No, NotGood, Trouble.
    """
    with rulebook.beside(file) as (charters, draft):
        if draft.place == DEFAULT:
            raise Trouble("the rules of the province have no county that could have drafted them")
        rulebook.must_be_next(charters, draft)
    area = draft.place.ljust(12, "0")
    told = {
        "charter_id": str(stream_of(draft.id, area)),
        "area": area,
        "charter": draft.id,
        "digest": draft.digest,
        "in_force": str(draft.in_force),
        "note": note,
    }
    actor = await door.actor(login, CPPCC)
    await door.asker.ask("topics", "DraftCharter", told, actor, clock.new_id(), log.correlation())
    return rulebook.publish(file)
