"""An error of `connect` shows no credential, nor does a traceback with local variables, whatever is wrong."""

from __future__ import annotations

import inspect
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.traceback import Traceback

import anyqpu
from anyqpu import connect, errors
from anyqpu.transport.http import AsyncTransport

pytestmark = pytest.mark.anyio

CANARY = "canary-7d1b"
USER: dict[str, Any] = {"username": "ada", "password": CANARY, "client_id": "c"}
CREDENTIALS: dict[str, dict[str, Any]] = {
    "kipu": USER,
    "pasqal": {"username": "ada", "password": CANARY, "project_id": "p"},
    "rigetti": {"client_id": "c", "client_secret": CANARY},
    "scaleway": {"secret_key": CANARY, "project_id": "p"},
}
# Wrong values of options; those with the canary are addresses and values that hold a credential themselves.
WRONG: list[dict[str, Any]] = [
    {"auth_url": "nowhere"},
    {"auth_url": "https://[broken"},
    {"auth_url": "http://example.com/token"},
    {"auth_url": f"https://user:{CANARY}@example.com/token"},
    {"auth_url": f"https://example.com:{CANARY}/token"},
    {"auth_url": "https://example.com/to\nken"},
    {"auth_url": 5},
    {"base_url": 5},
    {"base_url": "nowhere"},
    {"base_url": "http://example.com"},
    {"base_url": f"https://user:{CANARY}@example.com"},
    {"base_url": f"https://user:{CANARY}@[broken"},
    {"base_url": f"ftp://user:{CANARY}@example.com"},
    {"base_url": f"https://example.com/?token={CANARY}"},
    {"timeout": "5"},
    {"timeout": 0},
    {"timeout": -1},
    {"timeout": float("nan")},
    {"timeout": float("inf")},
    {"timeout": True},
    {"timeout": [CANARY]},
    {"retry": 3},
    {"limits": 10},
    {"limits": {"connections": 1}},
    {"poll": 1.0},
    {"poll": CANARY},
    {"search": 4},
    {"hooks": object()},
    {"http2": "yes"},
    {"transport": "requests"},
    {"transport": 5},
    {"transport": Path},
    {"emulator": 5},
    {"emulator": f"user:{CANARY}@127.0.0.1"},
    {"emulator": f"http://user:{CANARY}@127.0.0.1:1"},
    {"emulator": "http://example.com"},
    {"token_cache": 5},
    {"profile": 5},
    {"profile": "not-there"},
    {"proxy": f"http://user:{CANARY}@127.0.0.1:1", "profile": "not-there"},
    {"project_id": f"a\n{CANARY}", "region": "mars"},
    {"tokn": CANARY},
    {"organization_id": [CANARY]},
]


