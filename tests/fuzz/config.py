"""Odd configuration: files in every format that is read, environment variables and arguments of `connect`.

Half of the cases also make a request. It goes nowhere: sockets cannot connect, and names are not resolved.
"""

from __future__ import annotations

import os
import pickle
import random
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyqpu
from anyqpu.errors import AnyQPUError
from tests.fuzz import texts
from tests.fuzz.findings import Case, Finding, finding_of
from tests.fuzz.judge import UnsafeError, check_error, check_traceback
from tests.fuzz.odd import PLANTED
from tests.fuzz.tape import Exchange, Player, Tape

PART = "config"
OURS = f"""default_profile = "work"

[profiles.work.kipu]
token = "{PLANTED}"
organization_id = "o"

[profiles.work.scaleway]
secret_key = "{PLANTED}"
project_id = "22222222-2222-4222-8222-222222222222"

[profiles.work.pasqal]
username = "ada@example.org"
password = "{PLANTED}"
project_id = "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"

[profiles.work.rigetti]
client_id = "c"
client_secret = "{PLANTED}"
auth_url = "https://issuer.example.com"
"""
KIPU = f"""{{
  "auth": {{"type": "t", "value": "{PLANTED}"}},
  "context": {{"id": "o", "isOrganization": true, "displayName": "d"}}
}}
"""
SCALEWAY = f"""access_key: SCWX
secret_key: {PLANTED}
default_project_id: p
active_profile: work
profiles:
  work:
    secret_key: {PLANTED}
    api_url: https://api.scaleway.com
"""
PASQAL = f"""# qrmi
username = ada
password = '{PLANTED}'
project_id = p
auth_endpoint = auth.example/t
"""
RIGETTI = """default_profile_name = "work"

[profiles.work]
api_url = "https://api.example.com"
auth_server_name = "okta"
credentials_name = "mine"
account_id = "group"
account_type = "group"

[auth_servers.okta]
client_id = "client"
issuer = "https://issuer.example.com"
scopes = ["openid"]
"""
RIGETTI_SECRETS = f"""[credentials.mine.token_payload]
access_token = "{PLANTED}"
refresh_token = "{PLANTED}"
expires_in = 86400
token_type = "Bearer"
updated_at = "2025-10-01T12:00:00Z"
"""
FILES: dict[str, dict[str, str]] = {
    "kipu": {".config/qhubctl/config.json": KIPU},
    "scaleway": {".config/scw/config.yaml": SCALEWAY},
    "pasqal": {".pasqal/config": PASQAL},
    "rigetti": {".qcs/settings.toml": RIGETTI, ".qcs/secrets.toml": RIGETTI_SECRETS},
}
OUR_FILE = ".config/anyqpu/config.toml"
# What a file may be besides a file.
KINDS = ("directory", "link to itself", "link to nowhere", "link to zeros")
NETWORK = (
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSLKEYLOGFILE",
)  # fmt: skip
PLACES = (
    "ANYQPU_CONFIG_FILE", "ANYQPU_PROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "KQH_CONFIG_FILE_PATH",
    "PLANQK_CONFIG_FILE_PATH", "SCW_CONFIG_PATH", "SCW_PROFILE", "PASQAL_CONFIG_ROOT", "QCS_SETTINGS_FILE_PATH",
    "QCS_SECRETS_FILE_PATH", "QCS_PROFILE_NAME", "QCS_SECRETS_READ_ONLY", "ANYQPU_EMULATOR", "HOME",
)  # fmt: skip
VALUES: dict[str, str] = {
    **{
        name: word
        for name, word in texts.WORDS.items()
        if "\x00" not in word and len(word) < 100_000 and PLANTED not in word
    },
    "a proxy": "http://127.0.0.1:1",
    "a proxy without scheme": "127.0.0.1:1",
    "a proxy with password": f"http://user:{PLANTED}@127.0.0.1:1",
    "a proxy with odd password": f"http://us%er:{PLANTED}%@@127.0.0.1:1",
    "a socks proxy": "socks5://127.0.0.1:1",
    "a socks4 proxy": "socks4://127.0.0.1:1",
    "a secret as proxy": f"{PLANTED}@127.0.0.1",
    "a proxy with bad port": "http://127.0.0.1:x",
    "a proxy with large port": "http://127.0.0.1:99999",
    "a proxy with brackets": "http://[::1",
    "an ftp proxy": "ftp://127.0.0.1:1",
    "a list of hosts": "localhost,127.0.0.0/8,[::1],.example.com,*,,x:y",
    "bad network": "10.0.0.0/99,::/200,1.2.3/x",
    "zeros": "/dev/zero",
    "null device": "/dev/null",
    "a folder": "/tmp",
    "no file": "/nonexistent/x",
    "itself": "/proc/self/environ",
    "a long path": "/" + "a/" * 3_000,
    "a long name": "/" + "a" * 300,
    "home of another user": "~daemon/x",
    "home": "~",
    "a variable": "${HOME}$HOME$$${",
    "https": "https://api.example.com",
    "with a user": f"https://user:{PLANTED}@api.example.com",
    "with a query": "https://api.example.com/?a=b#c",
    "with a brace": "https://api.example.com/{x}",
    "without host": "https://",
    "upper": "HTTPS://API.EXAMPLE.COM",
    "with a space": "https://api example.com",
    "IDN": "https://bücher.example",
    "bad IDN": "https://" + "ü" * 70 + ".example",
    "a dot": "https://.example.com",
    "two dots": "https://a..b",
    "http": "http://api.example.com",
    "loopback": "http://127.0.0.1:1",
    "1": "1",
    "yes": "yes",
    "sa": "sa",
}
NAMES = list(VALUES)
PLAIN = [name for name, value in VALUES.items() if PLANTED not in value]
# A file holds credentials already. Another one could become the name of a profile, which errors do show.
PLAIN_WORDS = [name for name, word in texts.WORDS.items() if PLANTED not in word]
ARGUMENTS = ("profile", "base_url", "emulator", "proxy", "verify", "token_cache")


