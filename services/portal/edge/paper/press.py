"""Work that takes a processor for long, in processes of its own, so that pages stay fast.

A process that dies takes nobody along: what it was asked is answered 'away', the next gets another.
"""

import asyncio
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from multiprocessing.connection import wait

from shared.kernel.errors import Unavailable

MEMORY_MOST = 2 * 2**30
"""Bytes of addresses a process may take; what it measures up to in fact is far below."""


class Press:
    """One process for short work; long work takes one of its own."""

    def __init__(self) -> None:
        self._short: ProcessPoolExecutor | None = None

    async def do[**P, T](self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function of a module gives. Raises what it raises, and Unavailable."""
        assert not kwargs
        self._short = self._short or _process()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._short, work, *args)
        except BrokenProcessPool as broken:
            self._short = None
            raise Unavailable("away") from broken

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[ProcessPoolExecutor]:
        """A process for one long work, which ends with it."""
        process = _process()
        try:
            yield process
        except BrokenProcessPool as broken:
            raise Unavailable("away") from broken
        finally:
            process.shutdown(wait=False, cancel_futures=True)


def _process() -> ProcessPoolExecutor:
    # Spawned, not forked: a fork would take the sockets and locks of the pages along.
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _settle)


def _settle() -> None:
    """Leave signals to the portal, go when it goes, and take no more than is fair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, resource.RLIM_INFINITY))
    threading.Thread(target=_go_with_the_portal, daemon=True).start()


def _go_with_the_portal() -> None:
    parent = multiprocessing.parent_process()
    assert parent
    wait([parent.sentinel])
    os._exit(1)
