"""Operations: written down before they are carried out, by operators of the whole deployment."""

import pytest

from services.portal.domain import DECIDERS
from services.portal.domain.operation.commands import EndOperation, OrderOperation
from services.portal.domain.operation.decide import OPERATION
from services.portal.projections.operations import OPERATIONS
from shared.kernel.areas import EVERYWHERE
from tests.portal.operations import ENDED, OPERATION_ID, ORDERED
from tests.portal.test_account import RULES
from tests.servers import Postgres
from tests.spec import Spec, by
from tests.views import filled, history, keeps_the_law

COUNTY = "511623000000"

operation = Spec(OPERATION, RULES)
fang, zhong = by("fang", "operator", EVERYWHERE), by("zhong", "operator", COUNTY)
order = OrderOperation(
    operation_id=OPERATION_ID, area=COUNTY, kind="rebuild", service="portal", what="board"
)
end = EndOperation(operation_id=OPERATION_ID, outcome="done", result="12 same")


def test_an_operation_is_ordered_once_and_ended_once() -> None:
    operation.given().when(order, fang).then(ORDERED)
    operation.given(ORDERED).when(order, fang).then_nothing()
    operation.given(ORDERED).when(end, fang).then(ENDED)
    operation.given(ORDERED, ENDED).when(end, fang).then_nothing()


def test_an_operation_is_not_changed_afterwards() -> None:
    other = order.model_copy(update={"what": "matters"})
    operation.given(ORDERED).when(other, fang).then_refused(
        "other-operation", operation_id=str(OPERATION_ID)
    )
    failed = end.model_copy(update={"outcome": "failed"})
    operation.given(ORDERED, ENDED).when(failed, fang).then_refused(
        "operation-ended", outcome="done"
    )


def test_what_nobody_ordered_does_not_end() -> None:
    operation.given().when(end, fang).then_refused(
        "not-now", command="EndOperation", operation="Nothing"
    )


def test_the_operator_of_one_county_orders_nothing_for_all() -> None:
    operation.given().when(order, zhong).then_refused("not-everywhere", yours=COUNTY)


@pytest.mark.servers
async def test_the_record_tells_who_ordered_what_and_what_came_of_it(pg: Postgres) -> None:
    said = [("portal", OPERATION_ID, ORDERED), ("portal", OPERATION_ID, ENDED)]
    async with history(pg, said) as dsn:
        await keeps_the_law(dsn, "portal", OPERATIONS, DECIDERS)
        async with filled(dsn, "portal", OPERATIONS, DECIDERS) as view:
            (row,) = await view.ask("latest", most=10)
            assert [] == await view.ask("open")
    assert ("rebuild", "portal", "board", "lin", "done", "12 same") == tuple(
        row[one] for one in ("kind", "service", "what", "by", "outcome", "result")
    )
