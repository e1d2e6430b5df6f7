"""Folders that are there whole or not at all, and that nobody else may look into."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.tongxin.home import Trouble


@contextmanager
def drafted(folder: Path) -> Iterator[Path]:
    """A folder to fill, which takes its name once all went well. Raises Trouble if it is there."""
    if folder.exists():
        raise Trouble(f"{folder} is there already")
    draft = folder.with_name(f"{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700, parents=True)
    try:
        yield draft
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    for file in draft.iterdir():
        file.chmod(0o600)
    draft.rename(folder)
