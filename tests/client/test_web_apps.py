"""Handlers of FastAPI return the model's objects, and take them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from fastapi import FastAPI

import anyqpu
from anyqpu import Money

pytestmark = pytest.mark.anyio

BELL = Path(__file__).parents[2] / "examples" / "bell.qasm"
CANARY = "canary-7d41"


@pytest.fixture
async def things(anyio_backend: str) -> AsyncIterator[dict[str, Any]]:
    """Objects of emulated clouds, by class."""
    async with (
        anyqpu.connect("kipu", emulator=True) as kipu,
        anyqpu.connect("scaleway", emulator=True) as scaleway,
        anyqpu.connect("rigetti", emulator=True) as rigetti,
    ):
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        result = await job.result(timeout=60)
        (listed,) = await kipu.jobs().collect()
        async with scaleway.session(device="EMU-AER-16C-128M"):
            session = await scaleway.sessions().first()
        assert listed.handle.provider == "kipu"
        yield {
            "job": job,
            "listed": listed,
            "result": result,
            "counts": result.counts,
            "device": await scaleway.device("QPU-GARNET-20PQ"),
            "session": session,
            "calibration": await rigetti.calibration("Aspen-9"),
            "estimate": await scaleway.estimate_cost("QPU-GARNET-20PQ", shots=10),
            "money": Money(Decimal("0.10"), "EUR"),
            "handle": job.handle,
        }


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app")


def returning(app: FastAPI, path: str, value: Any, annotation: Any = None, **options: Any) -> None:
    async def handler() -> Any:
        return value

    handler.__annotations__ = {} if annotation is None else {"return": annotation}
    app.get(path, **options)(handler)


async def test_an_annotated_handler_returns_what_to_dict_returns(things: dict[str, Any]) -> None:
    app = FastAPI()
    for name, thing in things.items():
        kind = type(thing)
        returning(app, f"/{name}", thing, kind)
        returning(app, f"/{name}/model", thing, response_model=kind)
        returning(app, f"/{name}/list", [thing, thing], list[kind])  # type: ignore[valid-type]
        returning(app, f"/{name}/maybe", None, kind | None)
    async with client_of(app) as web:
        for name, thing in things.items():
            for path, expected in {
                "": thing.to_dict(),
                "/model": thing.to_dict(),
                "/list": [thing.to_dict()] * 2,
                "/maybe": None,
            }.items():
                response = await web.get(f"/{name}{path}")
                assert (response.status_code, response.json()) == (200, expected), (name, path)
        page = (await web.get("/openapi.json")).json()
        for name, thing in things.items():
            kind = type(thing).__name__
            content = page["paths"][f"/{name}"]["get"]["responses"]["200"]["content"]
            assert content["application/json"]["schema"] == {"$ref": f"#/components/schemas/{kind}"}
            jsonschema.validate(thing.to_dict(), page["components"]["schemas"][kind])
        assert (await web.get("/docs")).status_code == 200


async def test_a_handler_without_annotation_responds_too(things: dict[str, Any]) -> None:
    app = FastAPI()
    for name, thing in things.items():
        returning(app, f"/{name}", thing)
        returning(app, f"/{name}/list", [thing])
    async with client_of(app) as web:
        for name in things:
            response = await web.get(f"/{name}")
            assert response.status_code == 200, name
            assert (await web.get(f"/{name}/list")).json() == [response.json()]
        assert (await web.get("/job")).json()["id"] == things["job"].id
        assert (await web.get("/counts")).json() == dict(things["counts"])


async def test_a_handler_takes_what_another_returned(things: dict[str, Any]) -> None:
    app = FastAPI()

    async def counts(result: Any) -> Any:
        return result.counts

    counts.__annotations__ = {"result": anyqpu.Result, "return": anyqpu.Counts}
    app.post("/counts")(counts)
    async with client_of(app) as web:
        response = await web.post("/counts", json=things["result"].to_dict())
        assert response.json() == things["counts"].to_dict()
        refused = await web.post("/counts", json={"v": 1, "job_id": 5})
        assert refused.status_code == 422
        assert "invalid Result.job_id: expected a text, not 5" in refused.text


async def test_no_response_has_a_credential(anyio_backend: str) -> None:
    async with anyqpu.connect("kipu", emulator=True, token=CANARY) as kipu:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        app = FastAPI()
        returning(app, "/annotated", job, anyqpu.Job)
        returning(app, "/plain", job)
        async with client_of(app) as web:
            for path in ("/annotated", "/plain"):
                response = await web.get(path)
                assert response.status_code == 200
                assert CANARY not in response.text
