"""Programs in the forms of the clients, and results in the forms that they read."""

from __future__ import annotations

import json
import math

import httpx
import pytest

from anyqpu_emulator import Emulator

from .support import (
    BELL,
    DATA,
    X0,
    check_error,
    counts,
    finished,
    new_model,
    new_session,
    qio_model,
    results,
    run,
    scaleway,
    submit,
    unpack,
)

pytestmark = pytest.mark.anyio
EXAMPLES = json.loads((DATA / "qio_bell.json").read_text(encoding="utf-8"))
QASM_EXAMPLES = [name for name in EXAMPLES if name.startswith("program_qiskit")]
PLATFORMS = ["EMU-AER-16C-128M", "EMU-QSIM-16C-128M", "QPU-GARNET-20PQ"]


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("name", QASM_EXAMPLES)
async def test_bell(emulator: Emulator, name: str, platform: str) -> None:
    async with scaleway(emulator) as client:
        payload = {"programs": [EXAMPLES[name]], "backend": {}, "client": {}, "noise_model": None}
        (result,) = await run(client, payload, platform, shots=10_000)
    assert set(counts(result)) == {"0x0", "0x3"}
    assert abs(counts(result)["0x0"] - 5000) < 300
    header = result["results"][0]["header"]
    assert (header["n_qubits"], header["memory_slots"], header["creg_sizes"]) == (2, 2, [["c", 2]])
    assert result["success"] is True


@pytest.mark.parametrize("compressed", [False, True])
async def test_qubit_0_is_the_lowest_bit(emulator: Emulator, compressed: bool) -> None:
    async with scaleway(emulator) as client:
        (result,) = await run(client, qio_model(X0, compressed=compressed), shots=50)
    assert counts(result) == {"0x1": 50}
    assert "memory" not in result["results"][0]["data"]


