"""What somebody does through the API, to set a stage."""

from typing import Any

from tests.portal.conftest import PASSWORD, Portal


async def ask(
    portal: Portal, login: str, service: str, command: str, data: dict[str, Any]
) -> dict[str, Any]:
    """The answer to somebody's command; it must not be a no."""
    async with portal.client() as client:
        session = await client.post("/api/v1/sessions", json={"login": login, "password": PASSWORD})
        token = {"Authorization": f"Bearer {session.json()['token']}"}
        answer = await client.post(f"/api/v1/{service}/{command}", json=data, headers=token)
        assert 200 == answer.status_code, answer.text
        found: dict[str, Any] = answer.json()
        return found
