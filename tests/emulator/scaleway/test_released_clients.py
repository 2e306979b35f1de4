"""What driving released clients has shown about Scaleway: each of these made one fail."""

from __future__ import annotations

import json

import pytest

from anyqpu_emulator import Emulator

from .support import scaleway

pytestmark = pytest.mark.anyio


async def platforms(emulator: Emulator) -> dict[str, dict]:
    async with scaleway(emulator) as client:
        found = (await client.get("/platforms")).json()["platforms"]
    return {platform["name"]: json.loads(platform["metadata"]) for platform in found}


async def test_qiskit_makes_a_target_of_the_metadata(emulator: Emulator) -> None:
    found = await platforms(emulator)
    for name in ("EMU-AER-16C-128M", "EMU-QSIM-16C-128M", "QPU-GARNET-20PQ"):
        names = [entry["name"] for entry in found[name]["qiskit"]["target"]["instructions"]]
        assert {"cz", "measure"} <= set(names)
    assert {"r", "cz"} <= set(names)


async def test_pulser_reads_the_device_in_the_metadata(emulator: Emulator) -> None:
    specs = json.loads((await platforms(emulator))["QPU-FRESNEL-100PQ"]["specs"])
    assert (specs["name"], specs["max_atom_num"]) == ("QPU-FRESNEL-100PQ", 100)
    assert [channel["id"] for channel in specs["channels"]] == ["rydberg_global"]
