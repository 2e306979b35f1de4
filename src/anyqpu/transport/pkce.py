"""Logging in with a browser: an authorization code with PKCE (RFC 7636), received on this machine (RFC 8252)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import inspect
import secrets
import webbrowser
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import anyio
import anyio.abc
import anyio.to_thread

from anyqpu.errors import AuthenticationError, ConfigError, WaitTimeoutError
from anyqpu.transport.oauth import Discovery, TokenEndpoint
from anyqpu.transport.redact import shown
from anyqpu.transport.secret import Secret
from anyqpu.transport.tokens import Token

PORT = 8484
HOST = "127.0.0.1"
TIMEOUT = 300.0
SCOPES = ("openid", "offline_access")
OPERATION = "login"

LONGEST_REQUEST = 16_384
# A browser opens connections that it may never use.
REQUEST_SECONDS = 10.0

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>anyqpu</title>
<body style="font-family: sans-serif; margin: 4em auto; max-width: 30em"><h1>{title}</h1><p>{text}</p></body></html>
"""

OpenBrowser = Callable[[str], "object | Awaitable[object]"]


@dataclass(slots=True)
class LoginAttempt:
    """One attempt to log in, and its outcome."""

    state: Secret = field(default_factory=lambda: Secret(secrets.token_urlsafe(32)))
    verifier: Secret = field(default_factory=lambda: Secret(secrets.token_urlsafe(64)))
    code: Secret | None = None
    failure: Exception | None = None
    over: anyio.Event = field(default_factory=anyio.Event)

    def challenge(self) -> str:
        """Return the PKCE challenge of the verifier (RFC 7636, S256)."""
        digest = hashlib.sha256(self.verifier.reveal().encode("ascii")).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")

    def is_settled(self) -> bool:
        """Return whether the login succeeded or failed."""
        return self.code is not None or self.failure is not None


async def authorize(
    discovery: Discovery,
    endpoint: TokenEndpoint,
    *,
    client_id: str,
    provider: str,
    scopes: Sequence[str] = SCOPES,
    port: int = PORT,
    timeout: float = TIMEOUT,
    open_browser: OpenBrowser | None = None,
) -> Token:
    """Let a person log in with the browser of this machine, and return their token.

    Args:
        discovery: Names the page to log in at.
        endpoint: Where the code is exchanged for a token.
        scopes: The requested scopes; without `offline_access` there is no refresh token.
        port: Where the browser comes back to, on 127.0.0.1. The cloud accepts only addresses that it knows; 0 is any.
        timeout: Seconds for the person to log in.
        open_browser: Is given the address to open, in place of the machine's own browser. May be async; if it is not,
            it is called in a worker thread.

    Raises:
        AuthenticationError: The login was refused, or the code was.
        WaitTimeoutError: There was no login within the time.
        ConfigError: The port is taken, or there is no browser.
        AnyQPUError: What `discovery` and `endpoint` raise.
    """
    login = LoginAttempt()
    where = (await discovery.endpoints()).authorization
    try:
        listener = await anyio.create_tcp_listener(local_host=HOST, local_port=port)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(
            f"cannot wait for the browser on {HOST}, port {port}: {reason}",
            provider=provider,
            hint="Another login may be under way",
        ) from None
    async with listener:
        redirect = f"http://{HOST}:{listener.extra(anyio.abc.SocketAttribute.local_port)}"  # noqa: S610 - no database
        address = _address(where, login, client_id, redirect, scopes)

        async def respond(stream: anyio.abc.SocketStream) -> None:
            await _respond(stream, login, provider)

        with anyio.move_on_after(timeout):
            async with anyio.create_task_group() as group:
                group.start_soon(listener.serve, respond)
                group.start_soon(_show, address, login, open_browser, provider)
                await login.over.wait()
                group.cancel_scope.cancel()
    if login.failure is not None:
        raise login.failure
    if login.code is None:
        raise WaitTimeoutError(f"no login within {timeout:g} s", provider=provider, operation=OPERATION)
    return await endpoint.ask(
        {
            "grant_type": "authorization_code",
            "client_id": client_id,
            "code": login.code,
            "redirect_uri": redirect,
            "code_verifier": login.verifier,
        }
    )


