"""Native Quil in, something that the execution endpoint understands out."""

from __future__ import annotations

import httpx
import pytest

from anyqpu_emulator import Emulator

from .conftest import BELL, rigetti
from .document import check

pytestmark = pytest.mark.anyio


async def translate(client: httpx.AsyncClient, quil: object, shots: object = 10, **more: object) -> httpx.Response:
    path = "/v1/quantumProcessors/Aspen-9:translateNativeQuilToEncryptedBinary"
    response = await client.post(path, json={"quil": quil, "numShots": shots, **more})
    check("TranslateNativeQuilToEncryptedBinary", response)
    return response


async def test_a_parametric_program(emulator: Emulator) -> None:
    quil = "DECLARE ro BIT[2]\nDECLARE theta REAL[3]\nRZ(theta[2]) 0\nXY(pi/2) 0 1\nMEASURE 0 ro[1]\nMEASURE 0 ro[0]\n"
    async with rigetti(emulator) as client:
        first = (await translate(client, quil)).json()
        assert first["memoryDescriptors"] == {"theta": {"length": 3}}
        assert first["roSources"] == [["ro[1]", "q0"], ["ro[0]", "q0_1"]]
        assert (await translate(client, quil)).json() == first
        timestamp = "2022-08-01T00:00:00Z"
        again = (await translate(client, quil, settingsTimestamp=timestamp)).json()
        assert again == {**first, "settingsTimestamp": timestamp}


@pytest.mark.parametrize(
    "quil",
    [
        "RX(",
        "FOO 0",
        "RX 0",
        "CZ 0 0",
        "CZ 0",
        "X 8",
        "MEASURE 0 ro[0]",
        "DECLARE ro BIT\nMEASURE 0 ro[1]",
        "RZ(theta) 0",
        "X q",
        "LABEL @a\nJUMP @a",
        "FORKED RX(1, 2) 0 1",
        "DECLARE a REAL\nADD a 1.0\n",
        "RX(" + "(" * 5000 + "1" + ")" * 5000 + ") 0",
        "RX(1/0) 0",
    ],
)
async def test_unreadable_quil_is_400(emulator: Emulator, quil: str) -> None:
    async with rigetti(emulator) as client:
        response = await translate(client, quil)
        assert response.status_code == 400
        assert response.json()["validationErrors"][0]["path"] == ["quil"]


@pytest.mark.parametrize(("quil", "shots"), [(BELL, 0), (BELL, 10**9), (BELL, "1"), (BELL, True), ("", 1), (5, 1)])
async def test_unusable_bodies_are_422(emulator: Emulator, quil: object, shots: object) -> None:
    async with rigetti(emulator) as client:
        assert (await translate(client, quil, shots)).status_code == 422
        assert (await translate(client, BELL, settingsTimestamp="now")).status_code == 422


async def test_calibrations_are_quil(emulator: Emulator) -> None:
    from quil.program import Program

    async with rigetti(emulator) as client:
        for name, qubits in (("Aspen-9", 32), ("Aspen-M-3", 80)):
            body = (await client.get(f"/v1/quantumProcessors/{name}/quiltCalibrations")).json()
            program = Program.parse(body["quilt"])
            assert len(program.calibrations.calibrations) == 2 * qubits
