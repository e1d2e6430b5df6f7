"""The addresses of people."""

from starlette.routing import Route

from services.portal.edge.filling import READ_MAX
from services.portal.edge.gate import page
from services.portal.edge.people import accounts, deputies, erasures, login, persons, serving
from services.portal.edge.site import Site


def routes(site: Site) -> list[Route]:
    """Each address with what answers there."""
    # It brings the form that waited for it, wrapped once more.
    log_in = page(site, login.log_in, to_all=True, text_max=READ_MAX)
    return [
        Route("/login", page(site, login.show_login, to_all=True), methods=["GET"]),
        Route("/login", log_in, methods=["POST"]),
        Route("/logout", page(site, login.log_out), methods=["POST"]),
        Route("/as", page(site, login.act_as), methods=["POST"]),
        Route("/duty-file", page(site, persons.show_own_file), methods=["GET"]),
        Route("/members/{member_id}", page(site, serving.show_member), methods=["GET"]),
        Route("/members/{member_id}/do/{command}", page(site, serving.show_act), methods=["GET"]),
        Route("/members/{member_id}/do/{command}", page(site, serving.act), methods=["POST"]),
        Route("/draws/{draw_id}", page(site, persons.show_draw), methods=["GET"]),
        Route("/deputies", page(site, deputies.show_deputies), methods=["GET"]),
        Route("/deputies", page(site, deputies.appoint_deputy), methods=["POST"]),
        Route("/deputies/end", page(site, deputies.end_deputy), methods=["POST"]),
        Route("/accounts", page(site, accounts.show_accounts), methods=["GET"]),
        Route("/accounts", page(site, accounts.open_account), methods=["POST"]),
        Route("/accounts/{account_id}/grant", page(site, accounts.grant), methods=["POST"]),
        Route("/accounts/{account_id}/revoke", page(site, accounts.revoke), methods=["POST"]),
        Route(
            "/accounts/{account_id}/password", page(site, accounts.set_password), methods=["POST"]
        ),
        Route("/erasures", page(site, erasures.show_erasures), methods=["GET"]),
        Route("/erasures", page(site, erasures.request), methods=["POST"]),
        Route("/erasures/new", page(site, erasures.show_request), methods=["GET"]),
        Route("/erasures/{erasure_id}", page(site, erasures.show_erasure), methods=["GET"]),
        Route("/erasures/{erasure_id}/approve", page(site, erasures.approve), methods=["POST"]),
        Route("/erasures/{erasure_id}/refuse", page(site, erasures.refuse), methods=["POST"]),
    ]