def chain(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def everything_shown(error: BaseException) -> str:
    """All that error trackers show: texts, arguments, and the local variables of every frame but those of the tests."""
    shown: list[str] = []
    for cause in chain(error):
        shown += [str(cause), repr(cause), repr(cause.args), repr(vars(cause))]
        frames = traceback.TracebackException.from_exception(cause, capture_locals=True).stack
        shown += [f"{frame.name} {frame.locals}" for frame in frames if frame.filename != __file__]
        entry = cause.__traceback__
        while entry is not None:
            if entry.tb_frame.f_code.co_filename == __file__:
                # Rich's tracebacks show the values inside containers and dataclasses; cut off the frame of the test.
                entry = entry.tb_next
                continue
            # Without the lines of source beside them, which take most of the time.
            trace = Traceback.extract(type(cause), cause, entry, show_locals=True, locals_max_length=1000)
            rich_frames = [frame for stack in trace.stacks for frame in stack.frames]
            shown += [str(node) for frame in rich_frames for node in (frame.locals or {}).values()]
            # As cgitb and inspect print frames: with the values of their arguments, which must still be there.
            shown += [inspect.formatargvalues(*inspect.getargvalues(frame)) for frame, _ in traceback.walk_tb(entry)]
            break
    return "\n".join(shown)


def refusal(provider: Any, options: dict[str, Any]) -> BaseException:
    with pytest.raises((errors.ConfigError, TypeError)) as caught:
        connect(provider, **options)
    return caught.value


def name_of(wrong: dict[str, Any]) -> str:
    """The same in every run: without addresses of objects, and without credentials."""
    return re.sub(r" at 0x\w+", "", ascii(wrong).replace(CANARY, "***"))


@pytest.mark.parametrize("provider", CREDENTIALS)
@pytest.mark.parametrize("wrong", WRONG, ids=name_of)
def test_a_wrong_option_is_an_error_without_a_credential(provider: Any, wrong: dict[str, Any]) -> None:
    error = refusal(provider, {**CREDENTIALS[provider], **wrong})
    # TypeError is for names that the cloud does not have, and credentials that are not texts.
    assert isinstance(error, errors.ConfigError) or "takes no" in str(error) or "must be a text" in str(error)
    assert CANARY not in everything_shown(error)


@pytest.mark.parametrize("credential", ["\n", "\0", "\x1b[31m", "ä", "\udcff", " "])
@pytest.mark.parametrize("provider", CREDENTIALS)
def test_a_credential_that_cannot_be_sent_is_refused_without_showing_it(provider: Any, credential: str) -> None:
    options = {name: value.replace(CANARY, CANARY + credential + "x") for name, value in CREDENTIALS[provider].items()}
    if credential == " " or (credential == "ä" and provider != "scaleway"):
        # A form can hold any text, a header any printable ASCII.
        connect(provider, **options)
        return
    error = refusal(provider, options)
    assert CANARY not in everything_shown(error)
    name = next(name for name, value in options.items() if CANARY in value)
    assert f"argument {name} has" in str(error) or "X-Auth-Token" in str(error)


@pytest.mark.parametrize(
    "variable", ["KQH_PERSONAL_ACCESS_TOKEN", "PASQAL_PASSWORD", "SCW_SECRET_KEY", "QCS_REFRESH_TOKEN"]
)
@pytest.mark.parametrize("odd", ["\n", "\x1b", "\udcff", "\x85"], ids=ascii)
def test_a_variable_that_cannot_be_used_is_named_and_not_shown(
    variable: str, odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider: Any = {"K": "kipu", "P": "pasqal", "S": "scaleway", "Q": "rigetti"}[variable[0]]
    monkeypatch.setenv(variable, f"{CANARY}{odd}{CANARY}")
    with pytest.raises(errors.ConfigError, match=f"environment variable {variable} has") as caught:
        connect(provider)
    assert CANARY not in everything_shown(caught.value)


def test_a_base_url_from_a_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QHUB_QUANTUM_BASE_URL", f"https://u:{CANARY}@[broken")
    with pytest.raises(errors.ConfigError, match="environment variable QHUB_QUANTUM_BASE_URL") as caught:
        connect("kipu", token=CANARY)
    assert CANARY not in everything_shown(caught.value)


@pytest.mark.parametrize("provider", [None, 5, ["kipu"], b"kipu", "ibm"])
def test_another_provider_is_refused(provider: Any) -> None:
    with pytest.raises(errors.ConfigError, match="unknown provider"):
        connect(provider)


async def test_an_error_of_resume_shows_no_option(anyio_backend: str) -> None:
    for options in ({"token": CANARY, "base_url": "nowhere"}, {"token": CANARY, "base_url": "http://127.0.0.1:1"}):
        with pytest.raises(errors.AnyQPUError) as caught:
            await anyqpu.resume("anyqpu:kipu:job:1", **options, retry=anyqpu.RetryPolicy(attempts=1))
        assert CANARY not in everything_shown(caught.value)


def test_a_transport_of_httpx_is_taken() -> None:
    class Nothing(AsyncTransport):
        pass

    connect("kipu", token="t", transport=Nothing())
