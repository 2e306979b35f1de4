"""What driving released clients has shown about Scaleway: each of these made one fail."""

from __future__ import annotations

import json

import pytest

from anyqpu_emulator import Emulator

from .support import X0, finished, new_session, results, scaleway

pytestmark = pytest.mark.anyio


async def platforms(emulator: Emulator) -> dict[str, dict]:
    async with scaleway(emulator) as client:
        listed = (await client.get("/platforms")).json()["platforms"]
    return {platform["name"]: json.loads(platform["metadata"]) for platform in listed}


async def test_qiskit_makes_a_target_of_the_metadata(emulator: Emulator) -> None:
    listed = await platforms(emulator)
    for name in ("EMU-AER-16C-128M", "EMU-QSIM-16C-128M", "QPU-GARNET-20PQ"):
        names = [entry["name"] for entry in listed[name]["qiskit"]["target"]["instructions"]]
        assert {"cz", "measure"} <= set(names)
    assert {"r", "cz"} <= set(names)


async def test_pulser_reads_the_device_in_the_metadata(emulator: Emulator) -> None:
    specs = json.loads((await platforms(emulator))["QPU-FRESNEL-100PQ"]["specs"])
    assert (specs["name"], specs["max_atom_num"]) == ("QPU-FRESNEL-100PQ", 100)
    assert [channel["id"] for channel in specs["channels"]] == ["rydberg_global"]


async def test_the_old_form_on_qsim_has_cirq_s_result_too(emulator: Emulator) -> None:
    """One key for each bit, the last bit first: so its client makes Qiskit's number of them."""
    circuit = {"serialization_format": 2, "circuit_serialization": X0}
    program = {"client": {}, "backend": {}, "run": {"circuits": [circuit], "options": {"shots": 9}}}
    async with scaleway(emulator) as client:
        session = await new_session(client, "EMU-QSIM-16C-128M")
        body = {"name": "old", "session_id": session["id"], "circuit": {"qiskit_circuit": json.dumps(program)}}
        job = (await client.post("/jobs", json=body)).json()["id"]
        assert (await finished(client, job))["status"] == "completed"
        result = json.loads((await results(client, job))[0])
    assert result["results"][0]["data"]["counts"] == {"0x1": 9}
    assert list(result["records"]) == ["c_1", "c_0"]
    assert result["records"]["c_0"] == {"packed_digits": "ff80", "binary": True, "dtype": "int8", "shape": [9, 1, 1]}
    assert result["records"]["c_1"]["packed_digits"] == "0000"
