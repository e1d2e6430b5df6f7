"""Every address of the portal."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from services.portal.edge import (
    accounts,
    acting,
    api,
    ballot,
    boards,
    closing,
    comparing,
    deputies,
    doing,
    erasures,
    inbox,
    indicators,
    login,
    matter,
    matters,
    persons,
    polling,
    proposing,
    raising,
    ranking,
    registry,
    room,
    sheets,
    telling,
)
from services.portal.edge.gate import page
from services.portal.edge.live import live
from services.portal.edge.site import Site
from services.portal.edge.traced import BALLOT_BOX, Traced
from services.portal.edge.visit import Visit
from services.portal.pages.render import STATIC
from shared.kernel.errors import Missing

YEAR_S = 365 * 24 * 3600
LOOP = "/areas/{code}/closed-loop"
STEP = "/matters/{matter_id}/do/{service}/{command}"


def portal(site: Site) -> Starlette:
    """The site as an ASGI application."""
    get, post = ["GET"], ["POST"]
    return Starlette(
        middleware=[Middleware(Traced)],
        routes=[
            Route("/", page(site, boards.show_home, to_all=True), methods=get),
            Route("/login", page(site, login.show_login, to_all=True), methods=get),
            Route("/login", page(site, login.log_in, to_all=True), methods=post),
            Route("/logout", page(site, login.log_out), methods=post),
            Route("/as", page(site, login.act_as), methods=post),
            Route("/areas/{code}", page(site, boards.show_board), methods=get),
            Route(LOOP, page(site, closing.show_loop), methods=get),
            Route(LOOP, page(site, closing.check_loop), methods=post),
            Route("/areas/{code}/indicators", page(site, indicators.show_indicators), methods=get),
            Route(
                "/areas/{code}/indicators/{indicator}",
                page(site, indicators.show_behind),
                methods=get,
            ),
            Route("/areas/{code}/ranking", page(site, ranking.show_ranking), methods=get),
            Route(
                "/areas/{code}/charter-registry", page(site, registry.show_registry), methods=get
            ),
            Route("/areas/{code}/do/{command}", page(site, acting.show_act), methods=get),
            Route("/areas/{code}/do/{command}", page(site, acting.act), methods=post),
            Route("/areas/{code}/room", page(site, room.show_room), methods=get),
            Route("/areas/{code}/{sheet}", page(site, sheets.show_sheet), methods=get),
            Route("/duty-file", page(site, persons.show_own_file), methods=get),
            Route("/members/{member_id}", page(site, persons.show_member), methods=get),
            Route("/draws/{draw_id}", page(site, persons.show_draw), methods=get),
            Route("/matters", page(site, matters.show_matters), methods=get),
            Route("/awaiting", page(site, matters.show_awaiting), methods=get),
            Route("/propose", page(site, proposing.show_propose), methods=get),
            Route("/propose", page(site, proposing.propose), methods=post),
            Route("/matters/{matter_id}", page(site, matter.show_matter), methods=get),
            Route(
                "/matters/{matter_id}/charters",
                page(site, comparing.compare_charters),
                methods=get,
            ),
            Route(STEP, page(site, doing.do_step), methods=post),
            Route("/raise", page(site, raising.show_raise, to_all=True), methods=get),
            Route("/raise", page(site, raising.raise_matter, to_all=True), methods=post),
            Route("/receipt", page(site, raising.show_receipt, to_all=True), methods=get),
            Route("/leads/{lead_id}", page(site, matter.show_lead, to_all=True), methods=get),
            Route("/inbox", page(site, inbox.show_inbox), methods=get),
            Route("/notice-settings", page(site, telling.show_settings), methods=get),
            Route("/notice-settings", page(site, telling.save_settings), methods=post),
            Route("/notice-settings/try", page(site, telling.try_channel), methods=post),
            Route("/notices-told", page(site, telling.show_ledger), methods=get),
            Route("/matters/{matter_id}/follow", page(site, telling.follow), methods=post),
            Route("/inbox/{notice_id}", page(site, inbox.mark_read), methods=post),
            Route("/deputies", page(site, deputies.show_deputies), methods=get),
            Route("/deputies", page(site, deputies.appoint_deputy), methods=post),
            Route("/deputies/end", page(site, deputies.end_deputy), methods=post),
            Route("/accounts", page(site, accounts.show_accounts), methods=get),
            Route("/accounts", page(site, accounts.open_account), methods=post),
            Route("/accounts/{account_id}/grant", page(site, accounts.grant), methods=post),
            Route("/accounts/{account_id}/revoke", page(site, accounts.revoke), methods=post),
            Route(
                "/accounts/{account_id}/password", page(site, accounts.set_password), methods=post
            ),
            Route("/erasures", page(site, erasures.show_erasures), methods=get),
            Route("/erasures", page(site, erasures.request), methods=post),
            Route("/erasures/new", page(site, erasures.show_request), methods=get),
            Route("/erasures/{erasure_id}", page(site, erasures.show_erasure), methods=get),
            Route("/erasures/{erasure_id}/approve", page(site, erasures.approve), methods=post),
            Route("/erasures/{erasure_id}/refuse", page(site, erasures.refuse), methods=post),
            Route("/matters/{matter_id}/polls", page(site, polling.show_polls), methods=get),
            Route("/matters/{matter_id}/polls", page(site, polling.open_poll), methods=post),
            Route("/polls/{evaluation_id}", page(site, polling.show_poll), methods=get),
            Route("/polls/{evaluation_id}/take", page(site, polling.take_ballot), methods=post),
            Route("/polls/{evaluation_id}/{command}", page(site, polling.go_on), methods=post),
            Route(BALLOT_BOX, page(site, ballot.show_ballot, unseen=True), methods=get),
            Route(BALLOT_BOX, page(site, ballot.cast, unseen=True), methods=post),
            Route("/live", live(site), methods=get),
            Route("/api/v1", api.api(site, api.catalogue), methods=get),
            Route("/api/v1/sessions", api.api(site, api.open_session), methods=post),
            Route("/api/v1/{service}/{command}", api.api(site, api.ask), methods=post),
            Mount("/static", Kept(directory=STATIC)),
            Route("/{path:path}", page(site, _no_such_page, to_all=True)),
        ],
    )


class Kept(StaticFiles):
    """Files whose address changes with their content, so that browsers keep them."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file, to be kept for a year."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
        return response


async def _no_such_page(_visit: Visit) -> Response:
    raise Missing("no-such-page")
