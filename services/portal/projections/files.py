"""Which files are kept with what, and which were taken away again."""

from pathlib import Path

from services.portal.domain.file.events import FileKept, FileRemoved
from shared.runtime.projection import Projection

FILES = Projection(
    "files",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[FileKept, FileRemoved],
    sources=("portal",),
)