def _value_for(chance: random.Random, name: str) -> str:
    """An odd value; one with a credential only where one may stand."""
    # Settings and variables in which a credential may stand, and must stay hidden.
    hidden = name.lower().endswith(("token", "key", "secret", "url", "issuer", "proxy", "password"))
    return chance.choice(NAMES if hidden else PLAIN)


async def cases(chance: random.Random, number: int) -> AsyncIterator[Case]:
    """So many cases: `[part, provider, edits of files, variables, arguments, whether a request is made]`."""
    for _ in range(number):
        provider = chance.choice(list(FILES))
        files: list[Any] = []
        for name in (OUR_FILE, *FILES[provider]):
            if chance.random() < 0.4:
                kind = chance.random()
                if kind < 0.08:
                    files.append([name, [["kind", chance.choice(KINDS)]]])
                else:
                    count = chance.choice((1, 1, 2, 3))
                    files.append([name, [texts.choose(chance, names=PLAIN_WORDS) for _ in range(count)]])
        variables: list[Any] = []
        names = [name for item in anyqpu.available_providers()[provider].environment.values() for name in item]
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
            name = chance.choice((*names, *PLACES, *NETWORK, *NETWORK))
            variables.append([name, _value_for(chance, name)])
        arguments: list[Any] = []
        if chance.random() < 0.3 or not (files or variables):
            name = chance.choice((*ARGUMENTS, *anyqpu.available_providers()[provider].environment))
            arguments.append([name, _value_for(chance, name)])
        yield [PART, provider, files, variables, arguments, chance.random() < 0.4]


async def run_case(case: Case, *, deep: bool) -> Finding | None:
    """Run one case; None if it ends as promised."""
    _, provider, files, variables, arguments, asks = case
    folder = Path(tempfile.mkdtemp(prefix="anyqpu-fuzz-"))
    try:
        _write(folder, provider, files)
        with _environment(folder, variables), _no_network():
            await _use(provider, {name: VALUES[value] for name, value in arguments}, asks)
    except AnyQPUError as error:
        try:
            check_error(error, signatures=False)
            if deep:
                check_traceback(error)
        except BaseException as problem:
            return finding_of(problem, case)
    except TypeError as error:
        # The documented one: a keyword that is not there, or of another type.
        if "anyqpu/config/resolving.py" not in str(error.__traceback__) and not _is_documented(error):
            return finding_of(error, case)
    except BaseException as error:
        return finding_of(error, case)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return None


def _is_documented(error: TypeError) -> bool:
    return " takes no " in str(error) or "is not a text" in str(error)


async def _use(provider: str, arguments: dict[str, Any], asks: bool) -> None:
    client = anyqpu.connect(provider, retry=anyqpu.RetryPolicy(attempts=1), **arguments)  # type: ignore[call-overload]
    try:
        settings = client.settings
        shown = f"{settings!r} {settings} {client!r} {client.profile}"
        if PLANTED in shown:
            raise UnsafeError("a credential in the text form of settings")
        _check_pickle(settings)
        if asks:
            await client.devices().first()
    finally:
        await client.aclose()


def _check_pickle(settings: Any) -> None:
    """Settings either refuse to be pickled, or leave the credentials behind."""
    try:
        content = pickle.dumps(settings)
    except (TypeError, pickle.PicklingError):
        return
    if PLANTED.encode() in content:
        raise UnsafeError("a credential in pickled settings")


def _write(folder: Path, provider: str, files: list[Any]) -> None:
    contents = {OUR_FILE: OURS, **FILES[provider]}
    edits = dict(files)
    for name, text in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        values = edits.get(name, [])
        match values:
            case [["kind", "directory"]]:
                path.mkdir()
            case [["kind", "link to itself"]]:
                path.symlink_to(path)
            case [["kind", "link to nowhere"]]:
                path.symlink_to("/nonexistent/file")
            case [["kind", "link to zeros"]]:
                path.symlink_to("/dev/zero")
            case _:
                path.write_bytes(texts.edited(text, values))


@contextmanager
def _environment(folder: Path, variables: list[Any]) -> Iterator[None]:
    """The environment of a case: nothing of the process's own, and the folder as home."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update({"PATH": before.get("PATH", ""), "HOME": str(folder)})
    try:
        for name, value in variables:
            try:
                os.environ[name] = VALUES[value]
            except (ValueError, UnicodeEncodeError):
                continue  # the system does not take it
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _no_network() -> Iterator[None]:
    """Refuse every connection, and resolve no name."""

    def refuse(self: socket.socket, address: Any) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    def resolve(host: Any, *rest: Any, **options: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    before = socket.socket.connect, socket.getaddrinfo
    socket.socket.connect = refuse  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = resolve
    try:
        yield
    finally:
        socket.socket.connect, socket.getaddrinfo = before  # type: ignore[method-assign]


def nowhere() -> Player:
    """A transport on which every response is a 404."""

    def unchanged(number: int, exchange: Exchange) -> Exchange:
        return exchange

    return Player(Tape(), unchanged, secret=PLANTED)
