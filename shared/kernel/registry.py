"""Which events an aggregate can say, and how old versions of them are lifted to today's."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

import pydantic_core

from shared.kernel.message import Event

Upcast = Callable[[dict[str, Any]], dict[str, Any]]


def members(union: object) -> tuple[Any, ...]:
    """The classes of a union type, or of a single class."""
    return get_args(getattr(union, "__value__", union)) or (union,)


class Registry[E: Event]:
    """The events of one aggregate by name, and the road from older versions to today's."""

    def __init__(
        self, events: object, upcasts: Mapping[tuple[str, int], Upcast] | None = None
    ) -> None:
        self.classes: dict[str, type[E]] = {event.__name__: event for event in members(events)}
        self.upcasts = dict(upcasts or {})
        for name, cls in self.classes.items():
            for version in range(1, cls.version):
                if (name, version) not in self.upcasts:
                    raise TypeError(
                        f"{name} is at version {cls.version}, but nothing lifts version {version}"
                    )

    def lift(self, name: str, version: int, data: bytes) -> bytes:
        """The same fact in today's shape; the bytes themselves where it already is."""
        cls = self.classes[name]
        if version == cls.version:
            return data
        return pydantic_core.to_json(self._climb(name, version, data))

    def parse(self, name: str, version: int, data: bytes) -> E:
        """The event that `data` holds. Raises KeyError for a name the aggregate never says."""
        cls = self.classes[name]
        if version == cls.version:
            return cls.model_validate_json(data)
        return cls.model_validate_json(pydantic_core.to_json(self._climb(name, version, data)))

    def _climb(self, name: str, version: int, data: bytes) -> dict[str, Any]:
        lifted: dict[str, Any] = pydantic_core.from_json(data)
        for step in range(version, self.classes[name].version):
            lifted = self.upcasts[name, step](lifted)
        return lifted


def registry[E: Event](
    events: object, upcasts: Mapping[tuple[str, int], Upcast] | None = None
) -> Registry[E]:
    """The registry of a union of events; `upcasts[name, n]` lifts version n to n + 1."""
    return Registry(events, upcasts)
