"""Errors of readout, on every cloud that counts bits or atoms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from anyqpu.testing import emulated
from anyqpu_emulator import Emulator
from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.readout import misread, readout_error
from anyqpu_emulator.engines.statevector import sample
from tests.emulator.pasqal.helpers import FLIP

ONES = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; creg c[4]; x q; measure q[0] -> c[0]; measure q[1] -> c[2];'


def test_measured_bits_are_wrong_by_the_chance_and_others_never() -> None:
    with readout_error(0.1):
        counts = sample(openqasm.parse(ONES), 100_000, np.random.default_rng(1)).counts()
    assert set(counts) == {"0101", "0100", "0001", "0000"}
    for text, chance in (("0101", 0.81), ("0100", 0.09), ("0001", 0.09), ("0000", 0.01)):
        assert counts[text] / 100_000 == pytest.approx(chance, abs=0.005)


def test_without_it_nothing_is_drawn() -> None:
    rng, other = np.random.default_rng(1), np.random.default_rng(1)
    slots = np.zeros(5, dtype=np.intp)
    assert misread([1], slots, [0], rng) == ([1], slots)
    assert rng.random() == other.random()
    with readout_error(1.0):
        values, places = misread([1], slots, [0, 70], rng)
    assert [values[place] for place in places] == [2**70] * 5


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("cloud", "device", "program", "right"),
    [
        ("kipu", "kipu.sim.qsim", ONES.replace("c[4]", "c[3]"), "101"),
        ("scaleway", "EMU-AER-16C-128M", ONES.replace("c[4]", "c[3]"), "101"),
        ("pasqal", "EMU_FREE", FLIP, "1"),
    ],
)
async def test_on_the_clouds(cloud: str, device: str, program: Any, right: str) -> None:
    async with emulated(readout_error=0.2) as clouds, clouds.connect(cloud) as client:
        job = await client.submit(program, device=device, shots=1000)
        counts = (await job.result(timeout=600)).counts
    assert len(counts) == 2 ** right.count("1")
    assert counts[right] / 1000 == pytest.approx(0.8 ** right.count("1"), abs=0.06)


def test_a_chance_is_one() -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        Emulator(readout_error=1.5)