async def test_memory(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        (result,) = await run(client, EXAMPLES["model_payload_string"], shots=100, memory=True)
    memory = result["results"][0]["data"]["memory"]
    assert {key: memory.count(key) for key in set(memory)} == counts(result)


async def test_several_programs_are_several_results_in_their_order(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        session = await new_session(client)
        model = await new_model(client, qio_model(X0, BELL, X0.replace("x q[0];", "")))
        job = (await submit(client, session["id"], model))["id"]
        await finished(client, job)
        for order in ("created_at_desc", "created_at_asc"):
            response = (await client.get(f"/jobs/{job}/results", params={"order_by": order})).json()
            outcomes = [set(counts(unpack(item["result"]))) for item in response["job_results"]]
            assert outcomes == [{"0x1"}, {"0x0", "0x3"}, {"0x0"}]
        second = (await client.get(f"/jobs/{job}/results?page=2&page_size=1")).json()
        assert (second["total_count"], len(second["job_results"])) == (3, 1)


async def test_the_old_form_gets_the_bare_result(emulator: Emulator) -> None:
    circuit = {"serialization_format": 2, "circuit_serialization": X0}
    program = {"client": {}, "backend": {}, "run": {"circuits": [circuit], "options": {"shots": 7, "memory": True}}}
    async with scaleway(emulator) as client:
        session = await new_session(client)
        body = {"name": "old", "sessionId": session["id"], "circuit": {"qiskitCircuit": json.dumps(program)}}
        job = (await client.post("/jobs", json=body)).json()["id"]
        view = await finished(client, job)
        (text,) = await results(client, job)
        assert view["result_distribution"] == text
        assert counts(json.loads(text)) == {"0x1": 7}
        assert json.loads(text)["results"][0]["data"]["memory"] == ["0x1"] * 7
        circuit_view = (await client.get(f"/jobs/{job}/circuit")).json()
        assert circuit_view == {"perceval_circuit": None, "qiskit_circuit": json.dumps(program)}


async def test_the_model_of_the_session_is_the_default(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        session = await new_session(client, model_id=await new_model(client, qio_model(X0)))
        job = (await submit(client, session["id"], None))["id"]
        assert (await finished(client, job))["model_id"] == session["model_id"]


@pytest.mark.parametrize("large", [False, True])
async def test_results_behind_a_link(emulator: Emulator, large: bool) -> None:
    qasm = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[12]; creg c[12]; h q; measure q -> c;' if large else X0
    options = {"shots": 50_000, "memory": True} if large else {"shots": 10, "emulator_result_url": True}
    async with scaleway(emulator) as client:
        session = await new_session(client)
        job = (await submit(client, session["id"], await new_model(client, qio_model(qasm)), **options))["id"]
        await finished(client, job)
        (item,) = (await client.get(f"/jobs/{job}/results")).json()["job_results"]
        assert (await client.get(f"/jobs/{job}/results")).json()["job_results"] == [item]
        assert item["result"] is None
        assert item["url"].startswith("http://emulator/scaleway/_downloads/")
        async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app)) as stranger:
            content = await stranger.get(item["url"])
            assert unpack(content.text)["results"][0]["shots"] == options["shots"]
            refused = await stranger.get(item["url"], headers={"Authorization": "Bearer x"})
            assert refused.status_code == 403
            check_error(refused)
        await client.delete(f"/jobs/{job}")
        assert (await client.get(item["url"])).status_code == 404


UNUSABLE = [
    ("not json", "not JSON"),
    ("[]", "JSON object"),
    ({"programs": {}}, "list"),
    ({"programs": []}, "0 circuits"),
    ({"programs": [1]}, "programs[0]"),
    ({"programs": [{"serialization_format": 2, "serialization": "x", "compression_format": 3}]}, "compression_format"),
    ({"programs": [{"serialization_format": 2, "serialization": "é", "compression_format": 2}]}, "zlib"),
    ({"programs": [{"serialization_format": 2, "serialization": "eJzz", "compression_format": 2}]}, "cut off"),
    (qio_model("", number=4), "QIR_V1"),
    (qio_model("{}", number=5), "Cirq"),
    ({**qio_model(X0), "noise_model": {"a": 1}}, "noise"),
    (qio_model("OPENQASM 2.0; nonsense"), "INVALID_PROGRAM"),
    (qio_model(X0, number=3), "OpenQASM 2"),
    (qio_model("OPENQASM 2.0;"), "no qubits"),
]


@pytest.mark.parametrize(("payload", "words"), UNUSABLE)
async def test_unusable_models_end_in_error(emulator: Emulator, payload: object, words: str) -> None:
    async with scaleway(emulator) as client:
        session = await new_session(client)
        job = (await submit(client, session["id"], await new_model(client, payload)))["id"]
        view = await finished(client, job)
        assert view["status"] == "error"
        assert words in view["progress_message"]
        assert await results(client, job) == []


async def test_too_many_shots(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        session = await new_session(client, "QPU-GARNET-20PQ")
        job = (await submit(client, session["id"], await new_model(client, qio_model(X0)), shots=20_001))["id"]
        assert "1 to 20000" in (await finished(client, job))["progress_message"]


@pytest.mark.parametrize("platform", ["QPU-FRESNEL-100PQ", "QPU-BELENOS-12PQ", "EMU-SAMPLING-L4"])
async def test_what_is_not_computed_says_so(emulator: Emulator, platform: str) -> None:
    async with scaleway(emulator) as client:
        session = await new_session(client, platform)
        for circuit in ({"percevalCircuit": '{"experiment": ":PCVL:zip:x"}'}, {"qiskit_circuit": "{}"}):
            body = {"name": "j", "session_id": session["id"], "circuit": circuit}
            job = (await client.post("/jobs", json=body)).json()["id"]
            view = await finished(client, job)
            assert view["status"] == "error"
            assert view["progress_message"]


@pytest.mark.parametrize("form", ["circuit", "program", "payload"])
async def test_two_photons_on_a_beam_splitter_leave_together(emulator: Emulator, form: str) -> None:
    half = math.sqrt(0.5)
    program = json.dumps({"unitary": [[half, [0, half]], [[0, half], half]], "input_state": [1, 1]})
    parameters = json.dumps({"shots": 1000})
    async with scaleway(emulator) as client:
        session = await new_session(client, "EMU-SAMPLING-L4")
        body = {"name": "hom", "session_id": session["id"], "circuit": {}, "parameters": parameters}
        if form == "circuit":
            body["circuit"] = {"percevalCircuit": program}
        else:
            payload = program if form == "payload" else qio_model(program, compressed=True, number=6)
            body["model_id"] = await new_model(client, payload)
        job = (await client.post("/jobs", json=body)).json()["id"]
        assert (await finished(client, job))["status"] == "completed"
        (text,) = await results(client, job)
    entries = json.loads(text)["results"]
    assert set(entries) == {"|2,0>", "|0,2>"}
    assert abs(entries["|2,0>"] - 500) < 100


@pytest.mark.parametrize(
    ("change", "status", "argument"),
    [
        ({"name": None}, 400, "name"),
        ({"session_id": None}, 400, "session_id"),
        ({"circuit": None}, 400, "circuit"),
        ({"circuit": "x"}, 400, "circuit"),
        ({"circuit": {"qiskit_circuit": 1}}, 400, "qiskit_circuit"),
        ({"model_id": None}, 400, "model_id"),
        ({"parameters": "{"}, 400, "parameters"),
        ({"parameters": "[]"}, 400, "parameters"),
        ({"parameters": {}}, 400, "parameters"),
        ({"tags": "x"}, 400, "tags"),
        ({"max_duration": "1h"}, 400, "max_duration"),
        ({"model_id": "nosuch"}, 404, "model"),
        ({"session_id": "nosuch"}, 404, "session"),
    ],
)
async def test_refused_jobs(emulator: Emulator, change: dict, status: int, argument: str) -> None:
    async with scaleway(emulator) as client:
        session, model = await new_session(client), await new_model(client, qio_model(X0))
        body = {"name": "j", "session_id": session["id"], "circuit": {}, "model_id": model, **change}
        response = await client.post("/jobs", json=body)
        assert response.status_code == status
        check_error(response)
        error = response.json()
        assert (error["details"][0]["argument_name"] if status == 400 else error["resource"]) == argument


async def test_equal_seeds_give_equal_results() -> None:
    listed = []
    for _ in range(2):
        async with Emulator(seed=5) as emulator:
            async with scaleway(emulator) as client:
                listed.append(await run(client, qio_model(BELL), shots=1000))
    assert listed[0] == listed[1]
