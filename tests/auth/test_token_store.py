"""Tokens on disk: ours, and those of Rigetti's tools in their own file."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import anyio
import pytest

from anyqpu.errors import ConfigError, ServerError
from anyqpu.transport import token_store
from anyqpu.transport.secret import Secret
from anyqpu.transport.token_store import StoredTokens, TokenStore, expiry_of, read_back, store_key, write_back
from anyqpu.transport.tokens import Token, TokenCache

from .fakes import NOW, Clock, Source, files, jwt, token

pytestmark = pytest.mark.anyio

KEY = store_key("kipu", "https://login.example.com", "ada", "cli")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


async def test_what_is_stored_is_found_again_by_another_process(anyio_backend: str, tmp_path: Path) -> None:
    store = TokenStore(tmp_path / "new" / "folder")
    assert await store.load(KEY) is None
    kept = Token(Secret("a-1"), NOW + 5, Secret("r-1"), "bearer", issued_at=NOW)
    await store.save(KEY, kept)
    assert await TokenStore(tmp_path / "new" / "folder").load(KEY) == kept
    assert (mode(store.path(KEY)), mode(tmp_path / "new" / "folder")) == (0o600, 0o700)
    assert [path.name for path in files(store.path(KEY).parent)] == [f"{KEY}.json"], "no drafts are left"
    await store.remove(KEY)
    await store.remove(KEY)
    assert await store.load(KEY) is None


def test_a_key_differs_by_user_and_reveals_nothing_about_them() -> None:
    four = ["kipu", "https://login.example.com", "ada", "cli"]
    keys = {store_key(*[*four[:n], four[n] + "x", *four[n + 1 :]]) for n in range(4)} | {KEY}
    assert len(keys) == 5
    assert store_key("a", "b", "c", "") != store_key("a", "b", "", "c")
    assert "ada" not in KEY
    assert len(KEY) == 64


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"{}", b'{"access_token": 5}', b'{"access_token": "a\\nb"}', b"\xff\xfe"]
)
async def test_a_broken_file_counts_as_none_and_is_named(
    anyio_backend: str, tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / f"{KEY}.json"
    path.write_bytes(content)
    path.chmod(0o600)
    assert await TokenStore(tmp_path).load(KEY) is None
    assert str(path) in caplog.text


async def test_a_folder_or_a_giant_file_is_not_a_token(anyio_backend: str, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir(mode=0o700)
    (tmp_path / "giant.json").write_bytes(b" " * (2 << 20))
    (tmp_path / "giant.json").chmod(0o600)
    os.mkfifo(tmp_path / "pipe.json", 0o600)
    with anyio.fail_after(30):
        for name in ("folder", "giant", "pipe"):
            assert await TokenStore(tmp_path).load(name) is None


@pytest.mark.parametrize("bits", [0o640, 0o604, 0o660, 0o644, 0o610])
async def test_a_file_that_others_can_read_is_refused(anyio_backend: str, tmp_path: Path, bits: int) -> None:
    store = TokenStore(tmp_path)
    await store.save(KEY, token("a-1"))
    store.path(KEY).chmod(bits)
    with pytest.raises(ConfigError, match="may be read by others") as caught:
        await store.load(KEY)
    assert "chmod 600" in str(caught.value)


async def test_a_save_that_fails_leaves_what_was_there(
    anyio_backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TokenStore(tmp_path)
    await store.save(KEY, token("a-1"))

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(token_store.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        await store.save(KEY, token("a-2"))
    monkeypatch.undo()
    assert (await store.load(KEY)) == token("a-1")
    assert len(files(tmp_path)) == 1


async def test_processes_share_a_token_and_its_renewal(anyio_backend: str, tmp_path: Path) -> None:
    clock, source = Clock(), Source(lives=1000)
    source.clock = clock

    def process() -> TokenCache:
        return TokenCache(StoredTokens(source, TokenStore(tmp_path), KEY, clock), clock=clock)

    one, two = process(), process()
    assert (await one.get()).access_token == (await two.get()).access_token == Secret("token-1")
    assert source.calls == 1
    await one.force(Secret("token-1"))
    assert await two.force(Secret("token-1")), "the other one has already renewed it"
    assert (await two.get()).access_token == Secret("token-2")
    assert source.calls == 2
    clock.now += 1000
    await process().get()
    assert source.calls == 3
    assert source.seen[2] is not None, "what is stored has expired, but its refresh token may serve"


async def test_where_nothing_can_be_stored_the_token_serves(
    anyio_backend: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder")
    stored = StoredTokens(Source(), TokenStore(tmp_path / "file" / "x"), KEY, Clock())
    assert (await stored.fetch(None)).access_token == Secret("token-1")
    assert "could not be stored" in caplog.text


async def test_a_source_that_fails_leaves_what_is_stored(anyio_backend: str, tmp_path: Path) -> None:
    store = TokenStore(tmp_path)
    await store.save(KEY, token("a-1", NOW, "r-1"))
    with pytest.raises(ServerError):
        await StoredTokens(Source([ServerError("down")]), store, KEY, Clock()).fetch(None)
    assert await store.load(KEY) == token("a-1", NOW, "r-1")


# Rigetti's secrets file

FILE = """\
# My secrets. Do not touch!
[credentials.other.token_payload]
access_token = "other-a"   # of another account
refresh_token = "other-r"

