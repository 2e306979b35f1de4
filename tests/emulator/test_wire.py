"""What a released client of Kipu really sends, and what its result readers expect.

The requests were captured from qhub-quantum 1.18.1; the results are of the shapes that its parsers read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from anyqpu_emulator import Emulator

from .conftest import BELL, finished, kipu, run

pytestmark = pytest.mark.anyio
DATA = Path(__file__).parent / "data"
WIRE: list[dict[str, Any]] = json.loads((DATA / "kipu_wire_qhub_quantum_1.18.1.json").read_text(encoding="utf-8"))
EXAMPLES: dict[str, Any] = json.loads((DATA / "kipu_per_backend.json").read_text(encoding="utf-8"))
IBM: dict[str, Any] = json.loads((DATA / "kipu_ibm_sampler_bell.json").read_text(encoding="utf-8"))
CAPTURED_JOB = "5904a9f2-f43b-453d-9d08-beedcdb93e54"


def shape(value: Any) -> Any:
    """The structure without the numbers; counts and the like are any texts to numbers."""
    if isinstance(value, dict):
        if value and all(set(key) <= set("0123456789") for key in value):
            return "counts"
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value and isinstance(value[0], dict) else "list"
    return "number" if isinstance(value, int | float) else "text"


async def test_replay(emulator: Emulator) -> None:
    """The captured session as it was, with nulls and bare QASM; only the job's id differs."""
    job, results = "", []
    for request in WIRE:
        async with kipu(emulator, **request["headers"]) as client:
            path = request["path"].replace(CAPTURED_JOB, job)
            if path.endswith("/result"):
                await finished(client, job)
            response = await client.request(
                request["method"],
                f"http://emulator/kipu{path}",
                content=request["body"] or None,
                headers={"content-type": "application/json"} if request["body"] else {},
            )
        assert response.is_success, response.text
        if request["method"] == "POST":
            job = response.json()["id"]
        if path.endswith("/result"):
            results.append(response.json())
        if "/jobs?" in path:
            assert response.json()["total_elements"] == 3
    assert [shape(result) for result in results] == [
        {"counts": "counts", "metadata": {"num_qubits": "number"}},
        {"histogram": "counts"},
        {"counts": "counts", "memory": "list"},
    ]
    assert set(results[0]["counts"]) == set(results[2]["counts"]) == {"00", "11"}
    assert results[1]["histogram"] == {"0": pytest.approx(0.5), "3": pytest.approx(0.5)}


@pytest.mark.parametrize("mode", ["sample", "statevector", "amplitudes"])
async def test_qsim_example(emulator: Emulator, mode: str) -> None:
    example = EXAMPLES["kipu.sim.qsim"]
    params = {"mode": mode} | ({"bitstrings": ["10"]} if mode == "amplitudes" else {})
    expected = next(result["body"] for result in example["results"] if result["mode"] == mode)
    async with kipu(emulator) as client:
        assert await run(client, {**example["create"], "input_params": params}) == expected


@pytest.mark.parametrize("backend", ["azure.ionq.simulator", "iqm.qpu.garnet"])
async def test_native_example(emulator: Emulator, backend: str) -> None:
    example = EXAMPLES[backend]
    async with kipu(emulator) as client:
        result = await run(client, example["create"])
        assert shape(result) == shape(example["result"])
        job = (await client.get("/jobs")).json()["content"][0]
        assert job["input_params"] == example.get("job_input_params_echo", {})
    if backend == "iqm.qpu.garnet":
        entry = result["measurement_counts"][0]
        assert set(entry["counts"]) == {"00", "11"}
        assert sum(entry["counts"].values()) == 100


async def test_ibm_example_with_text_instead_of_qpy(emulator: Emulator) -> None:
    text = 'OPENQASM 3.0; include "stdgates.inc"; bit[2] c; h $0; cx $0, $1; c[0] = measure $0; c[1] = measure $1;'
    create = json.loads(json.dumps(IBM["create_job"]))
    create["input"]["pubs"][0][0] = text
    async with kipu(emulator) as client:
        assert shape(await run(client, create)) == shape(IBM["result_counts_form"])
        assert (await run(client, IBM["create_job"]))["error"]["code"] == "UNSUPPORTED_PROGRAM"


FORMS = [
    BELL,
    {"qasm": BELL},
    {"backendId": "kipu.sim.qsim", "qasm": BELL},
    {"backendId": "kipu.sim.qsim", "value": {"qasm": BELL}},
    {"backendId": "kipu.sim.qsim", "value": BELL},
]


@pytest.mark.parametrize("form", FORMS, ids=["bare", "object", "discriminator inside", "value", "bare value"])
async def test_forms_of_input(emulator: Emulator, form: object) -> None:
    optional = ("name", "tags", "session_id", "qasm", "input_format", "input_params", "sdk_provider")
    body = {"backend_id": "kipu.sim.qsim", "shots": 10, "input": form, **dict.fromkeys(optional)}
    async with kipu(emulator) as client:
        assert set((await run(client, body))["counts"]) <= {"00", "11"}
        job = (await client.get("/jobs")).json()["content"][0]
        assert {"name", "tags", "session_id"}.isdisjoint(job)
        assert (job["input_format"], job["sdk_provider"]) == ("OPEN_QASM_V2", "CLIENT")
        assert (await client.get(f"/jobs/{job['id']}/input")).json() == {"qasm": BELL}
