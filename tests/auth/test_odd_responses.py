"""A token endpoint, and the files that keep tokens, may hold anything: a token comes out, or an error of the tree."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Any

import anyio
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from anyqpu import errors
from anyqpu.transport.oauth import Discovery, RefreshTokenGrant, TokenEndpoint
from anyqpu.transport.secret import Secret
from anyqpu.transport.token_store import StoredTokens, TokenStore, read_back, write_back
from anyqpu.transport.tokens import Token, TokenCache

from .fakes import NOW, Clock, Server, Source, everything_shown, granted, response

CANARY = "canary-9c2e"
URL = "https://login.example.com/token"
ODD: list[Any] = [
    *(None, True, 0, -1, 1e400, 10**400, float("nan"), "", " ", f"{CANARY}\n", f"{CANARY}\ud800", f"\0{CANARY}", "ä"),
    *([CANARY], {"inner": CANARY}, [[[[]]]], CANARY, f"{CANARY} {CANARY}", "3600", "soon", 1764000000000),
]
json_values = st.recursive(
    st.sampled_from(ODD) | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
names = st.sampled_from(
    ["access_token", "refresh_token", "id_token", "token_type", "expires_in", "error", "error_description", "scope"]
)
bodies = (
    st.dictionaries(names, json_values).map(lambda fields: json.dumps(fields).encode())
    | json_values.map(lambda value: json.dumps(value).encode())
    | st.binary()
    | st.sampled_from(
        [
            f"<html><body>{CANARY}</body></html>".encode(),
            CANARY.encode(),
            json.dumps(CANARY).encode(),
            b"[" * 100_000,
            b'{"access_token": "' + CANARY.encode() + b"\xff" + b'"}',
            f'{{"access_token": "{CANARY}", "cut'.encode(),
            json.dumps({"access_token": CANARY}).encode("utf-16"),
        ]
    )
)


def ask(body: bytes, status: int, headers: dict[str, str] | None = None) -> Token | errors.AnyQPUError:
    async def request() -> Token | errors.AnyQPUError:
        endpoint = TokenEndpoint(URL, Server([response(body, status, headers)]).post, provider="kipu", clock=Clock())
        try:
            return await endpoint.ask({"grant_type": "password", "password": Secret("canary-password")})
        except errors.AnyQPUError as error:
            return error

    return anyio.run(request)


@given(bodies, st.sampled_from([200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503]))
@example(json.dumps({"error": "invalid_grant", "error_description": CANARY * 1000}).encode(), 400)
def test_any_body_is_a_token_that_can_be_sent_or_an_error_that_shows_nothing_of_it(body: bytes, status: int) -> None:
    outcome = ask(body, status)
    if isinstance(outcome, Token):
        assert outcome.access_token.fits_header()
        assert outcome.refresh_token is None or outcome.refresh_token.fits_header()
        assert outcome.id_token is None or outcome.id_token.fits_header()
        assert outcome.token_type.isprintable()
        # At most ten years.
        assert outcome.expires_at is None or NOW < outcome.expires_at <= NOW + 315_360_000
        assert "canary" not in repr(outcome)
        return
    assert (outcome.provider, outcome.operation) == ("kipu", "token")
    # What the endpoint says in OAuth's own words of a refusal is for people; the rest of the body is nowhere.
    said = json.dumps([outcome.body, outcome.message, outcome.code], default=str)
    assert CANARY not in said or b'"error' in body
    assert "canary-password" not in everything_shown(outcome)


@pytest.mark.parametrize("name", ["access_token", "refresh_token", "id_token", "token_type"])
@pytest.mark.parametrize("value", [f"{CANARY}\r\nX-Other: 1", f"{CANARY}\ud800", f" {CANARY}", f"{CANARY}ä", ""])
def test_a_token_that_no_header_can_hold_is_not_used(name: str, value: str) -> None:
    fields = {"access_token": "good", name: value}
    outcome = ask(json.dumps(fields).encode(), 200)
    if name == "access_token":
        assert isinstance(outcome, errors.UnexpectedResponseError)
        assert "canary" not in everything_shown(outcome)
    else:
        assert isinstance(outcome, Token)
        assert (outcome.refresh_token, outcome.id_token, outcome.token_type) == (None, None, "Bearer")


@pytest.mark.parametrize(
    ("expires_in", "lives"),
    [
        (3600, 3600),
        ("3600", 3600),
        *((value, None) for value in (-1, 0, None, True, "soon", "1e400", 1e300, 10**400)),
        ([], None),
        ({}, None),
        (10**10, 315_360_000),
    ],
)
def test_an_odd_life_of_a_token_is_not_believed(expires_in: Any, lives: float | None) -> None:
    outcome = ask(json.dumps({"access_token": "opaque", "expires_in": expires_in}).encode(), 200)
    assert isinstance(outcome, Token)
    assert outcome.expires_at == (None if lives is None else NOW + lives)


@pytest.mark.parametrize(
    "document",
    [
        *([], None, "x", {"token_endpoint": 5}, {"token_endpoint": "http://example.com/token"}),
        *({"token_endpoint": f"https://u:{CANARY}@h/"}, {"token_endpoint": "https://h/\ud800"}),
        *(
            {"token_endpoint": URL, "authorization_endpoint": "javascript:alert(1)"},
            {"token_endpoint": "https://h/a\nb"},
        ),
    ],
    ids=ascii,
)
@pytest.mark.anyio
async def test_an_odd_document_of_an_issuer_is_an_error(anyio_backend: str, document: Any) -> None:
    server = Server(discovery=response(document))
    with pytest.raises((errors.ConfigError, errors.UnexpectedResponseError)) as caught:
        await Discovery("https://issuer.example.com", server.get, provider="rigetti").endpoints()
    assert (caught.value.provider, caught.value.operation) == ("rigetti", "discovery")
    assert "canary" not in str(caught.value)


# Files


def damage(path: Path, kind: str) -> None:
    """Put something else where a file of tokens should be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "loop":
            path.symlink_to(path)
        case "to nowhere":
            path.symlink_to(path.parent / "nowhere")
        case "too long":
            path.write_bytes(b" " * 2_000_000)
        case "not UTF-8":
            path.write_bytes(CANARY.encode() + b"\xff")
        case "deep":
            path.write_bytes(b"[" * 100_000)
        case "odd types":
            path.write_text(json.dumps({"access_token": [CANARY], "expires_at": "x", "refresh_token": {}}))
        case "odd refresh token":
            path.write_text(
                json.dumps({"access_token": "a", "refresh_token": f"{CANARY}\n\ud800", "expires_at": 1e300})
            )
        case _:
            path.write_text(f'{{"access_token": "{CANARY}')
    if not path.is_symlink() and path.is_file():
        path.chmod(0o600)


