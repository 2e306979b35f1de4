"""Logging in with a browser, over real connections to this machine."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import anyio
import pytest

from anyqpu import errors
from anyqpu.transport import pkce
from anyqpu.transport.oauth import Discovery, TokenEndpoint
from anyqpu.transport.pkce import authorize
from anyqpu.transport.secret import Secret
from anyqpu.transport.tokens import Token

from .fakes import NOW, Clock, Server, everything_shown, granted, refused, response

pytestmark = pytest.mark.anyio

ISSUER = "https://issuer.example.com/oauth2/abc"


async def visit(port: int, request: str) -> str:
    """What a browser gets."""
    async with await anyio.connect_tcp("127.0.0.1", port) as stream:
        await stream.send(request.encode())
        content = b""
        try:
            while True:
                content += await stream.receive()
        except anyio.EndOfStream:
            return content.decode()


def callback(**query: str) -> str:
    return f"GET /?{urlencode(query)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


class Person:
    """Opens the address, then sends the requests of a test, one after another."""

    def __init__(self, act: Callable[[Person], Awaitable[None]]) -> None:
        self._act = act
        self.query: dict[str, str] = {}
        self.page = ""
        self.responses: list[str] = []
        self._opened = anyio.Event()

    async def open(self, url: str) -> None:
        self.page = url.partition("?")[0]
        self.query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self._opened.set()

    async def run(self) -> None:
        await self._opened.wait()
        await self._act(self)

    @property
    def port(self) -> int:
        port = urlsplit(self.query["redirect_uri"]).port
        assert port is not None
        return port

    async def send(self, request: str) -> None:
        self.responses.append(await visit(self.port, request))

    def statuses(self) -> list[str]:
        return [text.split(" ")[1] for text in self.responses]


async def login_of(person: Person, server: Server, **options: Any) -> Token:
    outcomes: list[Token | Exception] = []

    async def one() -> None:
        try:
            outcomes.append(await login(server, person.open, **options))
        except Exception as error:
            outcomes.append(error)

    async with anyio.create_task_group() as group:
        group.start_soon(one)
        group.start_soon(person.run)
    if isinstance(outcomes[0], Exception):
        raise outcomes[0]
    return outcomes[0]


async def login(server: Server, open_browser: Any, **options: Any) -> Token:
    discovery = Discovery(ISSUER, server.get, provider="rigetti")
    with anyio.fail_after(30):
        return await authorize(
            discovery,
            TokenEndpoint(discovery, server.post, provider="rigetti", clock=Clock()),
            client_id="cli",
            provider="rigetti",
            open_browser=open_browser,
            **({"port": 0, "timeout": 5} | options),
        )


async def test_a_login(anyio_backend: str) -> None:
    async def act(person: Person) -> None:
        await person.send(callback(code="the-code", state=person.query["state"]))

    server = Server([granted("a-1", refresh_token="r-1", expires_in=60)])
    person = Person(act)
    logged_in = await login_of(person, server)
    assert logged_in == Token(Secret("a-1"), NOW + 60, Secret("r-1"), issued_at=NOW)

    assert person.page == f"{ISSUER}/v1/authorize"
    assert (
        person.query.items()
        >= {
            "response_type": "code",
            "client_id": "cli",
            "scope": "openid offline_access",
            "code_challenge_method": "S256",
        }.items()
    )
    assert person.query["redirect_uri"] == f"http://127.0.0.1:{person.port}"
    verifier = server.forms[0].pop("code_verifier")
    assert 43 <= len(verifier) <= 128
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert person.query["code_challenge"] == digest
    assert server.urls == [f"{ISSUER}/v1/token"]
    assert server.forms == [
        {
            "grant_type": "authorization_code",
            "client_id": "cli",
            "code": "the-code",
            "redirect_uri": person.query["redirect_uri"],
        }
    ]
    assert person.statuses() == ["200"]
    assert "Logged in" in person.responses[0]
    assert "the-code" not in person.responses[0]


async def test_other_requests_do_not_end_the_wait(anyio_backend: str) -> None:
    async def act(person: Person) -> None:
        state = person.query["state"]
        for request in (
            callback(code="evil", state="wrong"),
            callback(code="evil", state=""),
            callback(code="evil", state="é"),
            callback(code="evil"),
            callback(error="access_denied", state="wrong"),
            f"GET /?code=evil&state={state}&state=x HTTP/1.1\r\n\r\n",
            f"GET /?code=evil&code=2&state={state} HTTP/1.1\r\n\r\n",
            callback(state=state),
            "GET /favicon.ico HTTP/1.1\r\n\r\n",
            f"POST /?code=evil&state={state} HTTP/1.1\r\n\r\n",
            "garbage\r\n\r\n",
            "GET //[ HTTP/1.1\r\n\r\n",
            "GET /?" + "&".join("a=1" for _ in range(100)) + " HTTP/1.1\r\n\r\n",
        ):
            await person.send(request)
        # Connections that say nothing, which browsers make, too.
        async with await anyio.connect_tcp("127.0.0.1", person.port):
            await person.send(callback(code="good", state=state))

    server = Server([granted()])
    person = Person(act)
    await login_of(person, server)
    assert person.statuses() == [*["400"] * 8, "404", *["400"] * 4, "200"]
    assert server.forms[0]["code"] == "good"


async def test_the_first_good_response_counts(anyio_backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    state = pkce.LoginAttempt()
    assert pkce.settle(Secret(f"/?code=1&state={state.state.reveal()}"), state, "rigetti")[0] == 200
    assert pkce.settle(Secret(f"/?code=2&state={state.state.reveal()}"), state, "rigetti")[0] == 400
    assert state.code == Secret("1")


async def test_a_request_in_pieces_and_a_browser_that_goes_away(anyio_backend: str) -> None:
    async def act(person: Person) -> None:
        request = callback(code="good", state=person.query["state"])
        stream = await anyio.connect_tcp("127.0.0.1", person.port)
        for piece in (request[:9], request[9:30], request[30:]):
            await stream.send(piece.encode())
            await anyio.sleep(0.001)
        await stream.aclose()

    server = Server([granted("a-1")])
    assert (await login_of(Person(act), server)).access_token == Secret("a-1")


async def test_a_login_that_the_cloud_refuses(anyio_backend: str) -> None:
    async def act(person: Person) -> None:
        await person.send(
            callback(error="access_denied", error_description="<b>Not\nyou</b>", state=person.query["state"])
        )

    person = Person(act)
    with pytest.raises(errors.AuthenticationError, match="Not you") as caught:
        await login_of(person, Server())
    assert caught.value.code == "access_denied"
    assert "&lt;b&gt;" in person.responses[0]
    assert "<b>" not in person.responses[0]


async def test_a_code_that_the_cloud_refuses(anyio_backend: str) -> None:
    async def act(person: Person) -> None:
        await person.send(callback(code="canary-code", state=person.query["state"]))

    server = Server([refused(error_description="bad canary-code")])
    with pytest.raises(errors.AuthenticationError, match=r"bad \*\*\*") as caught:
        await login_of(Person(act), server)
    assert "canary" not in everything_shown(caught.value)


async def test_a_login_without_a_browser_times_out(anyio_backend: str) -> None:
    with pytest.raises(errors.WaitTimeoutError, match=r"no login within 0\.01 s"):
        await login(Server(), lambda url: True, timeout=0.01)


async def test_it_can_be_given_up(anyio_backend: str) -> None:
    with anyio.move_on_after(0.01) as scope:
        await login(Server(), lambda url: True)
    assert scope.cancelled_caught


async def test_the_machines_own_browser(anyio_backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def browser(url: str) -> bool:
        opened.append(url)
        return False

    monkeypatch.setattr(pkce.webbrowser, "open", browser)
    with pytest.raises(errors.ConfigError, match="no browser could be opened"):
        await login(Server(), None)
    assert opened[0].startswith(f"{ISSUER}/v1/authorize?")


async def test_a_function_that_fails_to_open_it(anyio_backend: str) -> None:
    def fail(url: str) -> None:
        raise KeyError("display")

    with pytest.raises(KeyError, match="display"):
        await login(Server(), fail)


async def test_a_sync_function_may_give_something_to_wait_for(anyio_backend: str) -> None:
    async def refuse() -> bool:
        return False

    with pytest.raises(errors.ConfigError, match="no browser"):
        await login(Server(), lambda url: refuse())


async def test_a_port_that_is_taken(anyio_backend: str) -> None:
    async with await anyio.create_tcp_listener(local_host="127.0.0.1") as taken:
        port = taken.extra(anyio.abc.SocketAttribute.local_port)
        with pytest.raises(errors.ConfigError, match=f"port {port}"):
            await login(Server(), lambda url: True, port=port)


async def test_an_issuer_with_a_page_of_its_own(anyio_backend: str) -> None:
    async def act(person: Person) -> None:
        await person.send(callback(code="good", state=person.query["state"]))

    page = {"token_endpoint": f"{ISSUER}/t", "authorization_endpoint": "https://page.example.com/?tenant=1"}
    server = Server([granted()], discovery=response(page))
    person = Person(act)
    await login_of(person, server, scopes=("openid",))
    assert person.page == "https://page.example.com/"
    assert (person.query["tenant"], person.query["scope"]) == ("1", "openid")
    assert server.urls == [f"{ISSUER}/t"]
