"""Any file and any variable gives settings or a ConfigError: in time, and without a value in it."""

from __future__ import annotations

import json
import os
import time
import traceback
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as configured
from hypothesis import strategies as st

from anyqpu import config
from anyqpu.config.settings import SECRETS
from anyqpu.errors import ConfigError

from .conftest import CANARY, Resolve, refused

FILES = {
    ".config/anyqpu/config.toml": (
        "kipu",
        f'default_profile = "work"\n[profiles.work.kipu]\ntoken = "{CANARY}"\norganization_id = "o"\n',
    ),
    ".config/qhubctl/config.json": (
        "kipu",
        json.dumps({"auth": {"type": "API_KEY", "value": CANARY}, "context": {"isOrganization": True, "id": "o"}}),
    ),
    ".config/scw/config.yaml": (
        "scaleway",
        f"secret_key: {CANARY}\nactive_profile: a\nprofiles:\n  a:\n    secret_key: {CANARY}\n",
    ),
    ".pasqal/config": ("pasqal", f"username=ada\npassword={CANARY}\ntoken = '{CANARY}'\n"),
    ".qcs/settings.toml": (
        "rigetti",
        '[profiles.default]\napi_url = "https://x"\nauth_server_name = "d"\n[auth_servers.d]\nclient_id = "c"\n',
    ),
    ".qcs/secrets.toml": (
        "rigetti",
        f'[credentials.default.token_payload]\naccess_token = "{CANARY}"\nrefresh_token = "{CANARY}"\n'
        'expires_in = 3600\nupdated_at = "2024-01-01T00:00:00Z"\n',
    ),
}
PIECES = [
    *("\0", "\x1b", "\n", "\r", "\x85", '"', "'", "[", "]", "{", "}", "=", ":", "- ", "#", "[[", ".", "\\", "\\ud800"),
    *("1", "true", "null", "~", "1e400", "nan", "2024-01-01", "0x" + "f" * 5000, "9" * 5000),
    *("&a ", "*a", "<<: ", "!!set "),
]
each_file = pytest.mark.parametrize("name", FILES)


def outcome(home: Path, provider: str, environ: dict[str, str] | None = None) -> config.Settings | ConfigError:
    try:
        return config.resolve(provider, {}, environ=environ or {}, home=home)
    except ConfigError as error:
        return error


@each_file
@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "device", "unreadable", "too long"])
def test_what_is_not_a_small_file_is_refused_at_once(
    resolve: Resolve, home: Path, name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / name
    path.parent.mkdir(parents=True)
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "loop":
            path.symlink_to(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "too long":
            path.write_bytes(b"# x\n" * 2_000_000)
        case _:
            path.write_text(FILES[name][1])

            def denied(*arguments: Any) -> int:
                raise PermissionError(13, "Permission denied")

            # Not by its mode: the superuser may read any file.
            monkeypatch.setattr("anyqpu._files.os.open", denied)
    said = refused(resolve, FILES[name][0])
    assert ": the file cannot be read: " in said
    assert str(path) in said or kind == "unreadable"


@each_file
@pytest.mark.parametrize(
    "content",
    [
        *(
            b"\xff\xfe" + CANARY.encode("utf-16-le"),
            CANARY.encode() + b"\xff",
            b"\xed\xa0\x80",
            b"\0" + CANARY.encode(),
        ),
        *(b"[" * 200_000, b"{" * 200_000, b"- " * 30_000, b"a: " * 20_000, b"a=" + b"[" * 200_000, b'{"a":' * 40_000),
        b"a." * 100_000 + b"a = 1",
        b"a: &a [x, x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 120)),
        b"x: &x {" + b",".join(b"k%d: *x" % n for n in range(900)) + b"}",
        b"<<: &a {<<: *a}",
    ],
    ids=lambda content: ascii(content[:20]),
)
def test_a_damaged_file_is_an_error_in_time(home: Path, write: Any, name: str, content: bytes) -> None:
    write(name, content)
    began = time.monotonic()
    outcome_of_file = outcome(home, FILES[name][0])
    # Hours, without limits.
    assert time.monotonic() - began < 20
    assert CANARY not in str(outcome_of_file)


@each_file
@given(data=st.data())
@configured(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_change_of_a_file_gives_settings_or_an_error_that_names_it(
    home: Path, write: Any, name: str, data: st.DataObject
) -> None:
    provider, text = FILES[name]
    piece = st.sampled_from(PIECES) | st.text(max_size=5)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 30)))
        text = text[:start] + data.draw(piece) + text[end:]
    path = write(name, text.encode("utf-8", "surrogatepass"))
    outcome_of_file = outcome(home, provider)
    if isinstance(outcome_of_file, config.Settings):
        # A change can move the secret to another key, such as the user name, which is shown.
        assert {outcome_of_file.describe()[name][0] for name in outcome_of_file.keys() & SECRETS} <= {"***"}
        return
    assert str(path.parent) in str(outcome_of_file)
    shown = traceback.TracebackException.from_exception(outcome_of_file, capture_locals=True).stack
    frames = [str(frame.locals) for frame in shown if "/anyqpu/" in frame.filename]
    assert CANARY not in "".join([str(outcome_of_file), repr(vars(outcome_of_file)), *frames])


