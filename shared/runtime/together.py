"""Handling many commands at a time: one read and one wait, instead of one of each per command."""

from collections.abc import Sequence
from time import perf_counter
from uuid import UUID

from shared.kernel.envelope import Envelope
from shared.kernel.errors import No, Refused
from shared.runtime import log, problems, telemetry
from shared.runtime.decision import Asked, Decisions
from shared.runtime.store import Append, Appended, Conflict, Store, Taken

_log = log.logger()

Answer = Appended | No


async def handle_together(
    asked: Sequence[Asked], decisions: Decisions, store: Store
) -> dict[int, Answer]:
    """The answers by index, except to those who must go behind another.

    Those are the later commands of a stream, and those that found it longer than expected. Raises
    Unavailable for all.
    """
    began = perf_counter()
    first: dict[UUID, int] = {}
    for at, one in enumerate(asked):
        first.setdefault(decisions.stream(one.command), at)
    past = await store.read_many(first)
    answers: dict[int, Answer] = {}
    new: dict[int, Append] = {}
    for stream, at in first.items():
        decided = decide(decisions, asked[at], past.get(stream, []))
        if isinstance(decided, Append):
            new[at] = decided
        else:
            answers[at] = decided
    written = await store.append_many(list(new.values()))
    for at, result in zip(new, written, strict=True):
        if isinstance(result, Conflict):
            telemetry.CONFLICTS.inc()
        else:
            answers[at] = result if isinstance(result, Appended) else no_of(result, asked[at])
    for at, answer in answers.items():
        outcome = answer.code if isinstance(answer, No) else "said" if at in new else "already"
        if asked[at].command.traced:
            telemetry.commanded(type(asked[at].command).__name__, outcome, perf_counter() - began)
    return answers


def decide(decisions: Decisions, asked: Asked, past: list[Envelope]) -> Append | Answer:
    """What is to be written, or the answer; never an error."""
    try:
        return decisions.on(asked, past)
    except Exception as error:
        return no_of(error, asked)


def no_of(error: BaseException, asked: Asked) -> No:
    """An error as a no; what nobody foresaw is logged, and told without its details."""
    if isinstance(error, No):
        return error
    if isinstance(error, Taken):
        return Refused("taken", scope=error.scope, key=error.key)
    name = type(asked.command).__name__
    _log.error("a command failed", command=name, correlation=str(asked.correlation), exc_info=error)
    return problems.UNEXPECTED