def _address(where: str, login: LoginAttempt, client_id: str, redirect: str, scopes: Sequence[str]) -> Secret:
    query = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect,
        "scope": " ".join(scopes),
        "state": login.state.reveal(),
        "code_challenge": login.challenge(),
        "code_challenge_method": "S256",
    }
    return Secret(f"{where}{'&' if '?' in where else '?'}{urlencode(query)}")


async def _show(address: Secret, login: LoginAttempt, open_browser: OpenBrowser | None, provider: str) -> None:
    opener: Any = webbrowser.open if open_browser is None else open_browser
    try:
        if inspect.iscoroutinefunction(opener):
            opened: Any = await opener(address.reveal())
        else:
            # Wrapped, because trio takes nothing to wait for out of a thread.
            results: list[Any] = await anyio.to_thread.run_sync(
                lambda: [opener(address.reveal())], abandon_on_cancel=True
            )
            opened = await results[0] if inspect.isawaitable(results[0]) else results[0]
        if opened is False:
            raise ConfigError(
                "no browser could be opened", provider=provider, hint="Pass open_browser= to show the address yourself"
            )
    except Exception as error:
        # Not raised from here: the task group would wrap it.
        if not login.is_settled():
            login.failure = error
            login.over.set()


async def _respond(stream: anyio.abc.SocketStream, login: LoginAttempt, provider: str) -> None:
    """Respond to one connection from the browser, or from any other program on this machine."""
    try:
        async with stream:
            with anyio.move_on_after(REQUEST_SECONDS):
                target = await _target(stream)
                status, title, text = (
                    (400, "Not understood", "This request is not the response of a login.")
                    if target is None
                    else settle(target, login, provider)
                )
                await stream.send(_page(status, title, text))
    except (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError):
        # The browser went away; what it said before counts.
        pass
    finally:
        if login.is_settled():
            login.over.set()


async def _target(stream: anyio.abc.SocketStream) -> Secret | None:
    """Return the target of a GET request, once all its headers have come; None for another request."""
    head = b""
    while b"\r\n\r\n" not in head:
        if len(head) > LONGEST_REQUEST:
            return None
        try:
            head += await stream.receive(4096)
        except anyio.EndOfStream:
            return None
    words = head.partition(b"\r\n")[0].split(b" ")
    if len(words) != 3 or words[0] != b"GET" or not words[2].startswith(b"HTTP/1."):
        return None
    return Secret(words[1].decode("ascii", "replace"))


def settle(target: Secret, login: LoginAttempt, provider: str) -> tuple[int, str, str]:
    """Return status, title and text of the response; the first callback with our state settles the login."""
    try:
        parts = urlsplit(target.reveal())
        query = parse_qs(parts.query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return 400, "Not understood", "This request is not the response of a login."
    if parts.path not in {"", "/"}:
        return 404, "Nothing here", "This page has no icon."
    states, ours = query.get("state", []), login.state.reveal()
    # Any program on this machine and any web page can send a request here; only the login page has the state.
    if len(states) != 1 or not hmac.compare_digest(states[0].encode("utf-8", "replace"), ours.encode()):
        return 400, "Not this login", "This request does not belong to the login in progress, which is still waiting."
    if login.is_settled():
        return 400, "Already done", "This login is complete already."
    if "error" in query:
        reason = shown(query.get("error_description", query["error"])[0], limit=300) or "no reason was given"
        login.failure = AuthenticationError(
            f"the login was refused: {reason}",
            provider=provider,
            operation=OPERATION,
            code=shown(query["error"][0], limit=100),
        )
        return 200, "Not logged in", f"The cloud refused: {reason}"
    code = query.get("code", [""])
    if len(code) != 1 or not code[0]:
        return 400, "Not understood", "This response has no code. The login is still waited for."
    login.code = Secret(code[0])
    return 200, "Logged in", "You can close this page and go back to where you came from."


def _page(status: int, title: str, text: str) -> bytes:
    reasons = {200: "OK", 400: "Bad Request", 404: "Not Found"}
    # What the cloud said is shown as text, never as part of the page.
    body = _PAGE.format(title=html.escape(title), text=html.escape(text)).encode("utf-8", "replace")
    head = (
        f"HTTP/1.1 {status} {reasons[status]}\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
        "Referrer-Policy: no-referrer\r\n"
        "Cache-Control: no-store\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode("ascii") + body
