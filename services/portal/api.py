"""What the portal answers over NATS; people and programs outside ask over HTTP."""

from services.portal.domain.account.commands import (
    AppointDeputy,
    GrantAppointment,
    MakeToken,
    OpenAccount,
    RevokeAppointment,
    RevokeToken,
)
from services.portal.domain.erasure.commands import ApproveErasure, RefuseErasure, RequestErasure
from services.portal.domain.file.commands import KeepFile, RemoveFile
from services.portal.domain.operation.commands import EndOperation, OrderOperation
from shared.runtime.asked import Route, command

ROUTES: list[Route] = [
    command(OpenAccount),
    command(GrantAppointment),
    command(AppointDeputy),
    command(RevokeAppointment),
    command(MakeToken),
    command(RevokeToken),
    command(RequestErasure),
    command(ApproveErasure),
    command(RefuseErasure),
    command(OrderOperation),
    command(EndOperation),
    command(KeepFile),
    command(RemoveFile),
]
