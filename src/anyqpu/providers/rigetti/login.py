"""Log in to Rigetti with the browser, to get a first token."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import anyio
import anyio.to_thread

from anyqpu.providers.rigetti.auth import CLIENT_ID, ISSUER
from anyqpu.transport.http import Http
from anyqpu.transport.oauth import Discovery, TokenEndpoint
from anyqpu.transport.oauth_http import FormPoster, JsonGetter
from anyqpu.transport.pkce import PORT, TIMEOUT, OpenBrowser, authorize
from anyqpu.transport.secret import Secret
from anyqpu.transport.token_store import replace_file, write_back
from anyqpu.transport.tokens import Token


async def log_in(
    *,
    secrets_file: str | os.PathLike[str] | None = None,
    credentials_name: str = "default",
    auth_url: str = ISSUER,
    client_id: str = CLIENT_ID,
    port: int = PORT,
    timeout: float = TIMEOUT,
    open_browser: OpenBrowser | None = None,
) -> dict[str, str]:
    """Log a person in with the browser; return `access_token` and `refresh_token` for `connect`.

    The login is OAuth's authorization code with PKCE.

    Args:
        secrets_file: File to write the tokens to, readable by you only. Rigetti's own tools and `connect("rigetti")`
            read `~/.qcs/secrets.toml`.
        credentials_name: Name of the credentials in that file.
        auth_url: The issuer.
        client_id: The client application.
        port: Port on 127.0.0.1 that the browser is redirected to.
        timeout: Seconds for the person to log in.
        open_browser: Function that opens an address, in place of the machine's browser.

    Raises:
        AuthenticationError: The login was refused.
        WaitTimeoutError: The login was not finished in time.
        ConfigError: The port is in use, there is no browser, or the file cannot be edited safely.
    """
    http = Http()
    try:
        discovery = Discovery(auth_url, JsonGetter(http), provider="rigetti")
        endpoint = TokenEndpoint(discovery, FormPoster(http), provider="rigetti")
        token = await authorize(
            discovery,
            endpoint,
            client_id=client_id,
            provider="rigetti",
            port=port,
            timeout=timeout,
            open_browser=open_browser,
        )
    finally:
        await http.aclose()
    payload = _payload(token)
    if secrets_file is not None:
        await _write(Path(secrets_file), credentials_name, payload)
    named = ("access_token", "refresh_token")
    return {name: value.reveal() for name in named if isinstance(value := payload.get(name), Secret)}


def _payload(token: Token) -> dict[str, Secret | str | int]:
    payload: dict[str, Secret | str | int] = {"access_token": token.access_token, "token_type": token.token_type}
    if token.refresh_token is not None:
        payload["refresh_token"] = token.refresh_token
    if token.id_token is not None:
        payload["id_token"] = token.id_token
    if token.expires_at is not None and token.issued_at is not None:
        payload["expires_in"] = round(token.expires_at - token.issued_at)
    payload["updated_at"] = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    return payload


async def _write(file: Path, name: str, payload: dict[str, Secret | str | int]) -> None:
    if await anyio.Path(file).exists():
        await write_back(file, name, payload)
        return
    await anyio.Path(file.parent).mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = [f"[credentials.{json.dumps(name)}.token_payload]"]
    lines += [f"{key} = {_toml(value)}" for key, value in payload.items()]
    content = Secret("\n".join(lines) + "\n")
    await anyio.to_thread.run_sync(lambda: replace_file(file, content, mode=0o600))


def _toml(value: Secret | str | int) -> str:
    text = value.reveal() if isinstance(value, Secret) else value
    # A JSON text is a TOML basic string.
    return str(text) if isinstance(text, int) else json.dumps(text)
