"""Sequences of Pulser: in the form of Scaleway's package for it, and in qio's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from anyqpu_emulator import Emulator
from tests.emulator.pasqal.helpers import BY_VARIABLE, FLIP, PI

from .support import finished, new_model, new_session, qio_model, results, scaleway

pytestmark = pytest.mark.anyio
FRESNEL = "QPU-FRESNEL-100PQ"


async def run(client: Any, session: dict[str, Any], parameters: dict[str, Any], **more: Any) -> Any:
    """As the package sends it: the sequence is the session's model, and the circuit is empty."""
    body = {
        "name": "j",
        "session_id": session["id"],
        "circuit": {"qiskit_circuit": None},
        "parameters": json.dumps(parameters),
        **more,
    }
    job = (await client.post("/jobs", json=body)).json()["id"]
    view = await finished(client, job)
    items = await results(client, job)
    return json.loads(items[0]) if items else view["progress_message"]


@pytest.mark.parametrize("form", ["text", "object", "qio"])
async def test_a_flipped_atom_is_always_excited(emulator: Emulator, form: str) -> None:
    payloads: dict[str, Any] = {
        "text": {"sequence": FLIP, "backend_configuration": None},
        "object": {"sequence": json.loads(FLIP)},
        "qio": qio_model(FLIP, compressed=True, number=7),
    }
    async with scaleway(emulator) as client:
        model = await new_model(client, payloads[form])
        settings = json.dumps({"backend_configuration": None})
        session = await new_session(client, FRESNEL, model_id=model, parameters=settings)
        assert await run(client, session, {"runs": 30}) == {"counter": {"1": 30}}


async def test_each_job_has_values_of_its_own(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        model = await new_model(client, {"sequence": BY_VARIABLE})
        session = await new_session(client, FRESNEL, model_id=model)
        for omega, bit in ((2 * PI, "1"), (0.0, "0")):
            variables = {"omega": [omega]}
            assert await run(client, session, {"runs": 9, "variables": variables}) == {"counter": {bit: 9}}


@pytest.mark.parametrize(
    ("payload", "parameters", "words"),
    [
        ({"sequence": FLIP, "backend_configuration": "{}"}, {"runs": 5}, "no backend_configuration"),
        ({"sequence": FLIP}, {"runs": 2001}, "1 to 2000"),
        ({"sequence": "{"}, {"runs": 5}, "not JSON"),
        (qio_model("OPENQASM 2.0;"), {"runs": 5}, "sequences of Pulser"),
    ],
)
async def test_what_is_not_computed_says_so(
    emulator: Emulator, payload: Any, parameters: dict[str, Any], words: str
) -> None:
    async with scaleway(emulator) as client:
        session = await new_session(client, FRESNEL, model_id=await new_model(client, payload))
        assert words in await run(client, session, parameters)


async def test_a_session_with_noise_takes_no_jobs(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        settings = json.dumps({"backend_configuration": '{"noise_model": {}}'})
        model = await new_model(client, {"sequence": FLIP})
        session = await new_session(client, FRESNEL, model_id=model, parameters=settings)
        response = await client.post("/jobs", json={"name": "j", "session_id": session["id"], "circuit": {}})
        assert response.status_code == 400
        assert "backend_configuration" in response.text
