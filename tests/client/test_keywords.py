"""Unknown keywords and `device=None`: refused before any request, with what is valid."""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest

import anyqpu
import anyqpu.testing
from anyqpu.core.registry import own_providers
from anyqpu.errors import ValidationError
from tests.cli.shell import BELL

CREDENTIALS = {
    "scaleway": {"secret_key": "hush", "project_id": "22222222-2222-4222-8222-222222222222"},
    "kipu": {"token": "hush"},
    "pasqal": {"token": "hush", "project_id": "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"},
    "rigetti": {"access_token": "hush"},
}
REQUIRED: dict[str, Any] = {
    "program": BELL.read_text(encoding="utf-8"),
    "shots": 10,
    "start": datetime(2030, 1, 1, tzinfo=UTC),
    "end": datetime(2030, 1, 2, tzinfo=UTC),
    "duration": timedelta(minutes=15),
}


def refuse(request: httpx.Request) -> httpx.Response:
    raise AssertionError(f"{request.method} {request.url} was sent")


def client_of(provider: str) -> Any:
    options: dict[str, Any] = {"transport": httpx.MockTransport(refuse), **CREDENTIALS[provider]}
    return anyqpu.connect(provider, **options)


def methods_of(provider: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public method of a client and of its services."""
    client = client_of(provider)
    services = [
        part
        for name, part in vars(client).items()
        if not name.startswith("_") and type(part).__module__.startswith("anyqpu.providers.")
    ]
    for owner in [client, *services]:
        for name, method in inspect.getmembers(owner, inspect.ismethod):
            if not name.startswith("_"):
                yield f"{type(owner).__name__}.{name}", method


def taking_a_device(provider: str) -> list[Any]:
    return [
        pytest.param(method, id=name)
        for name, method in methods_of(provider)
        for device in [inspect.signature(method).parameters.get("device")]
        if device is not None and device.default is device.empty and "str" in str(device.annotation)
    ]


async def outcome(call: Callable[[], Any]) -> Any:
    """What a call returns, awaited, or the first item of a list."""
    value = call()
    if isinstance(value, anyqpu.Pager):
        return await cast("anyqpu.Pager[Any]", value).first()
    return await cast("Awaitable[Any]", value) if inspect.isawaitable(value) else value


@pytest.mark.anyio
@pytest.mark.parametrize("method", [param for provider in own_providers() for param in taking_a_device(provider)])
async def test_a_device_of_none_is_refused_before_any_request(anyio_backend: str, method: Callable[..., Any]) -> None:
    needed = {
        name: REQUIRED.get(name)
        for name, parameter in inspect.signature(method).parameters.items()
        if parameter.default is parameter.empty and not parameter.kind.name.startswith("VAR_")
    }
    with pytest.raises((ValidationError, anyqpu.errors.UnsupportedOperationError)) as caught:
        await outcome(lambda: method(**needed))
    if isinstance(caught.value, ValidationError):
        expected = (
            r"device (must be a Device or its identifier|is a text).*, not None|application is a text|start and end"
        )
        assert re.search(expected, str(caught.value))
        assert caught.value.status_code is None


@pytest.mark.anyio
@pytest.mark.parametrize("device", [None, "", " ", 7, b"x", object()])
@pytest.mark.parametrize("provider", own_providers())
async def test_what_is_not_a_device_is_refused_by_submit(anyio_backend: str, provider: str, device: Any) -> None:
    client = client_of(provider)
    with pytest.raises(ValidationError, match="device must be a Device or its identifier, not") as caught:
        await client.submit(REQUIRED["program"], device=device, shots=1)
    assert str(caught.value).endswith(". client.devices() lists them")
    assert caught.value.fields == ("device",)


@pytest.mark.parametrize("provider", own_providers())
@pytest.mark.parametrize(
    ("keyword", "nearest"),
    [("emulatr", "emulator"), ("base_ulr", "base_url"), ("time_out", "timeout"), ("profle", "profile")],
)
def test_connect_suggests_the_nearest_option_and_lists_all(provider: str, keyword: str, nearest: str) -> None:
    options: dict[str, Any] = {keyword: "hush"}
    with pytest.raises(TypeError) as caught:
        anyqpu.connect(provider, **options)
    message = str(caught.value)
    assert message.startswith(f"{provider} takes no {keyword} (did you mean {nearest}=?); there are ")
    listed = message.partition("there are ")[2].split(", ")
    signature = inspect.signature(anyqpu.connect).parameters.values()
    assert {parameter.name for parameter in signature if parameter.kind is parameter.KEYWORD_ONLY} <= set(listed)
    assert CREDENTIALS[provider].keys() <= set(listed)
    assert "hush" not in message


def test_a_keyword_like_no_other_is_listed_without_a_suggestion() -> None:
    with pytest.raises(TypeError, match=r"^kipu takes no zzz; there are token, "):
        anyqpu.connect("kipu", zzz=1)  # type: ignore[call-overload]


@pytest.mark.anyio
@pytest.mark.parametrize("provider", own_providers())
async def test_submit_suggests_the_nearest_keyword(anyio_backend: str, provider: str) -> None:
    client = client_of(provider)
    expected = r"Client\.submit\(\) takes no shot \(did you mean shots=\?\); there are program, device, shots, name, "
    with pytest.raises(TypeError, match=expected):
        await client.submit(REQUIRED["program"], device="x", shot=1)


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["jobs", "sessions", "batches", "workloads", "cancel_jobs", "rebatch"])
async def test_filters_suggest_the_nearest_too(anyio_backend: str, name: str) -> None:
    method = getattr(client_of("pasqal"), name)
    required = {"batch": "00000000-0000-4000-8000-000000000000"} if name in {"cancel_jobs", "rebatch"} else {}
    with pytest.raises(TypeError, match=r"takes no statuss \(did you mean status=\?\); there are "):
        await outcome(lambda: method(**required, statuss="DONE"))


@pytest.mark.anyio
async def test_every_way_to_connect_suggests(anyio_backend: str) -> None:
    unknown: dict[str, Any] = {"emulatr": True}
    with pytest.raises(TypeError, match=r"did you mean emulator=\?"):
        await anyqpu.resume("anyqpu:kipu:job:1", **unknown)
    with anyqpu.testing.emulated() as clouds, pytest.raises(TypeError, match=r"did you mean http2=\?"):
        clouds.connect("kipu", htpp2=True)


def test_no_other_public_callable_takes_any_keyword() -> None:
    """One that is added needs a check of its keywords, and a test above."""
    checked = {"connect", "resume", "batches", "jobs", "sessions", "workloads", "cancel_jobs", "rebatch", "list"}
    taking = {
        name.rpartition(".")[2]
        for provider in own_providers()
        for name, method in methods_of(provider)
        if any(part.kind is part.VAR_KEYWORD for part in inspect.signature(method).parameters.values())
    }
    for name in anyqpu.__all__:
        value = getattr(anyqpu, name)
        if inspect.isfunction(value) and inspect.getfullargspec(value).varkw is not None:
            taking.add(name)
    assert taking <= checked
