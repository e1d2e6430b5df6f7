"""Servers that keep their connections and answer nothing: the worst way to be away."""

from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from tests.platform import Platform


@contextmanager
def frozen(platform: Platform, part: str) -> Iterator[None]:
    """A part of the platform with all its processes, silent for a while."""
    server = psutil.Process(platform.parts()[part])
    processes = [server, *server.children(recursive=True)]
    for one in processes:
        one.suspend()
    try:
        yield
    finally:
        for one in processes:
            one.resume()
