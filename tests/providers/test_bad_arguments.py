"""Refuse arguments that cannot be meant before any request: at Pasqal and Rigetti, programs at all four."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

import anyqpu
from anyqpu import Program, ProgramFormat, errors
from anyqpu.providers.pasqal import PasqalJob
from tests.support.odd import client_with, response

pytestmark = pytest.mark.anyio

ID = "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10"
START = datetime(2030, 1, 1, tzinfo=UTC)
BELL = "DECLARE ro BIT[1]\nMEASURE 0 ro[0]"
GOOD: dict[str, Any] = {
    "id": ID,
    "device": "D",
    "shots": 10,
    "program": BELL,
    "jobs": [PasqalJob(shots=1)],
    "start": START,
    "end": START + timedelta(hours=1),
    "duration": 900,
    "slot": "D",
    "reservation": 42,
    "endpoint": "e",
    "group": "g",
    "invoice": "i",
    "name": "pyquil",
    "version": "1.0.0",
    "old_password": "a",
    "new_password": "b",
    "token": "t",
    "email": "ada@example.org",
    "workload_type": "qadence_circuit",
    "backend": "pyqtorch",
    "config": {},
    "batch": ID,
    "session": ID,
    "batches": [ID],
    "tags": ["a"],
    "handle": f"anyqpu:pasqal:job:{ID}",
}
# Of no parameter can these be meant.
NEVER: dict[str, Any] = {
    "half a character": "\ud800",
    "an object": object(),
    "bytes": b"x",
    "not a number": float("nan"),
    "thousands of digits": 10**5000,
    "a list of numbers": [1],
}
# Parameters that another parameter needs, and those that may have values of any type.
NEEDED: dict[str, dict[str, Any]] = {
    "reserve": {"start": START, "end": START + timedelta(hours=1)},
    "batch": {"program": "{}", "jobs": [PasqalJob(shots=1)]},
    "engage": {"device": "D"},
    "add_to_group": {"email": "ada@example.org"},
    "remove_from_group": {"email": "ada@example.org"},
}
INTERNAL = {"wait_for_job", "result_of_job", "events_of_job", "aclose"}
NOT_CHECKED = {"on_update", "cancel_remote", "parameters", "config", "variables"}


def methods(provider: str) -> list[tuple[str, str]]:
    """Return the parameters of all public methods of a client."""
    client = anyqpu.connect(provider, emulator="http://127.0.0.1:9")  # type: ignore[call-overload]
    cases: list[tuple[str, str]] = []
    for name in sorted(dir(client)):
        method = getattr(client, name)
        if name.startswith("_") or name in INTERNAL or not inspect.isroutine(method):
            continue
        parameters = inspect.signature(method).parameters.values()
        cases += [
            (name, parameter.name)
            for parameter in parameters
            if parameter.kind in {parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY}
            and parameter.name not in NOT_CHECKED
        ]
    return cases


async def call(client: Any, name: str, arguments: dict[str, Any]) -> None:
    made = getattr(client, name)(**arguments)
    if hasattr(made, "__await__"):
        await made
    elif hasattr(made, "collect"):
        await made.collect(limit=1)
    elif hasattr(made, "__aenter__"):
        async with made:
            pass


@pytest.mark.parametrize(
    ("provider", "name", "parameter"),
    [(provider, *parameter) for provider in ("pasqal", "rigetti") for parameter in methods(provider)],
)
async def test_bad_values_are_refused_before_any_request(
    anyio_backend: str, provider: str, name: str, parameter: str
) -> None:
    sent: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return response({"code": "not_found", "message": "not found"}, 404)

    async with client_with(provider, respond) as client:
        signature = inspect.signature(getattr(client, name)).parameters.values()
        needed = {item.name: GOOD.get(item.name, "x") for item in signature if item.default is item.empty}
        for value in NEVER.values():
            arguments = needed | NEEDED.get(name, {}) | {parameter: value}
            arguments.pop("arguments", None)
            arguments.pop("options", None)
            arguments.pop("filters", None)
            if parameter == "user":
                arguments.pop("email", None)
            with pytest.raises((errors.ValidationError, errors.UnsupportedOperationError)):
                await call(client, name, arguments)
            assert sent == []


@pytest.mark.parametrize("provider", ["kipu", "pasqal", "rigetti", "scaleway"])
@pytest.mark.parametrize("format", [ProgramFormat.OPENQASM3, ProgramFormat.QUIL, ProgramFormat.PULSER_JSON])
async def test_programs_with_half_a_character_are_refused_before_any_request(
    anyio_backend: str, provider: str, format: ProgramFormat
) -> None:
    sent: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return response({"code": "not_found", "message": "not found"}, 404)

    text = "// \ud800\nOPENQASM 3.0;\nqubit q;"
    async with client_with(provider, respond) as client:
        for program in (text, Program(text, format)):
            with pytest.raises(errors.ValidationError, match=r"line 1 has half of a surrogate pair \(U\+D800\)"):
                await client.submit(program, device="D", shots=10)
        assert sent == []


@pytest.mark.parametrize(
    "id", ["", ".", "..", " ", "mine", "{5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10}", "\ud800", None, 7]
)
async def test_identifiers_of_pasqal_are_uuids(anyio_backend: str, id: Any) -> None:
    async with client_with("pasqal", lambda _: response({}, 500)) as client:
        for method in (client.job, client.get_batch, client.get_session, client.get_workload):
            with pytest.raises(errors.ValidationError, match=r"invalid identifier|id is a text") as caught:
                await method(id)
            assert caught.value.status_code is None
