"""Whose private words are asked to be deleted, and what was decided."""

from pathlib import Path

from services.portal.domain.erasure.events import ErasureRefused, ErasureRequested, SubjectErased
from shared.runtime.projection import Projection

ERASURES = Projection(
    "erasures",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[ErasureRequested, SubjectErased, ErasureRefused],
    sources=("portal",),
)
