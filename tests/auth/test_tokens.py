"""One token for all callers: which one requests it, which ones wait, and what happens on errors."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import math
import threading
from collections.abc import Awaitable
from typing import Any

import anyio
import pytest

from anyqpu.errors import AuthenticationError, ConfigError, ConnectError, ServerError
from anyqpu.transport.auth import HeaderAuth, NoAuth, TokenAuth
from anyqpu.transport.secret import Secret
from anyqpu.transport.tokens import CallableToken, TokenCache, jwt_expiry

from .fakes import NOW, Clock, Source, jwt, token

pytestmark = pytest.mark.anyio


def cache(source: Source, clock: Clock, **options: Any) -> TokenCache:
    source.clock = clock
    return TokenCache(source, clock=clock, **options)


async def together(number: int, work: Any) -> list[Any]:
    """The outcome of each of so many tasks, errors included."""
    outcomes: list[Any] = []

    async def one() -> None:
        try:
            outcomes.append(await work())
        except Exception as error:
            outcomes.append(error)

    async with anyio.create_task_group() as group:
        for _ in range(number):
            group.start_soon(one)
    return outcomes


async def test_500_callers_at_the_expiry_share_one_request(anyio_backend: str) -> None:
    clock, source = Clock(), Source()
    tokens = cache(source, clock, initial=token("old", NOW - 1))
    tokens_of_callers = await together(500, tokens.get)
    assert source.calls == 1
    assert {one.access_token.reveal() for one in tokens_of_callers} == {"token-1"}
    assert (await tokens.get()).access_token == Secret("token-1")
    clock.now += 301
    await together(500, tokens.get)
    assert source.calls == 2


async def test_when_the_request_fails_each_who_waited_gets_an_error_of_their_own(anyio_backend: str) -> None:
    source = Source([AuthenticationError("no", status_code=401, code="invalid_grant")])
    tokens = cache(source, Clock())
    outcomes = await together(100, tokens.get)
    assert source.calls == 1, "no waiting caller tried again"
    assert len({id(error) for error in outcomes}) == 100
    assert {(type(error), error.message, error.code) for error in outcomes} == {
        (AuthenticationError, "no", "invalid_grant")
    }
    assert (await tokens.get()).access_token == Secret("token-2"), "a later caller tries again"


class Odd(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)


async def test_an_error_that_cannot_be_copied_is_raised_all_the_same(anyio_backend: str) -> None:
    tokens = cache(Source([Odd("1", "2")]), Clock())
    assert {type(error) for error in await together(3, tokens.get)} == {Odd}


@pytest.mark.parametrize("cancelled", [1, 2, 5])
async def test_a_cancelled_leader_is_replaced(anyio_backend: str, cancelled: int) -> None:
    """Each leader is cancelled; the next caller takes over, for all."""
    source = Source(hold=anyio.Event())
    tokens = cache(source, Clock())
    received: list[str] = []
    scopes = [anyio.CancelScope() for _ in range(cancelled)]

    async def one(scope: anyio.CancelScope | None = None) -> None:
        with scope or anyio.CancelScope():
            received.append((await tokens.get()).access_token.reveal())

    async with anyio.create_task_group() as group:
        for scope in [*scopes, *[None] * 50]:
            group.start_soon(one, scope)
            if scope:
                # trio does not start tasks in order.
                await anyio.wait_all_tasks_blocked()
        await anyio.wait_all_tasks_blocked()
        assert source.calls == 1
        for number, scope in enumerate(scopes, 1):
            scope.cancel()
            await anyio.wait_all_tasks_blocked()
            assert source.calls == 1 + number, "one more request for each leader that is cancelled"
        assert source.hold is not None
        source.hold.set()
    assert len(received) == 50
    assert source.calls == 1 + cancelled


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_nor_does_one_that_asyncio_cancels_itself(anyio_backend: str) -> None:
    source = Source(hold=anyio.Event())
    tokens = cache(source, Clock())
    leader, *others = [asyncio.ensure_future(tokens.get()) for _ in range(10)]
    await anyio.wait_all_tasks_blocked()
    leader.cancel()
    await anyio.wait_all_tasks_blocked()
    assert source.hold is not None
    source.hold.set()
    assert {one.access_token.reveal() for one in await asyncio.gather(*others)} == {"token-2"}
    assert source.calls == 2
    with pytest.raises(asyncio.CancelledError):
        await leader


async def test_if_all_are_cancelled_the_next_caller_begins_anew(anyio_backend: str) -> None:
    source = Source(hold=anyio.Event())
    tokens = cache(source, Clock())
    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(tokens.get)
        await anyio.wait_all_tasks_blocked()
        group.cancel_scope.cancel()
    source.hold = None
    assert (await tokens.get()).access_token == Secret(f"token-{source.calls}")
    assert source.calls == 2


async def test_near_the_end_one_refreshes_while_the_others_use_the_old_one(anyio_backend: str) -> None:
    clock, source = Clock(), Source(hold=anyio.Event())
    tokens = cache(source, clock, initial=token("old", NOW + 1000), early=60)
    clock.now = NOW + 939
    assert (await tokens.get()).access_token == Secret("old")
    assert source.calls == 0
    clock.now = NOW + 941
    async with anyio.create_task_group() as group:
        group.start_soon(tokens.get)
        await anyio.wait_all_tasks_blocked()
        assert source.calls == 1
        assert (await tokens.get()).access_token == Secret("old"), "a valid token is used without a wait"
        assert source.hold is not None
        source.hold.set()
    assert (await tokens.get()).access_token == Secret("token-1")
    assert source.calls == 1


@pytest.mark.parametrize("failure", [ServerError("down", retry_after=30), AuthenticationError("no"), Odd("x", "y")])
async def test_an_early_refresh_that_fails_keeps_the_valid_token(
    anyio_backend: str, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    clock, source = Clock(), Source([failure, ConnectError("refused")])
    tokens = cache(source, clock, initial=token("old", NOW + 1000))
    clock.now = NOW + 950
    for _ in range(5):
        assert (await tokens.get()).access_token == Secret("old")
    assert source.calls == 1, "no new try at once"
    assert "could not be renewed early" in caplog.text
    clock.now = NOW + 1000
    with pytest.raises(ConnectError):
        await tokens.get()
    assert (await tokens.get()).access_token == Secret("token-3")


async def test_a_token_that_lives_shortly_is_not_renewed_at_every_call(anyio_backend: str) -> None:
    clock, source = Clock(), Source(lives=50)
    tokens = cache(source, clock)
    for second in range(40):
        clock.now = NOW + second
        await tokens.get()
    assert source.calls == 1
    clock.now = NOW + 41
    await tokens.get()
    assert source.calls == 2


async def test_a_wrong_clock_does_not_mean_a_request_for_every_call(
    anyio_backend: str, caplog: pytest.LogCaptureFixture
) -> None:
    source = Source([token("from-the-past", NOW - 5000)])
    tokens = cache(source, Clock())
    for _ in range(5):
        assert (await tokens.get()).access_token == Secret("from-the-past")
    assert source.calls == 1
    assert "clock" in caplog.text


async def test_a_token_of_unknown_life_is_used_until_it_is_refused(anyio_backend: str) -> None:
    clock, source = Clock(), Source(lives=None)
    tokens = cache(source, clock)
    await tokens.get()
    clock.now += 10**9
    first = await tokens.get()
    assert source.calls == 1
    assert await tokens.force(first.access_token)
    assert source.calls == 2


async def test_many_who_were_refused_with_the_same_token_share_one_refresh(anyio_backend: str) -> None:
    source = Source()
    auth = TokenAuth(cache(source, Clock()), plain={"X-Org": "o-1"})
    old = await auth.headers()
    assert old == {"Authorization": "Bearer token-1", "X-Org": "o-1"}
    assert await together(100, lambda: auth.renew(old)) == [True] * 100
    assert source.calls == 2
    assert await auth.renew(old), "a late caller uses the new token"
    assert await auth.renew({"authorization": "Bearer token-1"}), "names of headers have no case"
    assert source.calls == 2
    assert (await auth.headers())["Authorization"] == "Bearer token-2"


async def test_the_same_token_again_is_nothing_to_try(anyio_backend: str) -> None:
    auth = TokenAuth(cache(Source([token("same"), token("same")]), Clock()))
    assert not await auth.renew(await auth.headers())


async def test_a_renewal_that_fails_says_why(anyio_backend: str) -> None:
    source = Source([token("first"), AuthenticationError("revoked")])
    auth = TokenAuth(cache(source, Clock()))
    old = await auth.headers()
    outcomes = await together(20, lambda: auth.renew(old))
    assert {str(error) for error in outcomes} == {"revoked"}
    assert source.calls == 2


async def test_what_cannot_be_renewed_says_so(anyio_backend: str) -> None:
    header = HeaderAuth({"X-Auth-Token": Secret("s")}, plain={"X-OrganizationId": "o"})
    assert not await header.renew(await header.headers())
    assert await NoAuth().headers() == {}
    assert not await NoAuth().renew({})


@pytest.mark.parametrize("text", ["", "a\nb", "a b ", "ä", "\x00"])
def test_no_header_is_made_of_what_fits_none(text: str) -> None:
    with pytest.raises(ConfigError):
        HeaderAuth({"X-Auth-Token": Secret(text)})
    with pytest.raises(ConfigError, match="X-Org"):
        TokenAuth(TokenCache(Source()), plain={"X-Org": text})


def broken(payload: bytes) -> str:
    return f"h.{base64.urlsafe_b64encode(payload).decode()}.s"


def test_the_expiry_of_a_jwt_is_read_from_it() -> None:
    assert jwt_expiry(Secret(jwt(exp=NOW))) == NOW
    assert jwt_expiry(Secret(jwt(exp=str(NOW)))) == NOW


@pytest.mark.parametrize(
    "text",
    [
        "",
        "opaque",
        "..",
        "a.b.c",
        "a.é.c",
        "a.b.c.d",
        broken(b"not json"),
        broken(b"\xff\xfe"),
        broken(b"[1]"),
        broken(b"null"),
        broken(b"{}"),
        broken(b'{"exp": true}'),
        broken(b'{"exp": NaN}'),
        broken(b'{"exp": Infinity}'),
        broken(b'{"exp": -5}'),
        broken(b'{"exp": "soon"}'),
        broken(b'{"exp": [1]}'),
        broken(b'{"exp": ' + b"9" * 5000 + b"}"),
        broken(b"[" * 20_000),
        jwt(exp=NOW, padding="x" * 100_000),
    ],
)
def test_a_broken_token_has_no_known_expiry(text: str) -> None:
    assert jwt_expiry(Secret(text)) is None


async def test_a_function_of_the_caller_gives_tokens(anyio_backend: str) -> None:
    threads: list[int] = []

    async def coroutine() -> str:
        threads.append(threading.get_ident())
        return jwt(exp=NOW)

    def plain() -> str:
        threads.append(threading.get_ident())
        return "opaque"

    class Callable:
        async def __call__(self) -> str:
            return "called"

    def later() -> Awaitable[str]:
        return coroutine()

    first = await CallableToken(coroutine).fetch(None)
    assert first.expires_at == NOW
    assert (await CallableToken(later).fetch(None)).access_token == first.access_token
    fetched = await CallableToken(plain).fetch(None)
    assert (fetched.access_token, fetched.expires_at) == (Secret("opaque"), None)
    assert (await CallableToken(Callable()).fetch(None)).access_token == Secret("called")
    here = threading.get_ident()
    assert [thread == here for thread in threads] == [True, True, False], "what may block does so in a thread"


@pytest.mark.parametrize("value", [None, "", 5, "two\nlines", b"bytes"])
async def test_a_function_that_gives_no_token_is_an_error(anyio_backend: str, value: Any) -> None:
    with pytest.raises(ConfigError, match="gave no token"):
        await CallableToken(lambda: value).fetch(None)


async def test_a_function_of_the_caller_raises_what_it_likes(anyio_backend: str) -> None:
    def fail() -> str:
        raise KeyError("vault")

    with pytest.raises(KeyError, match="vault"):
        await TokenCache(CallableToken(fail)).get()


async def test_an_error_of_the_callers_function_is_not_logged(
    anyio_backend: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    clock = Clock()
    tokens = cache(Source([ValueError("canary")]), clock, initial=token("old", NOW + 100))
    clock.now = NOW + 99
    await tokens.get()
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text


def test_claims_are_not_trusted_to_be_numbers() -> None:
    assert json.loads("1e400") == math.inf
    assert jwt_expiry(Secret(broken(b'{"exp": 1e400}'))) is None
