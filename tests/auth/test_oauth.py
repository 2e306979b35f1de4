"""Every grant: what is sent, what a response means, and what happens to refresh tokens that may be used once."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import anyio
import pytest

from anyqpu import errors
from anyqpu.transport.http import HttpResponse
from anyqpu.transport.oauth import (
    ClientCredentialsGrant,
    Discovery,
    PasswordGrant,
    RefreshTokenGrant,
    TokenEndpoint,
    checked_endpoint,
)
from anyqpu.transport.secret import Secret
from anyqpu.transport.tokens import Token, TokenCache

from .fakes import NOW, Clock, Server, granted, jwt, refused, response, token

pytestmark = pytest.mark.anyio

URL = "https://login.example.com/token"
ISSUER = "https://issuer.example.com/oauth2/abc"


def endpoint(server: Server, clock: Clock | None = None) -> TokenEndpoint:
    return TokenEndpoint(URL, server.post, provider="kipu", clock=clock or Clock())


def password(server: Server, **options: str) -> PasswordGrant:
    return PasswordGrant(endpoint(server), username="ada", password=Secret("pass"), client_id="cli", **options)


def refreshing(server: Server, **options: Any) -> RefreshTokenGrant:
    return RefreshTokenGrant(endpoint(server), client_id="cli", refresh_token=Secret("r-0"), **options)


async def test_password_grant_of_keycloak(anyio_backend: str) -> None:
    server = Server([granted(expires_in=300, refresh_token="r-1")])
    granted_token = await password(server, scope="profile").fetch(None)
    assert server.urls == [URL]
    assert server.forms == [
        {"client_id": "cli", "grant_type": "password", "username": "ada", "password": "pass", "scope": "profile"}
    ]
    assert server.basics == [None]
    assert granted_token == Token(Secret("access-1"), NOW + 300, Secret("r-1"), issued_at=NOW)


async def test_password_grant_of_auth0_in_the_order_of_pasqals_sdk(anyio_backend: str) -> None:
    server = Server([granted(expires_in=86400)])
    grant = password(
        server,
        grant_type="http://auth0.com/oauth/grant-type/password-realm",
        realm="pcs-users",
        audience="https://apis.example.com",
    )
    await grant.fetch(token("old"))
    assert list(server.forms[0].items()) == [
        ("client_id", "cli"),
        ("grant_type", "http://auth0.com/oauth/grant-type/password-realm"),
        ("realm", "pcs-users"),
        ("audience", "https://apis.example.com"),
        ("username", "ada"),
        ("password", "pass"),
    ]


async def test_the_refresh_token_serves_until_it_is_refused(anyio_backend: str) -> None:
    server = Server(
        [
            granted("a-1", refresh_token="r-1"),
            granted("a-2"),
            granted("a-3", refresh_token="r-3"),
            refused(),
            granted("a-4"),
        ]
    )
    tokens = TokenCache(password(server), clock=Clock())
    current = await tokens.get()
    for _ in range(3):
        assert await tokens.force(current.access_token)
        current = await tokens.get()
    assert current.access_token == Secret("a-4")
    assert [form["grant_type"] for form in server.forms] == [
        "password",
        "refresh_token",
        "refresh_token",
        "refresh_token",
        "password",
    ]
    assert server.forms[1] == {"grant_type": "refresh_token", "client_id": "cli", "refresh_token": "r-1"}
    assert server.forms[2]["refresh_token"] == "r-1", "no new one means that the old one stays good"
    assert server.forms[3]["refresh_token"] == "r-3"


async def test_a_refresh_that_fails_otherwise_does_not_send_the_password(anyio_backend: str) -> None:
    server = Server([response({}, 503)])
    with pytest.raises(errors.ServiceUnavailableError):
        await password(server).fetch(token("old", refresh="r-1"))
    assert [form["grant_type"] for form in server.forms] == ["refresh_token"]


async def test_client_credentials_go_by_http_basic(anyio_backend: str) -> None:
    server = Server([granted()])
    grant = ClientCredentialsGrant(endpoint(server), client_id="svc", client_secret=Secret("hush"))
    await grant.fetch(None)
    assert (server.forms, server.basics) == ([{"grant_type": "client_credentials"}], [("svc", "hush")])
    scoped = ClientCredentialsGrant(endpoint(server), client_id="svc", client_secret=Secret("hush"), scope="a b")
    await scoped.fetch(None)
    assert server.forms[1] == {"grant_type": "client_credentials", "scope": "a b"}


@pytest.mark.parametrize(
    ("fields", "expires_at"),
    [
        ({"expires_in": 60}, NOW + 60),
        ({"expires_in": "60"}, NOW + 60),
        ({"expires_in": 60.5}, NOW + 60.5),
        ({}, None),
        ({"expires_in": None}, None),
        ({"expires_in": "soon"}, None),
        ({"expires_in": True}, None),
        ({"expires_in": -1}, None),
        ({"access_token": jwt(exp=NOW + 7)}, NOW + 7),
        ({"access_token": jwt(exp=NOW + 7), "expires_in": 5}, NOW + 5),
        ({"access_token": jwt(exp=NOW + 7), "expires_in": 0}, NOW + 7),
    ],
)
async def test_the_expiry_comes_from_the_response_or_else_from_the_token(
    anyio_backend: str, fields: dict[str, Any], expires_at: float | None
) -> None:
    server = Server([response({"access_token": "a", **fields})])
    assert (await password(server).fetch(None)).expires_at == expires_at


@pytest.mark.parametrize(
    ("scripted", "kind", "message", "code"),
    [
        (refused(error_description="Invalid user credentials"), errors.AuthenticationError, "Invalid user", None),
        (refused(status=401), errors.AuthenticationError, "invalid_grant", "invalid_grant"),
        (refused("invalid_client", 401), errors.AuthenticationError, "invalid_client", "invalid_client"),
        (refused(status=403, error_description="Wrong email or password."), errors.AuthenticationError, "Wrong", None),
        (refused("mfa_required", 403), errors.AuthenticationError, "second factor", "mfa_required"),
        (response({"error": {"nested": 1}}, 400), errors.AuthenticationError, "returned status 400", None),
        (response(b"<html>no</html>", 401), errors.AuthenticationError, "returned status 401", None),
        (response(b"", 404), errors.AuthenticationError, "Is this the token endpoint", None),
        (refused("too_many_attempts", 429), errors.RateLimitedError, "too_many", "too_many_attempts"),
        (response(b"", 429, {"retry-after": "7"}), errors.RateLimitedError, "returned status 429", None),
        (response(b"<html>oops</html>", 500), errors.ServerError, "returned status 500", None),
        (refused("temporarily_unavailable", 503), errors.ServiceUnavailableError, "temporarily", None),
        (response(b"", 502), errors.ServerError, "returned status 502", None),
        (response(b"", 302), errors.UnexpectedResponseError, "without a usable", None),
        (response(b"", 200), errors.UnexpectedResponseError, "without a usable access token", None),
        (response(b"<html>log in</html>", 200), errors.UnexpectedResponseError, "without a usable", None),
        (response([], 200), errors.UnexpectedResponseError, "without a usable", None),
        (response({"access_token": 5}, 200), errors.UnexpectedResponseError, "without a usable", None),
        (response({"access_token": "two\nlines"}, 200), errors.UnexpectedResponseError, "without a usable", None),
        (refused("access_denied", 200), errors.AuthenticationError, "access_denied", "access_denied"),
    ],
)
async def test_every_response_without_a_token_is_a_typed_error(
    anyio_backend: str, scripted: HttpResponse, kind: type[errors.APIError], message: str, code: str | None
) -> None:
    with pytest.raises(kind, match=message) as caught:
        await password(Server([scripted])).fetch(None)
    error = caught.value
    assert type(error) is kind
    assert (error.provider, error.operation, error.status_code) == ("kipu", "token", scripted.status_code)
    assert code is None or error.code == code
    assert error.retry_after == (7 if "retry-after" in scripted.headers else None)


async def test_a_broken_exchange_stays_what_it_is(anyio_backend: str) -> None:
    with pytest.raises(errors.ConnectError) as caught:
        await password(Server([errors.ConnectError("refused")])).fetch(None)
    assert (caught.value.provider, caught.value.operation) == ("kipu", "token")


# Refresh tokens that are replaced each time


async def test_a_rotated_refresh_token_is_stored_before_the_new_token_is_used(anyio_backend: str) -> None:
    server = Server([granted("a-1", refresh_token="r-1", id_token="i-1"), granted("a-2", refresh_token="r-2")])
    stored: list[tuple[str, str]] = []
    served: list[str] = []
    slow = anyio.Event()

    async def persist(new: Token, used: Secret) -> None:
        await slow.wait()
        assert new.refresh_token is not None
        stored.append((used.reveal(), new.refresh_token.reveal()))
        assert len(served) <= 3 * (len(stored) - 1)

    tokens = TokenCache(refreshing(server, persist=persist), clock=Clock())

    async def use() -> None:
        served.append((await tokens.get()).access_token.reveal())

    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(use)
        await anyio.wait_all_tasks_blocked()
        assert len(server.forms) == 1
        assert served == []
        slow.set()
    assert served == ["a-1"] * 3
    await tokens.force(Secret("a-1"))
    assert stored == [("r-0", "r-1"), ("r-1", "r-2")]
    assert server.forms == [
        {"grant_type": "refresh_token", "client_id": "cli", "refresh_token": name} for name in ("r-0", "r-1")
    ]


@pytest.mark.parametrize("failure", [OSError(30, "Read-only file system"), errors.ConfigError("odd layout")])
async def test_where_it_cannot_be_stored_it_serves_and_this_is_said(
    anyio_backend: str, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    server = Server([granted("a-1", refresh_token="r-1"), granted("a-2")])

    async def persist(new: Token, used: Secret) -> None:
        raise failure

    grant = refreshing(server, persist=persist)
    first = await grant.fetch(None)
    await grant.fetch(first)
    assert [form["refresh_token"] for form in server.forms] == ["r-0", "r-1"]
    assert "could not be stored" in caplog.text


async def test_what_another_process_got_is_used_instead_of_asking(anyio_backend: str) -> None:
    server = Server([granted("a-9", refresh_token="r-9")])
    theirs = [token("a-5", NOW + 1000, "r-5")]

    async def reload() -> Token | None:
        return theirs[0]

    grant = refreshing(server, reload=reload)
    assert (await grant.fetch(token("a-0", NOW))).access_token == Secret("a-5")
    assert server.forms == []
    # Theirs expires too: it is our turn, with their refresh token.
    second = await grant.fetch(theirs[0])
    assert server.forms[0]["refresh_token"] == "r-5"
    # The file could not be written, so that it still has the one that is spent.
    await grant.fetch(second)
    assert server.forms[1]["refresh_token"] == "r-9"


async def test_another_users_login_is_not_taken_over(anyio_backend: str) -> None:
    server = Server([granted("a-1")])

    async def reload() -> Token | None:
        return token(jwt(sub="bob"), NOW + 1000, "r-bob")

    await refreshing(server, reload=reload).fetch(token(jwt(sub="ada"), NOW))
    assert server.forms[0]["refresh_token"] == "r-0"


async def test_a_refresh_whose_caller_is_cancelled_is_not_lost(anyio_backend: str) -> None:
    """The response may hold the only refresh token that is good from now on."""
    release = anyio.Event()
    stored: list[Token] = []

    async def late() -> HttpResponse:
        await release.wait()
        return granted("a-1", refresh_token="r-1", expires_in=600)

    async def persist(new: Token, used: Secret) -> None:
        await anyio.lowlevel.checkpoint()
        stored.append(new)

    server = Server([late])
    tokens = TokenCache(refreshing(server, persist=persist), clock=Clock())
    async with anyio.create_task_group() as group:
        group.start_soon(tokens.get)
        await anyio.wait_all_tasks_blocked()
        group.cancel_scope.cancel()
        release.set()
    assert [stored_token.refresh_token for stored_token in stored] == [Secret("r-1")]
    assert (await tokens.get()).access_token == Secret("a-1")
    assert len(server.forms) == 1


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_nor_is_one_that_asyncio_cancels_itself(anyio_backend: str) -> None:
    release = anyio.Event()

    async def late() -> HttpResponse:
        await release.wait()
        return granted("a-1", refresh_token="r-1", expires_in=600)

    server = Server([late])
    tokens = TokenCache(refreshing(server), clock=Clock())
    asyncio.get_running_loop().call_later(0.02, release.set)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(tokens.get(), 0.005)
    assert (await tokens.get()).access_token == Secret("a-1")
    assert len(server.forms) == 1


async def test_the_refresh_ends_after_the_grace_period(anyio_backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anyqpu.transport.oauth.GRACE_SECONDS", 0.01)

    async def never() -> HttpResponse:
        await anyio.sleep_forever()
        raise AssertionError

    server = Server([never, granted("a-2")])
    tokens = TokenCache(refreshing(server), clock=Clock())
    with anyio.fail_after(30):
        with anyio.move_on_after(0.01):
            await tokens.get()
        assert (await tokens.get()).access_token == Secret("a-2")


# Where the token endpoint is


async def test_the_issuer_says_where_its_endpoints_are(anyio_backend: str) -> None:
    server = Server(
        [granted()], discovery=response({"token_endpoint": URL, "authorization_endpoint": f"{ISSUER}/auth"})
    )
    discovery = Discovery(f"{ISSUER}/", server.get, provider="rigetti")
    endpoint = TokenEndpoint(discovery, server.post, provider="rigetti")
    for _ in range(3):
        await endpoint.ask({"grant_type": "x"})
    assert server.gets == [f"{ISSUER}/.well-known/openid-configuration"], "asked once"
    assert server.urls == [URL] * 3
    assert (await discovery.endpoints()).authorization == f"{ISSUER}/auth"


async def test_an_issuer_without_that_document_is_laid_out_like_okta(anyio_backend: str) -> None:
    endpoints = await Discovery(ISSUER, Server().get, provider="rigetti").endpoints()
    assert (endpoints.token, endpoints.authorization) == (f"{ISSUER}/v1/token", f"{ISSUER}/v1/authorize")


@pytest.mark.parametrize(
    ("scripted", "kind"),
    [
        (response(b"<html></html>"), errors.UnexpectedResponseError),
        (response({}), errors.UnexpectedResponseError),
        (response({"token_endpoint": 5}), errors.UnexpectedResponseError),
        (response({}, 403), errors.UnexpectedResponseError),
        (response({}, 302), errors.UnexpectedResponseError),
        (response({}, 429), errors.RateLimitedError),
        (response({}, 500), errors.ServerError),
        (response({"token_endpoint": "http://other.example.com/token"}), errors.ConfigError),
        (response({"token_endpoint": URL, "authorization_endpoint": "http://x.example.com"}), errors.ConfigError),
    ],
)
async def test_an_issuer_may_be_unwell(anyio_backend: str, scripted: HttpResponse, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        await Discovery(ISSUER, Server(discovery=scripted).get, provider="rigetti").endpoints()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://login.example.com/token", "not encrypted"),
        ("http://10.0.0.1/token", "not encrypted"),
        ("https://user:canary@login.example.com", "must hold no credentials"),
        ("https://login.example.com/#canary", "must hold no credentials"),
        ("ftp://login.example.com", "not a valid URL"),
        ("login.example.com/canary", "not a valid URL"),
        ("https://[canary", "not a valid URL"),
        ("https://host:canary/", "not a valid URL"),
        ("", "not a valid URL"),
    ],
)
def test_credentials_are_sent_to_no_address_that_would_show_them(url: str, message: str) -> None:
    with pytest.raises(errors.ConfigError, match=message) as caught:
        checked_endpoint(url, "the token endpoint")
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "url", [URL, "http://127.0.0.1:8787/token", "http://localhost/token", "http://[::1]:1/t", f"{URL}?tenant=1"]
)
def test_other_addresses_are_fine(url: str) -> None:
    assert checked_endpoint(url, "the token endpoint") == url


def test_a_form_is_a_mapping_of_texts() -> None:
    from urllib.parse import urlencode

    from anyqpu.transport.secret import Form

    form = Form({"b": "1", "secret": Secret("a b"), "none": None})
    assert urlencode(form) == "b=1&secret=a+b"
    assert json.dumps(dict(form)) == '{"b": "1", "secret": "a b"}'
    assert "a b" not in repr(form)