[ credentials . default ]   # odd, but TOML
note = '''
[credentials.default.token_payload]
access_token = "in a text"
'''

[credentials.default.token_payload] # mine
  access_token   =   'old-a'  # the 'access' token
refresh_token = "old-r"
scope = "openid offline_access"
"expires_in" = 86400
token_type = "Bearer"
updated_at = "2020-01-01T00:00:00.123456789Z"

[[list]]
odd = [1, 2.0,
  3]
"""
NEW: dict[str, Secret | str | int] = {
    "access_token": Secret("new-a"),
    "refresh_token": Secret('new-"r"\\'),
    "expires_in": 3600,
    "updated_at": "2027-01-15T08:00:00Z",
}


def plain(payload: dict[str, Any]) -> dict[str, Any]:
    return {key: value.reveal() if isinstance(value, Secret) else value for key, value in payload.items()}


async def test_only_the_token_changes_in_the_file_of_other_tools(anyio_backend: str, tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    # The text inside another text looks like the table, so it is taken out here; see below.
    text = FILE.replace("[credentials.default.token_payload]\naccess", "access")
    path.write_text(text)
    path.chmod(0o640)
    assert await write_back(path, "default", NEW | {"id_token": Secret("new-i"), "scope": "more"})
    after = path.read_text()
    assert after == (
        text.replace("'old-a'", '"new-a"')
        .replace('"old-r"', '"new-\\"r\\"\\\\"')
        .replace("86400", "3600")
        .replace('"2020-01-01T00:00:00.123456789Z"', '"2027-01-15T08:00:00Z"')
        .replace("token_payload] # mine\n", 'token_payload] # mine\nid_token = "new-i"\n')
    )
    assert tomllib.loads(after)["credentials"]["default"]["token_payload"].items() >= plain(NEW).items()
    assert mode(path) == 0o640
    assert files(tmp_path) == [path]
    back = await read_back(path, "default")
    assert back is not None
    assert (back.access_token, back.refresh_token) == (Secret("new-a"), Secret('new-"r"\\'))
    assert back.expires_at == 1_800_000_000 + 3600


@pytest.mark.parametrize(
    "text",
    [
        FILE,  # the same table again, within a text
        '[credentials.default]\ntoken_payload = { access_token = "a", refresh_token = "old-r" }\n',
        'credentials.default.token_payload.refresh_token = "old-r"\n',
        '[credentials.default.token_payload]\naccess_token = """\na"""\nrefresh_token = "old-r"\n',
        '[credentials.default.token_payload]\nlist = [\n["x"]\n]\nrefresh_token = "old-r"\n',
        '[credentials.other.token_payload]\nrefresh_token = "old-r"\n',
        "[credentials.default",
        "",
    ],
)
async def test_a_file_that_cannot_be_edited_safely_is_left_alone(anyio_backend: str, tmp_path: Path, text: str) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"secrets\.toml"):
        await write_back(path, "default", NEW)
    assert path.read_text() == text
    assert files(tmp_path) == [path]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["default", "my own"])
async def test_line_ends_and_quoted_names_stay(anyio_backend: str, tmp_path: Path, newline: str, name: str) -> None:
    path = tmp_path / "secrets.toml"
    lines = [f'[credentials."{name}".token_payload]', 'access_token = "a"', 'refresh_token = "r" # end']
    path.write_bytes(newline.join(lines).encode())
    assert await write_back(path, name, {"access_token": Secret("b"), "updated_at": "2027-01-01T00:00:00Z"})
    assert path.read_bytes().decode().split(newline) == [
        lines[0],
        'updated_at = "2027-01-01T00:00:00Z"',
        'access_token = "b"',
        lines[2],
    ]


def small(updated_at: str = "", refresh: str = "old-r") -> str:
    head = f'[credentials.default.token_payload]\naccess_token = "a"\nrefresh_token = "{refresh}"\n'
    return head + (f"updated_at = {updated_at}\n" if updated_at else "")


@pytest.mark.parametrize(
    ("updated_at", "written"),
    [
        ("", True),
        ('"no time"', True),
        ('"2027-01-15T07:59:59Z"', True),
        ("2027-01-15T07:59:59Z", True),
        ("2027-01-15 07:59:59", True),
        ('"2027-01-15T08:00:00Z"', False),
        ('"2027-01-15T09:59:59+02:00"', True),
        ('"2030-01-01T00:00:00Z"', False),
        ("2030-01-01T00:00:00Z", False),
    ],
)
async def test_what_is_newer_stays(anyio_backend: str, tmp_path: Path, updated_at: str, written: bool) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(small(updated_at))
    assert await write_back(path, "default", NEW, expected=Secret("old-r")) is written
    assert ("new-a" in path.read_text()) is written


async def test_a_login_of_another_process_meanwhile_stays(anyio_backend: str, tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(small(refresh="of-a-new-login"))
    assert not await write_back(path, "default", NEW, expected=Secret("old-r"))
    assert path.read_text() == small(refresh="of-a-new-login")


async def test_a_read_only_file_stays(anyio_backend: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(small())
    path.chmod(0o400)
    assert not await write_back(path, "default", NEW)
    assert path.read_text() == small()
    assert "may not be written" in caplog.text


async def test_a_link_stays_a_link(anyio_backend: str, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = tmp_path / "secrets.toml"
    (tmp_path / "real" / "file").write_text(small())
    path.symlink_to(tmp_path / "real" / "file")
    assert await write_back(path, "default", NEW)
    assert path.is_symlink()
    assert "new-a" in (tmp_path / "real" / "file").read_text()


async def test_a_file_that_changes_meanwhile_is_read_again(
    anyio_backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(small())
    original = token_store.edited_toml
    seen: list[str] = []

    def edited(text: Secret, *rest: Any) -> Secret | None:
        if not seen:
            path.write_text(small() + "# by another program\n")
        seen.append(text.reveal())
        return original(text, *rest)

    monkeypatch.setattr(token_store, "edited_toml", edited)
    assert await write_back(path, "default", NEW)
    assert len(seen) == 2
    assert path.read_text().endswith("# by another program\n")
    assert "new-a" in path.read_text()


async def test_a_file_that_is_gone_is_said(anyio_backend: str, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await write_back(tmp_path / "secrets.toml", "default", NEW)
    assert await read_back(tmp_path / "secrets.toml", "default") is None


@pytest.mark.parametrize("text", ["", "[x", "[credentials]\ndefault = 5\n", small().replace('"a"', "5"), "\udcff"])
async def test_a_broken_file_of_theirs_holds_no_token(anyio_backend: str, tmp_path: Path, text: str) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(text, errors="surrogateescape")
    assert await read_back(path, "default") is None


@pytest.mark.parametrize(
    ("access", "updated_at", "expires_in", "expected"),
    [
        (jwt(exp=NOW), "2020-01-01T00:00:00Z", 5, NOW),
        ("opaque", "2027-01-15T08:00:00Z", 5, NOW + 5),
        ("opaque", "2027-01-15T08:00:00", "5", NOW + 5),
        ("opaque", None, 5, None),
        ("opaque", "2027-01-15T08:00:00Z", None, None),
        ("opaque", "whenever", 5, None),
    ],
)
def test_when_a_stored_token_expires(access: str, updated_at: Any, expires_in: Any, expected: float | None) -> None:
    assert expiry_of(Secret(access), updated_at, expires_in) == expected