WRONG_TYPES: list[Any] = [5, True, 1.5, [CANARY], {"x": CANARY}, [[]], {}]


@pytest.mark.parametrize("value", WRONG_TYPES, ids=ascii)
@pytest.mark.parametrize(
    "keys", [("auth",), ("auth", "value"), ("context",), ("context", "isOrganization"), ("context", "id")]
)
def test_a_wrong_type_at_any_level_is_named(resolve: Resolve, write: Any, keys: tuple[str, ...], value: Any) -> None:
    document: dict[str, Any] = {"auth": {"value": CANARY}, "context": {"isOrganization": True, "id": "o"}}
    table = document
    for key in keys[:-1]:
        table = table[key]
    table[keys[-1]] = value
    path = write(".config/qhubctl/config.json", json.dumps(document))
    if (keys in {("auth",), ("context",)} and isinstance(value, dict)) or (
        keys[-1] == "isOrganization" and value is True
    ):
        resolve("kipu")  # a table without the key says nothing
        return
    said = refused(resolve, "kipu")
    assert said.startswith(f"kipu: {path}, line 1: {'.'.join(keys)} is ")


VARIABLES = {
    "kipu": ("KQH_PERSONAL_ACCESS_TOKEN", "KQH_ORGANIZATION_ID", "QHUB_QUANTUM_BASE_URL"),
    "scaleway": ("SCW_SECRET_KEY", "SCW_DEFAULT_PROJECT_ID", "SCW_API_URL"),
    "pasqal": ("PASQAL_TOKEN", "PASQAL_PASSWORD", "PASQAL_PROJECT_ID"),
    "rigetti": ("QCS_REFRESH_TOKEN", "QCS_SETTINGS_ACCOUNT_ID", "QCS_SETTINGS_AUTH_SERVER_ISSUER"),
}


@pytest.mark.parametrize(("provider", "variable"), [(p, name) for p, names in VARIABLES.items() for name in names])
@pytest.mark.parametrize(
    ("odd", "problem"),
    [
        ("\n", "a line break"),
        ("\r\n", "a line break"),
        ("\x1b", "a control character"),
        ("\udcff", "bytes that are not UTF-8"),
    ],
)
def test_a_variable_that_no_request_can_hold_is_named(
    resolve: Resolve, provider: str, variable: str, odd: str, problem: str
) -> None:
    said = refused(resolve, provider, {variable: f"{CANARY}{odd}{CANARY}"})
    assert said.startswith(f"{provider}: environment variable {variable} has {problem}")


@pytest.mark.parametrize(("provider", "variable"), [(p, name) for p, names in VARIABLES.items() for name in names])
def test_a_blank_variable_counts_as_not_set(resolve: Resolve, provider: str, variable: str) -> None:
    for blank in ("", " ", "\n", "\t \r\n"):
        assert not resolve(provider, {variable: blank})


@pytest.mark.parametrize(
    ("provider", "variable"),
    [
        *(("kipu", name) for name in ("ANYQPU_CONFIG_FILE", "ANYQPU_PROFILE", "KQH_CONFIG_FILE_PATH")),
        *(("scaleway", name) for name in ("SCW_CONFIG_PATH", "SCW_PROFILE")),
        ("pasqal", "PASQAL_CONFIG_ROOT"),
        *(("rigetti", name) for name in ("QCS_SETTINGS_FILE_PATH", "QCS_SECRETS_FILE_PATH", "QCS_PROFILE_NAME")),
    ],
)
@pytest.mark.parametrize(
    "value", ["no\nwhere", "\x1b[31m", "\udcff", "x" * 5000, "~", "/dev/zero", "/dev/null/x", "$HOME"]
)
def test_a_variable_that_names_what_is_not_there_is_an_error_that_names_it(
    home: Path, provider: str, variable: str, value: str
) -> None:
    outcome_of_file = outcome(home, provider, {variable: value})
    assert isinstance(outcome_of_file, ConfigError)
    assert variable in str(outcome_of_file) or ": the file cannot be read: " in str(outcome_of_file)
    assert str(outcome_of_file).isprintable()


@given(expires_in=st.integers() | st.floats() | st.sampled_from([10**400, -(10**400)]))
@configured(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_number_of_seconds_is_read_or_refused(home: Path, write: Any, expires_in: float) -> None:
    number = hex(expires_in) if isinstance(expires_in, int) and expires_in >= 0 else expires_in
    if isinstance(number, int) and abs(number) > 10**4000:
        number = 1
    text = FILES[".qcs/secrets.toml"][1].replace("3600", str(number))
    write(".qcs/secrets.toml", text)
    outcome_of_file = outcome(home, "rigetti")
    assert isinstance(outcome_of_file, config.Settings) or "expires_in is not a number of seconds" in str(
        outcome_of_file
    )
