"""One JSON object per thing that happened, with the service and, where known, the correlation."""

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO
from uuid import UUID

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor

from shared.runtime import clock

_STAMPS: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    structlog.processors.format_exc_info,
]
_JSON = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)


def configure(service: str, level: str = "info", out: TextIO | None = None) -> None:
    """Say everything as JSON lines, what the libraries say from warnings on included.

    On stdout, where nothing else is named.
    """
    out = out or sys.stdout
    threshold = logging.getLevelNamesMapping()[level.upper()]

    def name_the_service(_: object, __: str, event: EventDict) -> Mapping[str, Any]:
        return {"service": service, **event}

    structlog.configure(
        processors=[name_the_service, *_STAMPS, _JSON],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[name_the_service, *_STAMPS],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _JSON],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(threshold, logging.WARNING), force=True)


def logger() -> FilteringBoundLogger:
    """The logger of a module; it may be made before `configure` is called."""
    made: FilteringBoundLogger = structlog.get_logger()
    return made


@contextmanager
def about(correlation: UUID) -> Iterator[None]:
    """Everything done and logged inside belongs to this correlation."""
    with structlog.contextvars.bound_contextvars(correlation=str(correlation)):
        yield


def correlation() -> UUID:
    """The correlation that what is done here belongs to; a new one where there is none."""
    known = structlog.contextvars.get_contextvars().get("correlation")
    return UUID(known) if known else clock.new_id()
