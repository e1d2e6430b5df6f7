"""Plain words that only the vault may keep: they are sealed before anything else sees them."""

from random import Random
from uuid import UUID

from deploy.year.files import names
from services.meetings.domain.member.commands import AdmitMember
from services.meetings.domain.talent.commands import AdmitTalent
from services.topics.domain.lead.commands import SubmitLead
from shared.kernel.message import Command

SEAL = f"sealed:1:{UUID(int=0)}:{'A' * 40}"
"""Stands where the vault's words will stand; nobody can read it."""


def somebody(luck: Random) -> str:
    """The name of a fictional person."""
    return luck.choice(names()["surnames"]) + luck.choice(names()["given"])


def words_of(command: Command) -> dict[str, str]:
    """What is to be sealed in place of each `SEAL` of a command, by field."""
    match command:
        case AdmitMember():
            return {"name": somebody(_of(command.member_id))}
        case AdmitTalent():
            return {"name": somebody(_of(command.talent_id))}
        case SubmitLead(words=words) if words == SEAL:
            return {"words": f"{command.title}。大家都盼着有人来看一看、商量个办法。"}
        case _:
            return {}


def person_of(command: Command) -> UUID | None:
    """Whose words they are, where they are not the words of whoever asks."""
    match command:
        case AdmitMember():
            return command.member_id
        case AdmitTalent():
            return command.talent_id
        case _:
            return None


def _of(person: UUID) -> Random:
    return Random(str(person))  # noqa: S311