KINDS = [
    "folder",
    "pipe",
    "loop",
    "to nowhere",
    "too long",
    "not UTF-8",
    "deep",
    "odd types",
    "odd refresh token",
    "cut",
]


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_a_damaged_store_counts_as_none_and_does_not_stop_the_login(
    anyio_backend: str, kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = TokenStore(tmp_path / "tokens")
    damage(store.path("key"), kind)
    with anyio.fail_after(30):
        token = await TokenCache(StoredTokens(Source(), store, "key", clock=Clock()), clock=Clock()).get()
    assert token.access_token in {Secret("token-1"), Secret("a")}
    assert token.refresh_token is None
    assert "canary" not in caplog.text


@pytest.mark.anyio
async def test_a_store_that_cannot_be_written_is_a_warning(
    anyio_backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    assert (await StoredTokens(Source(), TokenStore(tmp_path / "file"), "key").fetch(None)).access_token.reveal()
    assert (await StoredTokens(Source(), TokenStore("a\0b"), "key").fetch(None)).access_token.reveal()

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert (await StoredTokens(Source(), TokenStore(tmp_path / "store"), "key").fetch(None)).access_token.reveal()
    assert "No space left on device" in caplog.text
    assert not list((tmp_path / "store").iterdir()), "no draft is left behind"


@pytest.mark.anyio
@pytest.mark.skipif(os.name != "posix", reason="owners are POSIX's")
async def test_a_store_of_another_user_or_one_that_others_may_read_is_refused(
    anyio_backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TokenStore(tmp_path)
    await store.save("key", Token(Secret(CANARY)))
    store.path("key").chmod(0o644)
    with pytest.raises(errors.ConfigError, match="may be read by others") as caught:
        await store.load("key")
    assert caught.value.operation == "token"
    store.path("key").chmod(0o600)
    monkeypatch.setattr("os.geteuid", lambda: os.stat(store.path("key")).st_uid + 1)
    with pytest.raises(errors.ConfigError, match="belongs to another user") as caught:
        await store.load("key")
    assert "canary" not in everything_shown(caught.value)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [*KINDS, "gone"])
async def test_odd_files_of_rigettis_tools_do_not_stop_a_refresh(
    anyio_backend: str, kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = tmp_path / "secrets.toml"
    if kind != "gone":
        damage(path, kind)
    assert await read_back(path, "default") is None

    async def persist(token: Token, used: Secret) -> None:
        await write_back(path, "default", {"access_token": token.access_token}, expected=used)

    server = Server([granted("new", refresh_token="next", expires_in=3600)])
    grant = RefreshTokenGrant(
        TokenEndpoint(URL, server.post, provider="rigetti", clock=Clock()),
        client_id="c",
        refresh_token=Secret(CANARY),
        persist=persist,
    )
    assert (await grant.fetch(None)).access_token == Secret("new")
    assert "canary" not in caplog.text
