"""Logging in to Rigetti with a browser, over real sockets from the issuer to the first call with the new token."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

import anyqpu
from anyqpu.providers.rigetti import log_in
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio


async def issuer(seen: Seen) -> ServerResponse:
    here = f"http://{seen.headers['host']}"
    if seen.path.endswith("/.well-known/openid-configuration"):
        return ServerResponse.of_json(
            {"issuer": here, "token_endpoint": f"{here}/token", "authorization_endpoint": f"{here}/login"}
        )
    if seen.path == "/token":
        form = parse_qs(seen.body.decode())
        assert form["grant_type"] == ["authorization_code"]
        assert form["code"] == ["the-code"]
        assert form["code_verifier"]
        return ServerResponse.of_json(
            {"access_token": "new-access", "refresh_token": "new-refresh", "expires_in": 86400}
        )
    assert seen.headers["authorization"] == "Bearer new-access"
    return ServerResponse.of_json({"quantumProcessors": [{"id": "Aspen-9"}]})


async def browser(url: str) -> None:
    """Logs in at once and goes back to where the address says."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert query["code_challenge_method"] == "S256"
    async with httpx.AsyncClient() as client:
        back = await client.get(query["redirect_uri"], params={"code": "the-code", "state": query["state"]})
    assert back.status_code == 200


async def test_a_login_gives_credentials_for_connect_and_keeps_them_where_rigettis_tools_look(
    anyio_backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".qcs" / "secrets.toml"
    async with serving(issuer) as server:
        options = {"auth_url": server.url, "port": 0, "open_browser": browser, "timeout": 20.0}
        credentials = await log_in(secrets_file=file, **options)  # type: ignore[arg-type]
        assert credentials == {"access_token": "new-access", "refresh_token": "new-refresh"}
        kept = tomllib.loads(file.read_text())["credentials"]["default"]["token_payload"]
        assert kept["access_token"] == "new-access"
        assert kept["refresh_token"] == "new-refresh"
        assert kept["expires_in"] == 86400
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

        # A second login renews what is there, and nothing else.
        file.write_text("# mine\n" + file.read_text().replace("new-access", "old"))
        kept_at = kept["updated_at"]
        await log_in(secrets_file=file, **options)  # type: ignore[arg-type]
        text = file.read_text()
        assert text.startswith("# mine\n")
        assert "new-access" in text
        assert tomllib.loads(text)["credentials"]["default"]["token_payload"]["updated_at"] > kept_at

        monkeypatch.setenv("QCS_SECRETS_FILE_PATH", str(file))
        async with anyqpu.connect("rigetti", base_url=server.url, auth_url=server.url) as rigetti:
            listed = await rigetti.raw.list_quantum_processors()
            assert [processor.id for processor in listed.quantum_processors] == ["Aspen-9"]
            assert str(file) in (rigetti.settings.origin("access_token") or "")
