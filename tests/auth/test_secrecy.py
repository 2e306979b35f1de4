"""What must not be shown is shown nowhere: not in texts, logs, errors, tracebacks, pickles or names of files."""

from __future__ import annotations

import copy
import logging
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest

from anyqpu.errors import AnyQPUError, ConnectError
from anyqpu.providers.kipu.auth import make_auth as kipu
from anyqpu.providers.pasqal.auth import make_auth as pasqal
from anyqpu.providers.rigetti.auth import make_auth as rigetti
from anyqpu.transport.auth import HeaderAuth
from anyqpu.transport.http import HttpResponse
from anyqpu.transport.secret import Form, Secret
from anyqpu.transport.token_store import TokenStore, write_back
from anyqpu.transport.tokens import CallableToken, Token
from tests.support.inside import token_of

from .fakes import NOW, Server, everything_shown, files, granted, jwt, refused, response, settings

pytestmark = pytest.mark.anyio

# With characters that look different in a form.
CANARY = "canary/+ äß"
TOKEN = "canary-token"

USERS: dict[str, tuple[Callable[..., Any], dict[str, str]]] = {
    "kipu": (kipu, {"username": "ada", "password": CANARY, "client_id": "c"}),
    "pasqal": (pasqal, {"username": "ada", "password": CANARY}),
    "rigetti": (rigetti, {"refresh_token": CANARY}),
    "rigetti-client": (rigetti, {"client_id": "c", "client_secret": CANARY}),
}


def make(user: str, server: Server, **options: Any) -> Any:
    maker, values = USERS[user]
    return maker(settings(user.partition("-")[0], **values), post=server.post, get=server.get, **options)


RESPONSES: list[HttpResponse | Exception] = [
    refused(error_description=f"{CANARY} is wrong, form was x={quote_plus(CANARY)}"),
    refused(code=CANARY),
    refused(CANARY, 429),
    response({"error": "x", "error_description": CANARY, "you_sent": CANARY}, 500),
    response(f"<html>{CANARY} {quote_plus(CANARY)}</html>".encode(), 502),
    response({"refresh_token": TOKEN, "id_token": TOKEN, "accessToken": TOKEN}),
    response({"access_token": f"{TOKEN}\n", "refresh_token": TOKEN}),
    response(f'{{"access_token": "{TOKEN}", "cut'.encode()),
    response({"error": "x", "access_token": TOKEN}, 400),
    ConnectError("refused"),
]


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("scripted", RESPONSES)
async def test_an_error_shows_no_credential_whatever_the_server_says(
    anyio_backend: str, user: str, scripted: HttpResponse | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    auth = make(user, Server([scripted]))
    with pytest.raises(AnyQPUError) as caught:
        await auth.headers()
    for text in (everything_shown(caught.value), caplog.text, repr(pickle.loads(pickle.dumps(caught.value)).__dict__)):
        assert "canary" not in text


@pytest.mark.parametrize("user", USERS)
async def test_nothing_that_holds_one_shows_it_or_can_be_pickled(
    anyio_backend: str, user: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server = Server([granted(TOKEN, refresh_token=f"{TOKEN}-r", id_token=f"{TOKEN}-i", expires_in=3600)])
    auth = make(user, server, store=TokenStore(tmp_path))
    assert TOKEN in (await auth.headers())["Authorization"]
    for one in _all_within(auth):
        assert "canary" not in f"{one!r} {one!s} {one}"
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(token_of(auth))
    assert "canary" not in caplog.text
    [file] = files(tmp_path)
    assert "canary" not in file.name
    assert file.stat().st_mode & 0o777 == 0o600


def _all_within(thing: Any, depth: int = 6) -> list[Any]:
    """The object, and whatever of ours can be reached from it."""
    things = [thing]
    if depth and type(thing).__module__.startswith("anyqpu."):
        slots = [name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())]
        names = [*getattr(thing, "__dict__", {}), *(name for name in slots if name not in {"_text"})]
        for name in names:
            things += _all_within(getattr(thing, name, None), depth - 1)
    return things


@pytest.mark.parametrize(
    "thing",
    [
        Secret(TOKEN),
        Token(Secret(TOKEN), NOW, Secret(TOKEN), id_token=Secret(TOKEN)),
        Form({"password": Secret(TOKEN), "x": "y"}),
        HeaderAuth({"X-Auth-Token": Secret(TOKEN)}),
    ],
)
def test_texts_and_pickles(thing: object) -> None:
    assert "canary" not in f"{thing!r} {thing}"
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(thing, protocol)
    with pytest.raises(TypeError, match="cannot be pickled"):
        copy.deepcopy(thing)


async def test_nor_does_trouble_with_files(
    anyio_backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(f'[credentials.default]\ntoken_payload = {{ access_token = "{TOKEN}", refresh_token = "{TOKEN}" }}')
    payload: dict[str, Secret | str | int] = {"access_token": Secret(f"{TOKEN}-2")}
    with pytest.raises(AnyQPUError) as caught:
        await write_back(path, "default", payload)
    assert "canary" not in everything_shown(caught.value)

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    path.write_text(f'[credentials.default.token_payload]\naccess_token = "{TOKEN}"\n')
    for work in (
        write_back(path, "default", payload),
        TokenStore(tmp_path / "store").save("key", Token(Secret(TOKEN))),
    ):
        with pytest.raises(OSError, match="No space") as failed:
            await work
        assert "canary" not in everything_shown(failed.value)

    (tmp_path / "bad.json").write_text(f'{{"access_token": "{TOKEN}')
    (tmp_path / "bad.json").chmod(0o600)
    assert await TokenStore(tmp_path).load("bad") is None
    assert "canary" not in caplog.text


async def test_nor_does_a_function_that_gives_what_fits_no_header(anyio_backend: str) -> None:
    async def give() -> str:
        return f"{TOKEN}\n"

    for provider in (give, lambda: f"{TOKEN}\n"):
        with pytest.raises(AnyQPUError) as caught:
            await CallableToken(provider).fetch(None)
        assert "canary" not in everything_shown(caught.value)


def test_a_jwt_is_not_shown_either() -> None:
    assert "canary" not in repr(Token(Secret(jwt(sub="canary"))))
