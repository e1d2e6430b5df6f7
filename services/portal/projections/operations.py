"""What operators ordered, and what came of it."""

from pathlib import Path

from services.portal.domain.operation.events import OperationEnded, OperationOrdered
from shared.runtime.projection import Projection

OPERATIONS = Projection(
    "operations",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[OperationOrdered, OperationEnded],
    sources=("portal",),
)
