"""Good examples of operations: what an operator ordered, and what came of it."""

from uuid import UUID

from services.portal.domain.operation import events as said

OPERATION_ID = UUID("0f5a6f0e-2d5e-5a37-9a55-0d6a7f1c2b3d")
ORDERED = said.OperationOrdered(
    operation_id=OPERATION_ID, kind="rebuild", service="portal", what="board"
)
ENDED = said.OperationEnded(operation_id=OPERATION_ID, outcome="done", result="12 same")
