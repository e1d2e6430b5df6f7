"""Very many steps in little memory: each is made again whenever somebody looks at it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import overload
from uuid import UUID

from deploy.tongxin.world.told import Told
from shared.kernel.message import Actor, Command

Row = tuple[datetime, UUID, Actor, str, type[Command], bytes, str, Mapping[str, str]]


class Packed(Sequence[Told]):
    """Steps in the order of their moments. A province asks a million things in a year."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._actors: dict[Actor, Actor] = {}
        self._services: dict[str, str] = {}

    def add(self, steps: Iterable[Told]) -> None:
        """Some more, in any order; `sort` them when all are there."""
        self._rows += map(self._pack, steps)

    def sort(self) -> None:
        """By their moments, and of one moment by their ids."""
        self._rows.sort(key=itemgetter(0, 1))

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Told: ...
    @overload
    def __getitem__(self, at: slice) -> list[Told]: ...
    def __getitem__(self, at: int | slice) -> Told | list[Told]:
        rows = self._rows[at]
        return [_told(row) for row in rows] if isinstance(rows, list) else _told(rows)

    def _pack(self, step: Told) -> Row:
        return (
            step.at,
            step.id,
            self._actors.setdefault(step.actor, step.actor),
            self._services.setdefault(step.service, step.service),
            type(step.command),
            step.command.__pydantic_serializer__.to_json(step.command),
            step.refused,
            step.private,
        )


def _told(row: Row) -> Told:
    at, step_id, actor, service, command, data, refused, private = row
    return Told(at, actor, service, command.model_validate_json(data), step_id, refused, private)
