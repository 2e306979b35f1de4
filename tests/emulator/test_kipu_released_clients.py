"""What driving released clients has shown about Kipu: each of these made one fail."""

from __future__ import annotations

import base64
import io
import json
import zlib
from pathlib import Path

import numpy as np
import pytest

from anyqpu_emulator import Emulator

from .conftest import kipu, run

pytestmark = pytest.mark.anyio
QPY = {"__type__": "QuantumCircuit", "__value__": "eJwL9Az29gzhY2JiYoAAxoJCBpY0Bg4g"}
X_ON_3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nbit[2] c;\nx $3;\nc[0] = measure $3;\nc[1] = measure $4;\n'
BELENOS = "quandela.sim.belenos"
WRITTEN = json.loads((Path(__file__).parent / "scaleway" / "data" / "perceval.json").read_text(encoding="utf-8"))


def array(values: list[float]) -> dict:
    buffer = io.BytesIO()
    np.save(buffer, np.array(values))
    return {"__type__": "ndarray", "__value__": base64.b64encode(zlib.compress(buffer.getvalue())).decode()}


def sampler(pubs: list, *programs: str) -> dict:
    body = {"backend_id": "ibm.qpu.fez", "shots": 100, "input": {"pubs": pubs, "version": 2, "support_qiskit": True}}
    if programs:
        named = [{"qasm": text, "name": f"circuit-{place}"} for place, text in enumerate(programs)]
        body["qasm"] = {"format": "openqasm.v3", "programs": named}
    return body


async def test_circuits_that_only_qiskit_reads_run_from_the_text_beside_them(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        result = await run(client, sampler([[QPY, array([]), 7], [QPY, None, None]], X_ON_3, X_ON_3))
    pubs = result["__value__"]["pub_results"]
    fields = [pub["__value__"]["data"]["__value__"]["fields"]["c"]["__value__"] for pub in pubs]
    assert [field["array"]["counts"] for field in fields] == [{"01": 7}, {"01": 100}]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (sampler([[QPY, None, 7]]), "Qiskit"),
        (sampler([[QPY, None, 7], [QPY, None, 7]], X_ON_3), "Qiskit"),
        (sampler([[QPY, None, 7]]) | {"qasm": {"programs": [{"qasm": 5}]}}, "Qiskit"),
        (sampler([[QPY, None, 7]]) | {"qasm": {"programs": [None]}}, "Qiskit"),
        (sampler([[QPY, array([0.5]), 7]], X_ON_3), "parameter values are not emulated"),
        (sampler([[QPY, {"__type__": "ndarray", "__value__": "eJw="}, 7]], X_ON_3), "parameter values"),
        (sampler([[QPY, {"__type__": "ndarray", "__value__": "no base64"}, 7]], X_ON_3), "parameter values"),
        (sampler([[QPY, {"theta": [0.5]}, 7]], X_ON_3), "parameter values"),
    ],
)
async def test_what_of_them_is_not_computed(emulator: Emulator, body: dict, words: str) -> None:
    async with kipu(emulator) as client:
        assert words in (await run(client, body))["error"]["message"]


async def test_photons(emulator: Emulator) -> None:
    """In both wrappings; probabilities come without shots."""
    payload = {
        "command": "sample_count",
        "experiment": WRITTEN["experiment"],
        "max_shots": 1000,
        "max_samples": 500,
        "parameters": {"min_detected_photons": 2},
    }
    async with kipu(emulator) as client:
        for program in (payload, {"backendId": BELENOS, "value": payload}):
            body = {"backend_id": BELENOS, "shots": 1000, "input": program, "input_format": "PERCEVAL"}
            result = await run(client, body)
            assert set(result) == {"duration", "intermediate_results", "results", "results_type"}
            unpacked = unzipped(json.loads(result["results"])["results"])
            assert unpacked.startswith(":PCVL:BSCount:{")
            assert sum(int(pair.partition("=")[2]) for pair in unpacked[15:-1].split(";")) == 500
        likely = {**payload, "command": "probs"}
        result = await run(client, {"backend_id": BELENOS, "shots": 0, "input": likely})
        assert ":PCVL:BSDistribution:" in unzipped(json.loads(result["results"])["results"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"parameters": {"g2": 0.1}}, "parameters"),
        ({"parameters": {"min_detected_photons": 3}}, "3 photons should be seen, and 2 enter"),
        ({"min_detected_photons": "3"}, "whole number"),
        ({"noise": ":PCVL:NoiseModel:"}, "noise"),
    ],
)
async def test_photons_that_are_not_computed(emulator: Emulator, change: dict, words: str) -> None:
    program = {"command": "sample_count", "experiment": WRITTEN["experiment"], **change}
    async with kipu(emulator) as client:
        result = await run(client, {"backend_id": BELENOS, "shots": 10, "input": program})
        assert words in result["error"]["message"]


def unzipped(text: str) -> str:
    return zlib.decompress(base64.b64decode(text.removeprefix(":PCVL:zip:"))).decode()
